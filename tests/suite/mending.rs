//! Slips of the hand as authors really make them: what is said of each, and what `playbook fix` makes of it.

use super::cli::{Book, stderr, stdout};

const CAMPAIGN: &str = "content/campaigns/june/campaign.toml";
const RESULTS: &str = "content/campaigns/june/results.toml";
const DAY: &str = "2026-04-01";

/// A campaign of June with a procedure of two items and a budget.
fn book() -> Book {
    let book = Book::small();
    book.write(
        CAMPAIGN,
        "title = \"June\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n\n[budget]\ntotal = 100000\n\n\
         [[budget.line]]\nid = \"live\"\nname = \"Livestream\"\namount = 70000\npurpose = \"core\"\n\n\
         [[budget.line]]\nid = \"kept\"\nname = \"Kept back\"\namount = 20000\npurpose = \"reserve\"\n\n\
         [[budget.line]]\nid = \"robot\"\nname = \"Tea robot\"\namount = 10000\npurpose = \"innovation\"\n",
    );
    book.write(
        "content/sops/shop.md",
        "+++\ntitle = \"Shop\"\nphase = \"preparation\"\nowner = \"lin-yue\"\nversion = \"1\"\n+++\n\n- [ ] Artwork released {#artwork role=planner due=T-9 must}\n\
         - [ ] Stock counted {#stock-plan role=planner due=T-9}\n",
    );
    book
}

fn check(book: &Book, more: &[&str]) -> String {
    let output = book.run(&[&["check", "--as-of", DAY], more].concat());
    stdout(&output) + &stderr(&output)
}

fn fix(book: &Book, rules: &[&str]) -> String {
    let output = book.run(&[&["fix", "--as-of", DAY], rules].concat());
    stdout(&output) + &stderr(&output)
}

fn read(book: &Book, path: &str) -> String {
    std::fs::read_to_string(book.root().join(path)).unwrap()
}

/// The text of a file with some words in place of others.
fn change(book: &Book, path: &str, old: &str, new: &str) {
    let text = read(book, path);
    assert!(text.contains(old), "{path} has no `{old}`");
    book.write(path, &text.replacen(old, new, 1));
}

#[test]
fn a_tick_that_names_no_item_is_never_moved_to_another_one() {
    let book = book();
    book.write(RESULTS, "[done]\n\"shop/stok\" = 2026-03-20\n");
    let said = check(&book, &[]);
    assert!(said.contains("procedure `shop` has no item `stok`"), "{said}");
    assert!(said.contains("write one of its items: `shop/artwork` or `shop/stock-plan`"), "{said}");
    fix(&book, &[]);
    assert_eq!(read(&book, RESULTS), "[done]\n\"shop/stok\" = 2026-03-20\n");

    // One letter is a slip; two items as near as each other are a choice.
    book.write(RESULTS, "[done]\n\"shop/stock-pln\" = 2026-03-20\n");
    fix(&book, &[]);
    assert_eq!(read(&book, RESULTS), "[done]\n\"shop/stock-plan\" = 2026-03-20\n");
    change(&book, "content/sops/shop.md", "#artwork", "#stock-plot");
    book.write(RESULTS, "[done]\n\"shop/stock-plo\" = 2026-03-20\n\"shop/stock-pla\" = 2026-03-20\n");
    change(&book, "content/sops/shop.md", "#stock-plan", "#stock-plon");
    book.write(RESULTS, "[done]\n\"shop/stock-plo\" = 2026-03-20\n");
    let said = fix(&book, &[]);
    assert!(said.contains("milestone/done-unknown: 1 suggested edit left, since it is only a guess"), "{said}");
    assert_eq!(read(&book, RESULTS), "[done]\n\"shop/stock-plo\" = 2026-03-20\n");
}

#[test]
fn money_that_moves_leaves_one_line_and_reaches_another_in_one_edit() {
    let book = book();
    change(&book, CAMPAIGN, "amount = 70000", "amount = 80000");
    change(&book, CAMPAIGN, "amount = 20000", "amount = 10000");
    let said = fix(&book, &["budget/split"]);
    let text = read(&book, CAMPAIGN);
    assert!(text.contains("amount = 70000") && text.contains("amount = 20000"), "{said}\n{text}");
    let left = check(&book, &[]);
    assert!(!left.contains("budget/s"), "{left}");
}

