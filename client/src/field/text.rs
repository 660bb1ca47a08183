//! One text area, bound to one text of the document through [`TextField`], which knows what to do; this does it.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use hamutuk_shared::plan::Field;
use hamutuk_shared::plan::edit::EditError;
use hamutuk_shared::text::{FieldUpdate, Selection, Splice, TextField};
use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlTextAreaElement;

use crate::session::{FieldNews, Mounted, Notice, Session};

/// A text area and its text. The two are bound as long as this lives.
pub(super) struct Binding {
    area: HtmlTextAreaElement,
    session: Session,
    multiline: bool,
    field: RefCell<TextField>,
    mounted: Mounted,
    /// What was typed could not be written: nothing is, until the area shows the document's text again.
    is_astray: Cell<bool>,
}

impl Binding {
    pub(super) fn new(session: Session, field: Field, multiline: bool, area: HtmlTextAreaElement) -> Rc<Self> {
        let words = session.text(field).unwrap_or_default();
        area.set_value(&words);
        let binding = Rc::new_cyclic(|this: &Weak<Self>| {
            let this = this.clone();
            let news = move |news: FieldNews<'_>| {
                if let Some(this) = this.upgrade() {
                    this.news(news);
                }
            };
            Self {
                area,
                session,
                multiline,
                field: RefCell::new(TextField::new(words)),
                mounted: session.mount(field, news),
                is_astray: Cell::new(false),
            }
        });
        binding.grow();
        binding
    }

    /// The person typed, pasted or erased.
    pub(super) fn input(&self) {
        let value = self.value();
        let splice = self.field.borrow_mut().input(&value, self.caret());
        self.write(splice);
        if self.field.borrow().is_composing() {
            self.session.composed();
        } else if self.is_astray.get() {
            self.catch_up(&[]);
        }
        self.grow();
    }

    pub(super) fn composition_start(&self) {
        self.field.borrow_mut().composition_start();
        self.session.begin_composition(self.mounted.field());
    }

    pub(super) fn composition_end(&self) {
        let value = self.value();
        let splice = self.field.borrow_mut().composition_end(&value, self.caret());
        self.write(splice);
        let since = self.session.end_composition();
        self.catch_up(&since);
        self.grow();
    }

    fn write(&self, splice: Option<Splice>) {
        let Some(splice) = splice.filter(|_| !self.is_astray.get()) else {
            return;
        };
        // The field is not borrowed here: what the edit changes may come back to it.
        let Err(error) = self.session.typed(&self.mounted, splice) else {
            return;
        };
        self.is_astray.set(true);
        if matches!(error, EditError::TooLong) {
            self.session.notify(Notice::TooLong);
        }
    }

    fn news(&self, news: FieldNews<'_>) {
        match news {
            FieldNews::Whole => self.catch_up(&[]),
            FieldNews::Flush => {
                let splice = self.field.borrow_mut().flush(self.caret());
                self.write(splice);
            }
            FieldNews::Splices(splices) => {
                let update = self.field.borrow_mut().remote(splices, self.selection());
                self.show(update);
                if self.field.borrow().is_behind() {
                    self.catch_up(&[]);
                }
            }
        }
    }

    /// Shows the document's text, unless something is being composed. `since` is what others did to it since what is shown.
    fn catch_up(&self, since: &[Splice]) {
        let Some(words) = self.session.text(self.mounted.field()) else {
            return;
        };
        let update = self.field.borrow_mut().resolve(&words, since, self.selection());
        self.show(update);
        if !self.field.borrow().is_composing() {
            self.is_astray.set(false);
        }
    }

    fn show(&self, update: Option<FieldUpdate>) {
        let Some(FieldUpdate { splices, selection: (start, end) }) = update else {
            return;
        };
        for splice in splices {
            let (start, end) = (units(splice.at), units(splice.at + splice.delete));
            // It fits: the field has checked.
            let _ = self.area.set_range_text_with_start_and_end_and_mode(&splice.insert, start, end, "preserve");
        }
        if self.has_focus() {
            // Elsewhere it would take the focus, in some browsers.
            let _ = self.area.set_selection_range(units(start), units(end));
        }
        self.grow();
    }

    /// What the area shows; a line break that was pasted into a single line is a space.
    fn value(&self) -> String {
        let value = self.area.value();
        if self.multiline || !value.contains('\n') {
            return value;
        }
        let (start, end) = self.selection();
        let value = value.replace('\n', " ");
        self.area.set_value(&value);
        let _ = self.area.set_selection_range(units(start), units(end));
        value
    }

    fn selection(&self) -> Selection {
        let start = self.area.selection_start().ok().flatten().unwrap_or_default() as usize;
        let end = self.area.selection_end().ok().flatten().unwrap_or_default() as usize;
        (start, end)
    }

    fn caret(&self) -> Option<usize> {
        self.area.selection_end().ok().flatten().map(|caret| caret as usize)
    }

    fn has_focus(&self) -> bool {
        document().active_element().is_some_and(|active| active.is_same_node(Some(&self.area)))
    }

    /// As high as its text, where the style sheet cannot say so (`field-sizing`).
    fn grow(&self) {
        if can_size_itself() {
            return;
        }
        let style = self.area.style();
        // A height that is refused leaves the area as it was.
        let _ = style.set_property("height", "auto");
        let _ = style.set_property("height", &format!("{}px", self.area.scroll_height()));
    }
}

fn units(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// Whether the browser gives a text area the height of its text by itself.
fn can_size_itself() -> bool {
    thread_local! {
        static CAN: bool = ask();
    }
    fn ask() -> bool {
        let css = js_sys::Reflect::get(&leptos::prelude::window(), &JsValue::from_str("CSS"));
        let supports =
            css.as_ref().ok().and_then(|css| js_sys::Reflect::get(css, &"supports".into()).ok()?.dyn_into::<js_sys::Function>().ok());
        let (Ok(css), Some(supports)) = (css, supports) else {
            return false;
        };
        supports.call2(&css, &"field-sizing".into(), &"content".into()).is_ok_and(|answer| answer.is_truthy())
    }
    CAN.with(|can| *can)
}
