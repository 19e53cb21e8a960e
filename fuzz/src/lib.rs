//! What holds for any input, as a function for each way in: each panics where it does not hold.
//!
//! The fuzz targets look for an input that breaks one of them, and the replay runs the seeds.

#![forbid(unsafe_code)]

use std::alloc::System;

use peakmem_alloc::PeakMemAlloc;

mod bounds;
mod evidence;
pub mod large;
mod macros;
mod policy;
mod program;
mod reader;
mod said;
pub mod systems;

pub use bounds::{Within, measured};
pub use evidence::{KINDS, evidence};
pub use macros::macros;
pub use policy::policy;
pub use program::program;
pub use reader::reader;

#[global_allocator]
static MEMORY: PeakMemAlloc<System> = PeakMemAlloc::system();
