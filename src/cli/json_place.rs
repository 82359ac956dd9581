//! Where a value stands in a JSON text, so that a form's mistake can be told with line and column. Apart from the
//! form because it knows nothing of its fields.

/// One step from a value to one inside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The field of an object.
    Key(String),
    /// The value of a list at this place, from 0.
    Index(usize),
}

/// The way to a value as JSON writes it, for example `sub_orders[0].parcels`.
pub fn path_words(path: &[Step]) -> String {
    let mut words = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                if !words.is_empty() {
                    words.push('.');
                }
                words.push_str(key);
            }
            Step::Index(index) => {
                words.push('[');
                words.push_str(&index.to_string());
                words.push(']');
            }
        }
    }
    words
}

/// Line and column, both from 1 and the column in characters, at which the value at the end of the path begins.
/// The text must be complete JSON; a path that leads nowhere is the beginning of the text.
pub fn place_of(text: &str, path: &[Step]) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut at = Some(after_blanks(bytes, 0));
    for step in path {
        at = at.and_then(|open| enter(bytes, open, step));
    }
    let before = text.get(..at.unwrap_or_default()).unwrap_or_default();
    let line = before.matches('\n').count().saturating_add(1);
    let last = before.rsplit('\n').next().unwrap_or_default();
    (line, last.chars().count().saturating_add(1))
}

/// The place of an error of the JSON reader, which counts bytes where people count characters.
pub fn place_of_error(text: &str, error: &serde_json::Error) -> (usize, usize) {
    let line = text
        .split('\n')
        .nth(error.line().saturating_sub(1))
        .unwrap_or_default();
    let starts = line.char_indices().take_while(|(at, _)| *at < error.column());
    (error.line(), starts.count().max(1))
}

/// From the bracket that opens a value to what one step leads to.
fn enter(bytes: &[u8], open: usize, step: &Step) -> Option<usize> {
    let is_object = bytes.get(open) == Some(&b'{');
    let mut at = after_blanks(bytes, open.saturating_add(1));
    let mut index = 0_usize;
    loop {
        let is_it = if is_object {
            let end = string_end(bytes, at)?;
            let key: String = serde_json::from_slice(bytes.get(at..end)?).ok()?;
            let colon = after_blanks(bytes, end);
            at = after_blanks(bytes, colon.saturating_add(1));
            *step == Step::Key(key)
        } else {
            *step == Step::Index(index)
        };
        if is_it {
            return Some(at);
        }
        at = after_blanks(bytes, value_end(bytes, at)?);
        if bytes.get(at)? != &b',' {
            return None;
        }
        at = after_blanks(bytes, at.saturating_add(1));
        index = index.saturating_add(1);
    }
}

fn after_blanks(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let blanks = rest.iter().take_while(|byte| byte.is_ascii_whitespace());
    from.saturating_add(blanks.count())
}

/// Behind the quotation mark that closes the text that is opened here.
fn string_end(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open.saturating_add(1);
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at.saturating_add(1)),
            b'\\' => at = at.saturating_add(2),
            _ => at = at.saturating_add(1),
        }
    }
}

/// Behind the value that begins here.
fn value_end(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut at, mut depth) = (from, 0_usize);
    loop {
        match bytes.get(at) {
            Some(b'"') => at = string_end(bytes, at)?,
            Some(b'{' | b'[') => {
                depth = depth.saturating_add(1);
                at = at.saturating_add(1);
            }
            Some(b'}' | b']') if depth > 0 => {
                depth = depth.saturating_sub(1);
                at = at.saturating_add(1);
            }
            Some(b',' | b'}' | b']') | None if depth == 0 => return Some(at),
            Some(_) => at = at.saturating_add(1),
            None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(key: &str) -> Step {
        Step::Key(key.to_owned())
    }

    #[test]
    fn a_value_is_found_by_its_way() {
        let text = "{\n  \"a\\\"b\": \"}],{\", \"订单\": [1, {\"x\": [true , {}]},\n \"c\"]\n}";
        for (path, place) in [
            (vec![], (1, 1)),
            (vec![key("a\"b")], (2, 11)),
            (vec![key("订单")], (2, 25)),
            (vec![key("订单"), Step::Index(1)], (2, 29)),
            (
                vec![key("订单"), Step::Index(1), key("x"), Step::Index(1)],
                (2, 43),
            ),
            (vec![key("订单"), Step::Index(2)], (3, 2)),
            (vec![key("nowhere")], (1, 1)),
            (vec![key("订单"), Step::Index(9)], (1, 1)),
        ] {
            assert_eq!(place_of(text, &path), place, "{}", path_words(&path));
        }
    }

    #[test]
    fn the_column_of_an_error_counts_characters() {
        let text = "{\n \"订单号\": x}";
        let error = serde_json::from_str::<serde_json::Value>(text).unwrap_err();
        assert_eq!(place_of_error(text, &error), (2, 9));
    }

    #[test]
    fn a_way_is_written_as_json_writes_it() {
        let path = [key("sub_orders"), Step::Index(0), key("parcels"), Step::Index(2)];
        assert_eq!(path_words(&path), "sub_orders[0].parcels[2]");
    }

    #[test]
    fn no_text_makes_it_panic_or_run_for_ever() {
        for text in [
            "", "{", "{\"", "{\"a\"", "{\"a\":", "[", "[1", "[1,", "{}", "[]", "x",
        ] {
            for path in [vec![key("a")], vec![Step::Index(1)], vec![key("a"), key("b")]] {
                assert_eq!(place_of(text, &path).0, 1, "{text}");
            }
        }
    }
}
