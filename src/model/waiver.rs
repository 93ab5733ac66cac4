//! Waivers: a rule set aside for one thing, with reason, approver and expiry.

use crate::base::{Date, Found, Span, Spanned, Subject, Text};
use crate::shape;
use crate::sources::shape::Decode;
use crate::sources::toml::Table;

shape! {
    /// `[[waiver]]` as written.
    pub struct RawWaiver {
        /// Code of the rule.
        "rule" rule: required Spanned<String>,
        /// What it is for.
        "target" target: optional Spanned<String>,
        /// Why.
        "reason" reason: needed Text,
        /// Who approved it.
        "approver" approver: required Spanned<String>,
        /// Last day on which it holds.
        "expires" expires: required Spanned<Date>,
    }
}

/// A rule set aside for one thing until a day.
#[derive(Clone, Debug)]
pub struct Waiver {
    /// Where it is written.
    pub span: Span,
    /// Code of the rule.
    pub rule: Spanned<String>,
    /// What it covers: `campaigns/<id>` or `campaigns/<id>#<part>`.
    pub target: String,
    /// The words of the target, where written.
    pub target_span: Option<Span>,
    /// Whether it stands in a campaign's own file, where the target names a part of it.
    pub in_campaign: bool,
    /// Why.
    pub reason: Text,
    /// Who approved it; may name a person who does not exist.
    pub approver: Spanned<String>,
    /// Last day on which it holds.
    pub expires: Spanned<Date>,
}

impl Waiver {
    /// Whether it holds on a day.
    pub fn holds_on(&self, day: Date) -> bool {
        day <= self.expires.value
    }
}

/// Lowers a waiver. `home` is the campaign it stands in; in a policy file the target must be written.
pub(crate) fn lower(raw: RawWaiver, home: Option<&Subject>, found: &mut Found) -> Option<Waiver> {
    let target = match (home, &raw.target) {
        (Some(home), None) => home.to_string(),
        (Some(home), Some(part)) => format!("{home}#{}", part.value.trim_start_matches('#')),
        (None, Some(target)) => target.value.clone(),
        (None, None) => {
            let wanted = String::wanted();
            let (en, zh) = (&wanted.en, &wanted.zh);
            found.push(
                crate::base::Diagnostic::new(
                    &crate::sources::shape::MISSING_KEY,
                    raw.span,
                    crate::said!("`target` is missing", "缺少 `target`"),
                )
                .hint(crate::said!(
                    "add `target = \"campaigns/<id>\"`, {en}",
                    "请添加 `target = \"campaigns/<id>\"`，{zh}"
                )),
            );
            return None;
        }
    };
    Some(Waiver {
        span: raw.span,
        target_span: raw.target.as_ref().map(|t| t.span),
        in_campaign: home.is_some(),
        target,
        rule: raw.rule?,
        reason: raw.reason,
        approver: raw.approver?,
        expires: raw.expires?,
    })
}

/// The waivers of a policy file.
pub(crate) fn of_policy(table: &Table, found: &mut Found) -> Vec<Waiver> {
    let Some(value) = table.get("waiver") else { return Vec::new() };
    let raw = <Vec<RawWaiver> as Decode>::decode(value, found).unwrap_or_default();
    raw.into_iter().filter_map(|w| lower(w, None, found)).collect()
}
