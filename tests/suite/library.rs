//! The library: procedures, people, policy, waivers, rules, check report, free pages.

use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Compiled, Input, compile};
use campaign_playbook::sources::Sources;

fn built(files: &[(&str, &str)]) -> Compiled {
    let (sources, read) = Sources::from_memory(files.iter().map(|(p, t)| ((*p).to_owned(), t.as_bytes().to_vec())));
    compile(Input { sources, read, clock: Clock::fixed(Date::new(2026, 6, 12).unwrap()) })
}

/// The main part of a page on one line.
fn main(compiled: &Compiled, path: &str) -> String {
    let html = compiled.rendered.site.get(path).unwrap_or_else(|| panic!("no {path}: {:#?}", compiled.findings()));
    let html = String::from_utf8(html.to_vec()).unwrap();
    let main = html.split_once("<main").and_then(|(_, rest)| rest.split_once("</main>"));
    main.unwrap_or_else(|| panic!("{path} has no <main>")).0.replace('\n', "")
}

fn holds(html: &str, words: &[&str]) {
    for words in words {
        assert!(html.contains(words), "no `{words}` in {html}");
    }
}

const PEOPLE: (&str, &str) = (
    "content/people.toml",
    "[lin]\nname = { en = \"Lin\", zh-Hans = \"林\" }\ndepartment = \"sales\"\nemail = \"lin@cenli.example\"\n\
     [bo]\nname = \"Bo <b>\"\ndepartment = \"sales\"\n[old]\nname = \"Old\"\ndepartment = \"sales\"\nactive = false\n",
);
const DEPARTMENTS: (&str, &str) = ("content/departments.toml", "[sales]\nname = \"Sales\"\nlead = \"lin\"\n");
const CAMPAIGN: (&str, &str) = (
    "content/campaigns/june/campaign.toml",
    "title = \"June sale\"\nowner = \"lin\"\nstart = 2026-06-10\nend = 2026-06-14\n\
     [[milestone]]\nid = \"venue\"\ntask = \"Venue & keys\"\nowner = \"bo\"\ndue = 2026-06-02\n\
     [[milestone]]\nid = \"thanks\"\ntask = \"Thank-you cards\"\nowner = \"bo\"\ndue = 2026-06-20\n\
     [[milestone]]\nid = \"signs\"\ntask = \"Signs\"\nowner = \"bo\"\ndue = 2026-06-05\ndone = 2026-06-06\n\
     [[duty]]\nperson = \"bo\"\nfrom = \"T\"\nto = \"Z\"\n",
);
const SOP: (&str, &str) = (
    "content/sops/call.md",
    "+++\ntitle = { en = \"Calls\", zh-Hans = \"电话\" }\nphase = \"preparation\"\nowner = \"lin\"\nversion = \"1.2\"\n\
     reviewed = 2026-01-05\nreview-by = 2026-06-01\nscale = [\"medium\"]\naliases = [\"phone\"]\n+++\n\
     ## First {#first}\n\n- [ ] Call the venue {#venue role=sales due=T-9 must measure=\"p95 < 1 s\"}\n",
);
const SOP_ZH: (&str, &str) = ("content/sops/call.zh-Hans.md", "## 首先 {#first}\n\n- [ ] 打电话给场地 {#venue}\n");
const SETTINGS: (&str, &str) = ("playbook.toml", "title = \"P\"\nlanguages = [\"en\", \"zh-Hans\"]\n");

fn small() -> Compiled {
    built(&[SETTINGS, PEOPLE, DEPARTMENTS, CAMPAIGN, SOP, SOP_ZH])
}

#[test]
fn a_persons_page_puts_overdue_work_first_and_escapes_names() {
    let html = main(&small(), "people/bo/index.html");
    holds(
        &html,
        &["<h1>Bo &lt;b&gt;</h1>", "Venue &amp; keys", "10 days overdue", "On duty", "Thank-you cards", "in 8 days"],
    );
    let at = |words: &str| html.find(words).unwrap();
    assert!(at("Venue &amp; keys") < at("On duty") && at("On duty") < at("Thank-you cards"));
    assert!(at("Thank-you cards") < at("Done in the last 30 days") && at("Done in the last 30 days") < at("Signs"));
    holds(&html, &["href=\"person.ics\"", "datetime=\"2026-06-06\""]);
}

