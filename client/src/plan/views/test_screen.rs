//! A view on the screen of a real browser, of a plan that is open in memory, for the tests of the views.

use std::rc::Rc;
use std::time::Duration;

use hamutuk_shared::plan::edit::Value;
use hamutuk_shared::plan::{ActivityRef, Edit, Field, Item, Name};
use hamutuk_shared::text::Splice;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use super::Views;
use crate::address::Address;
use crate::plan::details::Details;
use crate::plan::place::Place;
use crate::plan::view::View;
use crate::session::test_plan::{TestPlan, whole_plan};
use crate::session::{Phase, Session};
use crate::ui::{Announcer, Viewport};
use crate::view_model::{ActivityView, PlanView};

/// A view of a plan on the screen.
pub(super) struct Screen {
    pub(super) plan: TestPlan,
    pub(super) session: Session,
    pub(super) view: PlanView,
    root: HtmlElement,
    _unmount: Box<dyn std::any::Any>,
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Longer than a view takes to follow.
pub(super) async fn settle() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), Duration::from_millis(400));
    });
    JsFuture::from(promise).await.unwrap();
}

/// A view of the plan that the template makes.
pub(super) async fn screen(shown: View) -> Screen {
    let plan = whole_plan();
    // What another test opened is in the address.
    window().history().unwrap().replace_state_with_url(&JsValue::NULL, "", Some("/")).unwrap();
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let owner = Owner::new();
    let session = owner.with(|| Session::of(Rc::clone(&plan.core)));
    let Phase::Open(view) = session.phase().get_untracked() else { panic!("the plan is open") };
    let unmount = mount_to(root.clone(), move || {
        crate::language::provide();
        Viewport::provide();
        Address::provide();
        provide_context(session);
        provide_context(view);
        Place::provide(session.plan(), view);
        view! {
            <Announcer>
                <Views view=shown />
                <Details />
            </Announcer>
        }
    });
    settle().await;
    Screen { plan, session, view, root, _unmount: Box::new((unmount, owner)) }
}

impl Screen {
    /// An activity of the first section.
    pub(super) fn activity(&self, at: usize) -> ActivityView {
        self.view.sections.with_untracked(|all| all[0].activities.with_untracked(|all| all[at]))
    }

    /// Gives an activity of the first section a title.
    pub(super) fn titled(&self, at: usize, title: &str) -> ActivityRef {
        let activity = self.activity(at);
        let splice = Splice { at: 0, delete: 0, insert: title.into() };
        assert!(self.session.edit(Edit::Text { field: activity.title.field, splice }));
        activity.at
    }

    /// Says what stands in a field.
    pub(super) fn set(&self, item: Item, name: Name, value: Value) {
        assert!(self.session.edit(Edit::Set { field: Field { item, name }, value }));
    }

    /// How many of these are on the screen.
    pub(super) fn count(&self, selector: &str) -> u32 {
        self.root.query_selector_all(selector).unwrap().length()
    }

    /// The first of these on the screen.
    pub(super) fn find(&self, selector: &str) -> HtmlElement {
        self.root.query_selector(selector).unwrap().unwrap_or_else(|| panic!("no {selector}")).unchecked_into()
    }
}
