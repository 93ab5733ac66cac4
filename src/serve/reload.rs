//! The browser's side: one script in each page, which asks for events and shows the box.

use super::address::asked;
use super::http::Server;
use super::state::{Found, Shared, restyled, version};
use super::{address, guard};
use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use serde_json::json;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::{OwnedSemaphorePermit, mpsc};

const SCRIPT: &str = include_str!("browser/reload.js");
const SHEET: &str = include_str!("browser/box.css");

/// A page with the script that renews it. The one thing by which a served page differs from a built one.
pub(super) fn marked(page: &[u8], version: &str) -> Body {
    let tag = format!("<script src=\"/{}reload.js\" data-page=\"{version}\" defer></script>\n", address::OWN);
    let at = memchr::memmem::find(page, b"</head>").unwrap_or(page.len());
    Body::from([&page[..at], tag.as_bytes(), &page[at..]].concat())
}

/// The server's own files, which no built site has.
pub(super) fn own(server: &Server, path: &str, query: &str) -> Response {
    match path {
        "reload.js" => ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], SCRIPT).into_response(),
        "box.css" => ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], SHEET).into_response(),
        "events" => events(server, query),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

/// What a browser is told about the page that it shows.
///
/// `box`: the findings, at once and whenever they change. `page`: the page has changed; its path, its version, and its style
/// sheets when nothing else did. A page that stays as it is gives no event.
fn events(server: &Server, query: &str) -> Response {
    let Ok(permit) = Arc::clone(&server.streams).try_acquire_owned() else {
        return (StatusCode::SERVICE_UNAVAILABLE, "too many pages are open\n").into_response();
    };
    let value = |name| asked(query, name).unwrap_or_default();
    let page = value("page");
    let Some(path) = guard::path(&page) else {
        return (StatusCode::BAD_REQUEST, "there is no such address\n").into_response();
    };
    let (sender, receiver) = mpsc::channel(4);
    let watcher = Watcher { shared: Arc::clone(&server.shared), address: page, path, lang: value("lang"), sender };
    let is = value("is");
    tokio::spawn(async move {
        // Where it lies now; a page that comes into being only later has nobody who waits for it.
        let shown = match watcher.shared.served().find(&watcher.path) {
            Found::File(path, _) => path.to_owned(),
            Found::Folder | Found::Lost(_) => String::new(),
        };
        watcher.shared.opened(&shown);
        watcher.run(is, &shown).await;
        watcher.shared.closed(&shown);
    });
    let stream = Events { receiver, _permit: permit };
    Sse::new(stream).keep_alive(KeepAlive::new().interval(server.limits.alive)).into_response()
}

struct Watcher {
    shared: Arc<Shared>,
    address: String,
    path: String,
    lang: String,
    sender: mpsc::Sender<Event>,
}

impl Watcher {
    /// Tells of changes until the browser is gone. `is` is the version that it shows, `file` the page's path in the site.
    async fn run(&self, mut is: String, file: &str) {
        let mut changes = self.shared.changes();
        let (mut shown, mut told): (Option<Arc<[u8]>>, Option<String>) = (None, None);
        loop {
            let served = self.shared.served();
            let findings = served.findings(&self.lang);
            if let Some(findings) = findings.filter(|findings| told.as_deref() != Some(findings)) {
                told = Some(findings.to_owned());
                if self.sender.send(Event::default().event("box").data(findings)).await.is_err() {
                    return;
                }
            }
            let page = served.page(&self.path);
            // The same bytes in the same place need no second look.
            let is_same = matches!((&shown, page), (Some(old), Some(new)) if Arc::ptr_eq(old, new));
            let now = if is_same { is.clone() } else { version(page) };
            if now != is {
                let sheets = shown.as_ref().zip(page).and_then(|(old, new)| restyled(old, new));
                if sheets.is_some() {
                    self.shared.drawn(file);
                }
                let data = json!({ "page": self.address, "version": now, "sheets": sheets });
                if self.sender.send(Event::default().event("page").data(data.to_string())).await.is_err() {
                    return;
                }
                is = now;
            }
            shown = page.cloned();
            drop(served);
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return },
                () = self.sender.closed() => return,
            }
        }
    }
}

struct Events {
    receiver: mpsc::Receiver<Event>,
    _permit: OwnedSemaphorePermit,
}

impl Stream for Events {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.receiver.poll_recv(cx).map(|event| event.map(Ok))
    }
}
