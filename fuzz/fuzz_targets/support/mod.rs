//! What libFuzzer does not do by itself: say the same thing many times, and keep what took long.

pub mod slowest;

/// Now and then, puts a piece of the input into it again and again, until it is some ten thousand
/// bytes long, and gives the new length.
///
/// Work that grows faster than the input shows only there, and coverage never leads to it.
pub fn repeated(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> Option<usize> {
    if size < 4 || seed % 64 != 0 {
        return None;
    }
    let mut random = u64::from(seed) | 1;
    let mut below = |bound: usize| {
        // xorshift: libFuzzer gives one number, and the choice needs three.
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        random as usize % bound
    };
    let start = below(size);
    let piece = data[start..(start + 1 + below(200)).min(size)].to_vec();
    let rest = data[start..size].to_vec();
    let length = (size + 10_000 + below(40_000)).min(max_size.min(data.len()));
    if length <= size {
        return None;
    }
    let end = length - rest.len();
    for (byte, again) in data[start..end].iter_mut().zip(piece.iter().cycle()) {
        *byte = *again;
    }
    data[end..length].copy_from_slice(&rest);
    Some(length)
}
