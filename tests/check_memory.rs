//! What it costs to check a large file: each file is checked in a process of its own, which says how large it became.
//! `ROWS=1000000 cargo test --test check_memory` checks a million rows whose orders all differ.
#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    missing_docs,
    reason = "tests say it by failing, and the child says what it saw"
)]

mod common;

use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use common::Shop;
use encoding_rs::GB18030;
use fahuo::engine::{self, BatchPhase};
use fahuo::sim::SimConfig;

/// Tells the child how many rows, and how many numbers WeChat does not know among them.
const ROWS: &str = "FAHUO_TEST_ROWS";
/// Rows when nobody asks for more.
const USUAL_ROWS: usize = 24_000;
/// Different unknown numbers among them: each costs a call.
const USUAL_UNKNOWN: usize = 150;
/// Orders of the shop that stand in the file, each in one row.
const KNOWN: usize = 1_000;
/// Most growth with a million rows, in KiB.
const MOST_KIB: u64 = 64 * 1024;
/// Most growth with the usual rows, which would be more than this if they were kept.
const USUAL_KIB: u64 = 20 * 1024;
/// A person who presses *Stop* waits no longer.
const A_MOMENT: Duration = Duration::from_secs(5);

fn status_kib(name: &str) -> u64 {
    let mut text = String::new();
    let mut status = File::open("/proc/self/status").unwrap();
    status.read_to_string(&mut text).unwrap();
    let line = text.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_ascii_whitespace().nth(1).unwrap().parse().unwrap()
}

fn write(path: &Path, rows: usize, unknown: usize, known: &[String]) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    let mut line = |text: &str| out.write_all(&GB18030.encode(text).0).unwrap();
    line("订单号,快递公司,快递单号,商品信息,收件人,手机,地址,备注\n");
    for row in 0..rows {
        // Known orders stand all over the file.
        let number = match known.get(row / 20) {
            Some(number) if row % 20 == 7 => number.clone(),
            _ => format!("43000{:023}", row % unknown),
        };
        line(&format!(
            "{number},顺丰,SF{row:013},明前龙井 250g*1,张三,138{:08},浙江省杭州市西湖区龙井路{row}号,第{row}行\n",
            row % 100_000_000
        ));
    }
    out.flush().unwrap();
}

/// In the child: checks a file and prints how large the process became, and what the person saw.
#[test]
fn check_in_a_process_of_its_own() {
    let Ok(wish) = std::env::var(ROWS) else {
        return;
    };
    let wish: Vec<usize> = wish.split(' ').map(|number| number.parse().unwrap()).collect();
    let mut shop = Shop::with(SimConfig {
        orders: KNOWN * 5 / 2,
        ..SimConfig::default()
    });
    let mut known: Vec<String> = shop
        .fetched()
        .iter()
        .filter(|order| order.can_ship())
        .map(|order| order.transaction_id.as_str().to_owned())
        .collect();
    known.truncate(KNOWN);
    let file = shop.dir.path().join("大文件.csv");
    write(&file, wish[0], wish[1], &known);
    shop.engine.send(engine::Command::OpenFile(file.clone()));
    let mut seen = [false; 3];
    let batch = loop {
        shop.engine.wait(Duration::from_secs(1));
        let Some(batch) = shop.engine.snapshot().batch else {
            continue;
        };
        match batch.phase {
            BatchPhase::Reading { rows } => seen[0] |= rows > 0,
            BatchPhase::LookingUp { done, total } => seen[1] |= done < total,
            BatchPhase::Comparing { done, total } => seen[2] |= done > 0 && done < total,
            BatchPhase::Checked => break batch,
            BatchPhase::Failed(_) | BatchPhase::Unusable | BatchPhase::Sending | BatchPhase::Done => {
                panic!("{:?}", batch.phase)
            }
        }
    };
    let peak = status_kib("VmHWM");
    println!(
        "peak {peak} rows {} ready {} seen {seen:?}",
        batch.counts.rows, batch.counts.ready
    );
    if !seen.iter().all(|seen| *seen) {
        return;
    }
    // The same again, and *Stop* in each of the three.
    drop(batch);
    for phase in 0..3 {
        shop.engine.send(engine::Command::OpenFile(file.clone()));
        loop {
            shop.engine.wait(Duration::from_millis(20));
            let now = shop.engine.snapshot().batch.map(|batch| batch.phase.clone());
            let reached = match now {
                Some(BatchPhase::Reading { rows }) => phase == 0 && rows > 0,
                Some(BatchPhase::LookingUp { .. }) => phase == 1,
                Some(BatchPhase::Comparing { .. }) => phase == 2,
                _ => false,
            };
            if reached {
                break;
            }
        }
        let asked = Instant::now();
        shop.engine.send(engine::Command::StopBatch);
        shop.until("the end", |snapshot| snapshot.batch.is_none().then_some(()));
        assert!(asked.elapsed() < A_MOMENT, "{phase}: {:?}", asked.elapsed());
    }
    println!("stopped");
}

/// The peak in KiB, and the rest of what the child said.
fn checked(rows: usize, unknown: usize) -> (u64, String) {
    let output = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "check_in_a_process_of_its_own",
            "--nocapture",
            "--test-threads=1",
        ])
        .env(ROWS, format!("{rows} {unknown}"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    let Some((_, rest)) = said.split_once("peak ") else {
        panic!("{said}{errors}")
    };
    assert!(output.status.success(), "{said}{errors}");
    let (peak, rest) = rest.split_once(' ').unwrap();
    (peak.parse().unwrap(), rest.to_owned())
}

#[test]
fn a_large_file_is_checked_in_little_memory_with_progress_and_can_be_stopped() {
    if std::env::var_os(ROWS).is_some() {
        return; // in the child
    }
    let all = std::env::var("ROWS").ok().map(|rows| rows.parse().unwrap());
    let (rows, unknown, most) = all.map_or((USUAL_ROWS, USUAL_UNKNOWN, USUAL_KIB), |rows| {
        (rows, rows, MOST_KIB)
    });
    let (small, _) = checked(10, 10);
    let (large, said) = checked(rows, unknown);
    let grown = large.saturating_sub(small);
    println!("grown {grown} KiB, {said}");
    assert!(
        said.starts_with(&format!("rows {rows} ready {KNOWN} seen [true, true, true]")),
        "{said}"
    );
    assert!(said.contains("stopped"), "{said}");
    assert!(grown < most, "grew by {grown} KiB");
}
