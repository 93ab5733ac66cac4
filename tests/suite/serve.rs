//! `playbook serve` as editors, browsers and strangers meet it: what is served is what is built, changes reach the browser, and
//! nobody else gets in or brings it down.

use super::cli::{Book, stderr};
use campaign_playbook::base::{Date, Diagnostic};
use campaign_playbook::compile::{Clock, Compiled, Early, Input, Memo, Onlooker, compile, compile_again};
use campaign_playbook::render::Site;
use campaign_playbook::serve::{self, Bell, Editor, Limits, News, Options};
use campaign_playbook::sources::Sources;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Longest time that a story waits before it gives up; nothing is judged by it.
const PATIENCE: Duration = Duration::from_secs(120);
const AS_OF: &str = "2026-04-01";

/// What the server told, without what it borrows.
#[derive(Debug, PartialEq, Eq)]
enum Told {
    Serving { port: u16, taken: Option<u16> },
    Polling,
    Built { is_good: bool, pages: usize },
    Failed(String),
}

/// A server in this process, on a playbook of its own.
struct Server {
    book: Book,
    bell: Bell,
    port: u16,
    taken: Option<u16>,
    told: Receiver<Told>,
    thread: Option<JoinHandle<anyhow::Result<()>>>,
}

impl Server {
    fn start(book: Book) -> Self {
        Self::with(book, |_| {})
    }

    fn with(book: Book, set: impl FnOnce(&mut Options)) -> Self {
        let root = book.root().to_owned();
        let mut options = Options {
            root: root.clone(),
            port: 0,
            is_polling: false,
            editor: None,
            has_signals: false,
            limits: Limits::default(),
        };
        set(&mut options);
        let bell = Bell::default();
        let (sender, told) = channel();
        let ringing = bell.clone();
        let thread = std::thread::spawn(move || {
            let read = || input(&root);
            serve::run(&options, &read, &ringing, &mut |news| {
                let news = match news {
                    News::Serving { url, taken } => {
                        let port = url.trim_end_matches('/').rsplit(':').next().unwrap().parse().unwrap();
                        Told::Serving { port, taken }
                    }
                    News::Polling(_) => Told::Polling,
                    News::Built(built) => Told::Built { is_good: built.is_good, pages: built.pages },
                    News::Failed(error) => Told::Failed(format!("{error:#}")),
                };
                let _ = sender.send(news);
            })
        });
        let mut server = Self { book, bell, port: 0, taken: None, told, thread: Some(thread) };
        while server.port == 0 {
            if let Told::Serving { port, taken } = server.next() {
                (server.port, server.taken) = (port, taken);
            }
        }
        server
    }

    fn next(&self) -> Told {
        self.told.recv_timeout(PATIENCE).expect("the server says what it does")
    }

    /// Waits for a finished build of this kind.
    fn built(&self, good: bool) {
        while !matches!(self.next(), Told::Built { is_good, .. } if is_good == good) {}
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream
    }

    /// Sends some bytes and reads until the other side closes.
    fn raw(&self, bytes: &[u8]) -> String {
        let mut stream = self.connect();
        // A server that refuses may close before everything is written.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn ask(&self, method: &str, target: &str, headers: &str) -> Answer {
        let host = format!("localhost:{}", self.port);
        self.ask_as(&host, method, target, headers)
    }

    fn ask_as(&self, host: &str, method: &str, target: &str, headers: &str) -> Answer {
        let mut stream = self.connect();
        let head = format!("{method} {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::read(&bytes)
    }

    fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, "")
    }

    fn text(&self, target: &str) -> String {
        String::from_utf8(self.get(target).body).unwrap()
    }

    /// What a browser is told that shows a page as it is now.
    fn listen(&self, page: &str) -> Listener {
        let html = self.text(page);
        let version = html.split("data-page=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
        let lang =
            html.split("<html lang=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or("en").to_owned();
        let mut stream = self.connect();
        let target = format!("/__playbook/events?page={page}&is={version}&lang={lang}");
        let head = format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port);
        stream.write_all(head.as_bytes()).unwrap();
        Listener { lines: BufReader::new(stream) }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.bell.stop();
        let ended = self.thread.take().map(JoinHandle::join);
        if !std::thread::panicking() {
            ended.unwrap().expect("the server does not panic").expect("it ends well");
        }
    }
}

fn input(root: &Path) -> anyhow::Result<Input> {
    let (sources, read) = Sources::read(root)?;
    Ok(Input { sources, read, clock: Clock::fixed(Date::parse(AS_OF).unwrap()) })
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let split = bytes.windows(4).position(|w| w == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let head = String::from_utf8_lossy(&bytes[..split]).to_ascii_lowercase();
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Self { status, head, body: bytes[split..].to_vec() }
    }

    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        line.unwrap_or_default()
    }
}

