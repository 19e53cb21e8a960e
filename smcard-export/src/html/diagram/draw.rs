//! The scene as SVG in the page: classes alone, since the page's policy forbids styles anywhere else.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::picture::{Arrow, Detail, Picture, Shape};
use super::shapes::{Area, CardBox, Drawn, Lettering, Scene};

/// How round the corners of an arrow are.
const ROUND: f64 = 5.0;

/// The diagram.
pub(super) fn svg(picture: &Picture, scene: &Scene) -> Markup {
    let (width, height) = (short(scene.width), short(scene.height));
    html! {
        svg.flow role="group" aria-labelledby="diagram-title diagram-description" xmlns="http://www.w3.org/2000/svg"
            viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) {
            title #diagram-title { "Data-flow diagram" }
            desc #diagram-description { (picture.description) " The tables below say the same in words." }
            defs {
                @for (id, class) in [("head", ""), ("head-warning", " warning")] {
                    marker #(id) viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="8" markerHeight="8"
                        markerUnits="userSpaceOnUse" orient="auto" {
                        path class={ "tip" (class) } d="M0 .5L8 4L0 7.5z" {}
                    }
                }
            }
            @for frame in &scene.frames {
                g.zone.{ (picture.zones.get(frame.zone).map_or("", |zone| zone.class)) } {
                    (rect(frame.area, 4.0))
                    @for line in &frame.lines { (text(line)) }
                }
            }
            @for drawn in &scene.arrows { (path(picture, drawn)) }
            @for card in &scene.cards { (card_of(picture, card)) }
            @for drawn in &scene.arrows { (label(picture, drawn)) }
            @if let Some(caption) = &scene.caption { (text(caption)) }
        }
    }
}

fn rect(area: Area, round: f64) -> Markup {
    let (width, height) = (short(area.width), short(area.height));
    html! { rect x=(short(area.x)) y=(short(area.y)) width=(width) height=(height) rx=(short(round)) {} }
}

fn text(line: &Lettering) -> Markup {
    html! { text.{ (line.class) } x=(short(line.area.x)) y=(short(line.baseline)) { (line.text) } }
}

fn class(arrow: &Arrow) -> String {
    let marks = [(arrow.crossing, " crossing"), (arrow.unencrypted, " unencrypted"), (arrow.untouched, " warning")];
    marks.iter().filter(|(set, _)| *set).map(|(_, class)| *class).collect()
}

fn path(picture: &Picture, drawn: &Drawn) -> Markup {
    let Some(arrow) = picture.arrows.get(drawn.arrow) else { return html! {} };
    let head = if arrow.untouched { "url(#head-warning)" } else { "url(#head)" };
    html! { path class={ "arrow" (class(arrow)) } d=(line(&drawn.points)) marker-end=(head) {} }
}

fn label(picture: &Picture, drawn: &Drawn) -> Markup {
    let Some(arrow) = picture.arrows.get(drawn.arrow) else { return html! {} };
    let area = drawn.label;
    html! {
        g class={ "label" (class(arrow)) } aria-hidden="true" {
            (rect(area, area.height / 2.0))
            text x=(short(area.x + area.width / 2.0)) y=(short(area.y + area.height / 2.0 + 4.0)) { (drawn.text) }
        }
    }
}

fn card_of(picture: &Picture, drawn: &CardBox) -> Markup {
    let Some(card) = picture.cards.get(drawn.card) else { return html! {} };
    let (area, class) = (
        drawn.area,
        match card.shape {
            Shape::Plain => "plain",
            Shape::Model => "model",
            Shape::Store => "store",
            Shape::Client => "client",
            Shape::Tool => "tool",
        },
    );
    let (right, bottom) = (area.x + area.width, area.y + area.height);
    html! {
        a href=(card.link) {
            g.card.{ (class) } {
                (rect(area, if card.shape == Shape::Client { 14.0 } else { 3.0 }))
                // A store is open at its sides.
                @if card.shape == Shape::Store {
                    path.edge d={ (line(&[(area.x, area.y), (right, area.y)])) (line(&[(area.x, bottom), (right, bottom)])) } {}
                }
                @for line in &drawn.lines { (text(line)) }
            }
        }
    }
}

/// A line through points, with round corners.
fn line(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    let write = |path: &mut String, command: &str, points: &[(f64, f64)]| {
        path.push_str(command);
        for (index, (x, y)) in points.iter().enumerate() {
            // Writing into a string cannot fail.
            let _ = write!(path, "{}{} {}", if index > 0 { " " } else { "" }, short(*x), short(*y));
        }
    };
    for (index, point) in points.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|index| points.get(index));
        match (before, points.get(index + 1)) {
            (None, _) => write(&mut path, "M", &[*point]),
            (Some(_), None) => write(&mut path, "L", &[*point]),
            (Some(before), Some(after)) => {
                write(&mut path, "L", &[towards(*point, *before)]);
                write(&mut path, "Q", &[*point, towards(*point, *after)]);
            }
        }
    }
    path
}

/// The point on the way to another one where a corner begins: half of the way if that is near.
fn towards(from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x.abs() + y.abs();
    let share = if length > 0.0 { (ROUND / length).min(0.5) } else { 0.0 };
    (from.0 + share * x, from.1 + share * y)
}

/// A coordinate with one decimal, if it has one.
fn short(number: f64) -> String {
    let rounded = format!("{number:.1}");
    rounded.strip_suffix(".0").map_or_else(|| rounded.clone(), str::to_owned)
}

/// What the marks of the diagram mean.
pub(super) fn legend(detail: Detail) -> Markup {
    let sample = |class: &str, label: Option<&str>| {
        html! {
            svg.sample width="44" height="16" viewBox="0 0 44 16" aria-hidden="true" focusable="false" {
                @let head = if class == "warning" { "url(#head-warning)" } else { "url(#head)" };
                path class={ "arrow " (class) } d="M1 8H42" marker-end=(head) {}
                @if let Some(label) = label {
                    g class={ "label " (class) } {
                        rect x="8" y="0" width="22" height="16" rx="8" {}
                        text x="19" y="12" { (label) }
                    }
                }
            }
        }
    };
    let card = |class: &str, round: &str| {
        html! {
            svg.sample width="30" height="16" viewBox="0 0 30 16" aria-hidden="true" focusable="false" {
                g.card.{ (class) } {
                    rect x="1" y="1" width="28" height="14" rx=(round) {}
                    @if class == "store" { path.edge d="M1 1H29M1 15H29" {} }
                }
            }
        }
    };
    html! {
        ul.legend {
            li { (sample("crossing", None)) " crosses a trust boundary" }
            li { (sample("unencrypted", None)) " not encrypted" }
            li { (sample("warning", Some("! 1"))) " no threat names it or its receiver" }
            @if detail == Detail::Components {
                li { (card("model", "3")) " model" }
                li { (card("client", "7")) " client" }
                li { (card("store", "0")) " data" }
                li { (card("tool", "3")) " tool" }
            }
        }
    }
}
