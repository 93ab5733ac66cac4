//! Links, fragments and images of the rendered site: one rule a file.

mod broken;
mod external_resource;
mod fragment;
mod image;

use super::scan::{Seen, Use, scan};
use crate::base::{Diagnostic, FileId, Found, Rule, Severity, Span, Subject};
use crate::sources::Sources;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// The family, in order of code. They look at the site, not at the model, so they are no [`Check`](super::Check)s.
pub(crate) static RULES: &[&Rule] = &[&broken::RULE, &external_resource::RULE, &fragment::RULE, &image::RULE];

/// A page of the site.
#[derive(Debug)]
pub struct Page<'a> {
    /// Its path in the site.
    pub path: &'a str,
    /// Addresses of its prose as written to HTML, each with the author's words.
    pub links: &'a [(String, Span)],
}

/// A rendered site and where its words come from.
#[derive(Debug)]
pub struct Published<'a> {
    /// Every file.
    pub files: &'a BTreeMap<String, Arc<[u8]>>,
    /// The pages with prose.
    pub pages: Vec<Page<'a>>,
    /// Where the site is published, if that is known.
    pub base_url: Option<&'a str>,
    /// The author's files.
    pub sources: &'a Sources,
    /// What is known to be wrong with them: a file with an error may have no page.
    pub known: &'a [Diagnostic],
}

/// What is wrong with one address of one page.
#[derive(Clone, Debug)]
struct Problem {
    of: Use,
    /// As it stands in the page.
    url: String,
    fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    /// No file of the site; the path that is missing.
    Missing(String),
    /// The page is there, the place on it is not: page and id.
    NoPlace(String, String),
    /// On another host, and loaded by the page itself: the address.
    External(String),
}

/// What is read of a page, as long as the site has the same files.
#[derive(Debug, Default)]
struct Read {
    /// Hashes of its ids in order.
    ids: Vec<u64>,
    problems: Vec<Problem>,
    /// Places on other pages: address, page, id.
    places: Vec<(String, String, String)>,
}

/// One page, judged.
struct Checked<'a> {
    path: &'a str,
    read: Arc<Read>,
    /// Places on other pages that are not there.
    missing: Vec<Problem>,
}

impl<'a> Checked<'a> {
    fn of(path: &'a str, read: Arc<Read>) -> Self {
        Self { path, read, missing: Vec::new() }
    }
}

/// What a run leaves to the next one: pages that are the same bytes in a site of the same files are not read again.
#[derive(Debug, Default)]
pub struct Memo {
    paths: Vec<String>,
    base_url: Option<String>,
    pages: HashMap<String, (Arc<[u8]>, Arc<Read>)>,
}

impl Memo {
    /// What was read of a page, if it is the very one.
    fn known(&self, path: &str, html: &Arc<[u8]>) -> Option<Arc<Read>> {
        let (bytes, read) = self.pages.get(path)?;
        Arc::ptr_eq(bytes, html).then(|| Arc::clone(read))
    }
    /// Forgets all where the site has other files or another address.
    fn fit(&mut self, site: &Published<'_>) {
        if self.base_url.as_deref() != site.base_url || !self.paths.iter().eq(site.files.keys()) {
            let paths = site.files.keys().cloned().collect();
            *self = Self { paths, base_url: site.base_url.map(str::to_owned), pages: HashMap::new() };
        }
    }
}

/// Judges every address of every page. Each page is read once; the work grows with the number of links.
pub fn run(site: &Published<'_>, memo: &mut Memo) -> Found {
    memo.fit(site);
    let paths: HashSet<&str> = site.files.keys().map(String::as_str).collect();
    let pages: Vec<(&String, &Arc<[u8]>)> = site.files.iter().filter(|(path, _)| path.ends_with(".html")).collect();
    let one = |(path, html): &(&'_ String, &Arc<[u8]>)| {
        memo.known(path, html).unwrap_or_else(|| Arc::new(check(path, html, &paths, site.base_url)))
    };
    let read: Vec<Arc<Read>> = pages.par_iter().map(one).collect();
    let mut checked: Vec<Checked<'_>> =
        pages.iter().zip(&read).map(|((path, _), read)| Checked::of(path, Arc::clone(read))).collect();
    let ids: HashMap<&str, &[u64]> = pages.iter().zip(&read).map(|((path, _), r)| (path.as_str(), &*r.ids)).collect();
    for page in &mut checked {
        page.settle(|target, id| has(ids.get(target).copied(), id));
    }
    let found = report(site, &checked);
    let is_new = |path: &str, html: &Arc<[u8]>| memo.known(path, html).is_none();
    let new: Vec<_> = pages.iter().zip(read).filter(|((path, html), _)| is_new(path, html)).collect();
    for ((path, html), read) in new {
        memo.pages.insert((*path).clone(), (Arc::clone(html), read));
    }
    found
}

