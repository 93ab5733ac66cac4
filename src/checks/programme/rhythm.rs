//! `programme/rhythm`: slots of the year that differ from policy.

use super::{Check, has_strays, in_month, live, members, year_span};
use crate::base::{Diagnostic, Found, Said, Subject, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::programme::{Cadence, Programme};
use crate::{rule, said};

rule! {
    /// A year has more or fewer campaigns of a slot than its rhythm, by default 3 sprints, 4 regular and 5 themed ones.
    ///
    /// ## Why
    /// Sprints cost strength, regular months give it back, and themed ones build the brand (CAL-3). Three, four and five make twelve
    /// months; another mix is possible, but it should be a decision.
    ///
    /// ## Example
    /// ```toml,with path=content/programmes/2026.toml
    /// title = "The year"
    /// year = 2026
    /// ```
    /// ```toml,reports
    /// summary = "A campaign without a slot"
    /// ```
    /// ```toml,passes
    /// slot = "theme"
    /// ```
    pub(crate) static RULE = "programme/rhythm", Warning, ["CAL-3"],
    zh: "一年中某种档期的活动数与节奏不符（默认冲刺 3、常规 4、主题 5）。\n\n冲刺期耗费力量，常规期恢复力量，主题期积累品牌（CAL-3）。三、四、五合成十二个月；换一种组合可以，但应当是一个决定。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for programme in model.programmes.iter().filter(|p| p.cadence == Cadence::Monthly) {
        let campaigns: Vec<&Campaign> = members(model, programme).collect();
        // A slot that could not be read may be any slot, a campaign without days fill any month.
        let slot_unread = |c: &&&Campaign| c.slot.is_none() && c.written.has("slot");
        let unread = campaigns.iter().any(|c| slot_unread(&c) || live(c).is_none());
        if !unread && !has_strays(model) {
            found.extend(judge(model, programme, &campaigns));
        }
    }
}

/// A slot and its campaigns.
struct Count<'a> {
    slot: &'a str,
    campaigns: Vec<&'a str>,
    wanted: usize,
}

impl Count<'_> {
    fn over(&self) -> usize {
        self.campaigns.len().saturating_sub(self.wanted)
    }
    fn under(&self) -> usize {
        self.wanted.saturating_sub(self.campaigns.len())
    }
}

fn judge(model: &Model, programme: &Programme, campaigns: &[&Campaign]) -> Option<Diagnostic> {
    let counts: Vec<Count<'_>> = model
        .policy
        .rows
        .slots
        .iter()
        .map(|(slot, row)| {
            let of = |c: &&&Campaign| c.slot.as_ref().is_some_and(|s| s.value == slot);
            let campaigns = campaigns.iter().filter(of).map(|c| c.id.as_str()).collect();
            Count { slot, campaigns, wanted: usize::try_from(row.count).unwrap_or(0) }
        })
        .collect();
    let bare: Vec<&str> = campaigns.iter().filter(|c| c.slot.is_none()).map(|c| c.id.as_str()).collect();
    // A month without a campaign is stated as a gap or reported as one; its slot need not be missed again.
    let free = (1..=12).filter(|month| !campaigns.iter().any(|c| in_month(programme, *month, c))).count();
    let (over, under) = (counts.iter().map(Count::over).sum::<usize>(), counts.iter().map(Count::under).sum::<usize>());
    let excused = over == 0 && under <= free + bare.len();
    let mut parts: Vec<Said> = counts.iter().filter(|_| !excused).filter_map(off).collect();
    if !bare.is_empty() {
        let ticked: Vec<String> = bare.iter().map(|id| format!("`{id}`")).collect();
        let list = words::all_of(ticked.iter().map(String::as_str));
        let (en, zh) = (&list.en, &list.zh);
        parts.push(match bare.len() {
            1 => said!("{en} has no slot", "{zh} 没有档期"),
            _ => said!("{en} have no slot", "{zh} 没有档期"),
        });
    }
    let all = campaigns.len();
    if parts.is_empty() && all > 12 {
        parts.push(said!("the year has {all} campaigns, wanted 12", "全年有 {all} 个活动，应为 12 个"));
    }
    let mut diagnostic = Diagnostic::new(&RULE, year_span(programme), join(&parts)?);
    let hints = if excused { choose(&counts) } else { advice(&counts, &bare) };
    for hint in hints {
        diagnostic = diagnostic.hint(hint);
    }
    Some(diagnostic.about(Subject::programme(programme.id.as_str())))
}

