//! The last look at a support bundle: the finished bytes are opened again and searched for everything that has the
//! shape of a secret or of a person's number. Apart from what is put in, and written without its masking, so that one
//! mistake there does not hide itself here.

use std::borrow::Cow;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::bundle::BundlePart;
use super::command::Secret;

/// Of one part not more is read back; it is made here and far smaller.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// What was found, and in which part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The name of the part.
    pub part: String,
    /// What it looks like.
    pub shape: Shape,
}

/// What a secret or a person's number looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A secret that this program holds, letter for letter.
    Known,
    /// A private key.
    PrivateKey,
    /// An AppSecret.
    AppSecret,
    /// An EncodingAESKey.
    AesKey,
    /// A token.
    Token,
    /// A payer.
    OpenId,
    /// A phone number.
    Phone,
    /// The archive cannot be read again, so nothing is known.
    Unreadable,
}

impl Shape {
    /// A stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Known => "known_secret",
            Self::PrivateKey => "private_key",
            Self::AppSecret => "app_secret",
            Self::AesKey => "aes_key",
            Self::Token => "token",
            Self::OpenId => "openid",
            Self::Phone => "phone",
            Self::Unreadable => "unreadable",
        }
    }
}

/// The parts as one archive, searched after it was made.
///
/// # Errors
/// What was found in it; then there are no bytes.
pub fn pack(parts: &[BundlePart], secrets: &[Secret]) -> Result<Vec<u8>, Leak> {
    let bytes = archive(parts).ok_or(Leak {
        part: String::new(),
        shape: Shape::Unreadable,
    })?;
    match search(&bytes, secrets) {
        Some(leak) => Err(leak),
        None => Ok(bytes),
    }
}

fn archive(parts: &[BundlePart]) -> Option<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        writer.start_file(part.name, SimpleFileOptions::default()).ok()?;
        writer.write_all(part.text.as_bytes()).ok()?;
    }
    writer.finish().ok().map(Cursor::into_inner)
}

/// The first thing in a finished archive that must not leave; `None` when there is nothing.
pub fn search(archive: &[u8], secrets: &[Secret]) -> Option<Leak> {
    let leak = |part: &str, shape| {
        Some(Leak {
            part: part.to_owned(),
            shape,
        })
    };
    let Ok(mut opened) = ZipArchive::new(Cursor::new(archive)) else {
        return leak("", Shape::Unreadable);
    };
    for index in 0..opened.len() {
        let Ok(part) = opened.by_index(index) else {
            return leak("", Shape::Unreadable);
        };
        let Some(name) = part.name().ok().map(Cow::into_owned) else {
            return leak("", Shape::Unreadable);
        };
        let mut text = String::new();
        if part.take(MOST_BYTES).read_to_string(&mut text).is_err() {
            return leak(&name, Shape::Unreadable);
        }
        let found = shape_in(&name, secrets).or_else(|| shape_in(&text, secrets));
        if let Some(shape) = found {
            return leak(&name, shape);
        }
    }
    None
}

fn shape_in(text: &str, secrets: &[Secret]) -> Option<Shape> {
    let known = |secret: &Secret| secret.expose().len() >= 6 && text.contains(secret.expose());
    if secrets.iter().any(known) {
        return Some(Shape::Known);
    }
    if text.contains("-----BEGIN") {
        return Some(Shape::PrivateKey);
    }
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let by_word = text.split(|c: char| !is_word(c)).find_map(shape_of_word);
    by_word.or_else(|| {
        // The key may have signs that end a word, and stand behind or before a sign of equality.
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
        let mut words = text.split(|c: char| !is_key(c));
        words.any(is_aes_key).then_some(Shape::AesKey)
    })
}

fn shape_of_word(word: &str) -> Option<Shape> {
    let bytes = word.as_bytes();
    let any = |is: fn(&u8) -> bool| bytes.iter().any(is);
    let has_letter = any(u8::is_ascii_alphabetic);
    if bytes.len() == 32 && bytes.iter().all(u8::is_ascii_hexdigit) && has_letter {
        return Some(Shape::AppSecret);
    }
    if bytes.len() >= 64 && has_letter {
        return Some(Shape::Token);
    }
    let mixed = any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase);
    if bytes.len() == 28 && bytes.first() == Some(&b'o') && mixed {
        return Some(Shape::OpenId);
    }
    let mut runs = word.split(|c: char| !c.is_ascii_digit());
    runs.any(is_phone).then_some(Shape::Phone)
}

fn is_phone(run: &str) -> bool {
    let local = run
        .strip_prefix("86")
        .filter(|rest| rest.len() == 11)
        .unwrap_or(run);
    match local.as_bytes() {
        [b'1', second, rest @ ..] => rest.len() == 9 && (b'3'..=b'9').contains(second),
        _ => false,
    }
}

fn is_aes_key(word: &str) -> bool {
    let any = |is: fn(&u8) -> bool| word.bytes().any(|byte| is(&byte));
    word.len() == 43
        && any(u8::is_ascii_uppercase)
        && any(u8::is_ascii_lowercase)
        && any(u8::is_ascii_digit)
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(text: &str) -> BundlePart {
        BundlePart {
            name: "log.json",
            text: text.to_owned(),
        }
    }

    fn shape(text: &str) -> Option<Shape> {
        let known = Secret::new("fish-and-chips".into());
        pack(
            &[part("{}"), part(text)].map(|mut each| {
                if each.text == "{}" {
                    each.name = "program.json";
                }
                each
            }),
            &[known],
        )
        .err()
        .map(|leak| {
            assert_eq!(leak.part, "log.json");
            leak.shape
        })
    }

    #[test]
    fn every_shape_is_found_in_the_finished_bytes() {
        let token = format!("72_{}", "aB3_".repeat(16));
        for (text, found) in [
            ("my fish-and-chips!", Shape::Known),
            ("-----BEGIN PRIVATE KEY-----", Shape::PrivateKey),
            (r#"{"s":"5a4db0c5000001230000456789f400ab"}"#, Shape::AppSecret),
            (token.as_str(), Shape::Token),
            ("payer oUpF8uMuAJO_M2pxb1Q9zNjWeS6o.", Shape::OpenId),
            ("13812341234", Shape::Phone),
            ("+8613812341234", Shape::Phone),
            ("tel_13812341234", Shape::Phone),
            ("k=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=", Shape::AesKey),
            ("abcdefghijklmnopqrstuvwxyz01234567+9ABCDEFG", Shape::AesKey),
        ] {
            assert_eq!(shape(text), Some(found), "{text}");
        }
    }

    #[test]
    fn what_support_needs_is_no_secret() {
        for text in [
            "65f1a2b3-0a1b2c3d-4e5f6071",
            "4200000925202101284997714292",
            "138****1234",
            "oUpF…eS6o",
            "2026-11-21T12:00:00.123+08:00",
            "1763683200500",
            "1900000109",
            "wx0123456789abcdef",
            "/wxa/sec/order/upload_combined_shipping_info",
            "nothing_is_shipped_twice_and_nothing_is_lost_here",
        ] {
            assert_eq!(shape(text), None, "{text}");
        }
    }

    #[test]
    fn bytes_that_are_no_archive_are_never_called_clean() {
        assert_eq!(search(b"PK", &[]).unwrap().shape, Shape::Unreadable);
    }
}
