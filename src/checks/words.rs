//! Wordings that several rules share: names, dates in the author's notation, the nearest known word.

use crate::base::{Anchor, Date, Diagnostic, Due, Id, Quantity, Said, Share, Span, Spanned, Text, Unit, words};
use crate::model::milestone::{Milestone, Schedule};
use crate::policy::{Metric, MetricUnit};
use crate::said;

/// How a word is written where an edit would replace it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// A TOML string: the span covers its quotes.
    Quoted,
    /// A bare word: a key, an attribute of Markdown.
    Bare,
}

impl Written {
    /// The word in this notation.
    pub(crate) fn put(self, word: &str) -> String {
        match self {
            Self::Quoted => format!("\"{word}\""),
            Self::Bare => word.to_owned(),
        }
    }
}

/// Adds the nearest known name as an edit; where none is near, `otherwise`.
pub(crate) fn did_you_mean<'a>(
    diagnostic: Diagnostic,
    word: &str,
    span: Span,
    written: Written,
    known: impl IntoIterator<Item = &'a str>,
    otherwise: Said,
) -> Diagnostic {
    match words::near(word, known) {
        Some(words::Near { name, is_sure }) => {
            let advice = said!("did you mean `{name}`?", "是否想写 `{name}`？");
            diagnostic.guess(advice, span, written.put(name), is_sure)
        }
        None => diagnostic.hint(otherwise),
    }
}

/// What has `word` among its earlier ids is called otherwise now, and that is what to write.
pub(crate) fn called_now<'a>(
    word: &str,
    things: impl IntoIterator<Item = (&'a Id, &'a [Spanned<Id>])>,
) -> Option<(&'a Id, Said)> {
    let mut things = things.into_iter();
    let (now, _) = things.find(|(_, earlier)| earlier.iter().any(|alias| alias.value.as_str() == word))?;
    Some((now, said!("write `{now}`, as it is called now", "请写现在的 id `{now}`")))
}

/// A milestone's task in both languages, in backticks; its id where it has no words.
pub(crate) fn node(milestone: &Milestone) -> Said {
    match &milestone.task {
        Some(task) if !task.is_empty() => text(task),
        _ => ticked(milestone.id.as_str(), milestone.id.as_str()),
    }
}

/// An author's text in both languages, in backticks.
pub(crate) fn text(text: &Text) -> Said {
    let (en, zh) = text.both();
    ticked(en, zh)
}

fn ticked(en: &str, zh: &str) -> Said {
    // A message is one line and its backticks come in pairs, whatever the author writes.
    let plain = |s: &str| s.replace('`', "'").split_whitespace().collect::<Vec<_>>().join(" ");
    let (en, zh) = (plain(en), plain(zh));
    said!("`{en}`", "`{zh}`")
}

/// The first three of many names, and how many more there are.
pub(crate) fn first_three(names: &[Said]) -> Said {
    let join = |side: fn(&Said) -> &str, comma: &str| names.iter().take(3).map(side).collect::<Vec<_>>().join(comma);
    let (en, zh) = (join(|s| &s.en, ", "), join(|s| &s.zh, "、"));
    match names.len() {
        0..=3 => Said { en, zh },
        n => {
            let more = n - 3;
            said!("{en} and {more} more", "{zh} 等 {n} 项")
        }
    }
}

/// `1 day` or `2 days`, and `2 天`.
pub(crate) fn days(n: i64) -> Said {
    Said { en: words::count(n, "day"), zh: format!("{n} 天") }
}

/// `target` in the notation of `written`: a date stays a date, an offset counts from the same anchor.
pub(crate) fn due_on(written: &Due, target: Date, schedule: &Schedule) -> String {
    let Due::At(offset) = written else { return target.to_string() };
    let (name, base) = match &offset.anchor {
        Anchor::Start => ("T", Some(schedule.window.first)),
        Anchor::End => ("Z", Some(schedule.window.last)),
        Anchor::Promotion => ("P", Some(schedule.promotion)),
        // An id may itself end in `-2`: the words as written are tried first, as reading does.
        Anchor::Node(id) => match schedule.milestone(&offset.written) {
            Some(node) => (offset.written.as_str(), Some(node.due)),
            None => (id.as_str(), schedule.milestone(id).map(|m| m.due)),
        },
    };
    let Some(base) = base else { return target.to_string() };
    match (base.until(target), offset.unit) {
        (0, _) => format!("\"{name}\""),
        (n, Unit::Weeks) if n % 7 == 0 => format!("\"{name}{:+}w\"", n / 7),
        (n, _) => format!("\"{name}{n:+}\""),
    }
}

/// A share as each language writes it: `60 %`, `60%`.
pub(crate) fn share(share: Share) -> Said {
    Said { en: share.to_string(), zh: format!("{}%", share.number()) }
}

/// A value with the unit of its metric.
pub(crate) fn quantity(value: Quantity, metric: Option<&Metric>) -> Said {
    in_unit(value, metric.and_then(|m| m.unit))
}

/// A value in a unit.
pub(crate) fn in_unit(value: Quantity, unit: Option<MetricUnit>) -> Said {
    let plain = |text: String| Said { en: text.clone(), zh: text };
    match unit {
        Some(MetricUnit::Percent) => said!("{value} %", "{value}%"),
        Some(MetricUnit::Points) => said!("{value} points", "{value} 个百分点"),
        Some(MetricUnit::Minutes) => said!("{value} minutes", "{value} 分钟"),
        Some(MetricUnit::Ratio) => plain(format!("1:{value}")),
        Some(MetricUnit::PerMonth) => said!("{value} a month", "每月 {value} 次"),
        Some(MetricUnit::Days) => said!("{value} days", "{value} 天"),
        Some(MetricUnit::Times) => said!("{value} times", "{value} 倍"),
        Some(MetricUnit::Count | MetricUnit::Money | MetricUnit::Score) | None => plain(value.to_string()),
    }
}
