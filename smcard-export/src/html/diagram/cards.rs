//! What stands in a card or in the head of a frame, line by line.

use super::grid::Grid;
use super::lettering::{width, wrap};
use super::picture::{Card, Picture};
use super::shapes::{Area, CARD_WIDTH, CardBox, Lettering, Scene};

const CARD_PADDING: f64 = 8.0;

/// Lines of text, one below the other.
pub(super) struct Lines {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) lines: Vec<Lettering>,
}

impl Lines {
    pub(super) fn add(&mut self, text: &str, size: f64, height: f64, bold: bool, most: usize, class: &'static str) {
        for text in wrap(text, size, bold, self.width, most) {
            let area = Area { x: self.x, y: self.y, width: width(&text, size, bold), height };
            self.lines.push(Lettering { area, baseline: self.y + height - 3.5, text, class });
            self.y += height;
        }
    }
}

/// The texts of a card from a point on.
fn lettered(content: &Card, x: f64, y: f64) -> Lines {
    let mut lines = Lines { x, y, width: CARD_WIDTH - 2.0 * CARD_PADDING, lines: Vec::new() };
    lines.add(&content.kind, 10.0, 13.0, false, 1, "kind");
    lines.add(&content.name, 12.0, 15.0, true, 3, "name");
    lines.add(&content.note, 10.0, 13.0, false, 1, "extra");
    if content.untouched {
        lines.add("! no threat", 10.0, 13.0, false, 1, "warning");
    }
    lines
}

/// How high a card must be for its texts.
pub(super) fn text_height(content: &Card) -> f64 {
    lettered(content, 0.0, 0.0).y + 2.0 * CARD_PADDING - 2.0
}

/// A card with its texts in the middle.
pub(super) fn card_box(card: usize, content: &Card, x: f64, y: f64, height: f64) -> CardBox {
    let top = y + (height - text_height(content)) / 2.0 + CARD_PADDING - 1.0;
    let lines = lettered(content, x + CARD_PADDING, top).lines;
    CardBox { card, area: Area { x, y, width: CARD_WIDTH, height }, lines }
}

/// Puts the cards that have neither a zone nor a flow below the rest, in rows as wide as the picture.
pub(super) fn below(scene: &mut Scene, picture: &Picture, grid: &Grid) {
    const GAP: f64 = 12.0;
    if grid.below.is_empty() {
        return;
    }
    let mut y = if scene.height > 0.0 { scene.height + GAP } else { 0.0 };
    let mut lines = Lines { x: 1.0, y, width: 3.0 * CARD_WIDTH, lines: Vec::new() };
    lines.add("Without a zone or a flow", 10.0, 13.0, true, 1, "trust");
    y = lines.y + 4.0;
    scene.caption = lines.lines.pop();
    scene.width = scene.width.max(3.0 * (CARD_WIDTH + GAP) - GAP + 2.0);
    let mut x = 1.0;
    let mut tallest: f64 = 0.0;
    for card in &grid.below {
        let Some(content) = picture.cards.get(*card) else { continue };
        if x > 1.0 && x + CARD_WIDTH > scene.width {
            (x, y, tallest) = (1.0, y + tallest + GAP, 0.0);
        }
        let height = text_height(content);
        scene.cards.push(card_box(*card, content, x, y, height));
        tallest = tallest.max(height);
        x += CARD_WIDTH + GAP;
    }
    scene.height = y + tallest + 1.0;
}
