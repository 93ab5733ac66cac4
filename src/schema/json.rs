//! JSON Schemas (2020-12) of the files that authors write, for editors: TOML's dates are strings of a format there.

use super::{Kind, Refers, known, refers};
use crate::model::Model;
use crate::sources::shape::{Decode, Form, Leaf, Shape, plain};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What schemas know beside the forms: which names there are.
#[derive(Debug)]
pub struct Names<'a> {
    /// The playbook, or an empty one with the policy of the pack.
    pub model: &'a Model,
    /// Codes of all rules.
    pub rules: &'a [&'a str],
}

/// The schema of a kind of file, ending in a line feed.
pub fn schema(kind: &Kind, names: &Names<'_>) -> String {
    let mut writer = Writer { names, partial: kind.partial, definitions: BTreeMap::new() };
    let mut root = match (kind.form)() {
        Form::Record(shape) => {
            let mut table = writer.table(shape);
            if kind.partial {
                let waivers = writer.form(("", ""), &Vec::<crate::model::waiver::RawWaiver>::form());
                table["properties"]["waiver"] = waivers;
            }
            table
        }
        form => writer.form(("", ""), &form),
    };
    let definitions = std::mem::take(&mut writer.definitions);
    let object = root.as_object_mut().expect("bug: a file is no table");
    object.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    object.insert("title".to_owned(), json!(kind.path));
    object.insert("description".to_owned(), json!(kind.about.0));
    if !definitions.is_empty() {
        object.insert("$defs".to_owned(), json!(definitions));
    }
    let mut text = serde_json::to_string_pretty(&root).expect("bug: a value is JSON");
    text.push('\n');
    text
}

struct Writer<'a> {
    names: &'a Names<'a>,
    partial: bool,
    definitions: BTreeMap<String, Value>,
}

impl Writer<'_> {
    fn form(&mut self, home: (&str, &str), form: &Form) -> Value {
        match form {
            Form::Leaf(one) => match refers::of_value(home.0, home.1, form) {
                Some(refers) => self.reference(refers, home.1, *one),
                None => leaf(*one),
            },
            Form::Words(words) => {
                let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                json!({ "enum": words })
            }
            Form::List(inner) => json!({ "type": "array", "items": self.form(home, inner) }),
            Form::Entries(inner) => {
                let each = self.form(home, inner);
                let mut table = json!({ "type": "object", "additionalProperties": each });
                if let Some(refers) = refers::of_keys(home.0, home.1) {
                    // Names that are there are offered; others are judged by the rules.
                    let keys: Map<String, Value> =
                        self.known(refers, "").into_iter().map(|key| (key, each.clone())).collect();
                    table["properties"] = Value::Object(keys);
                }
                table
            }
            Form::Record(shape) => {
                let name = shape.name.trim_start_matches("Raw").to_owned();
                if !self.definitions.contains_key(&name) {
                    // Held while it is written, should a record ever hold itself.
                    self.definitions.insert(name.clone(), Value::Null);
                    let table = self.table(*shape);
                    self.definitions.insert(name.clone(), table);
                }
                json!({ "$ref": format!("#/$defs/{name}") })
            }
        }
    }

    fn table(&mut self, shape: Shape) -> Value {
        let mut properties = Map::new();
        for field in shape.fields {
            let mut value = self.form((shape.name, field.key), &(field.form)());
            value["description"] = json!(plain(field.docs));
            properties.insert(field.key.to_owned(), value);
        }
        let mut others = json!(false);
        if let Some(rest) = shape.rest {
            match refers::of_keys(shape.name, "*").filter(|refers| refers.is_closed()) {
                Some(keys) => {
                    for key in self.known(keys, "") {
                        let value = match refers::of_value(shape.name, "*", &rest()) {
                            Some(values) => self.reference(values, &key, Leaf::Text),
                            None => self.form((shape.name, "*"), &rest()),
                        };
                        properties.entry(key).or_insert(value);
                    }
                }
                None => others = self.form((shape.name, "*"), &rest()),
            }
        }
        let required: Vec<&str> = shape.fields.iter().filter(|f| f.required && !self.partial).map(|f| f.key).collect();
        let mut table = json!({
            "type": "object",
            "description": plain(shape.docs),
            "properties": properties,
            "additionalProperties": others,
        });
        if !required.is_empty() {
            table["required"] = json!(required);
        }
        table
    }

    /// A name: of policy nothing else, of the playbook what is there and what may come.
    fn reference(&self, refers: Refers, key: &str, one: Leaf) -> Value {
        // What a waiver may be for depends on whose file it stands in, which a schema cannot say.
        let known = if refers == Refers::Target { Vec::new() } else { self.known(refers, key) };
        match (known.is_empty(), refers.is_closed()) {
            (true, _) => leaf(one),
            (false, true) => json!({ "enum": known }),
            (false, false) => json!({ "anyOf": [{ "enum": known }, leaf(one)] }),
        }
    }

    fn known(&self, refers: Refers, key: &str) -> Vec<String> {
        let Names { model, rules } = self.names;
        known(model, rules, refers, key, None).into_iter().map(|known| known.id).collect()
    }
}

/// Pattern of a language tag.
const TAG: &str = "^[a-z]{2,3}(-[A-Za-z0-9]+)*$";
/// Pattern of a plain date.
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";
/// Pattern of an offset.
const OFFSET: &str = "^ *(T|Z|P|[a-z0-9][a-z0-9-]*?) *([+-] *[0-9]{1,4} *(d|wd|w)?)? *$";

fn leaf(leaf: Leaf) -> Value {
    match leaf {
        Leaf::Text => json!({ "type": "string" }),
        Leaf::Translated => json!({ "anyOf": [
            { "type": "string" },
            { "type": "object", "patternProperties": { TAG: { "type": "string" } }, "additionalProperties": false },
        ] }),
        Leaf::Boolean => json!({ "type": "boolean" }),
        Leaf::Integer => json!({ "type": "integer" }),
        Leaf::Days => json!({ "type": "integer", "minimum": 0, "maximum": 999 }),
        Leaf::Number | Leaf::Share => json!({ "type": "number" }),
        Leaf::NumberOrWord => json!({ "type": ["number", "string"] }),
        Leaf::Quantity => json!({ "anyOf": [
            { "type": "number" },
            { "type": "string", "pattern": "^ *-?[0-9][0-9_]*([.][0-9]{1,4})? *(: *[0-9]+([.][0-9]+)?)? *$" },
        ] }),
        Leaf::Date => json!({ "type": "string", "format": "date", "pattern": DATE }),
        Leaf::Moment => {
            json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$" })
        }
        Leaf::Offset => json!({ "type": "string", "pattern": OFFSET }),
        Leaf::Due => json!({ "anyOf": [
            { "type": "string", "format": "date", "pattern": DATE },
            { "type": "string", "pattern": OFFSET },
        ] }),
        Leaf::Id => json!({ "type": "string", "pattern": "^[a-z0-9]([a-z0-9-]{0,98}[a-z0-9])?$" }),
    }
}
