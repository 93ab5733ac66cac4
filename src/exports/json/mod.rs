//! `model.json`, `campaigns/<id>/campaign.json` and the schema they keep: the whole model for other programs.
//!
//! The first file has everything but what only one campaign needs: at thousands of campaigns nobody wants to load every
//! checklist to read a list of titles. Keys stand in order of the alphabet, and what is not known is left out.

mod campaign;

use crate::base::{Date, Spanned, Text};
use crate::model::Model;
use crate::model::cadence;
use crate::pages::routes;
use crate::plan::{Cx, Ground, Planned};
use serde_json::{Map, Value, json};

/// The version of the format: raised when a key goes or changes its meaning, not when one is added.
const FORMAT: u32 = 1;

/// The schema of both kinds of files.
const SCHEMA: &str = include_str!("model.schema.json");

/// The model, its schema, and each campaign in full.
pub(super) fn plan<'a>(ground: &'a Ground<'a>) -> Vec<Planned<'a>> {
    let mut planned = vec![
        Planned::bytes(routes::model(), |cx| written(&model(cx))),
        Planned::bytes(routes::schema(), |_| SCHEMA.as_bytes().to_vec()),
    ];
    for campaign in &ground.model.campaigns {
        let file = Planned::bytes(routes::campaign_json(campaign.id.as_str()), move |cx| {
            let mut whole = campaign::head(cx, campaign);
            whole.extend(campaign::body(cx, campaign));
            whole.insert("$schema".to_owned(), json!("../../model.schema.json#/$defs/campaign_file"));
            whole.insert("as_of".to_owned(), json!(cx.today().to_string()));
            whole.insert("format".to_owned(), json!(FORMAT));
            written(&Value::Object(whole))
        });
        planned.push(file.from(format!("campaign `{}`", campaign.id), campaign.span));
    }
    planned
}

fn written(value: &Value) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(&known(value.clone())).expect("bug: a value is JSON");
    bytes.push(b'\n');
    bytes
}

/// The same without what is null.
fn known(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().filter(|(_, v)| !v.is_null()).map(|(k, v)| (k, known(v)));
            Value::Object(kept.collect())
        }
        Value::Array(list) => Value::Array(list.into_iter().map(known).collect()),
        other => other,
    }
}

/// Words by language, the plain ones under the default language.
fn text(cx: &Cx<'_>, text: &Text) -> Value {
    let default = cx.model().settings.default_lang();
    let plain = text.plain.iter().map(|words| (default.tag().to_owned(), json!(words)));
    let by_lang = text.by_lang.iter().map(|(lang, words)| (lang.tag().to_owned(), json!(words)));
    Value::Object(plain.chain(by_lang).collect())
}

fn text_of(cx: &Cx<'_>, words: Option<&Text>) -> Value {
    words.map_or(Value::Null, |words| text(cx, words))
}

fn day(date: Date) -> String {
    date.to_string()
}

fn day_of(date: Option<Spanned<Date>>) -> Option<String> {
    date.map(|d| day(d.value))
}

fn word(word: Option<&Spanned<String>>) -> Option<&str> {
    word.map(|w| w.value.as_str())
}

