//! Shares of a whole in basis points: no floats.

use serde::Serialize;
use std::fmt;

/// A share in basis points: 10 000 is the whole, 50 is half a percent. May be negative as a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Share(pub i64);

impl Share {
    /// The whole.
    pub const WHOLE: Self = Self(10_000);

    /// Whole percents.
    pub const fn percent(percent: i64) -> Self {
        Self(percent * 100)
    }

    /// Reads a percent literal with at most two decimals: `70`, `0.5`, `-3.25`.
    pub fn parse_percent(text: &str) -> Option<Self> {
        super::quantity::decimal(text, 2).and_then(|n| i64::try_from(n).ok()).map(Self)
    }

    /// `part` of `whole`, rounded half away from zero to a basis point; none when `whole` is zero.
    pub fn of(part: i128, whole: i128) -> Option<Self> {
        if whole == 0 {
            return None;
        }
        let scaled = part.checked_mul(20_000)?;
        let rounded = (scaled + scaled.signum() * whole.abs()) / (2 * whole.abs());
        i64::try_from(rounded * whole.signum()).ok().map(Self)
    }

    /// Distance between two shares, never negative.
    #[must_use]
    pub fn distance(self, other: Self) -> Self {
        Self((self.0 - other.0).abs())
    }

    /// The number of percent without the sign `%`: `70`, `0.5`.
    pub fn number(self) -> String {
        let (sign, n) = (if self.0 < 0 { "-" } else { "" }, self.0.abs());
        match (n / 100, n % 100) {
            (whole, 0) => format!("{sign}{whole}"),
            (whole, part) if part % 10 == 0 => format!("{sign}{whole}.{}", part / 10),
            (whole, part) => format!("{sign}{whole}.{part:02}"),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.number())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percents_are_read_and_printed_exactly() {
        for text in ["70", "0.5", "12.25", "-3.1"] {
            assert_eq!(Share::parse_percent(text).unwrap().number(), text);
        }
        assert_eq!(Share::parse_percent("0.125"), None);
    }

    #[test]
    fn a_third_is_rounded_to_a_basis_point() {
        assert_eq!(Share::of(1, 3), Some(Share(3333)));
        assert_eq!(Share::of(2, 3), Some(Share(6667)));
        assert_eq!(Share::of(-1, 3), Some(Share(-3333)));
        assert_eq!(Share::of(1, 0), None);
    }
}
