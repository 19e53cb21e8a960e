//! What people read: the headings of the hub's template in its order, each with the fields that belong there.

use smcard_core::SecurityCard;
use smcard_core::schema::Kind;
use smcard_core::tree::Node;

use crate::markdown::{Report, line, section};
use crate::naming;

/// A heading, or what stands below the last one.
enum Part {
    Heading(usize, &'static str),
    /// A field as an item of a list, under the template's label.
    Item(&'static str, &'static str),
    /// A field as it stands in the report in Markdown.
    Field(&'static str),
    /// What a reviewer asks first.
    Glance,
    /// Whatever has no place of its own.
    Rest,
}

use Part::{Field, Glance, Heading, Item, Rest};

/// Where each field stands.
#[rustfmt::skip]
const PARTS: &[Part] = &[
    Heading(2, "Model Details"),
    Heading(3, "Model Description"),
    Item("Developed by", "model_details.developer"),
    Item("Model type", "model_details.type"),
    Item("License", "model_details.license"),
    Item("Model date", "model_details.date"),
    Item("Model version", "model_details.version"),
    Item("Stage", "model_details.stage"),
    Heading(3, "Model Sources"),
    Item("Resource", "model_details.resource"),
    Heading(2, "Uses"),
    Item("Primary users", "intended_use.primary_users"),
    Heading(3, "Direct Use"),
    Field("intended_use.primary_uses"),
    Heading(3, "Out-of-Scope Use"),
    Field("intended_use.out_of_scope_uses"),
    Heading(2, "Bias, Risks, and Limitations"),
    Field("ethical_considerations"),
    Heading(3, "Recommendations"),
    Field("caveats_and_recommendations"),
    Heading(2, "Security Considerations"),
    Glance,
    Field("security_considerations"),
    Heading(3, "System"),
    Field("system"),
    Heading(2, "Training Details"),
    Heading(3, "Training Data"),
    Field("training_data"),
    Heading(3, "Training Procedure"),
    Field("model_details.information"),
    Heading(2, "Evaluation"),
    Heading(3, "Testing Data, Factors & Metrics"),
    Heading(4, "Testing Data"),
    Item("Datasets", "evaluation_data.datasets"),
    Item("Motivation", "evaluation_data.motivation"),
    Item("Preprocessing", "evaluation_data.preprocessing"),
    Heading(4, "Factors"),
    Item("Relevant factors", "factors.relevant_factors"),
    Item("Evaluation factors", "factors.evaluation_factors"),
    Heading(4, "Metrics"),
    Item("Performance measures", "metrics.performance_measures"),
    Item("Decision thresholds", "metrics.decision_thresholds"),
    Item("Variation approaches", "metrics.variation_approaches"),
    Heading(3, "Results"),
    Item("Unitary results", "quantitative_analyses.unitary_results"),
    Item("Intersectional results", "quantitative_analyses.intersectional_results"),
    Field("metrics.measures"),
    Heading(2, "Citation"),
    Field("model_details.citation"),
    Heading(2, "More Information"),
    Rest,
    Field("extensions"),
    Field("measured"),
    Heading(2, "Model Card Contact"),
    Field("model_details.contact"),
];

pub(super) fn body(card: &SecurityCard<'_>) -> String {
    let blocks =
        Body { report: Report::of(card), tree: card.tree(), parts: PARTS, above: Vec::new(), blocks: Vec::new() };
    blocks.written()
}

struct Body<'c> {
    report: Report<'c>,
    tree: Node<'c>,
    parts: &'static [Part],
    /// The headings below which nothing stands yet.
    above: Vec<(usize, &'static str)>,
    blocks: Vec<String>,
}

impl Body<'_> {
    fn written(mut self) -> String {
        let title = format!("Model Card for {}", line(naming::name(self.report.card)));
        self.blocks.push(section::heading(1, &title));
        let (mut items, mut level) = (Vec::new(), 1);
        for part in self.parts {
            if !matches!(part, Item(..)) {
                self.list(&mut items);
            }
            match part {
                Heading(of, words) => {
                    level = *of;
                    self.above.retain(|(above, _)| above < of);
                    self.above.push((*of, words));
                }
                Item(label, path) => items.extend(self.item(label, path)),
                Field(path) => self.field(path, level + 1),
                Glance => {
                    let glance = self.report.glance();
                    self.put(glance);
                }
                Rest => {
                    let rest = unplaced(self.parts);
                    items.extend(rest.iter().filter_map(|path| self.item(&section::label(path), path)));
                }
            }
        }
        self.list(&mut items);
        self.blocks.join("\n\n") + "\n"
    }

    /// Blocks, with the headings above them.
    fn put(&mut self, blocks: Vec<String>) {
        if !blocks.is_empty() {
            let above = self.above.drain(..).map(|(level, words)| section::heading(level, words));
            self.blocks.extend(above.chain(blocks));
        }
    }

    fn list(&mut self, items: &mut Vec<String>) {
        let list = std::mem::take(items);
        self.put(if list.is_empty() { Vec::new() } else { vec![list.join("\n")] });
    }

    fn node(&self, path: &str) -> Option<&Node<'_>> {
        path.split('.').try_fold(&self.tree, |node, key| node.get(key))
    }

    fn item(&self, label: &str, path: &str) -> Option<String> {
        let field = SecurityCard::SCHEMA.at(path)?;
        match self.node(path) {
            Some(node) => Some(section::labelled(label, field, node, 0)),
            None => field.required.then(|| format!("- **{label}:** {}", section::NOT_STATED)),
        }
    }

    fn field(&mut self, path: &str, level: usize) {
        let Some(field) = SecurityCard::SCHEMA.at(path) else { return };
        let mut blocks = Vec::new();
        match self.node(path) {
            Some(node) => self.report.field(field, node, level, &mut blocks),
            None if field.required => blocks.push(section::NOT_STATED.to_owned()),
            None => {}
        }
        self.put(blocks);
    }
}

/// The fields without a place of their own.
fn unplaced(parts: &[Part]) -> Vec<String> {
    let is_placed = |path: &str| {
        let stands = |part: &Part| matches!(part, Item(_, of) | Field(of) if *of == path);
        // The title names the model, and what tells an editor how to check the card is not for its readers.
        path == "model_details.name" || path.starts_with('$') || parts.iter().any(stands)
    };
    let mut paths = Vec::new();
    for field in SecurityCard::SCHEMA.fields {
        match field.kind {
            _ if is_placed(field.name) => {}
            Kind::Block(section) => paths.extend(section.fields.iter().map(|of| format!("{}.{}", field.name, of.name))),
            _ => paths.push(field.name.to_owned()),
        }
    }
    paths.retain(|path| !is_placed(path));
    paths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_is_a_field_and_each_field_has_a_place() {
        for part in PARTS {
            if let Item(_, path) | Field(path) = part {
                assert!(SecurityCard::SCHEMA.at(path).is_some(), "{path}");
            }
        }
        assert_eq!(unplaced(PARTS), Vec::<String>::new());
    }

    #[test]
    fn what_has_no_place_stands_under_more_information() {
        const FEW: &[Part] = &[Heading(2, "More Information"), Rest];
        let card = SecurityCard { training_data: Some(smcard_core::Text::new("Photographs.")), ..SecurityCard::EMPTY };
        let few =
            Body { report: Report::of(&card), tree: card.tree(), parts: FEW, above: Vec::new(), blocks: Vec::new() };
        let written = few.written();
        for line in
            ["## More Information\n\n- **", "- **Training data:** Photographs.\n", "developer:** _not stated_\n"]
        {
            assert!(written.contains(line), "{line}\n{written}");
        }
    }
}
