//! What a script needs to filter, sort and group a list: values on rows, and the choices of a form.

use super::axes::{Axis, Value};
use crate::model::campaign::Campaign;
use crate::plan::Cx;
use serde::Serialize;
use std::collections::BTreeMap;

/// The form above a list. Without scripts it is not there.
#[derive(Serialize)]
pub(super) struct Filter {
    /// Id of the list.
    list: &'static str,
    fields: Vec<Field>,
    /// Keys of sort orders: words `sort-<key>`; `-` before a key turns it round.
    sorts: Vec<Sort>,
    /// Whether rows may be grouped by a field.
    groups: bool,
}

#[derive(Serialize)]
struct Field {
    key: &'static str,
    label: String,
    choices: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    value: String,
    text: String,
    count: usize,
}

#[derive(Serialize)]
struct Sort {
    key: &'static str,
    text: String,
}

/// Values of a row, for its attributes: several are parted by `|`.
pub(super) type Data = Vec<(&'static str, String)>;

/// A form in the making.
pub(super) struct Maker<'c, 'a> {
    cx: &'c Cx<'a>,
    /// By field and value: name and number of rows.
    seen: BTreeMap<&'static str, BTreeMap<String, (String, usize, usize)>>,
}

impl<'c, 'a> Maker<'c, 'a> {
    pub(super) fn new(cx: &'c Cx<'a>) -> Self {
        Self { cx, seen: BTreeMap::new() }
    }

    /// Notes the values of a row on a field; what its attribute says.
    pub(super) fn note(&mut self, key: &'static str, values: &[Value]) -> Option<(&'static str, String)> {
        let field = self.seen.entry(key).or_default();
        for value in values {
            let place = field.len();
            field.entry(value.id.clone()).or_insert_with(|| (value.name.text.clone(), 0, place)).1 += 1;
        }
        let ids: Vec<&str> = values.iter().map(|v| v.id.as_str()).collect();
        (!ids.is_empty()).then(|| (key, ids.join("|")))
    }

    /// Notes a campaign on all axes; what the attributes of its row say.
    pub(super) fn campaign(&mut self, campaign: &Campaign) -> Data {
        self.campaign_on(&Axis::ALL, campaign)
    }

    /// The same on some axes.
    pub(super) fn campaign_on(&mut self, axes: &[Axis], campaign: &Campaign) -> Data {
        axes.iter().filter_map(|axis| self.note(axis.word(), &axis.of(self.cx, campaign))).collect()
    }

    /// The form: fields in a given order, those that tell rows apart; sort orders as keys of strings `sort-<key>`.
    pub(super) fn form(
        mut self,
        list: &'static str,
        fields: &[&'static str],
        sorts: &[&'static str],
        groups: bool,
    ) -> Filter {
        let cx = self.cx;
        let fields = fields.iter().filter_map(|key| {
            let values = self.seen.remove(key)?;
            let mut choices: Vec<(String, (String, usize, usize))> = values.into_iter().collect();
            if *key == Axis::State.word() {
                let place = |id: &str| super::axes::State::ALL.iter().position(|s| s.word() == id);
                choices.sort_by_key(|(id, _)| place(id));
            } else if *key == "phase" {
                choices.sort_by_key(|(_, (_, _, at))| *at);
            } else {
                choices.sort_by(|(_, (a, n, at)), (_, (b, m, other))| (m, a, at).cmp(&(n, b, other)));
            }
            let most = usize::try_from(cx.model().policy.figure("filter-choices")).unwrap_or(usize::MAX);
            let choice = |(value, (text, count, _)): (String, (String, usize, usize))| Choice { value, text, count };
            let field = Field {
                key,
                label: cx.t(&format!("axis-{key}")).to_owned(),
                choices: choices.into_iter().take(most).map(choice).collect(),
            };
            (field.choices.len() > 1).then_some(field)
        });
        let fields: Vec<Field> = fields.collect();
        let sort = |key: &&'static str| Sort { key, text: cx.t(&format!("sort-{key}")).to_owned() };
        Filter { list, fields, sorts: sorts.iter().map(sort).collect(), groups }
    }
}
