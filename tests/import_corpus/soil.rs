//! Dirties a cell, and says what should be read out of it afterwards.

use crate::describe::{COURIERS, Cell, Facts, Reading};
use crate::dirt::Dirt;

/// Twelve digits or more are shown as a power of ten.
pub fn as_shown(digits: &str) -> String {
    if digits.len() < 12 {
        return digits.to_owned();
    }
    let value: f64 = digits.parse().unwrap();
    let text = format!("{value:.5e}");
    let (mantissa, exponent) = text.split_once('e').unwrap();
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    format!("{mantissa}E+{exponent}")
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect()
}

impl Dirt {
    /// Dirties the cell at this column and says what is read then.
    pub fn apply(
        self,
        facts: &Facts,
        column: usize,
        reading: &mut Reading,
        columns: &[(String, char)],
        book: bool,
    ) -> Cell {
        let holds = columns[column].1;
        let order = if holds == 'w' { &facts.wechat } else { &facts.shop };
        let long = "4200000925202101284997714292";
        let digits = if order.bytes().all(|b| b.is_ascii_digit()) {
            order
        } else {
            long
        };
        let value: f64 = digits.parse().unwrap();
        let text = match self {
            Self::Wrapped(before, behind) => format!("{before}{order}{behind}"),
            Self::WideOrder => {
                reading.problems.push(format!("~cleaned@{column}"));
                wide(order)
            }
            Self::InvisibleInOrder => {
                reading.problems.push(format!("~cleaned@{column}"));
                format!("{}\u{200b}{}", &order[..6], &order[6..])
            }
            Self::ScientificOrder => {
                bad_order(reading, facts, columns, column, "mangled_id");
                as_shown(digits)
            }
            Self::CutOrder => {
                bad_order(reading, facts, columns, column, "mangled_id");
                format!("{}{}", &digits[..15], "0".repeat(digits.len() - 15))
            }
            Self::DecimalOrder => {
                bad_order(reading, facts, columns, column, "mangled_id");
                format!("{value:.0}.0")
            }
            Self::TypedOrder => {
                bad_order(reading, facts, columns, column, "mangled_id");
                return Cell::Typed(digits.to_owned());
            }
            Self::NoOrder => {
                let other = columns.iter().any(|(_, h)| *h == 's') && holds == 'w';
                reading.order = other.then(|| facts.shop.clone());
                String::new()
            }
            Self::FailedFormula => {
                bad_order(reading, facts, columns, column, "formula_cell");
                "#REF!".into()
            }
            Self::BlanksInOrder => {
                bad_order(reading, facts, columns, column, "mangled_id");
                format!("{} {}", &digits[..4], &digits[4..])
            }
            _ => return self.apply_below(facts, column, reading, columns, book),
        };
        Cell::Text(text)
    }

