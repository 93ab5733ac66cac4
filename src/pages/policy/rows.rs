//! The tables of a policy, in the order of the pack.

use super::Change;
use super::table::{Cell, Maker, Row, Table};
use crate::base::Text;
use crate::plan::Cx;
use crate::policy::{Between, GateRow, Layer, Preset, StandardNode, Weight};

/// What a campaign is made of.
pub(super) fn campaigns(changes: &[Change], cx: &Cx<'_>) -> Vec<Table> {
    let m = Maker { cx, changes };
    let mut tables = phases(&m);
    tables.extend([milestones(&m), scales(&m), slots(&m), channels(&m), axes(&m), presets(&m), roles(&m), groups(&m)]);
    tables.extend(review(&m));
    tables.extend(severities(&m));
    tables
}

/// How a year is steered: alerts, goals, obligations.
pub(super) fn steering(changes: &[Change], cx: &Cx<'_>) -> Vec<Table> {
    let m = Maker { cx, changes };
    let mut tables = super::control::tables(&m);
    tables.extend(super::goals::tables(&m));
    tables.extend([cadence(&m), dimensions(&m), seasons(&m)]);
    tables
}

/// Single figures, and what belongs to the site alone.
pub(super) fn single(changes: &[Change], cx: &Cx<'_>) -> Vec<Table> {
    let m = Maker { cx, changes };
    vec![figures(&m), choices(&m), search_kinds(&m)]
}

fn title(m: &Maker<'_, '_>, key: &str) -> crate::plan::Words {
    m.cx.t(&format!("policy-table-{key}")).into()
}

fn phases(m: &Maker<'_, '_>) -> Vec<Table> {
    let sets = m.cx.model().policy.rows.phase_sets.iter();
    let table = |(id, set): (&str, &crate::policy::PhaseSet)| {
        let path = format!("phase-sets.{id}.phases");
        let row = |(phase_id, phase): (&str, &crate::policy::Phase)| {
            let cells = vec![
                phase.from.as_ref().map(|d| d.value.to_string()).into(),
                phase.to.as_ref().map(|d| d.value.to_string()).into(),
                phase.min_days.map(|n| m.cx.count("days", n)).into(),
                m.mark(phase.live, "policy-live"),
            ];
            m.row(&path, phase_id, &phase.name, &set.source, set.ours, cells)
        };
        let name = m.cx.words(&set.name);
        let title = m.cx.tf("policy-table-phases", &[("name", &name.text)]).into();
        let columns = [("from", "code"), ("to", "code"), ("min-days", "text"), ("note", "text")];
        m.table(&path, title, &columns, set.phases.iter().map(row).collect())
    };
    sets.map(table).collect()
}

fn milestones(m: &Maker<'_, '_>) -> Table {
    let rows = &m.cx.model().policy.rows;
    let node_name = |id: &str| m.cx.named(rows.milestones.find(id).map(|n| &n.task), id).text;
    let row = |(id, node): (&str, &StandardNode)| {
        let role = node.role.as_ref().map(|r| m.cx.named(rows.roles.find(&r.value).map(|r| &r.name), &r.value));
        let buffers = [
            node.buffer.map(|n| m.cx.count("policy-buffer-after", n.0)),
            node.buffer_before.map(|n| m.cx.count("policy-buffer-before", n.0)),
        ];
        let notes = [
            node.any_day.then(|| m.cx.t("policy-any-day").to_owned()),
            node.needs.as_deref().map(|needs| needs_words(needs, m.cx)),
            node.merges_into.as_deref().map(|id| m.cx.tf("policy-merges", &[("milestone", &node_name(id))])),
        ];
        let cells = vec![
            node.due.as_ref().map(|d| d.value.to_string()).into(),
            node.stage.map(|s| m.cx.t(&format!("stage-{}", s.word()))).into(),
            role.into(),
            m.list(node.after.iter().map(|a| node_name(&a.value))),
            m.list(buffers.into_iter().flatten()),
            node.gate.as_ref().map(|g| gate(g, m.cx)).into(),
            m.list(notes.into_iter().flatten()),
        ];
        m.row("milestones", id, &node.task, &node.source, node.ours, cells)
    };
    let columns = [
        ("due", "code"),
        ("stage", "text"),
        ("role", "text"),
        ("after", "text"),
        ("buffer", "text"),
        ("gate", "text"),
        ("note", "text"),
    ];
    m.table("milestones", title(m, "milestones"), &columns, rows.milestones.iter().map(row).collect())
}

