//! Small matters of wording: the nearest name, lists, plurals.

use super::Said;

/// The name nearest to `word` among `names`, if one is near enough to be what was meant.
///
/// Damerau–Levenshtein distance on lower-cased words with `_` read as `-`; at most a third of the longer
/// word's letters may differ, in each part of a name with `/`, and at least one slip is always forgiven. Ties go to the earlier
/// name.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    near(word, names).map(|near| near.name)
}

/// A name that may have been meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near<'a> {
    /// The name.
    pub name: &'a str,
    /// Whether hardly anything else can have been meant: at most one letter in five differs, or one at all, and no other name is
    /// as near.
    pub is_sure: bool,
}

/// The same as [`nearest`], and how sure it is.
pub fn near<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<Near<'a>> {
    let flat = |s: &str| s.to_lowercase().replace('_', "-");
    let wanted = flat(word);
    let mut best: Option<(usize, Near<'a>)> = None;
    for name in names {
        let flat = flat(name);
        let Some(distance) = distance(&wanted, &flat) else { continue };
        match &mut best {
            Some((least, near)) if distance == *least && near.name != name => near.is_sure = false,
            Some((least, _)) if distance >= *least => {}
            _ => {
                let is_sure = distance <= (wanted.chars().count() / 5).max(1);
                best = Some((distance, Near { name, is_sure }));
            }
        }
    }
    best.map(|(_, near)| near)
}

/// How many letters differ; none when these are two names.
fn distance(one: &str, other: &str) -> Option<usize> {
    let is_near = |one: &str, other: &str| {
        let limit = (one.chars().count().max(other.chars().count()) / 3).max(1);
        Some(strsim::damerau_levenshtein(one, other)).filter(|distance| *distance <= limit)
    };
    if one.matches('/').count() != other.matches('/').count() {
        return is_near(one, other);
    }
    one.split('/').zip(other.split('/')).map(|(one, other)| is_near(one, other)).sum()
}

/// `` `a` ``, `` `a` or `b` ``, `` `a`, `b` or `c` `` in both languages.
pub fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Said {
    let ticked: Vec<String> = names.into_iter().map(|n| format!("`{n}`")).collect();
    join(&ticked, " or ", " 或 ")
}

/// `a`, `a and b`, `a, b and c` in both languages.
pub fn all_of<'a>(names: impl IntoIterator<Item = &'a str>) -> Said {
    let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
    join(&names, " and ", " 和 ")
}

fn join(names: &[String], en: &str, zh: &str) -> Said {
    match names {
        [] => Said::default(),
        [one] => Said { en: one.clone(), zh: one.clone() },
        [first @ .., last] => {
            Said { en: format!("{}{en}{last}", first.join(", ")), zh: format!("{}{zh}{last}", first.join("、")) }
        }
    }
}

/// `1 day`, `2 days`.
pub fn count(n: i64, one: &str) -> String {
    if n.abs() == 1 { format!("{n} {one}") } else { format!("{n} {one}s") }
}

/// `text` as far as it fits into `room`, with `…` where it is cut off. `size` is that of the letters in the unit of `room`.
///
/// For drawings, whose words neither wrap nor push. Widths are those of common fonts: a Chinese character is as wide as
/// it is high, Latin letters about six tenths of that at most.
pub fn fitted(text: &str, room: i64, size: i64) -> String {
    let width = |c: char| match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'j' | 'l' | 'I' | 't' | 'f' | 'r' => 34,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '…' => 92,
        c if c.is_ascii_uppercase() => 70,
        c if c < '\u{2e80}' => 60,
        _ => 100,
    };
    let most = room.saturating_mul(100) / size.max(1);
    if text.chars().map(width).sum::<i64>() <= most {
        return text.to_owned();
    }
    let mut used = width('…');
    let fits = |c: &char| {
        used += width(*c);
        used <= most
    };
    let kept: String = text.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_of_a_drawing_are_cut_where_its_room_ends() {
        assert_eq!(fitted("Shanghai", 88, 12), "Shanghai");
        assert_eq!(fitted("Donaudampfschifffahrt", 88, 12), "Donaudampf…");
        assert_eq!(fitted("上海徐汇日月光店", 88, 12), "上海徐汇日月…");
        assert_eq!(fitted("上海", 0, 12), "…");
    }

    use super::*;

    #[test]
    fn a_slip_finds_the_word_that_was_meant() {
        let keys = ["milestone", "material", "owner", "lessons-from"];
        assert_eq!(nearest("milestnoe", keys), Some("milestone"));
        assert_eq!(nearest("lessons_from", keys), Some("lessons-from"));
        assert_eq!(nearest("Onwer", keys), Some("owner"));
        assert_eq!(nearest("budget", keys), None);
    }

    #[test]
    fn a_name_is_near_when_each_of_its_parts_is() {
        let items = ["prep-medium/artwork", "prep-medium/stock-plan"];
        assert_eq!(nearest("prep-medium/stok", items), None);
        assert_eq!(nearest("prep-medum/artwrok", items), Some("prep-medium/artwork"));
    }

    #[test]
    fn a_guess_is_sure_when_little_differs_and_nothing_else_is_as_near() {
        let sure = |word: &str, names: &[&'static str]| near(word, names.iter().copied()).map(|n| (n.name, n.is_sure));
        assert_eq!(sure("lage", &["large", "medium"]), Some(("large", true)));
        assert_eq!(sure("store-3", &["store-1", "store-2"]), Some(("store-1", false)));
        assert_eq!(sure("spring", &["sprite"]), Some(("sprite", false)));
        assert_eq!(sure("interacton_rate", &["interaction-rate"]), Some(("interaction-rate", true)));
    }

    #[test]
    fn lists_read_like_sentences() {
        assert_eq!(one_of(["a", "b", "c"]).en, "`a`, `b` or `c`");
        assert_eq!(one_of(["a", "b"]).zh, "`a` 或 `b`");
    }
}
