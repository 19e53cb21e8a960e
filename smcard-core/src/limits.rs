//! How large a card may be, by whatever way it comes.
//!
//! Reading a report, serde, the macro and checking a typed card share these, so that what one of
//! them takes, all of them take.

/// The largest report, in bytes: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// How deeply blocks and lists may be nested. The schema itself needs no more than 5 levels; the
/// rest is for extensions.
pub const MAX_DEPTH: usize = 32;

/// How many values a card may contain, counting blocks and lists as well as what is in them.
pub const MAX_VALUES: usize = 100_000;
