//! How well a name fits what was typed: by its words, by the first letters of its pinyin, by whole pinyin, or by its
//! letters in order. Chinese names are found without an input method.

use pinyin::ToPinyin as _;

/// How far a name is from what was typed: the smaller, the better; `None` when it does not fit.
pub fn distance(needle: &str, name: &str) -> Option<usize> {
    let needle = plain(needle);
    if needle.is_empty() {
        return Some(0);
    }
    let name = name.to_lowercase();
    let words = plain(&name);
    if let Some(at) = place(&words, &needle) {
        return Some(at);
    }
    let syllables: Vec<String> = name
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(syllable)
        .collect();
    let initials: String = syllables
        .iter()
        .filter_map(|syllable| syllable.chars().next())
        .collect();
    if let Some(at) = place(&initials, &needle) {
        return Some(100_usize.saturating_add(at));
    }
    // Whole pinyin, from the beginning of a syllable on.
    let starts = (0..syllables.len()).find(|at| {
        let rest: String = syllables.iter().skip(*at).map(String::as_str).collect();
        rest.starts_with(&needle)
    });
    if let Some(at) = starts {
        return Some(200_usize.saturating_add(at));
    }
    scattered(&words, &needle).map(|gaps| 300_usize.saturating_add(gaps))
}

/// Lower case, without blanks and the signs between words.
fn plain(text: &str) -> String {
    let kept = text.to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// How many characters stand before it.
fn place(text: &str, part: &str) -> Option<usize> {
    text.find(part)
        .map(|at| text.char_indices().take_while(|(index, _)| *index < at).count())
}

/// The pinyin of a character without its tone; another character as it is.
fn syllable(c: char) -> String {
    c.to_pinyin()
        .map_or_else(|| c.to_string(), |pinyin| pinyin.plain().to_owned())
}

/// All letters stand there in their order: how many others stand between them. At least three letters and no more
/// gaps than letters, because anything else fits almost everything.
fn scattered(text: &str, letters: &str) -> Option<usize> {
    if letters.chars().count() < 3 {
        return None;
    }
    let mut left = letters.chars().peekable();
    let mut gaps: usize = 0;
    let mut begun = false;
    for c in text.chars() {
        match left.peek() {
            None => break,
            Some(wanted) if *wanted == c => {
                begun = true;
                left.next();
            }
            Some(_) => gaps = gaps.saturating_add(usize::from(begun)),
        }
    }
    (left.peek().is_none() && gaps <= letters.chars().count()).then_some(gaps)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_words_initials_pinyin_and_scattered_letters() {
        for (needle, name, fits) in [
            ("", "设置", true),
            ("设", "设置", true),
            ("sz", "设置", true),
            ("SZ", "设置", true),
            ("shezhi", "设置", true),
            ("shez", "设置", true),
            ("zhi", "设置", true),
            ("hezhi", "设置", false),
            ("drfh", "导入发货", true),
            ("fh", "导入发货", true),
            ("fahuo", "导入发货", true),
            ("订单", "读取订单", true),
            ("dqdd", "读取订单", true),
            ("xx", "读取订单", false),
            ("sett", "Open settings", true),
            ("opset", "Open settings", true),
            ("settin", "Get started: connect the Mini Program", false),
            ("zz", "Open settings", false),
            ("f1", "F1 快捷键", true),
        ] {
            assert_eq!(distance(needle, name).is_some(), fits, "{needle} in {name}");
        }
    }

    #[test]
    fn what_is_written_comes_before_what_only_sounds_so() {
        let names = ["导入发货", "发货", "返回"];
        let rank = |needle| {
            let mut found: Vec<_> = names
                .iter()
                .filter_map(|name| Some((distance(needle, name)?, *name)))
                .collect();
            found.sort_unstable();
            found.into_iter().map(|(_, name)| name).collect::<Vec<_>>()
        };
        assert_eq!(rank("发货"), ["发货", "导入发货"]);
        assert_eq!(rank("fh"), ["发货", "返回", "导入发货"]);
    }
}
