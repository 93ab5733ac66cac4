//! Words every room speaks: spans, findings, dates, money, shares, texts. No I/O and no policy.

pub mod date;
pub mod diag;
pub mod fingerprint;
pub mod id;
pub mod moment;
pub mod money;
pub mod offset;
pub mod quantity;
pub mod rule;
pub mod share;
pub mod span;
pub mod text;
pub mod trouble;
pub mod words;

pub use date::{Date, DateRange, Weekday};
pub use diag::{Diagnostic, Edit, Found, Hint, Said, Severity, Subject};
pub use fingerprint::Fingerprint;
pub use id::Id;
pub use moment::Moment;
pub use money::{Currency, Money};
pub use offset::{Anchor, Due, Offset, Unit};
pub use quantity::Quantity;
pub use rule::{Example, Rule};
pub use share::Share;
pub use span::{FileId, Span, Spanned};
pub use text::{Lang, Text};
pub use trouble::{Trouble, trouble};
