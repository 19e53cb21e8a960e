//! CycloneDX: the model card of a component, and what the component itself says.

use smcard_core::SecurityCard;
use smcard_core::schema::Kind;
use smcard_core::tree::{Entry, Node, Value};

use super::document::{Document, plain};
use super::measure::{self, Figure};
use super::piece::Piece;
use super::toolkit::risk;

/// What a property is named that holds a field of ours.
const OURS: &str = "smcard:";

/// The card that `smcard export` wrote as this bill of materials, if it did: its fields of the format only repeat what
/// its properties say.
pub(super) fn ours(root: &Node<'static>) -> Option<Node<'static>> {
    let tools = root.get("metadata")?.get("tools")?.get("components")?.items();
    tools.iter().find(|tool| tool.get("name").and_then(Node::words) == Some("smcard"))?;
    smcard_export::cyclonedx::card(&serde_json::to_string(root).ok()?).ok()
}

/// The pieces of the only model of a bill of materials, or of the first one.
///
/// # Errors
/// There is none.
pub(super) fn pieces(document: &Document, pieces: &mut Vec<Piece>) -> Result<(), String> {
    let root = &document.root;
    let components = root.get("components").map(Node::items).unwrap_or_default();
    let main = root.get("metadata").and_then(|metadata| metadata.get("component"));
    let is_model = |component: &&Node<'static>| {
        component.get("modelCard").is_some()
            || component.get("type").and_then(Node::words) == Some("machine-learning-model")
    };
    let mut models = components.iter().chain(main).filter(is_model);
    let Some(model) = models.next() else { return Err("it lists no machine-learning model".to_owned()) };
    component(document, model, pieces);
    for other in models {
        let name = other.get("name").and_then(plain).unwrap_or_default();
        pieces.push(Piece::text(&["another model"], name, document.at(other.at)));
    }
    Ok(())
}

fn component(document: &Document, model: &Node<'static>, pieces: &mut Vec<Piece>) {
    let card = model.get("modelCard");
    // What an export of ours has written says more than the fields of the format.
    for holder in card.into_iter().chain([model]) {
        for property in holder.get("properties").map(Node::items).unwrap_or_default() {
            properties(document, property, pieces);
        }
    }
    for entry in model.entries() {
        let path = format!("components.{}", entry.key);
        match entry.key.as_ref() {
            "type" | "bom-ref" | "properties" => {}
            "licenses" => licenses(document, &entry.node, &path, pieces),
            "externalReferences" => {
                for reference in entry.node.items() {
                    let kind = reference.get("type").and_then(plain).unwrap_or_default();
                    let url = reference.get("url").or_else(|| reference.get("comment"));
                    if let Some(url) = url.and_then(plain) {
                        let url = url.strip_prefix("mailto:").unwrap_or(&url);
                        pieces.push(Piece::text(&[format!("{path}.{kind}")], url, document.at(reference.at)));
                    }
                }
            }
            "modelCard" => {
                for entry in entry.node.entries() {
                    of_card(document, entry, &path, pieces);
                }
            }
            _ => value(document, &entry.node, &path, pieces),
        }
    }
}

fn of_card(document: &Document, entry: &Entry<'static>, within: &str, pieces: &mut Vec<Piece>) {
    let path = format!("{within}.{}", entry.key);
    match entry.key.as_ref() {
        "bom-ref" | "properties" => {}
        "performanceMetrics" => {
            for metric in entry.node.items() {
                let figure = Figure::of(metric, "confidenceInterval", ["lowerBound", "upperBound"]);
                measure::piece(document, metric, &figure, &path, pieces);
            }
        }
        "ethicalConsiderations" | "fairnessAssessments" => {
            for item in entry.node.items() {
                pieces.extend(risk(item).map(|text| Piece::text(&[&path], text, document.at(item.at))));
            }
        }
        // Pictures are in base64, and no text.
        "graphics" => {}
        _ => match &entry.node.value {
            Value::Block(entries) => entries.iter().for_each(|entry| of_card(document, entry, &path, pieces)),
            _ => value(document, &entry.node, &path, pieces),
        },
    }
}

fn value(document: &Document, node: &Node<'static>, path: &str, pieces: &mut Vec<Piece>) {
    match &node.value {
        Value::Block(entries) => {
            for entry in entries {
                value(document, &entry.node, &format!("{path}.{}", entry.key), pieces);
            }
        }
        Value::List(items) if items.iter().any(|item| plain(item).is_none()) => {
            items.iter().for_each(|item| value(document, item, path, pieces));
        }
        _ => document.flat(node, &[path.to_owned()], pieces),
    }
}

fn licenses(document: &Document, node: &Node<'static>, path: &str, pieces: &mut Vec<Piece>) {
    for choice in node.items() {
        let license = choice.get("license");
        let said = license.and_then(|license| license.get("id").or_else(|| license.get("name")));
        if let Some(text) = choice.get("expression").or(said).and_then(plain) {
            pieces.push(Piece::text(&[path], text, document.at(choice.at)));
        }
    }
}

/// `smcard:<section>:<field>` with the field's value: a text as it is, anything else as JSON.
fn properties(document: &Document, property: &Node<'static>, pieces: &mut Vec<Piece>) {
    let (Some(name), Some(text)) = (property.get("name").and_then(plain), property.get("value").and_then(plain)) else {
        return;
    };
    let at = document.at(property.at);
    let path = name.strip_prefix(OURS).map(|path| path.replace(':', "."));
    let field = path.as_deref().and_then(|path| SecurityCard::SCHEMA.at(path));
    match (path, field.map(|field| field.kind)) {
        (Some(path), Some(Kind::Text | Kind::Choice(_))) => {
            let node = Node { at: 0, value: Value::Text(smcard_core::Text::from(std::borrow::Cow::Owned(text))) };
            pieces.push(Piece::value(path, node, at));
        }
        (Some(path), Some(kind)) => match (Document::json(&text), kind) {
            (Ok(inner), Kind::List(of)) if matches!(inner.root.value, Value::List(_)) => {
                for (index, item) in inner.root.items().iter().enumerate() {
                    let path = format!("{path}[{index}]");
                    let node = inner.sifted(item, *of, &path, pieces);
                    pieces.extend(node.map(|node| Piece::value(path, node, at)));
                }
            }
            (Ok(inner), kind) => {
                let node = inner.sifted(&inner.root, kind, &path, pieces);
                pieces.extend(node.map(|node| Piece::value(path, node, at)));
            }
            (Err(_), _) => pieces.push(Piece::text(&[name], text, at)),
        },
        _ => pieces.push(Piece::text(&[name], text, at)),
    }
}
