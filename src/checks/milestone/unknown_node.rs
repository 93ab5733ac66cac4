//! `milestone/unknown-node`: `after` names a node that the campaign does not have. Dates that count from one are found
//! by reading.

use crate::base::{Diagnostic, Found};
use crate::checks::Check;
use crate::checks::words::{Written, did_you_mean};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::model::milestone::{Absence, UNKNOWN_NODE};
use crate::said;

pub(crate) static CHECK: Check = Check::campaign(&UNKNOWN_NODE, find);

fn find(_: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(schedule) = &campaign.schedule else { return };
    let is_written = |id: &str| campaign.milestone_ids.iter().any(|i| i.value.as_str() == id);
    for node in &schedule.milestones {
        for after in node.after.iter().filter(|a| a.span.file == campaign.file) {
            let id = after.value.as_str();
            let absence = schedule.absent.iter().find(|(absent, _)| absent == id).map(|(_, why)| why);
            // A merged node is there under another name; one that is written but has no date was reported.
            let is_fine = match absence {
                Some(Absence::Merged(_)) => true,
                Some(_) => false,
                None => schedule.milestone(id).is_some() || is_written(id),
            };
            if is_fine {
                continue;
            }
            let message = if absence.is_some() {
                said!("this campaign leaves out the milestone `{id}`", "本活动没有保留里程碑 `{id}`")
            } else {
                said!("there is no milestone `{id}` in this campaign", "本活动没有里程碑 `{id}`")
            };
            let diagnostic =
                Diagnostic::new(&UNKNOWN_NODE, after.span, message).about(node.subject(&campaign.subject()));
            let known = schedule.milestones.iter().map(|m| m.id.as_str()).filter(|known| *known != node.id.as_str());
            let otherwise = said!("take it out, or name a milestone of this campaign", "请去掉，或写本活动的里程碑");
            found.push(did_you_mean(diagnostic, id, after.span, Written::Quoted, known, otherwise));
        }
    }
}
