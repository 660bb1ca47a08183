//! Writing: real key events, and what an input method does.

use anyhow::Result;
use serde_json::json;

use super::chromium::Browser;
use super::wait;

impl Browser {
    /// Puts the caret into a field, before the UTF-16 unit at `index`.
    ///
    /// # Errors
    /// When the field does not come, or may only be read.
    pub async fn put_caret(&self, path: &str, index: usize) -> Result<()> {
        self.place_caret(path, Some(index)).await
    }

    /// `None` is the end of the text, found in the same step: what others write cannot come between.
    async fn place_caret(&self, path: &str, index: Option<usize>) -> Result<()> {
        let script = r"
            const at = field(arguments[0]);
            if (!at || at.readOnly) return false;
            at.scrollIntoView({ block: 'center', behavior: 'instant' });
            at.focus();
            const index = arguments[1] ?? at.value.length;
            at.setSelectionRange(index, index);
            return document.activeElement === at && at.selectionStart === index;
        ";
        self.until(&format!("to put the caret into {path} at {index:?}"), script, vec![json!(path), json!(index)]).await.map(drop)
    }

    /// Presses keys, wherever the focus is.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn keys(&self, text: &str) -> Result<()> {
        Ok(self.web()?.action_chain().send_keys(text).perform().await?)
    }

    /// Holds `modifier` and presses `key`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn chord(&self, modifier: thirtyfour::Key, key: impl Into<char>) -> Result<()> {
        let key: char = key.into();
        Ok(self.web()?.action_chain().key_down(modifier.clone()).key_down(key).key_up(key).key_up(modifier).perform().await?)
    }

    /// Puts the caret into a field and writes there.
    ///
    /// # Errors
    /// When the field does not come, or the browser refuses.
    pub async fn type_at(&self, path: &str, index: usize, text: &str) -> Result<()> {
        self.put_caret(path, index).await?;
        self.keys(text).await
    }

    /// Writes at the end of a field.
    ///
    /// # Errors
    /// When the field does not come, or the browser refuses.
    pub async fn append(&self, path: &str, text: &str) -> Result<()> {
        self.place_caret(path, None).await?;
        self.keys(text).await
    }

    /// Replaces everything in a field.
    ///
    /// # Errors
    /// When the field does not come, or the browser refuses.
    pub async fn rewrite(&self, path: &str, text: &str) -> Result<()> {
        self.put_caret(path, 0).await?;
        self.look("field(arguments[0]).select()", vec![json!(path)]).await?;
        self.keys(text).await
    }

    /// Writes into whatever fits the selector and is no field of the document.
    ///
    /// # Errors
    /// At the deadline.
    pub async fn fill(&self, css: &str, text: &str) -> Result<()> {
        let script =
            "const at = shown(arguments[0]).at(-1); if (!at) return false; at.focus(); at.select(); return document.activeElement === at";
        self.until(&format!("to write into {css}"), script, vec![json!(css)]).await?;
        self.keys(text).await?;
        let look = async || {
            let seen = self.look("return shown(arguments[0]).at(-1)?.value", vec![json!(css)]).await?;
            Ok((seen == json!(text)).then_some(()))
        };
        wait::until(&format!("{}: {css} to hold {text:?}", self.who()), look).await
    }

    /// An input method shows `text` as what is being composed at the caret.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn compose(&self, text: &str) -> Result<()> {
        let end = text.encode_utf16().count();
        self.devtools("Input.imeSetComposition", json!({ "text": text, "selectionStart": end, "selectionEnd": end })).await.map(drop)
    }

    /// The input method is done: the composition becomes `text`.
    ///
    /// # Errors
    /// When the browser refuses.
    pub async fn commit(&self, text: &str) -> Result<()> {
        self.devtools("Input.insertText", json!({ "text": text })).await.map(drop)
    }
}
