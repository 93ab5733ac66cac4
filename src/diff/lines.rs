//! A comparison as lines that paper and terminal share: the most important first, in one language.

mod campaign;

use super::campaigns::Kind;
use super::others::{Altered, Finding, SopItemChange, WaiverChange, YearChange};
use super::values::{Change, Sum};
use super::{Diff, SopChange};
use crate::base::{Money, Said, Severity, words};
use crate::said;

/// Names of one kind that a line lists before it counts the rest: more is not read, and JSON has all.
const LISTED: usize = 8;
/// Findings, values of policy and files that are listed before the rest is counted.
const ROWS: usize = 60;

/// A stretch of words.
pub(super) enum Piece {
    /// Ours, or words that cannot mark anything up.
    Own(String),
    /// An author's.
    Words(String),
    /// An author's, to be seen first.
    Strong(String),
    /// An id, a path, a value.
    Code(String),
    /// A message, with code between backticks.
    Sentence(String),
}

/// A line: a heading at depth 0, a part's heading at 1, below them points.
pub(super) struct Line {
    pub(super) depth: usize,
    pub(super) pieces: Vec<Piece>,
}

/// Writes in a language.
pub(super) struct Pen<'a> {
    lang: &'a str,
    lines: Vec<Line>,
}

fn own(text: impl Into<String>) -> Piece {
    Piece::Own(text.into())
}
fn code(text: impl Into<String>) -> Piece {
    Piece::Code(text.into())
}

/// The change in one line.
pub(super) fn headline(diff: &Diff, lang: &str) -> String {
    let pen = Pen { lang, lines: Vec::new() };
    let mut parts = Vec::new();
    let count = |n: usize, en: &str, zh: &str| {
        let many = words::count(i64::try_from(n).unwrap_or(i64::MAX), en);
        Said { en: many, zh: format!("{n} {zh}") }
    };
    let kinds = |kind: Kind| diff.campaigns.iter().filter(|c| c.kind == kind).count();
    for (kind, en, zh) in [
        (Kind::Removed, "removed", "删除"),
        (Kind::CalledOff, "called off", "取消"),
        (Kind::Resumed, "resumed", "恢复"),
        (Kind::Added, "added", "新增"),
        (Kind::Changed, "changed", "变更"),
    ] {
        if kinds(kind) > 0 {
            let Said { en: some, zh: number } = count(kinds(kind), "campaign", "个活动");
            parts.push(pen.t(&said!("{some} {en}", "{number}{zh}")));
        }
    }
    let starts = diff.campaigns.iter().flat_map(|c| c.moves.iter().filter(|m| m.id == "T").map(move |m| (c, m)));
    if let Some((campaign, start)) = starts.max_by_key(|(_, m)| m.days.abs()) {
        let (days, id) = (pen.days(start.days), &campaign.id);
        parts.push(pen.t(&said!("go-live {days} ({id})", "上线 {days}（{id}）")));
    }
    let late: usize = diff.campaigns.iter().map(|c| c.late.len()).sum();
    if late > 0 {
        parts.push(pen.t(&said!("{late} now late", "{late} 项将延误")));
    }
    for year in &diff.years {
        if let Some(total) = year.money.as_ref().and_then(|m| m.total.as_ref()) {
            let (id, sums) = (&year.id, pen.sums(total));
            parts.push(pen.t(&said!("money of {id}: {sums}", "{id} 年资金：{sums}")));
        }
    }
    let (new, gone) = (diff.introduced.len(), diff.resolved.len());
    if new > 0 {
        let Said { en, zh } = count(new, "finding", "个问题");
        let errors = diff.introduced.iter().filter(|f| f.severity == Severity::Error).count();
        let (some, of) = match errors {
            0 => (String::new(), String::new()),
            n => (format!(" ({})", words::count(n as i64, "error")), format!("（{n} 个错误）")),
        };
        parts.push(pen.t(&said!("{en} introduced{some}", "引入 {zh}{of}")));
    }
    if gone > 0 {
        let Said { en, zh } = count(gone, "finding", "个问题");
        parts.push(pen.t(&said!("{en} resolved", "解决 {zh}")));
    }
    if parts.is_empty() {
        parts.push(pen.t(&match diff.is_empty() {
            true => said!("nothing changes in campaign terms", "对活动没有影响"),
            false => said!("no campaign changes", "没有活动变更"),
        }));
    }
    parts.join(" · ")
}

