//! The picture in coordinates: every box, text and line, before any of it is markup.

use std::collections::HashMap;

use super::cards::{Lines, below, card_box, text_height};
use super::grid::{Grid, float};
use super::lettering::width;
use super::picture::{Arrow, Picture};
use super::route::{Port, Route, Side, ports, routes, tracks};
use super::shapes::{Area, CARD_WIDTH, Drawn, Frame, Scene};

/// Between two ports of one side: a label is lower.
const PORT: f64 = 22.0;
const LABEL_HEIGHT: f64 = 16.0;
/// Between a card and the first track: room for an arrow's head; for a label, as much as it needs.
const STUB: f64 = 14.0;
const TRACK: f64 = 9.0;
const LANE: f64 = 9.0;
/// Between two rows, lanes aside.
const ROW_GAP: f64 = 16.0;
const FRAME_HEAD: f64 = 42.0;
const FRAME_PADDING: f64 = 8.0;
const FRAME_GAP: f64 = 12.0;

/// The picture in coordinates.
pub(super) fn scene(picture: &Picture) -> Scene {
    let grid = Grid::new(picture);
    let (routes, lanes) = routes(picture, &grid);
    let ports = ports(&routes, &grid);
    let rows = Rows::new(picture, &grid, &lanes, &ports);
    let ends = ends(picture, &grid, &routes, &ports, &rows);
    let columns = Columns::new(picture, &grid, &routes, &ports, &rows, &ends);
    let mut scene = Scene {
        width: columns.width,
        height: if grid.columns.is_empty() { 0.0 } else { rows.bottom },
        frames: frames(picture, &grid, &columns, rows.bottom),
        cards: Vec::new(),
        arrows: Vec::new(),
        caption: None,
    };
    for (card, place) in grid.place.iter().enumerate() {
        if let (Some((column, row)), Some(content)) = (place, picture.cards.get(card)) {
            let height = text_height(content).max(port_height(ports.get(card)));
            let middle = rows.middle.get(*row).copied().unwrap_or_default();
            let x = columns.card.get(*column).copied().unwrap_or_default();
            scene.cards.push(card_box(card, content, x, middle - height / 2.0, height));
        }
    }
    for (index, route) in routes.iter().enumerate() {
        scene.arrows.extend(drawn(picture, &grid, route, index, &rows, &columns, &ends));
    }
    below(&mut scene, picture, &grid);
    scene
}

/// The heights: of each row its middle, of each lane between rows its line.
struct Rows {
    middle: Vec<f64>,
    /// Where the first lane above each row is, and above the bottom.
    lanes: Vec<f64>,
    bottom: f64,
}

impl Rows {
    fn new(picture: &Picture, grid: &Grid, lanes: &[usize], ports: &[[Vec<Port>; 2]]) -> Self {
        let mut height = vec![0.0f64; grid.rows];
        for (card, place) in grid.place.iter().enumerate() {
            if let (Some((_, row)), Some(content)) = (place, picture.cards.get(card)) {
                if let Some(height) = height.get_mut(*row) {
                    *height = height.max(text_height(content)).max(port_height(ports.get(card)));
                }
            }
        }
        let mut rows = Rows { middle: Vec::new(), lanes: Vec::new(), bottom: FRAME_HEAD };
        for row in 0..=grid.rows {
            let count = lanes.get(row).copied().unwrap_or_default();
            rows.lanes.push(rows.bottom + ROW_GAP / 2.0 + LANE / 2.0);
            rows.bottom += ROW_GAP + LANE * float(count);
            if let Some(height) = height.get(row) {
                rows.middle.push(rows.bottom + height / 2.0);
                rows.bottom += height;
            }
        }
        rows
    }
}

fn port_height(ports: Option<&[Vec<Port>; 2]>) -> f64 {
    let most = ports.map_or(0, |sides| sides.iter().map(Vec::len).max().unwrap_or_default());
    PORT * float(most) + 4.0
}

