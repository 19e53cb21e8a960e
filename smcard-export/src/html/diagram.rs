//! The data-flow diagram: drawn from the system report, with the table below it as its equal.
//!
//! A picture is made of the report, laid out on a grid, routed, and drawn. Each step is deterministic and bounded by
//! [`picture::CARDS`] and [`picture::ARROWS`].

use maud::{Markup, html};

use super::Report;

mod cards;
mod draw;
mod grid;
mod lettering;
#[cfg(test)]
mod overlaps;
mod picture;
mod route;
mod scene;
mod shapes;

use picture::{Detail, Picture};

/// The width from which a picture is too small on a page that stands upright.
const WIDE: f64 = 1100.0;

/// The diagram with its legend; a sentence where it stops drawing.
pub(super) fn figure(report: &Report<'_>) -> Markup {
    if report.system.components.is_empty() {
        return html! {};
    }
    let Some(picture) = Picture::new(report) else {
        return html! {
            p.note {
                "No diagram: more than " (picture::CARDS) " zones, or more than " (picture::ARROWS) " pairs of them with \
                 flows, would not be readable. The tables below have the same facts."
            }
        };
    };
    let scene = scene::scene(&picture);
    html! {
        // On paper a wide one has a page of its own, across.
        figure.diagram.wide[scene.width > WIDE] {
            div.frame tabindex="0" role="group" aria-label="Data-flow diagram, scrolls sideways" {
                (draw::svg(&picture, &scene))
            }
            figcaption {
                @if picture.detail == Detail::Zones {
                    "The system has too many components or flows to be drawn one by one (more than "
                    (picture::CARDS) " or " (picture::ARROWS) "): zones stand for their components. An arrow tells how many \
                     flows it stands for, and is marked where that is true of any of them. The tables have the details. "
                } @else {
                    "Zones from the least trusted to the most. A number on an arrow is that of the flow in the table. "
                }
                (draw::legend(picture.detail))
            }
        }
    }
}
