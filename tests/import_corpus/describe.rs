//! What a file says and what should be read out of it, from one description that knows nothing of the reader.

use crate::chance::Chance;
use crate::dirt::{Dirt, KINDS};
use crate::sets::SETS;

/// A cell as it is put into a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// Digits that somebody typed into a cell of the format "General": a number in a workbook, and in a text file
    /// what a spreadsheet shows of it.
    Typed(String),
    /// A formula with its last result, in a workbook; in a text file the result.
    Formula(String),
}

/// A file and the verdict of each of its rows.
pub struct Described {
    /// Where the headings come from and how it is dressed.
    pub about: String,
    /// Its cells.
    pub table: Vec<Vec<Cell>>,
    /// One line for each row but the header and what stands in its place.
    pub expected: Vec<String>,
    /// The row of the header, from 1.
    pub header_row: usize,
}

/// What is true about one shipment.
#[derive(Clone)]
pub struct Facts {
    pub wechat: String,
    pub shop: String,
    pub courier: (&'static str, &'static str),
    pub number: String,
    pub goods: &'static str,
    pub pieces: usize,
    pub phone: String,
    pub mchid: String,
}

/// Names as staff write them, ids, and the numbers: what stands before how many digits.
pub const COURIERS: &[(&str, &str, &str, usize)] = &[
    ("顺丰速运", "SF", "SF", 13),
    ("中通快递", "ZTO", "7", 13),
    ("圆通速递", "YTO", "YT", 13),
    ("韵达快递", "YD", "464", 12),
    ("申通", "STO", "777", 12),
    ("极兔", "JTSD", "JT", 13),
    ("京东快递", "JD", "JDVA", 11),
    ("邮政快递包裹", "YZPY", "98", 11),
    ("EMS", "EMS", "1", 12),
    ("德邦快递", "DBL", "DPK", 11),
];

impl Facts {
    pub fn new(chance: &mut Chance) -> Self {
        let (name, id, before, digits) = chance.of(COURIERS);
        let shop = match chance.below(4) {
            0 => format!("S{}", chance.digits(12)),
            1 => format!("17{}", chance.digits(17)),
            2 => format!("2026071910{}", chance.digits(10)),
            _ => format!("wx{}", chance.digits(18)),
        };
        Self {
            wechat: format!("42000{}", chance.digits(23)),
            shop,
            courier: (name, id),
            number: format!("{before}{}", chance.digits(digits)),
            goods: chance.of::<&'static str>(&["茶叶", "龙井茶 250g", "苹果", "Tea", "保温杯（蓝）"]),
            pieces: 1 + chance.below(9),
            phone: format!("138{}", chance.digits(8)),
            mchid: "1601959334".into(),
        }
    }
}

/// What should be read out of one row.
#[derive(Clone, Debug)]
pub struct Reading {
    pub order: Option<String>,
    pub parcels: Vec<(Option<String>, String)>,
    pub goods: Option<String>,
    pub phone: Option<String>,
    pub mchid: Option<String>,
    pub problems: Vec<String>,
    pub ignored: Option<&'static str>,
}

impl Reading {
    fn line(&self, row: usize) -> String {
        if let Some(ignored) = self.ignored {
            return format!("{row} {ignored}");
        }
        let mut words = vec![row.to_string(), self.order.clone().unwrap_or("?".into())];
        for (courier, number) in &self.parcels {
            words.push(format!("{}={number}", courier.as_deref().unwrap_or("?")));
        }
        words.extend(self.goods.clone());
        words.extend(self.phone.clone());
        words.extend(self.mchid.as_ref().map(|m| format!("@{m}")));
        words.extend(self.problems.clone());
        words.join(" ")
    }
}

/// The columns of a set: heading and what it holds.
pub fn columns(set: usize) -> Vec<(String, char)> {
    // English headings have blanks of their own, so the mark behind `=` ends a heading.
    let mut out = Vec::new();
    let mut rest = SETS[set].1;
    while let Some((heading, behind)) = rest.split_once('=') {
        let holds = behind.chars().next().unwrap();
        out.push((heading.trim().to_owned(), holds));
        rest = &behind[1..];
    }
    out
}

fn plain(facts: &Facts, holds: char, row: usize) -> String {
    match holds {
        'w' => facts.wechat.clone(),
        's' => facts.shop.clone(),
        'n' => facts.number.clone(),
        'c' => facts.courier.0.to_owned(),
        'k' => facts.courier.1.to_owned(),
        'g' => facts.goods.to_owned(),
        'q' => facts.pieces.to_string(),
        'p' => facts.phone.clone(),
        'm' => facts.mchid.clone(),
        'i' => (row + 17).to_string(),
        'd' => "2026-07-19 10:30:00".into(),
        // The second byte of 弢 in GB18030 is that of `|`.
        'a' => "浙江省,杭州市，西湖区 1号 王弢".into(),
        't' => ["张三", "", "请尽快"][row % 3].into(),
        _ => String::new(),
    }
}

fn reading(facts: &Facts, columns: &[(String, char)]) -> Reading {
    let has = |holds: char| columns.iter().any(|(_, h)| *h == holds);
    let pieces = if has('q') {
        format!("*{}", facts.pieces)
    } else {
        String::new()
    };
    let phone = &facts.phone;
    Reading {
        order: Some(if has('w') {
            facts.wechat.clone()
        } else {
            facts.shop.clone()
        }),
        parcels: vec![(
            (has('c') || has('k')).then(|| facts.courier.1.to_owned()),
            facts.number.clone(),
        )],
        goods: has('g').then(|| format!("{}{pieces}", facts.goods)),
        phone: has('p').then(|| format!("{}****{}", &phone[..3], &phone[7..])),
        mchid: has('m').then(|| facts.mchid.clone()),
        problems: Vec::new(),
        ignored: None,
    }
}

