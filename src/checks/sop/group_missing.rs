//! `sop/group-missing`: something a phase must see to, and no procedure does.

use super::{may_be_for, subject};
use crate::base::{Diagnostic, Found, Said, words};
use crate::checks::Check;
use crate::model::Model;
use crate::model::sop::Sop;
use crate::policy::{Group, Mode, SopPhase};
use crate::{rule, said};

rule! {
    /// For campaigns of some scale and mode, no procedure has an item of a group, or one that covers what the group asks for.
    ///
    /// ## Why
    /// Preparation sees to resources, channels and technology (SOP-2); each later phase has its own tasks (SOP-4, SOP-7 to SOP-10). All
    /// procedures that a campaign gets are taken together: what none of them names is forgotten on the day.
    ///
    /// ## Example
    /// ```markdown,reports path=content/sops/preheat.md
    /// +++
    /// title = "Pre-heat"
    /// phase = "preparation"
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] Teaser posters hang {#posters role=designer due=T-7 must group=preheat measure="100 %"}
    /// ```
    /// ```markdown,passes path=content/sops/preheat.md
    /// +++
    /// title = "Pre-heat"
    /// phase = "preparation"
    /// owner = "lin"
    /// version = "1.0"
    /// +++
    ///
    /// - [ ] First screen over 4G {#speed role=tech due=T-5 must group=preheat covers=page-speed measure="≤ 2.0 s"}
    /// ```
    pub(crate) static RULE = "sop/group-missing", Warning, ["SOP-2", "SOP-4", "SOP-7", "SOP-8", "SOP-9", "SOP-10"],
    zh: "某种规模和形式的活动，所有流程都没有某个分组的检查项，或没有覆盖该分组要求的内容。\n\n准备阶段要照顾资源、渠道和技术（SOP-2），之后各阶段也有各自的任务（SOP-4、SOP-7 至 SOP-10）。这里把活动用到的所有流程合在一起看：谁都没提到的事，当天就会被忘记。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

/// A scale and a mode that campaigns have.
type Kind<'a> = (&'a str, Mode);

fn find(model: &Model, found: &mut Found) {
    // A procedure that could not be read may see to it.
    if !model.sops_complete {
        return;
    }
    let mut kinds: Vec<Kind<'_>> = model.campaigns.iter().map(|c| (c.scale.as_str(), c.mode)).collect();
    let place = |scale: &str| model.policy.rows.scales.position(scale);
    kinds.sort_by_key(|(scale, mode)| (place(scale), *mode));
    kinds.dedup();
    for (id, group) in model.policy.rows.groups.iter() {
        let Some(phase) = group.phase else { continue };
        let all: Vec<Vec<&Sop>> = kinds.iter().map(|kind| of_kind(model, phase, *kind)).collect();
        // Without any procedure `sop/no-variant` speaks.
        let kinds: Vec<(Kind<'_>, Vec<&Sop>)> =
            kinds.iter().copied().zip(all).filter(|(_, sops)| !sops.is_empty()).collect();
        let lacks = |part: Option<&str>| -> Vec<&(Kind<'_>, Vec<&Sop>)> {
            kinds.iter().filter(|(_, sops)| !sops.iter().any(|s| sees_to(model, s, id, part))).collect()
        };
        let whole = lacks(None);
        report(id, None, &whole, kinds.len(), found);
        for part in group.covers.keys() {
            let missing: Vec<_> =
                lacks(Some(part)).into_iter().filter(|k| !whole.iter().any(|w| std::ptr::eq(*w, *k))).collect();
            report(id, Some(part), &missing, kinds.len(), found);
        }
    }
}

fn of_kind<'a>(model: &'a Model, phase: SopPhase, (scale, mode): Kind<'_>) -> Vec<&'a Sop> {
    model.sops.iter().filter(|s| may_be_for(model, s, phase, scale, mode)).collect()
}

/// Whether a procedure has an item of a group, and one that covers `part`. What is mistyped or not yet an item counts
/// as what was meant: it is reported where it stands.
fn sees_to(model: &Model, sop: &Sop, group: &str, part: Option<&str>) -> bool {
    let groups = &model.policy.rows.groups;
    let row = groups.find(group);
    let in_group = |word: Option<&str>| match word {
        Some(word) => {
            word == group || (groups.find(word).is_none() && words::nearest(word, groups.keys()) == Some(group))
        }
        None => false,
    };
    let covers = |word: Option<&str>| match (part, word) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(part), Some(word)) => word == part || is_meant(row, word, part),
    };
    let items = sop.items.iter().any(|i| {
        let (of, what) = (i.group.as_ref().map(|g| g.value.as_str()), i.covers.as_ref().map(|c| c.value.as_str()));
        !i.sound || (in_group(of) && covers(what)) || (part.is_some() && of.is_none() && what == part)
    });
    items
        || super::tasks_without_id(sop).any(|task| {
            let value = |key: &str| task.get(key).and_then(|a| a.value.as_deref());
            let heading = task.heading.and_then(|h| sop.prose.main()?.document.headings.get(h));
            let of = value("group").or_else(|| heading?.get("group")?.value.as_deref());
            in_group(of) && covers(value("covers"))
        })
}

