//! The files that a component consists of.

use std::collections::HashSet;

use smcard_core::Component;

use super::graph::Graph;
use crate::document::{Object, list, text};
use crate::leaves::stated;

/// Adds the files of a component, each with the digest that the card pins or the build measured.
pub(super) fn add<'c>(graph: &mut Graph<'c>, component: &'c Component<'_>, of: &str) {
    // The same file twice is one.
    let mut seen = HashSet::new();
    let mut iris = Vec::new();
    for file in component.files.iter() {
        let Some(path) = stated(&file.path) else { continue };
        let digest = graph.measured.digest(path, stated(&file.sha256));
        if !seen.insert((path, digest.clone())) {
            continue;
        }
        let hash = digest.map(|digest| {
            Object::new()
                .with("type", text("Hash"))
                .with("algorithm", text("sha256"))
                .with("hashValue", text(digest))
                .node()
        });
        let iri = graph.iri("file", path);
        graph.add(&iri, "software_File", Object::new().with("name", text(path)).with("verifiedUsing", list(hash)));
        iris.push(iri);
    }
    graph.relate(of, "contains", &iris);
}
