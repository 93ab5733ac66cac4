//! What characters are read as: compatibility forms, case, accents, and the forms of one Chinese character.
//!
//! The browser reads the same way (`static/search.js`); the table is its only knowledge of Chinese, and it gets the
//! lines that its index needs.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Lines of one form and those that are read as it; its head says where it comes from.
static LINES: &str = include_str!("fold.txt");

static FORMS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let line = |line: &'static str| {
        let mut chars = line.chars();
        let form = chars.next()?;
        Some(chars.map(move |other| (other, form)))
    };
    LINES.lines().filter(|l| !l.starts_with('#')).filter_map(line).flatten().collect()
});

/// The form of a Chinese character that stands in the index; itself, if it is that form.
fn form(c: char) -> char {
    FORMS.get(&c).copied().unwrap_or(c)
}

/// Every character that is read as another one, by the form it is read as.
pub(super) fn forms() -> BTreeMap<char, Vec<char>> {
    let mut forms: BTreeMap<char, Vec<char>> = BTreeMap::new();
    let mut pairs: Vec<(char, char)> = FORMS.iter().map(|(other, form)| (*form, *other)).collect();
    pairs.sort_unstable();
    for (form, other) in pairs {
        forms.entry(form).or_default().push(other);
    }
    forms
}

/// Whether a character is written without spaces around words, so that each one is a token: Han, kana, Hangul.
pub(super) fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}' | '\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '\u{30fc}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Hands on what a character is read as: none, one, or several characters.
pub(super) fn read(c: char, mut take: impl FnMut(char)) {
    if c.is_ascii() {
        return take(c.to_ascii_lowercase());
    }
    if matches!(c, '\u{4e00}'..='\u{9fff}') {
        return take(form(c));
    }
    for c in std::iter::once(c).nfkc().flat_map(char::to_lowercase) {
        match c {
            '\u{300}'..='\u{36f}' => {}
            '\u{80}'..='\u{1fff}' => {
                std::iter::once(c).nfd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).for_each(&mut take);
            }
            '\u{2010}'..='\u{2015}' | '\u{2212}' => take('-'),
            '\u{2018}' | '\u{2019}' => take('\''),
            c => take(form(c)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::new();
        text.chars().for_each(|c| read(c, |c| out.push(c)));
        out
    }

    #[test]
    fn forms_of_one_word_are_read_alike() {
        assert_eq!(folded("復盤"), folded("复盘"));
        assert_eq!(folded("覆盤"), folded("复盘"));
        assert_eq!(folded("計畫，週報，帳單，後臺"), folded("计划，周报，账单，后台"));
        assert_eq!(folded("ＫＰＩ①"), "kpi1");
        assert_eq!(folded("Café Ökonomie"), "cafe okonomie");
        assert_eq!(folded("T−20, it’s"), "t-20, it's");
    }

    #[test]
    fn a_form_in_the_index_is_read_as_itself() {
        for (form, others) in forms() {
            assert_eq!(super::form(form), form);
            assert!(others.iter().all(|other| super::form(*other) == form));
        }
    }
}
