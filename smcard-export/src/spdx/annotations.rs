//! What the card says and the model of SPDX has no property for: the reviews, and the card itself.

use smcard_core::{Review, SecurityCard};

use super::graph::Graph;
use crate::document::{Object, text};
use crate::leaves::stated;

/// The name of the annotation that holds the card.
pub(super) const CARD: &str = "smcard:card";

pub(super) fn add<'c>(graph: &mut Graph<'c>, card: &'c SecurityCard<'_>, model: &str) {
    for review in card.security_considerations.reviews.iter() {
        let iri = graph.iri("review", "");
        let annotation = Object::new()
            .with("annotationType", text("review"))
            .with("contentType", text("text/plain"))
            .with("subject", text(model.to_owned()))
            .with("statement", text(statement(review)));
        graph.add(&iri, "Annotation", annotation);
    }
    let iri = graph.iri("card", "");
    let annotation = Object::new()
        .with("name", text(CARD))
        .with("summary", text("The security model card as it is: all of it, and what smcard reads back"))
        .with("annotationType", text("other"))
        .with("contentType", text("application/json"))
        .with("subject", text(model.to_owned()))
        .with("statement", text(card.to_json()));
    graph.add(&iri, "Annotation", annotation);
}

/// A review in words: who decided what, when, and why.
fn statement(review: &Review<'_>) -> String {
    let decision = review.decision.map_or("Reviewed", |decision| decision.name());
    let by = stated(&review.by).map(|by| format!(" by {by}"));
    let on = stated(&review.date).map(|day| format!(" on {day}"));
    let next = stated(&review.next_due).map(|day| format!("; next review due by {day}"));
    let notes = stated(&review.notes).map(|notes| format!("\n\n{notes}"));
    let rest = [by, on, next, notes].into_iter().flatten();
    std::iter::once(decision.to_owned()).chain(rest).collect()
}
