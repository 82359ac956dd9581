//! WeChat's push messages (contract 6): who sent it is checked before anything of it is read, and what is read is a hint.
//! Apart from the client because here we are the one that is called, by anybody who finds the door.
//!
//! A message becomes a [`PushEvent`] without its text. Nothing here decides what is done about it.

mod fields;
mod json;
mod open;
mod paste;
pub mod receiver;
mod xml;

use crate::domain::{PushEvent, PushRefusal};

pub use open::{AesKey, Keys};
pub use paste::{Pasted, read_pasted};

use fields::Fields;

/// Largest body of a message, in bytes; the real ones have less than two thousand.
pub const MAX_BODY_BYTES: usize = 64 * 1024;

/// What stands in the address of a delivery, decoded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// Over Token, timestamp and nonce.
    pub signature: String,
    /// Unix seconds as text, as it was signed.
    pub timestamp: String,
    /// What makes each signature another one.
    pub nonce: String,
    /// Over Token, timestamp, nonce and the encrypted text.
    pub msg_signature: String,
    /// What a check of the address is to be answered with.
    pub echostr: String,
}

/// What a delivery is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    /// A message about orders.
    Event(Box<PushEvent>),
    /// Another of WeChat's messages, which is none of our business.
    Other,
}

/// Answers the check of the address: what is to be sent back (contract 6.1).
///
/// # Errors
/// [`PushRefusal::Signature`] when it was not made with the Token.
pub fn url_check(keys: &Keys, query: &Query) -> Result<String, PushRefusal> {
    if keys.signed(&query.signature, &[&query.timestamp, &query.nonce]) {
        Ok(query.echostr.clone())
    } else {
        Err(PushRefusal::Signature)
    }
}

/// Reads a delivery. The signature is compared before anything is decrypted, and what is not encrypted although it
/// should be is refused: its signature does not cover the body.
///
/// # Errors
/// Why it is not taken; nothing of it is repeated there.
pub fn read_push(keys: &Keys, query: &Query, body: &[u8]) -> Result<Read, PushRefusal> {
    if body.len() > MAX_BODY_BYTES {
        return Err(PushRefusal::TooLarge);
    }
    if keys.has_aes() {
        let outer = fields_of(body)?;
        let Some(encrypted) = outer.text("Encrypt") else {
            // Whoever has the Token may say it in clear text; whoever has not learns nothing.
            let signed = keys.signed(&query.signature, &[&query.timestamp, &query.nonce]);
            return Err(if signed {
                PushRefusal::NotEncrypted
            } else {
                PushRefusal::Signature
            });
        };
        let parts = [query.timestamp.as_str(), &query.nonce, encrypted];
        if !keys.signed(&query.msg_signature, &parts) {
            return Err(PushRefusal::Signature);
        }
        return message(&keys.decrypt(encrypted)?);
    }
    if !keys.signed(&query.signature, &[&query.timestamp, &query.nonce]) {
        return Err(PushRefusal::Signature);
    }
    let fields = fields_of(body)?;
    // In the compatible mode the clear text stands beside the encrypted one.
    if fields.text("Event").is_none() && fields.text("Encrypt").is_some() {
        return Err(PushRefusal::NoKey);
    }
    read_fields(&fields)
}

/// Reads what a message says in clear text.
fn message(text: &[u8]) -> Result<Read, PushRefusal> {
    read_fields(&fields_of(text)?)
}

fn read_fields(fields: &Fields) -> Result<Read, PushRefusal> {
    Ok(fields
        .event()?
        .map_or(Read::Other, |event| Read::Event(Box::new(event))))
}

/// The fields of a body, whichever of the two forms it has.
fn fields_of(body: &[u8]) -> Result<Fields, PushRefusal> {
    let text = std::str::from_utf8(body).map_err(|_broken| PushRefusal::Malformed)?;
    let text = text.trim_start_matches('\u{feff}').trim();
    match text.as_bytes().first() {
        Some(b'<') => xml::read(text),
        Some(b'{') => json::read(text),
        Some(_) | None => Err(PushRefusal::Malformed),
    }
}

#[cfg(test)]
#[path = "events/tests.rs"]
mod tests;
