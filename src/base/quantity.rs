//! Measured values: decimals kept exactly, and the ratio notation `1:4`.

use serde::Serialize;
use std::fmt;

/// A value in its metric's own unit, in ten-thousandths: 4.0 is `40_000`. Exact, never a float.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Quantity(pub i64);

/// Reads a decimal literal as an integer count of `10^-places`; `None` when it is none or has more decimals.
pub(crate) fn decimal(text: &str, places: u32) -> Option<i128> {
    let (negative, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    let digits = digits.replace('_', "");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let plain = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !plain(whole) || !plain(fraction) || fraction.len() > places as usize {
        return None;
    }
    let mut value: i128 = whole.parse().ok()?;
    for place in 0..places as usize {
        let digit = fraction.as_bytes().get(place).map_or(0, |b| i128::from(b - b'0'));
        value = value.checked_mul(10)?.checked_add(digit)?;
    }
    Some(if negative { -value } else { value })
}

impl Quantity {
    /// Reads a decimal with at most four places, or a ratio `1:n`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let number = match text.split_once(':').or_else(|| text.split_once('：')) {
            Some((one, n)) if one.trim() == "1" => n.trim(),
            Some(_) => return None,
            None => text,
        };
        decimal(number, 4).and_then(|n| i64::try_from(n).ok()).map(Self)
    }

    /// A whole number.
    pub const fn whole(n: i64) -> Self {
        Self(n * 10_000)
    }

    /// `self / other` as a share; none when `other` is zero.
    pub fn share_of(self, other: Self) -> Option<super::Share> {
        super::Share::of(i128::from(self.0), i128::from(other.0))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, n) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let fraction = format!("{:04}", n % 10_000);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{sign}{}", n / 10_000),
            fraction => write!(f, "{sign}{}.{fraction}", n / 10_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_notations_of_a_ratio_store_one_decimal() {
        assert_eq!(Quantity::parse("1:4.2"), Quantity::parse("4.2"));
        assert_eq!(Quantity::parse("1：4").unwrap().to_string(), "4");
        assert_eq!(Quantity::parse("2:4"), None);
    }

    #[test]
    fn decimals_keep_every_digit() {
        assert_eq!(Quantity::parse("0.0001").unwrap().to_string(), "0.0001");
        assert_eq!(Quantity::parse("-12.50").unwrap().to_string(), "-12.5");
        assert_eq!(Quantity::parse("0.00001"), None);
        assert_eq!(Quantity::parse("nan"), None);
    }
}
