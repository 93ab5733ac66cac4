//! `gauge/beyond`: a computed figure outside the range of its gauge.

use crate::base::{Diagnostic, Found, Quantity, Said, Severity, Span, Subject};
use crate::checks::Check;
use crate::checks::words::{first_three, in_unit, text};
use crate::model::Model;
use crate::model::gauge::{self, Compute, Edge, Figure};
use crate::policy::{Gauge, MetricUnit};
use crate::{rule, said};

rule! {
    /// A figure that playbook computes from plan or results is outside the range that policy gives it.
    ///
    /// ## Why
    /// Money that all goes into discounts, a plan changed six times, a reserve spent before the first guest: each is one figure over
    /// the plan, and each has a value from which on somebody should look. The figures, their ranges and what to do about them are rows
    /// of policy (`[gauges.<id>]`); the page "Health" shows them all, with the campaigns behind each.
    ///
    /// A finding names its gauge, `playbook policy` shows its row. A waiver names it as `target`; `state = "off"` switches it off.
    ///
    /// ## Example
    /// ```toml,reports
    /// [budget]
    /// total = 100000
    ///
    /// [[budget.line]]
    /// name = "Coupons"
    /// amount = 70000
    /// purpose = "core"
    /// category = "discount"
    ///
    /// [[budget.line]]
    /// name = "Reserve"
    /// amount = 20000
    /// purpose = "reserve"
    /// category = "service"
    ///
    /// [[budget.line]]
    /// name = "Try-outs"
    /// amount = 10000
    /// purpose = "innovation"
    /// category = "service"
    /// ```
    /// ```toml,passes
    /// [budget]
    /// total = 100000
    ///
    /// [[budget.line]]
    /// name = "Coupons"
    /// amount = 30000
    /// purpose = "core"
    /// category = "discount"
    ///
    /// [[budget.line]]
    /// name = "Workshops"
    /// amount = 40000
    /// purpose = "core"
    /// category = "content-innovation"
    ///
    /// [[budget.line]]
    /// name = "Reserve"
    /// amount = 20000
    /// purpose = "reserve"
    /// category = "service"
    ///
    /// [[budget.line]]
    /// name = "Try-outs"
    /// amount = 10000
    /// purpose = "innovation"
    /// category = "service"
    /// ```
    pub(crate) static RULE = "gauge/beyond", Warning, ["PRG-7", "BUD-10", "MIL-11", "MIL-12", "MON-3", "MON-8"],
    zh: "由计划或结果算出的数值超出政策给定的范围。\n\n钱全花在折扣上、方案改了六遍、活动还没开始储备就花完：每一件都是一个可以算出来的数，也都有一个该有人过问的界限。算什么、界限多少、该怎么办，都是政策里的一行（`[gauges.<id>]`）；“健康度”页面列出全部，以及背后的活动。"
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for (id, gauge, measure) in gauge::gauges(model) {
        match measure.compute {
            Compute::Campaign(_) => {
                for campaign in model.held().filter(|c| c.sound && gauge::is_judged(model, c, gauge)) {
                    let Some(figure) = gauge::of_campaign(model, campaign, gauge, measure) else { continue };
                    let subject = campaign.subject().item(id);
                    let waiver = said!(
                        "if it is meant so, add a `[[waiver]]` with `target = \"{id}\"`",
                        "如确属有意，请添加 `[[waiver]]`，写上 `target = \"{id}\"`"
                    );
                    let unit = measure.unit(model, gauge);
                    found.extend(report(gauge, unit, &figure, campaign.span, waiver).map(|d| d.about(subject)));
                }
            }
            Compute::Programme(_) => {
                for programme in &model.programmes {
                    let Some(figure) = gauge::of_programme(model, programme, gauge, measure) else { continue };
                    let subject = Subject::programme(programme.id.as_str()).item(id);
                    let unit = measure.unit(model, gauge);
                    // A year's own file has no waivers.
                    let year = &programme.id;
                    let waiver = said!(
                        "if it is meant so, add a `[[waiver]]` with `target = \"programmes/{year}#{id}\"` to a file in `content/policies/`",
                        "如确属有意，请在 `content/policies/` 的文件里添加 `[[waiver]]`，写上 `target = \"programmes/{year}#{id}\"`"
                    );
                    let finding = report(gauge, unit, &figure, programme.span, waiver).map(|d| d.about(subject));
                    found.extend(finding.map(|d| because(model, d, &figure)));
                }
            }
        }
    }
}

/// `waiver` is the hint for whoever means it so.
fn report(gauge: &Gauge, unit: Option<MetricUnit>, figure: &Figure, home: Span, waiver: Said) -> Option<Diagnostic> {
    let (severity, edge) = gauge::beyond(gauge, figure.value)?;
    let said = |value: Quantity| in_unit(value, unit);
    let Said { en: name, zh: name_zh } = text(&gauge.name);
    let Said { en: is, zh: is_zh } = said(figure.value);
    let message = match edge {
        Edge::Under(edge) => {
            let Said { en, zh } = said(edge);
            said!("{name}: {is}, less than {en}", "{name_zh}：{is_zh}，低于 {zh}")
        }
        Edge::To(edge) => {
            let Said { en, zh } = said(edge);
            said!("{name}: {is}, not more than {en}", "{name_zh}：{is_zh}，未超过 {zh}")
        }
        Edge::Over(edge) => {
            let Said { en, zh } = said(edge);
            said!("{name}: {is}, more than {en}", "{name_zh}：{is_zh}，超过 {zh}")
        }
        Edge::From(edge) => {
            let Said { en, zh } = said(edge);
            said!("{name}: {is}, not less than {en}", "{name_zh}：{is_zh}，不低于 {zh}")
        }
    };
    let mut diagnostic = Diagnostic::new(&RULE, figure.span.unwrap_or(home), message).severity(severity);
    if let Some(advice) = &gauge.advice {
        let (en, zh) = advice.both();
        diagnostic = diagnostic.hint(said!("{en}", "{zh}"));
    }
    Some(if severity == Severity::Info { diagnostic } else { diagnostic.hint(waiver) })
}

/// Names the campaigns behind a figure of the year.
fn because(model: &Model, diagnostic: Diagnostic, figure: &Figure) -> Diagnostic {
    let campaigns = figure.because.iter().filter_map(|id| model.campaign(id));
    let names: Vec<Said> = campaigns.map(|c| text(&c.title)).collect();
    if names.is_empty() {
        return diagnostic;
    }
    let Said { en, zh } = first_three(&names);
    diagnostic.hint(said!("look at {en}", "请看 {zh}"))
}
