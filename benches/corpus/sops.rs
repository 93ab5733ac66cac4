//! Procedures: seven kinds for each scale and mode, sixty in all.

use super::{Two, both, folk};
use std::fmt::Write as _;

/// A checkpoint. `due` counts from T, or from Z when `from_end`.
pub struct Item {
    pub id: &'static str,
    pub role: &'static str,
    pub due: i64,
    pub from_end: bool,
    pub more: &'static str,
    words: Two<'static>,
}

const fn t(id: &'static str, role: &'static str, due: i64, more: &'static str, words: Two<'static>) -> Item {
    Item { id, role, due, from_end: false, more, words }
}
const fn z(id: &'static str, role: &'static str, due: i64, more: &'static str, words: Two<'static>) -> Item {
    Item { id, role, due, from_end: true, more, words }
}

/// A section of a procedure: the group of the policy, and its checkpoints.
type Part = (&'static str, Two<'static>, &'static [Item]);

pub struct Kind {
    pub id: &'static str,
    phase: &'static str,
    words: Two<'static>,
    why: Two<'static>,
    pub parts: &'static [Part],
}

pub const KINDS: [Kind; 7] = [
    Kind {
        id: "prep",
        phase: "preparation",
        words: ("Preparation", "活动准备"),
        why: (
            "Everything here is finished before the pre-heat, so that it never promises what is not there yet.",
            "以下事项都在预热前完成，预热才不会许下办不到的承诺。",
        ),
        parts: &[
            (
                "resources",
                ("Resources", "资源"),
                &[
                    t(
                        "budget",
                        "planner",
                        -20,
                        "must covers=budget",
                        ("Budget lines approved, tagged and assigned", "预算行已批准、打标签并落实到人"),
                    ),
                    t(
                        "artwork",
                        "designer",
                        -20,
                        "must",
                        ("Artwork released to production, the proof signed twice", "稿件下发付印，样张双签"),
                    ),
                    t(
                        "materials",
                        "product",
                        -15,
                        "must covers=materials measure=\"100 %\"",
                        (
                            "Materials counted in the warehouse, not on the supplier's list",
                            "物料以仓库实点为准，不以供应商清单为准",
                        ),
                    ),
                    t(
                        "people",
                        "planner",
                        -12,
                        "must covers=people",
                        ("Roster of hosts, packers and service staff filled", "主持、打包与客服排班填满"),
                    ),
                ],
            ),
            (
                "channels",
                ("Channels", "渠道"),
                &[
                    t(
                        "online",
                        "user-ops",
                        -10,
                        "must covers=online",
                        (
                            "Schedule, audience and link of each post and message in one table",
                            "每条推文、消息的时间、人群与链接汇成一张表",
                        ),
                    ),
                    t(
                        "offline",
                        "planner",
                        -9,
                        "must covers=offline measure=\"41 / 41\"",
                        ("Display drawing and day of set-up confirmed by each store", "每家门店确认陈列图与布置日期"),
                    ),
                    t(
                        "wording",
                        "planner",
                        -12,
                        "must",
                        ("Wording checked against the advertising rules", "文案按广告法核对"),
                    ),
                ],
            ),
            (
                "technical",
                ("Technical", "技术"),
                &[
                    t(
                        "load",
                        "tech",
                        -9,
                        "must covers=system-load measure=\"p95 ≤ 800 ms\"",
                        ("Load test at three times the expected peak", "按预计峰值三倍做压力测试"),
                    ),
                    t(
                        "user-test",
                        "designer",
                        -9,
                        "must covers=user-experience measure=\"≥ 4 / 5\"",
                        (
                            "Five members walk through the page while we watch in silence",
                            "请五位会员走一遍页面，我们只看不说",
                        ),
                    ),
                    t("fallback", "tech", -8, "", ("Fall-back page reachable with one switch", "备用页面一键可达")),
                ],
            ),
        ],
    },
    Kind {
        id: "startup",
        phase: "preparation",
        words: ("Start-up", "启动期"),
        why: ("From a chosen theme to a team at work.", "主题定了之后，让团队动起来。"),
        parts: &[(
            "startup",
            ("Start the work", "动起来"),
            &[
                t(
                    "theme-note",
                    "planner",
                    -15,
                    "must",
                    (
                        "Publish the theme, and one sentence for each candidate on why it lost",
                        "公布主题，并用一句话说明其他候选为何落选",
                    ),
                ),
                t(
                    "offer-list",
                    "planner",
                    -14,
                    "must",
                    (
                        "Sign one price and discount list, sales and marketing together",
                        "销售、市场共签一份价格与优惠表",
                    ),
                ),
                t(
                    "one-line",
                    "planner",
                    -14,
                    "",
                    (
                        "Write the promise in one line that a shop assistant can say aloud",
                        "把承诺写成店员说得出口的一句话",
                    ),
                ),
                t(
                    "suppliers",
                    "planner",
                    -13,
                    "must measure=\"100 %\"",
                    (
                        "Confirm quantities and delivery dates with each supplier, in writing",
                        "与每家供应商书面确认数量与交期",
                    ),
                ),
                t(
                    "first-run",
                    "tech",
                    -12,
                    "must measure=\"≤ 3 min\"",
                    ("Run the new pages end to end with a real payment", "用真实付款把新页面从头走到尾"),
                ),
                t(
                    "tracking",
                    "analyst",
                    -10,
                    "",
                    ("Name the events to be tracked, check that each arrives", "列出埋点，逐个核对是否到数"),
                ),
            ],
        )],
    },
    Kind {
        id: "preheat",
        phase: "preparation",
        words: ("Pre-heat", "预热期"),
        why: ("We show one thing a day, never the price.", "每天只放出一样东西，绝不提前报价。"),
        parts: &[(
            "preheat",
            ("Build up", "蓄势"),
            &[
                t(
                    "poster",
                    "designer",
                    -7,
                    "must",
                    ("Suspense poster, one image, one sentence", "悬念海报：一张图，一句话"),
                ),
                t(
                    "reservation",
                    "user-ops",
                    -6,
                    "must",
                    ("Reservation opens, with a small gift for those who keep it", "开放预约，到场的人有一份小礼"),
                ),
                t(
                    "page-speed",
                    "tech",
                    -5,
                    "must covers=page-speed measure=\"≤ 2.0 s\"",
                    ("First screen on a mid-range phone over 4G", "中端手机、4G 网络下的首屏时间"),
                ),
                t(
                    "half-way",
                    "analyst",
                    -2,
                    "measure=\"≥ 50 %\"",
                    (
                        "Reservations against target; below half a second reason to come",
                        "预约量对照目标，不到一半就再给一个来的理由",
                    ),
                ),
                t(
                    "reminder",
                    "user-ops",
                    -1,
                    "",
                    ("Reminder to all who reserved, once", "给预约用户发一次提醒，只发一次"),
                ),
            ],
        )],
    },
    Kind {
        id: "burst",
        phase: "execution",
        words: ("Burst", "爆发期"),
        why: ("A quiet routine for loud days.", "越热闹的日子，越要按部就班。"),
        parts: &[(
            "burst",
            ("On the days", "活动日"),
            &[
                t(
                    "first-order",
                    "tech",
                    0,
                    "at=\"08:30\" must measure=\"4 / 4\"",
                    ("Open a page, put a thing in the basket, pay, cancel", "打开页面、加购、付款、取消，各走一遍"),
                ),
                t(
                    "announce",
                    "user-ops",
                    0,
                    "at=\"10:00\" must",
                    ("Announce the opening in store groups and member groups", "在门店群、会员群公布上线"),
                ),
                t(
                    "watch",
                    "analyst",
                    0,
                    "at=\"11:00\" must covers=monitoring measure=\"≤ 60 min\"",
                    ("Watch visits, conversion and complaints hourly", "每小时看访问、转化与投诉"),
                ),
                t(
                    "daily-note",
                    "analyst",
                    1,
                    "at=\"20:00\"",
                    ("Three numbers and one sentence in the group", "群里三个数字、一句话"),
                ),
                z(
                    "complaints",
                    "user-ops",
                    0,
                    "at=\"21:00\" must measure=\"100 %\"",
                    ("Answer every complaint the same day, by name", "当天回复每一条投诉，署名"),
                ),
                z(
                    "prices-back",
                    "planner",
                    0,
                    "at=\"22:00\" must",
                    ("Switch prices back and check in three stores", "价格切回，并在三家门店核对"),
                ),
            ],
        )],
    },
    Kind {
        id: "settle",
        phase: "review",
        words: ("Settling", "沉淀期"),
        why: ("The week in which a buyer becomes a guest.", "让买过一次的人愿意再来的那一周。"),
        parts: &[(
            "settle",
            ("Keep in touch", "保持联系"),
            &[
                z(
                    "promises",
                    "user-ops",
                    2,
                    "must measure=\"100 %\"",
                    ("Points booked, gifts sent, every promise kept", "积分入账、礼品寄出、承诺兑现"),
                ),
                z(
                    "story",
                    "user-ops",
                    3,
                    "must covers=activation",
                    ("\"How to use it\" story to buyers", "给买家写一篇“怎么用”"),
                ),
                z(
                    "leftovers",
                    "planner",
                    6,
                    "",
                    ("Left-over themed stock: one fair offer for thirty days", "主题余货：三十天内一次公道的价"),
                ),
                z(
                    "twenty-calls",
                    "user-ops",
                    7,
                    "must measure=\"20 / 20\"",
                    ("Call the ten angriest and the ten happiest guests", "回访最生气和最满意的各十位顾客"),
                ),
            ],
        )],
    },
    Kind {
        id: "review",
        phase: "review",
        words: ("Review", "活动复盘"),
        why: ("A review is finished when somebody else's plan has changed.", "别人的方案因此改了，复盘才算完。"),
        parts: &[(
            "review",
            ("Effect, process, user", "效果、过程、用户"),
            &[
                z(
                    "figures",
                    "analyst",
                    3,
                    "must measure=\"100 %\"",
                    ("Readings complete, each with its source", "数据齐全，各有来源"),
                ),
                z(
                    "late",
                    "planner",
                    5,
                    "must",
                    ("Late dates listed with their cause, not with names", "列出延误及原因，不列人名"),
                ),
                z(
                    "survey",
                    "user-ops",
                    6,
                    "must measure=\"n ≥ 300\"",
                    ("Survey among buyers and non-buyers", "对买过和没买的人都做问卷"),
                ),
                z(
                    "meeting",
                    "planner",
                    7,
                    "must measure=\"≤ 60 min\"",
                    ("One hour with all departments, the youngest speaks first", "各部门一小时，最年轻的先说"),
                ),
                z(
                    "actions",
                    "planner",
                    10,
                    "must",
                    ("Two to four actions, each with owner, date and campaign", "两到四条措施，各有责任人、日期与活动"),
                ),
                z(
                    "thirty-days",
                    "analyst",
                    30,
                    "must",
                    ("Thirty-day report: repurchase, order value, returns", "三十天报告：复购、客单价、退货"),
                ),
            ],
        )],
    },
    Kind {
        id: "store-day",
        phase: "execution",
        words: ("A campaign day in the store", "门店活动日"),
        why: ("What a guest should find from the door to the till.", "从进门到收银，顾客应该遇见什么。"),
        parts: &[(
            "burst",
            ("From door to till", "从进门到收银"),
            &[
                t(
                    "display",
                    "planner",
                    0,
                    "at=\"09:40\" must measure=\"41 / 41\"",
                    ("Display compared with the drawing; photo to the store group", "陈列对照图纸，拍照发门店群"),
                ),
                t(
                    "count",
                    "planner",
                    1,
                    "at=\"18:00\" must",
                    ("Count tasting guests and buyers by the hour", "按小时数试饮与购买的人"),
                ),
                z(
                    "one-sentence",
                    "planner",
                    0,
                    "at=\"21:30\"",
                    ("Write down one sentence a guest really said", "记下一句顾客真说过的话"),
                ),
            ],
        )],
    },
];

pub const SCALES: [(&str, &str, &str); 3] =
    [("small", "small", "小型"), ("medium", "medium", "中型"), ("large", "large", "大型")];
pub const MODES: [(&str, &str, &str); 3] =
    [("online", "online", "线上"), ("offline", "offline", "线下"), ("hybrid", "hybrid", "线上线下")];

/// The procedures of a campaign.
pub fn of(scale: &str, mode: &str) -> impl Iterator<Item = (String, &'static Kind)> {
    let (is_shop, ending) = (mode != "online", format!("-{scale}-{mode}"));
    KINDS.iter().filter(move |k| is_shop || k.id != "store-day").map(move |k| (format!("{}{ending}", k.id), k))
}

pub fn write(put: &mut impl FnMut(String, String)) {
    let title = both("When a figure breaks on a live day", "活动日数据出问题时");
    let head = format!(
        "+++\ntitle = {title}\nphase = \"execution\"\nowner = \"{}\"\nversion = \"1.0\"\nreviewed = 2026-07-02\nreview-by = 2027-01-04\n+++\n",
        folk::lead("technology")
    );
    put(
        "content/sops/live-fault.md".into(),
        format!("{head}\nIt starts by itself: whoever sees the figure first starts it, and nobody is asked.\n"),
    );
    put("content/sops/live-fault.zh-Hans.md".into(), "谁先看到数字，谁就启动，不必请示。\n".into());
    for (scale, scale_en, scale_zh) in SCALES {
        for (mode, mode_en, mode_zh) in MODES {
            for (id, kind) in of(scale, mode) {
                let department = match kind.id {
                    "burst" | "settle" => "service",
                    "review" => "technology",
                    "store-day" => "sales",
                    _ => "marketing",
                };
                let title = both(
                    &format!("{}, {scale_en}, {mode_en}", kind.words.0),
                    &format!("{}（{scale_zh}{mode_zh}）", kind.words.1),
                );
                let mut en = format!(
                    "+++\ntitle = {title}\nsummary = {}\nphase = \"{}\"\nscale = [\"{scale}\"]\nmode = [\"{mode}\"]\n\
                     owner = \"{}\"\nversion = \"3.1\"\nreviewed = 2026-07-02\nreview-by = 2027-01-04\n+++\n\n{}\n",
                    both(kind.why.0, kind.why.1),
                    kind.phase,
                    folk::of(department, id.len(), &id),
                    kind.why.0
                );
                let mut zh = format!("{}\n", kind.why.1);
                for (group, heading, items) in kind.parts {
                    let _ = write!(en, "\n## {} {{#{group} group={group}}}\n\n", heading.0);
                    let _ = write!(zh, "\n## {} {{#{group}}}\n\n", heading.1);
                    for item in *items {
                        let anchor = if item.from_end { "Z" } else { "T" };
                        let due = if item.due == 0 { anchor.to_owned() } else { format!("{anchor}{:+}", item.due) };
                        let more = if item.more.is_empty() { String::new() } else { format!(" {}", item.more) };
                        let _ =
                            writeln!(en, "- [ ] {} {{#{} role={} due={due}{more}}}", item.words.0, item.id, item.role);
                        let _ = writeln!(zh, "- [ ] {} {{#{}}}", item.words.1, item.id);
                    }
                }
                put(format!("content/sops/{id}.md"), en);
                put(format!("content/sops/{id}.zh-Hans.md"), zh);
            }
        }
    }
}
