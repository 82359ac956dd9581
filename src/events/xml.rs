//! The XML form of a message: the root `xml` with one element for each field, text or CDATA. A DOCTYPE ends the
//! reading at once, and no entity but the five of XML itself is known, so nothing grows and no file is opened.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, Event};

use super::fields::Fields;
use crate::domain::PushRefusal;

/// Elements within each other at most.
const MOST_DEEP: usize = 16;

/// Reads the fields; what stands deeper than the children of the root is left out.
///
/// # Errors
/// [`PushRefusal::Doctype`] or [`PushRefusal::Malformed`].
pub(super) fn read(text: &str) -> Result<Fields, PushRefusal> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut fields = Fields::default();
    let (mut path, mut value, mut is_done) = (Vec::<String>::new(), String::new(), false);
    loop {
        match reader.read_event().map_err(|_broken| PushRefusal::Malformed)? {
            Event::DocType(_) => return Err(PushRefusal::Doctype),
            Event::PI(_) | Event::Empty(_) => return Err(PushRefusal::Malformed),
            Event::Eof => break,
            Event::Start(start) => {
                let is_root = path.is_empty();
                if is_done || path.len() >= MOST_DEEP || (is_root && start.name().as_ref() != "xml") {
                    return Err(PushRefusal::Malformed);
                }
                path.push(start.name().as_ref().to_owned());
                value.clear();
            }
            Event::End(_) => {
                let name = path.pop().ok_or(PushRefusal::Malformed)?;
                if path.len() == 1 {
                    fields.put(&name, std::mem::take(&mut value))?;
                }
                is_done = path.is_empty();
            }
            Event::Text(part) if path.len() == 2 => value.push_str(&part),
            Event::CData(part) if path.len() == 2 => value.push_str(&part),
            Event::GeneralRef(name) => {
                let sign = sign_of(&name)?;
                if path.len() == 2 {
                    value.push_str(&sign);
                }
            }
            Event::Text(part) if path.is_empty() && !part.trim().is_empty() => {
                return Err(PushRefusal::Malformed);
            }
            Event::Text(_) | Event::CData(_) | Event::Decl(_) | Event::Comment(_) => {}
        }
    }
    if is_done {
        Ok(fields)
    } else {
        Err(PushRefusal::Malformed)
    }
}

/// What a reference stands for; any entity of its own is one that a DOCTYPE would have to declare.
fn sign_of(reference: &BytesRef<'_>) -> Result<String, PushRefusal> {
    match reference.resolve_char_ref() {
        Ok(Some(sign)) => Ok(sign.to_string()),
        Ok(None) => resolve_predefined_entity(reference)
            .map(str::to_owned)
            .ok_or(PushRefusal::Doctype),
        Err(_) => Err(PushRefusal::Malformed),
    }
}
