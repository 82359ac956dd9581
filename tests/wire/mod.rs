//! A server made of bare sockets: it keeps every request as it came and answers with canned bytes.
//!
//! Separate from the simulator because it knows nothing of WeChat: what it records is what was really sent.
#![allow(dead_code, reason = "each test file uses a part of it")]

pub mod odd;
pub mod process;
pub mod simulated;

use std::collections::HashMap;
use std::io::{Read, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::Builder;
use std::time::Duration;

use fahuo::domain::CallFailure;
use fahuo::wechat::{Client, ClientConfig, Timing};
use zeroize::Zeroizing;

/// Path of the token call.
pub const TOKEN_PATH: &str = "/cgi-bin/stable_token";
/// AppID of the tests.
pub const APPID: &str = "wx0123456789abcdef";
/// AppSecret of the tests; must never be seen anywhere but in the body of the token call.
pub const SECRET: &str = "CANARY-secret-0f1e2d3c4b5a";
/// First token of the tests; must never be seen anywhere but in the query.
pub const TOKEN: &str = "CANARY-token-1";

/// One request as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// `POST`.
    pub method: String,
    /// Path without the query.
    pub path: String,
    /// What follows the question mark.
    pub query: String,
    /// Names in lower case.
    pub headers: HashMap<String, String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Request {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }
}

/// What the server does with a request.
#[derive(Clone, Debug)]
pub enum Say {
    /// Status 200 with this JSON.
    Json(String),
    /// These bytes, then the connection is closed.
    Bytes(Vec<u8>),
    /// Nothing; the connection is closed.
    Close,
    /// Nothing for ever.
    Silence,
    /// A body without an end, as fast as it is taken.
    Endless,
    /// A head at once and then one byte every 10 ms without an end.
    Drip,
}

/// JSON with status 200.
pub fn json(text: impl Into<String>) -> Say {
    Say::Json(text.into())
}

/// A status, extra header lines (each ending in CR LF) and a body.
pub fn status(line: &str, headers: &str, body: &str) -> Say {
    let length = body.len();
    Say::Bytes(
        format!("HTTP/1.1 {line}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}")
            .into_bytes(),
    )
}