/// What a campaign must have for a node to exist.
fn needs_words(needs: &str, cx: &Cx<'_>) -> String {
    if let Some(metric) = needs.strip_prefix("kpi/") {
        let name = cx.named(cx.model().policy.metric(metric).map(|m| &m.name), metric).text;
        return cx.tf("policy-needs-kpi", &[("metric", &name)]);
    }
    let what = cx.strings().get(&format!("policy-needs-{needs}")).unwrap_or(needs);
    cx.tf("policy-needs", &[("what", &what)])
}

/// `Preparation rate ≥ 100%`.
fn gate(gate: &GateRow, cx: &Cx<'_>) -> String {
    let id = gate.metric.as_ref().map_or("", |m| m.value.as_str());
    let metric = cx.model().policy.metric(id);
    let name = cx.named(metric.map(|m| &m.name), id).text;
    let written = gate.value.as_ref().map_or("", |v| v.value.0.as_str());
    let value = match crate::base::Quantity::parse(written) {
        Some(quantity) => cx.measured(quantity, metric),
        None => cx.t("policy-gate-target").to_owned(),
    };
    let op = match gate.op {
        Some(crate::policy::Op::AtMost) => "≤",
        _ => "≥",
    };
    format!("{name} {op} {value}")
}

fn between(between: Option<&Between>, cx: &Cx<'_>) -> Cell {
    let bounds = between.and_then(|b| Some((b.min?, b.max?)));
    bounds.map(|(min, max)| cx.tf("policy-between", &[("min", &min), ("max", &max)])).into()
}

fn weight<'a>(weight: Weight, cx: &Cx<'a>) -> &'a str {
    cx.t(match weight {
        Weight::Error => "severity-error",
        Weight::Warning => "severity-warning",
        Weight::Info => "severity-info",
        Weight::Off => "severity-off",
    })
}

fn scales(m: &Maker<'_, '_>) -> Table {
    let rows = &m.cx.model().policy.rows;
    let node_name = |id: &str| m.cx.named(rows.milestones.find(id).map(|n| &n.task), id).text;
    let row = |(id, scale): (&str, &crate::policy::Scale)| {
        let severity = |key: &str, w: Option<Weight>| w.map(|w| m.cx.tf(key, &[("severity", &weight(w, m.cx))]));
        let notes = [
            scale.daily_duty.then(|| m.cx.t("policy-daily-duty").to_owned()),
            severity("policy-live-severity", scale.live_severity),
            severity("policy-candidates-severity", scale.candidates_severity),
        ];
        let cells = vec![
            between(scale.live_days.as_ref(), m.cx),
            scale.lead_days.map(|n| m.cx.count("days", n)).into(),
            between(scale.team.as_ref(), m.cx),
            m.list(scale.drop.iter().map(|n| node_name(&n.value))),
            m.list(notes.into_iter().flatten()),
        ];
        m.row("scales", id, &scale.name, &scale.source, scale.ours, cells)
    };
    let columns = [("live-days", "text"), ("lead-days", "text"), ("team", "text"), ("drop", "text"), ("note", "text")];
    m.table("scales", title(m, "scales"), &columns, rows.scales.iter().map(row).collect())
}

fn slots(m: &Maker<'_, '_>) -> Table {
    let row = |(id, slot): (&str, &crate::policy::Slot)| {
        m.row("slots", id, &slot.name, &slot.source, false, vec![slot.count.to_string().into()])
    };
    let rows = m.cx.model().policy.rows.slots.iter().map(row).collect();
    m.table("slots", title(m, "slots"), &[("count", "number")], rows)
}

