//! Effective policy = embedded pack + overrides, key by key; each value keeps the file it came from.

use super::rows::{Figure, Metric, Phase, PhaseSet, Rows, Season, StandardNode, Weight};
use crate::base::{Diagnostic, Found, Rule, Severity, Share, Span, Spanned, words};
use crate::sources::Sources;
use crate::sources::shape::Record;
use crate::sources::toml::{self, Kind, Table};
use crate::{rule, said};
use rayon::prelude::*;
use std::sync::OnceLock;

rule! {
    /// The target shares of a preset do not add up to 100 %.
    ///
    /// ## Why
    /// A split is only meaningful if its parts make the whole; amounts suggested from it would not add up.
    ///
    /// ## Example
    /// ```toml,reports path=content/policies/own.toml
    /// [presets.721]
    /// shares = { core = 70, reserve = 20, innovation = 15 }
    /// ```
    /// ```toml,passes path=content/policies/own.toml
    /// [presets.721]
    /// shares = { core = 65, reserve = 20, innovation = 15 }
    /// ```
    pub(crate) static PRESET_SUM = "policy/preset-sum", Error, ["BUD-19"],
    zh: "预设的目标占比之和不是 100%。\n\n各部分必须组成整体，否则据此建议的金额加不起来。"
}

rule! {
    /// Policy names something that does not exist.
    ///
    /// ## Why
    /// A rule that is switched off under a wrong name stays on; a node that waits for an unknown node waits for nothing.
    ///
    /// ## Example
    /// ```toml,reports path=content/policies/own.toml
    /// [presets.721]
    /// axis = "purpos"
    /// ```
    /// ```toml,passes path=content/policies/own.toml
    /// [presets.721]
    /// axis = "purpose"
    /// ```
    pub(crate) static REFERENCE = "policy/reference", Error, ["BMK-2"],
    zh: "政策引用了不存在的名称。\n\n用错误名称关闭的规则仍然生效；等待不存在节点的节点等于不等待。"
}

/// Rules of policy itself.
pub static POLICY_RULES: &[&Rule] = &[&PRESET_SUM, &REFERENCE];

/// Embedded packs by name: the files that make each, in order.
const PACKS: &[(&str, &[(&str, &str)])] = &[(
    "monthly",
    &[
        ("<monthly>", include_str!("monthly.toml")),
        ("<metrics>", include_str!("metrics.toml")),
        ("<site>", include_str!("site.toml")),
        ("<views>", include_str!("views.toml")),
        ("<channels>", include_str!("channels.toml")),
        ("<control>", include_str!("control.toml")),
        ("<gauges>", include_str!("gauges.toml")),
        ("<alerts>", include_str!("alerts.toml")),
        ("<goals>", include_str!("goals.toml")),
        ("<cadence>", include_str!("cadence.toml")),
        ("<new>", include_str!("new.toml")),
    ],
)];

/// Names of the embedded packs.
pub fn packs() -> impl Iterator<Item = &'static str> + Clone {
    PACKS.iter().map(|(name, _)| *name)
}

/// Effective policy.
#[derive(Debug)]
pub struct Policy {
    /// The rows.
    pub rows: Rows,
    /// Those of the pack alone: what stands where an override cannot be read.
    pack: Pack,
    /// The merged tree, for printing with origins.
    tree: Table,
    /// The override files.
    own: Vec<crate::base::FileId>,
}

/// The pack without overrides, decoded when somebody asks: only who writes a broken override needs it.
#[derive(Debug)]
struct Pack {
    tree: Table,
    rows: OnceLock<Rows>,
}

impl Pack {
    fn rows(&self) -> &Rows {
        // The pack has no faults; a test says so.
        self.rows.get_or_init(|| Rows::read(&self.tree, &mut Found::new()))
    }
}

