//! `milestone/incomplete`: an own node without task, date or owner.

use crate::base::{Diagnostic, Found, Span};
use crate::checks::Check;
use crate::model::Model;
use crate::model::campaign::{Campaign, Incomplete};
use crate::{rule, said};

rule! {
    /// A milestone of your own lacks its task, its date or its owner.
    ///
    /// ## Why
    /// A node is a promise: what, until when, by whom. Standard nodes get all three from policy and team; of an own node
    /// only its author can say them.
    ///
    /// ## Example
    /// ```toml,reports
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-18"
    /// ```
    /// ```toml,passes
    /// [[milestone]]
    /// id = "venue-signed"
    /// task = "Venue contract signed"
    /// due = "T-18"
    /// owner = "chen"
    /// ```
    pub(crate) static RULE = "milestone/incomplete", Error, ["MIL-1"],
    zh: "自定里程碑缺少任务、日期或责任人。\n\n节点是一个承诺：做什么、何时、谁来做。标准节点的三项来自政策和团队，自定节点只有作者能说明。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    for node in &campaign.incomplete {
        for key in &node.missing {
            let id = &node.id.value;
            let message = said!("milestone `{id}` has no `{key}`", "里程碑 `{id}` 没有 `{key}`");
            let diagnostic = Diagnostic::new(&RULE, node.id.span, message).about(campaign.subject().item(id.as_str()));
            found.push(advise(diagnostic, key, node, campaign));
        }
    }
}

fn advise(diagnostic: Diagnostic, key: &str, node: &Incomplete, campaign: &Campaign) -> Diagnostic {
    match (key, &campaign.owner) {
        ("owner", Some(owner)) => {
            let person = &owner.value;
            let advice = said!("add who does it: `owner = \"{person}\"`", "请写上由谁来做：`owner = \"{person}\"`");
            let after = Span { start: node.id.span.end, ..node.id.span };
            let is_inline = node.header.range().contains(&(node.id.span.start as usize));
            let glue = if is_inline { ", " } else { "\n" };
            diagnostic.fix(advice, after, format!("{glue}owner = \"{person}\""))
        }
        ("owner", None) => {
            diagnostic.hint(said!("add who does it: `owner = \"…\"`", "请写上由谁来做：`owner = \"…\"`"))
        }
        ("due", _) => diagnostic.hint(said!(
            "add when it is due: `due = \"T-14\"`, or a date",
            "请写上到期日：`due = \"T-14\"`，或一个日期"
        )),
        _ => diagnostic.hint(said!("add what is to be done: `{key} = \"…\"`", "请写上要做什么：`{key} = \"…\"`")),
    }
}
