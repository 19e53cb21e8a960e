//! The formats as the build hook takes them.

use smcard_core::build::{Checked, Exporter};
use smcard_core::{Extensions, SecurityCard};

use crate::{Format, PolicyFile, Provenance};

/// All formats, for the build hook: see [`smcard_core::build::BuildWith`].
#[derive(Debug, Clone, Copy, Default)]
pub struct Formats;

impl Exporter for Formats {
    fn formats(&self) -> Vec<(&'static str, &'static str)> {
        Format::ALL.iter().map(|format| (format.name, format.extension)).collect()
    }

    fn export(
        &self,
        format: &str,
        card: &SecurityCard<'_>,
        measured: &Extensions<'_>,
        checked: &Checked<'_>,
    ) -> Result<String, Vec<String>> {
        let card = SecurityCard { measured: measured.clone(), ..card.clone() };
        let Some(format) = Format::named(format) else { return Err(vec!["there is no such format".to_owned()]) };
        let policy = checked.files.iter().map(|(name, bytes)| PolicyFile::new(*name, bytes)).collect();
        let exceptions = checked.policy.exceptions().iter().collect();
        format.write_with(&card, &Provenance { policy, exceptions, revision: checked.revision.clone() })
    }
}
