//! What WeChat pushes about the world's orders (section 6), signed and encrypted by code of its own, and sent to an
//! address on this computer: once, again, or in the wrong order.
//!
//! Separate because here the simulator calls and is not called.

use super::order::Order;
use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An EncodingAESKey is 32 bytes in 43 characters, whose last bits may be anything.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);
const BLOCK: usize = 32;
/// Longer than the five seconds that WeChat waits.
const PATIENCE: Duration = Duration::from_secs(10);
const TWO_DAYS_SECS: i64 = 172_800;

/// To whom it pushes, and how.
#[derive(Clone, Debug)]
pub struct Push {
    /// The receiver.
    pub to: SocketAddr,
    /// Its Token.
    pub token: String,
    /// Its EncodingAESKey; `None` pushes in clear text.
    pub aes_key: Option<String>,
    /// The Mini Program.
    pub appid: String,
    /// XML instead of JSON.
    pub xml: bool,
    /// Every message twice.
    pub twice: bool,
    /// The newest first.
    pub reversed: bool,
}

/// The messages about an order, oldest first.
pub fn messages(order: &Order, now: Timestamp) -> Vec<Value> {
    let about = |kind: &str, at: i64| {
        let mut fields = Map::new();
        fields.insert("ToUserName".into(), json!("gh_simulated00"));
        fields.insert("FromUserName".into(), json!("oSimulatedSystem"));
        fields.insert("CreateTime".into(), json!(at));
        fields.insert("MsgType".into(), json!("event"));
        fields.insert("Event".into(), json!(kind));
        fields.insert("transaction_id".into(), json!(order.transaction_id));
        fields.insert("merchant_id".into(), json!(order.mchid));
        fields.insert("sub_merchant_id".into(), json!(order.sub_mchid));
        fields.insert("merchant_trade_no".into(), json!(order.out_trade_no));
        fields.insert("pay_time".into(), json!(order.pay_time));
        fields
    };
    let mut found = Vec::new();
    let late = order.pay_time.saturating_add(TWO_DAYS_SECS);
    if order.order_state == 1 && order.special.is_none() && late < now.as_second() {
        let mut fields = about("trade_manage_remind_shipping", late);
        fields.insert("msg".into(), json!("订单超过48小时未发货"));
        found.push(Value::Object(fields));
    }
    let kind = "trade_manage_order_settlement";
    for notice in order.notices.iter().filter(|notice| notice.kind == kind) {
        let mut fields = about(kind, notice.at.as_second());
        let shipped = order.shipped_at.unwrap_or_else(|| notice.at.as_second());
        fields.insert("shipped_time".into(), json!(shipped));
        let is_end = order.settled_at == Some(notice.at.as_second());
        if is_end {
            fields.insert("confirm_receive_method".into(), json!(order.confirm_method));
            fields.insert("confirm_receive_time".into(), json!(order.confirmed_at));
            fields.insert("settlement_time".into(), json!(order.settled_at));
        } else {
            let due = shipped.saturating_add(TWO_DAYS_SECS);
            fields.insert("estimated_settlement_time".into(), json!(due));
            // Seen in the field: what is not in this phase is empty or 0 as often as it is absent.
            fields.insert("confirm_receive_time".into(), json!(""));
            fields.insert("settlement_time".into(), json!(0));
        }
        found.push(Value::Object(fields));
    }
    found
}

impl Push {
    /// Sends messages one after the other; the status of each answer, and its text.
    ///
    /// # Errors
    /// When nobody listens, or no answer comes.
    pub fn send(&self, messages: &[Value]) -> io::Result<Vec<(u16, String)>> {
        let mut order: Vec<&Value> = messages.iter().collect();
        if self.reversed {
            order.reverse();
        }
        let mut answers = Vec::new();
        for message in order {
            for _ in 0..=usize::from(self.twice) {
                answers.push(self.deliver(message)?);
            }
        }
        Ok(answers)
    }