#[test]
fn people_lie_by_department_with_the_lead_first_and_leavers_apart() {
    let compiled = small();
    let html = main(&compiled, "people/index.html");
    let at = |words: &str| html.find(words).unwrap();
    assert!(at(">Lin<") < at(">Bo &lt;b&gt;<") && at("Former colleagues") < at(">Old<"));
    holds(&html, &["1 overdue", "href=\"../departments/sales/index.html\""]);
    let department = main(&compiled, "departments/sales/index.html");
    holds(
        &department,
        &["Venue &amp; keys", "href=\"department.ics\"", "<a href=\"../../people/lin/index.html\">Lin</a>"],
    );
}

#[test]
fn a_checkpoint_says_who_when_and_how_in_every_language() {
    let compiled = small();
    let html = main(&compiled, "sops/call/index.html");
    holds(
        &html,
        &["Call the venue", "mandatory", ">Sales<", "9 days before the first day", "Measured by: p95 &lt; 1 s", "1.2"],
    );
    holds(&html, &["review overdue", "Used by 1 campaign", "June sale", "<code>sops/call/</code>"]);
    let chinese = main(&compiled, "zh-Hans/sops/call/index.html");
    holds(&chinese, &["打电话给场地", "必做", "首日前 9 天", "衡量：p95 &lt; 1 s"]);
    let library = main(&compiled, "sops/index.html");
    holds(
        &library,
        &["Calls", "v1.2", "1 checkpoint ", "used by 1 campaign", "Medium", "every mode", "review overdue"],
    );
}

#[test]
fn an_earlier_id_of_a_procedure_leads_to_the_present_one() {
    let compiled = small();
    let redirect = &compiled.rendered.site["sops/phone/index.html"];
    holds(std::str::from_utf8(redirect).unwrap(), &["url=../call/index.html"]);
}

#[test]
fn the_policy_page_says_what_was_changed_from_what_and_where() {
    let own = "[milestones.plan-review]\ndue = \"T-28\"\n[severity]\n\"campaign/overlap\" = \"off\"\n";
    let compiled = built(&[SETTINGS, ("content/policies/own.toml", own)]);
    let html = main(&compiled, "policy/index.html");
    holds(
        &html,
        &[
            "milestones.plan-review.due = &quot;T-28&quot;",
            "<code>&quot;T-25&quot;</code>",
            "content/policies/own.toml:2",
            "id=\"milestones-plan-review\" class=\"is-now\"",
            "BUD-1, X-28, 000 §7.2",
            "our choice",
        ],
    );
    let rules = main(&compiled, "rules/campaign/overlap/index.html");
    holds(&rules, &[">off</span>", "by itself"]);
    holds(&main(&compiled, "policy/metrics/index.html"), &["Participation rate", "65%"]);
}

#[test]
fn waivers_and_what_they_set_aside_are_public_and_expired_ones_are_marked() {
    let waiver = |expires: &str| {
        let campaign = CAMPAIGN.1;
        format!(
            "{campaign}[[waiver]]\nrule = \"milestone/overdue\"\ntarget = \"venue\"\nreason = \"The *owner* is ill.\"\n\
             approver = \"lin\"\nexpires = {expires}\n"
        )
    };
    let with = |expires: &str| built(&[SETTINGS, PEOPLE, DEPARTMENTS, (CAMPAIGN.0, &waiver(expires)), SOP]);
    let compiled = with("2026-06-30");
    let html = main(&compiled, "waivers/index.html");
    holds(&html, &["June sale · venue", "The *owner* is ill.", "1 finding now", "in 18 days", "campaign.toml:"]);
    // The last of all findings, on the second page of the report.
    let report = main(&compiled, "check/2/index.html");
    holds(&report, &["Waived until 30 Jun 2026.", "The *owner* is ill."]);
    let expired = main(&with("2026-06-01"), "waivers/index.html");
    holds(&expired, &["No waiver is in force", "Expired", "11 days ago", "0 findings now"]);
}

#[test]
fn the_check_report_names_place_rule_and_advice() {
    let compiled = small();
    let html = main(&compiled, "check/index.html");
    holds(
        &html,
        &[
            "milestone/overdue",
            "href=\"../rules/milestone/overdue/index.html\"",
            "content/campaigns/june/campaign.toml:",
        ],
    );
    holds(&main(&compiled, "rules/milestone/overdue/index.html"), &["Found now", "This is reported", "This passes"]);
    let chinese = main(&compiled, "zh-Hans/check/index.html");
    holds(&chinese, &["检查报告"]);
}

