//! Wordings that several rules share.

use crate::base::{Diagnostic, Said, Span, words};
use crate::said;

/// Adds the nearest known name as an edit, else the names there are (the first few of many).
///
/// `quoted` when `span` covers a TOML string with its quotes.
pub(crate) fn did_you_mean<'a>(
    diagnostic: Diagnostic,
    word: &str,
    span: Span,
    quoted: bool,
    known: impl IntoIterator<Item = &'a str> + Clone,
    otherwise: Said,
) -> Diagnostic {
    match words::nearest(word, known) {
        Some(near) => {
            let text = if quoted { format!("\"{near}\"") } else { near.to_owned() };
            diagnostic.fix(said!("did you mean `{near}`?", "是否想写 `{near}`？"), span, text)
        }
        None => diagnostic.hint(otherwise),
    }
}
