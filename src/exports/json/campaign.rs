//! One campaign as JSON: its head, which `model.json` lists, and the rest, which its own file has.

use super::{day, day_of, object, text, text_of, word, words};
use crate::base::{Currency, Date, Money, Spanned};
use crate::model::alert;
use crate::model::campaign::Campaign;
use crate::model::measure::{self, Lane, Verdict};
use crate::model::milestone::{GateValue, Milestone, Schedule, Standing};
use crate::model::postmortem::Postmortem;
use crate::model::results::Spend;
use crate::model::spending;
use crate::pages::routes;
use crate::plan::Cx;
use serde_json::{Map, Value, json};

fn currency(cx: &Cx<'_>, campaign: &Campaign) -> Currency {
    campaign.budget.as_ref().map_or(cx.model().settings.currency, |b| b.currency.value)
}

/// `done`, `overdue` or `open`, and by how many days it is late or has left.
fn standing(value: &mut Value, standing: Option<Standing>) {
    let (state, days) = match standing {
        Some(Standing::Done { late }) => ("done", Some(late)),
        Some(Standing::Overdue { days }) => ("overdue", Some(days)),
        Some(Standing::Open { days }) => ("open", Some(days)),
        None => ("open", None),
    };
    value["state"] = json!(state);
    value["days"] = json!(days);
}

fn by_id(list: &[(Spanned<String>, Spanned<String>)]) -> Value {
    Value::Object(list.iter().map(|(key, value)| (key.value.clone(), json!(value.value))).collect())
}

/// What a list of campaigns shows.
pub(super) fn head(cx: &Cx<'_>, campaign: &Campaign) -> Map<String, Value> {
    let model = cx.model();
    let schedule = campaign.schedule.as_ref();
    let currency = currency(cx, campaign);
    let (nodes, items) = (schedule.map_or(&[][..], |s| &s.milestones), &campaign.checklist);
    let stage = measure::lane(campaign, &model.policy, model.as_of).map(|lane| match lane {
        Lane::Planned => "planned",
        Lane::Running => "live",
        Lane::Reviewed => "review",
        Lane::Closed => "closed",
    });
    let off = campaign.called_off.as_ref();
    let stage = if off.is_some() { Some("cancelled") } else { stage };
    let goals: Vec<&str> = words(&campaign.goals);
    let page = routes::campaign(campaign.id.as_str());
    object(json!({
        "id": campaign.id.as_str(),
        "title": text(cx, &campaign.title),
        "summary": text_of(cx, campaign.summary.as_ref()),
        "theme": text_of(cx, campaign.theme.as_ref()),
        "owner": word(campaign.owner.as_ref()),
        "programme": word(campaign.programme.as_ref()),
        "slot": word(campaign.slot.as_ref()),
        "season": word(campaign.season.as_ref()),
        "scale": campaign.scale,
        "mode": campaign.mode.word(),
        "tier": word(campaign.tier.as_ref()),
        "form": word(campaign.form.as_ref()),
        "tags": campaign.tags,
        "goals": goals,
        "start": day_of(campaign.start),
        "end": day_of(campaign.end),
        "first": schedule.map(|s| day(s.first)),
        "last": schedule.map(|s| day(s.last)),
        "stage": stage,
        "cancelled": off.and_then(|off| off.on).map(|on| day(on.value)),
        "cancelled_because": text_of(cx, off.and_then(|off| off.because.as_ref())),
        "team": by_id(&campaign.team),
        "phases": schedule.map_or_else(Vec::new, |s| phases(cx, s)),
        "currency": currency.code(),
        "budget": campaign.budget.as_ref().and_then(|b| b.total).map(|t| t.value.plain(currency)),
        "spent": campaign.results.spent().plain(currency),
        "released": off.map(|_| campaign.released().plain(currency)),
        "milestones_done": nodes.iter().filter(|n| n.done.is_some()).count(),
        "milestones_all": nodes.len(),
        "items_done": items.iter().filter(|i| i.done.is_some()).count(),
        "items_all": items.len(),
        "file": format!("campaigns/{}/campaign.json", campaign.id),
        "page": page.output(model.settings.default_lang(), model.settings.default_lang()),
        "url": cx.absolute(&page),
    }))
}

fn phases(cx: &Cx<'_>, schedule: &Schedule) -> Vec<Value> {
    let phase = |p: &crate::model::milestone::PhaseDays| {
        json!({
            "id": p.id,
            "name": text(cx, &p.name),
            "from": day(p.days.first),
            "to": day(p.days.last),
            "live": p.live,
        })
    };
    schedule.phases.iter().map(phase).collect()
}

