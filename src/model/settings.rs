//! `playbook.toml`: what the whole site shares.

use super::forge::{FORGES, Forge, Repository};
use crate::base::{Currency, Date, Diagnostic, Found, Id, Lang, Spanned, Text};
use crate::sources::shape::{BAD_VALUE, bad_value, of_file};
use crate::sources::{Sources, toml};
use crate::{said, shape, vocabulary};

vocabulary! {
    /// What text files of the site are compressed to, beside themselves.
    pub enum Compression, "compression" / "压缩方式" {
        /// gzip, which every browser reads.
        Gzip = "gz",
        /// Brotli, which is smaller and wants HTTPS.
        Brotli = "br",
    }
}

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
        /// Link template of "report a problem".
        "report-url" report_url: optional Spanned<String>,
        /// Web address of the repository that holds the playbook.
        "repository" repository: optional Spanned<String>,
        /// Kind of its host.
        "forge" forge: optional Spanned<String>,
        /// Branch that people edit.
        "branch" branch: optional String,
        /// The playbook's folder in the repository.
        "repository-folder" repository_folder: optional Spanned<String>,
        /// Whether pages say when they changed, and who changed them.
        "history" history: optional bool,
        /// Whether the site carries the guide to playbook.
        "guide" guide: optional bool,
        /// Whether the site has a search of its own; default true.
        "search" search: optional bool,
        /// Compressed files beside those of the site, for web servers that send them as they are.
        "compress" compress: list Compression,
        /// Whether the site carries `_headers` for hosts that read it; default false.
        "headers" headers: optional bool,
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
    /// Link template of "report a problem", with `{path}`, `{line}`, `{title}` and `{body}`.
    pub report_url: Option<String>,
    /// The repository that holds the playbook, where its kind of host is known.
    pub repository: Option<Repository>,
    /// Whether pages say when they changed, where git knows.
    pub history: bool,
    /// Whether the site carries the guide to playbook.
    pub guide: bool,
    /// Whether the site has a search of its own.
    pub search: bool,
    /// Compressed files beside those of the site; each once, in order.
    pub compress: Vec<Compression>,
    /// Whether the site carries `_headers`.
    pub headers: bool,
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
            of_file::<RawSettings>(&table, text, &mut found)
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
            report_url: None,
            repository: None,
            history: true,
            guide: false,
            search: true,
            compress: Vec::new(),
            headers: false,
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
                found.push(no_address(&url));
            }
        }
        settings.repository = raw.repository.as_ref().and_then(|url| {
            let folder = raw.repository_folder.as_ref();
            repository(url, raw.forge.as_ref(), raw.branch.as_deref(), folder, found)
        });
        let is_web = |url: &str| url.starts_with("https://") || url.starts_with("http://");
        settings.edit_url = template(raw.edit_url, is_web, found);
        settings.report_url = template(raw.report_url, |url| is_web(url) || url.starts_with("mailto:"), found);
        settings.history = raw.history.unwrap_or(true);
        settings.guide = raw.guide.unwrap_or(false);
        settings.search = raw.search.unwrap_or(true);
        settings.compress = raw.compress;
        settings.compress.sort();
        settings.compress.dedup();
        settings.headers = raw.headers.unwrap_or(false);
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

/// The repository, if its address and the kind of its host can be told.
fn repository(
    url: &Spanned<String>,
    forge: Option<&Spanned<String>>,
    branch: Option<&str>,
    folder: Option<&Spanned<String>>,
    found: &mut Found,
) -> Option<Repository> {
    if !(url.value.starts_with("https://") || url.value.starts_with("http://")) {
        found.push(no_address(url));
        return None;
    }
    let ids = FORGES.iter().map(|forge| forge.id);
    let forge = match forge {
        Some(word) => {
            let forge = Forge::named(&word.value);
            if forge.is_none() {
                found.push(bad_value(word.span, &word.value, &said!("kind of host", "托管平台"), ids));
            }
            forge?
        }
        None => {
            let forge = Forge::guessed(&url.value);
            if forge.is_none() {
                let word = &url.value;
                let message = said!("the kind of host of `{word}` is not known", "不知道 `{word}` 属于哪种托管平台");
                let list = ids.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
                let advice = said!("write `forge = …` beside it: {list}", "请另写 `forge = …`：{list}");
                found.push(Diagnostic::new(&BAD_VALUE, url.span, message).hint(advice));
            }
            forge?
        }
    };
    let folder = folder.map_or("", |f| f.value.trim_matches('/'));
    Some(Repository {
        url: url.value.trim_end_matches('/').trim_end_matches(".git").to_owned(),
        forge,
        branch: branch.unwrap_or("main").to_owned(),
        folder: if folder.is_empty() { String::new() } else { format!("{folder}/") },
    })
}

/// A link template, if it is an address that may stand on a page.
fn template(url: Option<Spanned<String>>, is_fine: impl Fn(&str) -> bool, found: &mut Found) -> Option<String> {
    let url = url?;
    if !is_fine(&url.value) {
        found.push(no_address(&url));
        return None;
    }
    Some(url.value)
}

/// The finding for what is no web address.
fn no_address(url: &Spanned<String>) -> Diagnostic {
    let word = &url.value;
    let message = said!("`{word}` is no web address", "`{word}` 不是网址");
    let advice = said!("begin it with `https://`", "请以 `https://` 开头");
    Diagnostic::new(&BAD_VALUE, url.span, message).hint(advice)
}

/// The finding for a code that is no currency.
pub(crate) fn unknown_currency(code: &Spanned<String>) -> Diagnostic {
    let word = &code.value;
    let message = said!("there is no currency `{word}`", "没有货币 `{word}`");
    let advice = said!("write an ISO 4217 code such as `CNY`", "请写 ISO 4217 代码，如 `CNY`");
    Diagnostic::new(&BAD_VALUE, code.span, message).hint(advice)
}
