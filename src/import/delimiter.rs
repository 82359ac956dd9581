//! What stands between two fields of a text. Apart from `records`, because a delimiter may have several bytes, and in
//! GB18030 its bytes may also be a part of another character.

use encoding_rs::GB18030;

use super::charset::Charset;

/// A delimiter as it is written in one charset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Delimiter {
    sign: char,
    bytes: [u8; 4],
    width: usize,
    /// Characters must be stepped over one by one: its bytes may be a part of one.
    steps: bool,
}

impl Delimiter {
    /// As the charset writes it; UTF-16 has been turned into UTF-8 before.
    pub(super) fn of(sign: char, charset: Charset) -> Self {
        let mut bytes = [0; 4];
        let utf8 = sign.encode_utf8(&mut bytes).to_owned();
        let mut width = utf8.len();
        if charset == Charset::Gb18030 {
            let (written, _, _) = GB18030.encode(&utf8);
            width = written.len().min(bytes.len());
            bytes = [0; 4];
            for (slot, byte) in bytes.iter_mut().zip(written.iter()) {
                *slot = *byte;
            }
        }
        Self {
            sign,
            bytes,
            width,
            steps: charset == Charset::Gb18030 && may_be_inside(bytes),
        }
    }

    /// As a character.
    pub(super) fn sign(self) -> char {
        self.sign
    }

    /// How many bytes it takes.
    pub(super) fn width(self) -> usize {
        self.width
    }

    /// The text begins with it.
    pub(super) fn begins(self, text: &[u8]) -> bool {
        self.bytes
            .get(..self.width)
            .is_some_and(|bytes| text.starts_with(bytes))
    }

    /// Where the next one or the next line end stands, in bytes.
    pub(super) fn next(self, text: &[u8]) -> Option<usize> {
        let [first, ..] = self.bytes;
        if !self.steps {
            return text.iter().enumerate().find_map(|(at, byte)| {
                let ends = matches!(byte, b'\n' | b'\r')
                    || (*byte == first
                        && (self.width == 1 || self.begins(text.get(at..).unwrap_or_default())));
                ends.then_some(at)
            });
        }
        let mut at: usize = 0;
        loop {
            let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
            if matches!(rest, [b'\n' | b'\r', ..]) || self.begins(rest) {
                return Some(at);
            }
            at = at.saturating_add(character(rest));
        }
    }

    /// How many fields a line has that it cuts.
    pub(super) fn fields(self, line: &[u8]) -> usize {
        let mut rest = line;
        let mut count: usize = 1;
        while let Some(at) = self.next(rest) {
            let behind = rest.get(at..).unwrap_or_default();
            let step = if self.begins(behind) {
                count = count.saturating_add(1);
                self.width.max(1)
            } else {
                1
            };
            rest = behind.get(step..).unwrap_or_default();
        }
        count
    }
}

/// The later bytes of a character of GB18030 are digits, or 0x40 and above.
fn may_be_inside([first, ..]: [u8; 4]) -> bool {
    first.is_ascii_digit() || first >= 0x40
}

/// How many bytes the first character takes in GB18030; one when it is damaged.
fn character(text: &[u8]) -> usize {
    match text {
        [0x81..=0xfe, 0x30..=0x39, 0x81..=0xfe, 0x30..=0x39, ..] => 4,
        [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, ..] => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sign: char, line: &str, fields: usize) {
        assert_eq!(
            Delimiter::of(sign, Charset::Utf8).fields(line.as_bytes()),
            fields,
            "{line}"
        );
        let gb = GB18030.encode(line).0;
        assert_eq!(
            Delimiter::of(sign, Charset::Gb18030).fields(&gb),
            fields,
            "{line} in GB18030"
        );
    }

    #[test]
    fn a_line_is_cut_at_its_delimiter_and_never_inside_a_character() {
        check(',', "订单号,快递公司,快递单号", 3);
        check('，', "订单号，快递公司，快递单号", 3);
        check('|', "订单号|快递公司", 2);
        check('|', "", 1);
        check(';', "茶叶；一盒;2", 2);
        // 弢 is 8F 7C in GB18030, and 渱 9C 7C: their later byte is that of `|`.
        check('|', "弢|渱弢|x", 3);
        // 、 A1 A2 and others around the bytes A3 AC of the full-width comma.
        let neighbours = GB18030.decode(b"\xb0\xa3\xac\xb0").0.into_owned();
        check('，', &format!("{neighbours}，1"), 2);
        // Four bytes for one character.
        check('|', "𠀀|ŀ|1", 3);
    }

    #[test]
    fn a_damaged_character_hides_no_line_end() {
        let gb = Delimiter::of('|', Charset::Gb18030);
        assert_eq!(gb.next(b"\xb0\n1"), Some(1));
        assert_eq!(gb.next(b"\xb0"), None);
        assert_eq!(gb.next(b"ab"), None);
    }
}
