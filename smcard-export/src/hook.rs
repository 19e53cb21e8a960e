//! The formats as the build hook takes them.

use std::fs;

use smcard_core::SecurityCard;
use smcard_core::build::{Checked, Exporter};

use crate::{Format, PolicyFile, Provenance};

/// All formats, for the build hook: see [`smcard_core::build::BuildWith`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Formats;

impl Exporter for Formats {
    fn formats(&self) -> Vec<(&'static str, &'static str)> {
        Format::ALL.iter().map(|format| (format.name, format.extension)).collect()
    }

    fn export(&self, format: &str, card: &SecurityCard<'_>, checked: &Checked<'_>) -> Result<String, Vec<String>> {
        let Some(format) = Format::named(format) else { return Err(vec!["there is no such format".to_owned()]) };
        let mut policy = Vec::new();
        for (name, file) in checked.policy.named_files() {
            let bytes = fs::read(file).map_err(|error| vec![format!("the policy {name} cannot be read: {error}")])?;
            policy.push(PolicyFile::new(name, &bytes));
        }
        let exceptions = checked.policy.policy.exceptions().iter().collect();
        format.write_with(card, &Provenance { policy, exceptions, revision: checked.revision.clone() })
    }
}