fn channels(m: &Maker<'_, '_>) -> Table {
    let row = |(id, channel): (&str, &crate::policy::Named)| {
        m.row("channels", id, &channel.name, &channel.source, true, vec![id.into()])
    };
    let rows = m.cx.model().policy.rows.channels.iter().map(row).collect();
    m.table("channels", title(m, "channels"), &[("id", "text")], rows)
}

fn axes(m: &Maker<'_, '_>) -> Table {
    let row = |(id, axis): (&str, &crate::policy::Axis)| {
        let value = |(id, name): (&str, &Text)| format!("{} ({id})", m.cx.plain(name));
        m.row("axes", id, &axis.name, "", false, vec![m.list(axis.values.iter().map(value))])
    };
    let rows = m.cx.model().policy.rows.axes.iter().map(row).collect();
    m.table("axes", title(m, "axes"), &[("values", "text")], rows)
}

fn presets(m: &Maker<'_, '_>) -> Table {
    let policy = &m.cx.model().policy.rows;
    let row = |(id, preset): (&str, &Preset)| {
        let axis = preset.axis.as_ref().map(|a| a.value.as_str());
        let mut wanted = m.shares(axis, preset.shares.iter().map(|(v, s)| (v, s.value)), "policy-share");
        wanted.extend(m.shares(axis, preset.least.iter().map(|(v, s)| (v, s.value)), "policy-least"));
        let annual = preset.of_annual.as_ref().and_then(|b| Some((b.min?, b.max?)));
        wanted.extend(annual.map(|(min, max)| m.cx.tf("policy-annual", &[("min", &min), ("max", &max)])));
        let tolerance = [("policy-warn-above", preset.warn_above), ("policy-error-above", preset.error_above)];
        let tolerance =
            tolerance.into_iter().filter_map(|(key, s)| s.map(|s| m.cx.tf(key, &[("points", &s.number())])));
        let mode = |mode: &crate::policy::Mode| m.cx.t(&format!("mode-{}", mode.word())).to_owned();
        let level = preset.level.map(|l| m.cx.t(&format!("policy-level-{}", l.word())).to_owned());
        let cells = vec![
            preset.state.map(|s| m.cx.t(&format!("policy-state-{}", s.word()))).into(),
            axis.map(|a| m.cx.named(policy.axes.find(a).map(|a| &a.name), a)).into(),
            m.list(wanted),
            m.list(tolerance),
            m.list(level.into_iter().chain(preset.modes.iter().map(mode))),
        ];
        m.row("presets", id, &preset.name, &preset.source, false, cells)
    };
    let columns = [("state", "text"), ("axis", "text"), ("wanted", "text"), ("tolerance", "text"), ("level", "text")];
    m.table("presets", title(m, "presets"), &columns, policy.presets.iter().map(row).collect())
}

fn roles(m: &Maker<'_, '_>) -> Table {
    let model = m.cx.model();
    let row = |(id, role): (&str, &crate::policy::Role)| {
        let department = model.departments.get(role.department.as_str());
        let department = m.cx.named(department.map(|d| &d.name), &role.department);
        m.row("roles", id, &role.name, &role.source, false, vec![department.into()])
    };
    m.table("roles", title(m, "roles"), &[("department", "text")], model.policy.rows.roles.iter().map(row).collect())
}

fn groups(m: &Maker<'_, '_>) -> Table {
    let row = |(id, group): (&str, &crate::policy::Group)| {
        let cells: Vec<Cell> = vec![
            group.phase.map(|p| m.cx.t(&format!("sop-phase-{}", p.word()))).into(),
            m.list(group.covers.iter().map(|(_, name)| m.cx.plain(name))),
            m.mark(group.gate, "policy-gates-preparation"),
        ];
        m.row("groups", id, &group.name, &group.source, false, cells)
    };
    let columns = [("phase", "text"), ("covers", "text"), ("note", "text")];
    m.table("groups", title(m, "groups"), &columns, m.cx.model().policy.rows.groups.iter().map(row).collect())
}

