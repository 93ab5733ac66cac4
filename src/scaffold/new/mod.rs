//! `playbook new`: files that begin with everything that policy, calendar and people already know.

mod campaign;
mod month;
mod policy;
mod postmortem;
mod programme;
mod sop;

pub use campaign::{NewCampaign, campaign, month_id};
pub use policy::policy;
pub use postmortem::postmortem;
pub use programme::{NewProgramme, programme};
pub use sop::{NewSop, sop};

use super::files::Tongue;
use super::format;
use crate::base::{Date, Id, Lang, Money, Said, Text, Weekday, words};
use crate::model::Model;
use crate::policy::{Level, Mode, Preset, State};
use crate::said;
use crate::schema::Kind;
use crate::sources::Sources;
use std::collections::BTreeMap;

/// What a new file may ask.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// What is there already.
    pub model: &'a Model,
    /// Its files.
    pub sources: &'a Sources,
    /// Language of remarks.
    pub tongue: Tongue,
    /// Who asks, as git knows them: name and address.
    pub me: (Option<&'a str>, Option<&'a str>),
}

/// New files by path, and what to do next.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// Text by path below the playbook's folder.
    pub files: BTreeMap<String, String>,
    /// What the author should know, in order.
    pub notes: Vec<Said>,
}

impl Made {
    /// The same laid out as `playbook fmt` does, each file naming its schema where `has_schema` knows one.
    #[must_use]
    pub fn finished(mut self, has_schema: impl Fn(&Kind) -> bool) -> Self {
        for (path, text) in &mut self.files {
            let kind = Kind::of(path).filter(|kind| has_schema(kind));
            if let Some(line) = kind.and_then(|kind| kind.line(path)) {
                text.insert_str(0, &format!("{line}\n"));
            }
            if let Some(laid_out) = Some(path).filter(|p| format::is_ours(p)).and_then(|p| format::file(p, text)) {
                *text = laid_out;
            }
        }
        self
    }
}

