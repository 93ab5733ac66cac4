//! Plans of campaigns.

use super::{Shape, both, folk, pick, sops, words, workday, workday_from};
use campaign_playbook::base::Date;
use std::fmt::Write as _;

/// A campaign, decided once and asked by whoever writes a file of it.
pub struct Plan {
    pub n: usize,
    pub id: String,
    pub en: String,
    pub zh: String,
    pub scale: &'static str,
    pub mode: &'static str,
    pub slot: &'static str,
    pub start: Date,
    pub end: Date,
    /// In thousands.
    pub total: usize,
    /// Role and person.
    pub team: Vec<(&'static str, String)>,
}

/// A node of the standard plan: id, where policy puts it (from T, or from Z), where this campaign does, whether it was there.
pub struct Node {
    pub id: &'static str,
    pub from_end: bool,
    pub standard: i64,
    pub due: Date,
}

/// Lines of a budget: id, thousandths of the total, purpose, nature, function, category, English, Chinese.
type Line = (&'static str, usize, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);
const HYBRID: [Line; 6] = [
    ("film", 220, "core", "base", "content", "content-innovation", "Film and stories", "短片与故事"),
    ("media", 200, "core", "floating", "traffic", "media", "Media of the last days", "临近几天的投放"),
    ("boxes", 180, "core", "base", "venue", "gift", "Boxes and tables in the stores", "门店礼盒与桌子"),
    ("coupons", 100, "core", "floating", "traffic", "discount", "The one coupon", "唯一的那张券"),
    ("reserve", 200, "reserve", "floating", "staff", "service", "Emergency reserve", "应急储备"),
    ("trial", 100, "innovation", "floating", "technology", "content-innovation", "Experiment of the month", "本月实验"),
];
const ONLINE: [Line; 7] = [
    ("recipes", 250, "core", "base", "content", "content-innovation", "Recipes, filmed at home", "在家拍的方子"),
    ("media", 150, "core", "floating", "traffic", "media", "Short-video media", "短视频投放"),
    ("coupons", 100, "core", "floating", "traffic", "discount", "Refill coupons", "补货券"),
    ("order-page", 150, "core", "base", "technology", "service", "One-screen order page", "一屏下单页"),
    ("tags", 50, "core", "floating", "data", "service", "Tags and dashboard", "标签与看板"),
    (
        "reserve",
        200,
        "reserve",
        "floating",
        "technology",
        "service",
        "Emergency reserve: capacity and data",
        "应急储备：容量与数据",
    ),
    ("trial", 100, "innovation", "floating", "data", "content-innovation", "Experiment of the month", "本月实验"),
];

impl Plan {
    pub fn lines(&self) -> &'static [Line] {
        if self.mode == "online" { &ONLINE } else { &HYBRID }
    }
    pub fn who(&self, role: &str) -> &str {
        self.team.iter().find(|(r, _)| *r == role).map_or(&self.team[0].1, |(_, person)| person)
    }
    pub fn days(&self) -> i64 {
        self.start.until(self.end)
    }
    /// Whether it is printed and shipped.
    pub fn has_boxes(&self) -> bool {
        self.mode != "online"
    }
    /// The standard nodes of this campaign, on working days and in order.
    pub fn nodes(&self) -> Vec<Node> {
        let t = |days: i64| self.start.plus(days);
        let earlier = |a: Date, b: Date| workday(a.min(b));
        let ready = workday(t(-7));
        let test = earlier(t(-9), ready.plus(-3));
        let design = earlier(t(-10), ready.plus(-1));
        let materials = workday(t(-15));
        let resources = earlier(t(-20), materials.plus(-1));
        let review = earlier(t(-25), resources.plus(-4));
        let theme = earlier(t(if self.scale == "large" { -45 } else { -30 }), review.plus(-2));
        let after = |days: i64, floor: Date| {
            let day = workday(self.end.plus(days));
            if day > floor { day } else { workday_from(self.end.plus(days)) }
        };
        let extraction = after(3, self.end);
        let evaluation = after(7, extraction);
        let optimisation = after(10, evaluation);
        let mut nodes = vec![("theme-decided", false, -30, theme)];
        if self.scale != "small" {
            nodes.push(("plan-review", false, -25, review));
        }
        nodes.push(("resources-confirmed", false, -20, resources));
        if self.has_boxes() {
            nodes.push(("materials-ready", false, -15, materials));
        }
        nodes.extend([("design-delivered", false, -10, design), ("tech-test", false, -9, test)]);
        nodes.extend([
            ("preparation-complete", false, -7, ready),
            ("preheat-start", false, -7, t(-7)),
            ("go-live", false, 0, t(0)),
        ]);
        if self.days() > 2 {
            nodes.push(("peak", false, 2, t(2)));
        }
        nodes.extend([("closing", true, 0, self.end), ("data-extraction", true, 3, extraction)]);
        nodes.extend([("effect-evaluation", true, 7, evaluation), ("optimisation-plan", true, 10, optimisation)]);
        nodes.push(("short-term-report", true, 30, after(30, optimisation)));
        nodes.into_iter().map(|(id, from_end, standard, due)| Node { id, from_end, standard, due }).collect()
    }
    pub fn node(&self, id: &str) -> Date {
        self.nodes().into_iter().find(|node| node.id == id).unwrap().due
    }
}

/// All campaigns of a playbook, earliest first.
pub fn all(shape: Shape) -> Vec<Plan> {
    let mut plans: Vec<Plan> = Vec::new();
    for (month, count) in shape.months().into_iter().enumerate() {
        let year = shape.first_year() + i16::try_from(month / 12).unwrap();
        let first = Date::new(year, u8::try_from(month % 12 + 1).unwrap(), 1).unwrap();
        for place in 0..count {
            // Spread over the first four weeks.
            let day = first.plus(i64::try_from(place * 26 / count).unwrap());
            plans.push(plan(plans.len(), if day.weekday().index() > 4 { day.plus(3) } else { day }));
        }
    }
    plans.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
    plans
}

fn plan(n: usize, start: Date) -> Plan {
    let (place, thing) = (n % words::PLACES.len(), n / words::PLACES.len() % words::THINGS.len());
    let (en, zh) = words::title(n, place, thing);
    let scale = ["small", "medium", "small", "medium", "large"][pick(n, "scale", 5)];
    let mode = if words::PLACES[place].0 == "online" {
        "online"
    } else {
        ["online", "offline", "hybrid", "hybrid"][pick(n, "mode", 4)]
    };
    let roles: &[(&str, &str)] = &[
        ("planner", "marketing"),
        ("user-ops", "marketing"),
        ("analyst", "technology"),
        ("designer", "design"),
        ("tech", "technology"),
        ("sales", "sales"),
        ("product", "product"),
        ("service", "service"),
    ];
    let roles = if scale == "small" { &roles[..5] } else { roles };
    let mut team: Vec<(&str, String)> = Vec::new();
    for (role, department) in roles {
        // Nobody holds two roles.
        let mut tries = 0;
        let who = loop {
            let who = folk::of(department, n, &format!("{role}{tries}"));
            if team.iter().all(|(_, taken)| *taken != who) {
                break who;
            }
            tries += 1;
        };
        team.push((role, who));
    }
    let weeks = match scale {
        "small" => 2,
        "medium" => 3,
        _ => 6,
    };
    Plan {
        n,
        id: format!("{}-{}-{}", &start.to_string()[..7], words::THINGS[thing].0, words::PLACES[place].0),
        en,
        zh,
        scale,
        mode,
        slot: [
            "sprint", "regular", "theme", "regular", "theme", "sprint", "theme", "regular", "theme", "sprint",
            "regular", "theme",
        ][n % 12],
        start,
        end: start.plus(weeks.min(3 + i64::try_from(pick(n, "days", 4)).unwrap())),
        total: 40
            * (1 + pick(n, "total", 6))
            * match scale {
                "small" => 1,
                "medium" => 2,
                _ => 4,
            },
        team,
    }
}

fn offset(anchor: &str, days: i64) -> String {
    if days == 0 { anchor.to_owned() } else { format!("{anchor}{days:+}") }
}

pub fn toml(plan: &Plan, all: &[Plan]) -> String {
    let mut out = String::new();
    let month = plan.start.month();
    let summary = words::summary(plan.n);
    let forms: &[&str] = match month {
        1..=3 => &["check-in", "share-reward"],
        4..=6 => &["member-upgrade", "personal-benefit", "salon", "custom-service"],
        _ => &["co-creation", "ip-series", "member-festival"],
    };
    let goals = ["repurchase", "retention", "voice", "campaign-sales"];
    let goal = goals[pick(plan.n, "goal", goals.len())];
    let candidates: Vec<String> = (0..3 + pick(plan.n, "candidates", 3))
        .map(|k| {
            let thing = words::THINGS[(plan.n + k * 7) % words::THINGS.len()];
            both(&format!("{} first", thing.1), &format!("{}先行", thing.2))
        })
        .collect();
    // Lessons of two that were closed when this one was planned.
    let at = all.partition_point(|p| p.end < plan.start.plus(-75));
    let from: Vec<String> =
        (0..2).filter_map(|k| at.checked_sub(1 + k * 5)).map(|k| format!("\"{}\"", all[k].id)).collect();
    let _ = write!(
        out,
        "title = {}\nsummary = {}\ncandidates = [{}]\nprogramme = \"{}\"\ngoals = [\"{goal}\"]\nform = \"{}\"\nslot = \"{}\"\n\
         scale = \"{}\"\nmode = \"{}\"\ntier = \"regular\"\ntags = [\"{}\", \"{}\"]\nowner = \"{}\"\nstart = {}\nend = {}\nlessons-from = [{}]\n",
        both(&plan.en, &plan.zh),
        both(summary.0, summary.1),
        candidates.join(", "),
        plan.start.year(),
        forms[pick(plan.n, "form", forms.len())],
        plan.slot,
        plan.scale,
        plan.mode,
        words::PLACES[plan.n % words::PLACES.len()].0,
        words::THINGS[plan.n / words::PLACES.len() % words::THINGS.len()].0,
        plan.who("planner"),
        plan.start,
        plan.end,
        from.join(", ")
    );
    if plan.scale == "large" {
        out.push_str("preparation = \"T-52\"\n");
    }
    out.push_str("\n[team]\n");
    for (role, person) in &plan.team {
        let _ = writeln!(out, "{role} = \"{person}\"");
    }
    for node in plan.nodes() {
        let (anchor, base) = if node.from_end { ("Z", plan.end) } else { ("T", plan.start) };
        let days = base.until(node.due);
        if days != node.standard {
            let _ = write!(out, "\n[[milestone]]\nid = \"{}\"\ndue = \"{}\"\n", node.id, offset(anchor, days));
        }
    }
    own_node(plan, &mut out);
    if plan.has_boxes() {
        let _ = write!(
            out,
            "\n[[material]]\nname = {}\nkind = \"physical\"\nquantity = {}\nsupplier = \"Ningbo carton works\"\nowner = \"{}\"\n\
             artwork = \"T-40\"\nproduction-days = 12\n",
            both("Boxes with a sleeve", "带封套的礼盒"),
            1000 + 500 * (plan.n % 30),
            plan.who("product")
        );
        let ready = workday(plan.start.plus(-19));
        if ready <= super::today() {
            let _ = writeln!(out, "ready = {ready}");
        }
    }
    money(plan, &mut out);
    work(plan, goal, &mut out);
    out
}

fn own_node(plan: &Plan, out: &mut String) {
    let due = workday(plan.start.plus(-18));
    let _ = write!(
        out,
        "\n[[milestone]]\nid = \"hosts-found\"\ntask = {}\ndue = \"{}\"\nowner = \"{}\"\n",
        both("Hosts of the tables found", "每张桌子找到主持人"),
        offset("T", plan.start.until(due)),
        plan.who("sales")
    );
}

fn money(plan: &Plan, out: &mut String) {
    let _ = write!(out, "\n[budget]\ntotal = {}\n", plan.total * 1000);
    if plan.scale == "large" {
        let why = both("As the year's plan says, and as it was last year", "依年度计划，并参照去年");
        let _ = write!(out, "\n[budget.rationale]\ntype = {why}\nusers = {why}\nchannel = {why}\nseason = {why}\n");
    }
    for (id, share, purpose, nature, function, category, en, zh) in plan.lines() {
        let tier = match *purpose {
            "innovation" => "pilot",
            _ => "regular",
        };
        let region = match *purpose {
            "innovation" => "pilot",
            _ => "core",
        };
        let _ = write!(
            out,
            "\n[[budget.line]]\nid = \"{id}\"\nname = {}\namount = {}\npurpose = \"{purpose}\"\nnature = \"{nature}\"\ntier = \"{tier}\"\n\
             function = \"{function}\"\ncategory = \"{category}\"\nregion = \"{region}\"\n",
            both(en, zh),
            plan.total * share
        );
    }
    for (metric, target) in targets(plan) {
        let _ = write!(out, "\n[[kpi]]\nmetric = \"{metric}\"\ntarget = {target}\n");
        if let Some((_, baseline)) = BASELINES.iter().find(|(id, _)| *id == metric) {
            let _ = writeln!(out, "baseline = {baseline}");
        }
    }
}

const BASELINES: [(&str, &str); 4] =
    [("repurchase-frequency", "1.5"), ("new-customer-conversion", "16"), ("satisfaction", "86"), ("nps", "40")];
pub fn targets(plan: &Plan) -> Vec<(&'static str, usize)> {
    let mut list =
        vec![("participation-rate", 62), ("roi", 4), ("new-customer-conversion", 20), ("repurchase-frequency", 2)];
    if plan.scale != "small" {
        list.extend([("sales-growth", 25), ("complaint-rate", 1), ("satisfaction", 90)]);
    }
    if plan.scale == "large" {
        list.push(("nps", 45));
    }
    list
}

fn work(plan: &Plan, goal: &str, out: &mut String) {
    let run = [
        ("T", "10:00", ("Doors and page open", "开门，上线"), "user-ops"),
        ("T+1", "20:00", ("Stream from the table", "桌边直播"), "user-ops"),
        ("Z", "21:00", ("Prices back, thanks said", "价格切回，道谢"), "planner"),
    ];
    for (day, time, what, role) in run {
        let _ = write!(
            out,
            "\n[[run]]\nday = \"{day}\"\ntime = \"{time}\"\nwhat = {}\nowner = \"{}\"\n",
            both(what.0, what.1),
            plan.who(role)
        );
    }
    if plan.scale == "small" {
        return;
    }
    let accepted = |due: Date| {
        if due.until(super::today()) < 20 && plan.n.is_multiple_of(9) {
            String::new()
        } else {
            format!("accepted = {due}\naccepted-by = \"{}\"\n", plan.who("sales"))
        }
    };
    let due = workday(plan.start.plus(-16));
    let when = if due <= super::today() { accepted(due) } else { String::new() };
    let _ = write!(
        out,
        "\n[[handover]]\nfrom = \"product\"\nto = \"sales\"\nitem = {}\ndue = \"{}\"\nnode = \"preparation-complete\"\n{when}",
        both("One price list for stores, shop and stream", "门店、商城、直播同一份价格表"),
        offset("T", plan.start.until(due))
    );
    for (source, en, zh, role) in [
        ("data", "Order monitor", "订单监控", "tech"),
        ("feedback", "Service desk", "客服工单", "service"),
        ("opinion", "Social listening", "舆情监测", "user-ops"),
    ] {
        let _ = write!(
            out,
            "\n[[watch]]\nsource = \"{source}\"\ntool = {}\nowner = \"{}\"\nthreshold = {}\n",
            both(en, zh),
            plan.who(role),
            both("Ten on one subject within an hour", "一小时内同一主题达十条")
        );
    }
    if plan.scale == "large" {
        let _ = write!(
            out,
            "\n[squad]\nplanning = \"{}\"\ndesign = \"{}\"\ntech = \"{}\"\nops = \"{}\"\nphone = \"0571 5550 1260\"\n",
            plan.who("planner"),
            plan.who("designer"),
            plan.who("tech"),
            plan.who("user-ops")
        );
        for role in ["planner", "tech", "service"] {
            let _ = write!(
                out,
                "\n[[duty]]\nperson = \"{}\"\nfrom = \"T\"\nto = \"Z\"\nshift = {}\n",
                plan.who(role),
                both("Day", "日班")
            );
        }
        for department in ["marketing", "sales", "product"] {
            let signed = plan.start.plus(-30);
            let signed = if signed <= super::today() { format!("price-signed = {signed}\n") } else { String::new() };
            let _ = write!(
                out,
                "\n[[department-goal]]\ndepartment = \"{department}\"\ngoal = {}\nshared-goal = \"{goal}\"\n{signed}",
                both("More first cups than last year", "第一杯比去年多")
            );
        }
    }
}

/// Checkpoints of a campaign by procedure, with the day each is due.
pub fn checkpoints(plan: &Plan) -> impl Iterator<Item = (String, &'static str, Date)> + '_ {
    sops::of(plan.scale, plan.mode).flat_map(move |(id, kind)| {
        kind.parts.iter().flat_map(|(_, _, items)| items.iter()).map(move |item| {
            let from = if item.from_end { plan.end } else { plan.start };
            (id.clone(), item.id, from.plus(item.due))
        })
    })
}
