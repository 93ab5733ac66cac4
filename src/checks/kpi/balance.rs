//! `kpi/balance`: KPIs that look at a campaign from one side only.

use crate::base::{Diagnostic, Found, Said, words};
use crate::checks::{self, Check};
use crate::model::Model;
use crate::model::campaign::Campaign;
use crate::policy::{KpiFrame, Metric};
use crate::{rule, said};

rule! {
    /// The KPIs of a campaign leave out a layer, a dimension or all that lies deep.
    ///
    /// ## Why
    /// Judged by sales alone, campaigns grow alike and margins shrink (KPI-6). Policy says which layers and dimensions a campaign of each size
    /// must look at (KPI-1 to KPI-5), and that participants and exposure are not enough (KPI-7).
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    ///
    /// [[kpi]]
    /// metric = "interaction-rate"
    /// target = 30
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    ///
    /// [[kpi]]
    /// metric = "roi"
    /// target = 4
    /// ```
    pub(crate) static RULE = "kpi/balance", Warning, ["KPI-1", "KPI-2", "KPI-3", "KPI-4", "KPI-5", "KPI-6", "KPI-7"],
    zh: "活动的指标缺了某个层级、某个维度，或全部停在表层。\n\n只看销售，活动会越来越像，利润越来越薄（KPI-6）。各规模的活动要看哪些层级和维度由政策规定（KPI-1 至 KPI-5）；只看人数和曝光不够（KPI-7）。",
}

pub(super) static CHECK: Check = Check::campaign(&RULE, find);

fn find(model: &Model, campaign: &Campaign, found: &mut Found) {
    let Some(first) = campaign.kpis.first() else { return };
    let metrics: Option<Vec<&Metric>> = campaign.kpis.iter().map(|k| model.policy.metric(&k.metric.value)).collect();
    // What an unknown metric would cover, nobody knows; and a broken target may be the one that is missing.
    let Some(metrics) = metrics.filter(|_| campaign.kpis.iter().all(|k| k.sound) && campaign.sound) else { return };
    let (mut missing, mut wanted): (Vec<Said>, Vec<&str>) = (Vec::new(), Vec::new());
    for (_, frame) in model.policy.rows.kpi_frames.iter().filter(|(_, f)| is_for(f, campaign)) {
        let has = |value: &str| metrics.iter().any(|m| m.on(&frame.of) == Some(value));
        let lacks: Vec<&str> = frame.values.keys().filter(|value| !has(value)).collect();
        let there = frame.values.0.len() - lacks.len();
        let least = frame.least.and_then(|n| usize::try_from(n).ok()).unwrap_or(frame.values.0.len());
        // One lack is said once, by the first frame that sees it.
        if there >= least || lacks.iter().any(|value| wanted.iter().any(|w| covers(model, w, &frame.of, value))) {
            continue;
        }
        for value in lacks.into_iter().take(least - there) {
            let name = frame.values.find(value).map(words_of).unwrap_or_default();
            let (en, zh) = (&name.en, &name.zh);
            missing.push(said!("{en} (`{value}`)", "{zh}（`{value}`）"));
            wanted.extend(example(model, campaign, &frame.of, value));
        }
    }
    if missing.is_empty() {
        return;
    }
    wanted.dedup();
    let list = checks::words::first_three(&missing);
    let (en, zh) = (&list.en, &list.zh);
    let message = said!("the KPIs leave out {en}", "指标缺少 {zh}");
    let known = words::all_of(wanted.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().iter().map(String::as_str));
    let (some_en, some_zh) = (&known.en, &known.zh);
    found.push(
        Diagnostic::new(&RULE, first.span, message)
            .hint(said!("add a `[[kpi]]` such as {some_en}", "请添加 `[[kpi]]`，如 {some_zh}"))
            .about(campaign.subject()),
    );
}

fn words_of(text: &crate::base::Text) -> Said {
    let (en, zh) = text.both();
    Said { en: en.to_owned(), zh: zh.to_owned() }
}

fn is_for(frame: &KpiFrame, campaign: &Campaign) -> bool {
    let count = i64::try_from(campaign.kpis.len()).unwrap_or(i64::MAX);
    (frame.scales.is_empty() || frame.scales.contains(&campaign.scale)) && frame.from_kpis.is_none_or(|n| count >= n)
}

fn covers(model: &Model, metric: &str, of: &str, wanted: &str) -> bool {
    model.policy.metric(metric).and_then(|m| m.on(of)) == Some(wanted)
}

/// A metric that would cover a value: one with a target of its own before others.
fn example<'a>(model: &'a Model, campaign: &Campaign, of: &str, wanted: &str) -> Option<&'a str> {
    let fits = |(id, m): &(&str, &Metric)| m.on(of) == Some(wanted) && campaign.kpi(id).is_none() && m.needs.is_none();
    let mut all = model.policy.rows.metrics.iter().filter(fits);
    all.clone().find(|(_, m)| m.target.is_some()).or_else(|| all.next()).map(|(id, _)| id)
}
