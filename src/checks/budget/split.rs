//! `budget/split`: shares of an axis that stray from their preset.

use super::{Check, Year, binds_campaign, binds_programme, cuts, largest, presets, sound_total};
use crate::base::{Currency, Diagnostic, Found, Money, Said, Severity, Share, Subject, money, words};
use crate::checks::words::share as percent;
use crate::model::Model;
use crate::model::budget::{Budget, Line};
use crate::policy::{Axis, Preset};
use crate::{rule, said};

rule! {
    /// A budget strays from the target shares of a preset, by default 70/20/10.
    ///
    /// ## Why
    /// The core carries the campaign, the reserve its emergencies, and the last tenth its experiments (BUD-1). A budget that is all
    /// core has nothing left when a server fails; one without experiments learns nothing. The plan is judged, not the spending.
    /// Presets, tolerances and the levels they apply to are policy; what is not tagged is counted for no bucket and against none (BUD-20, X-28).
    ///
    /// ## Example
    /// ```toml,reports
    /// [budget]
    /// total = 480000
    ///
    /// [[budget.line]]
    /// name = "Livestream and media"
    /// amount = 288000
    /// purpose = "core"
    ///
    /// [[budget.line]]
    /// name = "Emergency reserve"
    /// amount = 144000
    /// purpose = "reserve"
    ///
    /// [[budget.line]]
    /// name = "Experiment"
    /// amount = 48000
    /// purpose = "innovation"
    /// ```
    /// ```toml,passes
    /// [budget]
    /// total = 480000
    ///
    /// [[budget.line]]
    /// name = "Livestream and media"
    /// amount = 336000
    /// purpose = "core"
    ///
    /// [[budget.line]]
    /// name = "Emergency reserve"
    /// amount = 96000
    /// purpose = "reserve"
    ///
    /// [[budget.line]]
    /// name = "Experiment"
    /// amount = 48000
    /// purpose = "innovation"
    /// ```
    pub(crate) static RULE = "budget/split", Error, ["BUD-1", "BUD-20", "X-28"],
    zh: "预算偏离预设的目标占比（默认 70/20/10）。\n\n核心预算支撑活动，储备应对突发，最后一成用于实验（BUD-1）。全是核心的预算，服务器一出故障就无钱可用；没有实验的预算学不到东西。这里只看计划，不看支出。预设、容差和适用层级都是政策；没有标签的钱既不算进也不算出（BUD-20、X-28）。",
}

pub(super) static CHECK: Check = Check::whole(&RULE, find);

fn find(model: &Model, found: &mut Found) {
    for (id, preset) in presets(model) {
        let Some(axis) = preset.axis.as_ref() else { continue };
        let Some(row) = model.policy.rows.axes.find(&axis.value) else { continue };
        let split = Split { id, preset, axis: axis.value.as_str(), row };
        for campaign in model.held().filter(|c| binds_campaign(preset, c)) {
            let Some(budget) = campaign.budget.as_ref() else { continue };
            let Some(total) = sound_total(budget).filter(|_| cuts(preset, budget.lines.iter())) else { continue };
            let pool = split.pool(total, budget.lines.iter());
            found.extend(split.judge(&pool, budget).map(|d| d.about(campaign.subject())));
        }
        if !binds_programme(preset) {
            continue;
        }
        for programme in &model.programmes {
            let Some(year) = Year::of(model, programme).filter(|y| y.is_sound && y.is_allotted()) else { continue };
            let lines = || year.campaigns.iter().flat_map(|(_, b)| &b.lines).chain(&year.own.lines);
            if cuts(preset, lines()) && split.strays_by_itself(&year) {
                let lines = lines();
                let pool = split.pool(year.sum(), lines);
                let subject = Subject::programme(programme.id.as_str());
                found.extend(split.judge(&pool, year.own).map(|d| d.about(subject)));
            }
        }
    }
}

/// A preset and the axis it cuts.
struct Split<'a> {
    id: &'a str,
    preset: &'a Preset,
    axis: &'a str,
    row: &'a Axis,
}

/// Money along an axis.
struct Pool<'a> {
    total: Money,
    /// By value of the axis, in the order of policy.
    values: Vec<(&'a str, Money)>,
    /// Money without a tag, or with one that the axis does not have: it may belong to any value.
    open: Money,
}

/// A bucket that is off.
struct Stray<'a> {
    bucket: &'a str,
    planned: Money,
    /// The money that would be exact, and the share that is wanted.
    target: Money,
    wanted: Share,
    /// Ten thousand times the money it is off, counted with all open money where it is under.
    off: i128,
    /// Whether policy gives a least share only.
    least: bool,
    missing: bool,
    weight: Severity,
}