struct Listener {
    lines: BufReader<TcpStream>,
}

impl Listener {
    /// The next event of a kind, and its data.
    fn next(&mut self, kind: &str) -> serde_json::Value {
        let mut event = String::new();
        loop {
            let mut line = String::new();
            assert!(self.lines.read_line(&mut line).expect("an event comes") > 0, "the stream ended");
            let line = line.trim_end();
            if let Some(name) = line.strip_prefix("event: ") {
                event = name.to_owned();
            } else if let Some(data) = line.strip_prefix("data: ").filter(|_| event == kind) {
                return serde_json::from_str(data).unwrap();
            }
        }
    }

    /// Waits for a box that is as wanted.
    fn boxed(&mut self, is_wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        loop {
            let shown = self.next("box");
            if is_wanted(&shown) {
                return shown;
            }
        }
    }
}

const JUNE: &str = "content/campaigns/june/campaign.toml";

fn june(title: &str) -> String {
    format!("title = \"{title}\"\nowner = \"lin-yue\"\nstart = 2026-06-10\nend = 2026-06-14\n")
}

/// The small playbook in two languages, with a text.
fn book() -> Book {
    let book = Book::small();
    let settings = "title = \"Tea\"\ntimezone = \"Asia/Shanghai\"\nlanguages = [\"en\", \"zh-Hans\"]\n";
    book.write("playbook.toml", settings);
    book.write("content/campaigns/june/brief.md", "# Why\n\nBecause of tea.\n");
    book
}

/// A page as it was built, from a page as it is served.
fn unmarked(html: &[u8]) -> String {
    let html = String::from_utf8(html.to_vec()).unwrap();
    let at = html.find("<script src=\"/__playbook/").expect("the script is in the page");
    let end = at + html[at..].find("</script>\n").unwrap() + "</script>\n".len();
    let built = format!("{}{}", &html[..at], &html[end..]);
    assert!(!built.contains("__playbook"), "the script stands there once");
    built
}

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
fn strangers_are_refused() {
    let server = Server::start(book());
    let port = server.port;
    // Names that lead here without being this machine's own: DNS rebinding.
    for host in ["evil.test", "evil.test:80", "localhost", "localhost:1", "127.0.0.1.evil.test", "0.0.0.0", ""] {
        let host = if host == "0.0.0.0" { format!("0.0.0.0:{port}") } else { host.to_owned() };
        assert_eq!(server.ask_as(&host, "GET", "/", "").status, 421, "{host}");
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        assert_eq!(server.ask_as(&host, "GET", "/", "").status, 200, "{host}");
    }
    let two = format!("GET / HTTP/1.1\r\nHost: localhost:{port}\r\nHost: evil.test\r\nConnection: close\r\n\r\n");
    let none = "GET / HTTP/1.1\r\nConnection: close\r\n\r\n".to_owned();
    for request in [two, none] {
        let status = Answer::read(server.raw(request.as_bytes()).as_bytes()).status;
        assert!(matches!(status, 400 | 421), "{status}");
    }
    // Pages of other sites may lead here, but read neither files nor events.
    for origin in ["http://evil.test", "null", "http://localhost:1", "https://localhost"] {
        let answer = server.ask("GET", "/__playbook/events?page=/&is=&lang=en", &format!("Origin: {origin}\r\n"));
        assert_eq!(answer.status, 403, "{origin}");
    }
    let script = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script\r\n";
    assert_eq!(server.ask("GET", "/model.json", script).status, 403);
    let visit = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\n";
    assert_eq!(server.ask("GET", "/", visit).status, 200);
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BREW"] {
        let answer = server.ask(method, "/", "Content-Length: 0\r\n");
        assert!(matches!(answer.status, 400 | 405), "{method}: {}", answer.status);
    }
    assert_eq!(server.ask("POST", "/", "Content-Length: 0\r\n").header("allow"), "get, head");
}

