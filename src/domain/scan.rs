//! What a scanner has read, before anybody knows what it is for: commands, numbers, and numbers inside other text.
//! Apart from the station that acts on them, because slips and waybills carry their numbers in many wrappings.

use unicode_normalization::UnicodeNormalization as _;

use super::TrackingNo;
use super::shapes;

/// What a command barcode of the printed sheet asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ScanCode {
    /// The order has more than one parcel: the next one follows.
    Next,
    /// Everything of the order is scanned: ship it.
    Finish,
    /// Ship what is scanned; the rest of the order follows another day.
    Later,
    /// Take the courier that the number looks like.
    Courier,
    /// Put the order aside; nothing of it is sent.
    Cancel,
    /// Take back the order that was scanned last.
    Undo,
}

impl ScanCode {
    /// All of them, as the sheet shows them.
    pub const ALL: [Self; 6] = [
        Self::Next,
        Self::Finish,
        Self::Later,
        Self::Courier,
        Self::Cancel,
        Self::Undo,
    ];

    /// The text of the barcode: letters only, which every keyboard layout and every scanner keep.
    pub const fn barcode(self) -> &'static str {
        match self {
            Self::Next => "FAHUONEXT",
            Self::Finish => "FAHUOFINISH",
            Self::Later => "FAHUOLATER",
            Self::Courier => "FAHUOCOURIER",
            Self::Cancel => "FAHUOCANCEL",
            Self::Undo => "FAHUOUNDO",
        }
    }

    /// The command that was read; a caps lock changes nothing.
    pub fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL
            .into_iter()
            .find(|code| code.barcode().eq_ignore_ascii_case(text))
    }
}

/// The text that a scanner meant: narrow characters, without control characters, blanks at the ends, and the
/// three characters with which some scanners say what kind of barcode it was (`]C1`).
pub fn tidy(raw: &str) -> String {
    let text: String = raw
        .nfkc()
        .filter(|c| !c.is_control() && *c != '\u{feff}' && *c != '\u{200b}')
        .collect();
    let text = text.trim();
    let mut chars = text.chars();
    let marked = chars.next() == Some(']')
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic())
        && chars.next().is_some_and(|c| c.is_ascii_digit());
    let bare = if marked { chars.as_str() } else { text };
    bare.trim().to_owned()
}

/// The numbers that stand in a text, longest runs of the characters that WeChat allows in a shop's number. A plain
/// barcode is its own only number; a QR code may hold a web address or a sentence around it.
pub fn numbers(text: &str) -> Vec<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '|' | '*' | '@');
    let mut found: Vec<String> = Vec::new();
    for run in text.split(|c| !allowed(c)).filter(|run| !run.is_empty()) {
        if !found.iter().any(|known| known == run) {
            found.push(run.to_owned());
        }
    }
    found
}

/// The tracking number in a text: the text itself, or the one number in it whose letters tell its courier. `None`
/// when there is none, or more than one.
pub fn parcel_number(text: &str) -> Option<String> {
    let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let whole = without_count(&whole.to_uppercase()).to_owned();
    if TrackingNo::parse(&whole).is_some() && whole.is_ascii() {
        return Some(whole);
    }
    let mut known = numbers(text)
        .into_iter()
        .map(|number| without_count(&number.to_uppercase()).to_owned())
        .filter(|number| shapes::looks_like(number).is_some());
    let first = known.next()?;
    known.all(|other| other == first).then_some(first)
}

/// 京东 prints which parcel of how many behind its number (`JDVA01234567890-1-2-`), which is no part of it.
fn without_count(number: &str) -> &str {
    let Some((head, tail)) = number.split_once('-') else {
        return number;
    };
    let count = !tail.is_empty() && tail.chars().all(|c| c.is_ascii_digit() || c == '-');
    if head.starts_with("JD") && count {
        head
    } else {
        number
    }
}

/// A whole tracking number, as far as its shape tells: neither a piece of one, nor a phone.
pub fn is_whole(number: &str) -> bool {
    let digits = number.chars().filter(char::is_ascii_digit).count();
    number.len() >= 8 && digits >= 6 && !shapes::is_cut_off(number) && !shapes::is_mobile(number)
}

/// When each of the keys came that stand in the field, so that a piece which a scanner left there is told from what
/// follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// Characters in the field after a key, and when it came, in milliseconds of any clock.
    beats: Vec<(usize, u64)>,
}

impl Rhythm {
    /// A pause after which other keys belong to another scan.
    const PAUSE_MILLIS: u64 = 700;
    /// A person does not type this fast.
    const SCANNER_MILLIS: u64 = 45;
    /// Fewer characters may be a person's.
    const SHORTEST: usize = 6;

    /// The field holds so many characters now.
    pub fn beat(&mut self, chars: usize, millis: u64) {
        self.beats.push((chars, millis));
    }

    /// The field is empty again.
    pub fn clear(&mut self) {
        self.beats.clear();
    }

    /// Characters at the beginning that an earlier, broken scan left: the rest came after a pause, at the speed of a
    /// scanner.
    pub fn left_over(&self) -> usize {
        let pairs = self.beats.windows(2).enumerate();
        let after_pause = pairs.filter_map(|(index, pair)| match pair {
            [(_, before), (_, after)] if after.saturating_sub(*before) >= Self::PAUSE_MILLIS => {
                Some(index.saturating_add(1))
            }
            _ => None,
        });
        let Some(first) = after_pause.max() else {
            return 0;
        };
        let left = first
            .checked_sub(1)
            .and_then(|index| self.beats.get(index))
            .map_or(0, |(chars, _)| *chars);
        let burst = self.beats.get(first..).unwrap_or_default();
        let (Some((_, begin)), Some((end, last))) = (burst.first(), burst.last()) else {
            return 0;
        };
        let chars = end.saturating_sub(left);
        let gaps = u64::try_from(chars.saturating_sub(1)).unwrap_or(u64::MAX);
        let fast = last.saturating_sub(*begin) <= gaps.saturating_mul(Self::SCANNER_MILLIS);
        if fast && chars >= Self::SHORTEST { left } else { 0 }
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