impl Pool<'_> {
    fn of(&self, value: &str) -> Money {
        self.values.iter().find(|(v, _)| *v == value).map_or(Money::ZERO, |(_, m)| *m)
    }
}

impl<'a> Split<'a> {
    fn pool<'l>(&self, total: Money, lines: impl Iterator<Item = &'l Line>) -> Pool<'a> {
        let mut values: Vec<(&str, Money)> = self.row.values.keys().map(|v| (v, Money::ZERO)).collect();
        let mut open = Money::ZERO;
        for line in lines {
            let tag = line.tag(self.axis).map(|t| t.value.as_str());
            match values.iter_mut().find(|(v, _)| Some(*v) == tag) {
                Some((_, sum)) => *sum = *sum + line.amount.value,
                None => open = open + line.amount.value,
            }
        }
        Pool { total, values, open }
    }

    /// Exact amounts for the preset's shares of a total, in their order; none when the shares are no whole.
    fn targets(&self, total: Money) -> Option<Vec<(&'a str, Share, Money)>> {
        let shares: Vec<(&str, Share)> = self.preset.shares.iter().map(|(v, s)| (v, s.value)).collect();
        if shares.is_empty() {
            return Some(Vec::new());
        }
        let amounts = money::allocate(total, &shares.iter().map(|(_, s)| *s).collect::<Vec<_>>()).ok()?;
        Some(shares.into_iter().zip(amounts).map(|((v, s), m)| (v, s, m)).collect())
    }

    fn strays(&self, pool: &Pool<'_>) -> Vec<Stray<'a>> {
        let Some(targets) = self.targets(pool.total).filter(|_| pool.total > Money::ZERO) else { return Vec::new() };
        let whole = i128::from(Share::WHOLE.0);
        let least = self.preset.least.iter().map(|(v, s)| {
            let exact = pool.total.0 * i128::from(s.value.0);
            (v, s.value, Money((exact + whole - 1) / whole), true)
        });
        let all = targets.into_iter().map(|(v, s, m)| (v, s, m, false)).chain(least);
        all.filter_map(|(bucket, wanted, target, least)| {
            let planned = pool.of(bucket);
            let exact = pool.total.0 * i128::from(wanted.0);
            let (low, high) = (planned.0 * whole, (planned + pool.open).0 * whole);
            let off = match () {
                () if low > exact && !least => low - exact,
                () if high < exact => high - exact,
                () => return None,
            };
            let beyond = |limit: Option<Share>| limit.is_some_and(|l| off.abs() > pool.total.0 * i128::from(l.0));
            let missing = planned + pool.open == Money::ZERO;
            let error = self.preset.error_above;
            let weight = match () {
                () if beyond(error) || (missing && error.is_some()) => Severity::Error,
                // A difference within the smallest coin is rounding.
                () if beyond(self.preset.warn_above.or(Some(Share(0)))) && off.abs() > whole => Severity::Warning,
                () => return None,
            };
            Some(Stray { bucket, planned, target, wanted, off, least, missing, weight })
        })
        .collect()
    }

    /// Whether a year strays even when every campaign that is reported on its own were mended.
    fn strays_by_itself(&self, year: &Year<'_>) -> bool {
        let mut pool = self.pool(year.sum(), year.own.lines.iter());
        for (campaign, budget) in &year.campaigns {
            let own = self.pool(budget.sum(), budget.lines.iter());
            let is_judged = campaign.called_off.is_none() && binds_campaign(self.preset, campaign);
            let mended = match is_judged && !self.strays(&own).is_empty() {
                true => self.targets(own.total).filter(|t| !t.is_empty()),
                false => None,
            };
            for (value, sum) in &mut pool.values {
                let part = match &mended {
                    Some(targets) => targets.iter().find(|(v, ..)| v == value).map_or(Money::ZERO, |(_, _, m)| *m),
                    None => own.of(value),
                };
                *sum = *sum + part;
            }
            if mended.is_none() {
                pool.open = pool.open + own.open;
            }
        }
        !self.strays(&pool).is_empty()
    }

    /// One finding for everything that is off; `own` are the lines that the finding may point at and change.
    fn judge(&self, pool: &Pool<'_>, own: &Budget) -> Option<Diagnostic> {
        let strays = self.strays(pool);
        let weight = strays.iter().map(|s| s.weight).max()?;
        // A missing bucket first, then the one that is furthest off, the first of equals.
        let rank = |s: &Stray<'_>| (s.missing, s.off.abs());
        let most = strays.iter().reduce(|a, b| if rank(b) > rank(a) { b } else { a })?;
        let currency = own.currency.value;
        let home = own.total.map_or(own.span, |t| t.span);
        let span = match (most.missing, self.line_of(most.bucket, own)) {
            (true, _) => own.span,
            (false, Some(line)) => line.amount.span,
            (false, None) => home,
        };
        let mut diagnostic = Diagnostic::new(&RULE, span, join(strays.iter().map(|s| s.said(pool)), "; ", "；"));
        diagnostic = diagnostic.severity(weight);
        for stray in &strays {
            let line = self.line_of(stray.bucket, own).filter(|l| l.amount.span != span);
            if let Some(line) = line {
                diagnostic = diagnostic.label(line.amount.span, stray.in_money(currency));
            }
        }
        if home != span {
            diagnostic = diagnostic.label(home, self.wants());
        }
        for (value, share) in self.preset.least.iter() {
            if let Some(stray) = strays.iter().find(|s| s.least && s.bucket == value) {
                let [more, all] = [stray.target - stray.planned, stray.target].map(|m| currency.words(m));
                let Said { en: least, zh: least_zh } = percent(share.value);
                let axis = self.axis;
                diagnostic = diagnostic.hint(said!(
                    "`{axis}` wants {all} with `{value}`, {least} of the total: move {more} there, or add a line of it",
                    "`{axis}` 中 `{value}` 至少要有 {all}，即总额的 {least_zh}：请移入 {more}，或为它加一行"
                ));
            }
        }
        match strays.iter().any(|s| !s.least) {
            true => self.advise(diagnostic, pool, own),
            false => Some(diagnostic),
        }
    }

    /// The line of a bucket with the most money.
    fn line_of<'b>(&self, bucket: &str, own: &'b Budget) -> Option<&'b Line> {
        largest(own.lines.iter().filter(|l| l.tag(self.axis).is_some_and(|t| t.value == bucket)))
    }

    /// What the preset wants, by name: several presets may check one budget (X-2).
    fn wants(&self) -> Said {
        let (id, (name_en, name_zh)) = (self.id, self.preset.name.both());
        let shares = self.preset.shares.iter().map(|(v, s)| (v, s.value, false));
        let least = self.preset.least.iter().map(|(v, s)| (v, s.value, true));
        let parts = shares.chain(least).map(|(value, share, least)| {
            let Said { en, zh } = percent(share);
            match least {
                false => said!("{value} {en}", "{value} {zh}"),
                true => said!("{value} at least {en}", "{value} 至少 {zh}"),
            }
        });
        let Said { en, zh } = join(parts, ", ", "、");
        said!("preset `{id}`, {name_en}: {en}", "预设 `{id}`，{name_zh}：{zh}")
    }

    /// Adds what to move where, and which amounts to write.
    fn advise(&self, diagnostic: Diagnostic, pool: &Pool<'_>, own: &Budget) -> Option<Diagnostic> {
        let targets = self.targets(pool.total)?;
        let currency = own.currency.value;
        let target = |value: &str| targets.iter().find(|(v, ..)| *v == value).map_or(Money::ZERO, |(_, _, m)| *m);
        let deltas: Vec<(&str, Money)> = pool.values.iter().map(|(v, m)| (*v, target(v) - *m)).collect();
        let moves = moves(&deltas, currency);
        let amounts = targets.iter().map(|(v, _, m)| {
            let m = currency.words(*m);
            said!("{v} {m}", "{v} {m}")
        });
        let Said { en, zh } = join(amounts, ", ", "、");
        let Said { en: move_en, zh: move_zh } = moves;
        let mut diagnostic = diagnostic.hint(said!("{move_en}: {en}", "{move_zh}：{zh}"));
        for (value, _, amount) in targets.iter().filter(|(v, _, m)| self.line_of(v, own).is_none() && *m > Money::ZERO)
        {
            if pool.of(value) == Money::ZERO && pool.open == Money::ZERO {
                let (axis, amount) = (self.axis, currency.words(*amount));
                diagnostic = diagnostic.hint(said!(
                    "add a `[[budget.line]]` of {amount} with `{axis} = \"{value}\"`",
                    "请添加 {amount} 的 `[[budget.line]]`，写上 `{axis} = \"{value}\"`"
                ));
            }
        }
        for (line, amount) in self.changes(&deltas, own).filter(|_| pool.open == Money::ZERO).unwrap_or_default() {
            let ((en, zh), words) = (line.name.both(), currency.words(amount));
            diagnostic = diagnostic.fix(
                said!("change `{en}` to {words}", "把 `{zh}` 改为 {words}"),
                line.amount.span,
                amount.plain(currency),
            );
        }
        Some(diagnostic.one_change())
    }

    /// One line for each bucket that changes, with its new amount; none unless each has a line that can bear it.
    fn changes<'b>(&self, deltas: &[(&str, Money)], own: &'b Budget) -> Option<Vec<(&'b Line, Money)>> {
        let changed = deltas.iter().filter(|(_, delta)| *delta != Money::ZERO);
        changed
            .map(|(bucket, delta)| {
                let line = self.line_of(bucket, own)?;
                let amount = line.amount.value + *delta;
                (amount > Money::ZERO).then_some((line, amount))
            })
            .collect()
    }
}