fn off(count: &Count<'_>) -> Option<Said> {
    let (slot, is, wanted) = (count.slot, count.campaigns.len(), count.wanted);
    let campaigns = words::count(i64::try_from(is).unwrap_or(i64::MAX), "campaign");
    let gap = is.abs_diff(wanted);
    match is.cmp(&wanted) {
        std::cmp::Ordering::Equal => None,
        std::cmp::Ordering::Greater => Some(said!(
            "`{slot}` has {campaigns}, {gap} more than {wanted}",
            "`{slot}` 有 {is} 个活动，比 {wanted} 个多 {gap} 个"
        )),
        std::cmp::Ordering::Less => Some(said!(
            "`{slot}` has {campaigns}, {gap} fewer than {wanted}",
            "`{slot}` 有 {is} 个活动，比 {wanted} 个少 {gap} 个"
        )),
    }
}

/// Which slots are left for campaigns without one.
fn choose(counts: &[Count<'_>]) -> Vec<Said> {
    let open: Vec<&str> = counts.iter().filter(|c| c.under() > 0).map(|c| c.slot).collect();
    if open.is_empty() {
        return vec![said!("plan one campaign for each month", "请每个月安排一个活动")];
    }
    let list = words::one_of(open);
    let (en, zh) = (&list.en, &list.zh);
    vec![said!("add `slot = \"…\"` with {en}", "请添加 `slot = \"…\"`，取值 {zh}")]
}

/// What to change: slots of those that are too many, then of those without, then new campaigns.
fn advice(counts: &[Count<'_>], bare: &[&str]) -> Vec<Said> {
    let mut hints = Vec::new();
    let mut over: Vec<(&[&str], usize)> =
        counts.iter().filter(|c| c.over() > 0).map(|c| (c.campaigns.as_slice(), c.over())).collect();
    over.push((bare, bare.len()));
    for count in counts {
        let (slot, mut lacks) = (count.slot, count.under());
        for (from, left) in &mut over {
            let n = lacks.min(*left);
            if n > 0 {
                let Said { en, zh } = some_of(n, from);
                hints.push(said!("write `slot = \"{slot}\"` in {en}", "请在{zh}写上 `slot = \"{slot}\"`"));
                lacks -= n;
                *left -= n;
            }
        }
        if lacks > 0 {
            let campaigns = words::count(i64::try_from(lacks).unwrap_or(i64::MAX), "campaign");
            hints.push(said!(
                "plan {campaigns} with `slot = \"{slot}\"`",
                "请再安排 {lacks} 个 `slot = \"{slot}\"` 的活动"
            ));
        }
    }
    for (from, left) in over.iter().filter(|(_, left)| *left > 0) {
        let Said { en, zh } = some_of(*left, from);
        hints.push(said!("move {en} to another year", "请把 {zh} 移到其他年份"));
    }
    hints
}

/// `a`; one of `a` or `b`; 2 of `a`, `b` or `c`.
fn some_of(n: usize, names: &[&str]) -> Said {
    let list = words::one_of(names.iter().copied());
    let (en, zh) = (&list.en, &list.zh);
    match n {
        _ if names.len() == 1 => list,
        1 => said!("one of {en}", "{zh} 之一"),
        _ => said!("{n} of {en}", "{zh} 中的 {n} 个"),
    }
}

fn join(parts: &[Said]) -> Option<Said> {
    let en: Vec<&str> = parts.iter().map(|p| p.en.as_str()).collect();
    let zh: Vec<&str> = parts.iter().map(|p| p.zh.as_str()).collect();
    (!parts.is_empty()).then(|| Said { en: en.join("; "), zh: zh.join("；") })
}
