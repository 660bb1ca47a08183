//! What people do in a plan.

use anyhow::{Context, Result};
use serde_json::json;
use thirtyfour::Key;

use super::chromium::Browser;
use super::size::PHONE;
use super::wait;
use super::words::word;

/// Somebody to join a plan as.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// Their name.
    pub name: &'static str,
    /// Their organisation.
    pub organisation: &'static str,
}

impl Browser {
    /// Opens a link for the first time and joins.
    ///
    /// # Errors
    /// When the plan does not open.
    pub async fn join(&self, link: &str, person: Person) -> Result<()> {
        self.goto(link).await?;
        self.fill("input[name=name]", person.name).await?;
        self.fill("form input[role=combobox]", person.organisation).await?;
        self.enter().await?;
        self.receipt_is("received").await
    }

    /// Presses Enter.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn enter(&self) -> Result<()> {
        self.keys(&char::from(Key::Enter).to_string()).await
    }

    /// Goes to a section of the open plan, and returns its path.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn open_section(&self, code: &str) -> Result<String> {
        self.press_on(&format!("a[data-section={code}]")).await?;
        let script = r#"
            if (document.querySelector(".page")?.dataset.section !== arguments[0]) return null;
            return shown("[data-path$='/context']").at(-1)?.dataset.path.replace(/\/context$/, "");
        "#;
        let path = self.until(&format!("section {code}"), script, vec![json!(code)]).await?;
        Ok(path.as_str().context("a path is a text")?.to_owned())
    }

    /// Goes to the plan's own page.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn open_overview(&self) -> Result<()> {
        self.press_on("a[data-section=plan]").await?;
        self.text("meta/title").await.map(drop)
    }

    /// The ids of the activities under an outcome of the section that is shown, by its place from 0, in their order.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn activities(&self, outcome: usize) -> Result<Vec<String>> {
        let script =
            "return [...(shown('.outcome')[arguments[0]]?.querySelectorAll('[data-activity]') ?? [])].map((one) => one.dataset.activity)";
        Ok(serde_json::from_value(self.look(script, vec![json!(outcome)]).await?)?)
    }

    /// Waits until the activities under an outcome are these, in this order.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn activities_are(&self, outcome: usize, ids: &[String]) -> Result<()> {
        let look = async || Ok((self.activities(outcome).await? == ids).then_some(()));
        let waited = wait::until(&format!("{}: the activities {ids:?}", self.who()), look).await;
        match waited {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("they are {:?}", self.activities(outcome).await.ok()))),
        }
    }

    /// Adds an activity to an outcome, and returns its id. On a phone its details are open then.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn add_activity(&self, outcome: usize) -> Result<String> {
        let before = self.activities(outcome).await?;
        let script =
            "return [...shown('.outcome')[arguments[0]].querySelectorAll('button')].filter((one) => nameOf(one) === arguments[1]).at(-1)";
        self.press("to add an activity", script, vec![json!(outcome), json!(word("activity_add"))]).await?;
        wait::until(&format!("{}: the new activity", self.who()), async || {
            Ok(self.activities(outcome).await?.into_iter().find(|id| !before.contains(id)))
        })
        .await
    }

    /// Opens the details of an activity.
    ///
    /// # Errors
    /// When they do not come.
    pub async fn open_details(&self, section: &str, id: &str) -> Result<()> {
        let description = format!("{section}/activities/{id}/description");
        let open = if self.size() == PHONE { format!("[data-activity='{id}']") } else { format!("[data-activity='{id}'] .details-button") };
        self.press_on(&open).await?;
        self.until("the details of the activity", "return field(arguments[0]) !== null", vec![json!(description)]).await.map(drop)
    }

    /// Closes the details.
    ///
    /// # Errors
    /// When they stay.
    pub async fn close_details(&self) -> Result<()> {
        let key = if self.size() == PHONE { "close" } else { "activity_close" };
        self.press_named(word(key)).await?;
        self.until("no details", "return shown(\"[data-path$='/description']\").length === 0", vec![]).await.map(drop)
    }

    /// Makes the title of an activity writable: on a phone, its details must be open.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn show_title(&self, section: &str, id: &str) -> Result<String> {
        let title = format!("{section}/activities/{id}/title");
        let script = "return field(arguments[0]) ? 'field' : shown(`[data-activity='${arguments[1]}']`).length > 0 ? 'card' : null";
        let seen = self.until("the activity", script, vec![json!(title), json!(id)]).await?;
        if seen == "card" {
            self.open_details(section, id).await?;
        }
        self.text(&title).await?;
        Ok(title)
    }

    /// Moves an activity up or down, or puts it into the archive: `key` is that of the button's words.
    ///
    /// # Errors
    /// When there is no such button.
    pub async fn act(&self, section: &str, id: &str, key: &str) -> Result<()> {
        if self.size() == PHONE {
            self.open_details(section, id).await?;
            self.press_named(word(key)).await?;
            if key != "activity_archive" {
                self.close_details().await?;
            }
            return self.until("no details", "return shown(\"[data-path$='/description']\").length === 0", vec![]).await.map(drop);
        }
        self.press_on(&format!("[data-activity='{id}'] .actions button:not(.details-button)")).await?;
        self.press_named(word(key)).await
    }

    /// Waits until somebody is in the list of people.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn sees_person(&self, person: Person) -> Result<()> {
        self.until(
            &format!("to see {} among the people", person.name),
            "return shown('.avatar').some((one) => one.title === arguments[0])",
            vec![json!(format!("{} · {}", person.name, person.organisation))],
        )
        .await
        .map(drop)
    }

    /// Waits until somebody's name is on a field.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn sees_writer(&self, path: &str, name: &str) -> Result<()> {
        let script = "return field(arguments[0])?.closest('.is-shared')?.querySelector('.who-tag')?.innerText.startsWith(arguments[1])";
        self.until(&format!("{name} in {path}"), script, vec![json!(path), json!(name)]).await.map(drop)
    }
}
