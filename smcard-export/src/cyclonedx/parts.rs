//! What the parts of a document are made of: the card, its reports, and who is called what.

use std::collections::{HashMap, HashSet};

use smcard_core::tree::Node;
use smcard_core::{Component, ComponentKind, SecurityCard, SystemReport, Text};

use super::{Version, refs};
use crate::document::{Object, list, text};
use crate::leaves::{beside, id, stated};
use crate::measured::Measured;
use crate::naming;

pub(super) struct Parts<'c> {
    pub(super) version: Version,
    pub(super) card: &'c SecurityCard<'c>,
    pub(super) tree: Node<'c>,
    pub(super) measured: Measured<'c>,
    pub(super) system: SystemReport<'c>,
    pub(super) serial: String,
    /// The name of the model.
    pub(super) name: &'c str,
    /// The component of the system that is the model of the card.
    pub(super) model: Option<&'c Component<'c>>,
    /// What the model is called by.
    pub(super) model_ref: String,
    /// What each component is called by, by its id.
    names: HashMap<&'c str, Names>,
}

/// What a component is called by.
struct Names {
    /// As a part of the whole.
    part: String,
    /// As a part of the blueprint, which the preview of 2.0 has.
    asset: String,
}

/// How CycloneDX has a component of a card.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Component,
    Service,
    /// A part of the blueprint alone.
    Asset,
    /// Whoever acts in the blueprint, and is no part of the whole.
    Actor,
}

impl Sort {
    pub(super) fn of(component: &Component<'_>, version: Version) -> Self {
        match (component.kind, version) {
            (Some(ComponentKind::Tool | ComponentKind::DataStore), Version::Preview) => Sort::Asset,
            (Some(ComponentKind::Client), Version::Preview) => Sort::Actor,
            (
                Some(ComponentKind::Service | ComponentKind::Tool | ComponentKind::DataStore | ComponentKind::Client),
                _,
            ) => Sort::Service,
            _ => Sort::Component,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Sort::Component => "component",
            Sort::Service => "service",
            Sort::Asset => "asset",
            Sort::Actor => "actor",
        }
    }
}

impl<'c> Parts<'c> {
    pub(super) fn of(card: &'c SecurityCard<'c>, version: Version) -> Self {
        let mut names = HashMap::new();
        for component in card.system.components.iter() {
            let id = id(&component.id);
            let sort = Sort::of(component, version);
            let asset = match (sort, component.kind) {
                (Sort::Actor, _) => "actor",
                (_, Some(ComponentKind::Dataset)) => "dataset",
                _ => "asset",
            };
            let named = || Names { part: refs::of(sort.name(), id), asset: refs::of(asset, id) };
            names.entry(id).or_insert_with(named);
        }
        let model = naming::model(card);
        let model_ref = model.and_then(|model| names.get(id(&model.id))).map(|names| names.part.clone());
        Parts {
            version,
            card,
            tree: card.tree(),
            measured: Measured::of(card),
            system: card.system_report(),
            serial: refs::serial(version.number(), &card.to_json()),
            name: naming::name(card),
            model,
            model_ref: model_ref.unwrap_or_else(|| refs::MODEL.to_owned()),
            names,
        }
    }

    /// What a component is called by.
    pub(super) fn ref_of(&self, id: &str) -> Option<&str> {
        self.names.get(id.trim()).map(|names| names.part.as_str())
    }

    /// What a component is called by in the blueprint.
    pub(super) fn asset_of(&self, id: &str) -> Option<&str> {
        self.names.get(id.trim()).map(|names| names.asset.as_str())
    }

    pub(super) fn sort_of(&self, component: &Component<'_>) -> Sort {
        Sort::of(component, self.version)
    }

    pub(super) fn is_preview(&self) -> bool {
        self.version == Version::Preview
    }

    /// Whether a component is the model of the card, which stands by itself.
    pub(super) fn is_model(&self, component: &Component<'_>) -> bool {
        self.model.is_some_and(|model| std::ptr::eq(model, component))
    }

    /// What is affected by something that names these, each once: components by what they are called by, the model
    /// where none is named. A flow has no name in this format.
    pub(super) fn affected(&self, ids: &[Text<'_>]) -> Vec<String> {
        let mut seen = HashSet::new();
        let names = ids.iter().filter_map(Text::stated).filter_map(|id| self.ref_of(id));
        let mut affected: Vec<String> = names.filter(|name| seen.insert(*name)).map(str::to_owned).collect();
        if affected.is_empty() {
            affected.push(self.model_ref.clone());
        }
        affected
    }

    /// The blocks of a list of the card, such as `security_considerations`, `threats`, as trees.
    pub(super) fn blocks(&self, section: &str, field: &str) -> &[Node<'c>] {
        self.tree.get(section).and_then(|section| section.get(field)).map_or(&[], Node::items)
    }
}

/// What a block says beside the fields that stand elsewhere in the document: a property each.
pub(super) fn properties<'c>(block: &Node<'_>, of: &str, elsewhere: &[&str]) -> Option<Node<'c>> {
    list(beside(block, of, elsewhere).into_iter().map(|leaf| property(leaf.path, leaf.text)))
}

pub(super) fn property<'c>(name: String, value: String) -> Node<'c> {
    Object::new().with("name", text(name)).with("value", text(value)).node()
}

/// Where a reader finds more.
pub(super) fn reference<'c>(sort: &'static str, url: String, comment: Option<&'c str>) -> Node<'c> {
    Object::new().with("type", text(sort)).with("url", text(url)).with_text("comment", comment).node()
}

/// A version, if it is no longer than the format allows.
pub(super) fn version<'t>(version: &'t Option<Text<'_>>) -> Option<&'t str> {
    stated(version).filter(|version| version.chars().count() <= 1_024)
}

/// A day as the beginning of it.
pub(super) fn begins<'c>(day: &Option<Text<'_>>) -> Option<Node<'c>> {
    moment(day, "T00:00:00Z")
}

/// A day as the end of it.
pub(super) fn ends<'c>(day: &Option<Text<'_>>) -> Option<Node<'c>> {
    moment(day, "T23:59:59Z")
}

fn moment<'c>(day: &Option<Text<'_>>, time: &str) -> Option<Node<'c>> {
    // A month or a year is no moment.
    let day = smcard_core::Day::parse(stated(day)?)?;
    Some(text(format!("{day}{time}")))
}
