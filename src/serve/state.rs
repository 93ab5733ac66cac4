//! What is served at the moment: the last good site, pages that are ahead of it, and the findings of the last build.

use crate::base::Fingerprint;
use crate::render::Site;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// How many of the pages that were asked for last are made before the others: as many as anybody has open.
const RECENT: usize = 12;
/// Longest time in which a browser draws a page that it was told of. A build that went on meanwhile would take the processors away
/// from the one thing somebody waits for.
const DRAW: Duration = Duration::from_millis(300);
/// How often it is asked whether the waiting is over.
const SLICE: Duration = Duration::from_millis(4);

/// Everything the server may hand out at one moment.
#[derive(Clone, Debug, Default)]
pub(super) struct Served {
    /// The last good site.
    pub(super) site: Arc<Site>,
    /// Pages of the next one, which is being made, and new files that they show.
    pub(super) ahead: Arc<Site>,
    /// What the box shows, as JSON by language; the default language first.
    pub(super) findings: Arc<Vec<(String, String)>>,
}

/// What an address leads to.
#[derive(Debug)]
pub(super) enum Found<'s> {
    /// A file and its path.
    File(&'s str, &'s Arc<[u8]>),
    /// A page whose address ends with a slash.
    Folder,
    /// The page for lost readers, if the site has one.
    Lost(Option<(&'s str, &'s Arc<[u8]>)>),
}

impl Served {
    pub(super) fn file(&self, path: &str) -> Option<(&str, &Arc<[u8]>)> {
        let of = |site: &'_ Arc<Site>| site.get_key_value(path).is_some();
        let site = if of(&self.ahead) { &self.ahead } else { &self.site };
        site.get_key_value(path).map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// What lies at an address, which is a path of plain names.
    pub(super) fn find(&self, address: &str) -> Found<'_> {
        let index = |folder: &str| self.file(&format!("{folder}index.html"));
        let found = if address.is_empty() || address.ends_with('/') { index(address) } else { self.file(address) };
        if let Some((path, bytes)) = found {
            return Found::File(path, bytes);
        }
        if !address.ends_with('/') && index(&format!("{address}/")).is_some() {
            return Found::Folder;
        }
        // Each edition has a page of its own for readers who are lost in it.
        let edition = address.split('/').next().unwrap_or_default();
        Found::Lost(self.file(&format!("{edition}/404.html")).or_else(|| self.file("404.html")))
    }

    /// The page that a browser shows at an address.
    pub(super) fn page(&self, address: &str) -> Option<&Arc<[u8]>> {
        match self.find(address) {
            Found::File(_, bytes) | Found::Lost(Some((_, bytes))) => Some(bytes),
            Found::Folder | Found::Lost(None) => None,
        }
    }

    /// The findings in a language.
    pub(super) fn findings(&self, lang: &str) -> Option<&str> {
        let own = self.findings.iter().find(|(tag, _)| tag == lang).or(self.findings.first());
        own.map(|(_, json)| json.as_str())
    }
}

/// The version of a page that a browser shows.
pub(super) fn version(page: Option<&Arc<[u8]>>) -> String {
    page.map(|bytes| Fingerprint::of(bytes).to_string()).unwrap_or_default()
}

/// What the builder and the connections share.
#[derive(Debug)]
pub(super) struct Shared {
    served: RwLock<Arc<Served>>,
    /// Rings whenever something else is served.
    changes: watch::Sender<u64>,
    readers: Mutex<Readers>,
    draws: Condvar,
}

/// Who shows what.
#[derive(Debug, Default)]
struct Readers {
    /// The pages that were asked for last.
    recent: VecDeque<String>,
    /// How often each page is open.
    open: BTreeMap<String, usize>,
    /// Pages whose readers were told of a new version and have not drawn it yet.
    awaited: BTreeSet<String>,
}

impl Shared {
    pub(super) fn new() -> Arc<Self> {
        let (changes, _) = watch::channel(0);
        Arc::new(Self { served: RwLock::default(), changes, readers: Mutex::default(), draws: Condvar::new() })
    }

