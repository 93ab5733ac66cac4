//! The language server: findings as one types, completion, hover, definitions, references, renaming, outline, edits.
//!
//! One thread talks with the editor and never judges more than one campaign at a time; another judges the whole behind.

mod book;
mod complete;
mod convert;
mod hover;
mod judge;
mod place;
mod rename;
mod symbols;
mod text;

use crate::base::Said;
use crate::compile::{Clock, RULES};
use crate::scaffold::format;
use crate::schema::names;
use book::{Book, Late};
use crossbeam_channel::{Receiver, Sender, select};
use judge::{Done, Job};
use lsp_server::{Connection, Message, Notification, Request, Response};
use lsp_types::{InitializeParams, PublishDiagnosticsParams, Uri};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long nobody types before the whole is judged.
const PAUSE: Duration = Duration::from_millis(300);

/// A judgement that takes longer is not made longer still by making the pages: what is wrong on the finished site is then
/// for `check` to say. An editor's helper must not take gigabytes for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Files whose findings are told between two messages, so that a key never waits for all of them.
const SLICE: usize = 8;

/// Files whose findings are shown though nobody has them open: the worst. Editors choke on tens of thousands.
const SHOWN: usize = 500;

/// Serves an editor over standard input and output until it says goodbye. `clock` tells the day of judgement.
///
/// # Errors
/// When the other side breaks the protocol or goes away without a word.
pub fn serve(root: &Path, lang: &str, clock: impl Fn() -> Clock + Send + 'static) -> anyhow::Result<()> {
    let (connection, threads) = Connection::stdio();
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params)?;
    let info = json!({ "name": "playbook", "version": env!("CARGO_PKG_VERSION") });
    connection.initialize_finish(id, json!({ "capabilities": convert::capabilities(), "serverInfo": info }))?;
    let lang = params.locale.as_deref().unwrap_or(lang);
    let mut server = Server::new(&connection, root_of(&params, root), lang, clock);
    let ended = server.run();
    drop(server);
    drop(connection);
    threads.join()?;
    ended
}

/// The playbook's folder: the editor's, where it holds one, else that of the command line.
fn root_of(params: &InitializeParams, root: &Path) -> PathBuf {
    let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
    #[allow(deprecated, reason = "older editors name their folder like this")]
    let uris: Vec<&Uri> = folders.chain(params.root_uri.as_ref()).collect();
    let found = uris.into_iter().filter_map(text::path).find_map(|path| up(&path));
    found.unwrap_or_else(|| std::path::absolute(root).unwrap_or_else(|_| root.to_owned()))
}

/// The nearest folder above a path that holds a playbook.
fn up(path: &Path) -> Option<PathBuf> {
    path.ancestors().find(|folder| folder.join("playbook.toml").is_file()).map(Path::to_owned)
}

/// A text that an editor holds.
struct Open {
    uri: Uri,
    version: i32,
    text: String,
}

struct Server<'c> {
    connection: &'c Connection,
    root: PathBuf,
    lang: String,
    rules: Vec<&'static str>,
    /// Open texts by path in the playbook.
    open: BTreeMap<String, Open>,
    book: Option<Book>,
    ask: Sender<Job>,
    done: Receiver<Done>,
    /// Whether the judge is at work.
    busy: bool,
    /// When to judge the whole; none when nothing has changed since.
    due: Option<Instant>,
    /// Whether pages are to be made then.
    pages: bool,
    /// How long the last judgement took that made no pages.
    took: Duration,
    /// Paths whose findings are still to be told.
    waiting: BTreeSet<String>,
    /// Paths whose findings the editor shows.
    shown: BTreeSet<String>,
    /// Requests that came and were taken back before they were answered.
    cancelled: BTreeSet<String>,
}

impl<'c> Server<'c> {
    fn new(connection: &'c Connection, root: PathBuf, lang: &str, clock: impl Fn() -> Clock + Send + 'static) -> Self {
        let (ask, done) = judge::start(clock);
        Self {
            connection,
            root,
            lang: if lang.starts_with("zh") { "zh".to_owned() } else { "en".to_owned() },
            rules: RULES.iter().map(|rule| rule.code).collect(),
            open: BTreeMap::new(),
            book: None,
            ask,
            done,
            busy: false,
            due: Some(Instant::now()),
            pages: false,
            took: Duration::ZERO,
            waiting: BTreeSet::new(),
            shown: BTreeSet::new(),
            cancelled: BTreeSet::new(),
        }
    }