/// One leaf of the effective policy, for `playbook policy` and the policy page.
#[derive(Clone, Debug)]
pub struct Value {
    /// Dotted path: `milestones.plan-review.due`.
    pub path: String,
    /// The value in TOML notation.
    pub value: String,
    /// Where it was written.
    pub span: Span,
}

/// Loads the pack and merges `content/policies/*.toml` over it, in order of file name.
///
/// `known_rules` are the codes that `[severity]` may name. Returns the waiver tables found in policy
/// files too, undecoded: they belong to the model.
pub fn load(sources: &mut Sources, pack: &str, known_rules: &[&str]) -> (Policy, Found) {
    let mut found = Found::new();
    let mut tree = Table { span: Span::new(crate::base::FileId(0), 0, 0), entries: Vec::new(), broken: Vec::new() };
    let files = PACKS.iter().find(|(name, _)| *name == pack).or(PACKS.first()).map_or(&[][..], |(_, files)| files);
    let files: Vec<_> = files.iter().map(|(path, text)| (sources.add_embedded(path, text), *text)).collect();
    let parsed: Vec<_> = files.into_par_iter().map(|(file, text)| (file, toml::parse(file, text, 0))).collect();
    for (file, table) in parsed {
        tree.span = Span::new(file, 0, 0);
        merge(&mut tree, found.keep(table));
    }
    let pack = Pack { tree: tree.clone(), rows: OnceLock::new() };
    let overrides: Vec<_> = override_files(sources).collect();
    for &file in &overrides {
        if let Some(text) = sources.text(file) {
            let mut table = found.keep(toml::parse(file, text, 0));
            table.entries.retain(|(key, _)| key.value != "waiver");
            merge(&mut tree, table);
        }
    }
    let rows = Rows::read(&tree, &mut found);
    let policy = Policy { rows, pack, tree, own: overrides };
    policy.judge(known_rules, &mut found);
    (policy, found)
}

/// The override files, in order.
pub(crate) fn override_files(sources: &Sources) -> impl Iterator<Item = crate::base::FileId> + '_ {
    sources.under("content/policies/").filter(|(path, _)| path.ends_with(".toml")).map(|(_, file)| file)
}

/// Lays `over` onto `base`: tables key by key, everything else replaced.
fn merge(base: &mut Table, over: Table) {
    for (key, value) in over.entries {
        match base.entries.iter_mut().find(|(k, _)| k.value == key.value) {
            None => base.entries.push((key, value)),
            Some((old_key, old)) => match (&mut old.kind, value.kind) {
                (Kind::Table(old), Kind::Table(new)) => merge(old, new),
                (_, kind) => {
                    *old_key = key;
                    old.span = value.span;
                    old.kind = kind;
                }
            },
        }
    }
}

