//! `reference/role`: a role that policy does not have.

use crate::base::{Diagnostic, Found, Spanned, Subject};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// A team or a procedure names a role that policy does not have.
    ///
    /// ## Why
    /// Nodes and checklist items find their owner by role. Under a mistyped role they fall to somebody else in silence.
    ///
    /// ## Example
    /// ```toml,reports
    /// [team]
    /// analist = "zhou"
    /// ```
    /// ```toml,passes
    /// [team]
    /// analyst = "zhou"
    /// ```
    pub(crate) static RULE = "reference/role", Error, ["TEM-1", "SOP-1"],
    zh: "团队或流程写了政策中没有的角色。\n\n节点和清单项按角色找责任人；角色写错，就会悄悄落到别人头上。"
}

pub(crate) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    let mut judge = |role: &Spanned<String>, subject: Subject| {
        let roles = &model.policy.rows.roles;
        if roles.find(&role.value).is_some() {
            return;
        }
        let word = &role.value;
        let diagnostic =
            Diagnostic::new(&RULE, role.span, said!("there is no role `{word}`", "没有角色 `{word}`")).about(subject);
        let list = crate::base::words::one_of(roles.keys());
        let (en, zh) = (&list.en, &list.zh);
        let otherwise =
            said!("write {en}, or add `[roles.{word}]` to a policy", "请写 {zh}，或在政策中添加 `[roles.{word}]`");
        found.push(did_you_mean(diagnostic, word, role.span, Written::Bare, roles.keys(), otherwise));
    };
    for campaign in &model.campaigns {
        for (role, _) in &campaign.team {
            judge(role, campaign.subject());
        }
    }
    for sop in &model.sops {
        for item in &sop.items {
            if let Some(role) = &item.role {
                judge(role, Subject::sop(sop.id.as_str()).item(item.id.value.as_str()));
            }
        }
    }
}
