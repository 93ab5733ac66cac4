//! `programme/stages`: theme stages that overlap, leave days out, or end before they begin.

use super::Check;
use crate::base::{Diagnostic, Found, Severity, Subject};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::programme::{Programme, Stretch};
use crate::{rule, said};

rule! {
    /// Theme stages or big-promotion dates of a year end before they begin, or stages overlap, leave days between them or a campaign outside.
    ///
    /// ## Why
    /// The stages are a band over the whole calendar (CAL-4): each campaign tells the story of the one it stands in. Where two
    /// overlap it tells two, and in a gap none.
    ///
    /// ## Example
    /// ```toml,reports path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [[stage]]
    /// id = "reunion"
    /// name = "Reunion"
    /// from = 2026-01-01
    /// to = 2026-03-31
    ///
    /// [[stage]]
    /// id = "renewal"
    /// name = "Renewal"
    /// from = 2026-03-01
    /// to = 2026-12-31
    /// ```
    /// ```toml,passes path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    ///
    /// [[stage]]
    /// id = "reunion"
    /// name = "Reunion"
    /// from = 2026-01-01
    /// to = 2026-02-28
    ///
    /// [[stage]]
    /// id = "renewal"
    /// name = "Renewal"
    /// from = 2026-03-01
    /// to = 2026-12-31
    /// ```
    pub(crate) static RULE = "programme/stages", Error, ["CAL-4", "CAL-8"],
    zh: "年度主题阶段或大促节点先结束后开始，或阶段之间重叠、留有空档。\n\n各阶段是覆盖全年日历的色带（CAL-4），每个活动讲所在阶段的故事：重叠处要讲两个，空档处一个也没有。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in &model.programmes {
        let subject = Subject::programme(programme.id.as_str());
        let list = judge(programme);
        if list.is_empty() {
            found.extend(super::members(model, programme).filter_map(|c| outside(programme, c)));
        }
        found.extend(list.into_iter().map(|d| d.about(subject.clone())));
    }
}

/// A campaign before the first stage or after the last: gaps between stages are reported once, where they are.
fn outside(programme: &Programme, campaign: &Campaign) -> Option<Diagnostic> {
    let first = programme.stages.iter().min_by_key(|s| s.from.value)?;
    let last = programme.stages.iter().max_by_key(|s| s.to.value)?;
    let start = campaign.start?;
    if start.value.year() != programme.year || (first.from.value <= start.value && start.value <= last.to.value) {
        return None;
    }
    let is_before = start.value < first.from.value;
    let (near, edge) = if is_before { (first, first.from) } else { (last, last.to) };
    let (day, stage, edge_day) = (start.value, &near.id, edge.value);
    let message = match is_before {
        true => said!(
            "{day} is before the first stage, `{stage}` from {edge_day}",
            "{day} 早于第一个阶段 `{stage}`（{edge_day} 开始）"
        ),
        false => said!(
            "{day} is after the last stage, `{stage}` to {edge_day}",
            "{day} 晚于最后一个阶段 `{stage}`（{edge_day} 结束）"
        ),
    };
    let advice = said!("let `{stage}` reach {day}, or add a stage", "请让 `{stage}` 覆盖 {day}，或添加一个阶段");
    let diagnostic = Diagnostic::new(&RULE, start.span, message).severity(Severity::Warning);
    Some(diagnostic.label(edge.span, said!("the stages' edge", "阶段的边界")).hint(advice).about(campaign.subject()))
}

fn judge(programme: &Programme) -> Vec<Diagnostic> {
    let mut list = Vec::new();
    let reversed = |s: &&Stretch| s.to.value < s.from.value;
    for stretch in programme.stages.iter().chain(&programme.anchors).filter(reversed) {
        let (id, from, to) = (&stretch.id, stretch.from.value, stretch.to.value);
        let message =
            said!("`{id}` ends on {to}, before it begins on {from}", "`{id}` 于 {to} 结束，早于开始日 {from}");
        let advice = said!("write a day on or after {from}", "请写 {from} 或之后的日期");
        list.push(
            Diagnostic::new(&RULE, stretch.to.span, message)
                .label(stretch.from.span, said!("begins here", "从这天开始"))
                .hint(advice),
        );
    }
    let mut stages: Vec<&Stretch> = programme.stages.iter().filter(|s| !reversed(s)).collect();
    stages.sort_by_key(|s| (s.from.value, s.to.value));
    if stages.len() != programme.stages.len() {
        return list;
    }
    for pair in stages.windows(2) {
        let [earlier, later] = pair else { continue };
        let (first, second) = (&earlier.id, &later.id);
        let (last, next) = (earlier.to.value, later.from.value);
        let label = said!("`{first}` ends here", "`{first}` 到这天结束");
        if next <= last {
            let message = said!(
                "`{second}` begins on {next}, `{first}` ends on {last}",
                "`{second}` 于 {next} 开始，`{first}` 到 {last} 才结束"
            );
            let day = last.plus(1);
            list.push(Diagnostic::new(&RULE, later.from.span, message).label(earlier.to.span, label).fix(
                said!("begin it on `{day}`", "改为从 `{day}` 开始"),
                later.from.span,
                day.to_string(),
            ));
        } else if last.plus(1) < next {
            let days = last.until(next) - 1;
            let counted = crate::base::words::count(days, "day");
            let day = last.plus(1);
            let message = said!(
                "{counted} between `{first}` and `{second}` are in no stage",
                "`{first}` 与 `{second}` 之间有 {days} 天不属于任何阶段"
            );
            list.push(
                Diagnostic::new(&RULE, later.from.span, message)
                    .severity(Severity::Warning)
                    .label(earlier.to.span, label)
                    .fix(said!("begin it on `{day}`", "改为从 `{day}` 开始"), later.from.span, day.to_string()),
            );
        }
    }
    list
}