    fn apply_below(
        self,
        facts: &Facts,
        column: usize,
        reading: &mut Reading,
        columns: &[(String, char)],
        book: bool,
    ) -> Cell {
        let number = &facts.number;
        let lettered = number.starts_with(|c: char| c.is_ascii_alphabetic());
        let (name, id) = facts.courier;
        let cleaned = format!("~cleaned@{column}");
        let text = match self {
            Self::SmallLetters => {
                reading.problems.extend(lettered.then_some(cleaned));
                number.to_lowercase()
            }
            Self::BlanksInNumber => {
                reading.problems.push(cleaned);
                format!("{} {} {}", &number[..4], &number[4..8], &number[8..])
            }
            Self::WideNumber => {
                reading.problems.push(cleaned);
                wide(number)
            }
            Self::TwoNumbers(between, told) => {
                reading.problems.extend(told.then_some(cleaned));
                let second = format!("{}1", &number[..number.len() - 1]);
                let second = if second == *number {
                    format!("{}3", &number[..number.len() - 1])
                } else {
                    second
                };
                let courier = reading.parcels[0].0.clone();
                reading.parcels.push((courier, second.clone()));
                format!("{number}{between}{second}")
            }
            Self::NameBefore(between) => {
                reading.parcels[0].0 = Some(id.to_owned());
                // Latin letters would run into the number.
                let between = if name.is_ascii() { ":" } else { between };
                format!("{name}{between}{number}")
            }
            Self::ScientificNumber => {
                bad_number(reading, column, "mangled_id");
                "7.87683E+13".into()
            }
            Self::Thousands => {
                bad_number(reading, column, "mangled_id");
                "78,768,264,502,666".into()
            }
            Self::Nothing(word) => {
                reading.ignored = Some("not_shipped_yet");
                word.into()
            }
            Self::TypedNumber | Self::FormulaNumber if lettered => number.clone(),
            Self::TypedNumber => {
                if !book && number.len() >= 12 {
                    bad_number(reading, column, "mangled_id");
                }
                return Cell::Typed(number.clone());
            }
            Self::FormulaNumber => {
                if book {
                    bad_number(reading, column, "formula_cell");
                }
                return Cell::Formula(number.clone());
            }
            Self::LetterForDigit => {
                bad_number(reading, column, "tracking_characters");
                "SF12345678901O3".into()
            }
            Self::PhoneAsNumber => {
                bad_number(reading, column, "tracking_characters");
                "13812341234".into()
            }
            Self::NoNumber => {
                reading.parcels.clear();
                String::new()
            }
            Self::OtherShape => {
                reading.problems.push(format!("~tracking_shape@{column}"));
                let other = if id == "SF" {
                    "YT1234567890123"
                } else {
                    "SF1234567890123"
                };
                other.clone_into(&mut reading.parcels[0].1);
                other.into()
            }
            _ => return self.apply_elsewhere(facts, column, reading, columns),
        };
        Cell::Text(text)
    }

    fn apply_elsewhere(
        self,
        facts: &Facts,
        column: usize,
        reading: &mut Reading,
        columns: &[(String, char)],
    ) -> Cell {
        let text = match self {
            Self::Spelling(word, id) | Self::Translated(word, id) => {
                if matches!(self, Self::Translated(..)) {
                    reading.problems.push(format!("~courier_translated@{column}"));
                }
                reading.parcels[0].0 = Some(id.to_owned());
                // The number keeps the shape of the row's first courier: a warning where that is known.
                let shaped = COURIERS
                    .iter()
                    .find(|(_, i, _, _)| *i == facts.courier.1)
                    .unwrap();
                let tells = !shaped.2.starts_with(|c: char| c.is_ascii_digit()) && *shaped.1 != *id;
                if tells {
                    let at = columns.iter().position(|(_, h)| *h == 'n').unwrap();
                    reading.problems.push(format!("~tracking_shape@{at}"));
                }
                word.to_owned()
            }
            Self::UnknownCourier => {
                reading.problems.push(format!("!unknown_courier@{column}"));
                reading.parcels[0].0 = None;
                "飞鸽传书".into()
            }
            Self::NoCourier(word) => {
                reading.parcels[0].0 = None;
                word.into()
            }
            Self::MaskedPhone => {
                let phone = &facts.phone;
                format!("{}****{}", &phone[..3], &phone[7..])
            }
            Self::NotedPhone => format!("张三 {}", facts.phone),
            Self::TwoGoods => {
                let goods = "苹果*2；梨*1".to_owned();
                reading.goods = Some(goods);
                "苹果*2\n梨*1".into()
            }
            Self::QuoteInGoods => {
                let tail = reading
                    .goods
                    .as_ref()
                    .map_or("", |g| &g[facts.goods.len()..])
                    .to_owned();
                reading.goods = Some(format!("12\" 盘{tail}"));
                "12\" 盘".into()
            }
            _ => unreachable!("{self:?}"),
        };
        Cell::Text(text)
    }
}

/// The order number may not be used: the shop's stands in for WeChat's, and otherwise the row is blocked.
fn bad_order(reading: &mut Reading, facts: &Facts, columns: &[(String, char)], column: usize, word: &str) {
    if columns[column].1 == 'w' && columns.iter().any(|(_, h)| *h == 's') {
        reading.order = Some(facts.shop.clone());
        reading.problems.push(format!("~cleaned@{column}"));
    } else {
        reading.order = None;
        reading.problems.push(format!("!{word}@{column}"));
    }
}

fn bad_number(reading: &mut Reading, column: usize, word: &str) {
    reading.parcels.clear();
    reading.problems.push(format!("!{word}@{column}"));
}
