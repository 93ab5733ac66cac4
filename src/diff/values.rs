//! Values before and after, as JSON and people want them.

use crate::base::{Currency, Money, Share};
use serde::{Serialize, Serializer};

/// A value on both sides; none where a side has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change<T> {
    /// Before the change.
    pub before: Option<T>,
    /// After it.
    pub after: Option<T>,
}

impl<T: PartialEq> Change<T> {
    /// The two values, where they differ.
    pub fn of(before: Option<T>, after: Option<T>) -> Option<Self> {
        (before != after).then_some(Self { before, after })
    }
}

/// An amount in its currency. In JSON a decimal as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sum {
    /// The amount.
    pub money: Money,
    /// Its currency.
    pub currency: Currency,
}

impl Sum {
    /// As sentences name it: `¥48,000`.
    pub fn words(self) -> String {
        self.currency.words(self.money)
    }
}

impl Serialize for Sum {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.money.plain(self.currency))
    }
}

/// A share. In JSON the number of percent as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Percent(pub Share);

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0.number())
    }
}