#[test]
fn every_rule_has_a_page_in_every_language() {
    let compiled = small();
    for rule in campaign_playbook::compile::RULES.iter() {
        for lang in ["", "zh-Hans/"] {
            let html = main(&compiled, &format!("{lang}rules/{}/index.html", rule.code));
            assert!(!html.contains('`'), "{lang}{}: a backtick is left in {html}", rule.code);
        }
    }
}

#[test]
fn free_pages_lie_at_their_own_name_and_say_when_they_are_not_translated() {
    let page = ("content/pages/tea.md", "+++\ntitle = \"Tea\"\n+++\n\n[Calls](../sops/call.md#first)\n");
    let compiled = built(&[SETTINGS, page, SOP, PEOPLE, DEPARTMENTS]);
    holds(&main(&compiled, "tea/index.html"), &["href=\"../sops/call/index.html#first\""]);
    let chinese = main(&compiled, "zh-Hans/tea/index.html");
    holds(&chinese, &["<h1 lang=\"en\">Tea</h1>", "class=\"prose\" lang=\"en\"", "尚未翻译"]);
}

#[test]
fn a_language_without_words_of_its_own_reads_those_of_another() {
    let settings = ("playbook.toml", "title = \"P\"\nlanguages = [\"zh-Hant\", \"fr\"]\n");
    let compiled = built(&[settings, PEOPLE, DEPARTMENTS, CAMPAIGN, SOP, SOP_ZH]);
    holds(&main(&compiled, "people/bo/index.html"), &["逾期"]);
    holds(&main(&compiled, "fr/people/bo/index.html"), &["Overdue"]);
    holds(&main(&compiled, "rules/campaign/overlap/index.html"), &["lang=\"zh-Hans\""]);
}

#[test]
fn every_page_knows_its_source_and_whoever_names_it() {
    let settings = "title = \"P\"\nlanguages = [\"en\", \"zh-Hans\"]\nrepository = \"https://github.com/cenli/book.git\"\nbase-url = \"https://book.example/x\"\n";
    let budget = format!("{}[budget]\ntotal = 1000\n", CAMPAIGN.1);
    let line = budget.lines().position(|l| l == "[budget]").unwrap() + 1;
    let page = (
        "content/pages/tea.md",
        "+++\ntitle = { en = \"Tea\", zh-Hans = \"茶\" }\n+++\n[Calls](../sops/call.md#first)\n",
    );
    let review = (
        "content/campaigns/june/postmortem.md",
        "+++\nstatus = \"draft\"\n+++\n## Effect\n\n[calls](../../sops/call.md)\n",
    );
    let compiled = built(&[
        ("playbook.toml", settings),
        PEOPLE,
        DEPARTMENTS,
        ("content/campaigns/june/campaign.toml", &budget),
        ("content/campaigns/june/results.toml", "\n[done]\n"),
        SOP,
        SOP_ZH,
        page,
        review,
    ]);
    let edit = |path: &str, at: &str| {
        holds(&main(&compiled, path), &[&format!("href=\"https://github.com/cenli/book/edit/main/content/{at}\"")]);
    };
    edit("sops/call/index.html", "sops/call.md#L1");
    edit("zh-Hans/sops/call/index.html", "sops/call.zh-Hans.md#L1");
    edit("campaigns/june/budget/index.html", &format!("campaigns/june/campaign.toml#L{line}"));
    edit("campaigns/june/checklist/index.html", "campaigns/june/results.toml#L2");
    edit("campaigns/june/review/index.html", "campaigns/june/postmortem.md#L1");
    edit("people/bo/index.html", "people.toml#L5");

    let report = main(&compiled, "zh-Hans/sops/call/index.html");
    let title =
        "https://github.com/cenli/book/issues/new?title=%E6%89%8B%E5%86%8C%EF%BC%9A%E7%94%B5%E8%AF%9D&amp;body=";
    let address = "https%3A%2F%2Fbook.example%2Fx%2Fzh-Hans%2Fsops%2Fcall%2F%0A";
    holds(&report, &[title, address, "content%2Fsops%2Fcall.zh-Hans.md", "2026-06-12"]);
    assert!(!main(&compiled, "index.html").contains("/edit/main/"), "a computed page has no source");
    holds(&main(&compiled, "index.html"), &["/issues/new?title="]);

    let linked = main(&compiled, "sops/call/index.html");
    let (_, here) = linked.split_once("What links here").unwrap();
    holds(
        here,
        &[
            "href=\"../../tea/index.html\">Tea</a>",
            "href=\"../../campaigns/june/review/index.html\">June sale · Review</a>",
        ],
    );
    assert_eq!(here.matches("<li>").count(), 2, "{here}");
    holds(&report, &["哪些页面链接到此", ">茶</a>"]);
    assert!(!main(&compiled, "tea/index.html").contains("What links here"), "nobody names it");

    let head = String::from_utf8(compiled.rendered.site["zh-Hans/sops/call/index.html"].to_vec()).unwrap();
    holds(
        &head,
        &[
            "<link rel=\"canonical\" href=\"https://book.example/x/zh-Hans/sops/call/\">",
            "<link rel=\"alternate\" hreflang=\"en\" href=\"https://book.example/x/sops/call/\">",
            "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://book.example/x/sops/call/\">",
        ],
    );
}

