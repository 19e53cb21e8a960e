//! Licences as model hubs call them, where that is not how SPDX does.
//!
//! Identifiers and names as the Hugging Face Hub lists them; its other identifiers are SPDX ids in
//! lower case. The table is read only once a licence is wrong.

/// What to write for a hub's licence.
pub(super) struct Known {
    /// The hub's identifier.
    pub(super) id: &'static str,
    /// The hub's name, or another in use.
    pub(super) name: &'static str,
    /// The SPDX ids or own ids to choose from.
    pub(super) write: &'static [&'static str],
}

const fn known(id: &'static str, name: &'static str, write: &'static [&'static str]) -> Known {
    Known { id, name, write }
}

#[rustfmt::skip]
pub(super) const KNOWN: &[Known] = &[
    // Licences of models, which SPDX does not list.
    known("llama2", "Llama 2 Community License Agreement", &["LicenseRef-llama-2-community"]),
    known("llama3", "Llama 3 Community License Agreement", &["LicenseRef-llama-3-community"]),
    known("llama3.1", "Llama 3.1 Community License Agreement", &["LicenseRef-llama-3.1-community"]),
    known("llama3.2", "Llama 3.2 Community License Agreement", &["LicenseRef-llama-3.2-community"]),
    known("llama3.3", "Llama 3.3 Community License Agreement", &["LicenseRef-llama-3.3-community"]),
    known("llama4", "Llama 4 Community License Agreement", &["LicenseRef-llama-4-community"]),
    known("grok2-community", "Grok 2 Community License Agreement", &["LicenseRef-grok-2-community"]),
    known("gemma", "Gemma Terms of Use", &["LicenseRef-gemma"]),
    known("openrail", "OpenRAIL license family", &["LicenseRef-openrail"]),
    known("openrail++", "Open Rail++-M License", &["LicenseRef-openrail-plus-plus-m"]),
    known("bigscience-openrail-m", "BigScience OpenRAIL-M", &["LicenseRef-bigscience-openrail-m"]),
    known("creativeml-openrail-m", "CreativeML OpenRAIL-M", &["LicenseRef-creativeml-openrail-m"]),
    known("bigcode-openrail-m", "BigCode Open RAIL-M v1", &["LicenseRef-bigcode-openrail-m"]),
    known("bigscience-bloom-rail-1.0", "BigScience BLOOM RAIL 1.0", &["LicenseRef-bigscience-bloom-rail-1.0"]),
    known("deepfloyd-if-license", "DeepFloyd IF Research License Agreement", &["LicenseRef-deepfloyd-if"]),
    known("fair-noncommercial-research-license", "FAIR Noncommercial Research License", &["LicenseRef-fair-noncommercial-research"]),
    known("h-research", "H Research License", &["LicenseRef-h-research"]),
    known("intel-research", "Intel Research Use License Agreement", &["LicenseRef-intel-research"]),
    known("apple-ascl", "Apple Sample Code license", &["LicenseRef-apple-sample-code"]),
    known("apple-amlr", "Apple Model License for Research", &["LicenseRef-apple-model-research"]),
    known("openmdw-1.1", "Open Model, Data & Weights License Agreement v1.1", &["LicenseRef-openmdw-1.1"]),
    known("proprietary", "Proprietary License", &["LicenseRef-proprietary"]),
    known("all rights reserved", "closed source", &["LicenseRef-proprietary"]),
    known("unlicensed", "closed", &["LicenseRef-proprietary"]),
    known("commercial", "Commercial License", &["LicenseRef-commercial"]),
    // Licences that SPDX lists by another id.
    known("c-uda", "Computational Use of Data Agreement", &["C-UDA-1.0"]),
    known("odc-by", "Open Data Commons License Attribution family", &["ODC-By-1.0"]),
    known("odbl", "Open Database License family", &["ODbL-1.0"]),
    known("pddl", "Open Data Commons Public Domain Dedication and License", &["PDDL-1.0"]),
    known("lgpl-lr", "Lesser General Public License For Linguistic Resources", &["LGPLLR"]),
    known("openmdw-1.0", "Open Model, Data & Weights License Agreement", &["OpenMDW-1.0"]),
    known("cc0", "Creative Commons Zero v1.0 Universal", &["CC0-1.0"]),
    known("apache", "Apache Software License", &["Apache-2.0"]),
    // Families, of which one is meant.
    known("bsd", "BSD license family", &["BSD-3-Clause", "BSD-2-Clause"]),
    known("cc", "Creative Commons license family", &["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0"]),
    known("gfdl", "GNU Free Documentation License family", &["GFDL-1.3-only", "GFDL-1.3-or-later"]),
    known("gpl", "GNU General Public License family", &["GPL-3.0-only", "GPL-3.0-or-later", "GPL-2.0-only"]),
    known("lgpl", "GNU Lesser General Public License family", &["LGPL-3.0-only", "LGPL-3.0-or-later", "LGPL-2.1-only"]),
    known("agpl", "GNU Affero General Public License family", &["AGPL-3.0-only", "AGPL-3.0-or-later"]),
];
