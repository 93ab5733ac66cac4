//! The author's loop: what is served is what is built, and every change reaches the browser that shows it.

use super::super::cli::{Book, stderr};
use super::{AS_OF, JUNE, Server, book, june, unmarked};
use campaign_playbook::serve::Editor;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

#[test]
fn what_is_served_is_what_is_built_besides_one_script() {
    let server = Server::start(book());
    let output = server.book.run(&["build", "--as-of", AS_OF, "--output", "out"]);
    assert!(output.status.success(), "{}", stderr(&output));
    let out = server.book.root().join("out");
    let mut compared = 0;
    for entry in walkdir::WalkDir::new(&out).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file()) {
        let path = entry.path().strip_prefix(&out).unwrap().to_str().unwrap();
        // These two are of the folder, not of the site.
        if path == ".gitignore" || path == "playbook-manifest.json" {
            continue;
        }
        let written = std::fs::read(entry.path()).unwrap();
        let answer = server.get(&format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        if path.ends_with(".html") {
            assert_eq!(unmarked(&answer.body), String::from_utf8(written).unwrap(), "{path}");
        } else {
            assert!(answer.body == written, "{path}");
        }
        compared += 1;
    }
    assert!(compared > 100, "only {compared} files");
    assert_eq!(
        unmarked(&server.get("/campaigns/june/").body),
        unmarked(&server.get("/campaigns/june/index.html").body)
    );
}

#[test]
fn addresses_behave_as_on_a_web_server() {
    let server = Server::start(book());
    let moved = server.get("/campaigns/june?a=b");
    assert_eq!((moved.status, moved.header("location")), (301, "./june/?a=b"));
    let lost = server.get("/campaigns/nowhere/");
    assert_eq!(lost.status, 404);
    assert_eq!(unmarked(&lost.body), unmarked(&server.get("/404.html").body));
    let lost = server.get("/zh-Hans/nowhere");
    assert!(String::from_utf8(lost.body).unwrap().contains("<html lang=\"zh-Hans\">"));
    let head = server.ask("HEAD", "/", "");
    let whole = server.get("/");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), whole.body.len().to_string());
    // Only what is named by its bytes may be kept.
    let home = String::from_utf8(whole.body).unwrap();
    let sheet = home.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|href| href.ends_with(".css"));
    let answer = server.get(&format!("/{}", sheet.unwrap()));
    assert!(answer.status == 200 && answer.header("cache-control").contains("immutable"), "{}", answer.head);
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/calendar.ics", "text/calendar; charset=utf-8"),
        ("/model.json", "application/json"),
        ("/__playbook/reload.js", "text/javascript; charset=utf-8"),
        ("/__playbook/box.css", "text/css; charset=utf-8"),
    ] {
        let answer = server.get(path);
        assert_eq!((answer.status, answer.header("content-type")), (200, kind), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "", "{path}");
    }
}

