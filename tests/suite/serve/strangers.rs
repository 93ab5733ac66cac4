//! Strangers: nobody else gets in, or brings the server down.

use super::super::cli::Book;
use super::{Answer, Listener, PATIENCE, Server, book};
use campaign_playbook::serve::Options;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

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
