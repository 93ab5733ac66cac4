//! Findings: what is wrong in an author's text, where, and what to do. A finding is a value, never an `Err`.

use super::Span;
use serde::Serialize;
use std::fmt;

/// How much a finding weighs. Ordered: an error is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Shown on the page and in the report.
    Warning,
    /// Stops publishing.
    Error,
}

impl Severity {
    /// The word used in policy, messages and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// Reads the word back.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Info, Self::Warning, Self::Error].into_iter().find(|s| s.word() == word)
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One sentence in the two languages of messages. Made by [`said!`](crate::said).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Serialize)]
pub struct Said {
    /// English: lower case, one clause, no full stop, the author's words in backticks.
    pub en: String,
    /// Simplified Chinese.
    pub zh: String,
}

impl Said {
    /// The sentence in the language of a tag: Chinese for `zh…`, else English.
    pub fn in_lang(&self, tag: &str) -> &str {
        if tag.starts_with("zh") { &self.zh } else { &self.en }
    }

    /// The sentence with the middle left out when an author's word makes it longer than anybody reads.
    fn cropped(self) -> Self {
        Self { en: crop(self.en), zh: crop(self.zh) }
    }
}

/// Characters of a sentence that are kept on each side of what is left out.
const KEPT: usize = 200;

fn crop(text: String) -> String {
    // Bytes are at least characters: short texts, which is all of them, are not counted.
    if text.len() <= 2 * KEPT || text.chars().count() <= 2 * KEPT {
        return text;
    }
    let head: String = text.chars().take(KEPT).collect();
    let tail: Vec<char> = text.chars().rev().take(KEPT).collect();
    format!("{head} … {}", tail.into_iter().rev().collect::<String>())
}

/// Formats one sentence in English and Chinese; both see the same captured variables.
///
/// `said!("`{word}` is not a date", "`{word}` 不是日期")`
#[macro_export]
macro_rules! said {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::base::Said { en: format!($en), zh: format!($zh) }
    };
}

/// A replacement that mends a finding: put `text` in place of the bytes at `span`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Edit {
    /// What is replaced; an empty span inserts.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
    /// Whether it is a guess: an author is asked before it is made.
    #[serde(skip)]
    pub is_guess: bool,
}

/// What to do about a finding; opens with a verb.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Hint {
    /// The advice.
    pub text: Said,
    /// The edit that follows it, where one can be computed.
    pub edit: Option<Edit>,
}

/// What a finding is about: the thing a waiver names as its target.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Subject {
    /// `campaigns/<id>`, `sops/<id>`, `programmes/<id>` or a path.
    pub thing: String,
    /// A milestone, action, line or item within it.
    pub item: Option<String>,
}

impl Subject {
    /// A campaign.
    pub fn campaign(id: &str) -> Self {
        Self { thing: format!("campaigns/{id}"), item: None }
    }
    /// A standard operating procedure.
    pub fn sop(id: &str) -> Self {
        Self { thing: format!("sops/{id}"), item: None }
    }
    /// A programme (year).
    pub fn programme(id: &str) -> Self {
        Self { thing: format!("programmes/{id}"), item: None }
    }
    /// The same thing, narrowed to one of its parts.
    #[must_use]
    pub fn item(mut self, item: &str) -> Self {
        self.item = Some(item.to_owned());
        self
    }
    /// Whether a waiver's target `thing` or `thing#item` covers this subject.
    pub fn is_covered_by(&self, target: &str) -> bool {
        match target.split_once('#') {
            None => self.thing == target,
            Some((thing, item)) => self.thing == thing && self.item.as_deref() == Some(item),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.item {
            None => f.write_str(&self.thing),
            Some(item) => write!(f, "{}#{item}", self.thing),
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// The rule that speaks: `family/name`.
    pub rule: &'static str,
    /// Its weight after policy.
    pub severity: Severity,
    /// What is wrong.
    pub message: Said,
    /// The exact words; none only where no file holds any.
    pub span: Option<Span>,
    /// Other places that explain it.
    pub labels: Vec<(Span, Said)>,
    /// What to do.
    pub hints: Vec<Hint>,
    /// What it is about.
    pub subject: Option<Subject>,
    /// Whether its edits are parts of one change, made together or not at all; else each is a way of its own.
    #[serde(skip)]
    pub is_one_change: bool,
}

impl Diagnostic {
    /// A finding of `rule`, at the rule's own severity.
    pub fn new(rule: &'static super::Rule, span: impl Into<Option<Span>>, message: Said) -> Self {
        Self {
            rule: rule.code,
            severity: rule.severity,
            message: message.cropped(),
            span: span.into(),
            labels: Vec::new(),
            hints: Vec::new(),
            subject: None,
            is_one_change: false,
        }
    }
    /// Says that its edits are parts of one change.
    #[must_use]
    pub fn one_change(mut self) -> Self {
        self.is_one_change = true;
        self
    }
    /// Another severity than the rule's own.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
    /// Adds advice.
    #[must_use]
    pub fn hint(mut self, text: Said) -> Self {
        self.hints.push(Hint { text: text.cropped(), edit: None });
        self
    }
    /// Adds advice that can be applied.
    #[must_use]
    pub fn fix(mut self, text: Said, span: Span, replacement: impl Into<String>) -> Self {
        self.hints
            .push(Hint { text: text.cropped(), edit: Some(Edit { span, text: replacement.into(), is_guess: false }) });
        self
    }
    /// Adds a name that may have been meant: sure enough to be applied unasked, or only a guess that an author looks at.
    #[must_use]
    pub fn guess(mut self, text: Said, span: Span, replacement: impl Into<String>, is_sure: bool) -> Self {
        self.hints.push(Hint {
            text: text.cropped(),
            edit: Some(Edit { span, text: replacement.into(), is_guess: !is_sure }),
        });
        self
    }
    /// Adds a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: Said) -> Self {
        self.labels.push((span, text.cropped()));
        self
    }
    /// Says what it is about.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = Some(subject);
        self
    }
}

/// Findings as they are gathered, in any order.
#[derive(Clone, Debug, Default)]
pub struct Found {
    list: Vec<Diagnostic>,
}

impl Found {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }
    /// Adds many.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(other);
    }
    /// Keeps a stage's findings and hands its value on.
    pub fn keep<T>(&mut self, (value, found): (T, Found)) -> T {
        self.list.extend(found.list);
        value
    }
    /// The findings so far.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
    /// Takes those out that another finding says better.
    pub(crate) fn drop_where(&mut self, is_dropped: impl Fn(&Diagnostic) -> bool) {
        self.list.retain(|finding| !is_dropped(finding));
    }
    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
    /// All of them: by file and position, then by rule; those without a place last; twins once.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        let key = |d: &Diagnostic| (d.span.is_none(), d.span, d.rule, d.message.clone());
        self.list.sort_by_cached_key(key);
        self.list.dedup();
        self.list
    }
}

impl IntoIterator for Found {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