impl Policy {
    /// A figure that is a whole number; a pack without it is our bug.
    pub fn figure(&self, id: &str) -> i64 {
        self.of_figure(id, |f| f.value).unwrap_or_else(|| panic!("bug: no figure `{id}` in policy"))
    }
    /// A figure that is a number of rows.
    pub fn room(&self, id: &str) -> usize {
        usize::try_from(self.figure(id)).unwrap_or(usize::MAX)
    }
    /// A figure that is a share.
    pub fn share(&self, id: &str) -> Share {
        self.of_figure(id, |f| f.percent).unwrap_or_else(|| panic!("bug: no share `{id}` in policy"))
    }
    /// The effective value, else that of the pack: an override that cannot be read is reported, and changes nothing.
    fn of_figure<T>(&self, id: &str, value: impl Fn(&Figure) -> Option<T>) -> Option<T> {
        let of = |rows: &Rows| rows.figures.find(id).and_then(&value);
        of(&self.rows).or_else(|| of(self.pack.rows()))
    }
    /// Whether the pack itself has a row of this id: nobody else may call it otherwise.
    pub fn ships(&self, rows: &str, id: &str) -> bool {
        let rows = self.pack.tree.get(rows).map(|value| &value.kind);
        matches!(rows, Some(Kind::Table(rows)) if rows.get(id).is_some())
    }
    /// Whether these words stand in a file of the playbook, not in the pack.
    pub fn is_own(&self, span: Span) -> bool {
        self.own.contains(&span.file)
    }
    /// The season of a month, 1–12, in the hemisphere of policy.
    pub fn season(&self, month: u8) -> Option<(&str, &Season)> {
        let shift = if self.choice("hemisphere") == "south" { 6 } else { 0 };
        let northern = (i64::from(month) - 1 + shift) % 12 + 1;
        self.rows.seasons.iter().find(|(_, season)| season.months.contains(&northern))
    }
    /// The option in force of a choice.
    pub fn choice(&self, id: &str) -> &str {
        self.rows.choices.find(id).and_then(|c| c.value.as_ref()).map_or("", |v| v.value.as_str())
    }
    /// A metric.
    pub fn metric(&self, id: &str) -> Option<&Metric> {
        self.rows.metrics.find(id)
    }
    /// The metric that stands for something the method speaks of, and its id: an organisation may name its own.
    pub fn metric_for(&self, what: &str) -> Option<(&str, &Metric)> {
        self.rows.metrics.iter().find(|(_, m)| m.stands_for.as_deref() == Some(what))
    }
    /// A standard milestone.
    pub fn node(&self, id: &str) -> Option<&StandardNode> {
        self.rows.milestones.find(id)
    }
    /// A phase set, else the first.
    pub fn phase_set(&self, id: &str) -> Option<&PhaseSet> {
        self.rows.phase_sets.find(id).or_else(|| self.rows.phase_sets.iter().next().map(|(_, set)| set))
    }
    /// What policy says of a rule's severity: none when it says nothing, `Some(None)` when the rule is off.
    pub fn severity(&self, rule: &str) -> Option<Option<Severity>> {
        self.rows.severity.find(rule).map(|w| weight(w.value))
    }
    /// Every leaf of the effective policy in order.
    pub fn values(&self) -> Vec<Value> {
        let mut values = Vec::new();
        leaves(&self.tree, "", &mut values);
        values
    }