impl Stray<'_> {
    /// "core is 60 %, 10 points under 70 %".
    fn said(&self, pool: &Pool<'_>) -> Said {
        let (bucket, Said { en: wanted, zh: wanted_zh }) = (self.bucket, percent(self.wanted));
        if self.missing {
            return match self.least {
                true => said!("{bucket} is missing, wanted at least {wanted}", "缺少 {bucket}，应至少 {wanted_zh}"),
                false => said!("{bucket} is missing, wanted {wanted}", "缺少 {bucket}，应为 {wanted_zh}"),
            };
        }
        let open = pool.open > Money::ZERO;
        let held = if self.off > 0 { self.planned } else { self.planned + pool.open };
        let is = held.share_of(pool.total).unwrap_or_default();
        let points = is.distance(self.wanted).number();
        let Said { en: is, zh: is_zh } = percent(is);
        let unit = if points == "1" { "point" } else { "points" };
        match (self.off > 0, open) {
            (true, false) => said!(
                "{bucket} is {is}, {points} {unit} over {wanted}",
                "{bucket} 占 {is_zh}，比 {wanted_zh} 高 {points} 个百分点"
            ),
            (true, true) => said!(
                "{bucket} is at least {is}, {points} {unit} over {wanted}",
                "{bucket} 至少占 {is_zh}，比 {wanted_zh} 高 {points} 个百分点"
            ),
            (false, false) => said!(
                "{bucket} is {is}, {points} {unit} under {wanted}",
                "{bucket} 占 {is_zh}，比 {wanted_zh} 低 {points} 个百分点"
            ),
            (false, true) => said!(
                "{bucket} is at most {is}, {points} {unit} under {wanted}",
                "{bucket} 至多占 {is_zh}，比 {wanted_zh} 低 {points} 个百分点"
            ),
        }
    }

    /// "reserve has ¥144,000, ¥48,000 more than ¥96,000".
    fn in_money(&self, currency: Currency) -> Said {
        let (bucket, gap) = (self.bucket, Money((self.planned.0 - self.target.0).abs()));
        let [has, gap, target] = [self.planned, gap, self.target].map(|m| currency.words(m));
        match self.off > 0 {
            true => said!("{bucket} has {has}, {gap} more than {target}", "{bucket} 共 {has}，比 {target} 多 {gap}"),
            false => said!("{bucket} has {has}, {gap} less than {target}", "{bucket} 共 {has}，比 {target} 少 {gap}"),
        }
    }
}