/// The usual answer of the token call.
pub fn token(text: &str) -> Say {
    json(format!(r#"{{"access_token":"{text}","expires_in":7200}}"#))
}

type Script = dyn Fn(&Request, usize) -> Say + Send + Sync;

/// The server; it ends with the test.
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<Request>>>,
    stop: Arc<AtomicBool>,
}

impl Server {
    /// Starts it. The script gets each request and how many came to the same path before.
    pub fn start(script: impl Fn(&Request, usize) -> Say + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let stop = Arc::new(AtomicBool::new(false));
        let script: Arc<Script> = Arc::new(script);
        let shared = (Arc::clone(&seen), Arc::clone(&stop));
        let accept = move || {
            let (seen, stop) = shared;
            for stream in listener.incoming() {
                if stop.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let (seen, script) = (Arc::clone(&seen), Arc::clone(&script));
                let serve = move || serve(stream, &seen, &*script);
                Builder::new()
                    .name("connection".into())
                    .spawn(serve)
                    .expect("a thread");
            }
        };
        Builder::new()
            .name("server".into())
            .spawn(accept)
            .expect("a thread");
        Self { address, seen, stop }
    }

    /// Answers the token call as usual and every other one with this.
    pub fn answering(say: Say) -> Self {
        Self::start(move |request, _| {
            if request.path == TOKEN_PATH {
                token(TOKEN)
            } else {
                say.clone()
            }
        })
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Everything that came, in the order in which it was complete.
    pub fn requests(&self) -> Vec<Request> {
        self.seen.lock().expect("no thread failed").clone()
    }

    /// What came to one path.
    pub fn requests_to(&self, path: &str) -> Vec<Request> {
        let mut requests = self.requests();
        requests.retain(|request| request.path == path);
        requests
    }

    /// The only request besides the token call.
    pub fn only_call(&self) -> Request {
        let mut requests = self.requests();
        requests.retain(|request| request.path != TOKEN_PATH);
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        drop(TcpStream::connect(self.address));
    }
}

/// A client of this server with short limits and a secret.
pub fn client(server: &Server) -> Client {
    Client::with_timing(config(&server.url()), quick()).expect("a client")
}

/// A configuration with a secret.
pub fn config(url: &str) -> ClientConfig {
    ClientConfig {
        base_url: url.to_owned(),
        appid: APPID.to_owned(),
        secret: Some(Zeroizing::new(SECRET.to_owned())),
        access_token: None,
    }
}

/// A configuration with a token from elsewhere.
pub fn config_with_token(url: &str) -> ClientConfig {
    ClientConfig {
        secret: None,
        access_token: Some(Zeroizing::new(TOKEN.to_owned())),
        ..config(url)
    }
}

/// Long enough for a loaded computer to answer, retries without noticeable waits.
pub fn quick() -> Timing {
    Timing {
        connect: Duration::from_secs(20),
        read: Duration::from_secs(20),
        total: Duration::from_mins(1),
        first_retry: Duration::from_millis(1),
    }
}

/// Limits for servers that never answer.
pub fn impatient() -> Timing {
    Timing {
        connect: Duration::from_secs(1),
        read: Duration::from_millis(1200),
        total: Duration::from_secs(2),
        first_retry: Duration::from_millis(1),
    }
}

/// Neither printing of a failure may show a secret, a token or an address.
pub fn assert_discreet(printed: &str) {
    for forbidden in [
        "CANARY",
        "://",
        "127.0.0.1",
        "localhost",
        "stable_token",
        "/wxa",
        "/cgi-bin",
    ] {
        assert!(!printed.contains(forbidden), "{forbidden} in {printed}");
    }
}

/// [`assert_discreet`] for a failure.
pub fn assert_discreet_failure(failure: &CallFailure) {
    assert_discreet(&format!("{failure:?} {failure:#?}"));
}

fn serve(mut stream: TcpStream, seen: &Mutex<Vec<Request>>, script: &Script) {
    while let Some(request) = read_request(&mut stream) {
        let before = {
            let mut seen = seen.lock().expect("no thread failed");
            let before = seen.iter().filter(|other| other.path == request.path).count();
            seen.push(request.clone());
            before
        };
        if !answer(&mut stream, script(&request, before)) {
            return;
        }
    }
}

/// Whether the connection goes on.
fn answer(stream: &mut TcpStream, say: Say) -> bool {
    match say {
        Say::Json(body) => {
            let head = "HTTP/1.1 200 OK\r\nDate: Fri, 21 Nov 2025 00:00:00 GMT\r\n";
            let length = body.len();
            let all =
                format!("{head}Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}");
            stream.write_all(all.as_bytes()).is_ok()
        }
        Say::Bytes(bytes) => {
            drop(stream.write_all(&bytes));
            false
        }
        Say::Close => false,
        Say::Silence => {
            let mut rest = Vec::new();
            drop(stream.read_to_end(&mut rest));
            false
        }
        Say::Endless => {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
            let chunk = [b"1000\r\n".as_slice(), &[b' '; 0x1000], b"\r\n"].concat();
            while stream.write_all(&chunk).is_ok() {}
            false
        }
        Say::Drip => {
            drop(stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"));
            drop(stream.set_read_timeout(Some(Duration::from_millis(10))));
            while stream.write_all(b" ").is_ok() {
                // The wait of an unanswered read is the pace; an end means that the client has gone.
                if matches!(stream.read(&mut [0; 1]), Ok(0)) {
                    break;
                }
            }
            false
        }
    }
}

/// One request; `None` when the connection has ended.
pub fn read_request(stream: &mut impl Read) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0; 1];
        if stream.read(&mut byte).ok()? == 0 {
            return None;
        }
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.split("\r\n");
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let headers: HashMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let length = headers
        .get("content-length")
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body,
    })
}