    fn judge(&self, known_rules: &[&str], found: &mut Found) {
        let rows = &self.rows;
        for (key, _) in &rows.severity.0 {
            if !known_rules.contains(&key.value.as_str()) {
                found.push(reference(&key.value, key.span, "rule", "规则", known_rules.iter().copied()));
            }
        }
        for (id, preset) in rows.presets.iter() {
            let axis = preset.axis.as_ref();
            if let Some(axis) = axis.filter(|a| rows.axes.find(&a.value).is_none()) {
                found.push(reference(&axis.value, axis.span, "axis", "预算维度", rows.axes.keys()));
            }
            if let Some(values) = axis.and_then(|a| rows.axes.find(&a.value)).map(|a| &a.values) {
                for (key, _) in preset.shares.0.iter().chain(&preset.least.0) {
                    if values.find(&key.value).is_none() {
                        found.push(reference(
                            &key.value,
                            key.span,
                            "value of this axis",
                            "该维度的取值",
                            values.keys(),
                        ));
                    }
                }
            }
            let sum = Share(preset.shares.0.iter().map(|(_, s)| s.value.0).sum());
            if let Some((key, _)) = preset.shares.0.first().filter(|_| sum != Share::WHOLE) {
                let span = preset
                    .shares
                    .0
                    .iter()
                    .fold(key.span, |span, (_, s)| Span { end: s.span.end.max(span.end), ..span });
                let message = said!(
                    "the shares of preset `{id}` add up to {sum}, not 100 %",
                    "预设 `{id}` 的占比之和是 {sum}，不是 100%"
                );
                let advice = said!("change them so that they add up to 100", "请修改，使其和为 100");
                found.push(Diagnostic::new(&PRESET_SUM, span, message).hint(advice));
            }
        }
        for (_, node) in rows.milestones.iter() {
            for after in node.after.iter().filter(|a| rows.milestones.find(&a.value).is_none()) {
                found.push(reference(
                    &after.value,
                    after.span,
                    "standard milestone",
                    "标准里程碑",
                    rows.milestones.keys(),
                ));
            }
            if let Some(role) = node.role.as_ref().filter(|r| rows.roles.find(&r.value).is_none()) {
                found.push(reference(&role.value, role.span, "role", "角色", rows.roles.keys()));
            }
            if let Some(metric) =
                node.gate.as_ref().and_then(|g| g.metric.as_ref()).filter(|m| self.metric(&m.value).is_none())
            {
                found.push(reference(&metric.value, metric.span, "metric", "指标", rows.metrics.keys()));
            }
        }
        for (_, obligation) in rows.cadence.iter() {
            if let Some(role) = obligation.role.as_ref().filter(|r| rows.roles.find(&r.value).is_none()) {
                found.push(reference(&role.value, role.span, "role", "角色", rows.roles.keys()));
            }
        }
        for metric in rows.dimensions.iter().flat_map(|(_, d)| &d.metrics) {
            if self.metric(&metric.value).is_none() {
                found.push(reference(&metric.value, metric.span, "metric", "指标", rows.metrics.keys()));
            }
        }
        for (_, scale) in rows.scales.iter() {
            for node in scale.drop.iter().chain(&scale.breach_plans).filter(|n| self.node(&n.value).is_none()) {
                found.push(reference(
                    &node.value,
                    node.span,
                    "standard milestone",
                    "标准里程碑",
                    rows.milestones.keys(),
                ));
            }
        }
        let scale_is_known = |s: &Spanned<String>| rows.scales.find(&s.value).is_some();
        let watched = rows.watch.iter().map(|(_, w)| &w.scales);
        for scale in watched.chain(rows.monitoring.iter().map(|(_, m)| &m.scales)).flatten() {
            if !scale_is_known(scale) {
                found.push(reference(&scale.value, scale.span, "scale", "规模", rows.scales.keys()));
            }
        }
        for (_, metric) in rows.metrics.iter() {
            if let Some(layer) = metric.monitoring.as_ref().filter(|l| rows.monitoring.find(&l.value).is_none()) {
                found.push(reference(&layer.value, layer.span, "monitoring layer", "监测层", rows.monitoring.keys()));
            }
        }
        for metric in rows.causes.iter().flat_map(|(_, c)| &c.metrics).filter(|m| self.metric(&m.value).is_none()) {
            found.push(reference(&metric.value, metric.span, "metric", "指标", rows.metrics.keys()));
        }
        for (_, choice) in rows.choices.iter() {
            if let Some(value) = choice.value.as_ref().filter(|v| choice.options.find(&v.value).is_none()) {
                found.push(reference(&value.value, value.span, "option", "选项", choice.options.keys()));
            }
        }
    }
}

/// The severity a weight stands for; none for `off`.
pub(crate) fn weight(weight: Weight) -> Option<Severity> {
    match weight {
        Weight::Error => Some(Severity::Error),
        Weight::Warning => Some(Severity::Warning),
        Weight::Info => Some(Severity::Info),
        Weight::Off => None,
    }
}

impl PhaseSet {
    /// The phase during which the campaign is live.
    pub fn live(&self) -> Option<(&str, &Phase)> {
        self.phases.iter().find(|(_, phase)| phase.live)
    }
}

fn reference<'a>(
    word: &str,
    span: Span,
    en: &str,
    zh: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Diagnostic {
    let diagnostic = Diagnostic::new(&REFERENCE, span, said!("there is no {en} `{word}`", "没有名为 `{word}` 的{zh}"));
    match words::nearest(word, known.clone()) {
        Some(near) => diagnostic.hint(said!("did you mean `{near}`?", "是否想写 `{near}`？")),
        None => {
            let first: Vec<&str> = known.into_iter().take(12).collect();
            let list = words::one_of(first);
            let (en, zh) = (&list.en, &list.zh);
            diagnostic.hint(said!("write {en}", "请写 {zh}"))
        }
    }
}