    fn run(&mut self) -> anyhow::Result<()> {
        let messages = self.connection.receiver.clone();
        let done = self.done.clone();
        loop {
            self.judge_when_due();
            let wait = match self.due {
                _ if !self.waiting.is_empty() => Duration::ZERO,
                Some(due) if !self.busy => due.saturating_duration_since(Instant::now()),
                _ => Duration::from_secs(3600),
            };
            select! {
                recv(messages) -> message => {
                    let Ok(message) = message else { return Ok(()) };
                    // Everything that waits is read first: what was taken back is not worked out.
                    let mut list = vec![message];
                    list.extend(messages.try_iter());
                    if !self.messages(list)? {
                        return Ok(());
                    }
                }
                recv(done) -> answer => {
                    if let Ok(answer) = answer {
                        self.judged(answer);
                    }
                }
                default(wait) => self.publish_some(),
            }
        }
    }

    /// Answers messages in order; false once the editor has said goodbye.
    fn messages(&mut self, list: Vec<Message>) -> anyhow::Result<bool> {
        for message in &list {
            if let Message::Notification(note) = message
                && note.method == "$/cancelRequest"
            {
                self.cancelled.insert(note.params["id"].to_string());
            }
        }
        // Of many keys in a row only the last one is judged.
        let mut typed = BTreeSet::new();
        for message in list {
            match message {
                Message::Request(request) => {
                    self.publish(std::mem::take(&mut typed));
                    if self.connection.handle_shutdown(&request)? {
                        return Ok(false);
                    }
                    self.request(request)?;
                }
                Message::Notification(note) if note.method == "exit" => return Ok(false),
                Message::Notification(note) => typed.extend(self.notification(note)),
                Message::Response(_) => {}
            }
        }
        self.publish(typed);
        self.cancelled.clear();
        Ok(true)
    }

    fn request(&mut self, request: Request) -> anyhow::Result<()> {
        let id = request.id.clone();
        let is_cancelled = self.cancelled.contains(&json!(id).to_string());
        let answer = match is_cancelled {
            true => Response::new_err(id, -32800, "cancelled".to_owned()),
            false => match self.answer(&request.method, request.params) {
                Some(Ok(value)) => Response::new_ok(id, value),
                Some(Err((code, words))) => Response::new_err(id, code, words),
                None => Response::new_err(id, -32601, format!("`{}` is not known here", request.method)),
            },
        };
        self.connection.sender.send(answer.into())?;
        Ok(())
    }

    /// The playbook's path of an address.
    fn path(&self, uri: &Uri) -> Option<String> {
        let path = text::path(uri)?;
        let inside = path.strip_prefix(&self.root).ok()?;
        Some(inside.to_string_lossy().replace('\\', "/"))
    }

    fn uri(&self, path: &str) -> Option<Uri> {
        match self.open.get(path) {
            Some(open) => Some(open.uri.clone()),
            None => text::uri(&self.root.join(path)),
        }
    }

    /// Takes a note in; the path whose findings may have changed.
    fn notification(&mut self, note: Notification) -> Option<String> {
        match note.method.as_str() {
            "textDocument/didOpen" => {
                let params: lsp_types::DidOpenTextDocumentParams = read(note.params)?;
                let document = params.text_document;
                if self.open.is_empty() && self.path(&document.uri).is_none() {
                    // The editor's folder is not the playbook's: it lies above the file.
                    self.root = up(&text::path(&document.uri)?)?;
                    self.book = None;
                }
                let path = self.path(&document.uri)?;
                let text = document.text.strip_prefix('\u{feff}').unwrap_or(&document.text).to_owned();
                self.lay(&path, &text);
                self.open.insert(path.clone(), Open { uri: document.uri, version: document.version, text });
                self.later(false);
                Some(path)
            }
            "textDocument/didChange" => {
                let params: lsp_types::DidChangeTextDocumentParams = read(note.params)?;
                let path = self.path(&params.text_document.uri)?;
                let open = self.open.get_mut(&path)?;
                open.version = params.text_document.version;
                for change in &params.content_changes {
                    open.text = text::changed(std::mem::take(&mut open.text), change);
                }
                let text = open.text.clone();
                self.lay(&path, &text);
                self.later(false);
                Some(path)
            }
            "textDocument/didClose" => {
                let params: lsp_types::DidCloseTextDocumentParams = read(note.params)?;
                let path = self.path(&params.text_document.uri)?;
                self.open.remove(&path)?;
                // What was not saved is gone.
                if let Ok(text) = std::fs::read_to_string(self.root.join(&path)) {
                    self.lay(&path, &text);
                }
                self.later(false);
                Some(path)
            }
            "textDocument/didSave" | "workspace/didChangeWatchedFiles" => {
                self.later(true);
                None
            }
            _ => None,
        }
    }

    fn lay(&mut self, path: &str, text: &str) {
        if let Some(book) = &mut self.book {
            book.lay(path, text);
        }
    }

