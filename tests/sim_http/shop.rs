//! A running simulator with a client that talks raw HTTP; separate because every test opens one.

use fahuo::sim::endpoint::STABLE_TOKEN;
use fahuo::sim::{SANDBOX_APP_SECRET, SANDBOX_APPID, SimConfig, Simulator};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A simulator, a client and a token.
pub struct Shop {
    pub sim: Simulator,
    pub client: reqwest::Client,
    pub token: String,
}

impl Shop {
    pub async fn open() -> Self {
        Self::with(SimConfig::default()).await
    }

    pub async fn with(config: SimConfig) -> Self {
        // The second test of this process finds it installed already.
        drop(rustls::crypto::ring::default_provider().install_default());
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(20))
            .build()
            .unwrap();
        let mut shop = Self {
            sim: Simulator::start(config).unwrap(),
            client,
            token: String::new(),
        };
        shop.token = shop.fetch_token().await;
        shop
    }

    pub async fn fetch_token(&self) -> String {
        let body =
            json!({"grant_type": "client_credential", "appid": SANDBOX_APPID, "secret": SANDBOX_APP_SECRET});
        let reply = self
            .post(STABLE_TOKEN, &body)
            .await
            .unwrap()
            .json::<Value>()
            .await
            .unwrap();
        reply["access_token"].as_str().unwrap().to_owned()
    }

    pub async fn post(&self, path: &str, body: &Value) -> reqwest::Result<reqwest::Response> {
        let url = format!("{}{path}", self.sim.base_url());
        self.client
            .post(url)
            .query(&[("access_token", &self.token)])
            .json(body)
            .send()
            .await
    }

    pub async fn call(&self, path: &str, body: &Value) -> Value {
        self.post(path, body).await.unwrap().json().await.unwrap()
    }

    pub async fn control(&self, path: &str) -> Value {
        let url = format!("{}/__sandbox/{path}", self.sim.base_url());
        self.client.get(url).send().await.unwrap().json().await.unwrap()
    }

    pub async fn command(&self, path: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/__sandbox/{path}", self.sim.base_url());
        let reply = self.client.post(url).json(body).send().await.unwrap();
        (reply.status().as_u16(), reply.json().await.unwrap())
    }

    /// The n-th plain order of the shop.
    pub fn plain(&self, index: usize) -> (String, String) {
        let now = self.sim.clock().now();
        let order = &fahuo::sim::seed::seed_orders(1, 60, now)[index];
        (order.transaction_id.clone(), order.openid.clone())
    }

    pub fn upload_body(&self, index: usize) -> Value {
        let (transaction_id, openid) = self.plain(index);
        json!({
            "order_key": {"order_number_type": 2, "transaction_id": transaction_id},
            "logistics_type": 1,
            "delivery_mode": 1,
            "shipping_list": [{"tracking_no": "ZT1", "express_company": "ZTO", "item_desc": "茶叶"}],
            "upload_time": "2099-01-01T00:00:00.001+08:00",
            "payer": {"openid": openid},
        })
    }

    /// Asks the server again and again until an upload was carried out.
    pub async fn until_committed(&self, transaction_id: &str) {
        let start = Instant::now();
        while self.sim.ledger().committed_uploads(transaction_id) == 0 {
            assert!(start.elapsed() < Duration::from_secs(10), "never carried out");
            self.control("orders").await;
        }
    }
}
