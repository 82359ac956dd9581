//! `orders`, `order` and `couriers`: what WeChat shows, as a table or as JSON.

use std::io::{self, Write as _};
use std::time::Duration;

use serde_json::{Value, json};

use super::args::{OrderArgs, OrdersArgs, state_word};
use super::failures;
use super::output::{self, Console, Tone};
use super::running::Running;
use super::shipments::shipment_json;
use super::table::{Cell, Table};
use super::{Exit, Fail, accounts};
use crate::domain::{CallFailure, FailureKind, OpenId, Order, OrderQuery, OrderState, TransactionId};
use crate::engine::{Command, Fetch, Notice, OpenOrder, Outbox, Remote};
use crate::i18n::{
    Lang, delivery_mode_name, field_name, format, logistics_type_name, not_visible_checklist, state_name,
};

/// How long one order may take.
const ORDER_LIMIT: Duration = Duration::from_mins(2);

/// How a look-up of one order ended.
enum Found {
    Order(Box<OpenOrder>),
    Nothing,
    Failed(CallFailure),
}

/// Lists orders.
///
/// # Errors
/// When they cannot be fetched.
pub fn list(running: &mut Running, args: OrdersArgs) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let console = running.console;
    let query = OrderQuery {
        state: args.state,
        openid: args.payer.map(OpenId),
        paid_from: args.paid_from,
        paid_to: args.paid_to,
    };
    if query
        .paid_from
        .zip(query.paid_to)
        .is_some_and(|(from, to)| from > to)
    {
        return Err(Fail::cannot_run(console.text("cli-range-reversed", &[])));
    }
    fetch(running, &query)?;
    let rows = running.snapshot().orders.rows.clone();
    let matching: Vec<&Order> = rows
        .iter()
        .map(AsRef::as_ref)
        .filter(|order| fits(order, &query))
        .collect();
    let shown = matching.get(..args.limit).unwrap_or(&matching);
    print_list(console, shown)?;
    let left_out = matching.len().saturating_sub(shown.len());
    if left_out > 0 {
        console.say("cli-more-orders", &[("count", left_out.into())]);
    }
    Ok(Exit::Done)
}

/// Reads the orders of a query from WeChat into the local list.
///
/// # Errors
/// When they cannot be fetched.
pub fn fetch(running: &mut Running, query: &OrderQuery) -> Result<(), Fail> {
    let console = running.console;
    running.send(Command::RefreshOrders(query.clone()));
    let mut progress = console.progress();
    let fetched = running.wait_for(None, |snapshot, _| match &snapshot.orders.fetch {
        Fetch::Running { orders, .. } => {
            let count = format::count(*orders);
            progress.show(&console.text("cli-progress-fetching", &[("count", count.into())]));
            None
        }
        Fetch::Complete { query: done, .. } if *done == *query => Some(None),
        Fetch::Failed {
            query: done, failure, ..
        } if *done == *query => Some(Some(failure.clone())),
        Fetch::Idle | Fetch::Complete { .. } | Fetch::Failed { .. } => None,
    });
    progress.clear();
    let failure = fetched.map_err(|halt| running.fail(halt))?;
    if let Some(failure) = failure {
        let words = failures::explain(console.lang, &failure);
        return Err(Fail::cannot_run(output::lines(&words)));
    }
    Ok(())
}

fn fits(order: &Order, query: &OrderQuery) -> bool {
    query.state.is_none_or(|state| order.state == state)
        && query.openid.as_ref().is_none_or(|openid| order.openid == *openid)
        && query.paid_from.is_none_or(|from| order.pay_time >= from)
        && query.paid_to.is_none_or(|to| order.pay_time <= to)
}

fn print_list(console: Console, orders: &[&Order]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    if console.is_json() {
        let orders: Vec<Value> = orders.iter().map(|order| order_json(order)).collect();
        return writeln!(out, "{}", json!({ "orders": orders }));
    }
    if orders.is_empty() {
        return writeln!(out, "{}", console.text("cli-no-orders", &[]));
    }
    let heading = [
        "field-transaction-id",
        "field-out-trade-no",
        "cli-column-state",
        "cli-column-paid-at",
        "cli-column-amount",
        "field-item-desc",
    ];
    let mut table = Table::new(heading.map(|id| console.text(id, &[])));
    let now = output::now();
    for order in orders {
        table.push(vec![
            order.transaction_id.as_str().into(),
            order.out_trade_no.as_str().into(),
            Cell::new(&state_words(console.lang, order), tone(order.state)),
            format::moment(order.pay_time, now).into(),
            format::money(order.paid_amount).into(),
            order.description.as_str().into(),
        ]);
    }
    table.write(&mut out, console)
}

