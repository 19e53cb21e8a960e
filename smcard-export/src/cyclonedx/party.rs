//! Who is named in a document of the preview of 2.0, where people and organizations are parties with roles.

use smcard_core::tree::Node;
use smcard_core::{Component, Text};

use super::parts::Parts;
use super::refs;
use crate::document::{Object, list, text};
use crate::leaves::stated;

/// Who is named by a text in this role. A card does not say whether it names a person: each is an organization here.
pub(super) fn of<'c>(role: &'static str, name: &'c Option<Text<'_>>) -> Option<Node<'c>> {
    let role = Object::new().with("role", text(role));
    named(None, role, name)
}

/// The same in a role that the format does not have.
pub(super) fn of_other<'c>(role: &'static str, name: &'c Option<Text<'_>>) -> Option<Node<'c>> {
    let role = Object::new().with("name", text(role));
    named(None, role, name)
}

/// Who made the model, which the package URLs of the card are the word of.
pub(super) fn developer<'c>(parts: &Parts<'c>) -> Option<Node<'c>> {
    let role = Object::new().with("role", text("developer"));
    named(Some(refs::DEVELOPER), role, &parts.card.model_details.developer).filter(|_| parts.is_preview())
}

pub(super) fn supplier<'c>(parts: &Parts<'c>, component: &'c Component<'_>) -> Option<Node<'c>> {
    of("supplier", &component.supplier).filter(|_| parts.is_preview())
}

/// The package URL of a component, where there is somebody whose word it is.
pub(super) fn identifier<'c>(parts: &Parts<'c>, component: &'c Component<'_>) -> Option<Node<'c>> {
    developer(parts)?;
    let identity = Object::new().with("scheme", text("purl")).with("value", text(stated(&component.purl)?));
    let identifier = Object::new().with("party", text(refs::DEVELOPER)).with("identities", list([identity.node()]));
    Some(identifier.node())
}

fn named<'c>(own: Option<&'static str>, role: Object<'c>, name: &'c Option<Text<'_>>) -> Option<Node<'c>> {
    let organization = Object::new().with("name", text(stated(name)?)).node();
    let party =
        Object::new().with_text("bom-ref", own).with("roles", list([role.node()])).with("organization", organization);
    Some(party.node())
}
