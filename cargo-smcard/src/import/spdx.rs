//! SPDX 3: the card that `smcard export` wrote into a document.

use smcard_core::tree::Node;

/// Whether a document is one of SPDX 3.
pub(super) fn is(root: &Node<'static>) -> bool {
    let Some(context) = root.get("@context") else { return false };
    let is = |context: &Node<'_>| context.words().is_some_and(|context| context.starts_with("https://spdx.org/rdf/3."));
    is(context) || context.items().iter().any(is)
}

/// The card in a document. Its elements only repeat what the card says.
///
/// # Errors
/// There is none: what other programs write says too little of a model to be read as a card.
pub(super) fn ours(root: &Node<'static>) -> Result<Node<'static>, String> {
    let document = serde_json::to_string(root).map_err(|error| error.to_string())?;
    smcard_export::spdx::card(&document)
}
