//! Shopping orders (contract section 4), the second family of calls. Its paths, its bodies and its client are types of
//! their own, because both families have operations of the same names: the path is the identifier, not the name.
//!
//! A shopping order goes out like this:
//!
//! ```
//! # use fahuo::{domain::{ShoppingOrder, Timestamp}, wechat::{Client, ShoppingUpload}};
//! # async fn tell(client: Client, order: ShoppingOrder, at: Timestamp) {
//! if let Some(upload) = ShoppingUpload::of(&order, at) {
//!     client.shopping().upload(&upload).await;
//! }
//! # }
//! ```
//!
//! The body of a shipment is bytes of the other family, and this client does not take it:
//!
//! ```compile_fail,E0308
//! # use fahuo::{domain::{Intent, OpenId, Timestamp}, wechat::{Client, upload_body}};
//! # async fn tell(client: Client, intent: Intent, payer: OpenId, at: Timestamp) {
//! let body = upload_body(&intent, &payer, at);
//! client.shopping().upload(&body).await;
//! # }
//! ```
//!
//! Nor does the other client take a shopping order:
//!
//! ```compile_fail,E0308
//! # use fahuo::{domain::{ShoppingOrder, Timestamp}, wechat::{Client, ShoppingUpload}};
//! # async fn tell(client: Client, order: ShoppingOrder, at: Timestamp) {
//! if let Some(upload) = ShoppingUpload::of(&order, at) {
//!     client.upload_shipping_info(&upload).await;
//! }
//! # }
//! ```

mod body;

use std::sync::Arc;

use serde_json::Value;

use super::call::{Caller, Upload};
use super::outcome::Write;
use super::transport::SMALL_CAP;
use super::{no_data, raw};
use crate::domain::{CallFailure, ShoppingOrder, Timestamp, shopping::ShoppingCheck};

/// Path of the combined shopping details.
pub const SHOPPING_DETAILS_PATH: &str = "/user-order/combine-orders";
/// Path of the combined shipping.
pub const SHOPPING_SHIP_PATH: &str = "/user-order/combine-orders/shippings";
/// Path of the question how an upload came out.
pub const SHOPPING_VERIFY_PATH: &str = "/user-order/shoppinginfo/verify";

/// One upload of this family: its path and its body. It can be made from a checked order only.
#[derive(Clone, PartialEq, Eq)]
pub struct ShoppingUpload {
    write: Write,
    body: String,
}

impl ShoppingUpload {
    /// The upload of an order at this time; `None` for a question. The same arguments always give the same bytes.
    pub fn of(order: &ShoppingOrder, upload_time: Timestamp) -> Option<Self> {
        let (write, body) = match order {
            ShoppingOrder::Details(details) => (Write::ShoppingDetails, body::details(details, upload_time)),
            ShoppingOrder::Ship(shipment) => (Write::ShoppingShip, body::shipment(shipment, upload_time)),
            ShoppingOrder::Verify(_) => return None,
        };
        Some(Self { write, body })
    }

    /// Its path.
    pub fn path(&self) -> &'static str {
        self.write.path()
    }

    /// Its body, raw UTF-8 JSON. It has the payer in it: for the wire and for sums, never for a log.
    pub fn text(&self) -> &str {
        &self.body
    }
}

/// The payer is in the body.
impl std::fmt::Debug for ShoppingUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShoppingUpload")
            .field("write", &self.write)
            .finish_non_exhaustive()
    }
}

/// What WeChat says about an upload of details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShoppingSaid {
    /// `verify_result`: free text, for people; empty when there was none.
    pub result: String,
    /// The answer as it came, masked and cut.
    pub raw: String,
}

/// The calls of this family, of the account of the client that gave it.
#[derive(Clone)]
pub struct ShoppingClient {
    inner: Arc<Caller>,
}

impl std::fmt::Debug for ShoppingClient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ShoppingClient").finish_non_exhaustive()
    }
}

impl ShoppingClient {
    pub(super) fn new(inner: Arc<Caller>) -> Self {
        Self { inner }
    }

    /// Uploads details (contract 4.1) or shipping (4.2): one request at most, whatever its answer.
    pub async fn upload(&self, upload: &ShoppingUpload) -> Upload {
        self.inner.write(upload.write, upload.body.as_bytes()).await
    }

    /// How an upload of details came out, contract 4.3. It changes nothing and is repeated when WeChat is busy.
    ///
    /// # Errors
    /// Any failure of a read; `Refused` with the code of this family.
    pub async fn verify(&self, order: &ShoppingCheck) -> Result<ShoppingSaid, CallFailure> {
        let body = body::check(order).into_bytes();
        let answer = self.inner.read(SHOPPING_VERIFY_PATH, body, SMALL_CAP).await?;
        let result = match answer.get("verify_result") {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Bool(_) | Value::Number(_)) => answer
                .get("verify_result")
                .map(ToString::to_string)
                .unwrap_or_default(),
            Some(Value::Array(_) | Value::Object(_)) => return Err(no_data()),
        };
        Ok(ShoppingSaid {
            result,
            raw: raw::of_value(&answer),
        })
    }
}
