//! `campaign/squad`: a role of the squad on call that nobody has.

use crate::base::{Diagnostic, Found, Said, Severity};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::Weight;
use crate::{rule, said};

rule! {
    /// A role of the squad that stands by while the campaign is live has no name, or is none.
    ///
    /// ## Why
    /// A squad of planning, design, technology and operations switched servers in thirty minutes and kept over a hundred thousand guests
    /// (BUF-4). A role without a name is a telephone that nobody answers. Roles are rows of policy, `[squad.<role>]`; how much a missing one
    /// weighs is `squad-severity` of the scale.
    ///
    /// ## Example
    /// ```toml,reports
    /// scale = "large"
    ///
    /// [squad]
    /// planning = "lin"
    /// design = "lin"
    /// tech = "chen"
    /// ```
    /// ```toml,passes
    /// scale = "large"
    ///
    /// [squad]
    /// planning = "lin"
    /// design = "lin"
    /// tech = "chen"
    /// ops = "chen"
    /// ```
    pub(crate) static RULE = "campaign/squad", Warning, ["BUF-4"],
    zh: "活动期间待命小组的某个角色没有人，或没有这个角色。\n\n策划、设计、技术、运营组成的小组曾在 30 分钟内切换服务器，留住十万多名用户（BUF-4）。没有名字的角色，就是没人接的电话。角色是政策中的 `[squad.<角色>]`，缺人的严重程度由规模的 `squad-severity` 决定。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let roles = &model.policy.rows.squad;
    let squad = campaign.squad.as_ref();
    let mut people = squad.iter().flat_map(|s| &s.people);
    // One slip of the pen also leaves a role empty: the slip alone is reported.
    if let Some((role, _)) = people.find(|(role, _)| roles.find(&role.value).is_none()) {
        let word = &role.value;
        let message = said!("the squad has no role `{word}`", "待命小组没有角色 `{word}`");
        let known: Vec<&str> = roles.keys().collect();
        let list = known.join("`, `");
        let otherwise = said!("write one of `{list}`", "请写 `{list}` 之一");
        let diagnostic = Diagnostic::new(&RULE, role.span, message).about(campaign.subject());
        found.push(words::did_you_mean(diagnostic, word, role.span, words::Written::Bare, known, otherwise));
        return;
    }
    let weight = model.policy.rows.scales.find(&campaign.scale).and_then(|s| s.squad_severity);
    let severity = match weight {
        // Before promotion begins there is time to name somebody.
        Some(Weight::Error) if model.as_of >= schedule.promotion => Severity::Error,
        Some(Weight::Error) => Severity::Warning,
        Some(Weight::Warning) => Severity::Warning,
        Some(Weight::Info) => Severity::Info,
        Some(Weight::Off) | None => return,
    };
    let is_empty = |id: &str| squad.is_none_or(|s| s.person(id).is_none());
    let missing: Vec<(&str, Said)> =
        roles.iter().filter(|(id, _)| is_empty(id)).map(|(id, row)| (id, words::text(&row.name))).collect();
    let Some((first, _)) = missing.first().filter(|_| model.as_of <= schedule.window.last) else { return };
    let names: Vec<Said> = missing.iter().map(|(_, name)| name.clone()).collect();
    let Said { en, zh } = words::first_three(&names);
    let message = said!("nobody stands by for {en}", "{zh} 无人待命");
    let span = squad.map_or(campaign.span, |s| s.span);
    found.push(
        Diagnostic::new(&RULE, span, message)
            .severity(severity)
            .hint(said!(
                "name a person under `[squad]`: `{first} = \"…\"`",
                "请在 `[squad]` 下写上人员：`{first} = \"…\"`"
            ))
            .about(campaign.subject()),
    );
}
