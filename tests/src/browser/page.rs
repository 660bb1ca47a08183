//! Looking at a page and pressing things on it.

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use thirtyfour::WebElement;

use super::chromium::Browser;
use super::wait;

/// What scripts of tests may use. A field may be on the screen twice (in a row and in the details over it): the later one counts.
const PRELUDE: &str = r#"
    const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;
    const shown = (css) => [...document.querySelectorAll(css)].filter(isShown);
    const field = (path) => shown(`[data-path="${path}"]`).at(-1) ?? null;
    const spoken = (element) => element.getAttribute("aria-label") ?? (element.role === "option" ? element.firstElementChild : element).innerText;
    const nameOf = (element) => (spoken(element) ?? "").replace(/\s+/g, " ").trim();
    const named = (name, css) => shown(css).filter((element) => nameOf(element) === name && !element.disabled).at(-1) ?? null;
    const words = () => document.body.innerText;
"#;
/// What can be pressed.
const PRESSABLE: &str = "button, a[href], summary, [role=option], [role=radio], label";

impl Browser {
    /// Goes to an address.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn goto(&self, url: &str) -> Result<()> {
        self.web()?.goto(url).await.with_context(|| format!("{} goes to {url}", self.who()))?;
        self.begun().await
    }

    /// Loads the page anew.
    ///
    /// # Errors
    /// When the browser cannot.
    pub async fn reload(&self) -> Result<()> {
        self.web()?.refresh().await?;
        self.begun().await
    }

    /// Waits until what is shown is the program's.
    async fn begun(&self) -> Result<()> {
        self.until(
            "the program to have begun",
            "return !document.getElementById('screen') && !document.getElementById('boot-loading')",
            vec![],
        )
        .await
        .map(drop)
    }

    /// Runs a script once. See [`PRELUDE`] for what it may use.
    ///
    /// # Errors
    /// When it throws.
    pub async fn look(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let found = self.web()?.execute(format!("{PRELUDE}\n{script}"), arguments).await?;
        Ok(found.json().clone())
    }

    /// Runs a script until it returns something true.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let look = async || {
            let seen = self.look(script, arguments.clone()).await?;
            let is_true = !matches!(&seen, Value::Null | Value::Bool(false)) && seen != json!("");
            Ok(is_true.then_some(seen))
        };
        wait::until(&format!("{}: {what}", self.who()), look).await
    }

    /// Waits until these words are on the screen.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn sees(&self, text: &str) -> Result<()> {
        self.until(&format!("to see {text:?}"), "return words().includes(arguments[0])", vec![json!(text)]).await.map(drop)
    }

    /// Presses the last element on the screen that fits the selector, once there is one.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn press_on(&self, css: &str) -> Result<()> {
        self.press(&format!("to press {css}"), "return shown(arguments[0]).at(-1)", vec![json!(css)]).await
    }

    /// Presses the button, link or option of this name.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn press_named(&self, name: &str) -> Result<()> {
        self.press(&format!("to press {name:?}"), "return named(arguments[0], arguments[1])", vec![json!(name), json!(PRESSABLE)]).await
    }

    /// Presses the element that a script finds.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn press(&self, what: &str, script: &str, arguments: Vec<Value>) -> Result<()> {
        wait::until(&format!("{}: {what}", self.who()), async || {
            let Some(element) = self.find(script, arguments.clone()).await? else { return Ok(None) };
            // Bars that stay in place may lie over it otherwise.
            let centre = vec![element.to_json()?];
            self.look("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", centre).await?;
            // An error is "it was not pressed": something lay over it, or it was just made anew.
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    async fn find(&self, script: &str, arguments: Vec<Value>) -> Result<Option<WebElement>> {
        let found = self.web()?.execute(format!("{PRELUDE}\n{script}"), arguments).await?;
        if found.json().is_null() { Ok(None) } else { Ok(Some(found.element()?)) }
    }

    /// What a text field of the document shows, once it is on the screen.
    ///
    /// # Errors
    /// When it does not come.
    pub async fn text(&self, path: &str) -> Result<String> {
        let look = async || Ok(self.look("return field(arguments[0])?.value", vec![json!(path)]).await?.as_str().map(str::to_owned));
        wait::until(&format!("{}: the field {path}", self.who()), look).await
    }

    /// Waits until a text field shows exactly this.
    ///
    /// # Errors
    /// At the deadline, with what it showed.
    pub async fn reads(&self, path: &str, text: &str) -> Result<()> {
        let look = async || Ok((self.text(path).await? == text).then_some(()));
        let waited = wait::until(&format!("{}: {path} to read {text:?}", self.who()), look).await;
        match waited {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("it reads {:?}", self.text(path).await.unwrap_or_default()))),
        }
    }

    /// The selection of a field that has the focus.
    ///
    /// # Errors
    /// When the field has not the focus.
    pub async fn caret(&self, path: &str) -> Result<(usize, usize)> {
        let script = "const at = field(arguments[0]); return at === document.activeElement ? [at.selectionStart, at.selectionEnd] : null";
        let seen = self.look(script, vec![json!(path)]).await?;
        serde_json::from_value(seen).with_context(|| format!("{}: {path} has not the focus", self.who()))
    }

    /// The receipt: `local`, `sending`, `received`, `offline` or `denied`; what it says is after it.
    ///
    /// # Errors
    /// When the page has none.
    pub async fn receipt(&self) -> Result<(String, String)> {
        let script = "const at = shown('[role=status][data-state]').at(-1); return at && [at.dataset.state, at.innerText]";
        let seen = self.look(script, vec![]).await?;
        serde_json::from_value(seen).with_context(|| format!("{} has no receipt", self.who()))
    }

    /// Waits until the receipt is this.
    ///
    /// # Errors
    /// At the deadline, with what it was.
    pub async fn receipt_is(&self, state: &str) -> Result<()> {
        let look = async || Ok((self.receipt().await?.0 == state).then_some(()));
        let waited = wait::until(&format!("{}: the receipt {state:?}", self.who()), look).await;
        match waited {
            Ok(()) => Ok(()),
            Err(error) => Err(error.context(format!("it is {:?}", self.receipt().await.ok()))),
        }
    }

    /// Fails if the page is wider than the screen, or, where its parts scroll by themselves, higher.
    ///
    /// # Errors
    /// With what sticks out.
    pub async fn fits(&self, page: &str) -> Result<()> {
        let script = r"
            const width = innerWidth;
            const page = document.querySelector('.page');
            const high = page && getComputedStyle(page).display === 'grid' && document.scrollingElement.scrollHeight > innerHeight;
            if (document.scrollingElement.scrollWidth <= width && !high) return [];
            if (high) {
                const low = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().bottom > innerHeight + 0.5 && !one.closest('.content > *, .rail > *, .drawer > *'));
                return ['page: ' + document.scrollingElement.scrollHeight, ...low.map((one) => one.outerHTML.slice(0, 120)).slice(0, 6)];
            }
            const wide = [...document.querySelectorAll('body *')].filter((one) => isShown(one) && one.getBoundingClientRect().right > width + 0.5);
            return ['page: ' + document.scrollingElement.scrollWidth, ...wide.map((one) => one.outerHTML.slice(0, 120)).slice(0, 6)];
        ";
        let wide: Vec<String> = serde_json::from_value(self.look(script, vec![]).await?)?;
        ensure!(wide.is_empty(), "{page} is larger than the screen: {wide:#?}");
        Ok(())
    }
}
