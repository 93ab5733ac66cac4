//! What may be written at a place: keys of the table one stands in, words, names, dates and offsets.

use super::book::Book;
use super::place::{self, Held, Place, Spot, brace, held, place};
use crate::base::{Anchor, Date, Due, Offset, Text, Unit};
use crate::model::campaign::Campaign;
use crate::schema::{Kind, Refers, known};
use crate::sources::shape::{Form, Leaf, plain};
use std::ops::Range;

/// A suggestion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// What is shown.
    pub(super) label: String,
    /// What is written.
    pub(super) insert: String,
    /// A few words beside it.
    pub(super) detail: String,
    /// A sentence about it.
    pub(super) about: String,
    pub(super) kind: Sort,
}

/// What a suggestion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Key,
    Table,
    Word,
    Name,
    Date,
}

/// Suggestions, and the bytes they take the place of.
pub(super) struct Suggested {
    pub(super) items: Vec<Item>,
    pub(super) bytes: Range<usize>,
}

/// What may be written at a byte of a file.
pub(super) fn suggest(book: &mut Book, path: &str, at: usize, rules: &[&str], lang: &str) -> Option<Suggested> {
    let file = book.sources.find(path)?;
    let text = book.sources.text(file)?.to_owned();
    let at = text.floor_char_boundary(at.min(text.len()));
    // The campaign is read again where that is not done: its milestones are suggested with their dates.
    book.campaign(path);
    let campaign = of(book, path);
    let words = Words { book, campaign, rules, lang };
    if let Some(kind) = Kind::of(path)
        && let Some(place) = place(&text, kind.toml(&text), at)
    {
        return words.toml(kind, &place);
    }
    if path.starts_with("content/sops/") {
        let brace = brace(&text, at)?;
        return Some(Suggested { items: words.brace(&brace), bytes: brace.word });
    }
    None
}

/// The campaign of a file without reading it again.
pub(super) fn of<'b>(book: &'b Book, path: &str) -> Option<&'b Campaign> {
    let folder = Book::folder(path)?;
    match &book.fresh {
        Some((of, campaign)) if *of == folder => Some(campaign),
        _ => book.model.campaign(folder.trim_end_matches('/').rsplit('/').next()?),
    }
}

struct Words<'a> {
    book: &'a Book,
    campaign: Option<&'a Campaign>,
    rules: &'a [&'a str],
    lang: &'a str,
}