/// The height at which each route leaves its card, and at which it arrives.
fn ends(picture: &Picture, grid: &Grid, routes: &[Route], ports: &[[Vec<Port>; 2]], rows: &Rows) -> Vec<(f64, f64)> {
    let mut ends = vec![(0.0, 0.0); routes.len()];
    // What leads into a gutter from the left, so that nothing from the right runs into it at the same height.
    let mut from_left: HashMap<(usize, i64), usize> = HashMap::new();
    let side_of = |side: Side| {
        let mut all = Vec::new();
        for card in 0..picture.cards.len() {
            let place = grid.place.get(card).copied().flatten();
            let side = ports.get(card).and_then(|sides| sides.get(side as usize));
            if let (Some((column, row)), Some(side)) = (place, side) {
                let middle = rows.middle.get(row).copied().unwrap_or_default();
                for (index, port) in side.iter().enumerate() {
                    let y = middle + PORT * (float(index) - float(side.len() - 1) / 2.0);
                    all.push((column, y, *port));
                }
            }
        }
        all
    };
    let mut set = |port: Port, y: f64| {
        if let Some((start, end)) = ends.get_mut(port.route) {
            *(if port.leaves { start } else { end }) = y;
        }
    };
    for (column, y, port) in side_of(Side::Right) {
        from_left.insert((column, tenths(y)), port.route);
        set(port, y);
    }
    for (column, y, port) in side_of(Side::Left) {
        let met = column.checked_sub(1).and_then(|gutter| from_left.get(&(gutter, tenths(y))));
        let apart = if met.is_some_and(|route| *route != port.route) { 5.0 } else { 0.0 };
        set(port, y + apart);
    }
    ends
}

#[expect(clippy::cast_possible_truncation, reason = "a height of a picture, which is small")]
fn tenths(y: f64) -> i64 {
    (y * 10.0).round() as i64
}

/// Where each column stands, and each track of the gutters.
struct Columns {
    /// The left edge of the cards.
    card: Vec<f64>,
    /// The frame of each column's zone: its left and its right edge.
    frame: Vec<(f64, f64)>,
    /// The track of each route in its first gutter and in its last.
    track: HashMap<(usize, bool), f64>,
    width: f64,
}

/// A run of a route along a gutter.
struct Run {
    route: usize,
    /// Whether it is that in the gutter from which a far route arrives.
    last: bool,
    gutter: usize,
    /// Whether it stays within the frame of the zone to the left.
    inner: bool,
    span: (f64, f64),
}

impl Columns {
    fn new(
        picture: &Picture,
        grid: &Grid,
        routes: &[Route],
        ports: &[[Vec<Port>; 2]],
        rows: &Rows,
        ends: &[(f64, f64)],
    ) -> Self {
        let runs = runs(picture, grid, routes, rows, ends);
        let mut columns = Columns { card: Vec::new(), frame: Vec::new(), track: HashMap::new(), width: 0.0 };
        let mut x = 1.0;
        let mut frame_left = x;
        for (column, cards) in grid.columns.iter().enumerate() {
            let zone = grid.zone.get(column);
            let begins = column == 0 || grid.zone.get(column - 1) != zone;
            let ends = grid.zone.get(column + 1) != zone;
            let stub = |side: Side| {
                let of_card = |card: &usize| ports.get(*card).and_then(|sides| sides.get(side as usize));
                let width = |port: &Port| match routes.get(port.route).and_then(|route| picture.arrows.get(route.arrow))
                {
                    Some(arrow) if port.leaves => label_width(arrow) + 6.0,
                    _ => STUB,
                };
                cards.iter().filter_map(of_card).flatten().map(width).fold(STUB - 6.0, f64::max)
            };
            if begins {
                frame_left = x;
                x += FRAME_PADDING;
            }
            x += stub(Side::Left);
            columns.card.push(x);
            x += CARD_WIDTH + stub(Side::Right);
            x = columns.place(&runs, column, true, x);
            if ends {
                x += FRAME_PADDING;
                let first = columns.frame.len();
                columns.frame.resize(column + 1, (frame_left, x));
                debug_assert!(first <= column);
                x += FRAME_GAP;
                x = columns.place(&runs, column, false, x);
                if column + 1 < grid.columns.len() { x += FRAME_GAP / 2.0 } else { x -= FRAME_GAP }
            }
        }
        columns.width = x + 1.0;
        columns
    }

    /// Places the tracks of a gutter from a line on, and gives the line behind them.
    fn place(&mut self, runs: &[Run], gutter: usize, inner: bool, x: f64) -> f64 {
        let here: Vec<&Run> = runs.iter().filter(|run| run.gutter == gutter && run.inner == inner).collect();
        let (track_of, count) = tracks(&here.iter().map(|run| run.span).collect::<Vec<_>>());
        for (run, track) in here.iter().zip(track_of) {
            self.track.insert((run.route, run.last), x + TRACK * (float(track) + 0.5));
        }
        x + TRACK * float(count)
    }
}

