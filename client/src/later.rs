//! What comes behind the first program: all that the first minute of a phone can do without, and behind that what is beside the plan:
//! the views, and what the people in a room have around it. Both are kept for offline like the first.
//!
//! The build divides what is compiled at [`load`]: what only [`Parts`] need comes with the second program, what only [`BesideParts`] need
//! with the third. So everything that is large and not for the first minute is named there, and shown through [`later`] or [`beside`].

mod parts;

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::thread::LocalKey;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::i18n::{t, use_i18n};
use crate::ui::dynamic;
pub(crate) use parts::{BesideParts, Parts};

/// What a program brings: its table of parts. Not by its type, so that what follows is compiled once.
type Table = &'static (dyn Any + Send + Sync);

/// What waits for one.
type Waiting = Box<dyn FnOnce(Table)>;

/// How far a program is.
#[derive(Clone, Copy)]
enum Program {
    /// On its way, or not asked for yet.
    Coming,
    /// Here.
    Here(Table),
    /// It could not be loaded. Whoever wants it may try again.
    Failed,
}

/// A program behind the first.
struct Division {
    here: Cell<Option<Table>>,
    is_asked: Cell<bool>,
    waiting: RefCell<Vec<Waiting>>,
    /// Not of a page: it outlives them.
    program: ArcRwSignal<Program>,
}

impl Division {
    fn new() -> Self {
        Self { here: Cell::new(None), is_asked: Cell::new(false), waiting: RefCell::default(), program: ArcRwSignal::new(Program::Coming) }
    }
}

thread_local! {
    static SECOND: Division = Division::new();
    static THIRD: Division = Division::new();
}

/// Which of them.
#[derive(Clone, Copy)]
enum Which {
    Second,
    Third,
}

impl Which {
    const fn division(self) -> &'static LocalKey<Division> {
        match self {
            Self::Second => &SECOND,
            Self::Third => &THIRD,
        }
    }
}

/// After a failure it is asked for again by itself, in case the network is back.
const AGAIN_AFTER: Duration = Duration::from_secs(10);

/// The third program is not compiled while a plan is being opened, unless something of it is wanted.
const BESIDE_AFTER: Duration = Duration::from_secs(4);

/// Loads a program, unless it is here or on its way.
fn ask(which: Which) {
    let division = which.division();
    if division.with(|division| division.is_asked.replace(true)) {
        return;
    }
    let program = division.with(|division| division.program.clone());
    spawn_local(async move {
        match load(which).await {
            Some(table) => {
                style().await;
                let waiting = division.with(|division| {
                    division.here.set(Some(table));
                    division.waiting.take()
                });
                program.set(Program::Here(table));
                waiting.into_iter().for_each(|then| then(table));
            }
            None => {
                division.with(|division| division.is_asked.set(false));
                program.set(Program::Failed);
                set_timeout(move || ask(which), AGAIN_AFTER);
            }
        }
    });
}

/// The parts of a table, as what they are.
fn of<P: 'static>(table: Table) -> &'static P {
    table.downcast_ref().expect("each program brings its own table")
}

/// The second program, if it is here.
pub(crate) fn now() -> Option<&'static Parts> {
    SECOND.with(|division| division.here.get()).map(of)
}

/// Does something with the second program: at once if it is here, else when it comes.
pub(crate) fn then(act: impl FnOnce(&'static Parts) + 'static) {
    match now() {
        Some(parts) => act(parts),
        None => {
            SECOND.with(|division| division.waiting.borrow_mut().push(Box::new(move |table| act(of(table)))));
            ask(Which::Second);
        }
    }
}

#[cfg(hamutuk_split)]
async fn load(which: Which) -> Option<Table> {
    #[wasm_split_helpers::wasm_split(later, fallible)]
    fn second() -> Result<Table, wasm_split_helpers::SplitLoaderError> {
        Ok(&parts::PARTS)
    }

    #[wasm_split_helpers::wasm_split(beside, fallible)]
    fn third() -> Result<Table, wasm_split_helpers::SplitLoaderError> {
        Ok(&parts::BESIDE)
    }

    match which {
        Which::Second => second().await.ok(),
        Which::Third => third().await.ok(),
    }
}

/// Only `cargo xtask` divides. Tests, and what Trunk builds by itself, are one program.
#[cfg(not(hamutuk_split))]
#[expect(clippy::unused_async, reason = "the same signature as the real one")]
async fn load(which: Which) -> Option<Table> {
    Some(match which {
        Which::Second => &parts::PARTS,
        Which::Third => &parts::BESIDE,
    })
}

/// A test is one program: nothing of it is on its way.
#[cfg(test)]
pub(crate) fn all_here() {
    let tables: [(_, Table); 2] = [(Which::Second, &parts::PARTS), (Which::Third, &parts::BESIDE)];
    for (which, table) in tables {
        which.division().with(|division| {
            division.here.set(Some(table));
            division.program.set(Program::Here(table));
        });
    }
}

#[wasm_bindgen]
extern "C" {
    /// `boot.js` adds the style sheet, unless it is there; the promise is kept when it is here, or is not to be had.
    #[wasm_bindgen(js_namespace = window, js_name = hamutukLaterStyle, catch)]
    fn later_style() -> Result<js_sys::Promise, JsValue>;
}

/// Waits for the style of what comes later, if it is to be had: words without style can be read.
async fn style() {
    if let Ok(added) = later_style() {
        let _ = wasm_bindgen_futures::JsFuture::from(added).await;
    }
}

/// Shows a part of the second program, once it is here; before that says that it comes.
pub(crate) fn later(part: impl Fn(&Parts) -> AnyView + Send + Sync + 'static) -> AnyView {
    shown(Which::Second, Arc::new(move |table| part(of(table))), Before::Said)
}

/// Shows a part of the second program once it is here, and nothing before.
pub(crate) fn later_or_nothing(part: impl Fn(&Parts) -> AnyView + Send + Sync + 'static) -> AnyView {
    shown(Which::Second, Arc::new(move |table| part(of(table))), Before::Nothing)
}

/// Shows a part of the third program, once it is here; before that says that it comes.
pub(crate) fn beside(part: impl Fn(&BesideParts) -> AnyView + Send + Sync + 'static) -> AnyView {
    shown(Which::Third, Arc::new(move |table| part(of(table))), Before::Said)
}

/// Loads the third program behind the second, so that it is there without a network too.
pub(crate) fn fetch_beside() {
    then(|_| set_timeout(|| ask(Which::Third), BESIDE_AFTER));
}

/// What stands in the place of a part before it is here.
#[derive(Clone, Copy)]
enum Before {
    Said,
    Nothing,
}

fn shown(which: Which, part: Arc<dyn Fn(Table) -> AnyView + Send + Sync>, before: Before) -> AnyView {
    ask(which);
    let program = which.division().with(|division| division.program.clone());
    let i18n = use_i18n();
    dynamic(move || match (program.get(), before) {
        (Program::Here(table), _) => part(table),
        (_, Before::Nothing) => ().into_any(),
        (Program::Coming, Before::Said) => view! { <p class="note loading" role="status">{t!(i18n, loading)}</p> }.into_any(),
        (Program::Failed, Before::Said) => view! {
            <p class="note loading" role="status">
                {t!(i18n, later_failed)} " "
                <button type="button" class="button" on:click=move |_| ask(which)>
                    {t!(i18n, retry)}
                </button>
            </p>
        }
        .into_any(),
    })
}
