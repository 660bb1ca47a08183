//! The screens that Hamutuk must fit.

/// A screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// What it is called.
    pub name: &'static str,
    /// In CSS pixels.
    pub width: u32,
    /// In CSS pixels.
    pub height: u32,
    /// Whether fingers are used on it.
    pub is_touch: bool,
}

/// A small phone.
pub const PHONE: Size = Size { name: "phone", width: 360, height: 740, is_touch: true };
/// A tablet, upright.
pub const TABLET: Size = Size { name: "tablet", width: 768, height: 1024, is_touch: true };
/// The usual laptop.
pub const LAPTOP: Size = Size { name: "laptop", width: 1366, height: 768, is_touch: false };
/// A projector.
pub const PROJECTOR: Size = Size { name: "projector", width: 1920, height: 1080, is_touch: false };
