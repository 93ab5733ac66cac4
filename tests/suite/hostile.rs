//! Trees that mean harm or were only badly made: nothing panics, nothing is skipped in silence, nothing leads out.

use super::cli::{Book, stderr, stdout};
use std::process::Output;

fn check(book: &Book) -> Output {
    let output = book.run(&["check", "--all", "--as-of", "2026-04-01"]);
    assert!(output.status.code().is_some_and(|c| c < 2), "{}{}", stdout(&output), stderr(&output));
    assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
    output
}

const JUNE: &str = "content/campaigns/june/campaign.toml";
const PLAN: &str = "title = \"June\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n";

#[test]
fn a_link_out_of_the_tree_is_refused_and_one_inside_is_followed() {
    let book = Book::small();
    let secret = tempfile::NamedTempFile::new().unwrap();
    let assets = book.root().join("content/campaigns/june/assets");
    std::fs::create_dir_all(&assets).unwrap();
    std::os::unix::fs::symlink(secret.path(), assets.join("key.png")).unwrap();
    std::os::unix::fs::symlink("/etc", assets.join("etc")).unwrap();
    std::os::unix::fs::symlink("loop", assets.join("loop")).unwrap();
    std::os::unix::fs::symlink("../../../people.toml", assets.join("people.txt")).unwrap();
    let text = stdout(&check(&book));
    for name in ["key.png", "etc", "loop"] {
        assert!(text.contains(&format!("`content/campaigns/june/assets/{name}` is a link")), "{name}: {text}");
    }
    assert!(!text.contains("people.txt"), "{text}");
}

#[test]
fn other_encodings_are_named_with_the_first_wrong_byte() {
    let book = Book::small();
    let path = book.root().join("content/campaigns/june/brief.md");
    std::fs::write(&path, b"Tea \xb2\xe8 and more \xb2\xe8").unwrap();
    assert!(stdout(&check(&book)).contains("is not UTF-8 at byte 4; it looks like GBK"));
    let utf16: Vec<u8> = "\u{feff}茶".encode_utf16().flat_map(u16::to_le_bytes).collect();
    std::fs::write(&path, utf16).unwrap();
    assert!(stdout(&check(&book)).contains("is not UTF-8 at byte 0; it looks like UTF-16"));
}

#[test]
fn a_byte_order_mark_and_carriage_returns_change_nothing() {
    let book = Book::small();
    book.write(JUNE, &format!("\u{feff}{}", PLAN.replace('\n', "\r\n")));
    let output = check(&book);
    assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    book.write(JUNE, &format!("\u{feff}{}scale = \"big\"\r\n", PLAN.replace('\n', "\r\n")));
    assert!(stdout(&check(&book)).contains("campaign.toml:5:9"), "{}", stdout(&check(&book)));
}

#[test]
fn empty_files_say_what_they_lack() {
    let book = Book::small();
    for path in [
        JUNE,
        "content/campaigns/june/results.toml",
        "content/campaigns/june/postmortem.md",
        "content/sops/x.md",
        "content/pages/x.md",
    ] {
        book.write(path, "");
    }
    let text = stdout(&check(&book));
    assert!(text.contains("`title` is missing"), "{text}");
    assert_eq!(text.matches("the file has no front matter").count(), 3, "{text}");
    book.write("playbook.toml", "");
    assert!(stdout(&check(&book)).contains("`title` is missing"));
}

#[test]
fn lines_of_a_megabyte_and_a_hundred_thousand_brackets_are_only_long() {
    let book = Book::small();
    let long = "双十一 **重点：**内容 ".repeat(40_000);
    book.write("content/campaigns/june/brief.md", &long);
    book.write(JUNE, &format!("{PLAN}summary = \"{long}\"\nscale = \"{}\"\n", "x".repeat(1 << 20)));
    let output = check(&book);
    assert!(stdout(&output).len() < 100_000, "a report of {} bytes", stdout(&output).len());
    for open in ["[", "{a="] {
        book.write(JUNE, &format!("{PLAN}tags = {}\n", open.repeat(100_000)));
        assert_eq!(check(&book).status.code(), Some(1));
    }
    for open in ["> ", "- ", "[", "**", "![](", "<a "] {
        book.write("content/campaigns/june/brief.md", &open.repeat(50_000));
        check(&book);
    }
}

#[test]
fn names_that_cannot_be_published_are_refused_not_skipped() {
    let book = Book::small();
    book.write("content/campaigns/june/assets/a:b.png", "x");
    book.write("content/campaigns/june/assets/gnp.\u{202e}txt", "x");
    book.write("content/campaigns/Sommer/campaign.toml", PLAN);
    let text = stdout(&check(&book));
    assert_eq!(text.matches("files/name").count(), 2, "{text}");
    assert!(text.contains("`Sommer` is no id") && text.contains("write `sommer`"), "{text}");
}

#[test]
fn dates_numbers_and_keys_from_beyond_the_edge_are_findings() {
    let book = Book::small();
    let odd = [
        "start = 9999-12-31\nend = 9999-12-31\n",
        "start = 0001-01-01\nend = 9999-12-31\n",
        "start = 2026-06-14\nend = 2026-06-10\n",
        "start = 2026-06-10T24:00:00\nend = 2026-06-14\n",
        "start = nan\nend = inf\n",
        "start = 2026-06-10\nend = 2026-06-14\n[budget]\ntotal = 99999999999999999999999999999\n",
        "start = 2026-06-10\nend = 2026-06-14\n[budget]\ntotal = 1e5\n",
        "start = 2026-06-10\nend = 2026-06-14\n[[milestone]]\nid = \"x\"\ndue = \"T-9999\"\nbuffer = 9223372036854775807\n",
        "start = 2026-06-10\nend = 2026-06-14\n[[material]]\nname = \"x\"\nartwork = \"T-3\"\nproduction-days = 9223372036854775807\n",
    ];
    for tail in odd {
        book.write(JUNE, &format!("title = \"June\"\nowner = \"lin-yue\"\n{tail}"));
        check(&book);
    }
}
