//! What a value may be, as data: from it come schemas for editors, completion and the words of a hover.

use super::Field;

/// What may stand in the place of a value.
#[derive(Clone, Debug)]
pub enum Form {
    /// A single value.
    Leaf(Leaf),
    /// One of these words; each with its documentation.
    Words(&'static [(&'static str, &'static str)]),
    /// A list, each item of a form.
    List(Box<Form>),
    /// A table whose keys are free.
    Entries(Box<Form>),
    /// A table with known keys.
    Record(Shape),
}

/// A single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaf {
    /// Any string.
    Text,
    /// A string, or a table of strings by language.
    Translated,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A whole number of days, 0 to 999.
    Days,
    /// A number.
    Number,
    /// A number, a ratio or a word.
    NumberOrWord,
    /// Percent.
    Share,
    /// A number with at most four decimals, or a ratio.
    Quantity,
    /// A date.
    Date,
    /// A date, perhaps with a local time.
    Moment,
    /// An offset.
    Offset,
    /// A date or an offset.
    Due,
    /// An id.
    Id,
}

/// A record as data.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Name of its type: unique, and no word of authors.
    pub name: &'static str,
    /// Its documentation.
    pub docs: &'static str,
    /// Its keys in order of declaration.
    pub fields: &'static [Field],
    /// What stands under all other keys, where other keys are allowed.
    pub rest: Option<fn() -> Form>,
}

impl Shape {
    /// The key, if the record has it.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.key == key)
    }
}

impl Form {
    /// What stands under a key of this form, seen through lists.
    pub fn under(&self, key: &str) -> Option<Self> {
        match self {
            Self::List(inner) => inner.under(key),
            Self::Entries(inner) => Some((**inner).clone()),
            Self::Record(shape) => match shape.field(key) {
                Some(field) => Some((field.form)()),
                None => shape.rest.map(|rest| rest()),
            },
            Self::Leaf(_) | Self::Words(_) => None,
        }
    }
    /// The form of an item, of a list of lists too; else itself.
    pub fn item(&self) -> &Self {
        match self {
            Self::List(inner) => inner.item(),
            other => other,
        }
    }
    /// The record, seen through lists.
    pub fn shape(&self) -> Option<Shape> {
        match self.item() {
            Self::Record(shape) => Some(*shape),
            _ => None,
        }
    }
    /// Whether it is written as `[[key]]`.
    pub fn is_list_of_tables(&self) -> bool {
        matches!(self, Self::List(inner) if matches!(**inner, Self::Record(_)))
    }
    /// Whether it is written as `[key]`.
    pub fn is_table(&self) -> bool {
        matches!(self, Self::Record(_) | Self::Entries(_))
    }
}

/// A doc comment as plain words: without the space that begins each of its lines.
pub fn plain(docs: &str) -> String {
    let lines: Vec<&str> = docs.trim().lines().map(str::trim).collect();
    lines.join(" ")
}
