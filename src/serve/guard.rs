//! Whom the server answers, and for which addresses: decided on the head of a request alone.

use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};

/// Names that this machine has for itself. A page of another site reaches a local server by a name of its own (DNS
/// rebinding), never by one of these.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// A request that is not answered: the status, and why in a line.
pub(super) type Refusal = (StatusCode, &'static str);

/// The path in the site that a request asks for, decoded, without the first slash.
pub(super) fn admitted(method: &Method, uri: &Uri, headers: &HeaderMap, port: u16) -> Result<String, Refusal> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let host = hosts.next().and_then(|host| host.to_str().ok()).unwrap_or_default();
    if hosts.next().is_some() || !is_own(host, port) {
        return Err((StatusCode::MISDIRECTED_REQUEST, "this server answers only to localhost and its port"));
    }
    if !matches!(*method, Method::GET | Method::HEAD) {
        return Err((StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD are answered"));
    }
    if uri.scheme().is_some() || uri.authority().is_some() {
        return Err((StatusCode::BAD_REQUEST, "this server is no proxy: ask for a path"));
    }
    path(uri.path()).ok_or((StatusCode::BAD_REQUEST, "there is no such address"))
}

/// Whether a request comes from a page of this server, or from none. Pages of other sites may lead here, but not read what is here.
pub(super) fn from_own_page(headers: &HeaderMap) -> Result<(), Refusal> {
    let refusal = (StatusCode::FORBIDDEN, "pages of other sites may not read this one");
    let value = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let host = value(header::HOST).unwrap_or_default();
    if value(header::ORIGIN).is_some_and(|origin| origin != format!("http://{host}")) {
        return Err(refusal);
    }
    let named = |name| value(HeaderName::from_static(name));
    let is_visit = named("sec-fetch-mode") == Some("navigate") && named("sec-fetch-dest") == Some("document");
    match named("sec-fetch-site") {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) if is_visit => Ok(()),
        Some(_) => Err(refusal),
    }
}

fn is_own(host: &str, port: u16) -> bool {
    let end = host.rfind(']').map_or(0, |at| at + 1);
    let (name, given) = match host[end..].rfind(':') {
        Some(colon) => (&host[..end + colon], Some(&host[end + colon + 1..])),
        None => (host, None),
    };
    let is_port = given.map_or(port == 80, |given| given == port.to_string());
    is_port && NAMES.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// A path of plain names. Whatever could mean another place is no path here: dots, doubled, backward or encoded slashes, control
/// characters, bytes that are no UTF-8.
pub(super) fn path(raw: &str) -> Option<String> {
    let mut names = Vec::new();
    let mut rest = raw.strip_prefix('/')?.split('/').peekable();
    while let Some(name) = rest.next() {
        let name = decoded(name)?;
        let is_last = rest.peek().is_none();
        let is_odd = |c: char| c == '/' || c == '\\' || c.is_control();
        if name == "." || name == ".." || name.contains(is_odd) || (name.is_empty() && !is_last) {
            return None;
        }
        names.push(name);
    }
    Some(names.join("/"))
}

/// Text without percent signs; none where two hexadecimal digits do not follow one.
pub(super) fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes().iter();
    while let Some(byte) = rest.next() {
        let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
        bytes.push(match byte {
            b'%' => u8::try_from(digit(rest.next())? * 16 + digit(rest.next())?).ok()?,
            byte => *byte,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_with_the_port_are_own() {
        for host in ["localhost:4000", "LocalHost:4000", "127.0.0.1:4000", "[::1]:4000"] {
            assert!(is_own(host, 4000), "{host}");
        }
        for host in [
            "",
            "localhost",
            "localhost:",
            "localhost:4001",
            "evil.test:4000",
            "127.0.0.1.evil.test:4000",
            "[::1]",
            "[::1]4000",
            "a]:4000",
        ] {
            assert!(!is_own(host, 4000), "{host}");
        }
        assert!(is_own("localhost", 80));
    }

    #[test]
    fn a_path_is_plain_names() {
        assert_eq!(path("/"), Some(String::new()));
        assert_eq!(path("/a/b/"), Some("a/b/".to_owned()));
        assert_eq!(path("/%E6%98%A5/a%20b.html"), Some("春/a b.html".to_owned()));
        let odd = [
            "",
            "a",
            "*",
            "//a",
            "/a//b",
            "/../a",
            "/a/..",
            "/a/./b",
            "/%2e%2e/a",
            "/.%2E/a",
            "/a%2fb",
            "/a%5cb",
            "/a\\b",
            "/a%00",
            "/%",
            "/%2",
            "/%zz",
            "/%ff",
            "/%c0%ae%c0%ae/a",
            "/%252e%252e/%0a",
        ];
        for odd in odd {
            assert_eq!(path(odd), None, "{odd}");
        }
        // Decoded once: this is a name of nine characters, which no file has.
        assert_eq!(path("/%252e%252e"), Some("%2e%2e".to_owned()));
    }

    #[test]
    fn pages_of_other_sites_may_lead_here_but_not_read() {
        let asked = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            headers.insert("host", "localhost:4000".parse().unwrap());
            for (name, value) in pairs {
                headers.insert(*name, value.parse().unwrap());
            }
            from_own_page(&headers).is_ok()
        };
        assert!(asked(&[]));
        assert!(asked(&[("origin", "http://localhost:4000"), ("sec-fetch-site", "same-origin")]));
        assert!(asked(&[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "document")
        ]));
        assert!(!asked(&[("origin", "http://evil.test")]));
        assert!(!asked(&[("origin", "null")]));
        assert!(!asked(&[("origin", "http://127.0.0.1:4000")]));
        assert!(!asked(&[
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-mode", "no-cors"),
            ("sec-fetch-dest", "script")
        ]));
        assert!(!asked(&[
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-mode", "navigate"),
            ("sec-fetch-dest", "iframe")
        ]));
    }
}
