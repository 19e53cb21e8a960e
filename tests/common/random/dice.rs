//! [`Dice`]: random choices that a seed repeats.

/// Random choices; the same seed gives the same ones.
pub(crate) struct Dice {
    state: u64,
    names: usize,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Dice { state: seed, names: 0 }
    }

    /// Sixty-four random bits (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
    pub(crate) fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to this one, without it.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.bits() % end as u64).unwrap_or_default()
    }

    /// Yes, once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// One of these, which are not none.
    pub(crate) fn pick<'o, T>(&mut self, of: &'o [T]) -> &'o T {
        of.get(self.below(of.len())).expect("there is something to pick from")
    }

    /// A number that no other call gives.
    pub(crate) fn unique(&mut self) -> usize {
        self.names += 1;
        self.names
    }
}
