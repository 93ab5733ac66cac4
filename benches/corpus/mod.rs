//! A playbook of any size, made anew each time and always the same: campaigns with plans, procedures, results, reviews,
//! money and goals over many years, in English and Chinese. For benches, for stories about size, and for looking at.
//!
//! `cargo run --release --example corpus -- /tmp/corpus 3000 10` writes one to disk. It has no errors, and few warnings.
#![allow(
    clippy::unwrap_used,
    dead_code,
    missing_docs,
    unreachable_pub,
    reason = "shared by benches, stories and an example"
)]

mod campaign;
mod folk;
mod results;
mod review;
mod sops;
mod words;
mod year;

use campaign_playbook::base::Date;
use std::collections::BTreeMap;

pub type Files = BTreeMap<String, Vec<u8>>;

/// How large a playbook is.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Campaigns in all years together, spread evenly.
    pub campaigns: usize,
    /// Years, the last one being that of [`AS_OF`].
    pub years: usize,
    /// Of the last months of the last year so many have twenty-four more.
    pub dense: usize,
}

/// The day a playbook is looked at: what lies before it is done, what lies behind it is planned.
pub const AS_OF: &str = "2026-09-17";
fn today() -> Date {
    Date::parse(AS_OF).unwrap()
}

impl Shape {
    pub fn new(campaigns: usize, years: usize) -> Self {
        Self { campaigns, years, dense: 0 }
    }
    /// A small playbook with all that a large one has: ten years, and some months as full as those of 3,000 campaigns.
    pub fn small(dense: usize) -> Self {
        Self { campaigns: 60, years: 10, dense }
    }
    /// How many campaigns begin in each month.
    fn months(&self) -> Vec<usize> {
        let months = self.years * 12;
        let until = |month: usize| (month * self.campaigns).div_ceil(months);
        let is_dense = |month: usize| month + 2 < months && month + 2 + self.dense >= months;
        (0..months).map(|month| until(month + 1) - until(month) + if is_dense(month) { 24 } else { 0 }).collect()
    }
    fn first_year(&self) -> i16 {
        today().year() + 1 - i16::try_from(self.years).unwrap()
    }
    fn all_years(&self) -> impl Iterator<Item = i16> + use<> {
        self.first_year()..=today().year()
    }
}

/// Every file of a playbook of this shape.
pub fn files(shape: Shape) -> Files {
    let mut files = Files::new();
    let mut put = |path: String, text: String| {
        files.insert(path, text.into_bytes());
    };
    put("playbook.toml".into(), words::settings());
    folk::write(&mut put);
    sops::write(&mut put);
    let plans = campaign::all(shape);
    year::write(&shape, &plans, &mut put);
    for plan in &plans {
        let folder = format!("content/campaigns/{}", plan.id);
        put(format!("{folder}/campaign.toml"), campaign::toml(plan, &plans));
        let (en, zh) = words::brief(plan);
        put(format!("{folder}/brief.md"), en);
        put(format!("{folder}/brief.zh-Hans.md"), zh);
        put(format!("{folder}/results.toml"), results::toml(plan, today()));
        if let Some((en, zh)) = review::of(plan, &plans, today()) {
            put(format!("{folder}/postmortem.md"), en);
            put(format!("{folder}/postmortem.zh-Hans.md"), zh);
        }
    }
    files
}

/// A number that depends on nothing but what it is asked for (splitmix64).
fn pick(of: usize, why: &str, below: usize) -> usize {
    let mut x =
        why.bytes().fold(of as u64 ^ 0x9e37_79b9_7f4a_7c15, |x, b| (x ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    usize::try_from((x ^ (x >> 31)) % below.max(1) as u64).unwrap()
}

/// Words in two languages.
type Two<'a> = (&'a str, &'a str);

/// `{ en = "…", zh-Hans = "…" }`.
fn both(en: &str, zh: &str) -> String {
    format!("{{ en = \"{en}\", zh-Hans = \"{zh}\" }}")
}

/// Whether nobody works on this day: weekends and the feasts of `words::FEASTS`.
fn is_off(day: Date) -> bool {
    let here = (day.month(), day.day());
    day.weekday().index() > 4 || words::FEASTS.iter().any(|f| f.from <= here && here <= f.to)
}
/// The last working day up to this one.
fn workday(mut day: Date) -> Date {
    while is_off(day) {
        day = day.plus(-1);
    }
    day
}
/// The first working day from this one on.
fn workday_from(mut day: Date) -> Date {
    while is_off(day) {
        day = day.plus(1);
    }
    day
}
