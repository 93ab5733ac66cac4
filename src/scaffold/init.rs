//! `playbook init`: a playbook to begin with, sound from its first minute.

use super::files::{self, Tongue, Words};
use super::new::{self, Ground, Made, NewCampaign};
use crate::base::{Date, Id, Lang, Said};
use crate::model::Model;
use crate::said;
use crate::schema::json::{Names, schema};
use crate::schema::{FOLDER, KINDS};
use crate::sources::Sources;
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

/// Public holidays of China, as the sample has them.
static CALENDARS: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/content/calendars");

/// Where a playbook may be checked and published, and what is written for each.
pub const CI: &[(&str, &str)] = &[
    ("github", "GitHub: check, comment and preview of pull requests, Pages"),
    ("gitlab", "GitLab: check, comment and preview of merge requests, Pages"),
    ("gitea", "Gitea and Forgejo: check and comment of pull requests, a web server of yours"),
    ("jenkins", "Jenkins: a pipeline for branches and pull requests"),
    ("shell", "a bare repository with a hook, and a hook for authors"),
    ("none", "nothing"),
];

/// What an author may say of a new playbook.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Languages of the site; the first is that of its texts.
    pub languages: &'a [Lang],
    /// Name of the site.
    pub title: Option<&'a str>,
    /// IANA time zone.
    pub timezone: Option<&'a str>,
    /// ISO 4217 code.
    pub currency: Option<&'a str>,
    /// Whoever begins it: name and address.
    pub me: (Option<&'a str>, Option<&'a str>),
    /// Today.
    pub today: Date,
    /// Every rule there is, for schemas.
    pub rules: &'a [&'a str],
    /// Where it is checked and published: names of [`CI`].
    pub ci: &'a [&'a str],
    /// Of the program, for CI.
    pub version: &'a str,
    /// Of the compiler that builds it, for CI.
    pub rust: &'a str,
}

/// The files of a new playbook; `load` reads those that come first, so that the first campaign knows them.
///
/// # Errors
/// What the author should say otherwise.
pub fn init(
    wanted: &Wanted<'_>,
    load: impl FnOnce(BTreeMap<String, String>) -> (Model, Sources),
) -> Result<Made, Said> {
    let first = wanted.languages.first().map_or("en", Lang::tag);
    let tongue = match first {
        "en" => Tongue::English,
        "zh" | "zh-Hans" | "zh-CN" => Tongue::Chinese,
        _ => {
            return Err(said!(
                "a new playbook begins in `en` or `zh-Hans`, not in `{first}`: put one of them first, such as --lang en,{first}",
                "新手册的文字是 `en` 或 `zh-Hans`，不是 `{first}`：请把其中之一放在最前，如 --lang zh-Hans,{first}"
            ));
        }
    };
    if let Some(zone) = wanted.timezone.filter(|zone| !Date::knows_zone(zone)) {
        return Err(said!(
            "there is no time zone `{zone}`; write an IANA name such as `Asia/Shanghai`",
            "没有名为 `{zone}` 的时区；请写 IANA 名称，如 `Asia/Shanghai`"
        ));
    }
    if let Some(code) = wanted.currency.filter(|code| crate::base::Currency::from_code(code).is_none()) {
        return Err(said!(
            "there is no currency `{code}`; write an ISO 4217 code such as `CNY`",
            "没有货币 `{code}`；请写 ISO 4217 代码，如 `CNY`"
        ));
    }
    let mut files = start(wanted, tongue);
    let (model, sources) = load(files.clone());
    let person = model.people.keys().next().map(|id| id.as_str().to_owned());
    let ground = Ground { model: &model, sources: &sources, tongue, me: (None, None) };
    let campaign = NewCampaign {
        title: tongue.pick("First campaign", "第一场活动"),
        owner: person.as_deref(),
        budget: Some("100000"),
        ..NewCampaign::default()
    };
    // Its id begins with its month, which only the search for a free one tells.
    let id = new::month_id(&ground, &campaign, "first-campaign")?;
    let made = new::campaign(&ground, &NewCampaign { id: Some(&id), ..campaign })?;
    files.extend(made.files);
    let mut made = Made { files, notes: Vec::new() }.finished(|_| true);
    let names = Names { model: &model, rules: wanted.rules };
    let schemas = KINDS.iter().map(|kind| (format!("{FOLDER}/{}", kind.schema()), schema(kind, &names)));
    made.files.extend(schemas);
    Ok(made)
}

/// Everything but the campaign.
fn start(wanted: &Wanted<'_>, tongue: Tongue) -> BTreeMap<String, String> {
    let title = wanted.title.unwrap_or(tongue.pick("Campaign playbook", "活动手册"));
    let (name, email) = wanted.me;
    let name = name.unwrap_or(tongue.pick("Your name", "你的名字"));
    // Chinese is not romanised by a program: the part of an address before the @ may do, else a word that asks to be changed.
    let by_email = email.and_then(|e| e.split('@').next()).and_then(Id::suggest);
    let person = Id::suggest(name)
        .filter(|_| name.is_ascii())
        .or(by_email)
        .map_or_else(|| "me".to_owned(), |id| id.as_str().to_owned());
    let tags: Vec<String> =
        wanted.languages.iter().map(|l| format!("\"{}\"", if l.tag() == "zh" { "zh-Hans" } else { l.tag() })).collect();
    let email = email.map_or_else(String::new, |e| format!("email = {}", files::quoted(e)));
    let words = Words::default()
        .with("title", files::quoted(title))
        .with("name", title)
        .with("languages", tags.join(", "))
        .with("timezone", wanted.timezone.unwrap_or(tongue.pick("UTC", "Asia/Shanghai")))
        .with("currency", wanted.currency.unwrap_or(tongue.pick("USD", "CNY")))
        .with("calendar", tongue.pick("ours", "cn"))
        .with("person", person)
        .with("person-name", files::quoted(name))
        .with("email", email)
        .with("today", wanted.today.to_string())
        .with("review-by", wanted.today.plus(REVIEW).to_string())
        .with("year", wanted.today.year().to_string())
        .with("version", wanted.version)
        .with("rust", wanted.rust);
    let mut all = files::folder("init/common", &words);
    for ci in wanted.ci.iter().filter(|ci| **ci != "none") {
        all.extend(files::folder(&format!("ci/{ci}"), &words));
    }
    all.extend(files::folder(&format!("init/{}", tongue.tag()), &words));
    if tongue == Tongue::Chinese {
        let years = (i32::from(wanted.today.year())..).take(2).map(|year| format!("cn-{year}.toml"));
        let known = years.filter_map(|name| {
            Some((format!("content/calendars/{name}"), CALENDARS.get_file(&name)?.contents_utf8()?))
        });
        all.extend(known.map(|(path, text)| (path, text.to_owned())));
    }
    all
}

/// Days until the first procedures are reviewed; the policy is read only with the finished files.
const REVIEW: i64 = 180;
