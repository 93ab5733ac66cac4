//! `milestone/postmortem-missing`: the review is long due and there is no file for it.

use crate::base::{Diagnostic, Found};
use crate::checks::{Check, words};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::{rule, said};

rule! {
    /// A campaign's review was due a week ago or longer, and there is no post-mortem.
    ///
    /// ## Why
    /// The next campaigns are planned while this one is reviewed. A review that is never written lets each mistake be
    /// made again. How many days of grace there are is the figure `late-postmortem-days` of policy.
    ///
    /// ## Example
    /// ```toml,reports as-of=2026-07-02
    /// start = 2026-06-10
    /// end = 2026-06-14
    /// ```
    /// ```toml,passes as-of=2026-06-30
    /// start = 2026-06-10
    /// end = 2026-06-14
    /// ```
    pub(crate) static RULE = "milestone/postmortem-missing", Error, ["MIL-4"],
    zh: "复盘到期已一周以上，仍没有复盘文件。\n\n复盘本活动时，后面的活动已在策划；从不写下的复盘会让错误一再重复。宽限天数是政策的 `late-postmortem-days`。"
}

pub(crate) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let (Some(schedule), Some(review)) = (&campaign.schedule, &model.policy.rows.review) else { return };
    // A review counts from the first status at which it must be complete; its standard node says when that is.
    let due_node = review.statuses.iter().find(|(_, row)| row.is_final).and_then(|(_, row)| row.milestone.as_deref());
    let Some(node) = due_node.and_then(|id| schedule.milestone(id)) else { return };
    let late = node.due.until(model.as_of);
    if campaign.has_postmortem || late <= model.policy.figure("late-postmortem-days") {
        return;
    }
    let (name, late) = (words::node(node), words::days(late));
    let (en, zh, late_en, late_zh, due) = (&name.en, &name.zh, &late.en, &late.zh, node.due);
    let message = said!(
        "{en} was due on {due}, {late_en} ago, and there is no `postmortem.md`",
        "{zh} 应在 {due} 完成，已过 {late_zh}，仍没有 `postmortem.md`"
    );
    found.push(
        Diagnostic::new(&RULE, schedule.end_span, message)
            .hint(said!(
                "write `postmortem.md` beside this file: `status = \"draft\"` between two lines of `+++`, then effect, process and user",
                "请在本文件旁写 `postmortem.md`：两行 `+++` 之间写 `status = \"draft\"`，然后写效果、过程和用户"
            ))
            .about(node.subject(&campaign.subject())),
    );
}
