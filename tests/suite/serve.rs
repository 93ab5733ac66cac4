//! `playbook serve` as editors, browsers and strangers meet it: what is served is what is built, changes reach the browser, and
//! nobody else gets in or brings it down.

mod renewal;
mod strangers;
mod warm;

use super::cli::Book;
use campaign_playbook::base::Date;
use campaign_playbook::compile::{Clock, Input};
use campaign_playbook::serve::{self, Bell, Limits, News, Options};
use campaign_playbook::sources::Sources;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

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
