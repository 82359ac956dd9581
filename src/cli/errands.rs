//! `remind` and `report`: finding the orders, saying what will and will not be sent, asking, and following.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::errand_args::{OrdersOf, PresaleArgs, RemindArgs, ReportCommand, TestArgs};
use super::errand_lines::{Line, print};
use super::follow::{End, Standing, follow};
use super::output::{self, Console};
use super::running::Running;
use super::{Exit, Fail, errands_left, orders, question};
use crate::domain::{
    Errand, ErrandId, ErrandKind, ErrandWhy, Fen, Order, OrderQuery, OrderState, Timestamp, TransactionId,
    pre_sale_moment,
};
use crate::engine::{Command, ErrandCommand, Notice, Snapshot};
use crate::i18n::{Arg, format};

/// The orders that were named, and the numbers behind which there is none.
#[derive(Debug, Default)]
struct Named {
    orders: Vec<TransactionId>,
    unknown: Vec<String>,
}

/// Reminds buyers to confirm receipt.
///
/// # Errors
/// When it cannot run.
pub fn remind(running: &mut Running, args: &RemindArgs) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let received_at = args.signed_at.unwrap_or_else(output::now);
    let kind = ErrandKind::Remind { received_at };
    let known = fetch(running, OrderState::Shipped)?;
    let named = if args.all {
        let reminded = Arc::clone(&running.snapshot().errands.reminded);
        let now = output::now();
        let can =
            |order: &&Arc<Order>| kind.check(order, now).is_ok() && !reminded.contains(&order.transaction_id);
        let orders = known.iter().filter(can).map(|order| order.transaction_id.clone());
        Named {
            orders: orders.collect(),
            unknown: Vec::new(),
        }
    } else {
        named(running, &known, &args.numbers, args.numbers_file.as_deref())?
    };
    let at = format::moment_exact(Timestamp::from_secs(received_at.secs()));
    let asked = [("at", at.into())];
    run(running, kind, &named, "cli-ask-remind", &asked, args.yes)
}

/// Reports special orders.
///
/// # Errors
/// When it cannot run.
pub fn report(running: &mut Running, command: &ReportCommand) -> Result<Exit, Fail> {
    running.need_credentials()?;
    let known = fetch(running, OrderState::ToShip)?;
    match command {
        ReportCommand::Presale(args) => presale(running, args, &known),
        ReportCommand::Test(args) => test(running, args, &known),
    }
}

fn presale(running: &mut Running, args: &PresaleArgs, known: &[Arc<Order>]) -> Result<Exit, Fail> {
    let named = of(running, known, &args.which)?;
    let paid = known
        .iter()
        .filter(|order| named.orders.contains(&order.transaction_id));
    let delay_to = pre_sale_moment(args.ship_by, paid.map(|order| order.pay_time));
    let asked = [("at", format::moment_exact(delay_to).into())];
    let kind = ErrandKind::PreSale { delay_to };
    run(running, kind, &named, "cli-ask-presale", &asked, args.yes)
}

/// A test order is said twice: `--yes` alone would be too little for what the platform makes of it.
fn test(running: &mut Running, args: &TestArgs, known: &[Arc<Order>]) -> Result<Exit, Fail> {
    let named = of(running, known, &args.which)?;
    if !named.orders.is_empty() {
        confirm_test(running, args, known, &named)?;
    }
    run(
        running,
        ErrandKind::TestOrder,
        &named,
        "cli-ask-remind",
        &[],
        true,
    )
}

/// How many orders and how much money it is about must be typed, or given as a number.
fn confirm_test(running: &Running, args: &TestArgs, known: &[Arc<Order>], named: &Named) -> Result<(), Fail> {
    let console = running.console;
    let count = named.orders.len();
    let amount = known
        .iter()
        .filter(|order| named.orders.contains(&order.transaction_id))
        .fold(0_i64, |sum, order| sum.saturating_add(order.paid_amount.0));
    let words: [(&str, Arg); 2] = [
        ("count", format::count(count).into()),
        ("amount", format::money(Fen(amount)).into()),
    ];
    console.say("cli-test-warning", &words);
    let confirmed = if let Some(typed) = args.confirm_count {
        typed == count
    } else {
        question::may_ask(console, false)?;
        let question = console.text("cli-test-type", &words);
        question::typed(&running.interrupt, &question)?.trim() == count.to_string()
    };
    if confirmed {
        Ok(())
    } else {
        Err(Fail::cannot_run(console.text("cli-test-not-confirmed", &words)))
    }
}

fn of(running: &mut Running, known: &[Arc<Order>], which: &OrdersOf) -> Result<Named, Fail> {
    named(running, known, &which.numbers, which.numbers_file.as_deref())
}

