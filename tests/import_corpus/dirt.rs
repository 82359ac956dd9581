//! What people and programs do to cells.

/// One way a cell is dirty or damaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dirt {
    /// The order number between wrappers that come off without a word.
    Wrapped(&'static str, &'static str),
    /// The order number in full-width digits.
    WideOrder,
    /// An invisible character inside the order number.
    InvisibleInOrder,
    /// The order number as a spreadsheet shows it.
    ScientificOrder,
    /// Fifteen digits of the order number and zeros.
    CutOrder,
    /// The order number with `.0` behind it.
    DecimalOrder,
    /// The order number typed into a cell.
    TypedOrder,
    /// No order number.
    NoOrder,
    /// A formula that has lost its cell.
    FailedFormula,
    /// Blanks inside the order number.
    BlanksInOrder,
    /// The tracking number in small letters.
    SmallLetters,
    /// Blanks inside the tracking number.
    BlanksInNumber,
    /// The tracking number in full-width characters.
    WideNumber,
    /// Two numbers with this between them; `true` when that is told as cleaned.
    TwoNumbers(&'static str, bool),
    /// The courier's name before the number.
    NameBefore(&'static str),
    /// The tracking number as a spreadsheet shows it.
    ScientificNumber,
    /// The tracking number with marks between the thousands.
    Thousands,
    /// A word that says that nothing is shipped.
    Nothing(&'static str),
    /// The tracking number typed into a cell.
    TypedNumber,
    /// A formula that gives the tracking number.
    FormulaNumber,
    /// The letter O for a zero.
    LetterForDigit,
    /// Somebody's phone in place of the tracking number.
    PhoneAsNumber,
    /// No tracking number.
    NoNumber,
    /// A number of another courier.
    OtherShape,
    /// Another spelling of a courier, and its id.
    Spelling(&'static str, &'static str),
    /// The code of another system, and the id.
    Translated(&'static str, &'static str),
    /// A courier that nobody knows.
    UnknownCourier,
    /// No courier.
    NoCourier(&'static str),
    /// The phone is masked already.
    MaskedPhone,
    /// A note behind the phone.
    NotedPhone,
    /// A line break inside the goods.
    TwoGoods,
    /// A quote inside the goods.
    QuoteInGoods,
}

use Dirt as D;

/// All of them, in the order in which files get them.
pub const KINDS: &[Dirt] = &[
    D::Wrapped("'", ""),
    D::ScientificOrder,
    D::TwoNumbers(";", false),
    D::NameBefore(":"),
    D::Spelling("顺丰特快", "SF"),
    D::NoNumber,
    D::WideOrder,
    D::TypedNumber,
    D::UnknownCourier,
    D::Nothing("无"),
    D::Wrapped("`", ""),
    D::CutOrder,
    D::SmallLetters,
    D::MaskedPhone,
    D::Translated("YUNDA", "YD"),
    D::Wrapped("\t", "\t"),
    D::Nothing("-"),
    D::InvisibleInOrder,
    D::ScientificNumber,
    D::TwoGoods,
    D::Wrapped("=\"", "\""),
    D::DecimalOrder,
    D::BlanksInNumber,
    D::Spelling("中通快递（杭州西湖店）", "ZTO"),
    D::NoCourier(""),
    D::Nothing("N/A"),
    D::TypedOrder,
    D::OtherShape,
    D::NotedPhone,
    D::TwoNumbers("；", true),
    D::Thousands,
    D::Translated("ｙｕａｎｔｏｎｇ", "YTO"),
    D::NoOrder,
    D::LetterForDigit,
    D::FormulaNumber,
    D::QuoteInGoods,
    D::Wrapped("\u{a0}", "\u{3000}"),
    D::FailedFormula,
    D::TwoNumbers("、", false),
    D::NameBefore(""),
    D::Spelling("韵达速递有限公司", "YD"),
    D::NameBefore(","),
    D::PhoneAsNumber,
    D::Nothing("/"),
    D::BlanksInOrder,
    D::WideNumber,
    D::NoCourier("无"),
    D::TwoNumbers("\n", false),
    D::Nothing("待发货"),
    D::Wrapped("\u{feff}", "\u{200b}"),
    D::NameBefore(" "),
    D::Translated("DBKD", "DBL"),
];

impl Dirt {
    /// Whether a file with these columns can have it.
    pub fn fits(self, columns: &[(String, char)]) -> bool {
        let has = |holds: char| columns.iter().any(|(_, h)| *h == holds);
        match self.column(columns) {
            // Wrappers and letters are told at the courier's name, and a code beside it would decide.
            "c" => has('c') && !has('k'),
            "" => false,
            holds => holds.chars().any(has),
        }
    }

    /// What the column holds that it is done to.
    pub fn column(self, columns: &[(String, char)]) -> &'static str {
        let has = |holds: char| columns.iter().any(|(_, h)| *h == holds);
        match self {
            Self::Wrapped(..)
            | Self::WideOrder
            | Self::InvisibleInOrder
            | Self::ScientificOrder
            | Self::CutOrder
            | Self::DecimalOrder
            | Self::TypedOrder
            | Self::NoOrder
            | Self::FailedFormula
            | Self::BlanksInOrder => {
                if has('w') {
                    "w"
                } else {
                    "s"
                }
            }
            Self::OtherShape if !has('c') && !has('k') => "",
            Self::SmallLetters
            | Self::BlanksInNumber
            | Self::WideNumber
            | Self::TwoNumbers(..)
            | Self::NameBefore(_)
            | Self::ScientificNumber
            | Self::Thousands
            | Self::Nothing(_)
            | Self::TypedNumber
            | Self::FormulaNumber
            | Self::LetterForDigit
            | Self::PhoneAsNumber
            | Self::NoNumber
            | Self::OtherShape => "n",
            Self::Spelling(..) | Self::Translated(..) | Self::UnknownCourier | Self::NoCourier(_) => "c",
            Self::MaskedPhone | Self::NotedPhone => "p",
            Self::TwoGoods | Self::QuoteInGoods => "g",
        }
    }
}
