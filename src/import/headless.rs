//! Files without a header: what each column holds is told by its values alone, and a person confirms it once. Apart
//! from `columns`, which has headings to go by.

use crate::domain::{CourierList, Field, column_letters as letters, shapes};

use super::clean;
use super::columns::Mapping;
use super::couriers::Spellings;
use super::grid::{Cell, MAX_COLUMNS, RawRow};
use super::numbers::is_mangled;
use super::words::is_total;

/// Hundredths of the values that must have a shape.
const MOST: usize = 80;
/// The same for names of couriers and tracking numbers, among which there are always strange ones.
const MANY: usize = 60;
/// Hundredths of the values that must be orders that are known.
const KNOWN: usize = 50;

/// What the columns are for as far as their values tell; a column that tells nothing is left open.
pub(super) type Proposed = Vec<(String, Option<Field>)>;

/// The letters of the columns in the place of a header.
pub(super) fn header(rows: &[RawRow]) -> RawRow {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or_default();
    RawRow {
        row: 0,
        cells: (0..width.min(MAX_COLUMNS))
            .map(|column| Cell::text(letters(column)))
            .collect(),
    }
}

/// The first row with a number of an order or a parcel; what stands above it is a title.
pub(super) fn first_row(rows: &[RawRow]) -> Option<usize> {
    rows.iter().position(|row| {
        let numbered = row.cells.iter().any(|cell| {
            let id = clean::id(&cell.text).text;
            shapes::may_be_tracking(&id) || shapes::is_wechat_number(&id) || is_mangled(&id)
        });
        numbered && row.cells.iter().filter(|cell| !cell.is_blank()).count() >= 2
    })
}

/// Tells by the first rows what each column holds.
pub(super) fn propose(rows: &[RawRow], couriers: &CourierList, knows: &dyn Fn(&str) -> bool) -> Proposed {
    let width = header(rows).cells.len();
    let spellings = Spellings::new(couriers);
    let is_sum = |row: &&RawRow| {
        let first = row.cells.iter().find(|cell| !cell.is_blank());
        first.is_some_and(|cell| is_total(&cell.text))
    };
    let values = Values {
        rows: rows.iter().filter(|row| !is_sum(row)).collect(),
    };
    let mut fields: Vec<Option<Field>> = vec![None; width];
    let mut set = |column: Option<usize>, field: Field| {
        if let Some(slot) = column.and_then(|column| fields.get_mut(column)) {
            slot.get_or_insert(field);
        }
    };
    let wechat = values.only(width, MOST, |id| shapes::is_wechat_number(id) || is_mangled(id));
    let shop = values.only(width, KNOWN, knows);
    let is_courier = |cell: &str| spellings.find(cell).is_some();
    let courier = (0..width).find(|column| values.share(*column, is_courier) >= MANY);
    let phone = values.only(width, MOST, shapes::is_mobile);
    let taken = [wechat, shop, courier, phone];
    let mut numbers: Vec<usize> = (0..width)
        .filter(|column| !taken.contains(&Some(*column)))
        .filter(|column| values.share(*column, shapes::ends_in_tracking) >= MANY)
        .collect();
    // Letters tell a courier's number from the shop's own, which may look the same otherwise.
    let lettered = |column: &usize| values.share(*column, |id| shapes::disagrees(id, "").is_some()) > 0;
    if numbers.len() > 1 && numbers.iter().filter(|column| lettered(column)).count() == 1 {
        numbers.retain(lettered);
    }
    let tracking = match numbers.as_slice() {
        [column] => Some(*column),
        _ => None,
    };
    set(wechat, Field::TransactionId);
    set(shop, Field::OutTradeNo);
    set(courier, Field::Courier);
    set(phone, Field::ReceiverContact);
    set(tracking, Field::TrackingNo);
    if wechat.or(shop).is_none() {
        let free = (0..width).filter(|column| !taken.contains(&Some(*column)) && tracking != Some(*column));
        let fitting: Vec<usize> = free
            .filter(|column| values.share(*column, is_shop_number) >= MOST)
            .collect();
        if let ([column], Some(_)) = (fitting.as_slice(), tracking) {
            set(Some(*column), Field::OutTradeNo);
        }
    }
    let letters = (0..width).map(letters);
    letters.zip(fields).collect()
}

/// What was confirmed for another file without a header does not fit the values of this one.
pub(super) fn contradicts(confirmed: &Mapping, proposed: &Mapping) -> bool {
    proposed.iter().any(|(letter, field)| {
        let said = confirmed.iter().find(|(name, _)| name == letter);
        let said = said.and_then(|(_, said)| *said);
        let is_order = |field| matches!(field, Field::TransactionId | Field::OutTradeNo);
        match (*field, said) {
            (Some(value), Some(said)) => value != said && !(is_order(value) && is_order(said)),
            (Some(Field::TransactionId | Field::TrackingNo | Field::Courier), None) => true,
            (Some(_) | None, None) | (None, Some(_)) => false,
        }
    })
}

