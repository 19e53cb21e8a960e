//! The policy of the package that is being compiled.

use std::env;
use std::path::Path;

use smcard_core::{LoadedPolicy, Policy};

/// The policy that belongs to this package; the default one outside of cargo.
pub(crate) fn of_this_package() -> LoadedPolicy {
    env::var_os("CARGO_MANIFEST_DIR").map(|package| Policy::load(Path::new(&package))).unwrap_or_default()
}
