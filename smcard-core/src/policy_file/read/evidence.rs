//! `[files]` and `[evidence]`: what model files and test reports must be like.

use crate::policy_evidence::{FORMATS, Files, Forbidden, Rate, Tests};
use crate::policy_file::document::Spanned;
use crate::policy_file::section::{Section, unknown_word};
use crate::rules::INVALID_POLICY;

pub(super) fn files(mut section: Section<'_>) -> Files {
    let mut forbid: Vec<Forbidden> = Vec::new();
    for Spanned { value, span } in section.texts("forbid") {
        let Some(format) = FORMATS.iter().find(|format| **format == value) else {
            section.source().report(INVALID_POLICY, span, &|| {
                let mut names = Vec::new();
                for format in FORMATS {
                    names.push((*format).to_owned());
                }
                unknown_word(&value, &names)
            });
            continue;
        };
        if !forbid.iter().any(|known| known.format == *format) {
            forbid.push(Forbidden { format, place: section.source().place(&span) });
        }
    }
    let digest = section.switch("digest");
    section.finish();
    Files { forbid, digest }
}

pub(super) fn tests(mut section: Section<'_>) -> Tests {
    let mut rate = |key| {
        let Spanned { value, span } = section.share(key)?;
        Some(Rate { value, place: section.source().place(&span) })
    };
    let (attack_success, unjudged) = (rate("max_attack_success_rate"), rate("max_unjudged_rate"));
    let (report, digest) = (section.switch("report"), section.switch("digest"));
    section.finish();
    Tests { attack_success, unjudged, report, digest }
}