/// The author's words on one page of a site that is not made: HTML with ids as the page would show them.
#[derive(Debug)]
pub struct Text<'a> {
    /// The page's path in the site.
    pub path: &'a str,
    /// The words as HTML.
    pub html: &'a str,
    /// Their addresses, each with the author's words.
    pub links: &'a [(String, Span)],
}

/// A site that is judged before its pages are made.
#[derive(Debug)]
pub struct Unmade<'a> {
    /// Paths of all its files.
    pub paths: HashSet<&'a str>,
    /// The author's words that may hold a wrong link.
    pub texts: Vec<Text<'a>>,
    /// Where the site is published, if that is known.
    pub base_url: Option<&'a str>,
    /// The author's files.
    pub sources: &'a Sources,
    /// What is known to be wrong with them.
    pub known: &'a [Diagnostic],
}

/// What [`run`] would say of the author's words, without the pages around them. `make` makes those pages whose ids are asked for.
pub fn of_texts(site: &Unmade<'_>, make: impl FnOnce(&BTreeSet<String>) -> Files) -> Found {
    fn read<'t>(text: &Text<'t>, site: &Unmade<'_>) -> Checked<'t> {
        let mut read = check(text.path, text.html.as_bytes(), &site.paths, site.base_url);
        // What is no place of the text may be one of the page around it.
        let own: Vec<Problem> = read.problems.extract_if(.., |p| matches!(p.fault, Fault::NoPlace(..))).collect();
        read.places.extend(own.into_iter().filter_map(|problem| match problem.fault {
            Fault::NoPlace(page, id) => Some((problem.url, page, id)),
            _ => None,
        }));
        Checked::of(text.path, Arc::new(read))
    }
    let mut checked: Vec<Checked<'_>> = site.texts.par_iter().map(|text| read(text, site)).collect();
    let targets: BTreeSet<String> =
        checked.iter().flat_map(|c| &c.read.places).map(|(_, page, _)| page.clone()).collect();
    let files = if targets.is_empty() { Files::new() } else { make(&targets) };
    let ids: HashMap<&str, Vec<u64>> = pages(&files).par_iter().map(|(path, html)| (*path, ids(html))).collect();
    for page in &mut checked {
        page.settle(|target, id| has(ids.get(target).map(Vec::as_slice), id));
    }
    let pages = site.texts.iter().map(|t| Page { path: t.path, links: t.links }).collect();
    let (base_url, sources, known) = (site.base_url, site.sources, site.known);
    report(&Published { files: &files, pages, base_url, sources, known }, &checked)
}

/// Files of a site by path.
pub type Files = BTreeMap<String, Arc<[u8]>>;

fn pages(files: &Files) -> Vec<(&str, &[u8])> {
    files.iter().filter(|(path, _)| path.ends_with(".html")).map(|(path, bytes)| (path.as_str(), &**bytes)).collect()
}

/// Hashes of the ids of a page in order.
fn ids(html: &[u8]) -> Vec<u64> {
    let mut ids = Vec::new();
    scan(html, |seen| {
        if let Seen::Id(id) = seen {
            ids.push(hash(id));
        }
    });
    ids.sort_unstable();
    ids
}

impl Checked<'_> {
    /// Makes a problem of each place on another page that is not there.
    fn settle(&mut self, is_there: impl Fn(&str, &str) -> bool) {
        for (url, target, id) in &self.read.places {
            if !is_there(target, id) {
                let fault = Fault::NoPlace(target.clone(), id.clone());
                self.missing.push(Problem { of: Use::Link, url: url.clone(), fault });
            }
        }
    }
}

