//! What departments pass to each other, and who stands by while a campaign is live.

use crate::base::{Date, Due, Span, Spanned, Text};
use crate::shape;

shape! {
    /// `[[handover]]` as written (MIL-10).
    pub struct RawHandover {
        /// Department that gives.
        "from" from: required Spanned<String>,
        /// Department that takes.
        "to" to: required Spanned<String>,
        /// What is passed.
        "item" item: needed Text,
        /// When.
        "due" due: required Spanned<Due>,
        /// The milestone that waits for it.
        "node" node: optional Spanned<String>,
        /// When it was taken.
        "accepted" accepted: optional Spanned<Date>,
        /// Who took it.
        "accepted-by" accepted_by: optional Spanned<String>,
    }
}

shape! {
    /// `[squad]` as written (BUF-4).
    pub struct RawSquad {
        /// Number to call.
        "phone" phone: optional String,
        /// When it is reached.
        "cover" cover: optional Text,
        /// Person by role of the squad.
        "*" people: rest Spanned<String>,
    }
}

/// Something one department passes to another.
#[derive(Clone, Debug)]
pub struct Handover {
    /// Its header.
    pub span: Span,
    /// Department that gives; may name one that does not exist.
    pub from: Spanned<String>,
    /// Department that takes; may name one that does not exist.
    pub to: Spanned<String>,
    /// What is passed.
    pub item: Text,
    /// When.
    pub due: Date,
    /// `due` as written.
    pub due_written: Spanned<Due>,
    /// The milestone that waits for it; may name one that does not exist.
    pub node: Option<Spanned<String>>,
    /// When it was taken.
    pub accepted: Option<Spanned<Date>>,
    /// Who took it.
    pub accepted_by: Option<Spanned<String>>,
}

impl Handover {
    pub(crate) fn lower(raw: RawHandover, resolve: impl Fn(&Spanned<Due>) -> Option<Date>) -> Option<Self> {
        let written = raw.due?;
        Some(Self {
            span: raw.span,
            from: raw.from?,
            to: raw.to?,
            item: raw.item,
            due: resolve(&written)?,
            due_written: written,
            node: raw.node,
            accepted: raw.accepted,
            accepted_by: raw.accepted_by,
        })
    }
}

/// People who stand by while a campaign is live.
#[derive(Clone, Debug)]
pub struct Squad {
    /// Its header.
    pub span: Span,
    /// Number to call.
    pub phone: Option<String>,
    /// When it is reached.
    pub cover: Option<Text>,
    /// Role of the squad and person.
    pub people: Vec<(Spanned<String>, Spanned<String>)>,
}

impl Squad {
    pub(crate) fn lower(raw: RawSquad) -> Self {
        Self { span: raw.span, phone: raw.phone, cover: raw.cover, people: raw.people.0 }
    }
    /// Who has a role.
    pub fn person(&self, role: &str) -> Option<&Spanned<String>> {
        self.people.iter().find(|(r, _)| r.value == role).map(|(_, person)| person)
    }
}
