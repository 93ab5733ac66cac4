//! Exact money: minor units of an ISO 4217 currency, and division that adds up.

use super::Share;
use serde::{Serialize, Serializer};
use std::fmt;

/// A currency of ISO 4217.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// The currency with this code (`CNY`), if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        iso_currency::Currency::from_code(code).map(Self)
    }
    /// The three letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }
    /// Decimals of the minor unit: 2 for CNY, 0 for JPY.
    pub fn exponent(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }
    /// An amount as sentences name it: `¥48,000`, `SEK 48,000` where the sign is letters.
    pub fn words(self, amount: Money) -> String {
        let (sign, symbol) = (if amount.0 < 0 { "-" } else { "" }, self.symbol());
        let number = Money(amount.0.abs()).grouped(self);
        match symbol.chars().any(|c| c.is_ascii_alphabetic() || c == '¤') {
            true => format!("{sign}{} {number}", self.code()),
            false => format!("{sign}{symbol}{number}"),
        }
    }
    /// The sign used in prices: `¥`, `$`.
    pub fn symbol(self) -> String {
        self.0.symbol().to_string()
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.code())
    }
}

/// An amount in minor units (cents). The currency is the book's; see [`Currency`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Money(pub i128);

impl Money {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// More than any budget holds, and little enough that sums and shares of amounts never overflow.
    const MAX: i128 = 10_i128.pow(24);

    /// Reads a literal in major units with at most the currency's decimals: `1299.50`.
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        super::quantity::decimal(text, currency.exponent()).filter(|n| n.abs() <= Self::MAX).map(Self)
    }

    /// The amount in major units without sign of currency and without grouping: `1299.5` → `1299.50`, `480000`.
    pub fn plain(self, currency: Currency) -> String {
        self.format(currency, "")
    }

    /// The amount with thousands grouped by comma, decimals only where there are any: `480,000`, `1,299.50`.
    pub fn grouped(self, currency: Currency) -> String {
        self.format(currency, ",")
    }

    fn format(self, currency: Currency, separator: &str) -> String {
        let unit = 10_i128.pow(currency.exponent());
        let (sign, n) = (if self.0 < 0 { "-" } else { "" }, self.0.abs());
        let digits = (n / unit).to_string();
        let mut whole = String::new();
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                whole.push_str(separator);
            }
            whole.push(c);
        }
        match n % unit {
            0 => format!("{sign}{whole}"),
            part => format!("{sign}{whole}.{part:0width$}", width = currency.exponent() as usize),
        }
    }

    /// What share of `whole` this is; none when `whole` is zero.
    pub fn share_of(self, whole: Self) -> Option<Share> {
        Share::of(self.0, whole.0)
    }
}

impl std::ops::Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl std::ops::Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl std::iter::Sum for Money {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, |a, b| a + b)
    }
}

/// Shares that do not add up to the whole.
#[derive(Debug, PartialEq, Eq)]
pub struct Uneven {
    /// What they add up to.
    pub sum: Share,
}

impl fmt::Display for Uneven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the shares add up to {}, not 100 %", self.sum)
    }
}

/// Divides `total` by `shares`, down to the last minor unit.
///
/// `total` is not negative. Left-over units go to the largest remainders, earlier shares first, so the
/// parts always add up to `total`.
///
/// # Errors
/// [`Uneven`] when the shares do not add up to 10 000 basis points, or one of them is negative.
///
/// Source: Hamilton's largest-remainder method.
pub fn allocate(total: Money, shares: &[Share]) -> Result<Vec<Money>, Uneven> {
    let sum = Share(shares.iter().map(|s| s.0).sum());
    if sum != Share::WHOLE || shares.iter().any(|s| s.0 < 0) {
        return Err(Uneven { sum });
    }
    let whole = i128::from(Share::WHOLE.0);
    let exact = |s: &Share| total.0 * i128::from(s.0);
    let mut parts: Vec<Money> = shares.iter().map(|s| Money(exact(s).div_euclid(whole))).collect();
    let left = total - parts.iter().copied().sum();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(exact(&shares[i]).rem_euclid(whole)));
    for &i in order.iter().take(usize::try_from(left.0).unwrap_or(0)) {
        parts[i] = parts[i] + Money(1);
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cny() -> Currency {
        Currency::from_code("CNY").unwrap()
    }

    #[test]
    fn amounts_are_read_to_the_cent_and_no_further() {
        assert_eq!(Money::parse("1299.50", cny()), Some(Money(129_950)));
        assert_eq!(Money::parse("480_000", cny()), Some(Money(48_000_000)));
        assert_eq!(Money::parse("0.001", cny()), None);
        assert_eq!(Money::parse("5.5", Currency::from_code("JPY").unwrap()), None);
        assert_eq!(Money(123_456_750).grouped(cny()), "1,234,567.50");
        assert_eq!(Money(-48_000_000).grouped(cny()), "-480,000");
        assert_eq!(cny().words(Money(-48_000_050)), "-¥480,000.50");
        assert_eq!(Currency::from_code("SEK").unwrap().words(Money(100)), "SEK 1");
        assert_eq!(Money::parse(&"9".repeat(30), cny()), None);
    }

    #[test]
    fn one_cent_left_over_goes_to_the_largest_remainder() {
        let shares = [Share::percent(70), Share::percent(20), Share::percent(10)];
        assert_eq!(allocate(Money(101), &shares).unwrap(), [Money(71), Money(20), Money(10)]);
        assert_eq!(allocate(Money(99), &shares).unwrap(), [Money(69), Money(20), Money(10)]);
    }

    #[test]
    fn shares_short_of_the_whole_are_refused() {
        assert_eq!(allocate(Money(100), &[Share::percent(99)]), Err(Uneven { sum: Share::percent(99) }));
    }

    proptest! {
        #[test]
        fn parts_always_add_up_and_stay_within_one_unit(total in 0_i64..10_i64.pow(15), cuts in prop::collection::vec(0_i64..=10_000, 0..6)) {
            let mut cuts = cuts;
            cuts.extend([0, 10_000]);
            cuts.sort_unstable();
            let shares: Vec<Share> = cuts.windows(2).map(|w| Share(w[1] - w[0])).collect();
            let total = Money(i128::from(total));
            let parts = allocate(total, &shares).unwrap();
            prop_assert_eq!(parts.iter().copied().sum::<Money>(), total);
            for (part, share) in parts.iter().zip(&shares) {
                let exact = total.0 * i128::from(share.0);
                prop_assert!((part.0 * 10_000 - exact).abs() < 10_000);
            }
        }
    }
}
