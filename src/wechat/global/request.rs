//! The signature of a request: the exact bytes, and the header that carries it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Who signs, with what.
pub(super) struct Signer {
    mchid: String,
    serial_no: String,
    key: KeyPair,
}

/// A PEM with an RSA key of 2048 bits or more.
fn key_of(pem: &str) -> Option<KeyPair> {
    match PrivateKeyDer::from_pem_slice(pem.as_bytes()).ok()? {
        PrivateKeyDer::Pkcs8(der) => KeyPair::from_pkcs8(der.secret_pkcs8_der()).ok(),
        PrivateKeyDer::Pkcs1(der) => KeyPair::from_der(der.secret_pkcs1_der()).ok(),
        PrivateKeyDer::Sec1(_) | _ => None,
    }
}

/// The text is a private key that can sign.
pub fn is_private_key(pem: &str) -> bool {
    key_of(pem).is_some()
}

/// The number of the merchant's certificate in a PEM (`apiclient_cert.pem`), as WeChat Pay writes it.
pub fn serial_of_certificate(pem: &str) -> Option<String> {
    let der = CertificateDer::from_pem_slice(pem.as_bytes()).ok()?;
    super::keys::serial_of(&der)
}

impl Signer {
    /// `None` when the key cannot sign.
    pub(super) fn new(mchid: &str, serial_no: &str, pem: &str) -> Option<Self> {
        Some(Self {
            mchid: mchid.to_owned(),
            serial_no: serial_no.to_owned(),
            key: key_of(pem)?,
        })
    }

    /// The header `Authorization` of a request; `None` when the system has no random source.
    pub(super) fn authorization(
        &self,
        method: &str,
        path: &str,
        now_secs: i64,
        body: &[u8],
    ) -> Option<String> {
        let nonce = nonce()?;
        let message = message(method, path, now_secs, &nonce, body);
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), &message, &mut signature)
            .ok()?;
        let signature = STANDARD.encode(signature);
        let (mchid, serial_no) = (&self.mchid, &self.serial_no);
        Some(format!(
            "WECHATPAY2-SHA256-RSA2048 mchid=\"{mchid}\",nonce_str=\"{nonce}\",timestamp=\"{now_secs}\",\
             serial_no=\"{serial_no}\",signature=\"{signature}\""
        ))
    }
}

/// What is signed: five parts, each followed by a line feed.
fn message(method: &str, path: &str, now_secs: i64, nonce: &str, body: &[u8]) -> Vec<u8> {
    let mut message = format!("{method}\n{path}\n{now_secs}\n{nonce}\n").into_bytes();
    message.extend(body);
    message.push(b'\n');
    message
}

/// 32 letters and digits.
fn nonce() -> Option<String> {
    const SIGNS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).ok()?;
    let sign = |byte: &u8| {
        SIGNS
            .get(usize::from(byte & 31))
            .map_or('A', |sign| char::from(*sign))
    };
    Some(bytes.iter().map(sign).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_that_are_signed_are_those_of_the_documents() {
        let path = "/v3/global/transactions/id/4200000000002104083200000488?mchid=1900000109";
        assert_eq!(
            message(
                "GET",
                path,
                1_554_208_460,
                "593BEC0C930BF1AFEB40B4A08C8FB242",
                b""
            ),
            b"GET\n/v3/global/transactions/id/4200000000002104083200000488?mchid=1900000109\n1554208460\n\
              593BEC0C930BF1AFEB40B4A08C8FB242\n\n"
        );
    }

    #[test]
    fn no_two_requests_share_a_nonce() {
        let (a, b) = (nonce().unwrap(), nonce().unwrap());
        assert_ne!(a, b);
        assert!(
            a.len() == 32 && a.bytes().all(|b| b.is_ascii_alphanumeric()),
            "{a}"
        );
    }
}
