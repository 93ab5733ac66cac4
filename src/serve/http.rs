//! The server: answers on loopback from the site in memory. No path of a request ever reaches the file system.

use super::guard::{self, Refusal};
use super::patience::Patient;
use super::reload;
use super::state::{Found, Shared, version};
use super::{Limits, address};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

/// How many ports behind a taken one are tried before the system is asked for any.
const NEIGHBOURS: u16 = 20;

/// Files whose names hold a hash of their bytes: a reload that fetched them again would be half as fast.
const HASHED: &str = "static/";
const KEPT: &str = "private, max-age=31536000, immutable";

/// Listens on loopback at a port, at the next free one when it is taken, at any when it is 0.
pub(super) fn bind(port: u16) -> io::Result<Vec<std::net::TcpListener>> {
    let free = |port: u16| std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let is_taken =
        |error: &io::Error| matches!(error.kind(), io::ErrorKind::AddrInUse | io::ErrorKind::PermissionDenied);
    let mut first = free(port);
    for next in 1..=NEIGHBOURS {
        match &first {
            Err(error) if is_taken(error) => first = free(port.saturating_add(next)),
            _ => break,
        }
    }
    let first = match first {
        Err(error) if is_taken(&error) => free(0)?,
        other => other?,
    };
    // `localhost` means this one first on many machines; where it is not to be had, browsers try the other.
    let second = std::net::TcpListener::bind((Ipv6Addr::LOCALHOST, first.local_addr()?.port()));
    Ok(std::iter::once(first).chain(second.ok()).collect())
}

/// What every connection knows.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) shared: Arc<Shared>,
    pub(super) port: u16,
    pub(super) limits: Limits,
    /// Streams of events that may yet be opened.
    pub(super) streams: Arc<Semaphore>,
}

impl Server {
    pub(super) fn new(shared: Arc<Shared>, port: u16, limits: Limits) -> Self {
        Self { shared, port, limits, streams: Arc::new(Semaphore::new(limits.streams)) }
    }

    /// Answers until the future is dropped.
    pub(super) async fn run(self, listener: std::net::TcpListener, connections: Arc<Semaphore>) -> io::Result<()> {
        listener.set_nonblocking(true)?;
        let listener = TcpListener::from_std(listener)?;
        let limits = self.limits;
        let router = Router::new().fallback(answer).with_state(self);
        loop {
            let Ok((stream, from)) = listener.accept().await else {
                // No file handles left, or a client that gave up: nothing that goes away sooner by trying sooner.
                tokio::time::sleep(Duration::from_millis(20)).await;
                continue;
            };
            // A connection more than that is closed at once; those that are open go on.
            let Ok(permit) = Arc::clone(&connections).try_acquire_owned() else { continue };
            if !from.ip().is_loopback() {
                continue;
            }
            let router = router.clone();
            tokio::spawn(async move {
                converse(stream, router, limits).await;
                drop(permit);
            });
        }
    }
}

async fn converse(stream: TcpStream, router: Router, limits: Limits) {
    let _ = stream.set_nodelay(true);
    let io = TokioIo::new(Patient::new(stream, limits.write));
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head)
        .max_headers(limits.headers)
        .max_header_size(limits.head_bytes)
        .max_buf_size(limits.head_bytes.max(64 << 10));
    // A client that breaks off or breaks the protocol concerns nobody else.
    let _ = http.serve_connection(io, TowerToHyperService::new(router)).await;
}

async fn answer(State(server): State<Server>, request: Request) -> Response {
    let (head, _) = request.into_parts();
    let path = guard::admitted(&head.method, &head.uri, &head.headers, server.port);
    let mut response = match path.and_then(|path| guard::from_own_page(&head.headers).map(|()| path)) {
        Err(refusal) => refused(refusal),
        Ok(path) => match path.strip_prefix(address::OWN) {
            Some(own) => reload::own(&server, own, head.uri.query().unwrap_or_default()),
            None => page(&server.shared, &path, head.uri.query()),
        },
    };
    let headers = response.headers_mut();
    // What was here a moment ago may be another playbook at this port: nothing is kept that its name does not tell from all others.
    if headers.get(header::CACHE_CONTROL).is_none_or(|value| value != KEPT) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    // Nothing is guessed, and nothing shown within other sites.
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::CONTENT_SECURITY_POLICY, "frame-ancestors 'self'"),
        (header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (header::REFERRER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refused((status, why): Refusal) -> Response {
    let mut response = (status, format!("{why}\n")).into_response();
    if status == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
    }
    response
}

fn page(shared: &Shared, path: &str, query: Option<&str>) -> Response {
    let served = shared.served();
    let (status, file) = match served.find(path) {
        Found::File(path, bytes) => (StatusCode::OK, Some((path, bytes))),
        Found::Lost(file) => (StatusCode::NOT_FOUND, file),
        Found::Folder => return moved(path, query),
    };
    let Some((path, bytes)) = file else {
        let body = reload::marked(super::EMPTY.as_bytes(), "");
        return (status, [(header::CONTENT_TYPE, kind(".html"))], body).into_response();
    };
    let kind = kind(path);
    if !path.ends_with(".html") {
        let mut response = (status, [(header::CONTENT_TYPE, kind)], Body::from(bytes.to_vec())).into_response();
        if path.starts_with(HASHED) {
            response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(KEPT));
        }
        return response;
    }
    shared.asked(path);
    let body = reload::marked(bytes, &version(Some(bytes)));
    (status, [(header::CONTENT_TYPE, kind)], body).into_response()
}

/// Leads to the same address with a slash: links of the page are relative to it.
fn moved(path: &str, query: Option<&str>) -> Response {
    // Only the last name, so that no path can be read as another host.
    let name = path.rsplit('/').next().unwrap_or_default();
    let query = query.map(|query| format!("?{query}")).unwrap_or_default();
    let to = format!("./{}/{query}", address::encoded(name));
    match HeaderValue::from_str(&to) {
        Ok(to) => (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, to)]).into_response(),
        Err(_) => refused((StatusCode::BAD_REQUEST, "there is no such address")),
    }
}

/// The media type of a file, by its ending. What is unknown is handed out as bytes.
fn kind(path: &str) -> &'static str {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    match ending.as_str() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "ics" => "text/calendar; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "pdf" => "application/pdf",
        "woff2" => "font/woff2",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "mp3" => "audio/mpeg",
        _ => "application/octet-stream",
    }
}

/// The address of the first listener, as a person types it.
pub(super) fn url(listener: &std::net::TcpListener) -> io::Result<(String, u16)> {
    let address: SocketAddr = listener.local_addr()?;
    Ok((format!("http://{address}/"), address.port()))
}
