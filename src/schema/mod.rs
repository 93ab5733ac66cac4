//! What may be written in each file, as data: kinds of files, forms of their keys, what their words refer to.
//!
//! The forms come from the records that decode the files, so a schema cannot say anything else than the program. From
//! here come JSON Schemas for editors ([`json`]), and what the language server completes, explains and renames.

pub mod json;
pub mod names;
pub mod refers;
pub mod walk;

pub use refers::{Known, Refers, known};

use crate::base::Found;
use crate::model::brand::RawBrand;
use crate::model::cadence::RawObligations;
use crate::model::calendar::RawCalendar;
use crate::model::campaign::RawCampaign;
use crate::model::page::RawPage;
use crate::model::person::{RawDepartment, RawPerson};
use crate::model::postmortem::RawPostmortem;
use crate::model::programme::RawProgramme;
use crate::model::results::RawResults;
use crate::model::settings::RawSettings;
use crate::model::sop::RawSop;
use crate::model::waiver::RawWaiver;
use crate::policy::Rows;
use crate::sources::markdown::split_front_matter;
use crate::sources::shape::{Decode, Entries, Form, Record};
use crate::sources::toml::Table;
use std::ops::Range;

/// The folder of a playbook that keeps its schemas for editors.
pub const FOLDER: &str = ".schemas";

/// A kind of file that authors write.
#[derive(Debug)]
pub struct Kind {
    /// Its name: the argument of `playbook schema`, and the name of its schema.
    pub name: &'static str,
    /// Where such files lie; `*` stands for any name.
    pub path: &'static str,
    /// What it is, in English and Chinese.
    pub about: (&'static str, &'static str),
    /// What it holds.
    pub form: fn() -> Form,
    /// Reads it for its findings alone.
    pub read: fn(&Table, &mut Found),
    /// Whether it is laid over others, so that no key must be written.
    pub partial: bool,
}

fn record<R: Record>(table: &Table, found: &mut Found) {
    R::read(table, found);
}

fn entries<R: Decode>(table: &Table, found: &mut Found) {
    let _ = Entries::<R>::of(table, found);
}

/// What a policy file holds is only known once it is laid over the pack; its syntax is found by whoever parses it.
fn nothing(_: &Table, _: &mut Found) {}

macro_rules! kind {
    ($name:literal, $path:literal, $en:literal / $zh:literal, $form:ty, $read:expr, $partial:literal) => {
        Kind {
            name: $name,
            path: $path,
            about: ($en, $zh),
            form: <$form as Decode>::form,
            read: $read,
            partial: $partial,
        }
    };
}

/// Every kind of file that has keys.
pub static KINDS: &[Kind] = &[
    kind!(
        "playbook",
        "playbook.toml",
        "what the whole site shares" / "整个网站共用的设置",
        RawSettings,
        record::<RawSettings>,
        false
    ),
    kind!(
        "campaign",
        "content/campaigns/*/campaign.toml",
        "the plan of a campaign" / "活动方案",
        RawCampaign,
        record::<RawCampaign>,
        false
    ),
    kind!(
        "results",
        "content/campaigns/*/results.toml",
        "what happened in a campaign" / "活动结果",
        RawResults,
        record::<RawResults>,
        false
    ),
    kind!(
        "people",
        "content/people.toml",
        "everybody who is named" / "人员",
        Entries<RawPerson>,
        entries::<RawPerson>,
        false
    ),
    kind!(
        "departments",
        "content/departments.toml",
        "departments" / "部门",
        Entries<RawDepartment>,
        entries::<RawDepartment>,
        false
    ),
    kind!(
        "calendar",
        "content/calendars/*.toml",
        "days off of a region and year" / "某地区某年的节假日",
        RawCalendar,
        record::<RawCalendar>,
        false
    ),
    kind!(
        "programme",
        "content/programmes/*.toml",
        "a year: its money, goals and anchors" / "年度：预算、目标与大促",
        RawProgramme,
        record::<RawProgramme>,
        false
    ),
    kind!(
        "obligations",
        "content/obligations.toml",
        "what recurs, and when it was kept" / "周期性工作及其记录",
        RawObligations,
        record::<RawObligations>,
        false
    ),
    kind!(
        "brand",
        "content/brand.toml",
        "brand metrics by quarter" / "各季度品牌指标",
        RawBrand,
        record::<RawBrand>,
        false
    ),
    kind!(
        "policy",
        "content/policies/*.toml",
        "figures of the method that are other than the pack's" / "与内置政策不同的数值",
        Rows,
        nothing,
        true
    ),
    kind!(
        "sop",
        "content/sops/*.md",
        "front matter of a procedure" / "SOP 的前置数据",
        RawSop,
        record::<RawSop>,
        false
    ),
    kind!(
        "postmortem",
        "content/campaigns/*/postmortem.md",
        "front matter of a post-mortem" / "复盘的前置数据",
        RawPostmortem,
        record::<RawPostmortem>,
        false
    ),
    kind!(
        "page",
        "content/pages/*.md",
        "front matter of a page of prose" / "页面的前置数据",
        RawPage,
        record::<RawPage>,
        false
    ),
    kind!(
        "chapter-page",
        "content/pages/*/*.md",
        "front matter of a page in a chapter" / "章节内页面的前置数据",
        RawPage,
        record::<RawPage>,
        false
    ),
];

