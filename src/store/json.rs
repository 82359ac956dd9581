//! Values that the journal keeps as JSON text; one place so that a text that cannot be read is named the same
//! way everywhere.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StoreError;

/// The text that is kept.
///
/// # Errors
/// [`StoreError::Other`]: our own types can always be written.
pub(super) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Other(error.to_string()))
}

/// The value of a text that was kept. The error says what was read and keeps the content out.
///
/// # Errors
/// [`StoreError::Corrupt`].
pub(super) fn from_json<T: DeserializeOwned>(text: &str, what: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        StoreError::Corrupt(format!("{what} cannot be read at {line}:{column}"))
    })
}

/// Hex SHA-256 of a text.
pub(super) fn sha256_hex(text: &str) -> String {
    use sha2::Digest as _;
    hex(&sha2::Sha256::digest(text.as_bytes()))
}

/// Lower-case hex digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().unwrap_or('0');
    bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0x0f)])
        .collect()
}

/// A number of ours as SQLite keeps it.
pub(super) fn int(value: usize) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A count that SQLite kept.
///
/// # Errors
/// [`StoreError::Corrupt`] when it is negative or too large.
pub(super) fn count<T: TryFrom<i64>>(value: i64, what: &str) -> Result<T, StoreError> {
    T::try_from(value)
        .ok()
        .ok_or_else(|| StoreError::Corrupt(format!("{what} is out of range")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_lower_case_hex_of_sha256() {
        let of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex("abc"), of_abc);
    }

    #[test]
    fn a_text_that_cannot_be_read_is_named_and_not_shown() {
        let error = from_json::<u8>("\"13812341234\"", "a number")
            .unwrap_err()
            .to_string();
        assert_eq!(error, "the journal is damaged: a number cannot be read at 1:13");
    }

    #[test]
    fn counts_out_of_range_are_corrupt() {
        assert_eq!(count::<u8>(255, "n").unwrap(), 255);
        assert!(matches!(count::<u8>(256, "n"), Err(StoreError::Corrupt(_))));
        assert!(matches!(count::<usize>(-1, "n"), Err(StoreError::Corrupt(_))));
    }
}