/// How the header stands in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Top {
    /// The header alone.
    Plain,
    /// A title and an empty line above it.
    Title,
    /// A title, who exported it and when, and names of groups of columns.
    Groups,
    /// Two rows: some headings stand in the upper one, merged down.
    TwoRows,
    /// The same below a title.
    ThreeRows,
}

/// Every way a header stands.
pub const TOPS: [Top; 5] = [Top::Plain, Top::Title, Top::Groups, Top::TwoRows, Top::ThreeRows];

struct Page {
    width: usize,
    table: Vec<Vec<Cell>>,
    expected: Vec<String>,
}

impl Page {
    fn texts(&mut self, cells: &[&str]) {
        let mut row: Vec<Cell> = cells.iter().map(|c| Cell::Text((*c).to_owned())).collect();
        row.resize(self.width, Cell::Text(String::new()));
        self.table.push(row);
    }

    fn is(&mut self, what: &str) {
        self.expected.push(format!("{} {what}", self.table.len()));
    }

    fn header(&mut self, columns: &[(String, char)], top: Top) {
        let headings: Vec<&str> = columns.iter().map(|(heading, _)| heading.as_str()).collect();
        if matches!(top, Top::Title | Top::Groups | Top::ThreeRows) {
            self.texts(&["发货信息整理（7月）"]);
            self.is("title");
        }
        match top {
            Top::Title => {
                self.texts(&[]);
                self.is("blank");
            }
            Top::Groups => {
                self.texts(&["导出人：小王", "导出时间：2026-07-19 10:30"]);
                self.is("title");
                self.texts(&["订单信息", "", "发货信息"]);
                self.is("title");
            }
            Top::TwoRows | Top::ThreeRows => {
                let mut upper = headings.clone();
                let half = headings.len() / 2;
                upper[half..].fill("");
                upper[half] = "发货信息";
                self.texts(&upper);
                self.is("title");
                let mut lower = headings;
                lower[..half].fill("");
                self.texts(&lower);
                return;
            }
            Top::Plain => {}
        }
        self.texts(&headings);
    }
}

/// One file of the corpus.
pub struct Case {
    /// The set of headings.
    pub set: usize,
    /// How its header stands.
    pub top: Top,
    /// It is damaged, and people have worked on it.
    pub dirty: bool,
    /// It will be a workbook.
    pub book: bool,
    /// Its chance.
    pub seed: u64,
}

/// Describes one file.
pub fn describe(case: &Case) -> Described {
    let &Case {
        set,
        top,
        dirty,
        book,
        seed,
    } = case;
    let mut chance = Chance::new(seed);
    let columns = columns(set);
    let mut page = Page {
        width: columns.len(),
        table: Vec::new(),
        expected: Vec::new(),
    };
    page.header(&columns, top);
    let header_row = page.table.len();
    let mut dirt = KINDS.iter().cycle().skip(chance.below(KINDS.len()));
    let rows = if dirty { 26 } else { 8 };
    for n in 0..rows {
        if dirty {
            between(&mut page, &columns, top, n);
        }
        let facts = Facts::new(&mut chance);
        let row = page.table.len() + 1;
        let mut cells: Vec<Cell> = columns
            .iter()
            .map(|(_, holds)| Cell::Text(plain(&facts, *holds, n)))
            .collect();
        let mut reading = reading(&facts, &columns);
        if dirty && n % 2 == 1 {
            let usable = dirt.find(|dirt| dirt.fits(&columns)).unwrap();
            soil(*usable, &mut cells, &columns, &facts, &mut reading, book);
        }
        page.expected.push(reading.line(row));
        page.table.push(cells);
    }
    if dirty {
        let last = columns.len().saturating_sub(1).to_string();
        page.texts(&["合计", "", &last]);
        page.is("totals");
        page.texts(&["制表人：小王", "打印时间：2026-07-19 10:30"]);
        page.is("totals");
    }
    Described {
        about: format!("{} {top:?} dirty={dirty} seed={seed}", SETS[set].0),
        table: page.table,
        expected: page.expected,
        header_row,
    }
}

/// What stands between the rows of a file that people have worked on.
fn between(page: &mut Page, columns: &[(String, char)], top: Top, n: usize) {
    let headings: Vec<&str> = columns.iter().map(|(heading, _)| heading.as_str()).collect();
    match n {
        0 => {
            let samples: Vec<String> = columns.iter().map(|(_, holds)| format!("例:{holds}1")).collect();
            page.texts(&samples.iter().map(String::as_str).collect::<Vec<_>>());
            page.is("sample");
        }
        5 => {
            page.texts(&[]);
            page.is("blank");
        }
        9 => {
            if matches!(top, Top::TwoRows | Top::ThreeRows) {
                let upper = page.table[usize::from(top == Top::ThreeRows)].clone();
                let lower = page.table[1 + usize::from(top == Top::ThreeRows)].clone();
                for line in [upper, lower] {
                    page.table.push(line);
                    page.is("repeated_header");
                }
                return;
            }
            page.texts(&headings);
            page.is("repeated_header");
        }
        14 => {
            page.texts(&["小计", "", "5"]);
            page.is("totals");
        }
        _ => {}
    }
}

fn soil(
    dirt: Dirt,
    cells: &mut [Cell],
    columns: &[(String, char)],
    facts: &Facts,
    reading: &mut Reading,
    book: bool,
) {
    let at = |holds: &str| columns.iter().position(|(_, h)| holds.contains(*h));
    let column = at(dirt.column(columns)).unwrap();
    cells[column] = dirt.apply(facts, column, reading, columns, book);
}