/// May be a shop's order number: letters, digits and strokes, most of them digits.
fn is_shop_number(id: &str) -> bool {
    let digits = id.bytes().filter(u8::is_ascii_digit).count();
    let plain = id
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    plain && digits >= 4 && (6..=32).contains(&id.len()) && !shapes::is_mobile(id)
}

/// The values of the first rows.
struct Values<'a> {
    rows: Vec<&'a RawRow>,
}

impl Values<'_> {
    /// Hundredths of the values of a column that have a shape.
    fn share(&self, column: usize, shape: impl Fn(&str) -> bool) -> usize {
        let (mut all, mut fit) = (0usize, 0usize);
        for cell in self.rows.iter().filter_map(|row| row.cells.get(column)) {
            let id = clean::id(&cell.text).text;
            if !id.is_empty() {
                all = all.saturating_add(1);
                fit = fit.saturating_add(usize::from(shape(&id)));
            }
        }
        fit.saturating_mul(100).checked_div(all).unwrap_or_default()
    }

    /// The only column in which so many values have a shape.
    fn only(&self, width: usize, hundredths: usize, fits: impl Fn(&str) -> bool) -> Option<usize> {
        let mut fitting = (0..width).filter(|column| self.share(*column, &fits) >= hundredths);
        let found = fitting.next()?;
        fitting.next().is_none().then_some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::built_in_couriers;

    fn rows(text: &str) -> Vec<RawRow> {
        let row = |(number, line): (u32, &str)| RawRow {
            row: number,
            cells: line.split(',').map(Cell::text).collect(),
        };
        (1..).zip(text.lines()).map(row).collect()
    }

    #[track_caller]
    fn check(text: &str, expected: &[Option<Field>]) {
        let proposed = propose(&rows(text), &built_in_couriers(), &|id| id == "88001234");
        let found: Vec<Option<Field>> = proposed.iter().map(|(_, field)| *field).collect();
        assert_eq!(found, expected, "{text}");
    }

    const WECHAT: Option<Field> = Some(Field::TransactionId);
    const SHOP: Option<Field> = Some(Field::OutTradeNo);
    const COURIER: Option<Field> = Some(Field::Courier);
    const NUMBER: Option<Field> = Some(Field::TrackingNo);

    #[test]
    fn values_tell_what_a_column_holds() {
        let phone = Some(Field::ReceiverContact);
        check(
            "4200000925202101284997714292,顺丰,SF1234567890123,茶叶\n\
             4200000925202101284997714293,中通,78768264502666,",
            &[WECHAT, COURIER, NUMBER, None],
        );
        check("SF1234567890123,4200000925202101284997714292", &[NUMBER, WECHAT]);
        check("4.2E+27,韵达,464123456789012", &[WECHAT, COURIER, NUMBER]);
        check("88001234,13812341234,YT1234567890123", &[SHOP, phone, NUMBER]);
        check("A-20260719-1,圆通,YT1234567890123", &[SHOP, COURIER, NUMBER]);
        check(
            "1787748538458427394,圆通,YT1234567890123",
            &[SHOP, COURIER, NUMBER],
        );
        check("甲,乙", &[None, None]);
    }

    #[test]
    fn what_values_do_not_tell_is_left_to_the_person() {
        // Which of the two is the parcel's?
        check("1787748538458427,中通,78768264502666", &[None, COURIER, None]);
        // Which of the two is the order's?
        check("A-20260719-1,B-77001-2,SF1234567890123", &[None, None, NUMBER]);
    }

    #[test]
    fn what_was_confirmed_before_must_fit_the_values() {
        let mapping = |fields: &[Option<Field>]| -> Proposed {
            fields
                .iter()
                .enumerate()
                .map(|(at, field)| (letters(at), *field))
                .collect()
        };
        let confirmed = mapping(&[SHOP, COURIER, NUMBER]);
        for (values, against) in [
            (vec![SHOP, COURIER, NUMBER], false),
            (vec![WECHAT, COURIER, NUMBER], false),
            (vec![None, None, NUMBER], false),
            (vec![NUMBER, COURIER, SHOP], true),
            (vec![None, COURIER, NUMBER, WECHAT], true),
        ] {
            assert_eq!(contradicts(&confirmed, &mapping(&values)), against, "{values:?}");
        }
    }

    #[test]
    fn titles_above_the_first_number_are_none_of_its_rows() {
        let found = |text| first_row(&rows(text));
        assert_eq!(found("7月19日发货\n\nS1,顺丰,SF1234567890123"), Some(2));
        assert_eq!(found("你好,世界\n再见,世界"), None);
    }
}