fn state_words(lang: Lang, order: &Order) -> String {
    let mut words = state_name(lang, order.state);
    for (there, id) in [
        (order.partly_shipped(), "cli-partly-shipped"),
        (order.in_complaint, "cli-in-dispute"),
    ] {
        if there {
            words.push_str(" · ");
            words.push_str(&crate::i18n::text(lang, id));
        }
    }
    words
}

fn tone(state: OrderState) -> Tone {
    match state {
        OrderState::ToShip => Tone::Warning,
        OrderState::Shipped | OrderState::Received => Tone::Good,
        OrderState::Refunded | OrderState::Unknown(_) => Tone::Bad,
        OrderState::Complete | OrderState::AwaitingSettlement => Tone::Plain,
    }
}

fn order_json(order: &Order) -> Value {
    let parcels: Vec<Value> = order
        .shipping
        .parcels
        .iter()
        .map(|parcel| {
            json!({
                "express_company": parcel.express_company,
                "tracking_no": parcel.tracking_no,
                "item_desc": parcel.goods_desc,
                "upload_time": parcel.upload_time.map(crate::domain::Timestamp::rfc3339),
            })
        })
        .collect();
    json!({
        "transaction_id": order.transaction_id.as_str(),
        "mchid": order.mchid,
        "sub_mchid": order.sub_mchid,
        "out_trade_no": order.out_trade_no,
        "description": order.description,
        "paid_amount_fen": order.paid_amount.0,
        "openid": order.openid.0,
        "pay_time": order.pay_time.rfc3339(),
        "deadline": order.deadline().rfc3339(),
        "state": state_word(order.state),
        "order_state": i64::from(order.state),
        "in_complaint": order.in_complaint,
        "partly_shipped": order.partly_shipped(),
        "corrections_left": order.corrections_left(),
        "shipping": {
            "delivery_mode": order.shipping.delivery_mode,
            "logistics_type": order.shipping.logistics_type,
            "finish_shipping": order.shipping.finish_shipping,
            "finish_shipping_count": order.shipping.finish_shipping_count,
            "parcels": parcels,
        },
    })
}

/// Shows one order.
///
/// # Errors
/// When it cannot be fetched or is not there.
pub fn show(running: &mut Running, args: &OrderArgs) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let console = running.console;
    let trimmed = |typed: &Option<String>| typed.as_deref().unwrap_or_default().trim().to_owned();
    let (id, number) = (trimmed(&args.transaction_id), trimmed(&args.out_trade_no));
    let command = if args.transaction_id.is_some() {
        TransactionId::parse(&id).map(Command::OpenOrder)
    } else {
        Some(Command::FindOrderOf {
            mchid: trimmed(&args.mchid),
            out_trade_no: number.clone(),
        })
    };
    let asked = if number.is_empty() { &id } else { &number };
    running.send(command.ok_or_else(|| not_found(console, asked))?);
    let found = running.wait_for(Some(ORDER_LIMIT), |snapshot, notices| {
        let said = notices.iter().find_map(|notice| {
            if let Notice::FetchFailed(failure) = notice {
                Some(Found::Failed(failure.clone()))
            } else {
                matches!(notice, Notice::OrderNotFound(lost) if lost == asked).then_some(Found::Nothing)
            }
        });
        said.or_else(|| match &*snapshot.open_order {
            Remote::Ready(open) => Some(Found::Order(Box::new(open.clone()))),
            Remote::Failed { failure, .. } => Some(Found::Failed(failure.clone())),
            Remote::Nothing | Remote::Waiting { .. } => None,
        })
    });
    let open = match found.map_err(|halt| running.fail(halt))? {
        Found::Order(open) => open,
        Found::Nothing => return Err(not_found(console, asked)),
        Found::Failed(failure) if failure.kind == FailureKind::OrderNotVisible => {
            return Err(not_visible(console, asked, &failure));
        }
        Found::Failed(failure) => {
            let words = failures::explain(console.lang, &failure);
            return Err(Fail::cannot_run(output::lines(&words)));
        }
    };
    print_order(console, &open, &running.snapshot().outbox)?;
    Ok(Exit::Done)
}

/// A command asks once: what else can be done stands in the list, and nothing is promised.
fn not_visible(console: Console, number: &str, failure: &CallFailure) -> Fail {
    let mut lines = vec![
        console.text("cli-order-not-visible", &[("number", number.into())]),
        failures::explain(console.lang, failure).code,
        console.text("cli-checklist", &[]),
    ];
    lines.retain(|line| !line.is_empty());
    lines.extend(checklist(console));
    Fail::cannot_run(lines.join("\n"))
}

