//! The offset grammar: dates counted from the campaign's first or last day, its promotion, or another node.

use super::Date;
use serde::Serialize;
use std::fmt;

/// What an offset counts from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Anchor {
    /// `T`: the first campaign day.
    Start,
    /// `Z`: the last campaign day.
    End,
    /// `P`: the start of promotion.
    Promotion,
    /// A milestone of the same campaign, by id.
    Node(String),
}

/// What an offset counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Unit {
    /// Calendar days.
    Days,
    /// Working days of the campaign's calendar.
    WorkingDays,
    /// Weeks of seven days.
    Weeks,
}

/// `T-18`, `Z+3`, `P-3`, `plan-review+5wd`, `T`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Offset {
    /// Where counting starts.
    pub anchor: Anchor,
    /// How far, negative for earlier.
    pub amount: i64,
    /// In which unit.
    pub unit: Unit,
    /// The words as written: a node named `round-2` is found by them before `round` minus 2 days is tried.
    pub written: String,
}

impl Offset {
    /// Reads an offset; white space around its parts is allowed.
    pub fn parse(text: &str) -> Option<Self> {
        let written: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let anchor_of = |name: &str| match name {
            "T" => Some(Anchor::Start),
            "Z" => Some(Anchor::End),
            "P" => Some(Anchor::Promotion),
            id => super::Id::new(id).map(|id| Anchor::Node(id.as_str().to_owned())),
        };
        let at = |anchor, amount, unit| Self { anchor, amount, unit, written: written.clone() };
        let (body, unit) = match written.strip_suffix("wd") {
            Some(body) => (body, Some(Unit::WorkingDays)),
            None => match written.strip_suffix('d') {
                Some(body) => (body, Some(Unit::Days)),
                None => match written.strip_suffix('w') {
                    Some(body) => (body, Some(Unit::Weeks)),
                    None => (written.as_str(), None),
                },
            },
        };
        let digits = body.bytes().rev().take_while(u8::is_ascii_digit).count();
        let (head, number) = body.split_at(body.len() - digits);
        if let (1..=4, Some(sign)) = (digits, head.bytes().last().filter(|b| matches!(b, b'+' | b'-')))
            && let Some(anchor) = anchor_of(&head[..head.len() - 1])
        {
            let amount: i64 = number.parse().ok()?;
            let amount = if sign == b'-' { -amount } else { amount };
            return Some(at(anchor, amount, unit.unwrap_or(Unit::Days)));
        }
        anchor_of(&written).map(|anchor| at(anchor, 0, Unit::Days))
    }

    /// What an author probably meant by a text that is no offset: other signs and letters made plain.
    pub fn suggest(text: &str) -> Option<Self> {
        let plain: String = text
            .trim()
            .chars()
            .map(|c| match c {
                '−' | '–' | '—' | '－' => '-',
                '＋' => '+',
                '０'..='９' => char::from(b'0' + u8::try_from(u32::from(c) - u32::from('０')).unwrap_or(0)),
                other => other,
            })
            .collect();
        let mut fixed =
            plain.replace("days", "d").replace("day", "d").replace("weeks", "w").replace('天', "d").replace('周', "w");
        if let Some(first) = fixed.chars().next().filter(|c| matches!(c, 't' | 'z' | 'p'))
            && fixed[1..].trim_start().starts_with(['+', '-'])
        {
            fixed.replace_range(..1, &first.to_ascii_uppercase().to_string());
        }
        if fixed.starts_with(['-', '+']) {
            fixed.insert(0, 'T');
        }
        if let Some(rest) = fixed.strip_prefix("D-").or_else(|| fixed.strip_prefix("D+")) {
            fixed = format!("T{}{rest}", &fixed[1..2]);
        }
        Self::parse(&fixed)
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// When something is due: a date the author fixed, or an offset.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Due {
    /// A fixed date; never moved.
    On(Date),
    /// Counted from an anchor.
    At(Offset),
}

impl fmt::Display for Due {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(date) => write!(f, "{date}"),
            Self::At(offset) => write!(f, "{offset}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Anchor, i64, Unit)> {
        Offset::parse(text).map(|o| (o.anchor, o.amount, o.unit))
    }

    #[test]
    fn every_form_of_the_grammar_is_read() {
        assert_eq!(read("T"), Some((Anchor::Start, 0, Unit::Days)));
        assert_eq!(read("T-18"), Some((Anchor::Start, -18, Unit::Days)));
        assert_eq!(read("Z + 3"), Some((Anchor::End, 3, Unit::Days)));
        assert_eq!(read("P-3d"), Some((Anchor::Promotion, -3, Unit::Days)));
        assert_eq!(read("T-2w"), Some((Anchor::Start, -2, Unit::Weeks)));
        assert_eq!(read("plan-review+5wd"), Some((Anchor::Node("plan-review".into()), 5, Unit::WorkingDays)));
        assert_eq!(read("plan-review"), Some((Anchor::Node("plan-review".into()), 0, Unit::Days)));
        assert_eq!(read("build"), Some((Anchor::Node("build".into()), 0, Unit::Days)));
    }

    #[test]
    fn what_is_no_offset_is_refused_and_the_likely_one_offered() {
        for wrong in ["", "T-", "T-x", "T−18", "X-3", "T-18y", "T-99999"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        for (wrong, meant) in [
            ("T−18", "T-18"),
            ("t-18", "T-18"),
            ("T－１８", "T-18"),
            ("-18", "T-18"),
            ("D-3", "T-3"),
            ("T-3天", "T-3d"),
        ] {
            assert_eq!(Offset::suggest(wrong).map(|o| o.written), Some(meant.to_owned()), "{wrong}");
        }
    }
}
