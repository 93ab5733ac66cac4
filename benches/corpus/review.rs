//! Reviews with lessons and actions, as far as a campaign has come.

use super::campaign::Plan;
use super::{Two, both, pick, words};
use campaign_playbook::base::Date;
use std::fmt::Write as _;

const LESSONS: [Two<'_>; 12] = [
    ("A draft that everybody likes is not a released file.", "人人说好的草稿，不等于下发稿。"),
    ("An idea that keeps old customers busy does not win new ones.", "让老顾客忙起来的点子，不见得能带来新顾客。"),
    ("Say sorry within two hours, with the voucher already in the message.", "两小时内道歉，补偿券直接附在消息里。"),
    ("If three dates slip, move the fourth on purpose.", "三个节点都滑了，就主动把第四个往后挪。"),
    ("Two hosts at a table, or the queue becomes the campaign.", "一张桌两位主持，不然排队就成了主角。"),
    ("A counted box is worth ten promised ones.", "点过数的一个礼盒，抵得上答应过的十个。"),
    ("Whoever is called by name reads the second line.", "叫得出名字，人家才会读第二行。"),
    (
        "Figures before ten o'clock change the same day; after noon they change nothing.",
        "十点前的数字当天就能改，中午以后的什么也改不了。",
    ),
    (
        "People trust a recipe with a mistake in it, if a person corrects it.",
        "方子出点错没关系，有人出来改，大家反而更信。",
    ),
    ("A load test on less than the peak proves nothing about the peak.", "没压到峰值的压测，什么也证明不了。"),
    ("The second price list is always the wrong one.", "第二份价格表永远是错的那份。"),
    ("Give back what is left; nobody has ever regretted it.", "剩下的钱交回去，从来没有人后悔。"),
];
const ACTIONS: [Two<'_>; 8] = [
    (
        "Load test at three times the expected peak before T-9; no test, no pre-heat",
        "T-9 前按预计峰值三倍压测；没测完，不预热",
    ),
    ("Yesterday's figures in the group by 9:30, without anybody asking", "每天 9:30 前，昨日数据自动进群，不用人催"),
    ("Artwork released is a milestone of its own with two signatures", "稿件下发单列为里程碑，双签"),
    ("Stock call at three every live day, store by store", "活动日每天三点逐店核货"),
    ("One page to each store a week before, with a number to call", "提前一周每店一页说明，附电话"),
    ("Guests' names under what came from them", "用户贡献的内容署上名字"),
    (
        "Apology and voucher within two hours; the shift leader decides alone",
        "两小时内道歉并附补偿券，由班组长自行决定",
    ),
    ("Tasting tables for fifty minutes, with ten to clean", "品茶台五十分钟一轮，留十分钟收拾"),
];
const TAGS: [&str; 14] = [
    "artwork-late",
    "load-test",
    "store-stock",
    "late-apology",
    "slow-data",
    "queue",
    "price-list",
    "couriers",
    "wording",
    "coupon",
    "weather",
    "hosts",
    "page-speed",
    "returns",
];
const QUOTES: [Two<'_>; 4] = [
    ("I came for the cup and stayed for the chair.", "为了杯子来的，为了那把椅子坐下了。"),
    ("Nobody asked me to scan anything. I bought two.", "没人让我扫码。我买了两份。"),
    ("The box came on the day after. The note made up for it.", "礼盒晚了一天到，那张字条补回来了。"),
    ("My mother rang me about it, and not the other way round.", "是我妈打电话告诉我的，不是反过来。"),
];