/// What only the campaign's own file has.
pub(super) fn body(cx: &Cx<'_>, campaign: &Campaign) -> Map<String, Value> {
    let results = &campaign.results;
    let currency = currency(cx, campaign);
    let sources = cx.ground().sources;
    let default = cx.model().settings.default_lang();
    let nodes = campaign.schedule.iter().flat_map(|s| &s.milestones);
    let aliases: Vec<&str> = campaign.aliases.iter().map(|a| a.value.as_str()).collect();
    let reading = |r: &crate::model::results::Reading| {
        json!({
            "metric": r.metric.value,
            "date": day(r.date.value),
            "value": r.value.value.to_string(),
            "window": r.window.map(crate::model::results::Window::word),
            "source": (!r.source.is_empty()).then_some(&r.source),
        })
    };
    let revision = |r: &crate::model::results::Revision| json!({ "date": day(r.date), "reason": text(cx, &r.reason), "rejected": r.rejected });
    let spend = |s: &Spend| {
        json!({
            "date": day(s.date.value),
            "line": s.line.value,
            "amount": s.amount.value.plain(currency),
            "note": s.note.as_ref().map(|n| n.get(default, default).0.to_owned()),
        })
    };
    object(json!({
        "source": sources.path(campaign.file),
        "lessons_from": words(&campaign.lessons_from),
        "aliases": aliases,
        "milestones": nodes.map(|n| milestone(cx, n)).collect::<Vec<_>>(),
        "checklist": campaign.checklist.iter().map(|i| item(cx, i)).collect::<Vec<_>>(),
        "materials": campaign.materials.iter().map(|m| material(cx, m)).collect::<Vec<_>>(),
        "handovers": campaign.handovers.iter().map(|h| handover(cx, h)).collect::<Vec<_>>(),
        "duties": campaign.duties.iter().map(|d| duty(cx, d)).collect::<Vec<_>>(),
        "run_sheet": campaign.run.iter().map(|r| run(cx, r)).collect::<Vec<_>>(),
        "kpis": measure::attainments(cx.model(), campaign).iter().map(|a| kpi(cx, a)).collect::<Vec<_>>(),
        "budget_lines": spending::by_line(campaign).iter().map(|l| line(cx, l, currency)).collect::<Vec<_>>(),
        "spending": results.spends.iter().map(spend).collect::<Vec<_>>(),
        "carried": results.carried.iter().map(spend).collect::<Vec<_>>(),
        "readings": results.readings.iter().map(reading).collect::<Vec<_>>(),
        "revisions": results.revisions.iter().map(revision).collect::<Vec<_>>(),
        "alerts": alert::of_campaign(cx.model(), campaign).iter().map(raised).collect::<Vec<_>>(),
        "postmortem": campaign.postmortem.as_ref().map(|p| postmortem(cx, p)),
    }))
}

fn milestone(cx: &Cx<'_>, n: &Milestone) -> Value {
    let gate = n.gate.as_ref().map(|g| {
        let value = match g.value {
            GateValue::Exactly(value) => value.to_string(),
            GateValue::Target => "target".to_owned(),
        };
        json!({ "metric": g.metric.value, "op": g.op.word(), "value": value })
    });
    let mut value = json!({
        "id": n.id.as_str(),
        "task": text_of(cx, n.task.as_ref()),
        "stage": n.stage.word(),
        "due": day(n.due),
        "standard_due": n.standard_due.map(day),
        "standard": n.standard,
        "owner": word(n.owner.as_ref()),
        "after": words(&n.after),
        "buffer": n.buffer,
        "gate": gate,
        "done": day_of(n.done),
        "note": text_of(cx, n.note.as_ref()),
        "evidence": n.evidence,
    });
    standing(&mut value, Some(n.standing(cx.today())));
    value
}

fn item(cx: &Cx<'_>, i: &crate::model::checklist::Item) -> Value {
    let mut value = json!({
        "key": i.key(),
        "text": text(cx, &i.text),
        "phase": i.phase.word(),
        "group": i.group,
        "role": i.role,
        "owner": word(i.owner.as_ref()),
        "due": i.due.map(day),
        "at": i.at,
        "must": i.must,
        "measure": i.measure,
        "measured": i.measured,
        "done": i.done.map(day),
    });
    standing(&mut value, i.standing(cx.today()));
    value
}