/// Reads the account's orders of one state.
fn fetch(running: &mut Running, state: OrderState) -> Result<Vec<Arc<Order>>, Fail> {
    let query = OrderQuery {
        state: Some(state),
        ..OrderQuery::default()
    };
    orders::fetch(running, &query)?;
    Ok(running.snapshot().orders.rows.to_vec())
}

/// The orders behind what was typed and what stands in a file.
fn named(
    running: &mut Running,
    known: &[Arc<Order>],
    numbers: &[String],
    file: Option<&std::path::Path>,
) -> Result<Named, Fail> {
    let mut by_number: HashMap<&str, Vec<&TransactionId>> = HashMap::new();
    for order in known {
        for number in [order.transaction_id.as_str(), &order.out_trade_no] {
            by_number.entry(number).or_default().push(&order.transaction_id);
        }
    }
    let mut named = Named::default();
    let mut seen = HashSet::new();
    let typed = numbers.iter().map(|number| number.trim().to_owned());
    take(&mut named, &mut seen, &by_number, typed);
    if let Some(file) = file
        && let Some(list) = plain_list(running, file)?
    {
        take(&mut named, &mut seen, &by_number, list);
    } else if let Some(file) = file {
        let before = named.orders.len().saturating_add(named.unknown.len());
        let view = super::opening::open(running, file, &super::columns::ColumnArgs::default())?;
        for (row, plan) in view.rows.iter().zip(view.plan.iter()) {
            match (&plan.transaction_id, &row.order_number) {
                (Some(order), _) if seen.insert(order.clone()) => named.orders.push(order.clone()),
                (None, Some(number)) if row.ignored.is_none() => named.unknown.push(number.clone()),
                (Some(_) | None, _) => {}
            }
        }
        running.send(Command::CloseBatch);
        if named.orders.len().saturating_add(named.unknown.len()) == before {
            // No table of shipments: a plain list of numbers will do.
            let numbers = numbers_in(&read(running, file)?);
            take(&mut named, &mut seen, &by_number, numbers);
        }
    }
    Ok(named)
}

/// The orders behind numbers that were typed or stand in a list.
fn take(
    named: &mut Named,
    seen: &mut HashSet<TransactionId>,
    by_number: &HashMap<&str, Vec<&TransactionId>>,
    numbers: impl IntoIterator<Item = String>,
) {
    for number in numbers {
        let order = match by_number.get(number.as_str()).map(Vec::as_slice) {
            Some([order]) => Some((*order).clone()),
            Some(_) => None, // two orders of one number: nobody can say which
            None => of_wechat(&number),
        };
        match order {
            Some(order) if seen.insert(order.clone()) => named.orders.push(order),
            Some(_) => {}
            None => named.unknown.push(number),
        }
    }
}

fn read(running: &Running, file: &std::path::Path) -> Result<Vec<u8>, Fail> {
    std::fs::read(file).map_err(|_why| {
        let words = [("file", file.display().to_string().into())];
        Fail::cannot_run(running.console.text("cli-list-unreadable", &words))
    })
}

/// The numbers of a text with one of them on a line, below a heading or without one; `None` for a table.
fn plain_list(running: &Running, file: &std::path::Path) -> Result<Option<Vec<String>>, Fail> {
    let bytes = read(running, file)?;
    let divides = |byte: &u8| matches!(byte, b',' | b';' | b'|' | b'\t' | 0);
    Ok((!bytes.iter().any(divides)).then(|| numbers_in(&bytes)))
}

/// What stands in a plain list and may be an order number: text of some length with a digit in it.
fn numbers_in(bytes: &[u8]) -> Vec<String> {
    // Numbers are the same in every encoding; UTF-16 has a zero beside each sign.
    let text: String = bytes
        .iter()
        .filter(|byte| **byte != 0)
        .map(|byte| {
            if byte.is_ascii_graphic() {
                char::from(*byte)
            } else {
                ' '
            }
        })
        .collect();
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '`' | '='));
    let like_number = |part: &&str| part.len() >= 6 && part.bytes().any(|b| b.is_ascii_digit());
    parts.filter(like_number).map(str::to_owned).collect()
}

/// A number of WeChat's own shape is asked about even when the list does not have it.
fn of_wechat(number: &str) -> Option<TransactionId> {
    let shaped = number.len() == 28 && number.bytes().all(|b| b.is_ascii_digit());
    TransactionId::parse(number).filter(|_| shaped)
}