#[test]
fn every_way_to_save_a_file_reaches_the_browser_and_other_pages_stay_as_they_are() {
    let server = Server::start(book());
    let (mut page, mut other) = (server.listen("/campaigns/june/"), server.listen("/glossary/"));
    let file = server.book.root().join(JUNE);
    let beside = server.book.root().join("content/campaigns/june/.campaign.toml.new");
    type Save<'s> = &'s dyn Fn(&str);
    let saves: [(&str, Save<'_>); 4] = [
        ("Written in place", &|text| std::fs::write(&file, text).unwrap()),
        ("Renamed over", &|text| {
            std::fs::write(&beside, text).unwrap();
            std::fs::rename(&beside, &file).unwrap();
        }),
        ("Deleted and made anew", &|text| {
            std::fs::remove_file(&file).unwrap();
            std::fs::write(&file, text).unwrap();
        }),
        ("In a burst", &|text| {
            for n in 0..1000 {
                server.book.write(&format!("content/campaigns/june/assets/{n}.txt"), "x");
            }
            std::fs::write(&file, text).unwrap();
        }),
    ];
    for (title, save) in saves {
        save(&june(title));
        loop {
            let event = page.next("page");
            assert_eq!(event["page"], "/campaigns/june/");
            assert!(event["sheets"].is_null(), "words changed, not the look: {event}");
            if server.text("/campaigns/june/").contains(title) {
                break;
            }
        }
    }
    // The title of the site stands on every page. It is the first thing that a reader of the glossary is told.
    let settings = "title = \"Coffee\"\ntimezone = \"Asia/Shanghai\"\nlanguages = [\"en\", \"zh-Hans\"]\n";
    server.book.write("playbook.toml", settings);
    assert_eq!(other.next("page")["page"], "/glossary/");
    assert!(server.text("/glossary/").contains("Coffee"), "the first event came with the change of the title");
}

#[test]
fn theme_strings_policy_and_new_folders_are_inputs_too() {
    let server = Server::start(book());
    let mut page = server.listen("/campaigns/june/");
    server.book.write("themes/default/static/style/own.css", ".own { color: red }");
    let event = page.next("page");
    let sheets = event["sheets"].as_array().unwrap_or_else(|| panic!("only the look changed: {event}"));
    let sheet = sheets.iter().filter_map(|s| s.as_str()).find(|s| s.contains("style.")).unwrap();
    let sheet = server.text(&format!("/{}", sheet.trim_start_matches("../")));
    assert!(sheet.contains(".own{color:red}"), "the sheet is there when the browser is told of it");
    server.book.write("themes/default/strings/en.toml", "nav-campaigns = \"Endeavours\"\n");
    while !server.text("/campaigns/june/").contains("Endeavours") {
        page.next("page");
    }
    server.book.write("content/policies/own.toml", "[figures]\nno-such-figure = 1\n");
    let shown = page.boxed(|shown| !shown["findings"].as_array().unwrap().is_empty());
    assert!(shown.to_string().contains("content/policies/own.toml"), "{shown}");
}

#[test]
fn errors_keep_the_last_good_site_under_a_box_until_they_are_mended() {
    let server = Server::with(book(), |options| {
        options.editor = Some(Editor::named("vscode", &options.root).unwrap());
    });
    let mut page = server.listen("/campaigns/june/");
    assert_eq!(page.next("box")["isOpen"], false);
    let before = server.text("/campaigns/june/");
    server.book.write(JUNE, "title = \"Broken\"\nowner = \"nobody\"\nstrat = 2026-06-10\n");
    let shown = page.boxed(|shown| shown["isOpen"] == true);
    let rules: Vec<&str> = shown["findings"].as_array().unwrap().iter().filter_map(|f| f["rule"].as_str()).collect();
    assert!(rules.contains(&"shape/unknown-key") && rules.contains(&"shape/missing-key"), "all of them: {rules:?}");
    let first = &shown["findings"][0];
    assert!(first["place"].as_str().unwrap().starts_with(&format!("{JUNE}:")), "{first}");
    let href = first["href"].as_str().unwrap();
    assert!(href.starts_with("vscode://file/") && href.contains(JUNE), "{href}");
    assert!(shown["note"].as_str().unwrap().contains("last good"), "{shown}");
    server.built(false);
    assert_eq!(server.text("/campaigns/june/"), before);
    // A reader of the Chinese edition reads Chinese.
    let mut chinese = server.listen("/zh-Hans/campaigns/june/");
    let shown = chinese.next("box");
    assert!(shown["title"].as_str().unwrap().contains("个错误"), "{shown}");
    server.book.write(JUNE, &june("Mended"));
    page.boxed(|shown| shown["isOpen"] == false);
    while !server.text("/campaigns/june/").contains("Mended") {
        page.next("page");
    }
}

#[test]
fn a_playbook_that_was_never_sound_is_shown_as_far_as_it_goes() {
    let book = book();
    book.write(JUNE, "title = \"June\"\nowner = \"nobody\"\nstart = 2026-06-10\nend = 2026-06-14\n");
    let server = Server::start(book);
    let shown = server.listen("/").next("box");
    assert_eq!((shown["isOpen"].as_bool(), server.get("/").status), (Some(true), 200));
    assert!(shown["note"].as_str().unwrap().contains("left out"), "{shown}");
}

#[test]
fn a_link_that_breaks_is_found_when_the_whole_site_is_made_and_the_page_goes_back() {
    let server = Server::start(book());
    let mut page = server.listen("/campaigns/june/");
    let before = server.text("/campaigns/june/");
    server.book.write("content/campaigns/june/brief.md", "# Why\n\nSee [there](#nowhere).\n");
    page.boxed(|shown| shown.to_string().contains("links/") && shown["isOpen"] == true);
    server.built(false);
    assert_eq!(server.text("/campaigns/june/"), before);
}

#[test]
fn a_commit_changes_the_foot_of_the_page() {
    let book = book();
    let root = book.root().to_owned();
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=Lin", "-c", "user.email=lin@example.org", "-c", "commit.gpgsign=false"];
        let mut command = Command::new("git");
        command.arg("-C").arg(&root).args(identity).args(args).env("GIT_COMMITTER_DATE", "2026-03-01T08:00:00Z");
        let output = command.output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "first"]);
    book.write(JUNE, &june("Uncommitted"));
    let server = Server::start(book);
    let words = "not committed yet";
    assert!(server.text("/campaigns/june/").contains(words));
    let mut page = server.listen("/campaigns/june/");
    git(&["commit", "--quiet", "--all", "--message", "second"]);
    while server.text("/campaigns/june/").contains(words) {
        page.next("page");
    }
}

#[test]
fn polling_finds_the_same_changes() {
    let server = Server::with(book(), |options| options.is_polling = true);
    let mut page = server.listen("/campaigns/june/");
    server.book.write(JUNE, &june("Seen by looking again"));
    while !server.text("/campaigns/june/").contains("Seen by looking again") {
        page.next("page");
    }
}

#[test]
fn a_taken_port_gives_way_to_the_next_free_one() {
    let first = Server::start(Book::small());
    let wanted = first.port;
    let second = Server::with(Book::small(), |options| options.port = wanted);
    assert_eq!(second.taken, Some(wanted));
    assert_ne!(second.port, wanted);
    assert_eq!((first.get("/").status, second.get("/").status), (200, 200));
}

#[test]
fn the_program_serves_says_where_and_ends_well_when_asked() {
    let book = Book::small();
    for signal in ["-INT", "-TERM"] {
        let mut child = book
            .command(&["serve", "--port", "0", "--as-of", AS_OF, "--lang", "en"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let built = lines.next().unwrap();
        assert!(built.starts_with("built in ") && built.contains(" pages, "), "{built}");
        let serving = lines.next().unwrap();
        let url = serving.strip_prefix("serving http://").and_then(|rest| rest.split('/').next()).unwrap();
        let mut stream = TcpStream::connect(url).unwrap();
        write!(stream, "GET / HTTP/1.0\r\nHost: {url}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.contains("200 OK") && answer.contains("__playbook/reload.js"), "{answer}");
        book.write(JUNE, &june(signal));
        let built = lines.next().unwrap();
        assert!(built.starts_with("built in ") && built.contains("changed"), "{built}");
        Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(0), "{signal}");
    }
    let output = book.run(&["serve", "--editor", "vscod"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `vscode`?"), "{}", stderr(&output));
}
