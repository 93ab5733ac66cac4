//! Years: calendars, programmes with goals and money, obligations, brand figures, policy.

use super::campaign::Plan;
use super::{Shape, both, folk, words};
use campaign_playbook::base::Date;
use std::fmt::Write as _;

pub fn write(shape: &Shape, plans: &[Plan], put: &mut impl FnMut(String, String)) {
    let (first, last) = (shape.first_year(), super::today().year());
    for year in first - 1..=last + 1 {
        put(format!("content/calendars/cn-{year}.toml"), calendar(year));
    }
    for year in shape.all_years() {
        let of_year: Vec<&Plan> = plans.iter().filter(|p| p.start.year() == year).collect();
        put(format!("content/programmes/{year}.toml"), programme(year, &of_year, super::today()));
        put(format!("content/programmes/{year}.md"), chapters(year, 0));
        put(format!("content/programmes/{year}.zh-Hans.md"), chapters(year, 1));
    }
    put("content/obligations.toml".into(), obligations(shape));
    put("content/brand.toml".into(), brand(shape));
    put("content/policies/teahouse.toml".into(), policy(shape));
}

fn calendar(year: i16) -> String {
    let mut out = format!("region = \"cn\"\nyear = {year}\ncomplete = true\nsource = \"house calendar\"\n");
    for feast in &words::FEASTS {
        let day = |(month, day): (u8, u8)| format!("{year}-{month:02}-{day:02}");
        let _ = write!(
            out,
            "\n[[holiday]]\nname = {}\nfrom = {}\nto = {}\n",
            both(feast.words.0, feast.words.1),
            day(feast.from),
            day(feast.to)
        );
    }
    out
}

fn programme(year: i16, plans: &[&Plan], today: Date) -> String {
    let campaigns: usize = plans.iter().map(|p| p.total * 1000).sum();
    let own = (campaigns / 10 / 1000).max(1) * 1000;
    let total = campaigns + own;
    let mut out = format!(
        "title = {}\nyear = {year}\ncadence = \"monthly\"\nannual-marketing-budget = {}\npeak-window = {{ from = 1, to = 28 }}\n\n[budget]\ntotal = {total}\n",
        both(&format!("{year}: more first cups"), &format!("{year}：多一些第一杯")),
        total * 100 / 18
    );
    for (id, en, zh, share, purpose, nature, category) in [
        ("platform", "Membership platform", "会员平台", 40, "core", "base", "service"),
        ("brand-film", "Year-round brand film", "全年品牌影像", 30, "core", "floating", "content-innovation"),
        ("year-reserve", "Reserve of the year", "年度应急储备", 20, "reserve", "floating", "service"),
        (
            "idea-fund",
            "Idea fund, open to every store",
            "点子基金（向全部门店开放）",
            10,
            "innovation",
            "floating",
            "content-innovation",
        ),
    ] {
        let _ = write!(
            out,
            "\n[[budget.line]]\nid = \"{id}\"\nname = {}\namount = {}\npurpose = \"{purpose}\"\nnature = \"{nature}\"\ntier = \"regular\"\n\
             region = \"core\"\nfunction = \"content\"\ncategory = \"{category}\"\n",
            both(en, zh),
            own * share / 100
        );
    }
    for (k, (en, zh)) in
        [("New leaves", "新叶"), ("Long days", "长昼"), ("Harvest", "采收"), ("Lamps", "灯下")].into_iter().enumerate()
    {
        let ends = ["03-31", "06-30", "09-30", "12-31"];
        let _ = write!(
            out,
            "\n[[stage]]\nid = \"stage-{k}\"\nname = {}\nfrom = {year}-{:02}-01\nto = {year}-{}\n",
            both(en, zh),
            k * 3 + 1,
            ends[k]
        );
    }
    for (id, en, zh, from) in [
        ("spring-festival", "Spring Festival", "春节", "02-10"),
        ("six-eighteen", "618", "618", "06-18"),
        ("double-eleven", "Double 11", "双11", "11-11"),
    ] {
        let _ = write!(out, "\n[[anchor]]\nid = \"{id}\"\nname = {}\nfrom = {year}-{from}\n", both(en, zh));
    }
    goals(year, today, &mut out);
    out
}

