//! The reviews, the latest first.

use std::cmp::Reverse;

use maud::{Markup, html};
use smcard_core::{Decision, Review, SecurityCard, Text};

use super::{Report, words};

/// The latest review; of two on one day the one that stands later in the card.
pub(super) fn last<'c>(card: &'c SecurityCard<'c>) -> Option<&'c Review<'c>> {
    card.security_considerations.reviews.iter().max_by_key(|review| date(review))
}

fn date<'r>(review: &'r Review<'_>) -> Option<&'r str> {
    review.date.as_ref().and_then(Text::stated)
}

pub(super) fn reviews(report: &Report<'_>) -> Markup {
    let mut all: Vec<_> = report.card.security_considerations.reviews.iter().collect();
    all.sort_by_key(|review| Reverse(date(review)));
    html! {
        @if all.is_empty() { p { (words::absent("The card names no review.")) } } @else {
            div.frame {
                table.stack {
                    caption { "Security reviews, the latest first" }
                    thead { tr {
                        th scope="col" { "Date" } th scope="col" { "By" } th scope="col" { "Decision" }
                        th scope="col" { "Next due" } th scope="col" { "Notes" }
                    } }
                    tbody {
                        @for review in all {
                            tr {
                                th scope="row" { (words::date(review.date.as_ref())) }
                                td data-label="By" { (words::line_or_absent(review.by.as_ref())) }
                                td data-label="Decision" {
                                    @match review.decision {
                                        Some(decision) => span.status.act[decision == Decision::Rejected] {
                                            (words::titled(decision.name()))
                                        },
                                        None => (words::absent("not stated")),
                                    }
                                }
                                td data-label="Next due" { (words::date(review.next_due.as_ref())) }
                                td data-label="Notes" {
                                    @match &review.notes { Some(notes) => (words::prose(notes)), None => "–" }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