fn leaves(table: &Table, prefix: &str, values: &mut Vec<Value>) {
    for (key, value) in &table.entries {
        let bare = key.value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        let name = if bare { key.value.clone() } else { format!("\"{}\"", key.value) };
        let path = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match &value.kind {
            Kind::Table(inner) => leaves(inner, &path, values),
            _ => values.push(Value { path, value: notation(value), span: value.span }),
        }
    }
}

fn notation(value: &toml::Value) -> String {
    match &value.kind {
        Kind::String(s) => format!("{s:?}"),
        Kind::Integer(s) | Kind::Float(s) | Kind::Time(s) => s.clone(),
        Kind::Boolean(b) => b.to_string(),
        Kind::Date(d) => d.to_string(),
        Kind::Array(items) => format!("[{}]", items.iter().map(notation).collect::<Vec<_>>().join(", ")),
        Kind::Table(table) => {
            let entry = |(k, v): &(Spanned<String>, toml::Value)| format!("{} = {}", k.value, notation(v));
            format!("{{ {} }}", table.entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(overrides: &[(&str, &str)]) -> (Policy, Vec<Diagnostic>) {
        let files = overrides.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec()));
        let (mut sources, _) = Sources::from_memory(files);
        let (policy, found) = load(&mut sources, "monthly", &["budget/split"]);
        (policy, found.sorted())
    }

    #[test]
    fn the_pack_itself_is_without_fault() {
        let (policy, found) = of(&[]);
        assert!(found.is_empty(), "{found:#?}");
        assert_eq!(policy.figure("late-postmortem-days"), 7);
        assert_eq!(policy.rows.slots.iter().map(|(_, s)| s.count).sum::<i64>(), 12);
    }

    #[test]
    fn an_override_changes_one_key_and_is_its_origin() {
        let (policy, found) = of(&[("content/policies/own.toml", "[milestones.plan-review]\ndue = \"T-28\"\n")]);
        assert!(found.is_empty(), "{found:#?}");
        let node = policy.node("plan-review").unwrap();
        assert_eq!(node.due.as_ref().unwrap().value.to_string(), "T-28");
        assert_eq!(node.buffer.map(|days| days.0), Some(3));
        let origin = policy.values().into_iter().find(|v| v.path == "milestones.plan-review.due").unwrap();
        assert_eq!((origin.value.as_str(), origin.span.file.0), ("\"T-28\"", 0));
    }

    #[test]
    fn a_figure_that_cannot_be_read_is_found_and_that_of_the_pack_stays() {
        let text = "[figures.score-max]\nvalue = \"five\"\n\n[figures]\ncomplaint-rate-max = 3\n";
        let (policy, found) = of(&[("content/policies/own.toml", text)]);
        assert!(found.iter().all(|d| d.rule.starts_with("shape/")) && !found.is_empty(), "{found:#?}");
        assert_eq!((policy.figure("score-max"), policy.share("complaint-rate-max").to_string().as_str()), (5, "0.5 %"));
    }

    #[test]
    fn a_preset_that_is_no_whole_and_a_rule_that_is_none_are_found() {
        let text = "[presets.721]\nshares = { core = 70, reserve = 20, innovation = 15 }\n[severity]\n\"budget/splt\" = \"off\"\n";
        let (_, found) = of(&[("content/policies/own.toml", text)]);
        let codes: Vec<_> = found.iter().map(|d| d.rule).collect();
        assert_eq!(codes, ["policy/preset-sum", "policy/reference"]);
        assert_eq!(found[1].hints[0].text.en, "did you mean `budget/split`?");
    }
}