    /// Has the whole judged once nobody types.
    fn later(&mut self, pages: bool) {
        self.due = Some(Instant::now() + PAUSE);
        self.pages |= pages;
    }

    fn judge_when_due(&mut self) {
        if self.busy || self.due.is_none_or(|due| due > Instant::now()) {
            return;
        }
        self.due = None;
        let pages = std::mem::take(&mut self.pages) && self.took < PATIENCE;
        let texts = self.open.iter().map(|(path, open)| (path.clone(), Arc::from(open.text.as_str()))).collect();
        let job = Job { root: self.root.clone(), texts, pages };
        self.busy = self.ask.send(job).is_ok();
    }

    /// Takes in the whole as it was judged.
    fn judged(&mut self, answer: Done) {
        self.busy = false;
        if answer.late.is_none() {
            self.took = answer.took;
        }
        let is_first = self.book.is_none();
        let whole = match answer.whole {
            Ok(whole) => *whole,
            Err(error) => {
                let params = json!({ "type": 1, "message": error });
                self.notify("window/logMessage", params);
                return;
            }
        };
        let kept = self.book.as_mut().map(Book::take_late);
        let late: Vec<Late> = answer.late.or(kept).unwrap_or_default();
        let old = self.book.replace(Book::new(whole, late));
        // Thousands of campaigns take a while to forget.
        std::thread::spawn(move || drop(old));
        // What was typed meanwhile is laid over again.
        for (path, open) in &self.open {
            if let Some(book) = &mut self.book {
                book.lay(path, &open.text);
            }
        }
        let worst = self.book.as_ref().map(Book::paths).unwrap_or_default();
        let mut paths: BTreeSet<String> = worst.into_iter().take(SHOWN).collect();
        paths.extend(self.shown.iter().cloned());
        self.waiting.append(&mut paths);
        self.publish(self.open.keys().cloned().collect());
        if is_first {
            self.later(true);
        }
    }

    /// Tells a few of the findings that wait.
    fn publish_some(&mut self) {
        let some = (0..SLICE).map_while(|_| self.waiting.pop_first()).collect();
        self.publish(some);
    }

    /// Tells the editor what is found in files.
    fn publish(&mut self, paths: BTreeSet<String>) {
        for path in paths {
            self.waiting.remove(&path);
            let Some(book) = &mut self.book else { return };
            let findings = book.findings(&path);
            let is_news = !findings.is_empty() || self.shown.contains(&path) || self.open.contains_key(&path);
            if !is_news {
                continue;
            }
            match findings.is_empty() {
                true => self.shown.remove(&path),
                false => self.shown.insert(path.clone()),
            };
            let Some(uri) = self.uri(&path) else { continue };
            let diagnostics = self.converter().map(|c| c.diagnostics(&findings)).unwrap_or_default();
            let version = self.open.get(&path).map(|open| open.version);
            let params = PublishDiagnosticsParams { uri, diagnostics, version };
            self.notify("textDocument/publishDiagnostics", json!(params));
        }
    }

    fn converter(&self) -> Option<convert::Converter<'_>> {
        let book = self.book.as_ref()?;
        Some(convert::Converter { book, lang: &self.lang, uri: Box::new(|path| self.uri(path)) })
    }

    fn notify(&self, method: &str, params: Value) {
        // An editor that is gone hears nothing; the next read says so.
        let _ = self.connection.sender.send(Notification::new(method.to_owned(), params).into());
    }
}

/// The parameters of a message; none where they are of another form, which is the editor's mistake.
fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

