//! That nothing in a diagram covers anything else, whatever the system: asserted on the boxes of the scene.

use proptest::prelude::*;

use super::picture::{ARROWS, Arrow, CARDS, Card, Detail, Picture, Shape, ZoneFrame};
use super::scene::scene;
use super::shapes::{Area, Scene};

const NAMES: [&str; 5] = [
    "a",
    "prompt-injection-classifier",
    "Vector index of manuals and answers",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "写写写写写写写写",
];

/// Any picture that is drawn: cards in up to six zones or in none, arrows between any two, to themselves as well.
fn any_picture() -> impl Strategy<Value = Picture> {
    let zones = 0..6usize;
    let cards =
        prop::collection::vec((any::<prop::sample::Index>(), 0..NAMES.len(), any::<bool>(), any::<bool>()), 1..=CARDS);
    let arrows = prop::collection::vec(
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<[bool; 3]>()),
        0..=ARROWS,
    );
    (zones, cards, arrows).prop_map(|(zones, cards, arrows)| Picture {
        detail: Detail::Components,
        zones: (0..zones)
            .map(|zone| ZoneFrame {
                trust: "Untrusted".to_owned(),
                name: NAMES[zone % NAMES.len()].repeat(3),
                class: "untrusted",
            })
            .collect(),
        arrows: arrows
            .iter()
            .map(|(from, to, [crossing, unencrypted, untouched])| Arrow {
                from: from.index(cards.len()),
                to: to.index(cards.len()),
                label: if *crossing { "10, 11 +25" } else { "7" }.to_owned(),
                crossing: *crossing,
                unencrypted: *unencrypted,
                untouched: *untouched,
            })
            .collect(),
        cards: cards
            .into_iter()
            .map(|(zone, name, note, untouched)| Card {
                kind: "Base model".to_owned(),
                name: NAMES[name].to_owned(),
                note: if note { "needs approval" } else { "" }.to_owned(),
                shape: Shape::Plain,
                zone: Some(zone.index(zones + 1)).filter(|zone| *zone < zones),
                untouched,
                link: String::new(),
            })
            .collect(),
        description: String::new(),
    })
}

fn apart(one: &Area, other: &Area) -> bool {
    const TOUCH: f64 = 0.01;
    one.x + one.width <= other.x + TOUCH
        || other.x + other.width <= one.x + TOUCH
        || one.y + one.height <= other.y + TOUCH
        || other.y + other.height <= one.y + TOUCH
}

fn within(inner: &Area, outer: &Area) -> bool {
    const TOUCH: f64 = 0.01;
    inner.x + TOUCH >= outer.x
        && inner.y + TOUCH >= outer.y
        && inner.x + inner.width <= outer.x + outer.width + TOUCH
        && inner.y + inner.height <= outer.y + outer.height + TOUCH
}

/// The straight pieces of an arrow, as boxes without width.
fn pieces(points: &[(f64, f64)]) -> Vec<Area> {
    let piece = |pair: &[(f64, f64)]| {
        let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
        assert!((x1 - x2).abs() < 0.01 || (y1 - y2).abs() < 0.06, "an arrow leads askew: {points:?}");
        Area { x: x1.min(x2), y: y1.min(y2), width: (x1 - x2).abs(), height: (y1 - y2).abs() }
    };
    points.windows(2).map(piece).collect()
}

/// Whether two pieces lie on one line and share more than a point.
fn share(one: &Area, other: &Area) -> bool {
    let along =
        |start: f64, length: f64, start2: f64, length2: f64| (start + length).min(start2 + length2) - start.max(start2);
    let level = one.height < 0.1 && other.height < 0.1 && (one.y - other.y).abs() < 1.0;
    let upright = one.width < 0.1 && other.width < 0.1 && (one.x - other.x).abs() < 1.0;
    (level && along(one.x, one.width, other.x, other.width) > 0.5)
        || (upright && along(one.y, one.height, other.y, other.height) > 0.5)
}

fn check(picture: &Picture, scene: &Scene) -> Result<(), TestCaseError> {
    let all = Area { x: 0.0, y: 0.0, width: scene.width, height: scene.height };
    for (index, card) in scene.cards.iter().enumerate() {
        prop_assert!(within(&card.area, &all), "a card leaves the picture");
        for line in &card.lines {
            prop_assert!(within(&line.area, &card.area), "{} leaves its card", line.text);
        }
        for (one, other) in card.lines.iter().zip(card.lines.iter().skip(1)) {
            prop_assert!(apart(&one.area, &other.area), "{} covers {}", one.text, other.text);
        }
        for other in scene.cards.iter().skip(index + 1) {
            prop_assert!(apart(&card.area, &other.area), "two cards overlap");
        }
        for frame in &scene.frames {
            if picture.cards[card.card].zone == Some(frame.zone) {
                prop_assert!(within(&card.area, &frame.area), "a card leaves its zone");
            } else {
                prop_assert!(apart(&card.area, &frame.area), "a card stands in a zone that is not its own");
            }
            for line in &frame.lines {
                prop_assert!(within(&line.area, &frame.area), "{} leaves its zone", line.text);
                prop_assert!(apart(&line.area, &card.area), "{} and a card overlap", line.text);
            }
        }
        if let Some(caption) = &scene.caption {
            prop_assert!(apart(&caption.area, &card.area), "the caption and a card overlap");
        }
    }
    for (index, frame) in scene.frames.iter().enumerate() {
        prop_assert!(within(&frame.area, &all), "a zone leaves the picture");
        for other in scene.frames.iter().skip(index + 1) {
            prop_assert!(apart(&frame.area, &other.area), "two zones overlap");
        }
    }
    let lines: Vec<Vec<Area>> = scene.arrows.iter().map(|arrow| pieces(&arrow.points)).collect();
    for (index, arrow) in scene.arrows.iter().enumerate() {
        prop_assert!(within(&arrow.label, &all), "a label leaves the picture");
        for card in &scene.cards {
            prop_assert!(apart(&arrow.label, &card.area), "a label covers a card");
            for piece in &lines[index] {
                prop_assert!(within(piece, &all), "an arrow leaves the picture");
                prop_assert!(apart(piece, &card.area), "an arrow leads through a card");
            }
        }
        for frame in &scene.frames {
            for line in &frame.lines {
                prop_assert!(apart(&arrow.label, &line.area), "a label covers {}", line.text);
            }
        }
        for (other_index, other) in scene.arrows.iter().enumerate().filter(|(other, _)| *other != index) {
            prop_assert!(apart(&arrow.label, &other.label), "two labels overlap");
            for piece in &lines[other_index] {
                prop_assert!(apart(&arrow.label, piece), "a label covers another arrow");
                for own in &lines[index] {
                    prop_assert!(!share(own, piece), "two arrows share a line");
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_covers_anything_else(picture in any_picture()) {
        check(&picture, &scene(&picture))?;
    }
}

#[test]
fn every_card_and_every_arrow_is_drawn() {
    proptest!(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() }, |(picture in any_picture())| {
        let scene = scene(&picture);
        let mut cards: Vec<usize> = scene.cards.iter().map(|card| card.card).collect();
        cards.sort_unstable();
        prop_assert_eq!(cards, (0..picture.cards.len()).collect::<Vec<_>>());
        prop_assert_eq!(scene.arrows.len(), picture.arrows.len());
    });
}
