//! What a file is, in a line for people.

use smcard_evidence::{Archive, Facts, Inside, Pickle};

use super::report;
use super::scanned::Seen;
use super::words::{NAMED, counted_u64, listed};

pub(super) fn line(Seen { sha256, looked }: &Seen) -> String {
    let mut parts = vec![looked.format.name().to_owned(), counted_u64(looked.size, "byte")];
    parts.extend(of(&looked.facts));
    parts.extend(sha256.iter().map(|sha256| format!("sha256 {sha256}")));
    parts.join(", ")
}

fn of(facts: &Facts) -> Vec<String> {
    match facts {
        Facts::Safetensors(it) => {
            let mut parts = vec![counted_u64(it.tensors, "tensor"), counted_u64(it.parameters, "parameter")];
            parts.push(listed(it.dtypes.keys()));
            parts.extend(it.metadata.iter().take(NAMED).map(|(key, value)| format!("{key}: {value}")));
            parts
        }
        Facts::Gguf(it) => {
            let named = [("", &it.architecture), ("", &it.quantization), ("licence ", &it.license)];
            let mut parts: Vec<String> =
                named.iter().filter_map(|(label, value)| Some(format!("{label}{}", value.as_ref()?))).collect();
            parts.push(counted_u64(it.parameters, "parameter"));
            if !it.chat_templates.is_empty() {
                parts.push(counted_u64(it.chat_templates.len() as u64, "chat template"));
            }
            parts
        }
        Facts::Onnx(it) => {
            let opsets = it.opsets.iter().map(|(domain, version)| {
                if domain.is_empty() { format!("opset {version}") } else { format!("opset {version} of {domain}") }
            });
            let mut parts = vec![format!("by {} {}", it.producer, it.producer_version).trim_end().to_owned()];
            parts.extend(opsets.take(NAMED));
            parts.extend([counted_u64(it.nodes, "node"), counted_u64(it.parameters, "parameter")]);
            if !it.external_data.is_empty() {
                parts.push(format!("data in {}", listed(it.external_data.iter())));
            }
            parts
        }
        Facts::Pickle(it) | Facts::Joblib(it) | Facts::PyTorchLegacy(it) => pickle(it),
        Facts::NumPy(it) => {
            let mut parts = vec![it.dtype.clone(), it.shape.clone()];
            parts.extend(it.inside.iter().flat_map(|inside| of(&inside.facts)));
            parts
        }
        Facts::Keras(it) => {
            let mut parts = vec![format!("classes {}", listed(it.classes.keys()))];
            parts.extend(archive(&it.archive));
            parts
        }
        Facts::Report(it) => report::parts(it),
        Facts::Hdf5(it) if !it.classes.is_empty() => vec![format!("classes {}", listed(it.classes.keys()))],
        Facts::PyTorch(it) | Facts::TorchScript(it) | Facts::Npz(it) | Facts::Zip(it) | Facts::Tar(it) => archive(it),
        Facts::Gzip(it) | Facts::Zlib(it) | Facts::Bzip2(it) | Facts::Xz(it) | Facts::Lzma(it) | Facts::Lz4(it) => {
            it.inside.iter().flat_map(inside).collect()
        }
        _ => Vec::new(),
    }
}

fn pickle(pickle: &Pickle) -> Vec<String> {
    let mut parts = vec![counted_u64(pickle.pickles, "pickle")];
    if !pickle.globals.is_empty() {
        let names = pickle.globals.iter().map(|global| format!("{}.{}", global.module, global.name));
        parts.push(format!("imports {}", listed(names)));
    }
    parts
}

fn archive(archive: &Archive) -> Vec<String> {
    let mut parts = vec![counted_u64(archive.members, "member")];
    parts.extend(archive.inside.iter().take(NAMED).flat_map(inside));
    parts
}

fn inside(inside: &Inside) -> Vec<String> {
    let of = of(&inside.facts).join(", ");
    let of = if of.is_empty() { of } else { format!(" ({of})") };
    vec![format!("in it {} {}{of}", inside.name, inside.format.name())]
}