/// What to go through when WeChat does not know an order. The first point speaks of a command, which asks again only
/// when it is run again.
pub fn checklist(console: Console) -> Vec<String> {
    let first = std::iter::once(console.text("cli-not-visible-1", &[]));
    let points = first.chain(not_visible_checklist(console.lang).into_iter().skip(1));
    let points = (1..).zip(points);
    points
        .map(|(number, point)| format!("  {number}. {point}"))
        .collect()
}

fn not_found(console: Console, number: &str) -> Fail {
    Fail::cannot_run(console.text("cli-order-not-found", &[("number", number.into())]))
}

fn print_order(console: Console, open: &OpenOrder, outbox: &Outbox) -> io::Result<()> {
    use crate::domain::{DeliveryMode, Field, LogisticsType};
    let mut out = io::stdout().lock();
    let order = &*open.order;
    if console.is_json() {
        let mut json = order_json(order);
        if let Some(json) = json.as_object_mut() {
            let own = open.shipments.iter();
            let own = own.map(|shipment| shipment_json(console.lang, shipment, outbox));
            json.insert("shipments".to_owned(), own.collect());
        }
        return writeln!(out, "{json}");
    }
    let lang = console.lang;
    let kind = LogisticsType::ALL
        .into_iter()
        .find(|kind| kind.code() == order.shipping.logistics_type);
    let mode = [DeliveryMode::Unified, DeliveryMode::Split]
        .into_iter()
        .find(|mode| mode.code() == order.shipping.delivery_mode);
    let how: Vec<String> = kind
        .map(|kind| logistics_type_name(lang, kind))
        .into_iter()
        .chain(mode.map(|mode| delivery_mode_name(lang, mode)))
        .collect();
    let lines = [
        (
            field_name(lang, Field::TransactionId),
            order.transaction_id.as_str().to_owned(),
        ),
        (field_name(lang, Field::OutTradeNo), order.out_trade_no.clone()),
        (field_name(lang, Field::Mchid), order.mchid.clone()),
        (console.text("cli-column-state", &[]), state_words(lang, order)),
        (
            console.text("cli-column-paid-at", &[]),
            format::moment_exact(order.pay_time),
        ),
        (
            console.text("cli-column-amount", &[]),
            format::money(order.paid_amount),
        ),
        (
            console.text("cli-column-payer", &[]),
            format::payer(&order.openid),
        ),
        (field_name(lang, Field::ItemDesc), order.description.clone()),
        (
            console.text("cli-column-corrections", &[]),
            order.corrections_left().to_string(),
        ),
        (console.text("cli-column-delivery", &[]), how.join(" · ")),
    ];
    let mut table = Table::default();
    for (name, value) in lines {
        if !value.is_empty() {
            table.push(vec![Cell::new(&name, Tone::Faint), value.into()]);
        }
    }
    for parcel in &order.shipping.parcels {
        let uploaded = parcel.upload_time.map(format::moment_exact).unwrap_or_default();
        let parts = [
            parcel.express_company.as_str(),
            &parcel.tracking_no,
            &parcel.goods_desc,
            &uploaded,
        ];
        let words: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        let name = field_name(lang, Field::Parcels);
        table.push(vec![Cell::new(&name, Tone::Faint), words.join("  ").into()]);
    }
    table.write(&mut out, console)?;
    if open.shipments.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", console.text("cli-sent-from-here", &[]))?;
    super::shipments::table(console, &open.shipments, outbox).write(&mut out, console)
}

/// Lists the couriers that may be sent.
///
/// # Errors
/// When the list cannot be printed.
pub fn couriers(running: &mut Running) -> Result<Exit, Fail> {
    let console = running.console;
    if running.need_credentials().is_ok() {
        // The checks end with reading the account's own list.
        accounts::run_checks(running)?;
    }
    let snapshot = running.snapshot();
    if snapshot.session.couriers_built_in {
        console.say("cli-couriers-built-in", &[]);
    }
    let mut out = io::stdout().lock();
    if console.is_json() {
        let list: Vec<Value> = snapshot
            .couriers
            .iter()
            .map(|(id, name)| json!({"delivery_id": id, "delivery_name": name}))
            .collect();
        writeln!(out, "{}", json!({"couriers": list}))?;
        return Ok(Exit::Done);
    }
    let mut table = Table::new(["cli-column-courier-id", "cli-column-name"].map(|id| console.text(id, &[])));
    for (id, name) in snapshot.couriers.iter() {
        table.push(vec![id.into(), name.into()]);
    }
    table.write(&mut out, console)?;
    Ok(Exit::Done)
}
