//! `playbook.toml`: what the whole site shares.

use crate::base::{Currency, Date, Diagnostic, Found, Id, Lang, Spanned, Text};
use crate::sources::shape::{BAD_VALUE, Record, bad_value};
use crate::sources::{Sources, toml};
use crate::{said, shape};

shape! {
    /// `playbook.toml` as written.
    pub struct RawSettings {
        /// Name of the site.
        "title" title: needed Text,
        /// One line under it.
        "tagline" tagline: optional Text,
        /// Site languages; the first is the default.
        "languages" languages: list Spanned<String>,
        /// IANA time zone that decides what today is.
        "timezone" timezone: optional Spanned<String>,
        /// ISO 4217 code.
        "currency" currency: optional Spanned<String>,
        /// Region of the working-day calendar.
        "calendar" calendar: optional Spanned<Id>,
        /// Where the site is published.
        "base-url" base_url: optional Spanned<String>,
        /// Link template of "edit this page".
        "edit-url" edit_url: optional Spanned<String>,
        /// Folder under `themes/`.
        "theme" theme: optional Spanned<Id>,
        /// Embedded policy pack.
        "policy" policy: optional Spanned<Id>,
        /// Frozen as-of date of a demonstration.
        "as-of" as_of: optional Date,
    }
}

/// What the whole site shares.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Name of the site.
    pub title: Text,
    /// One line under it.
    pub tagline: Option<Text>,
    /// Site languages, at least one; the first is the default.
    pub languages: Vec<Lang>,
    /// IANA time zone.
    pub timezone: String,
    /// The book's currency.
    pub currency: Currency,
    /// Region of the working-day calendar.
    pub calendar: Option<Spanned<Id>>,
    /// Where the site is published, without a slash at the end.
    pub base_url: Option<String>,
    /// Link template of "edit this page", with `{path}` and `{line}`.
    pub edit_url: Option<String>,
    /// Folder under `themes/`.
    pub theme: String,
    /// Embedded policy pack.
    pub policy: String,
    /// Frozen as-of date.
    pub as_of: Option<Date>,
}

impl Settings {
    /// The default language.
    pub fn default_lang(&self) -> &Lang {
        &self.languages[0]
    }

    /// Reads `playbook.toml`; what is wrong in it falls back to a default after a finding.
    pub fn read(sources: &Sources) -> (Self, Found) {
        let mut found = Found::new();
        let raw = sources.find("playbook.toml").and_then(|file| sources.text(file).map(|text| (file, text)));
        let raw = raw.map(|(file, text)| {
            let table = found.keep(toml::parse(file, text, 0));
            RawSettings::read(&table, &mut found)
        });
        (Self::lower(raw, &mut found), found)
    }

    fn lower(raw: Option<RawSettings>, found: &mut Found) -> Self {
        let cny = Currency::from_code("CNY").expect("bug: ISO 4217 without CNY");
        let mut settings = Self {
            title: Text::plain("Playbook"),
            tagline: None,
            languages: Vec::new(),
            timezone: "UTC".to_owned(),
            currency: cny,
            calendar: None,
            base_url: None,
            edit_url: None,
            theme: "default".to_owned(),
            policy: "monthly".to_owned(),
            as_of: None,
        };
        let Some(raw) = raw else {
            settings.languages.push(Lang("en".to_owned()));
            return settings;
        };
        settings.title = raw.title;
        settings.tagline = raw.tagline;
        settings.as_of = raw.as_of;
        settings.calendar = raw.calendar;
        for tag in raw.languages {
            let lang = Lang(tag.value);
            if !Lang::is_tag(lang.tag()) {
                let word = lang.tag();
                let message = said!("`{word}` is no language tag", "`{word}` 不是语言标签");
                let advice = said!("write a tag such as `en` or `zh-Hans`", "请写 `en` 或 `zh-Hans` 这样的标签");
                found.push(Diagnostic::new(&BAD_VALUE, tag.span, message).hint(advice));
            } else if !settings.languages.contains(&lang) {
                settings.languages.push(lang);
            }
        }
        if settings.languages.is_empty() {
            settings.languages.push(Lang("en".to_owned()));
        }
        if let Some(code) = raw.currency {
            match Currency::from_code(&code.value) {
                Some(currency) => settings.currency = currency,
                None => found.push(unknown_currency(&code)),
            }
        }
        if let Some(zone) = raw.timezone {
            if Date::knows_zone(&zone.value) {
                settings.timezone = zone.value;
            } else {
                let word = &zone.value;
                let message = said!("there is no time zone `{word}`", "没有名为 `{word}` 的时区");
                let advice = said!("write an IANA name such as `Asia/Shanghai`", "请写 IANA 名称，如 `Asia/Shanghai`");
                found.push(Diagnostic::new(&BAD_VALUE, zone.span, message).hint(advice));
            }
        }
        if let Some(url) = raw.base_url {
            if url.value.starts_with("https://") || url.value.starts_with("http://") {
                settings.base_url = Some(url.value.trim_end_matches('/').to_owned());
            } else {
                let word = &url.value;
                let message = said!("`{word}` is no web address", "`{word}` 不是网址");
                let advice = said!("begin it with `https://`", "请以 `https://` 开头");
                found.push(Diagnostic::new(&BAD_VALUE, url.span, message).hint(advice));
            }
        }
        settings.edit_url = raw.edit_url.map(|u| u.value);
        if let Some(theme) = raw.theme {
            settings.theme = theme.value.as_str().to_owned();
        }
        if let Some(pack) = raw.policy {
            let name = pack.value.as_str();
            if crate::policy::packs().any(|p| p == name) {
                settings.policy = name.to_owned();
            } else {
                found.push(bad_value(pack.span, name, &said!("policy pack", "政策包"), crate::policy::packs()));
            }
        }
        settings
    }
}

/// The finding for a code that is no currency.
pub(crate) fn unknown_currency(code: &Spanned<String>) -> Diagnostic {
    let word = &code.value;
    let message = said!("there is no currency `{word}`", "没有货币 `{word}`");
    let advice = said!("write an ISO 4217 code such as `CNY`", "请写 ISO 4217 代码，如 `CNY`");
    Diagnostic::new(&BAD_VALUE, code.span, message).hint(advice)
}
