//! `playbook new postmortem`: the review of a campaign, with what is known of it in remarks.

use super::{Ground, Made, remark, unknown};
use crate::base::{DateRange, Said};
use crate::model::campaign::Campaign;
use crate::policy::Review;
use crate::said;
use crate::scaffold::files::{self, Words};

/// The file of a campaign's review.
///
/// # Errors
/// What the author should say otherwise.
pub fn postmortem(ground: &Ground<'_>, campaign: &str, owner: Option<&str>) -> Result<Made, Said> {
    let (model, tongue) = (ground.model, ground.tongue);
    let campaign = model.campaign(campaign).ok_or_else(|| {
        let known = model.campaigns.iter().map(|c| c.id.as_str());
        unknown(campaign, &said!("campaign", "活动"), known, "content/campaigns")
    })?;
    let id = &campaign.id;
    let path = format!("{}postmortem.md", campaign.folder);
    if campaign.has_postmortem {
        return Err(said!("{path} is there already", "{path} 已存在"));
    }
    let Some(schedule) = &campaign.schedule else {
        return Err(said!(
            "the days of `{id}` cannot be read: mend campaign.toml first",
            "`{id}` 的日期读不出来：请先改正 campaign.toml"
        ));
    };
    let Some(review) = &model.policy.rows.review else {
        return Err(said!("the policy says nothing of reviews", "政策里没有复盘的规定"));
    };
    let owner = match (owner, &campaign.owner) {
        (None, Some(own)) => own.value.clone(),
        (asked, _) => ground.owner(asked)?.as_str().to_owned(),
    };
    let today = model.as_of;
    let statuses: Vec<&str> = review.statuses.keys().collect();
    let figure = |id| model.policy.figure(id).to_string();
    let days = |range: DateRange| format!("{} – {}", range.first, range.last);
    let title = campaign.title.get(model.settings.default_lang(), model.settings.default_lang()).0;
    let text = Words::default()
        .with("status", statuses.first().copied().unwrap_or("draft"))
        .with("statuses", statuses.join(" → "))
        .with("today", today.to_string())
        .with("dates", dates(ground, campaign, review))
        .with("score-min", figure("score-min"))
        .with("score-max", figure("score-max"))
        .with("owner", owner)
        .with("action-due", today.max(schedule.window.last).plus(model.policy.figure("new-action-days")).to_string())
        .with("title", title.replace("--", "–"))
        .with("days", days(schedule.window))
        .with("sections", sections(ground, campaign, review));
    let mut made = Made::default();
    made.files.insert(path, files::filled(&format!("new/{}/postmortem.md", tongue.tag()), &text));
    let last = schedule.window.last;
    if last > today {
        made.notes.push(said!(
            "`{id}` ends on {last}; a review before that is a draft",
            "`{id}` 在 {last} 才结束；在此之前的复盘只是草稿"
        ));
    }
    made.notes.push(said!(
        "write the sections, then the actions; raise `status` as the dates come",
        "先写各节，再写措施；随着日期到来推进 `status`"
    ));
    Ok(made)
}

/// When each further status is due, by the campaign's own nodes.
fn dates(ground: &Ground<'_>, campaign: &Campaign, review: &Review) -> String {
    let due = |node: &str| campaign.schedule.as_ref().and_then(|s| s.milestone(node)).map(|m| m.due);
    let line = |(id, status): (&str, &crate::policy::Status)| {
        let day = due(status.milestone.as_deref()?)?;
        let until = ground.tongue.pick("due then", "届时应完成");
        Some(format!("{id} = {day}   # {}, {until}", ground.words(&status.name)))
    };
    remark(&review.statuses.iter().skip(1).filter_map(line).collect::<Vec<_>>())
}

/// The sections of policy; the first one with what was aimed at and measured.
fn sections(ground: &Ground<'_>, campaign: &Campaign, review: &Review) -> String {
    let mut parts = Vec::new();
    for (id, section) in review.sections.iter().filter(|(_, s)| s.required) {
        let remark = match parts.is_empty() {
            true => results(ground, campaign),
            false => match id {
                "user" => ground
                    .tongue
                    .pick(
                        "What did people say and do? A quote says more than an average.",
                        "用户怎么说、怎么做？一句原话胜过一个平均数。",
                    )
                    .to_owned(),
                _ => ground
                    .tongue
                    .pick("What went as planned, what did not, and why?", "哪些按计划进行，哪些没有，为什么？")
                    .to_owned(),
            },
        };
        parts.push(format!("## {} {{#{id}}}\n\n<!-- {remark} -->", ground.heading(&section.name)));
    }
    parts.join("\n\n")
}

fn results(ground: &Ground<'_>, campaign: &Campaign) -> String {
    let line = |kpi: &crate::model::campaign::Kpi| {
        let metric = &kpi.metric.value;
        let reading =
            campaign.results.readings.iter().filter(|r| r.metric.value == *metric).max_by_key(|r| r.date.value);
        let is = reading.map_or_else(|| "–".to_owned(), |r| r.value.value.to_string());
        let name = ground.model.policy.metric(metric).map_or(metric.as_str(), |m| ground.words(&m.name));
        ground.tongue.pick(
            format!("{name}: target {}, last reading {is}", kpi.current()),
            format!("{name}：目标 {}，最近一次 {is}", kpi.current()),
        )
    };
    let lines: Vec<String> = campaign.kpis.iter().map(line).collect();
    match lines.is_empty() {
        true => ground.tongue.pick("Did it reach what it was for?", "达到目的了吗？").to_owned(),
        false => lines.join("\n     "),
    }
}
