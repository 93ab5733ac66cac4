//! `kpi/weights`: weights that do not make a whole, or one that outweighs the rest.

use crate::base::{Diagnostic, Found, Severity, Share, Span, Spanned, Subject, words};
use crate::checks::{self, Check};
use crate::model::Model;
use crate::{rule, said};

rule! {
    /// The weights of KPIs or goals do not add up to 100 %, or one has more than its share.
    ///
    /// ## Why
    /// Weighted attainment is only meaningful if the weights make a whole (GOL-11). A KPI with most of the weight is a single indicator under
    /// another name (KPI-6).
    ///
    /// ## Example
    /// ```toml,reports
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// weight = 40
    ///
    /// [[kpi]]
    /// metric = "roi"
    /// target = 4
    /// weight = 50
    /// ```
    /// ```toml,passes
    /// [[kpi]]
    /// metric = "participation-rate"
    /// target = 65
    /// weight = 45
    ///
    /// [[kpi]]
    /// metric = "roi"
    /// target = 4
    /// weight = 55
    /// ```
    pub(crate) static RULE = "kpi/weights", Error, ["KPI-6", "GOL-11"],
    zh: "指标或目标的权重之和不是 100%，或某一项权重过高。\n\n权重构成整体，加权达成率才有意义（GOL-11）。一项占了大部分权重，等于换了名字的单一指标（KPI-6）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for campaign in model.held().filter(|c| c.sound) {
        let rows: Vec<_> = campaign.kpis.iter().map(|k| (k.metric.value.as_str(), k.metric.span, k.weight)).collect();
        judge(model, &rows, &campaign.subject(), found);
    }
    for programme in model.programmes.iter().filter(|p| p.goals.complete && p.goals.list.iter().all(|g| g.sound)) {
        let rows: Vec<_> = programme
            .goals
            .list
            .iter()
            .map(|g| (g.id.value.as_str(), g.id.span, g.weight.map(|w| Spanned::new(w, g.id.span))))
            .collect();
        judge(model, &rows, &Subject::programme(programme.id.as_str()), found);
    }
}

fn judge(model: &Model, rows: &[(&str, Span, Option<Spanned<Share>>)], about: &Subject, found: &mut Found) {
    let weighed: Vec<(&str, Spanned<Share>)> = rows.iter().filter_map(|(n, _, w)| Some((*n, (*w)?))).collect();
    let Some((_, last)) = weighed.last() else { return };
    let sum = Share(weighed.iter().map(|(_, w)| w.value.0).fold(0, i64::saturating_add));
    let bare: Vec<String> = rows.iter().filter(|(_, _, w)| w.is_none()).map(|(n, ..)| format!("`{n}`")).collect();
    if sum != Share::WHOLE {
        let said = checks::words::share(sum);
        let (en, zh) = (&said.en, &said.zh);
        let message = said!("the weights add up to {en}, not 100 %", "权重之和是 {zh}，不是 100%");
        let diagnostic = Diagnostic::new(&RULE, last.span, message).about(about.clone());
        let left = Share(Share::WHOLE.0.saturating_sub(sum.0.saturating_sub(last.value.0)));
        found.push(if !bare.is_empty() {
            let list = words::all_of(bare.iter().map(String::as_str));
            let (en, zh) = (&list.en, &list.zh);
            diagnostic.hint(said!("give {en} a weight too", "请也为 {zh} 写上权重"))
        } else if left.0 > 0 {
            let number = left.number();
            diagnostic.hint(said!(
                "change them so that they add up to 100: this one to {number}",
                "请修改，使其和为 100：此处改为 {number}"
            ))
        } else {
            diagnostic.hint(said!("change them so that they add up to 100", "请修改，使其和为 100"))
        });
    }
    let most = model.policy.share("kpi-weight-max");
    for (name, weight) in weighed.iter().filter(|(_, w)| w.value > most) {
        let (is, limit) = (checks::words::share(weight.value), checks::words::share(most));
        let (en, zh, limit_en, limit_zh) = (&is.en, &is.zh, &limit.en, &limit.zh);
        found.push(
            Diagnostic::new(
                &RULE,
                weight.span,
                said!("`{name}` weighs {en}, at most {limit_en}", "`{name}` 的权重为 {zh}，最多 {limit_zh}"),
            )
            .severity(Severity::Warning)
            .hint(said!("spread the weight over more KPIs", "请把权重分到更多指标上"))
            .about(about.clone().item(name)),
        );
    }
}
