//! What happened: done marks, spending, readings, visits to stores.

use super::campaign::{Plan, checkpoints};
use super::{both, pick};
use campaign_playbook::base::Date;
use std::fmt::Write as _;

pub fn toml(plan: &Plan, today: Date) -> String {
    let mut out = String::from("[done]\n");
    let is_past = |day: Date| day <= today;
    // One of fifty dates of the last weeks is still open: that is what is late.
    let is_open = |why: &str, due: Date| due.until(today) < 20 && pick(plan.n, why, 50) == 0;
    for node in plan.nodes() {
        if is_past(node.due) && (node.standard >= -7 || !is_open(node.id, node.due)) {
            let _ = writeln!(out, "{} = {}", node.id, node.due);
        }
    }
    let hosts = super::workday(plan.start.plus(-18));
    if is_past(hosts) {
        let _ = writeln!(out, "hosts-found = {hosts}");
    }
    for (sop, item, due) in checkpoints(plan) {
        // What gates the start was done, or there was none.
        let is_gate = sop.starts_with("prep-") || sop.starts_with("startup-");
        if is_past(due) && (is_gate || !is_open(item, due)) {
            let _ = writeln!(out, "\"{sop}/{item}\" = {due}");
        }
    }
    spending(plan, today, &mut out);
    readings(plan, today, &mut out);
    if is_past(plan.end) && plan.has_boxes() && plan.scale != "small" {
        stores(plan, &mut out);
    }
    out
}

fn spending(plan: &Plan, today: Date, out: &mut String) {
    // Thousandths of a line by the week in which they are paid.
    let weeks = [(-14, 300), (-7, 200), (2, 300), (9, 140)];
    for (at, share) in weeks {
        let date = plan.start.plus(at);
        if date > today {
            break;
        }
        for (id, part, purpose, ..) in plan.lines() {
            let share = if *purpose == "reserve" { share / 2 + 150 } else { share };
            if *purpose == "reserve" && at < 0 {
                continue;
            }
            let _ = write!(
                out,
                "\n[[spend]]\ndate = {date}\nline = \"{id}\"\namount = {}\n",
                plan.total * part * share / 1000
            );
        }
    }
}

/// A figure near its aim: `aim` in hundredths, moved by at most `by` upwards.
fn near(plan: &Plan, why: &str, aim: usize, by: usize) -> String {
    let value = aim + pick(plan.n, why, by + 1);
    format!("{}.{:02}", value / 100, value % 100)
}

fn readings(plan: &Plan, today: Date, out: &mut String) {
    let (t, z) = (plan.start, plan.end);
    let mut rows = vec![
        ("repurchase-frequency", t.plus(-9), near(plan, "before", 150, 8), "before"),
        ("fault-rate", t, near(plan, "fault", 1, 8), "during"),
        ("participation-rate", t.plus(1), near(plan, "part1", 5700, 500), "during"),
        ("participation-rate", t.plus(2).min(z), near(plan, "part2", 6200, 700), "during"),
        ("roi", z, near(plan, "roi1", 400, 35), "during"),
        ("new-customer-conversion", z.plus(3), near(plan, "new", 1900, 250), "during"),
        ("repurchase-frequency", z, near(plan, "during", 190, 18), "during"),
    ];
    if plan.scale != "small" {
        rows.push(("complaint-rate", z, near(plan, "complaints", 10, 40), "during"));
        rows.push(("sales-growth", z.plus(3), near(plan, "growth", 2300, 500), "during"));
        rows.push(("satisfaction", z.plus(6), near(plan, "satisfied", 8800, 800), "during"));
    }
    if plan.scale == "large" {
        rows.push(("nps", z.plus(6), near(plan, "nps", 4400, 300), "during"));
    }
    rows.push(("repurchase-frequency", z.plus(28), near(plan, "after", 160, 30), "after"));
    for (metric, date, value, window) in rows {
        if date <= today {
            let _ = write!(
                out,
                "\n[[reading]]\nmetric = \"{metric}\"\ndate = {date}\nvalue = {value}\nwindow = \"{window}\"\nsource = \"shop database\"\n"
            );
        }
    }
}

fn stores(plan: &Plan, out: &mut String) {
    for k in 0..5 {
        let number = (plan.n * 3 + k * 11) % 60;
        let _ = write!(
            out,
            "\n[[branch]]\nid = \"store-{number:02}\"\nname = {}\nexecution-rate = {}\nsales-change = {}\n",
            both(&format!("Store {number:02}"), &format!("{number:02} 号店")),
            95 + pick(plan.n + k, "rate", 5),
            4 + pick(plan.n + k, "change", 20)
        );
    }
    let _ = write!(
        out,
        "\n[[inspection]]\ndate = {}\nbranch = \"store-{:02}\"\ntype = \"scheduled\"\nscore = {}\n",
        plan.end,
        (plan.n * 3) % 60,
        85 + pick(plan.n, "score", 16)
    );
}
