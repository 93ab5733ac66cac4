//! How long each stage of a build took, as a table for people.

use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// Stages by the names that the stopwatch gives them, in Chinese.
const CHINESE: [(&str, &str); 15] = [
    ("read", "读取"),
    ("theme", "主题"),
    ("model", "模型"),
    ("checks", "检查"),
    ("history", "历史"),
    ("plan", "规划"),
    ("frame", "框架"),
    ("early", "先行"),
    ("render", "渲染"),
    ("links", "链接"),
    ("compress", "压缩"),
    ("write", "写入"),
    ("other", "其他"),
    ("total", "合计"),
    ("stage", "阶段"),
];

/// A table of stages in the order they ran, each with its share of `total`; what none of them was is `other`.
pub(super) fn table(stages: &[(&'static str, Duration)], total: Duration, chinese: bool) -> String {
    let known: Duration = stages.iter().map(|(_, took)| *took).sum();
    let rest = [("other", total.saturating_sub(known)), ("total", total)];
    let head = row(said("stage", chinese), "ms", if chinese { "占比" } else { "share" });
    let line = |(name, took): &(&'static str, Duration)| row(said(name, chinese), &ms(*took), &share(*took, total));
    std::iter::once(head).chain(stages.iter().chain(&rest).map(line)).collect()
}

/// The line below the table: how fast, and how much memory, where the system tells.
pub(super) fn pace(pages: usize, total: Duration, chinese: bool) -> String {
    let a_second = pages as u128 * 1_000_000 / total.as_micros().max(1);
    let peak = peak_kib().map(|kib| kib.div_ceil(1024));
    match (peak, chinese) {
        (Some(mib), false) => format!("{a_second} pages a second, {mib} MiB of memory at most\n"),
        (Some(mib), true) => format!("每秒 {a_second} 页，内存最多 {mib} MiB\n"),
        (None, false) => format!("{a_second} pages a second\n"),
        (None, true) => format!("每秒 {a_second} 页\n"),
    }
}

fn said(name: &'static str, chinese: bool) -> &'static str {
    let word = CHINESE.iter().find(|(known, _)| *known == name && chinese);
    word.map_or(name, |(_, word)| word)
}

fn row(name: &str, ms: &str, share: &str) -> String {
    let pad = |text: &str, width: usize| " ".repeat(width.saturating_sub(text.width()));
    format!("{name}{}{}{ms}{}{share}\n", pad(name, 10), pad(ms, 12), pad(share, 9))
}

fn ms(took: Duration) -> String {
    format!("{}.{:03}", took.as_millis(), took.as_micros() % 1000)
}

fn share(took: Duration, total: Duration) -> String {
    let permille = took.as_micros() * 1000 / total.as_micros().max(1);
    format!("{}.{} %", permille / 10, permille % 10)
}

/// The most memory that this process ever held; only Linux tells.
fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_below_each_other_in_both_languages() {
        let ms = Duration::from_millis;
        let stages = [("read", ms(120)), ("render", ms(1300))];
        let english = table(&stages, ms(1600), false);
        let wanted = "\
stage               ms    share
read           120.000    7.5 %
render        1300.000   81.2 %
other          180.000   11.2 %
total         1600.000  100.0 %
";
        assert_eq!(english, wanted);
        let chinese = table(&stages, ms(1600), true);
        assert!(chinese.contains("渲染          1300.000   81.2 %\n"), "{chinese}");
        assert!(chinese.lines().all(|line| line.width() == english.lines().next().map_or(0, str::len)), "{chinese}");
    }
}
