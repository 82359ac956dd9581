//! What the rows of a file lack that one entry for the whole file would give them, in words.

use crate::domain::Needs;

/// The message of each kind that is lacked, with how many rows.
pub fn told(needs: &Needs) -> impl Iterator<Item = (&'static str, usize)> {
    let all = [
        ("preset-lacks-courier", needs.courier),
        ("preset-lacks-sender", needs.sender),
        ("preset-lacks-goods", needs.goods),
    ];
    all.into_iter().filter(|(_, count)| *count > 0)
}