#[test]
fn dates_and_numbers_as_people_type_them_are_answered_with_the_right_form() {
    let book = book();
    for (typed, right, is_made) in [
        ("start = 2026－06－10", "write `2026-06-10`", true),
        ("start = 2026-6-10", "write `2026-06-10`", true),
        ("start = 2026/06/10", "write `2026-06-10`", true),
        ("start = 2026年6月10日", "write `2026-06-10`", true),
        ("start ＝ 2026-06-10", "write the plain ASCII sign instead", true),
        ("start = 6月10日", "write the year too, as in `2026-06-10`", false),
    ] {
        change(&book, CAMPAIGN, "start = 2026-06-10", typed);
        let said = check(&book, &[]);
        assert!(said.contains(right) && !said.contains("in quotes"), "{typed}\n{said}");
        fix(&book, &[]);
        let text = read(&book, CAMPAIGN);
        assert_eq!(text.contains("start = 2026-06-10"), is_made, "{typed}\n{text}");
        book.write(CAMPAIGN, &text.replacen(typed, "start = 2026-06-10", 1));
    }
    for (typed, right, is_made) in [
        ("total = 10万", "write `100000`", true),
        ("total = １０００００", "write `100000`", true),
        ("total = ¥100000", "write `100000`", true),
        ("total = 100,000", "write it without commas: `100000`", false),
        ("total = 100000,5", "write a decimal point instead of the comma: `100000.5`", false),
    ] {
        change(&book, CAMPAIGN, "total = 100000", typed);
        let said = check(&book, &[]);
        assert!(said.contains(right) && !said.contains("in quotes"), "{typed}\n{said}");
        fix(&book, &[]);
        let text = read(&book, CAMPAIGN);
        assert_eq!(text.contains("total = 100000\n"), is_made, "{typed}\n{text}");
        book.write(CAMPAIGN, &text.replacen(typed, "total = 100000", 1));
    }
    book.write(RESULTS, "[done]\nshop/artwork = 2026-03-20\n");
    let said = check(&book, &[]);
    assert!(said.contains("the name `shop/artwork` is not in quotes") && !said.contains("is no date"), "{said}");
    fix(&book, &[]);
    assert_eq!(read(&book, RESULTS), "[done]\n\"shop/artwork\" = 2026-03-20\n");
}

#[test]
fn a_key_of_the_whole_campaign_below_a_header_moves_up() {
    let book = book();
    let before = read(&book, CAMPAIGN);
    book.write(CAMPAIGN, &format!("{before}\n[[kpi]]\nmetric = \"roi\"\ntarget = 4\ncancelled = 2026-03-20\n"));
    let said = check(&book, &[]);
    assert!(said.contains("it belongs to the whole file: move the line up, above the first `[`"), "{said}");
    fix(&book, &[]);
    let text = read(&book, CAMPAIGN);
    let (top, rest) = text.split_once("[budget]").unwrap();
    assert!(top.ends_with("end = 2026-06-14\n\ncancelled = 2026-03-20\n\n"), "{text}");
    assert!(rest.ends_with("[[kpi]]\nmetric = \"roi\"\ntarget = 4\n"), "{text}");
    assert!(!check(&book, &[]).contains("shape/"), "{text}");
}

#[test]
fn one_slip_is_one_finding() {
    let book = book();
    change(&book, CAMPAIGN, "owner = ", "ownr = ");
    let said = check(&book, &[]);
    assert!(said.contains("did you mean `owner`?") && !said.contains("`owner` is missing"), "{said}");
    change(&book, CAMPAIGN, "ownr = ", "owner = ");
    let node = "\n[[milestone]]\nid = \"menu\"\ntask = \"Menu printed\"\ndue = \"T-3\"\nowner = \"lin-yue\"\n";
    let again = "\n[[milestone]]\nid = \"menu\"\nowner = \"lin-yue\"\n";
    book.write(CAMPAIGN, &format!("{}{node}{again}", read(&book, CAMPAIGN)));
    let said = check(&book, &[]);
    assert!(said.contains("the id `menu` is used twice") && !said.contains("milestone/incomplete"), "{said}");
}

#[test]
fn no_other_campaign_is_accused_while_one_cannot_be_read_or_is_called_off() {
    let book = book();
    book.write("content/programmes/2026.toml", "title = \"2026\"\nyear = 2026\n");
    let themed = |month: &str, more: &str| {
        format!("title = \"{month}\"\nowner = \"lin-yue\"\nstart = 2026-{month}-10\nend = 2026-{month}-14\n{more}")
    };
    book.write("content/campaigns/july/campaign.toml", &themed("07", ""));
    book.write(CAMPAIGN, &themed("06", "theme = \"Cold tea\"\n"));
    book.write("content/campaigns/may/campaign.toml", &themed("05", ""));
    let accused = |book: &Book| check(book, &[]).contains("programme/orphan");
    assert!(!accused(&book));
    // Another one without a theme goes unseen, or away: those that are left are not to blame for that.
    book.write("content/campaigns/may/campaign.toml", &themed("05", "mode = \"onlin\"\n"));
    assert!(!accused(&book));
    book.write(
        "content/campaigns/may/campaign.toml",
        &themed("05", "cancelled = 2026-03-20\ncancelled-because = \"Rain\"\n"),
    );
    assert!(!accused(&book));
    assert!(!check(&book, &[]).contains("shape/"), "it is called off, and sound");
    book.write("content/campaigns/may/campaign.toml", &themed("05", "theme = \"First leaves\"\n"));
    assert!(accused(&book));
}

#[test]
fn a_link_by_a_bare_id_or_without_its_colon_is_told_the_address() {
    let book = book();
    let page = "content/pages/about.md";
    book.write(
        page,
        "+++\ntitle = \"About\"\n+++\n\nSee [June](june), [the shop](shop) and [us](https//example.com/us).\n",
    );
    let said = check(&book, &[]);
    for right in ["`../campaigns/june/campaign.toml`", "`../sops/shop.md`", "`https://example.com/us`"] {
        assert!(said.contains(right), "{right}\n{said}");
    }
    fix(&book, &[]);
    assert!(!check(&book, &[]).contains("links/"), "{}", read(&book, page));
}
