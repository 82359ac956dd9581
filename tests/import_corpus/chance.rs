//! Chance that is the same on every machine: each file of the corpus is named by its seed.

/// A small generator (SplitMix64).
pub struct Chance(u64);

impl Chance {
    /// Begins at a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// One of several.
    pub fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    /// So many digits, the last one odd: no float ends so.
    pub fn digits(&mut self, count: usize) -> String {
        let mut text: String = (1..count)
            .map(|_| char::from(b'0' + (self.below(10) as u8)))
            .collect();
        text.push(self.of(&['1', '3', '5', '7', '9']));
        text
    }
}