/// Says what will be sent, asks, sends, and follows until everything has its end.
fn run(
    running: &mut Running,
    kind: ErrandKind,
    named: &Named,
    question_id: &str,
    words: &[(&str, Arg)],
    yes: bool,
) -> Result<Exit, Fail> {
    let console = running.console;
    for number in &named.unknown {
        console.say("cli-errand-unknown", &[("order", number.into())]);
    }
    let count = named.orders.len();
    if count > 0 && !yes {
        question::may_ask(console, yes)?;
        let mut args = words.to_vec();
        args.push(("count", format::count(count).into()));
        let question = console.text(question_id, &args);
        if !question::confirm(console, &running.interrupt, &question)? {
            return Err(Fail {
                exit: Exit::Stopped,
                words: console.text("cli-stopped-nothing-sent", &[]),
            });
        }
    }
    let before = newest_id(&running.snapshot());
    let wanted: HashSet<&TransactionId> = named.orders.iter().collect();
    let ours = |errand: &Arc<Errand>| errand.id > before && wanted.contains(&errand.transaction_id);
    let refused = queue(running, kind, &named.orders, &ours)?;
    let end = follow(running, |snapshot| standing(console, snapshot, &ours));
    let rows = Arc::clone(&running.snapshot().errands.rows);
    let mut latest: HashMap<&TransactionId, &Arc<Errand>> = HashMap::new();
    for errand in rows.iter().filter(|errand| ours(errand)) {
        let newest = latest.entry(&errand.transaction_id).or_insert(errand);
        if errand.id > newest.id {
            *newest = errand;
        }
    }
    let mut lines: Vec<Line<'_>> = Vec::new();
    for order in &named.orders {
        let why = refused.get(order).copied();
        match (latest.get(order), why) {
            (_, Some(why)) => lines.push(Line::NotQueued(order.as_str(), why)),
            (Some(errand), None) => lines.push(Line::Errand(errand)),
            (None, None) => {}
        }
    }
    lines.extend(named.unknown.iter().map(|number| Line::Unknown(number)));
    print(console, kind, &lines)?;
    let something_sent = latest.values().any(|errand| errand.attempts > 0);
    if let Some(exit) = end.exit(something_sent) {
        if let End::OrdersNotVisible(count) = end {
            errands_left::say_waiting(console, count);
        } else {
            end.say(console);
        }
        return Ok(exit);
    }
    let all_done = lines.iter().all(Line::is_done);
    Ok(if all_done { Exit::Done } else { Exit::SomeRows })
}

fn newest_id(snapshot: &Snapshot) -> ErrandId {
    let ids = snapshot.errands.rows.iter().map(|errand| errand.id);
    ids.max().unwrap_or_default()
}

/// Puts them in line and waits until they are seen there; gives those that were not, with the reason.
fn queue(
    running: &mut Running,
    kind: ErrandKind,
    orders: &[TransactionId],
    ours: &impl Fn(&Arc<Errand>) -> bool,
) -> Result<HashMap<TransactionId, ErrandWhy>, Fail> {
    if orders.is_empty() {
        return Ok(HashMap::new());
    }
    running.send(Command::Errands(ErrandCommand::Run {
        orders: orders.to_vec(),
        kind,
    }));
    let mut heard = None;
    let said = running.wait_for(None, |snapshot, notices| {
        for notice in notices {
            if let Notice::ErrandsQueued { queued, refused, .. } = notice {
                heard = Some((*queued, refused.clone()));
            }
        }
        if snapshot.outbox.gate == crate::engine::Gate::StoreFailed {
            return Some(None);
        }
        // The notice may come before the snapshot that shows them.
        let there = snapshot.errands.rows.iter().filter(|errand| ours(errand)).count();
        heard.take_if(|(queued, _)| there >= *queued).map(Some)
    });
    match said.map_err(|halt| running.fail(halt))? {
        Some((_, refused)) => Ok(refused.into_iter().collect()),
        None => Err(Fail::cannot_run(
            running.console.text("cli-end-store-failed", &[]),
        )),
    }
}

fn standing(console: Console, snapshot: &Snapshot, ours: &impl Fn(&Arc<Errand>) -> bool) -> Standing {
    let (mut moving, mut waiting, mut ended) = (0_usize, 0_usize, 0_usize);
    for errand in snapshot.errands.rows.iter().filter(|errand| ours(errand)) {
        let counter = match (errand.state.is_open(), errand.waits_for_order()) {
            (true, true) => &mut waiting,
            (true, false) => &mut moving,
            (false, _) => &mut ended,
        };
        *counter = counter.saturating_add(1);
    }
    let open = moving.saturating_add(waiting);
    let args = [
        ("done", format::count(ended).into()),
        ("open", format::count(open).into()),
    ];
    Standing {
        finished: open == 0,
        moving,
        waiting,
        ended,
        unclaimed: true,
        line: console.text("cli-progress-errands", &args),
    }
}