fn goals(year: i16, today: Date, out: &mut String) {
    let rows = [
        ("repurchase", "Repurchase rate +25 %", "复购率提高 25%", "repurchase-rate-change", 0, 24, "user"),
        ("retention", "Three of four members stay", "四位会员留住三位", "retention-rate", 62, 75, "user"),
        ("acquisition-cost", "A new customer for a fifth less", "获客成本降低两成", "cac-change", 0, -24, "user"),
        ("voice", "Social mentions +36 %", "社交提及量 +36%", "social-mentions-growth", 0, 36, "brand"),
        (
            "loyalty",
            "Loyalty among the first fifth of the trade",
            "忠诚度进入行业前 20%",
            "loyalty-rank",
            34,
            20,
            "brand",
        ),
        (
            "campaign-sales",
            "Campaigns bring 35 % of sales",
            "活动带来 35% 的销售",
            "campaign-sales-share",
            18,
            35,
            "business",
        ),
    ];
    for (k, (id, en, zh, metric, baseline, target, dimension)) in rows.into_iter().enumerate() {
        let owner = folk::of(["marketing", "sales", "product"][k % 3], usize::try_from(year).unwrap(), id);
        let _ = write!(
            out,
            "\n[[goal]]\nid = \"{id}\"\ntitle = {}\nmetric = \"{metric}\"\ndimension = \"{dimension}\"\nbaseline = {baseline}\ntarget = {target}\n\
             due = {year}-12-31\nowner = \"{owner}\"\nwhy = {}\n",
            both(en, zh),
            both("It is what people do in the month after.", "看的是活动之后那个月人们怎么做。")
        );
        for month in 1..=12u8 {
            let end = Date::new(year, month, 1).unwrap().month_end();
            if end <= today {
                let adds = ["repurchase", "acquisition-cost", "voice"].contains(&id);
                let value = if adds { target / 12 } else { baseline + (target - baseline) * i32::from(month) / 12 };
                let _ = write!(
                    out,
                    "\n[[goal-reading]]\ngoal = \"{id}\"\ndate = {end}\nvalue = {value}\nsource = \"shop database\"\n"
                );
            }
        }
    }
    for quarter in 1..=4u8 {
        let date = Date::new(year, quarter * 3, 1).unwrap().month_end().plus(8);
        if date <= today {
            let _ = write!(
                out,
                "\n[[quarter-review]]\nquarter = {quarter}\ndate = {date}\ndepartments = [\"marketing\", \"sales\", \"product\"]\nchanges = {}\n",
                both("None.", "不作调整。")
            );
            if quarter % 2 == 0 {
                let _ = writeln!(out, "long-term = {}", both("On its way.", "按部就班。"));
            }
        }
    }
}

fn chapters(year: i16, language: usize) -> String {
    let mut out = String::new();
    for (k, (id, en, zh)) in [
        ("background", "Background", "背景"),
        ("problem", "Problem", "问题"),
        ("goals", "Goals", "目标"),
        ("theory", "Thinking behind it", "依据"),
        ("path", "Path", "路径"),
        ("risks", "Risks", "风险"),
        ("resources", "Resources", "资源"),
        ("time", "Time plan", "时间"),
        ("outcomes", "Expected outcomes", "预期"),
        ("conclusion", "Conclusion", "结语"),
    ]
    .into_iter()
    .enumerate()
    {
        let text = words::paragraph(usize::try_from(year).unwrap() + k, id, 3);
        let (heading, text) = if language == 0 { (en, text.0) } else { (zh, text.1) };
        let _ = write!(out, "## {heading} {{#{id}}}\n\n{text}\n\n");
    }
    out
}

