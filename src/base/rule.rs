//! A rule: its code, weight and documentation, declared once and used by messages, `explain`, the site and tests.

use super::Severity;

/// Something `playbook` can find. `code` is `family/name`, and so is the path of the file that declares it.
#[derive(Debug)]
pub struct Rule {
    /// `family/name`.
    pub code: &'static str,
    /// Its greatest weight when policy says nothing.
    pub severity: Severity,
    /// Items of the domain digest it serves (`BUD-1`); empty for reading itself.
    pub items: &'static [&'static str],
    /// English documentation (Markdown): first line a summary, then `## Why`, `## Example`.
    pub docs: &'static str,
    /// Chinese summary and reason (Markdown).
    pub zh: &'static str,
}

impl Rule {
    /// The first line of the English documentation.
    pub fn summary(&self) -> &'static str {
        self.docs.trim().lines().next().unwrap_or_default().trim()
    }
    /// The first line of the Chinese documentation.
    pub fn summary_zh(&self) -> &'static str {
        self.zh.trim().lines().next().unwrap_or_default().trim()
    }
    /// The part before the slash.
    pub fn family(&self) -> &'static str {
        self.code.split('/').next().unwrap_or_default()
    }
}

/// Declares a [`Rule`]; the doc comment is rustdoc, `playbook explain` and the site's page at once.
///
/// ```text
/// rule! {
///     /// A budget split strays from its preset.
///     ///
///     /// ## Why
///     /// …
///     pub(crate) static SPLIT = "budget/split", Error, ["BUD-1"],
///     zh: "预算拆分偏离预设。\n\n为什么：……"
/// }
/// ```
#[macro_export]
macro_rules! rule {
    ($(#[doc = $doc:literal])* $vis:vis static $name:ident = $code:literal, $severity:ident, [$($item:literal),* $(,)?],
     zh: $zh:literal $(,)?) => {
        $(#[doc = $doc])*
        $vis static $name: $crate::base::Rule = $crate::base::Rule {
            code: $code,
            severity: $crate::base::Severity::$severity,
            items: &[$($item),*],
            docs: concat!($($doc, "\n"),*),
            zh: $zh,
        };
    };
}