#[test]
fn no_address_reaches_the_file_system() {
    let book = book();
    book.write("secret.txt", "the secret");
    book.write("content/campaigns/june/assets/open.txt", "open");
    let server = Server::start(book);
    let targets = [
        "/../secret.txt",
        "/../../../../etc/passwd",
        "/campaigns/../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2E%2Fsecret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/./secret.txt",
        "//secret.txt",
        "/secret.txt",
        "/playbook.toml",
        "/content/people.toml",
        "/.git/config",
        "/%00",
        "/secret.txt%00.html",
        "/__playbook/../secret.txt",
        "/__playbook/%2e%2e/secret.txt",
        "/__playbook/",
        "/__playbook/x",
        "/@fs/etc/passwd",
        "/?raw=../secret.txt",
        "/%ff",
        "/%",
        "/static/",
        "/file:///etc/passwd",
    ];
    for target in targets {
        let answer = server.get(target);
        let body = String::from_utf8_lossy(&answer.body).into_owned();
        let is_home = target.starts_with("/?");
        assert!(matches!(answer.status, 400 | 404) || is_home, "{target}: {}", answer.status);
        assert!(!body.contains("the secret") && !body.contains("root:") && !body.contains("Lin Yue\""), "{target}");
    }
    // Whole addresses are for proxies.
    let port = server.port;
    for target in [
        format!("http://localhost:{port}/"),
        "http://evil.test/".to_owned(),
        "file:///etc/passwd".to_owned(),
        "*".to_owned(),
    ] {
        let answer = server.get(&target);
        assert!(matches!(answer.status, 400 | 421), "{target}: {}", answer.status);
    }
    // A redirect never leads to another host.
    assert!(
        server.get("//evil.test/campaigns").status == 400
            && server.get("/campaigns").header("location") == "./campaigns/"
    );
}

#[test]
fn huge_and_broken_heads_are_refused_and_the_server_lives() {
    let server = Server::start(Book::small());
    let host = format!("Host: localhost:{}\r\n", server.port);
    let long = "x".repeat(1 << 20);
    let many = "X-Line: y\r\n".repeat(5000);
    for (name, request) in [
        ("a long line", format!("GET / HTTP/1.1\r\n{host}X-Long: {long}\r\n\r\n")),
        ("a long target", format!("GET /{long} HTTP/1.1\r\n{host}\r\n")),
        ("many lines", format!("GET / HTTP/1.1\r\n{host}{many}\r\n")),
        ("no protocol", "GET /\r\n\r\n".to_owned()),
        ("noise", "\u{0}\u{1}\u{2}\r\n\r\n".to_owned()),
        ("TLS", "\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}\u{0}\u{1}\r\n\r\n".to_owned()),
        ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned()),
    ] {
        let status = Answer::read(server.raw(request.as_bytes()).as_bytes()).status;
        assert!(matches!(status, 0 | 400 | 414 | 421 | 431 | 505), "{name}: {status}");
        assert_eq!(server.get("/").status, 200, "after {name}");
    }
}

/// Limits that a story can wait for.
fn tight(options: &mut Options) {
    options.limits.head = Duration::from_millis(300);
    options.limits.write = Duration::from_millis(300);
    options.limits.connections = 8;
    options.limits.streams = 2;
}

#[test]
fn slow_clients_are_cut_off() {
    let server = Server::with(Book::small(), tight);
    // One that never ends its head, and one that says nothing at all.
    for start in [format!("GET / HTTP/1.1\r\nHost: localhost:{}\r\nX-Slow: ", server.port), String::new()] {
        let mut stream = server.connect();
        stream.write_all(start.as_bytes()).unwrap();
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(!String::from_utf8_lossy(&rest).contains(" 200 "), "{start}");
    }
    // Ones that ask for much and take nothing: as many as there is room for.
    let ask = format!("GET /model.schema.json HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", server.port).repeat(2000);
    let deaf: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = server.connect();
            stream.set_write_timeout(Some(Duration::from_millis(100))).unwrap();
            let _ = stream.write_all(ask.as_bytes());
            stream
        })
        .collect();
    let start = Instant::now();
    while server.get("/").status != 200 {
        assert!(start.elapsed() < PATIENCE, "clients that take nothing keep others out");
    }
    drop(deaf);
}