/// "move ¥48,000 from reserve to core and tag ¥1,000 as innovation": from what is over to what is under, in order.
fn moves(deltas: &[(&str, Money)], currency: Currency) -> Said {
    let mut sources: Vec<(&str, i128)> =
        deltas.iter().filter(|(_, d)| *d < Money::ZERO).map(|(v, d)| (*v, -d.0)).collect();
    let (mut moved, mut tagged) = (Vec::new(), Vec::new());
    for (to, wanted) in deltas.iter().filter(|(_, d)| *d > Money::ZERO) {
        let mut wanted = wanted.0;
        for (from, left) in &mut sources {
            let part = wanted.min(*left);
            if part > 0 {
                let amount = currency.words(Money(part));
                moved.push(said!("{amount} from {from} to {to}", "把 {amount} 从 {from} 移到 {to}"));
                wanted -= part;
                *left -= part;
            }
        }
        // The whole is the sum of all lines: what no bucket can give is not tagged yet.
        if wanted > 0 {
            let amount = currency.words(Money(wanted));
            tagged.push(said!("{amount} as {to}", "把未标记的 {amount} 标为 {to}"));
        }
    }
    let zh = join(moved.iter().chain(&tagged).cloned(), "", "，").zh;
    let step = |verb: &str, steps: &[Said]| {
        (!steps.is_empty()).then(|| format!("{verb} {}", words::all_of(steps.iter().map(|s| s.en.as_str())).en))
    };
    let en: Vec<String> = [step("move", &moved), step("tag", &tagged)].into_iter().flatten().collect();
    Said { en: en.join(" and "), zh }
}

fn join(parts: impl Iterator<Item = Said>, en: &str, zh: &str) -> Said {
    let (mut all_en, mut all_zh) = (Vec::new(), Vec::new());
    for part in parts {
        all_en.push(part.en);
        all_zh.push(part.zh);
    }
    Said { en: all_en.join(en), zh: all_zh.join(zh) }
}
