//! `calendar/unknown-region`: a working-day calendar that does not exist.

use crate::base::{Diagnostic, Found, Id, Spanned, Subject};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// `calendar` names a region that no file in `content/calendars/` is for.
    ///
    /// ## Why
    /// Without its calendar every weekday counts as a working day, holidays included.
    ///
    /// ## Example
    /// ```toml,reports
    /// calendar = "ch"
    /// ```
    /// ```toml,passes
    /// calendar = "cn"
    /// ```
    pub(crate) static RULE = "calendar/unknown-region", Error, ["CAL-1"],
    zh: "`calendar` 写的地区在 `content/calendars/` 中没有文件。\n\n没有日历，所有工作日（包括假日）都会被当作上班日。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    if let Some(region) = &model.settings.calendar {
        judge(model, region, Subject { thing: "playbook.toml".to_owned(), item: None }, found);
    }
    for campaign in &model.campaigns {
        if let Some(region) = campaign.calendar.as_ref().filter(|region| region.span.file == campaign.file) {
            judge(model, region, campaign.subject(), found);
        }
    }
}

fn judge(model: &Model, region: &Spanned<Id>, subject: Subject, found: &mut Found) {
    if model.calendars.regions.contains_key(&region.value) {
        return;
    }
    let word = region.value.as_str();
    let message = said!("there is no calendar for `{word}`", "没有 `{word}` 的日历");
    let known = model.calendars.regions.keys().map(Id::as_str);
    let otherwise = said!(
        "add `content/calendars/{word}-<year>.toml` with `region = \"{word}\"` and `year`",
        "请添加 `content/calendars/{word}-<年份>.toml`，写上 `region = \"{word}\"` 和 `year`"
    );
    let diagnostic = Diagnostic::new(&RULE, region.span, message).about(subject);
    found.push(did_you_mean(diagnostic, word, region.span, Written::Quoted, known, otherwise));
}
