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

    /// The English documentation without its examples, as Markdown.
    pub fn prose(&self) -> String {
        let mut prose = String::new();
        let mut in_fence = false;
        for line in self.lines() {
            let is_fence = line.starts_with("```");
            if !in_fence && !is_fence && line != "## Example" {
                prose.push_str(line);
                prose.push('\n');
            }
            in_fence ^= is_fence;
        }
        prose.truncate(prose.trim_end().len());
        prose
    }

    /// The examples of the documentation in order.
    pub fn examples(&self) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut open: Option<Example> = None;
        for line in self.lines() {
            match (line.strip_prefix("```"), &mut open) {
                (Some(info), None) => open = Some(Example::of(info)),
                (Some(_), Some(_)) => examples.extend(open.take()),
                (None, Some(example)) => {
                    example.code.push_str(line);
                    example.code.push('\n');
                }
                (None, None) => {}
            }
        }
        examples
    }

    /// The lines of the documentation without the space that a doc comment puts before each.
    fn lines(&self) -> impl Iterator<Item = &'static str> {
        self.docs.lines().map(|line| line.strip_prefix(' ').unwrap_or(line))
    }
}

/// An example of a rule's documentation: `` ```toml,reports path=content/policies/own.toml ``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Language of its text: `toml`, `markdown`.
    pub language: &'static str,
    /// Whether the rule reports it; else it passes.
    pub reports: bool,
    /// The file it stands in, where that is not a campaign's plan.
    pub path: Option<&'static str>,
    /// Its text.
    pub code: String,
}

impl Example {
    fn of(info: &'static str) -> Self {
        let (marks, rest) = info.split_once(' ').unwrap_or((info, ""));
        let mut marks = marks.split(',');
        Self {
            language: marks.next().unwrap_or_default(),
            reports: marks.any(|m| m == "reports"),
            path: rest.split(' ').find_map(|word| word.strip_prefix("path=")),
            code: String::new(),
        }
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

#[cfg(test)]
mod tests {

    rule! {
        /// A cup is empty.
        ///
        /// ## Why
        /// Nobody drinks from it.
        ///
        /// ## Example
        /// ```toml,reports path=content/cups.toml
        /// [[cup]]
        ///   tea = 0
        /// ```
        /// ```toml,passes
        /// [[cup]]
        /// ```
        static CUP = "cup/empty", Warning, [],
        zh: "杯子是空的。"
    }

    #[test]
    fn documentation_is_prose_and_examples() {
        assert_eq!(CUP.summary(), "A cup is empty.");
        assert_eq!(CUP.prose(), "A cup is empty.\n\n## Why\nNobody drinks from it.");
        let examples = CUP.examples();
        assert_eq!(examples.len(), 2);
        assert_eq!((examples[0].reports, examples[0].path), (true, Some("content/cups.toml")));
        assert_eq!(examples[0].code, "[[cup]]\n  tea = 0\n");
        assert_eq!((examples[1].language, examples[1].reports, examples[1].path), ("toml", false, None));
    }
}