/// Everything else, the most important first.
pub(super) fn lines(diff: &Diff, lang: &str) -> Vec<Line> {
    let mut pen = Pen { lang, lines: Vec::new() };
    pen.findings(&said!("Findings introduced", "引入的问题"), &diff.introduced);
    if !diff.campaigns.is_empty() {
        pen.head(0, &said!("Campaigns", "活动"));
        diff.campaigns.iter().for_each(|campaign| pen.campaign(campaign));
    }
    if !diff.years.is_empty() {
        pen.head(0, &said!("Money and goals of the year", "全年资金与目标"));
        diff.years.iter().for_each(|year| pen.year(year));
    }
    if !diff.sops.is_empty() {
        pen.head(0, &said!("Procedures", "流程"));
        diff.sops.iter().for_each(|sop| pen.sop(sop));
    }
    if !diff.waivers.is_empty() {
        pen.head(0, &said!("Waivers", "豁免"));
        diff.waivers.iter().for_each(|waiver| pen.waiver(waiver));
    }
    pen.policy(diff);
    pen.altered(&diff.altered);
    pen.findings(&said!("Findings resolved", "解决的问题"), &diff.resolved);
    pen.files(diff);
    pen.lines
}

impl Pen<'_> {
    fn t(&self, said: &Said) -> String {
        said.in_lang(self.lang).to_owned()
    }

    fn push(&mut self, depth: usize, pieces: Vec<Piece>) {
        self.lines.push(Line { depth, pieces });
    }

    fn head(&mut self, depth: usize, said: &Said) {
        let words = self.t(said);
        self.push(depth, vec![own(words)]);
    }

    fn point(&mut self, depth: usize, said: &Said) {
        self.head(depth, said);
    }

    fn comma(&self) -> &'static str {
        if self.lang.starts_with("zh") { "、" } else { ", " }
    }

    fn colon(&self) -> &'static str {
        if self.lang.starts_with("zh") { "：" } else { ": " }
    }

    /// `+7 days`.
    fn days(&self, days: i64) -> String {
        let unit = if days.abs() == 1 { "day" } else { "days" };
        self.t(&said!("{days:+} {unit}", "{days:+} 天"))
    }

    /// `¥1 → ¥2 (+¥1)`.
    fn sums(&self, change: &Change<Sum>) -> String {
        match (change.before, change.after) {
            (Some(before), Some(after)) if before.currency == after.currency => {
                let by = after.money - before.money;
                let sign = if by > Money::ZERO { "+" } else { "" };
                let by = after.currency.words(by);
                let (before, after) = (before.words(), after.words());
                self.t(&said!("{before} → {after} ({sign}{by})", "{before} → {after}（{sign}{by}）"))
            }
            (before, after) => self.arrow(before.map(Sum::words), after.map(Sum::words)),
        }
    }

    /// `a → b`, a dash for what is not there.
    fn arrow(&self, before: Option<String>, after: Option<String>) -> String {
        let or_dash = |side: Option<String>| side.unwrap_or_else(|| "–".to_owned());
        format!("{} → {}", or_dash(before), or_dash(after))
    }

    /// Pieces with a comma between them; what is too many is counted.
    fn list(&self, mut items: Vec<Vec<Piece>>, most: usize) -> Vec<Piece> {
        let (all, more) = (items.len(), items.len().saturating_sub(most));
        items.truncate(most);
        let mut pieces = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                pieces.push(own(self.comma()));
            }
            pieces.extend(item);
        }
        if more > 0 {
            pieces.push(own(self.t(&said!(" and {more} more", "等共 {all} 项"))));
        }
        pieces
    }

    fn year(&mut self, year: &YearChange) {
        self.push(1, vec![Piece::Strong(self.t(&year.name)), own(" "), code(year.id.clone())]);
        if let Some(money) = &year.money {
            self.total(money);
            self.cuts(money);
        }
        if let Some(annual) = &year.annual {
            let sums = self.sums(annual);
            self.point(2, &said!("annual marketing budget {sums}", "年度营销预算 {sums}"));
        }
        year.targets.iter().for_each(|target| self.target(target));
    }

    fn sop(&mut self, sop: &SopChange) {
        let kind = match sop.kind {
            Kind::Added => said!(" — new", " — 新增"),
            Kind::Removed => said!(" — removed", " — 已删除"),
            _ => Said::default(),
        };
        self.push(1, vec![Piece::Strong(self.t(&sop.name)), own(" "), code(sop.id.clone()), own(self.t(&kind))]);
        for (said, items) in [
            (said!("item added: ", "新增检查项："), &sop.added),
            (said!("item dropped: ", "删除检查项："), &sop.dropped),
            (said!("item changed: ", "变更检查项："), &sop.changed),
        ] {
            items.iter().for_each(|item| self.item(&said, item));
        }
    }

    fn item(&mut self, said: &Said, item: &SopItemChange) {
        let must = if item.must { said!(" (must)", "（必做）") } else { Said::default() };
        let mut pieces = vec![own(self.t(said)), Piece::Words(self.t(&item.name)), own(self.t(&must))];
        let n = item.reaches.len();
        if n == 0 {
            pieces.push(own(self.t(&said!(" — reaches no open campaign", " — 不涉及未结束的活动"))));
        } else {
            let campaigns = words::count(n as i64, "campaign");
            pieces.push(own(self.t(&said!(" — reaches {campaigns}: ", " — 涉及 {n} 个活动："))));
            pieces.extend(self.list(item.reaches.iter().map(|id| vec![code(id.clone())]).collect(), LISTED));
        }
        self.push(2, pieces);
    }

    fn waiver(&mut self, waiver: &WaiverChange) {
        let kind = match waiver.kind {
            Kind::Added => said!("new: ", "新增："),
            Kind::Removed => said!("ended: ", "结束："),
            _ => said!("changed: ", "变更："),
        };
        let mut pieces = vec![own(self.t(&kind)), code(waiver.rule.clone()), own(self.t(&said!(" for ", " 用于 ")))];
        pieces.extend([code(waiver.target.clone()), own(self.colon()), Piece::Words(self.t(&waiver.reason))]);
        let (approver, until) = (&waiver.approver, &waiver.expires);
        let day = |day: Option<crate::base::Date>| day.map(|day| day.to_string());
        let until = match (until.before, until.after) {
            (None, Some(day)) | (Some(day), None) => day.to_string(),
            (before, after) => self.arrow(day(before), day(after)),
        };
        pieces.push(own(self.t(&said!(" (until {until}, approved by ", "（至 {until}，批准人 "))));
        pieces.extend([code(approver.clone()), own(self.t(&said!(")", "）")))]);
        self.push(1, pieces);
    }

    fn policy(&mut self, diff: &Diff) {
        if diff.policy.is_empty() {
            return;
        }
        self.head(0, &said!("Policy", "政策"));
        for change in diff.policy.iter().take(ROWS) {
            let side = |side: &Option<String>| side.clone().map_or_else(|| own("–"), code);
            let pieces = vec![
                code(change.path.clone()),
                own(self.colon()),
                side(&change.value.before),
                own(" → "),
                side(&change.value.after),
            ];
            self.push(1, pieces);
        }
        self.more(diff.policy.len());
    }

    fn findings(&mut self, said: &Said, findings: &[Finding]) {
        if findings.is_empty() {
            return;
        }
        let (n, words) = (findings.len(), self.t(said));
        self.point(0, &said!("{words} ({n})", "{words}（{n}）"));
        for finding in findings.iter().take(ROWS) {
            let weight = match finding.severity {
                Severity::Error => said!("❌ error ", "❌ 错误 "),
                Severity::Warning => said!("⚠️ warning ", "⚠️ 警告 "),
                Severity::Info => said!("ℹ️ info ", "ℹ️ 信息 "),
            };
            let mut pieces = vec![own(self.t(&weight)), code(finding.rule), own(" ")];
            pieces.push(Piece::Sentence(self.t(&finding.message)));
            if let (Some(path), Some(line)) = (&finding.path, finding.line) {
                pieces.extend([own(" — "), code(format!("{path}:{line}"))]);
            }
            self.push(1, pieces);
        }
        self.more(n);
    }

    fn altered(&mut self, altered: &[Altered]) {
        if altered.is_empty() {
            return;
        }
        let n = altered.len();
        self.point(0, &said!("Findings with other figures ({n})", "数值有变的问题（{n}）"));
        for Altered { was, now } in altered.iter().take(ROWS) {
            let (was, is) = (self.t(was), self.t(&now.message));
            self.push(1, vec![code(now.rule), own(" "), Piece::Sentence(was), own(" → "), Piece::Sentence(is)]);
        }
        self.more(n);
    }

    fn files(&mut self, diff: &Diff) {
        let files = &diff.files;
        let all = files.added.len() + files.changed.len() + files.removed.len();
        if all == 0 {
            return;
        }
        self.head(0, &said!("Files", "文件"));
        for (said, list) in [
            (said!("new", "新增"), &files.added),
            (said!("changed", "变更"), &files.changed),
            (said!("removed", "删除"), &files.removed),
        ] {
            if list.is_empty() {
                continue;
            }
            let n = list.len();
            let mut pieces = vec![own(self.t(&said)), own(format!(" {n}")), own(self.colon())];
            pieces.extend(self.list(list.iter().map(|path| vec![code(path.clone())]).collect(), LISTED));
            self.push(1, pieces);
        }
    }

    /// Says how many rows were left out.
    fn more(&mut self, all: usize) {
        if all > ROWS {
            let more = all - ROWS;
            self.point(1, &said!("and {more} more", "另有 {more} 项"));
        }
    }
}
