//! What cargo says of the package that is being compiled: its policy, and which of its crates this is.

use std::env;
use std::path::Path;

use smcard_core::{LoadedPolicy, Policy};

/// The policy that belongs to this package; the default one outside of cargo.
pub(crate) fn of_this_package() -> LoadedPolicy {
    env::var_os("CARGO_MANIFEST_DIR").map(|package| Policy::load(Path::new(&package))).unwrap_or_default()
}

/// Whether this is the package's build script, which compiles the card as well as the package does.
pub(crate) fn in_build_script() -> bool {
    env::var("CARGO_CRATE_NAME").is_ok_and(|name| name.starts_with("build_script_"))
}