impl Words<'_> {
    fn toml(&self, kind: &Kind, place: &Place) -> Option<Suggested> {
        let bytes = place.word.clone();
        let items = match place.spot {
            Spot::Header => self.headers(kind),
            Spot::Key => {
                // A written key is looked for in the table that holds it.
                let depth = place.path.len() - usize::from(!place.word.is_empty()).min(place.path.len());
                let held = held(kind, &place.path[..depth]).or_else(|| held(kind, &place.path))?;
                let is_top = depth == 0;
                let mut items = self.keys(&held, &place.present);
                if is_top && place.present.iter().all(|key| place.path.first() != Some(key)) {
                    items.extend(self.headers(kind));
                }
                items
            }
            Spot::Value => self.values(&held(kind, &place.path)?, place.path.last()?),
        };
        Some(Suggested { items, bytes })
    }

    /// Keys that the table does not have yet.
    fn keys(&self, held: &Held, present: &[String]) -> Vec<Item> {
        let is_free = |key: &str| present.iter().all(|p| p != key);
        let key = |id: &str, detail: String, about: String| Item {
            label: id.to_owned(),
            insert: format!("{id} = "),
            detail,
            about,
            kind: Sort::Key,
        };
        let mut items = Vec::new();
        let names = match held.form.item() {
            Form::Record(shape) => {
                for field in shape.fields.iter().filter(|f| is_free(f.key)) {
                    if (field.form)().is_list_of_tables() {
                        continue;
                    }
                    let wanted = (field.wanted)();
                    items.push(key(field.key, wanted.in_lang(self.lang).to_owned(), plain(field.docs)));
                }
                crate::schema::refers::of_keys(shape.name, "*")
            }
            Form::Entries(_) => held.keys(),
            _ => None,
        };
        for name in names.map(|refers| self.known(refers, "")).unwrap_or_default() {
            if is_free(&name.id) {
                let quoted = if name.id.contains('/') { format!("\"{}\"", name.id) } else { name.id.clone() };
                items.push(Item {
                    insert: format!("{quoted} = "),
                    ..key(&name.id, self.text(&name.label), String::new())
                });
            }
        }
        items
    }

    /// Headers of tables.
    fn headers(&self, kind: &Kind) -> Vec<Item> {
        let mut items = Vec::new();
        tables(&(kind.form)(), "", &mut items);
        items
    }

    fn values(&self, held: &Held, key: &str) -> Vec<Item> {
        let quoted = |id: &str, detail: String, kind| Item {
            label: id.to_owned(),
            insert: format!("\"{id}\""),
            detail,
            about: String::new(),
            kind,
        };
        if let Some(refers) = held.refers() {
            let list = self.known(refers, key);
            return list.into_iter().map(|k| quoted(&k.id, self.text(&k.label), Sort::Name)).collect();
        }
        let bare = |text: &str, detail: String, kind| Item {
            label: text.to_owned(),
            insert: text.to_owned(),
            detail,
            about: String::new(),
            kind,
        };
        match held.form.item() {
            Form::Words(words) => words.iter().map(|(word, docs)| quoted(word, plain(docs), Sort::Word)).collect(),
            Form::Leaf(Leaf::Boolean) => ["true", "false"].map(|word| bare(word, String::new(), Sort::Word)).into(),
            Form::Leaf(Leaf::Date | Leaf::Moment) => self.dates(),
            Form::Leaf(Leaf::Due) => {
                let offsets = self.offsets().into_iter().map(|(id, detail)| quoted(&id, detail, Sort::Date));
                offsets.chain(self.dates()).collect()
            }
            Form::Leaf(Leaf::Offset) => {
                self.offsets().into_iter().map(|(id, detail)| quoted(&id, detail, Sort::Date)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Days that are near: that of judgement, those of the campaign.
    fn dates(&self) -> Vec<Item> {
        let chinese = self.lang.starts_with("zh");
        let one = |day: Date, en: &str, zh: &str| Item {
            label: day.to_string(),
            insert: day.to_string(),
            detail: if chinese { zh.to_owned() } else { en.to_owned() },
            about: String::new(),
            kind: Sort::Date,
        };
        let mut days = vec![one(self.book.model.as_of, "today", "今天")];
        if let Some(campaign) = self.campaign {
            days.extend(campaign.start.map(|day| one(day.value, "first day (T)", "首日（T）")));
            days.extend(campaign.end.map(|day| one(day.value, "last day (Z)", "末日（Z）")));
        }
        days
    }

    /// Offsets that are written often, and the campaign's milestones, each with its date where it has one.
    fn offsets(&self) -> Vec<(String, String)> {
        let anchors =
            ["T-28", "T-21", "T-14", "T-10", "T-7", "T-5wd", "T-3", "T-1", "T", "P", "P-3", "Z", "Z+1", "Z+3", "Z+7"];
        let nodes = self.known(Refers::Milestone, "");
        let with_date = |text: &str| {
            let offset = Offset::parse(text)?;
            self.day(&Due::At(offset))
        };
        let anchors = anchors.into_iter().map(|a| (a.to_owned(), with_date(a).unwrap_or_default()));
        let nodes = nodes.into_iter().map(|node| {
            let words = self.text(&node.label);
            let day = with_date(&node.id).map_or(String::new(), |day| format!("{day} "));
            (node.id, format!("{day}{words}"))
        });
        anchors.chain(nodes).collect()
    }

    /// The date of an offset in this campaign.
    fn day(&self, due: &Due) -> Option<String> {
        let campaign = self.campaign?;
        let day = campaign.schedule.as_ref()?.resolve(due, self.book.model.calendar_of(campaign))?;
        Some(day.to_string())
    }

    fn known(&self, refers: Refers, key: &str) -> Vec<crate::schema::Known> {
        known(&self.book.model, self.rules, refers, key, self.campaign)
    }

    fn brace(&self, brace: &place::Brace) -> Vec<Item> {
        let plain = |id: &str, insert: String, detail: String, kind| Item {
            label: id.to_owned(),
            insert,
            detail,
            about: String::new(),
            kind,
        };
        match brace.key.as_deref() {
            None => crate::model::sop::ATTRIBUTES
                .into_iter()
                .map(|key| {
                    let insert = if key == "must" { key.to_owned() } else { format!("{key}=") };
                    plain(key, insert, String::new(), Sort::Key)
                })
                .collect(),
            Some("role") => {
                let roles = self.known(Refers::Role, "");
                roles.into_iter().map(|k| plain(&k.id, k.id.clone(), self.text(&k.label), Sort::Name)).collect()
            }
            Some("group") => {
                let groups = self.book.model.policy.rows.groups.iter();
                groups.map(|(id, g)| plain(id, id.to_owned(), self.text(&g.name), Sort::Name)).collect()
            }
            Some("due") => {
                self.offsets().into_iter().map(|(id, detail)| plain(&id, id.clone(), detail, Sort::Date)).collect()
            }
            Some(_) => Vec::new(),
        }
    }

    fn text(&self, text: &Text) -> String {
        in_lang(text, self.lang)
    }
}

/// A text in the language of the editor, where it has it.
pub(super) fn in_lang(text: &Text, lang: &str) -> String {
    let wanted = text.by_lang.iter().find(|(tag, _)| tag.tag().starts_with(lang));
    let words = wanted.map(|(_, words)| words).or(text.plain.as_ref()).or_else(|| text.by_lang.values().next());
    words.cloned().unwrap_or_default()
}

fn tables(form: &Form, prefix: &str, items: &mut Vec<Item>) {
    let Some(shape) = form.shape() else { return };
    for field in shape.fields {
        let inner = (field.form)();
        let path = format!("{prefix}{}", field.key);
        let header = if inner.is_list_of_tables() {
            format!("[[{path}]]")
        } else if inner.is_table() {
            format!("[{path}]")
        } else {
            continue;
        };
        items.push(Item {
            label: header.clone(),
            insert: header,
            detail: String::new(),
            about: plain(field.docs),
            kind: Sort::Table,
        });
        if !inner.is_list_of_tables() {
            tables(&inner, &format!("{path}."), items);
        }
    }
}

/// Whether an offset is one that counts from another milestone, for the words of a hover.
pub(super) fn counted(offset: &Offset, chinese: bool) -> String {
    let unit = match (offset.unit, chinese) {
        (Unit::Days, false) => "days",
        (Unit::WorkingDays, false) => "working days",
        (Unit::Weeks, false) => "weeks",
        (Unit::Days, true) => "天",
        (Unit::WorkingDays, true) => "个工作日",
        (Unit::Weeks, true) => "周",
    };
    let from = match (&offset.anchor, chinese) {
        (Anchor::Start, false) => "T, the first day",
        (Anchor::End, false) => "Z, the last day",
        (Anchor::Promotion, false) => "P, the start of promotion",
        (Anchor::Start, true) => "T（首日）",
        (Anchor::End, true) => "Z（末日）",
        (Anchor::Promotion, true) => "P（推广开始）",
        (Anchor::Node(node), _) => node,
    };
    match (offset.amount, chinese) {
        (0, _) => from.to_owned(),
        (n, false) if n < 0 => format!("{} {unit} before {from}", -n),
        (n, false) => format!("{n} {unit} after {from}"),
        (n, true) if n < 0 => format!("{from} 之前 {} {unit}", -n),
        (n, true) => format!("{from} 之后 {n} {unit}"),
    }
}
