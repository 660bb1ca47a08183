//! A view on the screen, of a plan that is open in memory.

use std::rc::Rc;
use std::time::Duration;

use hamutuk_shared::plan::Edit;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::address::Address;
use crate::language;
use crate::plan::derived::Derived;
use crate::plan::place::Place;
use crate::session::test_plan::{TestPlan, whole_plan};
use crate::session::{Phase, Session};
use crate::ui::{Announcer, Viewport};
use crate::view_model::ActivityView;

/// The view, and the first activity of its plan, which is the only one that is not blank.
pub(in crate::plan::views) struct Screen {
    pub(in crate::plan::views) root: HtmlElement,
    pub(in crate::plan::views) activity: ActivityView,
    _plan: TestPlan,
    _unmount: Box<dyn std::any::Any>,
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Effects have run, and a frame was drawn.
pub(in crate::plan::views) async fn settle() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        set_timeout(move || drop(resolve.call0(&JsValue::NULL)), Duration::from_millis(60));
    });
    JsFuture::from(promise).await.unwrap();
}

/// `draw` on the screen, after `edits` to the first activity.
pub(in crate::plan::views) async fn screen(edits: impl FnOnce(ActivityView) -> Vec<Edit>, draw: fn() -> AnyView) -> Screen {
    let plan = whole_plan();
    let session = Session::of(Rc::clone(&plan.core));
    let Phase::Open(view) = session.phase().get_untracked() else { panic!("the plan is open") };
    let activity = view.sections.with_untracked(|all| all[0].activities.with_untracked(|all| all[0]));
    session.write_all(&edits(activity));
    let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
    document().body().unwrap().append_child(&root).unwrap();
    let unmount = mount_to(root.clone(), move || {
        language::provide();
        Viewport::provide();
        Address::provide();
        provide_context(session);
        provide_context(view);
        Place::provide(session.plan(), view);
        Derived::provide();
        view! { <Announcer>{draw()}</Announcer> }
    });
    settle().await;
    Screen { root, activity, _plan: plan, _unmount: Box::new(unmount) }
}

impl Screen {
    /// The first element of `selector`.
    pub(in crate::plan::views) fn find(&self, selector: &str) -> HtmlElement {
        self.root.query_selector(selector).unwrap().expect(selector).unchecked_into()
    }
}
