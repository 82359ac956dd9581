//! A small deterministic source of numbers (splitmix64).
//!
//! Separate because the shop of a seed must be the same on every machine and with every library version.

/// The state of the generator.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A generator for one thing of one seed, so that thing 7 is the same whether 10 or 10,000 are made.
    pub fn for_index(seed: u64, index: u64) -> Self {
        let mut first = Self::new(seed);
        let mixed = first.next_u64() ^ index.wrapping_mul(0xD1B5_4A32_D192_ED03);
        let mut second = Self::new(mixed);
        Self::new(second.next_u64())
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound - 1`; 0 when `bound` is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next_u64().checked_rem(bound).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = high.saturating_sub(low).saturating_add(1);
        let step = self.below(u64::try_from(span).unwrap_or(0));
        low.saturating_add(i64::try_from(step).unwrap_or(0))
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of the words; empty when there are none.
    pub fn pick(&mut self, words: &[&'static str]) -> &'static str {
        let len = u64::try_from(words.len()).unwrap_or(0);
        let at = usize::try_from(self.below(len)).unwrap_or(0);
        words.get(at).copied().unwrap_or("")
    }

    /// `count` characters out of `alphabet` (ASCII).
    pub fn text(&mut self, alphabet: &str, count: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        let len = u64::try_from(letters.len()).unwrap_or(0);
        (0..count)
            .filter_map(|_| {
                letters
                    .get(usize::try_from(self.below(len)).unwrap_or(0))
                    .copied()
            })
            .collect()
    }

    /// `count` decimal digits; the first may be 0.
    pub fn digits(&mut self, count: usize) -> String {
        self.text("0123456789", count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_known_numbers() {
        // First outputs of splitmix64 for seed 1234567, as published with the algorithm.
        let mut rng = Rng::new(1_234_567);
        assert_eq!(rng.next_u64(), 6_457_827_717_110_365_317);
        assert_eq!(rng.next_u64(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn bounds_hold_even_for_empty_ranges() {
        let mut rng = Rng::new(5);
        assert_eq!(rng.below(0), 0);
        assert_eq!(rng.pick(&[]), "");
        for _ in 0..1_000 {
            assert!((3..=5).contains(&rng.between(3, 5)));
        }
    }
}
