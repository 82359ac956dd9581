//! The check of a large file against the bare work: decoding the same bytes and splitting them into fields.
//!
//! Processor time is compared and not the clock, because a check also waits for WeChat's answers at WeChat's pace.

use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use csv_core::{ReadRecordResult, Reader};
use encoding_rs::GB18030;
use fahuo::engine::{BatchPhase, Command};
use fahuo::sim::{SimConfig, Simulator};

use super::measure::{cpu_secs, in_a_child, median_ratio, medians, status_kib, tell, wish};
use super::report::{Limit, Report};
use super::shop;

/// Rows of the file.
const ROWS: usize = 1_000_000;
/// Pairs of runs.
const PAIRS: usize = 3;
/// Orders of the shop that stand in the file, each in one row.
const KNOWN: usize = 1_000;
/// What is read at once.
const PIECE: usize = 256 * 1024;
/// Longer than a check takes.
const PATIENCE: Duration = Duration::from_mins(15);

pub fn run(report: &mut Report) {
    if !cfg!(target_os = "linux") {
        report.skipped("check", "processor time is read from /proc");
        return;
    }
    let rows = wish("ROWS", ROWS);
    let wechat = Simulator::start(SimConfig {
        orders: KNOWN * 5 / 2,
        ..SimConfig::default()
    })
    .unwrap();
    wechat.with_world(|world| world.limits.per_second = None);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("large.csv");
    write(&file, rows, &known(&wechat.base_url()));
    let path = file.to_str().unwrap();
    let mut cpu = Vec::new();
    let mut wall = Vec::new();
    let mut reading = Vec::new();
    let mut grown = Vec::new();
    for _ in 0..wish("PAIRS", PAIRS) {
        let bare = in_a_child(&["bare", path]);
        let ours = in_a_child(&["check", path, &wechat.base_url()]);
        cpu.push((ours[0], bare[0]));
        wall.push((ours[1], bare[1]));
        reading.push((ours[2], bare[0]));
        grown.push(ours[3]);
    }
    report.median_ratio(
        &format!("check of {rows} rows, processor time"),
        "s",
        medians(&cpu),
        median_ratio(&cpu),
        Limit::AtMost(3.0),
    );
    let (ours, bare) = medians(&wall);
    Report::note(&format!(
        "on the clock {ours:.2} s without the answers of WeChat, the bare work {bare:.2} s; \
         of the processor time the reading took {:.2} s",
        medians(&reading).0
    ));
    let most = grown.iter().copied().fold(0.0, f64::max) / 1024.0;
    report.figure(
        &format!("check of {rows} rows, growth of memory"),
        "MiB",
        most,
        Limit::AtMost(64.0),
    );
}

fn write(path: &Path, rows: usize, known: &[String]) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    let mut line = |text: &str| out.write_all(&GB18030.encode(text).0).unwrap();
    line("订单号,快递公司,快递单号,商品信息,收件人,手机,地址,备注\n");
    for row in 0..rows {
        // Known orders stand all over the file.
        let number = match known.get(row / 20) {
            Some(number) if row % 20 == 7 => number.clone(),
            _ => format!("43000{row:023}"),
        };
        line(&format!(
            "{number},顺丰,SF{row:013},明前龙井 250g*1,张三,138{:08},浙江省杭州市西湖区龙井路{row}号,第{row}行\n",
            row % 100_000_000
        ));
    }
    out.flush().unwrap();
}

/// The bare work, in a process of its own: seconds of the processor and of the clock.
pub fn bare(file: &Path) {
    let begun = Instant::now();
    let mut file = File::open(file).unwrap();
    let mut decoder = GB18030.new_decoder_without_bom_handling();
    let mut reader = Reader::new();
    let mut raw = vec![0; PIECE];
    let mut text = vec![0; PIECE * 4];
    let (mut fields, mut ends) = (vec![0; PIECE], vec![0; 1024]);
    let (mut in_field, mut in_ends, mut records) = (0, 0, 0_usize);
    loop {
        let length = file.read(&mut raw).unwrap();
        let (_, _, written, _) = decoder.decode_to_utf8(&raw[..length], &mut text, length == 0);
        let mut left = &text[..written];
        loop {
            let (result, read, wrote, ended) =
                reader.read_record(left, &mut fields[in_field..], &mut ends[in_ends..]);
            left = &left[read..];
            in_field += wrote;
            in_ends += ended;
            match result {
                ReadRecordResult::Record => {
                    records += 1;
                    (in_field, in_ends) = (0, 0);
                }
                ReadRecordResult::InputEmpty | ReadRecordResult::End => break,
                ReadRecordResult::OutputFull | ReadRecordResult::OutputEndsFull => unreachable!("short rows"),
            }
        }
        if length == 0 {
            break;
        }
    }
    tell(&[cpu_secs("self"), begun.elapsed().as_secs_f64(), records as f64]);
}

fn known(base_url: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let mut known = shop::fetch(&mut shop::engine(base_url, folder.path(), None));
    known.sort();
    known.truncate(KNOWN);
    known
}

/// The check, in a process of its own: seconds of the processor, seconds of the clock without those in which it waited
/// for WeChat, seconds of the processor until the rows were read, and the growth of memory in KiB.
pub fn ours(file: &Path, base_url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut engine = shop::engine(base_url, folder.path(), Some(shop::UNBOUND));
    shop::fetch(&mut engine);
    let before = (cpu_secs("self"), status_kib("self", "VmRSS:"), Instant::now());
    let mut read = None;
    let mut asking = Duration::ZERO;
    engine.send(Command::OpenFile(file.to_owned()));
    loop {
        let begun = Instant::now();
        engine.wait(Duration::from_secs(1));
        assert!(before.2.elapsed() < PATIENCE, "the check takes too long");
        let Some(batch) = engine.snapshot().batch else {
            continue;
        };
        match &batch.phase {
            BatchPhase::Reading { .. } => {}
            BatchPhase::LookingUp { .. } => {
                read.get_or_insert_with(|| cpu_secs("self"));
                asking += begun.elapsed();
            }
            BatchPhase::Comparing { .. } => {
                read.get_or_insert_with(|| cpu_secs("self"));
            }
            BatchPhase::Checked => break,
            other => panic!("{other:?} {:?}", batch.file.problems),
        }
    }
    let clock = before.2.elapsed().saturating_sub(asking);
    tell(&[
        cpu_secs("self") - before.0,
        clock.as_secs_f64(),
        read.unwrap_or(before.0) - before.0,
        status_kib("self", "VmHWM:") - before.1,
    ]);
}