fn review(m: &Maker<'_, '_>) -> Vec<Table> {
    let rows = &m.cx.model().policy.rows;
    let Some(review) = &rows.review else { return Vec::new() };
    let status = |(id, status): (&str, &crate::policy::Status)| {
        let node = status.milestone.as_deref();
        let node = node.map(|id| m.cx.named(rows.milestones.find(id).map(|n| &n.task), id));
        let cells = vec![node.into(), m.mark(status.is_final, "policy-final")];
        m.row("review.statuses", id, &status.name, "PMR-2", false, cells)
    };
    let section = |(id, section): (&str, &crate::policy::Section)| {
        let cells = vec![m.list(section.headings.iter().cloned()), m.mark(section.required, "policy-required")];
        m.row("review.sections", id, &section.name, "PMR-1", false, cells)
    };
    let statuses = review.statuses.iter().map(status).collect();
    let sections = review.sections.iter().map(section).collect();
    vec![
        m.table("review.statuses", title(m, "statuses"), &[("milestone", "text"), ("note", "text")], statuses),
        m.table("review.sections", title(m, "sections"), &[("headings", "text"), ("note", "text")], sections),
    ]
}

fn figures(m: &Maker<'_, '_>) -> Table {
    let row = |(id, figure): (&str, &crate::policy::Figure)| {
        let value = figure.value.map(|n| n.to_string()).or(figure.percent.map(|s| m.cx.percent(s)));
        m.row("figures", id, &figure.name, &figure.source, figure.ours, vec![value.into()])
    };
    let rows = m.cx.model().policy.rows.figures.iter().map(row).collect();
    m.table("figures", title(m, "figures"), &[("value", "number")], rows)
}

fn choices(m: &Maker<'_, '_>) -> Table {
    let row = |(id, choice): (&str, &crate::policy::Choice)| {
        let chosen = choice.value.as_ref().map(|v| v.value.as_str());
        let name = |id: &str| m.cx.named(choice.options.find(id), id).text;
        let others = choice.options.iter().filter(|(id, _)| Some(*id) != chosen).map(|(id, _)| name(id));
        let cells = vec![chosen.map(name).into(), m.list(others)];
        m.row("choices", id, &choice.name, &choice.source, choice.ours, cells)
    };
    let rows = m.cx.model().policy.rows.choices.iter().map(row).collect();
    m.table("choices", title(m, "choices"), &[("chosen", "text"), ("others", "text")], rows)
}

/// Rules whose weight differs from their own; no table where there is none.
fn severities(m: &Maker<'_, '_>) -> Option<Table> {
    let rules = m.cx.ground().rules;
    let row = |(code, severity): (&str, &crate::base::Spanned<Weight>)| {
        let own = rules.iter().find(|r| r.code == code).map(|r| m.cx.t(&format!("severity-{}", r.severity.word())));
        let cells = vec![weight(severity.value, m.cx).into(), own.into()];
        m.row("severity", &format!("\"{code}\""), &Text::plain(code), "", false, cells)
    };
    let rows: Vec<Row> = m.cx.model().policy.rows.severity.iter().map(row).collect();
    (!rows.is_empty())
        .then(|| m.table("severity", title(m, "severity"), &[("in-force", "text"), ("own", "text")], rows))
}

fn cadence(m: &Maker<'_, '_>) -> Table {
    let model = m.cx.model();
    let rows = &model.policy.rows;
    let row = |(id, row): (&str, &crate::policy::Obligation)| {
        let role = row.role.as_ref().map(|r| m.cx.named(rows.roles.find(&r.value).map(|r| &r.name), &r.value));
        let of = |id: &str| m.cx.named(model.departments.get(id).map(|d| &d.name), id);
        let owner = row.department.as_ref().map(|d| of(&d.value)).or(role);
        let notes = [
            row.state.filter(|s| *s == crate::policy::State::Off).map(|_| m.cx.t("policy-state-off").to_owned()),
            row.when.filter(|w| *w == crate::policy::When::Live).map(|_| m.cx.t("obligation-live").to_owned()),
        ];
        let due = match row.due.map_or(0, |d| d.0) {
            0 => m.cx.t("obligation-due-close").to_owned(),
            n => m.cx.count("obligation-due", n),
        };
        let every = row.every.map(|e| m.cx.t(&format!("every-{}", e.word())));
        let cells = vec![every.into(), due.into(), owner.into(), m.list(notes.into_iter().flatten())];
        m.row("cadence", id, &row.name, &row.source, row.ours, cells)
    };
    let columns = [("every", "text"), ("due", "text"), ("role", "text"), ("note", "text")];
    m.table("cadence", title(m, "cadence"), &columns, rows.cadence.iter().map(row).collect())
}