/// Review and translation; none before the campaign has ended.
pub fn of(plan: &Plan, all: &[Plan], today: Date) -> Option<(String, String)> {
    let steps = [
        ("draft", plan.end.plus(1)),
        ("data", plan.node("data-extraction")),
        ("evaluated", plan.node("effect-evaluation")),
        ("planned", plan.node("optimisation-plan")),
        ("addendum", plan.node("short-term-report")),
        ("closed", plan.node("short-term-report").plus(1)),
    ];
    let reached: Vec<_> = steps.iter().filter(|(_, day)| *day <= today).collect();
    let (status, since) = reached.last()?;
    let mut en = format!("+++\nstatus = \"{status}\"\n");
    let lessons: Vec<String> = (0..1 + pick(plan.n, "lessons", 3))
        .map(|k| LESSONS[(pick(plan.n, "lesson", LESSONS.len()) + k * 5) % LESSONS.len()])
        .map(|lesson| both(lesson.0, lesson.1))
        .collect();
    let tags: Vec<String> =
        (0..pick(plan.n, "tags", 4)).map(|k| format!("\"{}\"", TAGS[(pick(plan.n, "tag", 14) + k * 5) % 14])).collect();
    let _ =
        write!(en, "lessons = [\n  {},\n]\nproblem-tags = [{}]\n\n[dates]\n", lessons.join(",\n  "), tags.join(", "));
    for (status, day) in &reached {
        let _ = writeln!(en, "{status} = {day}");
    }
    let score = |why| 3 + pick(plan.n, why, 3);
    let _ = write!(
        en,
        "\n[scores]\neffect = {}\nprocess = {}\nuser = {}\n",
        score("effect"),
        score("process"),
        score("user")
    );
    let _ = write!(
        en,
        "\n[satisfaction]\nvalue = {}\nsample-size = {}\ncomplaint-rate = 0.{}\n",
        86 + pick(plan.n, "sat", 10),
        300 + pick(plan.n, "sample", 400),
        1 + pick(plan.n, "rate", 4)
    );
    for k in 0..1 + plan.n % 2 {
        let quote = QUOTES[(plan.n + k) % QUOTES.len()];
        let _ = write!(en, "\n[[quote]]\ntext = {}\nfrom = {}\n", both(quote.0, quote.1), both("Member", "会员"));
    }
    actions(plan, all, today, &mut en);
    en.push_str("+++\n\n");
    let mut zh = String::new();
    let (a, b) = words::paragraph(plan.n, "review", 2);
    let _ = writeln!(en, "{a}");
    let _ = writeln!(zh, "{b}");
    let sections = [
        ("effect", ("What we reached", "做成了什么")),
        ("process", ("How we worked", "怎么做的")),
        ("user", ("What people say", "用户怎么说")),
        ("addendum", ("Thirty days later", "三十天后")),
    ];
    let has_addendum = *since >= plan.node("short-term-report");
    for (id, (heading, title)) in sections.into_iter().filter(|(id, _)| *id != "addendum" || has_addendum) {
        let (a, b) = words::paragraph(plan.n, heading, 3 + pick(plan.n, id, 6));
        let _ = write!(en, "\n## {heading} {{#{id}}}\n\n{a}\n");
        let _ = write!(zh, "\n## {title} {{#{id}}}\n\n{b}\n");
    }
    Some((en, zh))
}

fn actions(plan: &Plan, all: &[Plan], today: Date, out: &mut String) {
    let begun = plan.node("optimisation-plan");
    for k in 0..2 {
        let what = ACTIONS[(plan.n * 3 + k * 5) % ACTIONS.len()];
        let due = super::workday(begun.plus(21 + 7 * i64::try_from(k).unwrap()));
        let owner = plan.who(["analyst", "designer", "user-ops"][(plan.n + k) % 3]);
        let _ = write!(
            out,
            "\n[[action]]\nid = \"action-{k}\"\nwhat = {}\nowner = \"{owner}\"\ndue = {due}\n",
            both(what.0, what.1)
        );
        // The next campaign that had not begun when it was done.
        let next = all.partition_point(|p| p.start <= due);
        if due <= today && pick(plan.n + k, "undone", 40) > 0 {
            let _ = writeln!(out, "done = {due}");
            if let Some(next) = all.get(next) {
                let _ = writeln!(out, "applied-in = \"{}\"", next.id);
            }
        } else if due <= today && due.until(today) > 40 {
            let _ = writeln!(out, "done = {due}");
        }
    }
}