fn hash(id: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

/// Whether a page has an id. A file that is no page has places of its own kind.
fn has(ids: Option<&[u64]>, id: &str) -> bool {
    ids.is_none_or(|ids| ids.binary_search(&hash(id)).is_ok())
}

fn check(path: &str, html: &[u8], paths: &HashSet<&str>, base: Option<&str>) -> Read {
    let prefix = base.map(root_path).unwrap_or_default();
    let mut page = Read::default();
    let mut here: Vec<(String, String)> = Vec::new();
    let mut joined = String::new();
    scan(html, |seen| match seen {
        Seen::Id(id) => page.ids.push(hash(id)),
        Seen::Address(of, url) => {
            let mut fail = |fault| page.problems.push(Problem { of, url: url.to_owned(), fault });
            let (address, id) = match address(url, base) {
                Address::Elsewhere if of == Use::Link => return,
                Address::Elsewhere => return fail(Fault::External(url.to_owned())),
                Address::Embedded => return,
                Address::Inside(address, id) => (address, id),
            };
            if address.is_empty() {
                // Sprites and styles name places by rules of their own.
                if let Some(id) = id.filter(|_| of == Use::Link) {
                    here.push((url.to_owned(), id));
                }
                return;
            }
            if !join(path, address, prefix, &mut joined) {
                return fail(Fault::Missing(joined.clone()));
            }
            let found = match paths.contains(joined.as_str()) {
                true => true,
                false => {
                    // A folder shows its index; the root has no name.
                    let whole = joined.trim_end_matches('/').len();
                    joined.truncate(whole);
                    joined.push_str(if joined.is_empty() { "index.html" } else { "/index.html" });
                    paths.contains(joined.as_str())
                }
            };
            if !found {
                let name = joined.trim_end_matches("index.html").trim_end_matches('/').to_owned();
                return fail(Fault::Missing(name));
            }
            if let Some(id) = id.filter(|_| of == Use::Link && joined.ends_with(".html")) {
                page.places.push((url.to_owned(), joined.clone(), id));
            }
        }
    });
    page.ids.sort_unstable();
    for (url, id) in here {
        if page.ids.binary_search(&hash(&id)).is_err() {
            page.problems.push(Problem { of: Use::Link, url, fault: Fault::NoPlace(path.to_owned(), id) });
        }
    }
    page
}

/// Where an address leads.
enum Address<'a> {
    /// Another host, or another kind of thing than a page.
    Elsewhere,
    /// Held by the address itself, or a mail and the like: nothing is asked for.
    Embedded,
    /// In the site: path as written, decoded later, and the id behind `#`.
    Inside(&'a str, Option<String>),
}

fn address<'a>(url: &'a str, base: Option<&str>) -> Address<'a> {
    let own = base.and_then(|base| url.strip_prefix(base)).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let local = match (own, url.split_once(':')) {
        (Some(rest), _) => rest,
        _ if url.starts_with("//") => return Address::Elsewhere,
        (None, Some((scheme, _))) if is_scheme(scheme) => {
            let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
            return if web { Address::Elsewhere } else { Address::Embedded };
        }
        _ => url,
    };
    let (rest, fragment) = local.split_once('#').map_or((local, None), |(rest, id)| (rest, Some(id)));
    let path = rest.split_once('?').map_or(rest, |(path, _)| path);
    // `#:~:text=` is the browser's own; `#` and `#top` are the top of any page.
    let id = fragment.map(|f| f.split_once(":~:").map_or(f, |(id, _)| id)).filter(|f| !f.is_empty() && *f != "top");
    Address::Inside(path, id.map(|id| decoded(id).into_owned()))
}

fn is_scheme(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
}

/// The path of a published site on its host, without the slash at its end: `/sub` of `https://example.org/sub`.
fn root_path(base: &str) -> &str {
    let host = base.split_once("://").map_or(base, |(_, rest)| rest);
    host.find('/').map_or("", |at| host[at..].trim_end_matches('/'))
}

/// Puts the path that `to` names on page `from` into `out`; false when it leads out of the site.
fn join(from: &str, to: &str, prefix: &str, out: &mut String) -> bool {
    out.clear();
    let to = decoded(to);
    let relative = match to.strip_prefix('/') {
        None => {
            out.push_str(from.rsplit_once('/').map_or("", |(folder, _)| folder));
            &*to
        }
        Some(path) => match to.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/')) {
            Some(inside) => inside,
            None => path,
        },
    };
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => match (out.is_empty(), out.rfind('/')) {
                (true, _) => {
                    relative.clone_into(out);
                    return false;
                }
                (false, slash) => out.truncate(slash.unwrap_or(0)),
            },
            part => {
                if !out.is_empty() {
                    out.push('/');
                }
                out.push_str(part);
            }
        }
    }
    true
}

