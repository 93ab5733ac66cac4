//! `sop/no-variant`: a campaign without a procedure for a phase.

use super::may_be_for;
use crate::base::{Diagnostic, Found, Severity, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::SopPhase;
use crate::{rule, said};

rule! {
    /// A campaign's scale and mode have no procedure for a phase.
    ///
    /// ## Why
    /// The scale selects the variant of each procedure (SOP-6). Where none fits, the campaign's checklist lacks a whole phase and looks
    /// complete. A playbook without any procedure yet is only reminded.
    ///
    /// ## Example
    /// ```markdown,with path=content/sops/burst.md
    /// +++
    /// title = "Burst"
    /// phase = "execution"
    /// scale = ["large"]
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Watch visits {#watch role=analyst due=T must group=burst covers=monitoring measure="≤ 60 min"}
    /// ```
    /// ```toml,reports
    /// scale = "small"
    /// ```
    /// ```toml,passes
    /// scale = "large"
    /// ```
    pub(crate) static RULE = "sop/no-variant", Error, ["SOP-6"],
    zh: "活动的规模和形式在某个阶段没有对应的流程。\n\n规模决定用哪个版本的流程（SOP-6）。没有合适的版本，活动清单就缺了整个阶段，看起来却是完整的。还没有任何流程的手册只作提醒。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    // A procedure that could not be read may be the one.
    if !model.sops_complete {
        return;
    }
    if model.sops.is_empty() {
        if let Some(campaign) = model.campaigns.first() {
            let message = said!("the playbook has no procedures", "手册还没有流程");
            let advice = said!(
                "write one for each phase in `content/sops/`: `preparation`, `execution`, `review`",
                "请在 `content/sops/` 为每个阶段写一个：`preparation`、`execution`、`review`"
            );
            let diagnostic = Diagnostic::new(&RULE, campaign.span, message).severity(Severity::Warning);
            found.push(diagnostic.hint(advice).about(campaign.subject()));
        }
        return;
    }
    for campaign in model.held().filter(|c| c.sound) {
        found.extend(judge(model, campaign));
    }
}

fn judge(model: &Model, campaign: &Campaign) -> Option<Diagnostic> {
    let (scale, mode) = (campaign.scale.as_str(), campaign.mode);
    let has = |phase: SopPhase| model.sops.iter().any(|s| may_be_for(model, s, phase, scale, mode));
    let missing: Vec<SopPhase> = SopPhase::ALL.iter().copied().filter(|p| !has(*p)).collect();
    let first = *missing.first()?;
    let list = words::one_of(missing.iter().map(|p| p.word()));
    let (phases, phases_zh, mode) = (&list.en, &list.zh, mode.word());
    let message = said!(
        "no procedure for {phases} is for `{scale}` and `{mode}` campaigns",
        "没有适用于 `{scale}`、`{mode}` 活动的 {phases_zh} 流程"
    );
    let span = campaign.written.span("scale").or(campaign.written.span("mode")).unwrap_or(campaign.span);
    let near = model.sops.iter().find(|s| s.phase.is_some_and(|p| p.value == first));
    let advice = match near {
        Some(near) => {
            let (id, phase) = (&near.id, first.word());
            said!(
                "widen `scale` or `mode` of `{id}`, or write a procedure of phase `{phase}` for it",
                "请放宽 `{id}` 的 `scale` 或 `mode`，或为它另写一个 `{phase}` 流程"
            )
        }
        None => said!("write one in `content/sops/`", "请在 `content/sops/` 写一个"),
    };
    Some(Diagnostic::new(&RULE, span, message).hint(advice).about(campaign.subject()))
}
