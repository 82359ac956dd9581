//! Cells on their way out and back: a cell that we write never runs as a formula in the next program, long numbers
//! in it survive a spreadsheet, and reading our own file gives the same text again. Apart from the writers, because
//! the reader must undo exactly what they do.

use std::borrow::Cow;

use crate::domain::spreadsheet::{is_dangerous, is_fragile};

/// The cell as it is written. `text_file`: a spreadsheet will have to guess what kind of cell it is, so a fragile one
/// gets a tab at its end.
pub(super) fn outward(text: &str, text_file: bool) -> Cow<'_, str> {
    let core = text.trim_end_matches('\t');
    let tabbed = core.len() < text.len();
    let mut out = Cow::Borrowed(text);
    if (text_file || tabbed) && is_fragile(core) {
        out.to_mut().push('\t');
    }
    if is_dangerous(out.trim_start_matches('\'')) {
        out.to_mut().insert(0, '\'');
    }
    out
}

/// Takes off what [`outward`] has put on.
pub(super) fn inward(text: &mut String) {
    if text.starts_with('\'') && is_dangerous(text.trim_start_matches('\'')) {
        text.remove(0);
    }
    if let Some(shorter) = text.strip_suffix('\t')
        && is_fragile(shorter.trim_end_matches('\t'))
    {
        text.pop();
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_first_character_makes_a_formula() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            let text = format!("{c}1+1");
            let out = outward(&text, true);
            assert!(!is_dangerous(&out), "{text:?} {out:?}");
            let mut back = out.into_owned();
            inward(&mut back);
            assert_eq!(back, text);
        }
        for c in [
            '=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠', '﹢', '﹣', '﹦', '﹫',
        ] {
            assert!(is_dangerous(&format!("{c}1")), "{c:?}");
        }
    }

    #[test]
    fn what_a_spreadsheet_changes_gets_a_tab_and_nothing_else() {
        for text in [
            "4200000925202101284997714292",
            "78768264502666",
            "0123",
            "219E01",
            "2026/7/19",
            "12.50",
            "1-2",
            "50%",
            "true",
            "MAR1",
            "４２００",
            "12 PM",
            "2026年7月19日",
            "¥12",
        ] {
            assert_eq!(outward(text, true), format!("{text}\t"), "{text}");
            assert_eq!(outward(text, false), text);
        }
        for text in [
            "",
            "1",
            "0",
            "13800138000",
            "SF1234567890123",
            "茶叶*1",
            "S20260719001",
            "无",
        ] {
            assert_eq!(outward(text, true), text, "{text}");
        }
    }

    proptest! {
        #[test]
        fn reading_gives_what_was_written(
            text in prop_oneof!["['=+@0-9eE\t .\\-]{0,6}\t{0,3}", "\\PC{0,20}", any::<String>()],
            text_file: bool,
        ) {
            let out = outward(&text, text_file);
            prop_assert!(!is_dangerous(&out));
            let mut back = out.into_owned();
            inward(&mut back);
            prop_assert_eq!(back, text);
        }
    }
}
