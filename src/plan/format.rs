//! Dates, money, shares and quantities in the reader's words. Patterns are strings of the theme, never code.

use super::{Cx, Day};
use crate::base::{Date, DateRange, Money, Quantity, Share, Text};
use crate::policy::{Metric, MetricUnit};
use std::fmt::from_fn;

impl Cx<'_> {
    /// A date by a pattern of the string tables. Names are looked up only where the pattern has them.
    fn date_by(&self, pattern: &str, date: Date) -> String {
        let month = date.month();
        self.tf(
            pattern,
            &[
                ("year", &date.year()),
                ("month", &month),
                ("month-name", &from_fn(|f| f.write_str(self.month_name(month)))),
                ("month-short", &from_fn(|f| f.write_str(self.month_short(month)))),
                ("day", &date.day()),
                ("weekday", &from_fn(|f| f.write_str(self.weekday_long(date)))),
                ("weekday-short", &from_fn(|f| f.write_str(self.weekday(date)))),
            ],
        )
    }
    /// `15 September 2026`.
    pub fn date_long(&self, date: Date) -> String {
        self.date_by("date-long", date)
    }
    /// `15 Sep 2026`.
    pub fn date(&self, date: Date) -> String {
        self.date_by("date", date)
    }
    /// `15 Sep`.
    pub fn date_short(&self, date: Date) -> String {
        self.date_by("date-short", date)
    }
    /// `Tuesday, 15 September 2026`.
    pub fn date_full(&self, date: Date) -> String {
        self.date_by("date-full", date)
    }
    /// `September 2026`.
    pub fn month(&self, date: Date) -> String {
        self.date_by("date-month", date)
    }
    /// `Sep`.
    pub fn month_short(&self, month: u8) -> &str {
        self.t(&format!("month-short-{month}"))
    }
    /// `September`.
    pub fn month_name(&self, month: u8) -> &str {
        self.t(&format!("month-{month}"))
    }
    /// `Tue`.
    pub fn weekday(&self, date: Date) -> &str {
        self.t(&format!("weekday-short-{}", date.weekday().index() + 1))
    }
    /// `Tuesday`.
    pub fn weekday_long(&self, date: Date) -> &str {
        self.t(&format!("weekday-{}", date.weekday().index() + 1))
    }
    /// A day with everything a template shows of it.
    pub fn day(&self, date: Date) -> Day {
        Day {
            iso: date.to_string(),
            text: self.date(date),
            short: self.date_short(date),
            weekday: self.weekday(date).to_owned(),
        }
    }
    /// `15–20 Sep 2026`, as short as it can be.
    pub fn range(&self, range: DateRange) -> String {
        let (a, b) = (range.first, range.last);
        if a == b {
            return self.date(a);
        }
        let pattern = match (a.year() == b.year(), a.month() == b.month()) {
            (true, true) => "range-in-month",
            (true, false) => "range-in-year",
            _ => "range",
        };
        self.range_by(pattern, a, b)
    }
    /// `15–20 Sep`: without the year, where it is plain from the place.
    pub fn range_short(&self, range: DateRange) -> String {
        let (a, b) = (range.first, range.last);
        if a == b {
            return self.date_short(a);
        }
        self.range_by(if a.month() == b.month() { "range-short-in-month" } else { "range-short" }, a, b)
    }
    fn range_by(&self, pattern: &str, a: Date, b: Date) -> String {
        self.tf(
            pattern,
            &[
                ("from", &from_fn(|f| f.write_str(&self.date(a)))),
                ("to", &from_fn(|f| f.write_str(&self.date(b)))),
                ("from-short", &from_fn(|f| f.write_str(&self.date_short(a)))),
                ("to-short", &from_fn(|f| f.write_str(&self.date_short(b)))),
                ("from-day", &a.day()),
                ("to-day", &b.day()),
            ],
        )
    }
    /// How far a day is from today: `today`, `in 3 days`, `2 days ago`.
    pub fn distance(&self, date: Date) -> String {
        match self.today().until(date) {
            0 => self.t("distance-today").to_owned(),
            1 => self.t("distance-tomorrow").to_owned(),
            -1 => self.t("distance-yesterday").to_owned(),
            n if n > 0 => self.count("distance-ahead", n),
            n => self.count("distance-ago", -n),
        }
    }

    /// An amount with the sign of its currency: `¥480,000`. The currency is the book's.
    pub fn money(&self, amount: Money) -> String {
        self.money_in(amount, self.model().settings.currency)
    }
    /// An amount of another currency.
    pub fn money_in(&self, amount: Money, currency: crate::base::Currency) -> String {
        self.signed(amount, &amount_of(amount).grouped(currency), currency)
    }
    /// An amount short enough for a chart: `¥1.2m`, `¥480k`; rounded half up to one decimal.
    pub fn money_short(&self, amount: Money) -> String {
        let currency = self.model().settings.currency;
        let unit = 10_i128.pow(currency.exponent());
        let n = amount.0.abs();
        for scale in self.t("money-scales").split_whitespace() {
            let Some((size, sign)) = scale.split_once(':') else { continue };
            let Ok(size) = size.parse::<i128>() else { continue };
            let whole = size * unit;
            if n >= whole {
                let tenths = (n * 10 + whole / 2) / whole;
                let digits = match tenths % 10 {
                    0 => format!("{}{sign}", tenths / 10),
                    part => format!("{}.{part}{sign}", tenths / 10),
                };
                return self.signed(amount, &digits, currency);
            }
        }
        self.money(amount)
    }
    fn signed(&self, amount: Money, digits: &str, currency: crate::base::Currency) -> String {
        let symbol = currency.symbol();
        self.tf(if amount.0 < 0 { "money-negative" } else { "money" }, &[("symbol", &symbol), ("amount", &digits)])
    }
    /// `70%`, `12.5%`.
    pub fn percent(&self, share: Share) -> String {
        self.tf("percent", &[("n", &share.number())])
    }
    /// A share to the nearest tenth of a percent, for text beside a bar.
    pub fn percent_short(&self, share: Share) -> String {
        let rounded = Share((share.0 + 5 * share.0.signum()) / 10 * 10);
        self.percent(rounded)
    }
    /// `+3.5 pp`, `−2 pp`, `0 pp`: a difference of shares, to the nearest tenth of a point, halves to zero: beside a
    /// share of 19.95 %, shown as 20 %, stands no −0.1 pp.
    pub fn points(&self, difference: Share) -> String {
        let tenths = (difference.0.abs() + 4) / 10;
        let digits = Share(tenths * 10).number();
        let digits = self.tf("unit-points", &[("n", &digits)]);
        match difference.0.signum() {
            _ if tenths == 0 => digits,
            1 => format!("+{digits}"),
            _ => format!("−{digits}"),
        }
    }
    /// `+3.5%`, `−2%`: a change.
    pub fn percent_signed(&self, share: Share) -> String {
        let digits = self.percent(Share(share.0.abs()));
        match share.0 {
            0 => digits,
            n if n > 0 => format!("+{digits}"),
            _ => format!("−{digits}"),
        }
    }
    /// A measured or wanted value with its unit.
    pub fn quantity(&self, value: Quantity, unit: MetricUnit) -> String {
        match unit {
            MetricUnit::Money => {
                let currency = self.model().settings.currency;
                let minor = i128::from(value.0) * 10_i128.pow(currency.exponent()) / 10_000;
                self.money(Money(minor))
            }
            unit => {
                let number = grouped(&value.to_string());
                self.tf(&format!("unit-{}", unit.word()), &[("n", &number)])
            }
        }
    }
    /// A value of a metric that policy may not know.
    pub fn measured(&self, value: Quantity, metric: Option<&Metric>) -> String {
        let unit = metric.and_then(|m| m.unit);
        unit.map_or_else(|| grouped(&value.to_string()), |unit| self.quantity(value, unit))
    }
    /// The name of a row of policy, else its id.
    pub fn named(&self, name: Option<&Text>, id: &str) -> super::Words {
        name.map_or_else(|| id.into(), |name| self.words(name))
    }
}

fn amount_of(amount: Money) -> Money {
    Money(amount.0.abs())
}

/// Thousands grouped by comma.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("−", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = sign.to_owned();
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}
