//! What the guided probe has found: kept with the account, and used where a setting depends on it.

use std::sync::Arc;

use super::jobs::PAGE_SIZE;
use super::probe_run::{ProbeDone, job};
use super::quota::Api;
use super::run::Engine;
use crate::domain::{CallFailure, Finding, OrderQuery, ProbeAnswer, ProbeAnswers, Question};
use crate::store::AccountRow;
use crate::wechat::OrderPage;

/// Orders that are asked for on one page.
const WIDE_PAGE: u32 = 100;

impl Engine {
    /// Keeps what was found, and uses it.
    pub(super) fn learn_answers(&mut self, new: Vec<ProbeAnswer>) {
        if new.is_empty() {
            return;
        }
        let mut answers = (*self.diagnostics.answers).clone();
        for answer in new {
            answers.learn(answer);
        }
        let kept = self.tell_store(|store, appid| store.keep_probe_answers(appid, &answers));
        if kept.is_none() {
            return;
        }
        let before = std::mem::replace(&mut self.diagnostics.answers, Arc::new(answers));
        let limit = |answers: &ProbeAnswers| answers.finding(Question::ParcelLimit);
        if let Some(Finding::Number(most)) = limit(&self.diagnostics.answers)
            && limit(&before) != Some(Finding::Number(most))
        {
            self.use_parcel_limit(most);
        }
        self.dirty.diagnostics = true;
    }

    /// The setting of the account follows what WeChat takes.
    fn use_parcel_limit(&mut self, most: i64) {
        let most = usize::try_from(most).unwrap_or(10).clamp(10, 15);
        let current = self.current;
        let Some(account) = self
            .accounts
            .iter_mut()
            .find(|account| Some(account.id) == current)
        else {
            return;
        };
        account.max_parcels = most;
        let row = (!account.temporary).then(|| AccountRow {
            id: account.id.0,
            name: account.name.clone(),
            appid: account.appid.clone(),
            access: account.access.clone(),
            mchid: account.mchid.clone(),
            max_parcels: most,
            sender_contact: account.sender_contact.clone(),
            default_courier: account.default_courier.clone(),
            default_item_desc: account.default_item_desc.clone(),
        });
        if let Some(row) = row {
            self.tell_store(|store, _| store.save_account(&row));
        }
        self.plan_anew();
        self.dirty.session = true;
    }

    /// How many orders come on one page, which only reads and costs nothing.
    pub(super) fn ask_wide_page(&mut self) {
        let Ok(client) = self.client_for(Api::OrderList) else {
            return;
        };
        self.jobs.spawn(async move {
            let page = client
                .get_order_list(&OrderQuery::default(), None, WIDE_PAGE)
                .await;
            job(ProbeDone::Page(Box::new(page)))
        });
    }

    /// The wide page has come, or not.
    pub(super) fn wide_page(&mut self, page: Result<OrderPage, CallFailure>) {
        let usual = i64::from(PAGE_SIZE);
        let finding = match page {
            Ok(page) => {
                let came = page.orders.len().saturating_add(page.unreadable);
                let came = i64::try_from(came).unwrap_or(i64::MAX);
                // A short page with more behind it was cut there; one without more proves nothing.
                if came > usual || page.next.is_some() {
                    Finding::Number(came)
                } else {
                    Finding::Unknown
                }
            }
            Err(failure) if failure.errcode == Some(10_060_014) => Finding::Number(usual),
            Err(_) => Finding::Unknown,
        };
        let at = self.clock.now();
        self.learn_answers(vec![ProbeAnswer {
            question: Question::PageSize,
            finding,
            rid: None,
            at,
        }]);
    }

    /// Orders on one page of WeChat's list: what was found, else what is safe.
    pub(super) fn orders_per_page(&self) -> u32 {
        match self.diagnostics.answers.finding(Question::PageSize) {
            Some(Finding::Number(most)) if most > 0 => {
                u32::try_from(most).unwrap_or(PAGE_SIZE).min(WIDE_PAGE)
            }
            _ => PAGE_SIZE,
        }
    }
}