fn obligations(shape: &Shape) -> String {
    let (first, today) = (shape.first_year(), super::today());
    let mut out = format!("since = {first}-01-01\n");
    let mut held = |obligation: &str, from: &str, to: &str, date: Date| {
        let _ = write!(
            out,
            "\n[[held]]\nobligation = \"{obligation}\"\nperiod = \"{from}\"\nto = \"{to}\"\ndate = {}\nevidence = \"https://wiki.teahouse.example/{obligation}/{to}\"\n",
            date.min(today)
        );
    };
    for year in shape.all_years() {
        for month in 1..=12u8 {
            let begin = Date::new(year, month, 1).unwrap();
            let end = begin.month_end().min(today.plus(-1));
            if begin > end {
                continue;
            }
            held("daily-review", &begin.to_string(), &end.to_string(), end.plus(1));
            if begin.month_end() > today {
                continue;
            }
            let (name, next) = (begin.year_month(), begin.month_end());
            for id in ["theme-choice", "competitor-log", "joint-meeting"] {
                held(id, &name, &name, next.plus(4));
            }
            for id in ["budget-review", "budget-audit", "case-study", "expert-workshop"] {
                held(id, &name, &name, next.plus(8));
            }
            if month % 3 == 0 {
                let quarter = format!("{year}-Q{}", month / 3);
                for (id, days) in
                    [("target-review", 10), ("brand-evaluation", 15), ("budget-evaluation", 12), ("emergency-drill", 0)]
                {
                    held(id, &quarter, &quarter, next.plus(days));
                }
            }
            if month % 6 == 0 {
                let half = format!("{year}-H{}", month / 6);
                held("long-term-goals", &half, &half, next.plus(20));
            }
        }
        // Weeks, thirteen at a time.
        let mut monday = Date::new(year, 1, 4).unwrap().week_start();
        while monday.iso_week().0 == year && monday.plus(7) < today {
            let mut last = monday;
            for _ in 0..12 {
                if last.plus(7).iso_week().0 == year && last.plus(14) < today {
                    last = last.plus(7);
                }
            }
            let week = |day: Date| format!("{}-W{:02}", day.iso_week().0, day.iso_week().1);
            for id in ["kpi-watch", "cost-control", "weekly-meeting"] {
                held(id, &week(monday), &week(last), last.plus(7));
            }
            monday = last.plus(7);
        }
        if Date::new(year, 12, 31).unwrap() < today {
            held("brand-curve", &year.to_string(), &year.to_string(), Date::new(year + 1, 1, 20).unwrap());
            held("annual-plan", &year.to_string(), &year.to_string(), Date::new(year, 12, 20).unwrap());
        }
    }
    out
}

fn brand(shape: &Shape) -> String {
    let mut out = String::new();
    let mut nps = 30;
    for year in shape.all_years() {
        for quarter in 1..=4u8 {
            if Date::new(year, quarter * 3, 1).unwrap().month_end() < super::today() {
                nps += 1;
                let _ = write!(
                    out,
                    "[[quarter]]\nperiod = \"{year}-Q{quarter}\"\nsource = \"brand tracker, n = 1,200\"\nvalues = {{ nps = {nps}, aided-recall = {}, reputation-score = 4.3 }}\n\n",
                    nps + 4
                );
            }
        }
    }
    out
}

/// What a house with so many campaigns writes differently: the rhythm of twelve a year, and what counts as often.
fn policy(shape: &Shape) -> String {
    let yearly = shape.months().iter().sum::<usize>() / shape.years + 24 * shape.dense;
    format!(
        "[slots.sprint]\ncount = {}\nanchored = false\n\n[slots.regular]\ncount = {}\n\n[slots.theme]\ncount = {}\n\n\
         [figures.overlapping-campaigns]\nvalue = {}\n\n[figures.actions-applied-within]\nvalue = {}\n\n[figures.repeat-limit]\nvalue = {}\n\n\
         [milestones.go-live]\non-breach = \"live-fault\"\n\n[milestones.peak]\non-breach = \"live-fault\"\n\n\
         [severity]\n\"programme/rhythm\" = \"off\"\n\"programme/duplicate-spend\" = \"off\"\n\n\
         [[waiver]]\nrule = \"sop/no-measure\"\ntarget = \"sops/live-fault\"\nreason = {}\napprover = \"{}\"\nexpires = 2027-06-30\n",
        yearly * 3 / 12,
        yearly * 4 / 12,
        yearly * 5 / 12,
        yearly / 4 + 5,
        yearly * shape.years,
        yearly + 3,
        both(
            "It starts when a gate is missed; on other days there is nothing to tick off.",
            "门槛未达时才启动，平日没有可勾选的事项。"
        ),
        folk::lead("marketing")
    )
}