#[test]
fn an_own_template_wins_and_a_host_that_cannot_be_told_is_a_finding() {
    let with = |lines: &str| {
        let settings = format!("title = \"P\"\n{lines}");
        built(&[("playbook.toml", &settings), PEOPLE, DEPARTMENTS, CAMPAIGN, SOP])
    };
    let own = with(
        "repository = \"https://git.example.com/a/b\"\nforge = \"gitea\"\nrepository-folder = \"book\"\n\
         edit-url = \"https://wiki.example/{path}?line={line}\"\nreport-url = \"mailto:team@cenli.example?subject={title}\"\n",
    );
    holds(
        &main(&own, "sops/call/index.html"),
        &["https://wiki.example/content/sops/call.md?line=1", "mailto:team@cenli.example?subject=Playbook%3A%20Calls"],
    );
    let folder = with(
        "repository = \"https://git.example.com/a/b\"\nforge = \"gitea\"\nrepository-folder = \"book\"\nbranch = \"trunk\"\n",
    );
    holds(
        &main(&folder, "sops/call/index.html"),
        &["https://git.example.com/a/b/_edit/trunk/book/content/sops/call.md#L1"],
    );
    for (lines, words) in [
        ("repository = \"https://git.example.com/a/b\"\n", "kind of host"),
        ("repository = \"https://git.example.com/a/b\"\nforge = \"gitae\"\n", "`gitae` is no kind of host"),
        ("repository = \"git@git.example.com:a/b\"\n", "is no web address"),
        ("edit-url = \"javascript:alert(1)\"\n", "is no web address"),
    ] {
        let wrong = with(lines);
        assert!(wrong.findings().iter().any(|d| d.message.en.contains(words)), "{words}: {:#?}", wrong.findings());
        assert!(!main(&wrong, "sops/call/index.html").contains("Edit this page"));
    }
}

#[test]
fn files_beside_a_text_are_listed_and_named_by_their_bytes() {
    let sop = (
        "content/sops/plan.md",
        "+++\ntitle = \"Plan\"\n+++\n![Plan](assets/plan.svg)\n\n[Sheet](assets/a%20b.xlsx) [again](assets/a%20b.xlsx)\n",
    );
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"40\" height=\"20\"></svg>";
    let files = |sheet| {
        built(&[
            SETTINGS,
            PEOPLE,
            DEPARTMENTS,
            CAMPAIGN,
            sop,
            ("content/sops/assets/plan.svg", svg),
            ("content/sops/assets/a b.xlsx", sheet),
            ("content/campaigns/june/assets/offer.pdf", "%PDF-1.4"),
        ])
    };
    let (one, two) = (files("1"), files("22"));
    let sheet = |compiled: &Compiled| {
        compiled
            .rendered
            .site
            .keys()
            .find(|p| p.starts_with("sops/assets/a b.") && p.ends_with(".xlsx"))
            .unwrap()
            .clone()
    };
    assert_ne!(sheet(&one), sheet(&two), "another content has another address");
    let html = main(&one, "sops/plan/index.html");
    let href = format!("../assets/{}", sheet(&one).trim_start_matches("sops/assets/").replace(' ', "%20"));
    assert_eq!(html.matches(&href).count(), 3, "twice in the text and once in the list: {html}");
    holds(&html, &["download=\"a b.xlsx\"", "Spreadsheet · 1 B", "width=\"40\" height=\"20\" decoding=\"async\">"]);
    holds(&main(&one, "campaigns/june/index.html"), &[">offer.pdf</a>", "PDF · 8 B"]);
}
