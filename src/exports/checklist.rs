//! `campaigns/<id>/checklist.csv`: a campaign's checklist for a spreadsheet (SOP-3).

use super::csv;
use crate::model::campaign::Campaign;
use crate::model::checklist::Item;
use crate::model::milestone::Standing;
use crate::pages::routes;
use crate::plan::{Cx, Ground, Planned};

/// One table for each campaign.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let table = |c: &'a Campaign| Planned::bytes(routes::checklist_table(c.id.as_str()), move |cx| table(c, cx));
    ground.model.campaigns.iter().map(table).collect()
}

/// Keys of the columns' names.
const COLUMNS: [&str; 12] = [
    "csv-key",
    "csv-what",
    "csv-phase",
    "csv-group",
    "csv-role",
    "csv-owner",
    "csv-due",
    "csv-must",
    "csv-measure",
    "csv-measured",
    "csv-done",
    "csv-state",
];

fn table(campaign: &Campaign, cx: &Cx<'_>) -> Vec<u8> {
    csv::write(std::iter::once(head(cx)).chain(campaign.checklist.iter().map(|item| row(item, cx))))
}

/// The names of the columns.
pub(super) fn head(cx: &Cx<'_>) -> Vec<String> {
    COLUMNS.map(|key| cx.t(key).to_owned()).to_vec()
}

/// The cells of an item.
pub(super) fn row(item: &Item, cx: &Cx<'_>) -> Vec<String> {
    let model = cx.model();
    let rows = &model.policy.rows;
    let group = item.group.as_deref().map(|g| cx.named(rows.groups.find(g).map(|r| &r.name), g).text);
    let role = item.role.as_deref().map(|r| cx.named(rows.roles.find(r).map(|r| &r.name), r).text);
    let owner = item.owner.as_ref().map(|o| cx.named(model.person(&o.value).map(|p| &p.name), &o.value).text);
    let state = match item.standing(cx.today()) {
        Some(Standing::Done { .. }) => "csv-state-done",
        Some(Standing::Overdue { .. }) => "csv-state-overdue",
        Some(Standing::Open { .. }) | None => "csv-state-open",
    };
    vec![
        item.key(),
        cx.plain(&item.text),
        cx.t(&format!("sop-phase-{}", item.phase.word())).to_owned(),
        group.unwrap_or_default(),
        role.unwrap_or_default(),
        owner.unwrap_or_default(),
        item.due.map(|d| d.to_string()).unwrap_or_default(),
        if item.must { cx.t("csv-yes").to_owned() } else { String::new() },
        item.measure.clone().unwrap_or_default(),
        item.measured.clone().unwrap_or_default(),
        item.done.map(|d| d.to_string()).unwrap_or_default(),
        cx.t(state).to_owned(),
    ]
}
