//! The words inside cells that say something about a row: not shipped yet, a sum, an example, yes or no, how it
//! is carried. Apart, because each is a list of spellings and none knows of columns.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::domain::LogisticsType;

use super::aliases::normal;
use super::clean::folded;

/// A longer cell is none of these words, in bytes.
const LONGEST_WORD: usize = 64;
/// What stands in the number's place while nothing is shipped.
const NOT_SHIPPED: &str = "无 没有 暂无 空 - -- --- — —— / // \\ . * 待发货 未发货 待发 未发 待出库 未出库 \
         待揽收 缺货 备货中 暂未发货 待填写 待补 #n/a n/a na null none nil nan undefined 0";
const TOTALS: &str = "合计 总计 小计 总合计 共计 汇总 总交易单数 本页合计 本页小计 total subtotal grandtotal \
         sum";
const SAMPLES: &str = "例 示例 样例 范例 举例 例如 例子 示范 example sample eg e.g.";
const YES: &str = "是 y yes true 1 已完成 完成 全部 全部发货 已全部发货";
const NO: &str = "否 n no false 0 未完成 部分 部分发货 不是";

fn is_one_of(word: &str, list: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|known| known == word)
}

/// The number's place says that nothing is shipped yet.
pub(super) fn is_not_shipped(cell: &str) -> bool {
    // None of these words has another digit than 0: most cells end here.
    if cell.len() > LONGEST_WORD || cell.bytes().any(|b| matches!(b, b'1'..=b'9')) {
        return false;
    }
    is_of_not_shipped(&folded(cell))
}

/// Asked for every row, so the words are not gone through one by one.
fn is_of_not_shipped(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| NOT_SHIPPED.split_ascii_whitespace().collect());
    WORDS.contains(word)
}

/// No courier is named.
pub(super) fn is_no_courier(cell: &str) -> bool {
    if cell.is_empty() {
        return true;
    }
    let word = folded(cell);
    word.is_empty() || (cell.len() <= LONGEST_WORD && is_of_not_shipped(&word))
}

/// `合计`, `总计：3`, `共3条`.
pub(super) fn is_total(cell: &str) -> bool {
    if cell.len() > LONGEST_WORD {
        return false;
    }
    let word = folded(cell);
    let word = word.trim_end_matches([':', '：']);
    let counted = |word: &str| {
        let Some(rest) = word.strip_prefix('共') else {
            return false;
        };
        let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        unit.len() < rest.len()
            && [
                "条",
                "单",
                "件",
                "笔",
                "行",
                "个",
                "票",
                "条记录",
                "条数据",
                "个订单",
            ]
            .contains(&unit)
    };
    is_one_of(word, TOTALS)
        || counted(word)
        || TOTALS.split(' ').any(|total| {
            word.strip_prefix(total).is_some_and(|rest| {
                let rest = rest.trim_start_matches([':', '：', '=', '共']);
                rest.chars()
                    .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '件' | '单' | '条' | '元' | '笔'))
            })
        })
}

/// A line below the table: `制表人：小王`, `打印时间：2026-07-19`, `第1页`.
pub(super) fn is_footer(cell: &str) -> bool {
    const FOOTERS: &str = "制表人 制表 制单人 制单 打印人 打印时间 打印日期 导出人 导出时间 导出日期 统计时间 \
         统计人 经办人 审核人 审核 复核人 签字 签名 签收人 负责人 备注 说明 注 注意 注意事项 温馨提示 日期 \
         客服电话 联系人 联系电话 仓库 地址 制表时间 制表日期 发货人 收货人签字";
    let word = folded(cell);
    let labelled = word
        .split_once(':')
        .is_some_and(|(label, _)| is_one_of(label, FOOTERS));
    let page = word
        .strip_prefix('第')
        .and_then(|rest| rest.split_once('页'))
        .is_some_and(|(number, _)| number.chars().all(|c| c.is_ascii_digit()));
    labelled || page
}

/// `例:2024…`, `示例`.
pub(super) fn is_sample(cell: &str) -> bool {
    // No number begins like one of these words: most cells end here.
    if let [first, second, ..] = cell.as_bytes()
        && first.is_ascii_alphanumeric()
        && second.is_ascii_alphanumeric()
        && !matches!(second.to_ascii_lowercase(), b'a' | b'x' | b'g')
    {
        return false;
    }
    let word = folded(cell);
    let word = word.trim_start_matches(['(', '[', '【', '（']);
    SAMPLES.split(' ').any(|sample| {
        word.strip_prefix(sample).is_some_and(|rest| {
            rest.is_empty() || rest.starts_with([':', '：', ')', ']', '】', ',', '，']) || sample == "例如"
        })
    })
}