/// An address with its percent-encoding undone, where that gives text.
fn decoded(address: &str) -> Cow<'_, str> {
    if !address.contains('%') {
        return Cow::Borrowed(address);
    }
    let hex = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
    let bytes = address.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        match (byte, hex(bytes.get(at + 1)), hex(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                out.push(high * 16 + low);
                at += 3;
            }
            _ => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).map_or(Cow::Borrowed(address), Cow::Owned)
}

/// One finding for each of the author's words, whatever pages show them; one for each address a template writes.
fn report(site: &Published<'_>, checked: &[Checked<'_>]) -> Found {
    let written: HashMap<&str, &[(String, Span)]> = site.pages.iter().map(|p| (p.path, p.links)).collect();
    let mut of_authors: BTreeSet<(Span, Use)> = BTreeSet::new();
    let mut of_templates: BTreeMap<(Use, Fault), (&str, &Problem, BTreeSet<&str>)> = BTreeMap::new();
    let mut found = Found::new();
    for page in checked {
        let links = written.get(page.path).copied().unwrap_or_default();
        for problem in page.read.problems.iter().chain(&page.missing) {
            let mut spans = links.iter().filter(|(href, _)| *href == problem.url).map(|(_, span)| *span).peekable();
            if spans.peek().is_none() {
                let key = (problem.of, problem.fault.clone());
                of_templates.entry(key).or_insert((page.path, problem, BTreeSet::new())).2.insert(page.path);
            }
            for span in spans.filter(|span| of_authors.insert((*span, problem.of))) {
                found.extend(author(site, problem, span));
            }
        }
    }
    for (first, problem, pages) in of_templates.into_values() {
        found.push(template(problem, first, pages.len() - 1));
    }
    found
}

/// The finding at the author's words; none where the fault is another one that is reported already.
fn author(site: &Published<'_>, problem: &Problem, span: Span) -> Option<Diagnostic> {
    let word = site.sources.text(span.file)?.get(span.range())?;
    let diagnostic = match (&problem.fault, problem.of) {
        (Fault::NoPlace(page, id), _) => fragment::author(site, word, span, page, id),
        (Fault::External(_), _) => external_resource::author(word, span),
        (Fault::Missing(_), Use::Image) => image::author(site.sources, word, span),
        (Fault::Missing(_), Use::Link | Use::Resource) => {
            let path = named(site.sources, word, span);
            let file = shown(site.sources, &path);
            let is_wrong = |d: &Diagnostic| d.severity == Severity::Error && d.span.map(|s| s.file) == file;
            if file.is_some() && site.known.iter().any(is_wrong) {
                return None;
            }
            broken::author(site.sources, word, span, file.is_some())
        }
    };
    Some(diagnostic.about(subject(site.sources.path(span.file))))
}

fn template(problem: &Problem, page: &str, others: usize) -> Diagnostic {
    let more = match others {
        0 => crate::base::Said::default(),
        n => crate::said!(" (and on {n} more)", "（另有 {n} 页）"),
    };
    match (&problem.fault, problem.of) {
        (Fault::NoPlace(target, id), _) => fragment::template(page, &more, target, id),
        (Fault::External(url), _) => external_resource::template(page, &more, url),
        (Fault::Missing(_), Use::Image) => image::template(page, &more, &problem.url),
        (Fault::Missing(_), Use::Link | Use::Resource) => broken::template(page, &more, &problem.url),
    }
}

/// What a waiver calls the thing that a file is about.
fn subject(path: &str) -> Subject {
    let inside = path.strip_prefix("content/").unwrap_or(path);
    let mut parts = inside.split('/');
    let thing = match (parts.next(), parts.next()) {
        (Some(kind @ ("campaigns" | "sops" | "programmes" | "pages")), Some(name)) => {
            format!("{kind}/{}", name.split('.').next().unwrap_or(name))
        }
        _ => path.to_owned(),
    };
    Subject { thing, item: None }
}