impl Ground<'_> {
    /// A text for whoever reads the remarks.
    fn words<'t>(&self, text: &'t Text) -> &'t str {
        let (en, zh) = text.both();
        self.tongue.pick(en, zh)
    }

    /// A text for the file itself: in the playbook's first language, whoever reads the remarks.
    fn heading<'t>(&'t self, text: &'t Text) -> &'t str {
        let default = self.model.settings.default_lang();
        text.get(default, default).0
    }

    /// A title as the author gave it, in the language it is in.
    fn title(&self, title: &str) -> String {
        let default = self.model.settings.default_lang();
        let languages = &self.model.settings.languages;
        let own = Lang(self.tongue.tag().to_owned());
        match languages.iter().find(|l| l.is_kin(&own)) {
            Some(lang) if lang != default => format!("{{ {} = {} }}", lang.tag(), super::files::quoted(title)),
            _ => super::files::quoted(title),
        }
    }

    /// A name from policy as a value: in every language of the playbook that policy knows.
    fn name(&self, text: &Text) -> String {
        let languages = &self.model.settings.languages;
        let known = |lang: &&Lang| text.by_lang.contains_key(*lang);
        let pairs: Vec<String> = languages
            .iter()
            .filter(known)
            .map(|lang| format!("{} = {}", lang.tag(), super::files::quoted(&text.by_lang[lang])))
            .collect();
        match pairs.as_slice() {
            [] | [_] => super::files::quoted(text.get(self.model.settings.default_lang(), &languages[0]).0),
            _ => format!("{{ {} }}", pairs.join(", ")),
        }
    }

    /// Who answers for what is new: as asked for, else whoever git says is writing.
    ///
    /// # Errors
    /// When there is no such person, or nobody in `people.toml` is the one git knows.
    fn owner(&self, asked: Option<&str>) -> Result<Id, Said> {
        let people = &self.model.people;
        let active = || people.values().filter(|p| p.active).map(|p| p.id.as_str());
        if let Some(asked) = asked {
            return people
                .get(asked)
                .map(|p| p.id.clone())
                .ok_or_else(|| unknown(asked, &said!("person", "人员"), active(), "content/people.toml"));
        }
        let (name, email) = self.me;
        let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
        let by_email =
            || email.and_then(|e| people.values().find(|p| p.email.as_deref().is_some_and(|own| same(own, e))));
        let by_name =
            || name.and_then(|n| people.values().find(|p| p.id.as_str() == n || p.name.all().any(|own| same(own, n))));
        let me = by_email().or_else(by_name).filter(|p| p.active);
        me.map(|p| p.id.clone()).ok_or_else(|| {
            let list = words::one_of(active().take(PEOPLE));
            let (en, zh) = (&list.en, &list.zh);
            match (name, people.is_empty()) {
                (_, true) => said!("nobody stands in content/people.toml yet: add a person there, then name them with --owner", "content/people.toml 里还没有人：请先添加，再用 --owner 指定"),
                (Some(name), _) => said!("git says you are `{name}`, and nobody in content/people.toml has this name or address: say who answers for it with --owner, such as {en}", "git 中的用户是 `{name}`，content/people.toml 里没有同名或同邮箱的人：请用 --owner 指定负责人，如 {zh}"),
                (None, _) => said!("git knows no user.name or user.email here: say who answers for it with --owner, such as {en}", "git 未设置 user.name 或 user.email：请用 --owner 指定负责人，如 {zh}"),
            }
        })
    }

    /// An id: as asked for, else made of a prefix and a title.
    ///
    /// # Errors
    /// When it is no id, or no id can be made of the title: Chinese is not romanised by a program.
    fn id(&self, asked: Option<&str>, prefix: &str, title: &str) -> Result<Id, Said> {
        if let Some(asked) = asked {
            return Id::new(asked).ok_or_else(|| match Id::suggest(asked) {
                Some(near) => said!("`{asked}` is no id; write `{near}`", "`{asked}` 不能作为 id；可写 `{near}`"),
                None => said!(
                    "`{asked}` is no id: use lower-case letters a–z, digits and `-`",
                    "`{asked}` 不能作为 id：请用小写字母 a–z、数字和 `-`"
                ),
            });
        }
        Id::suggest(title).and_then(|id| Id::new(&format!("{prefix}{id}"))).ok_or_else(|| {
            said!("no id can be made of `{title}`, since it becomes an address: choose one, such as `--id {prefix}spring`", "无法从“{title}”生成 id（它会成为网址）：请自己取一个，如 `--id {prefix}spring`")
        })
    }

    /// A word of a closed set.
    ///
    /// # Errors
    /// With the nearest one when it is none of them.
    fn word<'w>(&self, asked: &str, what: &Said, known: impl Iterator<Item = &'w str> + Clone) -> Result<(), Said> {
        if known.clone().any(|k| k == asked) { Ok(()) } else { Err(unknown(asked, what, known, "")) }
    }

    /// A day with its weekday.
    fn day(&self, day: Date) -> String {
        const EN: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        const ZH: [&str; 7] = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];
        let name = self.tongue.pick(EN, ZH)[day.weekday().index()];
        let holiday = self.model.calendar().holiday(day).map(|h| self.words(h).to_owned());
        let is_off = !self.model.calendar().is_working(day);
        match (holiday, is_off && !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)) {
            (Some(holiday), _) => format!("{name}{}{holiday}", self.tongue.pick(", ", "，")),
            _ => name.to_owned(),
        }
    }

    /// The lines of a budget by the preset in force, or the same as remarks where nobody said how much there is.
    ///
    /// # Errors
    /// When the amount is none.
    fn budget(&self, asked: Option<&str>, level: Level, mode: Option<Mode>) -> Result<(String, String), Said> {
        let currency = self.model.settings.currency;
        let total = match asked {
            None => None,
            Some(text) => {
                Some(Money::parse(&text.replace([',', '_'], ""), currency).filter(|m| m.0 > 0).ok_or_else(|| {
                    let code = currency.code();
                    said!(
                        "`{text}` is no amount of {code}; write a number such as 300000",
                        "`{text}` 不是 {code} 金额；请写数字，如 300000"
                    )
                })?)
            }
        };
        let example = Money::parse(EXAMPLE, currency).unwrap_or(Money::ZERO);
        let amount = total.unwrap_or(example);
        let rows = &self.model.policy.rows;
        let fits = |p: &Preset| {
            p.state == Some(State::On)
                && !p.shares.0.is_empty()
                && p.level.is_some_and(|l| l == level || l == Level::Both)
                && mode.is_none_or(|mode| p.modes.is_empty() || p.modes.contains(&mode))
        };
        let preset = rows.presets.iter().map(|(_, p)| p).find(|p| fits(p));
        let axis =
            preset.and_then(|p| p.axis.as_ref()).and_then(|a| Some((a.value.as_str(), rows.axes.find(&a.value)?)));
        let mut lines = vec!["[budget]".to_owned(), format!("total = {}", amount.plain(currency))];
        let mut split = String::new();
        if let (Some(preset), Some((axis, row))) = (preset, axis) {
            let shares: Vec<_> = preset.shares.0.iter().map(|(_, share)| share.value).collect();
            // Shares that do not make a whole are a finding of policy; the total alone is right.
            let parts = crate::base::money::allocate(amount, &shares).unwrap_or_default();
            let name = self.words(&preset.name);
            split = self.tongue.pick(format!("Split by “{name}”."), format!("按“{name}”分配。"));
            for ((key, _), part) in preset.shares.0.iter().zip(parts) {
                let value = row.values.find(&key.value);
                let name = value.map_or_else(|| super::files::quoted(&key.value), |v| self.name(v));
                lines.extend([
                    String::new(),
                    "[[budget.line]]".to_owned(),
                    format!("id = \"{}\"", key.value),
                    format!("name = {name}"),
                ]);
                lines.extend([format!("amount = {}", part.plain(currency)), format!("{axis} = \"{}\"", key.value)]);
            }
            let others: Vec<String> = self.other_axes(axis, level, mode);
            if !others.is_empty() {
                let before = self.tongue.pick("Each line is tagged for these splits too: ", "每行还要标注以下维度：");
                lines.insert(0, format!("# {before}{}", others.join(self.tongue.pick("; ", "；"))));
            }
        }
        if total.is_none() {
            lines = lines
                .into_iter()
                .map(|l| if l.starts_with('#') || l.is_empty() { l } else { format!("# {l}") })
                .collect();
            // One block of remarks: a blank line between would make it look like several.
            lines.iter_mut().filter(|l| l.is_empty()).for_each(|l| "#".clone_into(l));
        }
        Ok((split, lines.join("\n")))
    }

    /// Axes that other presets in force ask for, with their values.
    fn other_axes(&self, done: &str, level: Level, mode: Option<Mode>) -> Vec<String> {
        let rows = &self.model.policy.rows;
        let mut list: Vec<String> = Vec::new();
        for (_, preset) in rows.presets.iter().filter(|(_, p)| p.state == Some(State::On)) {
            let here = level == Level::Campaign || preset.level.is_some_and(|l| l != Level::Campaign);
            let fits = mode.is_none_or(|mode| preset.modes.is_empty() || preset.modes.contains(&mode));
            let Some(axis) = preset.axis.as_ref().filter(|a| a.value != done && here && fits) else { continue };
            let Some(row) = rows.axes.find(&axis.value) else { continue };
            let text = format!("{} = {}", axis.value, row.values.keys().collect::<Vec<_>>().join(" | "));
            if !list.contains(&text) {
                list.push(text);
            }
        }
        list
    }
}

/// People named in a message at most.
const PEOPLE: usize = 8;

/// What a budget in a remark shows.
const EXAMPLE: &str = "300000";

/// Refuses a word that is none of those known.
fn unknown<'w>(asked: &str, what: &Said, known: impl Iterator<Item = &'w str> + Clone, place: &str) -> Said {
    let (en, zh) = (&what.en, &what.zh);
    let (in_en, in_zh) = if place.is_empty() {
        (String::new(), String::new())
    } else {
        (format!(" in {place}"), format!("{place} 里"))
    };
    match words::nearest(asked, known.clone()) {
        Some(near) => said!(
            "there is no {en} `{asked}`{in_en}; did you mean `{near}`?",
            "{in_zh}没有{zh} `{asked}`；是否想写 `{near}`？"
        ),
        None => {
            let list = words::one_of(known.take(PEOPLE));
            let (list_en, list_zh) = (&list.en, &list.zh);
            said!("there is no {en} `{asked}`{in_en}; write {list_en}", "{in_zh}没有{zh} `{asked}`；可写 {list_zh}")
        }
    }
}

/// A remark of several lines.
fn remark(lines: &[String]) -> String {
    lines.iter().map(|l| format!("# {l}")).collect::<Vec<_>>().join("\n")
}
