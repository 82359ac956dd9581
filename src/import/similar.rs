//! How alike two short words are, for "did you mean". Apart from the couriers, because it knows nothing of them.

/// 0 when the words share no character, about 1000 when they are equal or one begins with the other.
pub(super) fn likeness(a: &str, b: &str) -> u32 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().take(32).collect(), b.chars().take(32).collect());
    let longest = a.len().max(b.len());
    if longest == 0 || !a.iter().any(|c| b.contains(c)) {
        return 0;
    }
    let same = longest.saturating_sub(distance(&a, &b));
    // A short word inside a longer one is worth more than its length says.
    let shortest = a.len().min(b.len());
    let common = a.iter().filter(|c| b.contains(c)).count().min(shortest);
    let score = same
        .saturating_mul(600)
        .checked_div(longest)
        .unwrap_or_default()
        .saturating_add(
            common
                .saturating_mul(400)
                .checked_div(shortest)
                .unwrap_or_default(),
        );
    let begins = (a.starts_with(&b) || b.starts_with(&a)) && a.len() != b.len();
    let score = score.saturating_add(if begins { 150 } else { 0 });
    u32::try_from(score).unwrap_or(u32::MAX)
}

/// Insertions, deletions and replacements that turn one word into the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(before.len());
        let mut last = i.saturating_add(1);
        row.push(last);
        for (right, above) in b.iter().zip(before.windows(2)) {
            let [diagonal, above] = above else { continue };
            let replaced = diagonal.saturating_add(usize::from(left != right));
            last = replaced.min(above.saturating_add(1)).min(last.saturating_add(1));
            row.push(last);
        }
        before = row;
    }
    before.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_counted() {
        for (a, b, edits) in [
            ("", "", 0),
            ("顺丰", "", 2),
            ("顺丰", "顺风", 1),
            ("kitten", "sitting", 3),
        ] {
            let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
            assert_eq!(distance(&a, &b), edits, "{a:?} {b:?}");
        }
    }

    #[test]
    fn the_more_alike_the_higher() {
        assert_eq!(likeness("顺丰", "顺丰"), 1000);
        assert_eq!(likeness("顺丰", "圆通"), 0);
        assert!(likeness("顺风速运", "顺丰速运") > likeness("顺风速运", "跨越速运"));
        assert!(likeness("安能", "安能物流") > likeness("安能", "港中能达"));
    }
}