fn words(list: &[Spanned<String>]) -> Vec<&str> {
    list.iter().map(|w| w.value.as_str()).collect()
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn model(cx: &Cx<'_>) -> Value {
    let model = cx.model();
    let settings = &model.settings;
    let languages: Vec<&str> = settings.languages.iter().map(crate::base::Lang::tag).collect();
    json!({
        "$schema": "model.schema.json",
        "format": FORMAT,
        "as_of": day(model.as_of),
        "site": {
            "title": text(cx, &settings.title),
            "tagline": text_of(cx, settings.tagline.as_ref()),
            "languages": languages,
            "currency": settings.currency.code(),
            "timezone": settings.timezone,
            "base_url": settings.base_url,
        },
        "people": people(cx),
        "departments": departments(cx),
        "roles": roles(cx),
        "metrics": metrics(cx),
        "sops": sops(cx),
        "programmes": model.programmes.iter().map(|p| programme(cx, model, p)).collect::<Vec<_>>(),
        "obligations": obligations(cx),
        "waivers": waivers(cx),
        "campaigns": model.campaigns.iter().map(|c| Value::Object(campaign::head(cx, c))).collect::<Vec<_>>(),
    })
}

fn people(cx: &Cx<'_>) -> Vec<Value> {
    let person = |p: &crate::model::person::Person| {
        json!({
            "id": p.id.as_str(),
            "name": text(cx, &p.name),
            "title": text_of(cx, p.title.as_ref()),
            "department": word(p.department.as_ref()),
            "email": p.email,
            "active": p.active,
        })
    };
    cx.model().people.values().map(person).collect()
}

fn departments(cx: &Cx<'_>) -> Vec<Value> {
    let department = |d: &crate::model::person::Department| {
        json!({
            "id": d.id.as_str(),
            "name": text(cx, &d.name),
            "lead": word(d.lead.as_ref()),
            "duty": text_of(cx, d.duty.as_ref()),
        })
    };
    cx.model().departments.values().map(department).collect()
}

fn roles(cx: &Cx<'_>) -> Vec<Value> {
    let role = |(id, role): (&str, &crate::policy::Role)| json!({ "id": id, "name": text(cx, &role.name), "department": role.department });
    cx.model().policy.rows.roles.iter().map(role).collect()
}

fn metrics(cx: &Cx<'_>) -> Vec<Value> {
    let metric = |(id, m): (&str, &crate::policy::Metric)| {
        json!({
            "id": id,
            "name": text(cx, &m.name),
            "unit": m.unit.map(crate::policy::MetricUnit::word),
            "direction": m.direction.map(crate::policy::Direction::word),
            "layer": m.layer.map(crate::policy::Layer::word),
        })
    };
    cx.model().policy.rows.metrics.iter().map(metric).collect()
}

fn sops(cx: &Cx<'_>) -> Vec<Value> {
    let item = |i: &crate::model::sop::SopItem| {
        json!({
            "id": i.id.value.as_str(),
            "text": text(cx, &i.text),
            "role": word(i.role.as_ref()),
            "due": i.due.as_ref().map(|d| d.value.to_string()),
            "must": i.must,
        })
    };
    let sop = |s: &crate::model::sop::Sop| {
        json!({
            "id": s.id.as_str(),
            "title": text(cx, &s.title),
            "summary": text_of(cx, s.summary.as_ref()),
            "phase": s.phase.map(|p| p.value.word()),
            "owner": word(s.owner.as_ref()),
            "version": s.version,
            "scales": words(&s.scales),
            "reviewed": day_of(s.reviewed),
            "review_by": day_of(s.review_by),
            "items": s.items.iter().map(item).collect::<Vec<_>>(),
        })
    };
    cx.model().sops.iter().map(sop).collect()
}

fn programme(cx: &Cx<'_>, model: &Model, p: &crate::model::programme::Programme) -> Value {
    let currency = p.budget.as_ref().map_or(model.settings.currency, |b| b.currency.value);
    let stretch = |s: &crate::model::programme::Stretch| json!({ "id": s.id.as_str(), "name": text(cx, &s.name), "from": day(s.from.value), "to": day(s.to.value) });
    let goal = |g: &crate::model::goal::Goal| {
        json!({
            "id": g.id.value.as_str(),
            "title": text(cx, &g.title),
            "metric": word(g.metric.as_ref()),
            "dimension": g.dimension,
            "baseline": g.baseline.map(|q| q.to_string()),
            "target": g.target.map(|q| q.value.to_string()),
            "current_target": p.goals.current(g).map(|q| q.to_string()),
            "due": day_of(g.due),
            "owner": word(g.owner.as_ref()),
            "why": text_of(cx, g.why.as_ref()),
            "part_of": word(g.part_of.as_ref()),
            "weight": g.weight.map(crate::base::Share::number),
        })
    };
    let reading = |r: &crate::model::goal::GoalReading| json!({ "goal": r.goal.value, "date": day(r.date.value), "value": r.value.to_string() });
    let campaigns: Vec<&str> = model.campaigns_of(p).map(|c| c.id.as_str()).collect();
    json!({
        "id": p.id.as_str(),
        "title": text(cx, &p.title),
        "year": p.year,
        "currency": currency.code(),
        "annual_budget": p.annual.map(|m| m.value.plain(model.settings.currency)),
        "budget": p.budget.as_ref().and_then(|b| b.total).map(|t| t.value.plain(currency)),
        "anchors": p.anchors.iter().map(stretch).collect::<Vec<_>>(),
        "stages": p.stages.iter().map(stretch).collect::<Vec<_>>(),
        "goals": p.goals.list.iter().map(goal).collect::<Vec<_>>(),
        "goal_readings": p.goals.readings.iter().map(reading).collect::<Vec<_>>(),
        "campaigns": campaigns,
    })
}

fn obligations(cx: &Cx<'_>) -> Vec<Value> {
    let model = cx.model();
    let all = cadence::active(model).flat_map(|(id, row, _)| cadence::occurrences(model, id, row, model.as_of));
    let occurrence = |o: cadence::Occurrence<'_>| {
        json!({
            "id": o.id,
            "name": text(cx, &o.row.name),
            "period": o.period.to_string(),
            "due": day(o.due),
            "done": o.held.map(|h| day(h.date.value)),
            "evidence": o.held.map(|h| h.evidence.value.clone()),
        })
    };
    all.map(occurrence).collect()
}

fn waivers(cx: &Cx<'_>) -> Vec<Value> {
    let waiver = |w: &crate::model::waiver::Waiver| {
        json!({
            "rule": w.rule.value,
            "target": w.target,
            "reason": text(cx, &w.reason),
            "approver": w.approver.value,
            "expires": day(w.expires.value),
        })
    };
    cx.model().waivers.iter().map(waiver).collect()
}