fn material(cx: &Cx<'_>, m: &crate::model::campaign::Material) -> Value {
    json!({
        "name": text(cx, &m.name),
        "kind": m.kind.word(),
        "quantity": m.quantity,
        "supplier": m.supplier,
        "owner": word(m.owner.as_ref()),
        "due": m.due.map(day),
        "ready": day_of(m.ready),
    })
}

fn handover(cx: &Cx<'_>, h: &crate::model::handover::Handover) -> Value {
    json!({
        "from": h.from.value,
        "to": h.to.value,
        "item": text(cx, &h.item),
        "due": day(h.due),
        "node": word(h.node.as_ref()),
        "accepted": day_of(h.accepted),
        "accepted_by": word(h.accepted_by.as_ref()),
    })
}

fn duty(cx: &Cx<'_>, d: &crate::model::campaign::Duty) -> Value {
    json!({ "person": d.person.value, "from": day(d.from), "to": day(d.to), "shift": text_of(cx, d.shift.as_ref()) })
}

fn run(cx: &Cx<'_>, r: &crate::model::campaign::Run) -> Value {
    json!({ "day": day(r.day), "time": r.time, "what": text(cx, &r.what), "owner": word(r.owner.as_ref()) })
}

fn kpi(cx: &Cx<'_>, a: &measure::Attainment<'_>) -> Value {
    let verdict = match a.verdict {
        Verdict::NotMeasured => "not-measured",
        Verdict::Reached => "reached",
        Verdict::Missed => "missed",
    };
    json!({
        "metric": a.kpi.metric.value,
        "target": a.kpi.target.value.to_string(),
        "revised": a.kpi.revised.map(|r| r.value.to_string()),
        "reason": text_of(cx, a.kpi.reason.as_ref()),
        "baseline": a.kpi.baseline.map(|q| q.to_string()),
        "actual": a.actual.map(|(value, _)| value.to_string()),
        "actual_on": a.actual.map(|(_, date)| day(date)),
        "attainment": a.attainment.map(crate::base::Share::number),
        "verdict": verdict,
    })
}

fn line(cx: &Cx<'_>, l: &spending::LineSpent<'_>, currency: Currency) -> Value {
    let plain = |money: Money| money.plain(currency);
    json!({
        "id": l.line.id.as_ref().map(|id| id.value.as_str()),
        "name": text(cx, &l.line.name),
        "amount": plain(l.line.amount.value),
        "spent": plain(l.spent),
        "tags": by_id(&l.line.tags),
    })
}

fn raised(a: &alert::Alert<'_>) -> Value {
    json!({
        "metric": a.kpi.metric.value,
        "level": a.level.0,
        "side": match a.side { alert::Side::Worse => "worse", alert::Side::Better => "better" },
        "first": day(a.first.date.value),
        "first_value": a.first.value.value.to_string(),
        "last": day(a.last.date.value),
        "last_value": a.last.value.value.to_string(),
        "back": a.back.map(|r| day(r.date.value)),
        "report_by": a.report_by.to_string(),
        "open": a.is_open(),
    })
}

fn postmortem(cx: &Cx<'_>, p: &Postmortem) -> Value {
    let dates: Map<String, Value> = p
        .dates
        .iter()
        .map(|(status, date): &(Spanned<String>, Spanned<Date>)| (status.value.clone(), json!(day(date.value))))
        .collect();
    let scores = p.scores.as_ref().map(|s| {
        let score = |q: Option<Spanned<crate::base::Quantity>>| q.map(|q| q.value.to_string());
        json!({ "effect": score(s.effect), "process": score(s.process), "user": score(s.user) })
    });
    let action = |a: &crate::model::postmortem::Action| {
        json!({
            "id": a.id.value.as_str(),
            "what": text(cx, &a.what),
            "owner": word(a.owner.as_ref()),
            "due": day_of(a.due),
            "done": day_of(a.done),
            "applied_in": word(a.applied_in.as_ref()),
        })
    };
    let quote = |q: &crate::model::postmortem::Quote| json!({ "text": text(cx, &q.text), "from": text_of(cx, q.from.as_ref()) });
    json!({
        "status": word(p.status.as_ref()),
        "dates": dates,
        "scores": scores,
        "satisfaction": p.satisfaction.as_ref().and_then(|s| s.value).map(|s| s.value.number()),
        "lessons": p.lessons.iter().map(|l| text(cx, l)).collect::<Vec<_>>(),
        "actions": p.actions.iter().map(action).collect::<Vec<_>>(),
        "problem_tags": words(&p.problem_tags),
        "quotes": p.quotes.iter().map(quote).collect::<Vec<_>>(),
        "source": cx.ground().sources.path(p.file),
    })
}