    pub(super) fn served(&self) -> Arc<Served> {
        Arc::clone(&self.served.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Serves something else from now on.
    pub(super) fn serve(&self, served: Served) {
        *self.served.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(served);
        self.changes.send_modify(|n| *n += 1);
    }

    pub(super) fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    fn readers(&self) -> MutexGuard<'_, Readers> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Remembers that a page was asked for.
    pub(super) fn asked(&self, path: &str) {
        let mut readers = self.readers();
        readers.recent.retain(|known| known != path);
        readers.recent.push_front(path.to_owned());
        readers.recent.truncate(RECENT);
    }

    /// Remembers that a page is shown, until [`closed`](Self::closed). Browsers say so when they have drawn it.
    pub(super) fn opened(&self, path: &str) {
        *self.readers().open.entry(path.to_owned()).or_default() += 1;
        self.drawn(path);
    }

    /// Nobody waits any longer for a page to be drawn.
    pub(super) fn drawn(&self, path: &str) {
        self.readers().awaited.remove(path);
        self.draws.notify_all();
    }

    pub(super) fn closed(&self, path: &str) {
        let mut readers = self.readers();
        if let Some(count) = readers.open.get_mut(path) {
            *count -= 1;
            if *count == 0 {
                readers.open.remove(path);
            }
        }
    }

    /// Whether a page is open, or one of those that were asked for last.
    pub(super) fn is_wanted(&self, path: &str) -> bool {
        let readers = self.readers();
        readers.open.contains_key(path) || readers.recent.iter().any(|known| known == path)
    }

    /// Serves pages ahead of their site, and leaves the machine to browsers that show one of them until they have drawn it. Not for
    /// long, and not when `is_over`.
    pub(super) fn serve_ahead(&self, served: Served, is_over: impl Fn() -> bool) {
        let before = self.served();
        let is_new = |path: &String, bytes: &Arc<[u8]>| before.file(path).is_none_or(|(_, old)| old != bytes);
        let mut readers = self.readers();
        let awaited: BTreeSet<String> = served
            .ahead
            .iter()
            .filter(|(path, bytes)| readers.open.contains_key(*path) && is_new(path, bytes))
            .map(|(path, _)| path.clone())
            .collect();
        let is_awaited = !awaited.is_empty();
        readers.awaited = awaited;
        drop(readers);
        self.serve(served);
        if !is_awaited {
            return;
        }
        let end = Instant::now() + DRAW;
        let mut readers = self.readers();
        while !readers.awaited.is_empty() && Instant::now() < end && !is_over() {
            readers = self.draws.wait_timeout(readers, SLICE).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// Paths whose bytes differ between two sites: changed, new and gone.
pub(super) fn changed<'s>(before: &'s Site, after: &'s Site) -> Vec<&'s str> {
    let differs = |(path, bytes): &(&'s String, &Arc<[u8]>)| {
        before.get(*path).is_none_or(|old| !Arc::ptr_eq(old, bytes) && old != *bytes)
    };
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let mut paths: Vec<&str> =
        after.iter().filter(differs).map(|(path, _)| path).chain(gone).map(String::as_str).collect();
    paths.sort_unstable();
    paths
}

/// Style sheets by the place of their links in a page, and the page without those links.
fn sheets(html: &str) -> (Vec<&str>, String) {
    let (mut sheets, mut rest, mut bare) = (Vec::new(), html, String::with_capacity(html.len()));
    while let Some(at) = rest.find("<link rel=\"stylesheet\" href=\"") {
        let link = &rest[at..];
        let Some((end, href)) = link.find('>').and_then(|end| Some((end, link[..end].split('"').nth(3)?))) else {
            break;
        };
        bare.push_str(rest[..at].trim_end());
        sheets.push(href);
        rest = link[end + 1..].trim_start();
    }
    bare.push_str(rest);
    (sheets, bare)
}

/// The style sheets of a page that differs from another only in them.
pub(super) fn restyled<'n>(before: &[u8], after: &'n [u8]) -> Option<Vec<&'n str>> {
    let (before, after) = (std::str::from_utf8(before).ok()?, std::str::from_utf8(after).ok()?);
    let ((_, old), (now, new)) = (sheets(before), sheets(after));
    (old == new).then_some(now)
}

/// A site as a map of what is short enough to write down, for tests.
#[cfg(test)]
pub(super) fn site(files: &[(&str, &str)]) -> Arc<Site> {
    Arc::new(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().into())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_files_folders_or_the_page_for_the_lost() {
        let served = Served {
            site: site(&[
                ("index.html", "home"),
                ("a/index.html", "a"),
                ("404.html", "lost"),
                ("zh/404.html", "迷路"),
                ("x.css", ""),
            ]),
            ahead: site(&[("a/index.html", "new a")]),
            ..Served::default()
        };
        let text = |bytes: &Arc<[u8]>| String::from_utf8_lossy(bytes).into_owned();
        assert!(matches!(served.find(""), Found::File("index.html", _)));
        assert!(matches!(served.find("a/"), Found::File(_, bytes) if text(bytes) == "new a"));
        assert!(matches!(served.find("a"), Found::Folder));
        assert!(matches!(served.find("b/"), Found::Lost(Some((_, bytes))) if text(bytes) == "lost"));
        assert!(matches!(served.find("zh/b"), Found::Lost(Some((_, bytes))) if text(bytes) == "迷路"));
        assert!(matches!(Served::default().find("a"), Found::Lost(None)));
    }

    #[test]
    fn a_page_with_other_sheets_only_is_restyled() {
        let page = |links: &str, words: &str| {
            format!("<head><title>x</title>{links}\n<script src=\"s.js\"></script></head><p>{words}</p>").into_bytes()
        };
        let one = page("\n<link rel=\"stylesheet\" href=\"../a.1.css\">", "hello");
        let two = page(
            "\n<link rel=\"stylesheet\" href=\"../a.2.css\">\n<link rel=\"stylesheet\" href=\"../b.1.css\">",
            "hello",
        );
        assert_eq!(restyled(&one, &two), Some(vec!["../a.2.css", "../b.1.css"]));
        assert_eq!(restyled(&one, &page("\n<link rel=\"stylesheet\" href=\"../a.1.css\">", "hallo")), None);
    }

    #[test]
    fn what_changed_is_named_once_whether_new_gone_or_other() {
        let (before, after) =
            (site(&[("a", "1"), ("b", "1"), ("c", "1")]), site(&[("a", "1"), ("b", "2"), ("d", "1")]));
        assert_eq!(changed(&before, &after), ["b", "c", "d"]);
    }

    #[test]
    fn the_pages_asked_for_last_are_remembered_once_each() {
        let shared = Shared::new();
        for path in ["a", "b", "a"].into_iter().map(str::to_owned).chain((0..RECENT - 1).map(|n| n.to_string())) {
            shared.asked(&path);
        }
        assert!(shared.is_wanted("a") && shared.is_wanted("0") && !shared.is_wanted("b"));
        shared.opened("b");
        shared.opened("b");
        shared.closed("b");
        assert!(shared.is_wanted("b"));
        shared.closed("b");
        assert!(!shared.is_wanted("b"));
    }
}