/// The file of the playbook that an author's words name, seen from the file they stand in.
fn named(sources: &Sources, word: &str, span: Span) -> String {
    let mut path = String::new();
    let word = word.trim_matches(['<', '>']);
    let end = word.find(['#', '?']).unwrap_or(word.len());
    join(sources.path(span.file), &word[..end], "", &mut path);
    path
}

/// The file behind a path: itself, or that of a campaign, procedure or page named without its ending.
fn shown(sources: &Sources, path: &str) -> Option<FileId> {
    let forms = [path.to_owned(), format!("{path}/campaign.toml"), format!("{path}.md"), format!("{path}.toml")];
    forms.iter().find_map(|form| sources.find(form))
}

/// Words that name the file nearest to the one that is missing: by its path part for part, else by its name alone.
fn nearest(sources: &Sources, word: &str, span: Span) -> Option<String> {
    let wanted = named(sources, word, span);
    let name = wanted.rsplit('/').next().unwrap_or(&wanted);
    let of_name = || {
        let mut same = sources.paths().map(|(path, _)| path).filter(|p| p.rsplit('/').next() == Some(name));
        let only = same.next()?;
        same.next().is_none().then(|| only.to_owned())
    };
    let path = part_for_part(sources, &wanted).or_else(of_name)?;
    let tail = word.find(['#', '?']).map_or("", |at| &word[at..]);
    Some(format!("{}{tail}", relative(sources.path(span.file), &path)))
}

/// The file whose path is that of `wanted` with each part that is not there replaced by the nearest that is.
fn part_for_part(sources: &Sources, wanted: &str) -> Option<String> {
    let mut path = String::new();
    for part in wanted.split('/') {
        let prefix = if path.is_empty() { path.clone() } else { format!("{path}/") };
        let inside = sources.paths().filter_map(|(p, _)| p.strip_prefix(&prefix));
        let parts: BTreeSet<&str> = inside.map(|rest| rest.split('/').next().unwrap_or(rest)).collect();
        let part = if parts.contains(part) { part } else { crate::base::words::nearest(part, parts)? };
        path = format!("{prefix}{part}");
    }
    sources.find(&path).map(|_| path)
}

/// The path of `to` seen from the folder of `from`.
fn relative(from: &str, to: &str) -> String {
    let (from, to): (Vec<&str>, Vec<&str>) = (from.split('/').collect(), to.split('/').collect());
    let same = from[..from.len() - 1].iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let up = std::iter::repeat_n("..", from.len() - 1 - same);
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_as_a_browser_does() {
        let joined = |from: &str, to: &str| {
            let mut out = String::new();
            join(from, to, "/sub", &mut out).then_some(out)
        };
        assert_eq!(joined("a/b/index.html", "../c/").as_deref(), Some("a/c"));
        assert_eq!(joined("a/index.html", "x%20y/%E6%98%A5.png").as_deref(), Some("a/x y/春.png"));
        assert_eq!(joined("index.html", "../x"), None);
        assert_eq!(joined("a/index.html", "/sub/c.css").as_deref(), Some("c.css"));
        assert_eq!(joined("a/index.html", "/c.css").as_deref(), Some("c.css"));
        assert_eq!(joined("a/index.html", ".").as_deref(), Some("a"));
    }

    #[test]
    fn addresses_are_told_apart() {
        let inside = |url: &str| match address(url, Some("https://example.org/sub")) {
            Address::Inside(path, id) => Some((path.to_owned(), id)),
            Address::Elsewhere | Address::Embedded => None,
        };
        assert_eq!(inside("a.html?x=1#b%20c"), Some(("a.html".into(), Some("b c".into()))));
        assert_eq!(inside("#"), Some((String::new(), None)));
        assert_eq!(inside("https://example.org/sub/x"), Some(("/x".into(), None)));
        for elsewhere in ["https://example.org/other", "//cdn.example.org/a.js", "mailto:a@b", "data:image/png;base64,"]
        {
            assert_eq!(inside(elsewhere), None, "{elsewhere}");
        }
        assert_eq!(root_path("https://example.org/a/b/"), "/a/b");
    }

    #[test]
    fn the_way_to_another_file_is_written_from_here() {
        assert_eq!(relative("content/campaigns/x/brief.md", "content/sops/prep.md"), "../../sops/prep.md");
        assert_eq!(relative("content/pages/a.md", "content/pages/b.md"), "b.md");
    }
}
