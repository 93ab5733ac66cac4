//! Words by language, with a stated fallback.

use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt;

/// A language tag as the author wrote it (`en`, `zh-Hans`).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Lang(pub String);

impl Lang {
    /// The tag.
    pub fn tag(&self) -> &str {
        &self.0
    }
    /// Whether a string could be a BCP 47 tag: letters first, then subtags of 1–8 letters or digits.
    pub fn is_tag(text: &str) -> bool {
        let mut parts = text.split('-');
        let first = parts.next().unwrap_or_default();
        (2..=8).contains(&first.len())
            && first.bytes().all(|b| b.is_ascii_alphabetic())
            && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
    }
    /// The tag that is meant by another word for a language: its name, or the code of a country that is none of a language (`tw`,
    /// `kr` and `uk` are).
    pub fn meant_by(word: &str) -> Option<&'static str> {
        const OTHERS: [(&str, &str); 15] = [
            ("cn", "zh-Hans"),
            ("chinese", "zh-Hans"),
            ("chs", "zh-Hans"),
            ("hk", "zh-Hant"),
            ("cht", "zh-Hant"),
            ("english", "en"),
            ("eng", "en"),
            ("us", "en"),
            ("gb", "en"),
            ("jp", "ja"),
            ("japanese", "ja"),
            ("korean", "ko"),
            ("german", "de"),
            ("french", "fr"),
            ("spanish", "es"),
        ];
        OTHERS.iter().find(|(other, _)| other.eq_ignore_ascii_case(word)).map(|(_, tag)| *tag)
    }
    /// Whether two tags share the primary language: `zh-Hans` and `zh-Hant` do.
    pub fn is_kin(&self, other: &Self) -> bool {
        let primary = |l: &Self| l.0.split('-').next().unwrap_or_default().to_ascii_lowercase();
        primary(self) == primary(other)
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text by language. A plain string stands for the playbook's default language.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Text {
    /// What was written for the default language as a plain string.
    pub plain: Option<String>,
    /// What was written by language.
    pub by_lang: BTreeMap<Lang, String>,
}

impl Text {
    /// A plain string.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { plain: Some(text.into()), by_lang: BTreeMap::new() }
    }

    /// The text for a reader of `lang`, and the language it is really in.
    ///
    /// Order: `lang` itself, kin of it (`zh-Hant` reads `zh-Hans`), `default`, the first there is.
    pub fn get<'a>(&'a self, lang: &'a Lang, default: &'a Lang) -> (&'a str, &'a Lang) {
        let exact = |l: &'a Lang| match self.by_lang.get_key_value(l) {
            Some((l, s)) => Some((s.as_str(), l)),
            None if l == default => self.plain.as_deref().map(|s| (s, default)),
            None => None,
        };
        let kin = || self.by_lang.iter().find(|(l, _)| l.is_kin(lang)).map(|(l, s)| (s.as_str(), l));
        let any = || self.by_lang.iter().next().map(|(l, s)| (s.as_str(), l));
        exact(lang).or_else(kin).or_else(|| exact(default)).or_else(any).unwrap_or(("", default))
    }

    /// The text in the two languages of messages: `(English, Chinese)`.
    pub fn both(&self) -> (&str, &str) {
        let find = |primary: &str| {
            let of = |l: &&Lang| l.0.split('-').next() == Some(primary);
            self.by_lang.keys().find(of).and_then(|l| self.by_lang.get(l)).map(String::as_str)
        };
        let any = self.plain.as_deref().or_else(|| self.by_lang.values().next().map(String::as_str)).unwrap_or("");
        (find("en").unwrap_or(any), find("zh").unwrap_or(any))
    }

    /// The words in every language.
    pub fn all(&self) -> impl Iterator<Item = &str> + Clone {
        self.plain.iter().chain(self.by_lang.values()).map(String::as_str)
    }

    /// Whether there are no words in it at all.
    pub fn is_empty(&self) -> bool {
        let blank = |s: &String| s.trim().is_empty();
        self.plain.as_ref().is_none_or(blank) && self.by_lang.values().all(blank)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_language_falls_back_to_kin_then_default() {
        let (en, hans, hant) = (Lang("en".into()), Lang("zh-Hans".into()), Lang("zh-Hant".into()));
        let text =
            Text { plain: None, by_lang: [(en.clone(), "Spring".to_owned()), (hans.clone(), "春".to_owned())].into() };
        assert_eq!(text.get(&hant, &en), ("春", &hans));
        assert_eq!(text.get(&Lang("fr".into()), &en), ("Spring", &en));
        assert_eq!(Text::plain("Tea").get(&hans, &en), ("Tea", &en));
    }
}