fn is_meant(row: Option<&Group>, word: &str, part: &str) -> bool {
    row.is_some_and(|row| row.covers.find(word).is_none() && words::nearest(word, row.covers.keys()) == Some(part))
}

/// One finding for each procedure that could see to it, those first that serve most campaigns and hold most items.
fn report(group: &str, part: Option<&str>, missing: &[&(Kind<'_>, Vec<&Sop>)], all: usize, found: &mut Found) {
    let mut left = missing.to_vec();
    while let Some((_, first)) = left.first().copied() {
        let serves = |sop: &Sop| left.iter().filter(|(_, sops)| sops.iter().any(|s| s.id == sop.id)).count();
        let has_group = |sop: &Sop| sop.items.iter().any(|i| i.group.as_ref().is_some_and(|g| g.value == group));
        let rank = |sop: &Sop| (has_group(sop), serves(sop), sop.items.len());
        let best = first.iter().copied().reduce(|a, b| if rank(b) > rank(a) { b } else { a });
        let Some(sop) = best else { return };
        let (mine, others): (Vec<_>, Vec<_>) =
            left.iter().copied().partition(|(_, sops)| sops.iter().any(|s| s.id == sop.id));
        let kinds: Vec<Kind<'_>> = mine.iter().map(|(kind, _)| *kind).collect();
        found.push(finding(sop, group, part, (kinds.len() < all).then_some(kinds.as_slice())));
        left = others;
    }
}

fn finding(sop: &Sop, group: &str, part: Option<&str>, kinds: Option<&[Kind<'_>]>) -> Diagnostic {
    let whom = match kinds {
        None => said!("any campaign", "任何活动"),
        Some(kinds) => {
            let names: Vec<String> = kinds.iter().map(|(scale, mode)| format!("{scale} {}", mode.word())).collect();
            let list = words::all_of(names.iter().map(String::as_str));
            let (en, zh) = (&list.en, &list.zh);
            said!("{en} campaigns", "{zh} 活动")
        }
    };
    let Said { en, zh } = whom;
    let (message, advice) = match part {
        None => (
            said!("no item is in group `{group}` for {en}", "{zh}没有分组 `{group}` 的检查项"),
            said!("add an item with `group={group}`", "请添加带 `group={group}` 的检查项"),
        ),
        Some(part) => (
            said!(
                "no item of group `{group}` covers `{part}` for {en}",
                "{zh}在分组 `{group}` 中没有检查项覆盖 `{part}`"
            ),
            said!(
                "add `covers={part}` to an item of the group, or an item with `group={group} covers={part}`",
                "请给该分组的检查项添加 `covers={part}`，或添加带 `group={group} covers={part}` 的检查项"
            ),
        ),
    };
    Diagnostic::new(&RULE, sop.span, message).hint(advice).about(subject(sop))
}
