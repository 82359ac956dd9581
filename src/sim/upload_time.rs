//! The `upload_time` of an upload: RFC 3339, read strictly.
//!
//! Separate because forum users lost most hours to this one field: a lost plus, blanks, zero milliseconds.

use jiff::Timestamp;

/// Reads RFC 3339 strictly: `T`, seconds and an offset are required, and no blanks.
pub fn upload_time(text: &str, refuse_zero_millis: bool) -> Option<Timestamp> {
    let (date, time) = text.split_once('T')?;
    let shaped = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text
                .bytes()
                .zip(shape.bytes())
                .all(|(given, wanted)| match wanted {
                    b'd' => given.is_ascii_digit(),
                    _ => given == wanted,
                })
    };
    let (clock, offset) = match time.find(['Z', '+', '-']) {
        Some(at) => (time.get(..at)?, time.get(at..)?),
        None => return None,
    };
    let (seconds, fraction) = match clock.split_once('.') {
        Some((seconds, fraction)) => (seconds, Some(fraction)),
        None => (clock, None),
    };
    if let Some(fraction) = fraction {
        let digits = (1..=9).contains(&fraction.len()) && fraction.bytes().all(|mark| mark.is_ascii_digit());
        let zero = fraction.bytes().all(|mark| mark == b'0');
        if !digits || (zero && refuse_zero_millis) {
            return None;
        }
    }
    let offset_fits = offset == "Z" || shaped(offset, "+dd:dd") || shaped(offset, "-dd:dd");
    if !shaped(date, "dddd-dd-dd") || !shaped(seconds, "dd:dd:dd") || !offset_fits {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_documents_shape_is_read() {
        for (text, reads) in [
            ("2024-10-25T15:25:10+08:00", true),
            ("2024-10-25T15:25:10.123+08:00", true),
            ("2024-10-25T15:25:10Z", true),
            ("2024-10-25T15:25:10.1234567-05:30", true),
            // The plus became a blank on its way through a form.
            ("2024-10-25T15:25:10 08:00", false),
            ("2024-10-25T15: 25: 10+08:00", false),
            ("2024-10-25 15:25:10+08:00", false),
            ("2024-10-25T15:25:10", false),
            ("2024-10-25T15:25+08:00", false),
            ("2024-10-25T15:25:10+0800", false),
            ("2024-13-25T15:25:10+08:00", false),
            ("2024-10-25T25:25:10+08:00", false),
            ("2024-10-25T15:25:10.+08:00", false),
            ("1729841110", false),
            ("茶", false),
            ("", false),
        ] {
            assert_eq!(upload_time(text, true).is_some(), reads, "{text}");
        }
    }

    #[test]
    fn zero_milliseconds_are_refused_by_setting() {
        let text = "2024-10-25T15:25:10.000+08:00";
        assert_eq!(upload_time(text, true), None);
        assert_eq!(
            upload_time(text, false),
            upload_time("2024-10-25T07:25:10Z", true)
        );
    }
}
