//! Small matters of wording: the nearest name, lists, plurals.

use super::Said;

/// The name nearest to `word` among `names`, if one is near enough to be what was meant.
///
/// Damerau–Levenshtein distance on lower-cased words with `_` read as `-`; at most a third of the longer
/// word's letters may differ, and at least one slip is always forgiven. Ties go to the earlier name.
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let flat = |s: &str| s.to_lowercase().replace('_', "-");
    let wanted = flat(word);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        let distance = strsim::damerau_levenshtein(&wanted, &flat(name));
        let limit = (wanted.chars().count().max(name.chars().count()) / 3).max(1);
        if distance <= limit && best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
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

#[cfg(test)]
mod tests {
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
    fn lists_read_like_sentences() {
        assert_eq!(one_of(["a", "b", "c"]).en, "`a`, `b` or `c`");
        assert_eq!(one_of(["a", "b"]).zh, "`a` 或 `b`");
    }
}
