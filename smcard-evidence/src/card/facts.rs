//! Facts as `measured` in a report gives them.

use std::borrow::Cow;

use smcard_core::{Extension, ExtensionValue, List, Text, fact};

use super::say::shown;
use crate::{Facts, Measured, Severity};

/// How many texts a list has at most; how many more there are is said in the last one.
const LISTED: usize = 20;

/// How many findings are repeated; `smcard scan` has all of them.
const FINDINGS: usize = 20;

/// Facts under their names.
#[derive(Default)]
pub(super) struct Block(Vec<Extension<'static>>);

impl Block {
    pub(super) fn entries(self) -> List<'static, Extension<'static>> {
        List::Owned(self.0)
    }

    pub(super) fn value(self) -> ExtensionValue<'static> {
        ExtensionValue::Block(self.entries())
    }

    fn put(&mut self, key: &'static str, value: ExtensionValue<'static>) {
        self.0.push(Extension { key: Cow::Borrowed(key), value });
    }

    /// A text, if it says anything.
    pub(super) fn text(&mut self, key: &'static str, text: &str) {
        self.0.extend(words(text).map(|value| Extension { key: Cow::Borrowed(key), value }));
    }

    /// A number; one that is not exact where numbers are 64 bits of floating point, in digits.
    pub(super) fn number(&mut self, key: &'static str, number: u64) {
        let value = if number < 1 << 53 {
            #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
            ExtensionValue::Number(number as f64)
        } else {
            ExtensionValue::Text(Text::Stated(Cow::Owned(number.to_string())))
        };
        self.put(key, value);
    }

    /// Several values, if there are any.
    pub(super) fn list(&mut self, key: &'static str, values: Vec<ExtensionValue<'static>>) {
        if !values.is_empty() {
            self.put(key, ExtensionValue::List(List::Owned(values)));
        }
    }

    /// Several texts, and how many more there are.
    pub(super) fn texts<'t>(&mut self, key: &'static str, texts: impl IntoIterator<Item = &'t str>) {
        let mut texts = texts.into_iter();
        let mut listed: Vec<_> = texts.by_ref().take(LISTED).filter_map(words).collect();
        match texts.count() {
            0 => {}
            more => listed.extend(words(&format!("and {more} more"))),
        }
        self.list(key, listed);
    }
}

/// A text of a file. One that looks like a reason is none.
fn words(text: &str) -> Option<ExtensionValue<'static>> {
    let text = shown(text);
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let stated = Text::from(Cow::Owned(text.to_owned()));
    Some(ExtensionValue::Text(match stated.reason() {
        Some(_) => Text::Stated(Cow::Owned(format!("\"{text}\""))),
        None => stated,
    }))
}

/// What every file has.
pub(super) fn of_file(block: &mut Block, path: &str, measured: &Measured) {
    block.text(fact::PATH, path);
    block.text(fact::SHA256, &measured.sha256);
    block.number(fact::SIZE, measured.size);
}

/// What a format says of the model.
pub(super) fn of_format(block: &mut Block, facts: &Facts) {
    block.text(fact::FORMAT, facts.format().name());
    let keys = |block: &mut Block, key, map: &std::collections::BTreeMap<String, u64>| {
        block.texts(key, map.keys().map(String::as_str));
    };
    match facts {
        Facts::Safetensors(it) => {
            block.number("tensors", it.tensors);
            block.number(fact::PARAMETERS, it.parameters);
            keys(block, "dtypes", &it.dtypes);
            let metadata: Vec<String> = it.metadata.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            block.texts("metadata", metadata.iter().map(String::as_str));
        }
        Facts::Gguf(it) => {
            for (key, value) in [
                ("architecture", &it.architecture),
                ("name", &it.name),
                ("quantization", &it.quantization),
                ("license", &it.license),
            ] {
                block.text(key, value.as_deref().unwrap_or_default());
            }
            block.number("tensors", it.tensors);
            block.number(fact::PARAMETERS, it.parameters);
            keys(block, "dtypes", &it.types);
            block.texts("chat_templates", it.chat_templates.iter().map(String::as_str));
        }
        Facts::Onnx(it) => {
            block.text("producer", format!("{} {}", it.producer, it.producer_version).trim());
            let opsets: Vec<String> =
                it.opsets.iter().map(|(domain, version)| format!("{domain} {version}").trim().to_owned()).collect();
            block.texts("opset", opsets.iter().map(String::as_str));
            block.number("nodes", it.nodes);
            block.number(fact::PARAMETERS, it.parameters);
            block.texts("custom_operators", it.custom_operators.iter().map(String::as_str));
            block.texts("external_data", it.external_data.iter().map(String::as_str));
        }
        Facts::Pickle(it) | Facts::Joblib(it) | Facts::PyTorchLegacy(it) => {
            block.number("pickles", it.pickles);
            let globals: Vec<String> =
                it.globals.iter().map(|global| format!("{}.{}", global.module, global.name)).collect();
            block.texts("imports", globals.iter().map(String::as_str));
        }
        Facts::NumPy(it) => {
            block.text("dtype", &it.dtype);
            block.text("shape", &it.shape);
        }
        Facts::Keras(it) => {
            keys(block, "classes", &it.classes);
            block.number("members", it.archive.members);
        }
        Facts::Hdf5(it) => keys(block, "classes", &it.classes),
        Facts::PyTorch(it) | Facts::TorchScript(it) | Facts::Npz(it) | Facts::Zip(it) | Facts::Tar(it) => {
            block.number("members", it.members);
        }
        _ => {}
    }
    let mut inside = super::formats::all(facts).all;
    inside.remove(&facts.format());
    block.texts("contains", inside.into_iter().map(crate::Format::name));
}

/// What speaks against a file.
pub(super) fn of_findings(block: &mut Block, measured: &Measured) {
    let mut findings = Vec::new();
    for finding in measured.findings.iter().take(FINDINGS) {
        let mut told = Block::default();
        told.text("severity", severity(finding.severity));
        told.text("code", finding.code.name());
        told.text("message", &finding.message);
        told.text("inside", &finding.place.members.join(" / "));
        findings.push(told.value());
    }
    block.list(fact::FINDINGS, findings);
    let omitted = &measured.omitted;
    let kept = measured.findings.len().saturating_sub(FINDINGS) as u64;
    let more =
        kept.saturating_add(omitted.dangerous).saturating_add(omitted.unsound).saturating_add(omitted.suspicious);
    if more > 0 {
        block.number(fact::MORE_FINDINGS, more);
    }
}

pub(super) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Suspicious => "suspicious",
        Severity::Unsound => "unsound",
        Severity::Dangerous => "dangerous",
    }
}
