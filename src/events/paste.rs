//! Messages that a person brings: one or many, XML or JSON, each with the address line of its delivery in front or
//! without. What is encrypted needs that line, because it carries the signature.

use std::borrow::Cow;

use super::{Keys, MAX_BODY_BYTES, Query, Read, fields_of, read_fields, read_push};
use crate::domain::{PushEvent, PushRefusal};

/// Bytes of a pasted text or a file at most.
pub const MAX_PASTED_BYTES: usize = 4 * 1024 * 1024;
/// Messages of one text at most.
const MOST_MESSAGES: usize = 10_000;

/// What was found in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Messages about orders, in their order.
    pub events: Vec<PushEvent>,
    /// Other messages of WeChat.
    pub others: usize,
    /// Why the rest was not taken, one for each.
    pub refused: Vec<PushRefusal>,
}

/// Reads a text. Without keys only clear text is read: a person who pastes it vouches for it, and a message causes
/// nothing but a look.
pub fn read_pasted(keys: Option<&Keys>, text: &str) -> Pasted {
    let mut pasted = Pasted::default();
    if text.len() > MAX_PASTED_BYTES {
        pasted.refused.push(PushRefusal::TooLarge);
        return pasted;
    }
    let mut rest = text.trim_start_matches('\u{feff}').trim_start_matches(is_between);
    let mut query = None;
    let mut taken: usize = 0;
    while !rest.is_empty() && taken < MOST_MESSAGES {
        let (body, after) = match rest.as_bytes().first() {
            Some(b'<') => xml_part(rest),
            Some(b'{') => json_part(rest),
            Some(_) | None => {
                let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
                query = query_of(line).or(query);
                ("", after)
            }
        };
        if !body.is_empty() {
            taken = taken.saturating_add(1);
            match read_one(keys, query.take(), body) {
                Ok(Read::Event(event)) => pasted.events.push(*event),
                Ok(Read::Other) => pasted.others = pasted.others.saturating_add(1),
                Err(refusal) => pasted.refused.push(refusal),
            }
        }
        rest = after.trim_start_matches(is_between);
    }
    if taken == 0 {
        pasted.refused.push(PushRefusal::Malformed);
    }
    pasted
}

/// White space, and what stands between the messages of a JSON list.
fn is_between(sign: char) -> bool {
    sign.is_whitespace() || matches!(sign, '[' | ',' | ']')
}

fn read_one(keys: Option<&Keys>, query: Option<Query>, body: &str) -> Result<Read, PushRefusal> {
    if body.len() > MAX_BODY_BYTES {
        return Err(PushRefusal::TooLarge);
    }
    match (keys, query) {
        (Some(keys), Some(query)) => read_push(keys, &query, body.as_bytes()),
        (keys, _) => {
            let fields = fields_of(body.as_bytes())?;
            if fields.text("Event").is_none() && fields.text("Encrypt").is_some() {
                return Err(if keys.is_some_and(Keys::has_aes) {
                    PushRefusal::Signature
                } else {
                    PushRefusal::NoKey
                });
            }
            read_fields(&fields)
        }
    }
}

fn xml_part(text: &str) -> (&str, &str) {
    const END: &str = "</xml>";
    let end = text.find(END).map(|at| at.saturating_add(END.len()));
    end.and_then(|end| text.split_at_checked(end))
        .unwrap_or((text, ""))
}

fn json_part(text: &str) -> (&str, &str) {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde::de::IgnoredAny>();
    let is_whole = matches!(values.next(), Some(Ok(_)));
    let end = values.byte_offset();
    let whole = text.split_at_checked(end).filter(|_| is_whole);
    // What cannot be read ends with its line, so that the next one has its chance.
    let line = || text.split_once('\n').unwrap_or((text, ""));
    whole.unwrap_or_else(line)
}

/// The values of an address line such as `POST /push?signature=…&timestamp=… HTTP/1.1`; `None` for any other line.
fn query_of(line: &str) -> Option<Query> {
    let (_, values) = line.split_once('?').unwrap_or(("", line));
    let values = values.split_whitespace().next().unwrap_or_default();
    let mut query = Query::default();
    for pair in values.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        query.put(name, &decoded(value));
    }
    let is_signed = !query.signature.is_empty() || !query.msg_signature.is_empty();
    is_signed.then_some(query)
}

impl Query {
    /// Takes a value of the address; names that mean nothing here are left out.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        let place = match name {
            "signature" => &mut self.signature,
            "timestamp" => &mut self.timestamp,
            "nonce" => &mut self.nonce,
            "msg_signature" => &mut self.msg_signature,
            "echostr" => &mut self.echostr,
            _ => return,
        };
        value.clone_into(place);
    }
}

/// Percent signs and pluses become what they stand for.
pub(super) fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains(['%', '+']) {
        return Cow::Borrowed(value);
    }
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = after.split_at_checked(2).filter(|_| *first == b'%');
        let byte = escaped.and_then(|(digits, _)| {
            let digits = std::str::from_utf8(digits).ok()?;
            u8::from_str_radix(digits, 16).ok()
        });
        if let (Some(byte), Some((_, after))) = (byte, escaped) {
            bytes.push(byte);
            rest = after;
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}