impl Kind {
    /// The kind of the file at a path. Translations of prose carry no front matter, so they are of no kind.
    pub fn of(path: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.fits(path))
    }
    /// The kind of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }
    fn fits(&self, path: &str) -> bool {
        let (mut wanted, mut parts) = (self.path.split('/'), path.split('/'));
        loop {
            match (wanted.next(), parts.next()) {
                (None, None) => return true,
                (Some("*"), Some(_)) => {}
                (Some(wanted), Some(part)) => match wanted.strip_prefix('*') {
                    Some(ending) if part.strip_suffix(ending).is_some_and(|stem| !stem.contains('.')) => {}
                    None if wanted == part => {}
                    _ => return false,
                },
                _ => return false,
            }
        }
    }
    /// Whether its keys stand in front of prose.
    pub fn is_prose(&self) -> bool {
        self.path.ends_with(".md")
    }
    /// The part of a text that is TOML.
    pub fn toml(&self, text: &str) -> Range<usize> {
        if !self.is_prose() {
            return 0..text.len();
        }
        split_front_matter(text).toml.unwrap_or(0..0)
    }
    /// The name of its schema's file.
    pub fn schema(&self) -> String {
        format!("{}.schema.json", self.name)
    }
    /// The first line of a file that tells an editor where its schema lies, as Even Better TOML and taplo read it: a path
    /// from the file on. Front matter has none, for no editor looks for it there.
    pub fn line(&self, path: &str) -> Option<String> {
        let up = "../".repeat(path.matches('/').count());
        (!self.is_prose()).then(|| format!("#:schema {up}{FOLDER}/{}", self.schema()))
    }
    /// The address of its schema in a site.
    pub fn file(&self) -> String {
        format!("schemas/{}", self.schema())
    }
    /// What stands at the top of the file; of policy files the waivers too, which are no part of policy.
    pub fn under(&self, key: &str) -> Option<Form> {
        match key {
            "waiver" if self.partial => Some(Vec::<RawWaiver>::form()),
            _ => (self.form)().under(key),
        }
    }
    /// What stands under a path of keys.
    pub fn at(&self, path: &[String]) -> Option<Form> {
        let Some((first, rest)) = path.split_first() else { return Some((self.form)()) };
        rest.iter().try_fold(self.under(first)?, |form, key| form.under(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_of_one_kind_and_a_translation_of_none() {
        let name = |path| Kind::of(path).map(|kind| kind.name);
        assert_eq!(name("content/campaigns/2026-03-x/campaign.toml"), Some("campaign"));
        assert_eq!(name("content/campaigns/2026-03-x/assets/campaign.toml"), None);
        assert_eq!(name("content/sops/launch.md"), Some("sop"));
        assert_eq!(name("content/sops/launch.zh-Hans.md"), None);
        assert_eq!(name("playbook.toml"), Some("playbook"));
    }

    #[test]
    fn every_reference_is_of_a_key_that_exists() {
        let mut keys = std::collections::BTreeSet::new();
        for kind in KINDS {
            walk::records(&(kind.form)(), &mut |shape| {
                keys.extend(shape.fields.iter().map(|field| (shape.name, field.key)));
                keys.extend(shape.rest.map(|_| (shape.name, "*")));
            });
        }
        for (record, key, _) in refers::VALUES.iter().chain(refers::KEYS) {
            let has = keys.iter().any(|(r, k)| k == key && (r == record || *record == "*"));
            assert!(has || *record == "RawWaiver" || record.is_empty(), "{record}.{key}");
        }
    }
}
