//! `milestone/done-unknown`: a mark in the results that belongs to nothing.

use crate::base::{Diagnostic, Found, Said, Spanned, words};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::Absence;
use crate::{rule, said};

rule! {
    /// A mark under `[done]` or `[measured]` names no milestone and no checklist item of the campaign.
    ///
    /// ## Why
    /// The mark would have no effect: what it was meant for stays open, and is reported as late.
    ///
    /// ## Example
    /// ```toml,reports path=content/campaigns/sample/results.toml
    /// [done]
    /// theme-decide = 2026-04-30
    /// ```
    /// ```toml,passes path=content/campaigns/sample/results.toml
    /// [done]
    /// theme-decided = 2026-04-30
    /// "prep/budget" = 2026-04-30
    /// ```
    pub(crate) static RULE = "milestone/done-unknown", Error, ["MIL-1", "SOP-3"],
    zh: "`[done]` 或 `[measured]` 中的标记不对应本活动的任何里程碑或清单项。\n\n这样的标记不起作用：真正要标记的那一项仍是未完成，并会被报告为逾期。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    for (key, _) in &campaign.results.done {
        judge(model, campaign, key, found);
    }
    for (key, _) in campaign.results.measured.iter().filter(|(key, _)| key.value.contains('/')) {
        judge(model, campaign, key, found);
    }
}

fn judge(model: &Model, campaign: &Campaign, key: &Spanned<String>, found: &mut Found) {
    let problem = match key.value.split_once('/') {
        Some((sop, item)) => of_item(model, campaign, sop, item),
        None => of_node(model, campaign, &key.value),
    };
    let Some((message, known, otherwise)) = problem else { return };
    let diagnostic = Diagnostic::new(&RULE, key.span, message).about(campaign.subject().item(&key.value));
    let known = known.iter().map(String::as_str);
    // A key with a slash stands in quotes, and its span covers them.
    let written = if key.value.contains('/') { Written::Quoted } else { Written::Bare };
    found.push(did_you_mean(diagnostic, &key.value, key.span, written, known, otherwise));
}

/// What is wrong, what may have been meant, and the advice where nothing is near.
type Problem = (Said, Vec<String>, Said);

fn of_node(model: &Model, campaign: &Campaign, id: &str) -> Option<Problem> {
    let schedule = campaign.schedule.as_ref()?;
    let is_written = campaign.milestone_ids.iter().any(|i| i.value.as_str() == id);
    if schedule.milestone(id).is_some() {
        return None;
    }
    if let Some((_, why)) = schedule.absent.iter().find(|(absent, _)| absent == id) {
        let message = said!("this campaign leaves out the milestone `{id}`", "本活动没有保留里程碑 `{id}`");
        return Some(match why {
            Absence::Merged(into) => {
                let message = said!(
                    "milestone `{id}` is merged into `{into}` in this campaign",
                    "本活动中里程碑 `{id}` 并入了 `{into}`"
                );
                (message, Vec::new(), said!("mark `{into}` instead", "请改为标记 `{into}`"))
            }
            _ => (message, Vec::new(), said!("remove the mark", "请删除该标记")),
        });
    }
    if is_written {
        return None;
    }
    if model.sop(id).is_some() {
        return (!campaign.checklist.iter().any(|i| i.sop.as_str() == id)).then(|| not_for(id, campaign));
    }
    let mine = campaign.checklist.iter().map(|i| i.sop.as_str());
    let mut known: Vec<String> =
        schedule.milestones.iter().map(|m| m.id.as_str()).chain(mine).map(str::to_owned).collect();
    known.dedup();
    let message = said!("there is no milestone or procedure `{id}` in this campaign", "本活动没有里程碑或流程 `{id}`");
    Some((
        message,
        known,
        said!(
            "write the id of a milestone or of a procedure, or remove the mark",
            "请写里程碑或流程的 id，或删除该标记"
        ),
    ))
}

fn of_item(model: &Model, campaign: &Campaign, sop: &str, item: &str) -> Option<Problem> {
    if campaign.checklist.iter().any(|i| i.sop.as_str() == sop && i.id.as_str() == item) {
        return None;
    }
    let known = |from: Option<&str>| {
        let mine = campaign.checklist.iter().filter(|i| from.is_none_or(|sop| i.sop.as_str() == sop));
        mine.map(crate::model::checklist::Item::key).collect()
    };
    match model.sop(sop) {
        // Its phase could not be read, so it is bound to no campaign.
        Some(procedure) if procedure.phase.is_none() => None,
        Some(procedure) if !procedure.is_for(&campaign.scale, campaign.mode) => Some(not_for(sop, campaign)),
        Some(_) => {
            let message = said!("procedure `{sop}` has no item `{item}`", "流程 `{sop}` 没有清单项 `{item}`");
            let known: Vec<String> = known(Some(sop));
            let list = words::one_of(known.iter().map(String::as_str));
            let (en, zh) = (&list.en, &list.zh);
            let advice = match known.is_empty() {
                true => said!("remove the mark", "请删除该标记"),
                false => said!("write one of its items: {en}", "请写其中一项：{zh}"),
            };
            Some((message, known, advice))
        }
        None => {
            let message = said!("there is no procedure `{sop}`", "没有流程 `{sop}`");
            Some((
                message,
                known(None),
                said!("write `procedure/item`, or remove the mark", "请写 `流程/清单项`，或删除该标记"),
            ))
        }
    }
}

fn not_for(sop: &str, campaign: &Campaign) -> Problem {
    let (scale, mode) = (&campaign.scale, campaign.mode.word());
    let message = said!(
        "procedure `{sop}` is not for `{scale}` campaigns that are `{mode}`",
        "流程 `{sop}` 不用于 `{scale}` 规模、`{mode}` 形式的活动"
    );
    (
        message,
        Vec::new(),
        said!("remove the mark, or change `scale` or `mode`", "请删除该标记，或修改 `scale` 或 `mode`"),
    )
}
