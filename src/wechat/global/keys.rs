//! The keys by which WeChat Pay signs: its certificates, opened with the APIv3 key, or its public key. What is not known
//! vouches for nothing.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, SubjectPublicKeyInfoDer};
use serde_json::Value;
use webpki::ring::RSA_PKCS1_2048_8192_SHA256;
use webpki::{EndEntityCert, RawPublicKeyEntity};

use super::super::lenient;
use crate::domain::Timestamp;

/// The keys by their number or id.
#[derive(Default)]
pub(super) struct PlatformKeys {
    certificates: HashMap<String, CertificateDer<'static>>,
    public_key: Option<(String, SubjectPublicKeyInfoDer<'static>)>,
}

impl PlatformKeys {
    /// Only the public key, when there is one.
    pub(super) fn with(public_key: Option<(String, String)>) -> Self {
        let public_key = public_key.and_then(|(id, pem)| {
            let der = SubjectPublicKeyInfoDer::from_pem_slice(pem.as_bytes()).ok()?;
            Some((id, der))
        });
        Self {
            certificates: HashMap::new(),
            public_key,
        }
    }

    /// There is a key of this number or id.
    pub(super) fn knows(&self, serial: &str) -> bool {
        self.certificates.contains_key(serial) || self.public_key.as_ref().is_some_and(|(id, _)| id == serial)
    }

    /// The key of this number has signed the message.
    pub(super) fn verify(&self, serial: &str, message: &[u8], signature: &str) -> bool {
        let Ok(signature) = STANDARD.decode(signature) else {
            return false;
        };
        if let Some(der) = self.certificates.get(serial) {
            return EndEntityCert::try_from(der).is_ok_and(|certificate| {
                let verified = certificate.verify_signature(RSA_PKCS1_2048_8192_SHA256, message, &signature);
                verified.is_ok()
            });
        }
        let Some((_, der)) = self.public_key.as_ref().filter(|(id, _)| id == serial) else {
            return false;
        };
        RawPublicKeyEntity::try_from(der).is_ok_and(|key| {
            key.verify_signature(RSA_PKCS1_2048_8192_SHA256, message, &signature)
                .is_ok()
        })
    }

    /// These keys with the certificates of an answer that can be opened and are valid now.
    pub(super) fn opened(&self, body: &[u8], api_v3_key: &str, now: Timestamp) -> Self {
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        let certificates = lenient::list(&body, "data");
        Self {
            certificates: certificates
                .iter()
                .filter_map(|entry| certificate(entry, api_v3_key, now))
                .collect(),
            public_key: self.public_key.clone(),
        }
    }
}

/// One certificate under its number, which must be the one that it carries itself.
fn certificate(entry: &Value, api_v3_key: &str, now: Timestamp) -> Option<(String, CertificateDer<'static>)> {
    let begins = Timestamp::parse(&lenient::text(entry, "effective_time"))?;
    let ends = Timestamp::parse(&lenient::text(entry, "expire_time"))?;
    if now < begins || now >= ends {
        return None;
    }
    let sealed = lenient::object(entry, "encrypt_certificate");
    let text = |name| lenient::text(sealed, name);
    let key = UnboundKey::new(&AES_256_GCM, api_v3_key.as_bytes()).ok()?;
    let nonce = Nonce::try_assume_unique_for_key(text("nonce").as_bytes()).ok()?;
    let mut bytes = STANDARD.decode(text("ciphertext")).ok()?;
    let associated = text("associated_data");
    let pem = LessSafeKey::new(key)
        .open_in_place(nonce, Aad::from(associated.as_bytes()), &mut bytes)
        .ok()?;
    let der = CertificateDer::from_pem_slice(pem).ok()?.into_owned();
    let serial = lenient::text(entry, "serial_no");
    let is_its_own = serial_of(&der)?.eq_ignore_ascii_case(&serial);
    is_its_own.then_some((serial, der))
}

/// The number of a certificate in capital hex digits.
pub(super) fn serial_of(der: &CertificateDer<'_>) -> Option<String> {
    let certificate = EndEntityCert::try_from(der).ok()?;
    let bytes = certificate.serial();
    // A leading zero only keeps the number positive.
    let bytes = bytes
        .strip_prefix(&[0])
        .filter(|rest| !rest.is_empty())
        .unwrap_or(bytes);
    let digits = bytes.iter().map(|byte| format!("{byte:02X}"));
    Some(digits.collect::<Vec<_>>().concat())
}

/// The text is a public key.
pub fn is_public_key(pem: &str) -> bool {
    SubjectPublicKeyInfoDer::from_pem_slice(pem.as_bytes())
        .is_ok_and(|der| RawPublicKeyEntity::try_from(&der).is_ok())
}