impl Server<'_> {
    /// Answers a request; none for one that is not known.
    fn answer(&mut self, method: &str, params: Value) -> Option<Result<Value, (i32, String)>> {
        let value = match method {
            "textDocument/completion" => self.completion(&params),
            "textDocument/hover" => self.hover(&params),
            "textDocument/definition" => self.places(&params, true),
            "textDocument/references" => self.places(&params, false),
            "textDocument/prepareRename" => return Some(self.prepare(&params)),
            "textDocument/formatting" => self.format(&params),
            "textDocument/rename" => return Some(self.rename(&params)),
            "textDocument/documentSymbol" => self.symbols(&params),
            "textDocument/codeAction" => self.actions(params),
            _ => return None,
        };
        Some(Ok(value.unwrap_or(Value::Null)))
    }

    /// The file and byte that a request is about.
    fn spot(&self, params: &Value) -> Option<(String, usize)> {
        let place: lsp_types::TextDocumentPositionParams = read(params.clone())?;
        let path = self.path(&place.text_document.uri)?;
        let text = self.text(&path)?;
        let byte = text::Lines::new(text).byte(place.position);
        Some((path, byte))
    }

    fn text(&self, path: &str) -> Option<&str> {
        match self.open.get(path) {
            Some(open) => Some(&open.text),
            None => {
                let sources = &self.book.as_ref()?.sources;
                sources.text(sources.find(path)?)
            }
        }
    }

    fn completion(&mut self, params: &Value) -> Option<Value> {
        let (path, at) = self.spot(params)?;
        let book = self.book.as_mut()?;
        let found = complete::suggest(book, &path, at, &self.rules, &self.lang)?;
        let text = self.text(&path)?;
        Some(convert::completion(&found, text))
    }

    fn hover(&mut self, params: &Value) -> Option<Value> {
        let (path, at) = self.spot(params)?;
        let (words, bytes) = hover::hover(self.book.as_mut()?, &path, at, &self.rules, &self.lang)?;
        let range = text::Lines::new(self.text(&path)?).range(bytes);
        Some(json!({ "contents": { "kind": "markdown", "value": words }, "range": range }))
    }

    fn places(&mut self, params: &Value, only_definitions: bool) -> Option<Value> {
        let (path, at) = self.spot(params)?;
        let with_definition = only_definitions || params["context"]["includeDeclaration"] != json!(false);
        let book = self.book.as_ref()?;
        let (symbol, _) = names::at(&book.sources, &path, at)?;
        let list = names::all(&book.sources, &symbol);
        let fits =
            |found: &&names::Found| if only_definitions { found.defines } else { with_definition || !found.defines };
        let converter = self.converter()?;
        let places: Vec<Value> = list.iter().filter(fits).filter_map(|found| converter.location(found)).collect();
        Some(json!(places))
    }

    fn refused(&self, refusal: &Said) -> (i32, String) {
        (-32803, refusal.in_lang(&self.lang).to_owned())
    }

    fn prepare(&mut self, params: &Value) -> Result<Value, (i32, String)> {
        let Some((path, at)) = self.spot(params) else { return Ok(Value::Null) };
        let Some(book) = &self.book else { return Ok(Value::Null) };
        let Some((symbol, bytes)) = names::at(&book.sources, &path, at) else { return Ok(Value::Null) };
        rename::renamable(book, &symbol).map_err(|refusal| self.refused(&refusal))?;
        let Some(text) = self.text(&path) else { return Ok(Value::Null) };
        Ok(json!(text::Lines::new(text).range(bytes)))
    }

    fn rename(&mut self, params: &Value) -> Result<Value, (i32, String)> {
        let Some((path, at)) = self.spot(params) else { return Ok(Value::Null) };
        let Some(book) = &self.book else { return Ok(Value::Null) };
        let Some((symbol, _)) = names::at(&book.sources, &path, at) else { return Ok(Value::Null) };
        let new = params["newName"].as_str().unwrap_or_default();
        let (edits, new) = rename::rename(book, &symbol, new).map_err(|refusal| self.refused(&refusal))?;
        Ok(self.converter().map_or(Value::Null, |converter| converter.rename(&edits, &new)))
    }

    /// The whole text as `playbook fmt` lays it out; nothing while it cannot be read.
    fn format(&mut self, params: &Value) -> Option<Value> {
        let params: lsp_types::DocumentFormattingParams = read(params.clone())?;
        let path = self.path(&params.text_document.uri)?;
        let text = self.text(&path)?;
        let laid_out = format::file(&path, text).filter(|_| format::is_ours(&path))?;
        if laid_out == text {
            return Some(json!([]));
        }
        Some(json!([{ "range": text::Lines::new(text).range(0..text.len()), "newText": laid_out }]))
    }

    fn symbols(&mut self, params: &Value) -> Option<Value> {
        let params: lsp_types::DocumentSymbolParams = read(params.clone())?;
        let path = self.path(&params.text_document.uri)?;
        Some(json!(symbols::outline(&path, self.text(&path)?)))
    }

    fn actions(&mut self, params: Value) -> Option<Value> {
        let params: lsp_types::CodeActionParams = read(params)?;
        let path = self.path(&params.text_document.uri)?;
        let text = self.text(&path)?;
        let lines = text::Lines::new(text);
        let bytes = lines.byte(params.range.start)..lines.byte(params.range.end);
        let findings = self.book.as_mut()?.findings(&path);
        let near = |d: &&crate::base::Diagnostic| {
            d.span.is_some_and(|s| s.range().start <= bytes.end && bytes.start <= s.range().end)
        };
        let converter = self.converter()?;
        Some(json!(findings.iter().filter(near).flat_map(|d| converter.actions(d)).collect::<Vec<_>>()))
    }
}
