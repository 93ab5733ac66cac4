//! `milestone/gate-missing`: an execution node without a threshold.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::Stage;
use crate::{rule, said};

rule! {
    /// An execution milestone has no gate.
    ///
    /// ## Why
    /// While a campaign is live, a node is only passed when a figure says so. Without a threshold nobody can tell on the
    /// day whether to go on, add or stop.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "second-wave"
    /// task = "Second wave of coupons"
    /// due = "T+3"
    /// owner = "chen"
    /// stage = "execution"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "second-wave"
    /// task = "Second wave of coupons"
    /// due = "T+3"
    /// owner = "chen"
    /// stage = "execution"
    /// gate = { metric = "participation-rate", op = ">=", value = "target" }
    /// ```
    pub(crate) static RULE = "milestone/gate-missing", Error, ["MIL-3"],
    zh: "执行阶段的里程碑没有门槛。\n\n活动进行时，节点是否通过要由数字说话；没有门槛，当天就无法判断该继续、加码还是停止。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    for node in campaign.schedule.iter().flat_map(|s| &s.milestones) {
        if node.stage != Stage::Execution || node.gate.is_some() || node.broken.contains(&"gate") {
            continue;
        }
        let own = campaign.kpis.first().map(|k| k.metric.value.as_str());
        let with_target = || model.policy.rows.metrics.iter().find(|(_, m)| m.target.is_some()).map(|(id, _)| id);
        let metric = own.or_else(with_target).unwrap_or("…");
        let name = words::node(node);
        let (en, zh) = (&name.en, &name.zh);
        found.push(
            Diagnostic::new(
                &RULE,
                node.span,
                said!("execution milestone {en} has no gate", "执行里程碑 {zh} 没有门槛"),
            )
            .hint(said!(
                "say what it must reach: `gate = {{ metric = \"{metric}\", op = \">=\", value = \"target\" }}`",
                "请写明须达到什么：`gate = {{ metric = \"{metric}\", op = \">=\", value = \"target\" }}`"
            ))
            .about(node.subject(&campaign.subject())),
        );
    }
}
