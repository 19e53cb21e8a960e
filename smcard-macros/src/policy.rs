//! The policy of the package that is being compiled.

use std::env;
use std::path::Path;

use smcard_core::{Findings, LoadedPolicy, Policy};

/// The policy that belongs to this package; the default one outside of cargo.
pub(crate) fn of_this_package() -> LoadedPolicy {
    match env::var_os("CARGO_MANIFEST_DIR") {
        Some(package) => Policy::load(Path::new(&package)),
        None => LoadedPolicy { policy: Policy::default(), file: None, findings: Findings::NONE, readable: true },
    }
}
