//! Everything that can come back instead of an answer, and which failure it is.
//!
//! A table of its own, because uploads, reads and the token call are all held against it.

use fahuo::domain::FailureKind::{self, Garbled, NoAnswer, NotWeChat, TooFast};

use super::{Say, json, status};

/// One thing that can come back.
pub struct Odd {
    /// What it is.
    pub name: &'static str,
    /// How it comes.
    pub say: Say,
    /// Which failure it is.
    pub kind: FailureKind,
    /// Whether a read asks again.
    pub again: bool,
}

/// A page of somebody else.
const PAGE: &str = "<!DOCTYPE html><title>log in</title>";
/// What would be a success with status 200.
const ZERO: &str = r#"{"errcode":0,"errmsg":"ok"}"#;

fn odd(name: &'static str, say: Say, kind: FailureKind) -> Odd {
    let again = false;
    Odd {
        name,
        say,
        kind,
        again,
    }
}

impl Odd {
    fn again(mut self) -> Self {
        self.again = true;
        self
    }
}

/// All of them.
pub fn odd_answers() -> Vec<Odd> {
    bodies().into_iter().chain(statuses()).chain(broken()).collect()
}

/// Status 200 and no answer in it.
fn bodies() -> Vec<Odd> {
    let html = status("200 OK", "Content-Type: text/html\r\n", "log in");
    vec![
        odd("truncated JSON", json(r#"{"errcode":0"#), Garbled),
        odd("errcode as text", json(r#"{"errcode":"0"}"#), Garbled),
        odd("errcode as float", json(r#"{"errcode":0.0}"#), Garbled),
        odd("no errcode", json("{}"), Garbled),
        odd("a list", json("[]"), Garbled),
        odd("nothing", json(""), Garbled),
        odd("errcode twice", json(r#"{"errcode":-1,"errcode":0}"#), Garbled),
        odd("two objects", json(r#"{"errcode":0}{"errcode":0}"#), Garbled),
        odd("too deep", json("[".repeat(100_000)), Garbled),
        odd("a page", json(PAGE), NotWeChat),
        odd("called a page", html, NotWeChat),
    ]
}

/// Other statuses, some with the body of a success.
fn statuses() -> Vec<Odd> {
    let moved = |line| status(line, "Location: http://127.0.0.1:1/\r\n", ZERO);
    let proxy = status("407 Proxy Authentication Required", "", "");
    vec![
        odd("201", status("201 Created", "", ZERO), Garbled),
        odd("301", moved("301 Moved Permanently"), NotWeChat),
        odd("302", moved("302 Found"), NotWeChat),
        odd("307", moved("307 Temporary Redirect"), NotWeChat),
        odd("308", moved("308 Permanent Redirect"), NotWeChat),
        odd("400", status("400 Bad Request", "", ZERO), Garbled),
        odd("403", status("403 Forbidden", "", PAGE), NotWeChat),
        odd("404", status("404 Not Found", "", ""), Garbled),
        odd("407", proxy, NotWeChat),
        odd("429", status("429 Too Many Requests", "", ""), TooFast),
        odd("500", status("500 Internal Server Error", "", ZERO), Garbled).again(),
        odd("502", status("502 Bad Gateway", "", PAGE), Garbled).again(),
        odd("504", status("504 Gateway Timeout", "", ""), Garbled).again(),
    ]
}

/// Answers that are not whole.
fn broken() -> Vec<Odd> {
    let bytes = |text: &str| Say::Bytes(text.as_bytes().to_vec());
    let cut = bytes("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"errcode\":0}");
    let unending = bytes("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nd\r\n{\"errcode\":0}\r\n");
    vec![
        odd("no HTTP", bytes("SSH-2.0-OpenSSH_9.6\r\n"), NoAnswer).again(),
        odd("half a head", bytes("HTTP/1.1 200 OK\r\nContent-Le"), NoAnswer).again(),
        odd("a body cut short", cut, NoAnswer).again(),
        odd("chunks without an end", unending, NoAnswer).again(),
        odd("a closed connection", Say::Close, NoAnswer).again(),
    ]
}