    /// The check of the address, as when it is entered at WeChat.
    ///
    /// # Errors
    /// When nobody listens, or no answer comes.
    pub fn check(&self) -> io::Result<(u16, String)> {
        let (timestamp, nonce) = ("1714036504", "1514711492");
        let signature = sha1_hex(&[&self.token, timestamp, nonce]);
        let line = format!("/?signature={signature}&timestamp={timestamp}&nonce={nonce}&echostr=4711");
        http(self.to, "GET", &line, "")
    }

    /// Sends this text as it is, signed and, with a key, encrypted: whatever somebody with the Token may send.
    ///
    /// # Errors
    /// When nobody listens, or no answer comes.
    pub fn send_text(&self, text: &str) -> io::Result<(u16, String)> {
        let (line, body) = self.delivery_of(text);
        http(self.to, "POST", &line, &body)
    }

    fn deliver(&self, message: &Value) -> io::Result<(u16, String)> {
        let (line, body) = self.delivery(message);
        http(self.to, "POST", &line, &body)
    }

    /// The address line and the body of one delivery.
    pub fn delivery(&self, message: &Value) -> (String, String) {
        self.delivery_of(&self.text_of(message))
    }

    fn delivery_of(&self, text: &str) -> (String, String) {
        let (timestamp, nonce) = ("1714036504", "1514711492");
        let signature = sha1_hex(&[&self.token, timestamp, nonce]);
        let line = format!("/push?signature={signature}&timestamp={timestamp}&nonce={nonce}&openid=o1");
        let Some(encrypted) = self
            .aes_key
            .as_deref()
            .and_then(|key| encrypt(key, text, &self.appid))
        else {
            return (line, text.to_owned());
        };
        let msg_signature = sha1_hex(&[&self.token, timestamp, nonce, &encrypted]);
        let line = format!("{line}&encrypt_type=aes&msg_signature={msg_signature}");
        let outer = json!({ "ToUserName": "gh_simulated00", "Encrypt": encrypted });
        (line, self.text_of(&outer))
    }

    fn text_of(&self, message: &Value) -> String {
        if !self.xml {
            return message.to_string();
        }
        let fields = message.as_object().into_iter().flatten();
        let elements: Vec<String> = fields
            .map(|(name, value)| match value {
                Value::String(text) => format!("<{name}><![CDATA[{text}]]></{name}>"),
                Value::Null => format!("<{name}></{name}>"),
                Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    format!("<{name}>{value}</{name}>")
                }
            })
            .collect();
        format!("<xml>{}</xml>", elements.concat())
    }
}

fn sha1_hex(parts: &[&str]) -> String {
    let mut parts = parts.to_vec();
    parts.sort_unstable();
    let digest = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, parts.concat().as_bytes());
    let hex: Vec<String> = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    hex.concat()
}

fn encrypt(key: &str, text: &str, appid: &str) -> Option<String> {
    let key: [u8; 32] = LENIENT.decode(key).ok()?.try_into().ok()?;
    let iv: [u8; 16] = key.get(..16)?.try_into().ok()?;
    let mut plain = b"0123456789abcdef".to_vec();
    plain.extend(u32::try_from(text.len()).ok()?.to_be_bytes());
    plain.extend(text.as_bytes());
    plain.extend(appid.as_bytes());
    let padding = BLOCK.saturating_sub(plain.len().checked_rem(BLOCK)?);
    let whole = plain.len().saturating_add(padding);
    plain.resize(whole, u8::try_from(padding).ok()?);
    let mode = cbc::Encryptor::<aes::Aes256>::new(&key.into(), &iv.into());
    mode.encrypt_padded::<NoPadding>(&mut plain, whole).ok()?;
    Some(LENIENT.encode(plain))
}

fn http(to: SocketAddr, method: &str, line: &str, body: &str) -> io::Result<(u16, String)> {
    let mut stream = TcpStream::connect_timeout(&to, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(
        stream,
        "{method} {line} HTTP/1.1\r\nHost: {to}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    let (head, text) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    Ok((status.unwrap_or_default(), text.to_owned()))
}
