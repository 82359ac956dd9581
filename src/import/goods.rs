//! The text that the buyer reads about a parcel, from the goods and the quantity of a row. Apart, because it is
//! the one text of a file that leaves the house.

use super::clean::{folded, prose};
use super::phones;

/// Goods and quantity as one text: `茶叶*1`. The quantity is left out when the goods name one already, or when it
/// is no number of pieces. `None` when no goods are named.
pub(super) fn item_desc(goods: &str, quantity: &str) -> Option<String> {
    let goods = phones::hide(&prose(goods));
    if goods.is_empty() {
        return None;
    }
    match pieces(quantity) {
        Some(count) if !names_quantity(&goods) => Some(format!("{goods}*{count}")),
        _ => Some(goods),
    }
}

/// A whole number of pieces: `2`, `2.0`, `2件`, `x2`.
fn pieces(quantity: &str) -> Option<u32> {
    let word = folded(quantity);
    let word = word.trim_start_matches(['x', '×', '*']);
    let word = word.trim_end_matches(|c: char| !c.is_ascii_digit() && !c.is_whitespace() && c != '.');
    let word = match word.split_once('.') {
        Some((whole, zeros)) if zeros.bytes().all(|b| b == b'0') => whole,
        Some(_) => return None,
        None => word,
    };
    word.parse().ok().filter(|count| (1..1_000_000).contains(count))
}

/// The goods say how many already: `苹果*2`, `苹果 x2`, `苹果×2`, `苹果2件`, or several goods in one cell.
fn names_quantity(goods: &str) -> bool {
    if goods.contains(['；', ';']) {
        return true;
    }
    let word = folded(goods);
    let chars: Vec<char> = word.chars().collect();
    let marked = chars
        .windows(2)
        .any(|pair| matches!(pair, ['*' | 'x' | '×', digit] if digit.is_ascii_digit()));
    let last = word.trim_end_matches([')', ']', '】']);
    let counted = [
        "件", "个", "份", "套", "只", "双", "包", "盒", "箱", "瓶", "袋", "条", "斤", "台", "支", "本",
    ]
    .iter()
    .filter_map(|unit| last.strip_suffix(unit))
    .any(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    // `10x20cm` and `6*8` inside a name are sizes: only what ends the text counts as a quantity.
    let at_end = marked && {
        let tail: String = last
            .chars()
            .rev()
            .take_while(|c| c.is_ascii_digit() || "件个份套只双包盒箱瓶袋条斤台支本".contains(*c))
            .collect();
        let before = last.chars().rev().nth(tail.chars().count());
        !tail.is_empty() && matches!(before, Some('*' | 'x' | '×'))
    };
    at_end || counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_and_quantity_become_one_text() {
        for (goods, quantity, text) in [
            ("茶叶", "1", Some("茶叶*1")),
            ("茶叶", "2.0", Some("茶叶*2")),
            ("茶叶", "3件", Some("茶叶*3")),
            ("茶叶", "x3", Some("茶叶*3")),
            ("茶叶", "", Some("茶叶")),
            ("茶叶", "0", Some("茶叶")),
            ("茶叶", "1.5", Some("茶叶")),
            ("茶叶", "很多", Some("茶叶")),
            ("茶叶*2", "2", Some("茶叶*2")),
            ("茶叶 x2", "2", Some("茶叶 x2")),
            ("茶叶×2盒", "2", Some("茶叶×2盒")),
            ("茶叶2盒", "1", Some("茶叶2盒")),
            ("纸箱6*8cm", "1", Some("纸箱6*8cm*1")),
            ("苹果*2\n梨*1", "3", Some("苹果*2；梨*1")),
            ("苹果;梨", "3", Some("苹果;梨")),
            ("  ", "3", None),
            ("茶 13812341234", "", Some("茶 138****1234")),
        ] {
            assert_eq!(item_desc(goods, quantity).as_deref(), text, "{goods} {quantity}");
        }
    }
}