/// A line under the header that tells how to fill the template.
pub(super) fn is_instruction(cell: &str) -> bool {
    let word = folded(cell);
    [
        "必填",
        "选填",
        "非必填",
        "请填写",
        "请输入",
        "文本格式",
        "填写说明",
        "required",
        "optional",
    ]
    .iter()
    .any(|sign| word.contains(sign))
}

/// Yes, no, or neither.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    let word = normal(cell);
    if is_one_of(&word, YES) {
        Some(true)
    } else if is_one_of(&word, NO) {
        Some(false)
    } else {
        None
    }
}

/// What a cell about the delivery says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// How it is carried.
    Type(LogisticsType),
    /// One parcel or several.
    Split(bool),
}

/// Reads a word of the columns 发货方式, 发货模式, 配送方式.
pub(super) fn manner(cell: &str) -> Option<Manner> {
    const SPLIT: &str = "分拆 拆分 拆单 split";
    const UNIFIED: &str = "统一 unified";
    const PICK_UP: &str = "自提 自取 到店 门店取 pickup";
    const VIRTUAL: &str = "虚拟 无需物流 无需配送 无需快递 无需发货 不需要物流 无物流 电子 数字商品 virtual";
    const SAME_CITY: &str = "同城 跑腿 闪送 即时 骑手 商家配送 商家自送 送货上门 samecity city";
    const EXPRESS: &str = "快递 物流 快运 普通 邮寄 邮政 平邮 ems 包邮 express 标快 特快";
    let word = folded(cell);
    let says = |signs: &str| signs.split(' ').any(|sign| word.contains(sign));
    match word.as_str() {
        "" => None,
        "1" => Some(Manner::Type(LogisticsType::Express)),
        "2" => Some(Manner::Type(LogisticsType::SameCity)),
        "3" => Some(Manner::Type(LogisticsType::Virtual)),
        "4" => Some(Manner::Type(LogisticsType::PickUp)),
        _ if says(SPLIT) => Some(Manner::Split(true)),
        _ if says(UNIFIED) => Some(Manner::Split(false)),
        _ if says(PICK_UP) => Some(Manner::Type(LogisticsType::PickUp)),
        _ if says(VIRTUAL) => Some(Manner::Type(LogisticsType::Virtual)),
        _ if says(SAME_CITY) => Some(Manner::Type(LogisticsType::SameCity)),
        _ if says(EXPRESS) => Some(Manner::Type(LogisticsType::Express)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(is: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        for cell in yes {
            assert!(is(cell), "{cell}");
        }
        for cell in no {
            assert!(!is(cell), "{cell}");
        }
    }

    #[test]
    fn rows_that_are_no_shipment_are_known_by_their_words() {
        check(
            is_not_shipped,
            &["无", "-", " 待发货 ", "#N/A", "N/A", "—"],
            &["", "SF1", "待发货SF1234567890"],
        );
        check(
            is_total,
            &[
                "合计",
                "合计：",
                "总计：3",
                "小计 12.50",
                "共3条",
                "共 12 单",
                "合计3件",
                "总交易单数",
            ],
            &[
                "",
                "合计划",
                "共和国",
                "共享单车",
                "总计划部",
                "小计算器*1",
                "共3",
            ],
        );
        check(
            is_sample,
            &[
                "例:2024",
                "例：顺丰",
                "示例",
                "（示例）2024",
                "例如SF123",
                "Sample",
            ],
            &["", "例外", "示例公司", "sampler", "egg"],
        );
        check(
            is_instruction,
            &["（必填）", "选填", "请填写订单号"],
            &["", "4200", "茶叶"],
        );
    }

    #[test]
    fn the_words_of_delivery_are_understood() {
        use LogisticsType::{Express, PickUp, SameCity, Virtual};
        for (cell, expected) in [
            ("物流快递", Some(Manner::Type(Express))),
            ("快递", Some(Manner::Type(Express))),
            ("同城配送", Some(Manner::Type(SameCity))),
            ("虚拟商品", Some(Manner::Type(Virtual))),
            ("无需物流", Some(Manner::Type(Virtual))),
            ("用户自提", Some(Manner::Type(PickUp))),
            ("快递自提点", Some(Manner::Type(PickUp))),
            ("统一发货", Some(Manner::Split(false))),
            ("分拆发货", Some(Manner::Split(true))),
            ("2", Some(Manner::Type(SameCity))),
            ("", None),
            ("飞鸽", None),
        ] {
            assert_eq!(manner(cell), expected, "{cell}");
        }
        assert_eq!(
            [
                yes_or_no("是"),
                yes_or_no("否（部分）"),
                yes_or_no(""),
                yes_or_no("也许")
            ],
            [Some(true), Some(false), None, None]
        );
    }
}
