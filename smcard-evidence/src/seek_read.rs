//! A reader that can go back, of whatever kind.

use std::io::{Read, Seek};

/// A reader that can go back.
pub(crate) trait SeekRead: Read + Seek {}

impl<T: Read + Seek> SeekRead for T {}