fn dimensions(m: &Maker<'_, '_>) -> Table {
    let rows = &m.cx.model().policy.rows;
    let row = |(id, row): (&str, &crate::policy::Dimension)| {
        let metrics =
            row.metrics.iter().map(|w| m.cx.named(rows.metrics.find(&w.value).map(|r| &r.name), &w.value).text);
        let good = row.least.into_iter().chain(row.most).map(|s| m.cx.percent(s));
        m.row("dimensions", id, &row.name, &row.source, row.ours, vec![m.list(metrics), m.list(good)])
    };
    let columns = [("metrics", "text"), ("good", "text")];
    m.table("dimensions", title(m, "dimensions"), &columns, rows.dimensions.iter().map(row).collect())
}

fn seasons(m: &Maker<'_, '_>) -> Table {
    let row = |(id, row): (&str, &crate::policy::Season)| {
        m.row("seasons", id, &row.name, &row.source, row.ours, vec![m.list(row.months.iter().map(i64::to_string))])
    };
    let rows = m.cx.model().policy.rows.seasons.iter().map(row).collect();
    m.table("seasons", title(m, "seasons"), &[("months", "text")], rows)
}

/// The metrics, a table for each layer.
pub(super) fn metrics(changes: &[Change], cx: &Cx<'_>) -> Vec<Table> {
    let m = Maker { cx, changes };
    let rows = &cx.model().policy.rows;
    let table = |layer: &Layer| {
        let row = |(id, metric): (&str, &crate::policy::Metric)| {
            let notes = [
                metric.computed.as_ref().map(|_| cx.t("metrics-computed").to_owned()),
                metric
                    .depth
                    .as_deref()
                    .map(|d| cx.strings().get(&format!("metrics-depth-{d}")).unwrap_or(d).to_owned()),
            ];
            let cells = vec![
                metric.unit.map(|u| cx.t(&format!("metrics-unit-{}", u.word()))).into(),
                metric.direction.map(|d| cx.t(&format!("metrics-direction-{}", d.word()))).into(),
                metric.target.map(|t| cx.measured(t, Some(metric))).into(),
                metric.reference.map(|r| cx.measured(r, Some(metric))).into(),
                m.list(notes.into_iter().flatten()),
                m.english(&metric.note),
            ];
            m.row("metrics", id, &metric.name, &metric.source, false, cells)
        };
        let of_layer = rows.metrics.iter().filter(|(_, metric)| metric.layer == Some(*layer));
        let columns = [
            ("unit", "text"),
            ("direction", "text"),
            ("target", "number"),
            ("reference", "number"),
            ("note", "text"),
            ("figures", "text"),
        ];
        let title = cx.t(&format!("metrics-layer-{}", layer.word())).into();
        m.table(&format!("metrics-{}", layer.word()), title, &columns, of_layer.map(row).collect())
    };
    Layer::ALL.iter().map(table).collect()
}

fn search_kinds(m: &Maker<'_, '_>) -> Table {
    let row = |(id, row): (&str, &crate::policy::SearchKind)| {
        let cells = vec![m.list(row.routes.iter().cloned()), row.weight.to_string().into()];
        m.row("search-kinds", id, &row.name, &row.source, row.ours, cells)
    };
    let rows = m.cx.model().policy.rows.search_kinds.iter().map(row).collect();
    m.table("search-kinds", title(m, "search-kinds"), &[("search-routes", "code"), ("search-weight", "number")], rows)
}