#[test]
fn a_thousand_connections_are_bounded_and_the_server_lives() {
    let server = Server::with(Book::small(), tight);
    let crowd: Vec<TcpStream> = (0..1000).filter_map(|_| TcpStream::connect(("127.0.0.1", server.port)).ok()).collect();
    assert!(crowd.len() > 500, "only {} connections", crowd.len());
    let closed = crowd
        .iter()
        .filter(|stream| {
            stream.set_read_timeout(Some(PATIENCE)).unwrap();
            matches!((&mut &**stream).read(&mut [0; 1]), Ok(0) | Err(_))
        })
        .count();
    assert_eq!(closed, crowd.len(), "who says nothing is closed, at once or in a moment");
    drop(crowd);
    assert_eq!(server.get("/").status, 200);
    // Streams of events are few, whoever opens them.
    let streams: Vec<Listener> = (0..2)
        .map(|_| server.listen("/"))
        .map(|mut l| {
            l.next("box");
            l
        })
        .collect();
    assert_eq!(server.get("/__playbook/events?page=/&is=&lang=en").status, 503);
    drop(streams);
    let start = Instant::now();
    while server.ask("HEAD", "/__playbook/events?page=/&is=&lang=en", "").status != 200 {
        assert!(start.elapsed() < PATIENCE, "streams that are gone leave their room to others");
    }
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

/// Sees everything and wants every page early.
#[derive(Default)]
struct Eager {
    early: Mutex<Option<Site>>,
}

impl Onlooker for Eager {
    fn wants(&self, _: &str) -> bool {
        true
    }
    fn knows(&self, _: &str) -> bool {
        false
    }
    fn early(&self, _: &Early<'_>, site: Option<Site>) {
        *self.early.lock().unwrap() = site;
    }
    fn is_over(&self) -> bool {
        false
    }
}

#[test]
fn a_warm_build_equals_a_cold_one_after_every_edit_and_early_pages_equal_late_ones() {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let book = book();
    for entry in walkdir::WalkDir::new(book.root()).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file())
    {
        let path = entry.path().strip_prefix(book.root()).unwrap().to_str().unwrap().to_owned();
        files.insert(path, std::fs::read(entry.path()).unwrap());
    }
    let settings =
        |languages: &str| format!("title = \"Tea\"\ntimezone = \"Asia/Shanghai\"\nlanguages = [{languages}]\n");
    let template = "{% extends \"base.html\" %}{% block main %}{{ \"glossary\" | t }}{% endblock %}";
    let edits: Vec<(&str, Option<String>)> = vec![
        ("playbook.toml", Some(settings("\"en\", \"zh-Hans\""))),
        (JUNE, Some(june("Another June"))),
        ("content/campaigns/june/brief.md", Some("# Why\n\n**因为茶。**很多 [茶](../june/campaign.toml)\n".to_owned())),
        ("content/campaigns/august/campaign.toml", Some(june("August").replace("-06-", "-08-"))),
        ("themes/default/static/style/own.css", Some(".own { color: red }".to_owned())),
        ("themes/default/strings/en.toml", Some("nav-campaigns = \"Endeavours\"\nnav-calendar = 1\n".to_owned())),
        ("themes/default/templates/about.html", Some("{{ broken".to_owned())),
        ("content/aaa.toml", Some("moves the numbers of all files = 1".to_owned())),
        ("themes/default/templates/about.html", Some(template.to_owned())),
        ("content/aaa.toml", None),
        ("playbook.toml", Some(settings("\"zh-Hans\", \"en\", \"zh-Hant\""))),
        ("playbook.toml", Some(format!("{}theme = \"none\"\n", settings("\"en\"")))),
        ("playbook.toml", Some(settings("\"en\""))),
        ("content/campaigns/august/campaign.toml", None),
        ("themes/default/static/style/own.css", None),
    ];
    let input = |files: &BTreeMap<String, Vec<u8>>| {
        let (sources, read) = Sources::from_memory(files.clone());
        Input { sources, read, clock: Clock::fixed(Date::parse(AS_OF).unwrap()) }
    };
    let mut memo = Memo::default();
    let mut good = 0;
    for (path, text) in edits {
        match text {
            Some(text) => files.insert(path.to_owned(), text.into_bytes()),
            None => files.remove(path),
        };
        let eager = Eager::default();
        let warm = compile_again(input(&files), &mut memo, &eager).expect("nobody breaks it off");
        let cold = compile(input(&files));
        same(&warm, &cold, path);
        if let Some(early) = eager.early.into_inner().unwrap() {
            good += 1;
            for (name, bytes) in &early {
                assert!(cold.rendered.site[name] == *bytes, "`{name}` is another early, after the edit of {path}");
            }
            assert!(early.len() > 100, "{} early files after the edit of {path}", early.len());
        }
    }
    assert!(good > 5, "{good} builds without errors");
}

fn same(warm: &Compiled, cold: &Compiled, edit: &str) {
    let (one, two): (&Site, &Site) = (&warm.rendered.site, &cold.rendered.site);
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>(), "after the edit of {edit}");
    let bytes: Vec<(&String, &Arc<[u8]>)> = one.iter().filter(|(path, bytes)| two[*path] != **bytes).collect();
    assert!(bytes.is_empty(), "{:?} differ after the edit of {edit}", bytes.iter().map(|(p, _)| p).collect::<Vec<_>>());
    let said = |found: &[Diagnostic]| found.iter().map(|d| format!("{d:?}")).collect::<Vec<_>>();
    assert_eq!(said(warm.findings()), said(cold.findings()), "after the edit of {edit}");
}