fn runs(picture: &Picture, grid: &Grid, routes: &[Route], rows: &Rows, ends: &[(f64, f64)]) -> Vec<Run> {
    let mut runs = Vec::new();
    for (index, (route, (start, end))) in routes.iter().zip(ends).enumerate() {
        let zone = |card: usize| picture.cards.get(card).map(|card| card.zone);
        let within = zone(route.from) == zone(route.to);
        // Between two columns of one zone there is no frame to leave.
        let inner = |gutter: usize| within || grid.zone.get(gutter) == grid.zone.get(gutter + 1);
        let mut add = |last, gutter, span: (f64, f64)| {
            // A straight arrow needs no track.
            if tenths(span.0) != tenths(span.1) {
                runs.push(Run { route: index, last, gutter, inner: inner(gutter), span });
            }
        };
        match &route.far {
            None => add(false, route.first, (*start, *end)),
            Some((lane, last)) => {
                let y = line(rows, lane.above, lane.index);
                add(false, route.first, (*start, y));
                add(true, *last, (y, *end));
            }
        }
    }
    runs
}

/// The height of a lane.
fn line(rows: &Rows, above: usize, index: usize) -> f64 {
    rows.lanes.get(above).copied().unwrap_or_default() + LANE * float(index)
}

/// An arrow along its route.
fn drawn(
    picture: &Picture,
    grid: &Grid,
    route: &Route,
    index: usize,
    rows: &Rows,
    columns: &Columns,
    ends: &[(f64, f64)],
) -> Option<Drawn> {
    let arrow = picture.arrows.get(route.arrow)?;
    let (start, end) = ends.get(index).copied()?;
    let edge = |card: usize, side: Side| {
        let (column, _) = grid.place.get(card).copied().flatten()?;
        let left = columns.card.get(column).copied()?;
        Some(if side == Side::Left { left } else { left + CARD_WIDTH })
    };
    let (from, to) = (edge(route.from, route.out)?, edge(route.to, route.into)?);
    let mut points = vec![(from, start)];
    if let Some(x) = columns.track.get(&(index, false)) {
        let y = route.far.as_ref().map_or(end, |(lane, _)| line(rows, lane.above, lane.index));
        points.extend([(*x, start), (*x, y)]);
    }
    if let (Some((lane, _)), Some(x)) = (&route.far, columns.track.get(&(index, true))) {
        points.extend([(*x, line(rows, lane.above, lane.index)), (*x, end)]);
    }
    points.push((to, end));
    let width = label_width(arrow);
    let x = if route.out == Side::Left { from - 3.0 - width } else { from + 3.0 };
    let label = Area { x, y: start - LABEL_HEIGHT / 2.0, width, height: LABEL_HEIGHT };
    Some(Drawn { arrow: route.arrow, points, label, text: label_text(arrow) })
}

/// What stands on an arrow: the warning is a mark before the numbers, as well as a colour.
fn label_text(arrow: &Arrow) -> String {
    if arrow.untouched { format!("! {}", arrow.label) } else { arrow.label.clone() }
}

fn label_width(arrow: &Arrow) -> f64 {
    (width(&label_text(arrow), 11.0, true) + 8.0).max(LABEL_HEIGHT)
}

fn frames(picture: &Picture, grid: &Grid, columns: &Columns, bottom: f64) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    for (column, zone) in grid.zone.iter().enumerate() {
        let (Some(zone), Some((left, right))) = (zone, columns.frame.get(column)) else { continue };
        let known = frames.last().is_some_and(|frame| frame.zone == *zone);
        if let (false, Some(content)) = (known, picture.zones.get(*zone)) {
            let area = Area { x: *left, y: 1.0, width: right - left, height: bottom - 2.0 };
            let mut lines =
                Lines { x: left + FRAME_PADDING, y: 8.0, width: area.width - 2.0 * FRAME_PADDING, lines: Vec::new() };
            lines.add(&content.trust.to_uppercase(), 10.0, 13.0, true, 1, "trust");
            lines.add(&content.name, 12.0, 16.0, true, 1, "zone-name");
            frames.push(Frame { zone: *zone, area, lines: lines.lines });
        }
    }
    frames
}
