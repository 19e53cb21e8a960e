//! What a picture in coordinates is made of: boxes, texts and lines.

/// How wide every card is.
pub(super) const CARD_WIDTH: f64 = 140.0;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A text in a line, in a box that is wide enough for it in any usual font.
#[derive(Debug)]
pub(super) struct Lettering {
    pub(super) area: Area,
    pub(super) baseline: f64,
    pub(super) text: String,
    pub(super) class: &'static str,
}

/// A card with what stands in it.
#[derive(Debug)]
pub(super) struct CardBox {
    pub(super) card: usize,
    pub(super) area: Area,
    pub(super) lines: Vec<Lettering>,
}

/// The frame of a zone.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) zone: usize,
    pub(super) area: Area,
    pub(super) lines: Vec<Lettering>,
}

/// An arrow with its label.
#[derive(Debug)]
pub(super) struct Drawn {
    pub(super) arrow: usize,
    pub(super) points: Vec<(f64, f64)>,
    /// The box around the label.
    pub(super) label: Area,
    pub(super) text: String,
}

/// All that is drawn.
#[derive(Debug)]
pub(super) struct Scene {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) frames: Vec<Frame>,
    pub(super) cards: Vec<CardBox>,
    pub(super) arrows: Vec<Drawn>,
    /// What stands above the cards that have neither a zone nor a flow.
    pub(super) caption: Option<Lettering>,
}
