//! The way of each arrow: out at a side of its card, along the gutters between the columns and the lanes between the
//! rows, and in at a side of the other card. No way leads through a card, and no two share a line.

use super::grid::Grid;
use super::picture::Picture;

/// A side of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// The way of an arrow, in the terms of the grid. A gutter is to the right of the column with its number.
#[derive(Debug)]
pub(super) struct Route {
    pub(super) arrow: usize,
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) out: Side,
    pub(super) into: Side,
    /// The gutter into which it leaves.
    pub(super) first: usize,
    /// If it must pass other columns: the lane, and the gutter from which it arrives.
    pub(super) far: Option<(Lane, usize)>,
}

/// A line between two rows: the number of the row below it, and its place among the lanes there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lane {
    pub(super) above: usize,
    pub(super) index: usize,
}

/// Where an arrow touches a card.
#[derive(Debug, Clone, Copy)]
pub(super) struct Port {
    pub(super) route: usize,
    /// Whether the arrow leaves here.
    pub(super) leaves: bool,
}

/// The ways of all arrows between cards of the grid, and how many lanes lie above each row and below the last.
pub(super) fn routes(picture: &Picture, grid: &Grid) -> (Vec<Route>, Vec<usize>) {
    let mut routes = Vec::new();
    let mut lanes = Lanes { taken: vec![Vec::new(); grid.rows + 1] };
    for (index, arrow) in picture.arrows.iter().enumerate() {
        let place = |card: usize| grid.place.get(card).copied().flatten();
        let (Some((from, from_row)), Some((to, to_row))) = (place(arrow.from), place(arrow.to)) else { continue };
        let (out, into, first, last) = if from == to {
            (Side::Right, Side::Right, from, from)
        } else if from < to {
            (Side::Right, Side::Left, from, to - 1)
        } else {
            (Side::Left, Side::Right, from - 1, to)
        };
        let far = (first != last).then(|| (lanes.take(from_row, to_row, first.min(last), first.max(last)), last));
        routes.push(Route { arrow: index, from: arrow.from, to: arrow.to, out, into, first, far });
    }
    (routes, lanes.taken.iter().map(Vec::len).collect())
}

/// The lanes that are taken: above each row, and for each lane there the gutters between which it is used.
struct Lanes {
    taken: Vec<Vec<Vec<(usize, usize)>>>,
}

impl Lanes {
    /// A lane from one gutter to another, between two rows: where the fewest are.
    fn take(&mut self, from_row: usize, to_row: usize, left: usize, right: usize) -> Lane {
        let (upper, lower) = (from_row.min(to_row), from_row.max(to_row));
        let candidates = if upper == lower { upper..=upper + 1 } else { upper + 1..=lower };
        let free = |lanes: &Vec<Vec<(usize, usize)>>| {
            let apart = |taken: &(usize, usize)| taken.1 < left || taken.0 > right;
            lanes.iter().position(|lane| lane.iter().all(apart)).unwrap_or(lanes.len())
        };
        let above = candidates.min_by_key(|row| self.taken.get(*row).map_or(usize::MAX, free)).unwrap_or(upper);
        let Some(lanes) = self.taken.get_mut(above) else { return Lane { above, index: 0 } };
        let index = free(lanes);
        match lanes.get_mut(index) {
            Some(lane) => lane.push((left, right)),
            None => lanes.push(vec![(left, right)]),
        }
        Lane { above, index }
    }
}

/// The ports of each card at its left and at its right, from top to bottom: in the order in which the other cards stand.
pub(super) fn ports(routes: &[Route], grid: &Grid) -> Vec<[Vec<Port>; 2]> {
    let mut ports: Vec<[Vec<Port>; 2]> = vec![[Vec::new(), Vec::new()]; grid.place.len()];
    for (index, route) in routes.iter().enumerate() {
        for (card, side, leaves) in [(route.from, route.out, true), (route.to, route.into, false)] {
            if let Some(ports) = ports.get_mut(card).and_then(|sides| sides.get_mut(side as usize)) {
                ports.push(Port { route: index, leaves });
            }
        }
    }
    for (card, sides) in ports.iter_mut().enumerate() {
        for side in sides {
            side.sort_by_key(|port| {
                let other = routes.get(port.route).map(|route| if port.leaves { route.to } else { route.from });
                let place = other.and_then(|other| grid.place.get(other).copied().flatten());
                // Of an arrow to itself the way out comes first.
                (place.map(|(column, row)| (row, column)), other == Some(card) && !port.leaves, port.route)
            });
        }
    }
    ports
}

/// Gives each run along a gutter a track, so that none touches another: the track of each, and how many there are.
pub(super) fn tracks(runs: &[(f64, f64)]) -> (Vec<usize>, usize) {
    /// How far apart two runs on one track must be.
    const APART: f64 = 8.0;
    let mut order: Vec<usize> = (0..runs.len()).collect();
    let run = |index: usize| runs.get(index).copied().unwrap_or_default();
    // Those that lead up first, the highest first; then those that lead down, the lowest first: fewer of them cross.
    order.sort_by(|one, other| {
        let key = |index: usize| {
            let (start, end) = run(index);
            if end < start { (0, start) } else { (1, -start) }
        };
        let (one, other) = (key(*one), key(*other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    });
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut track_of = vec![0; runs.len()];
    for index in order {
        let (start, end) = run(index);
        let (top, bottom) = (start.min(end), start.max(end));
        let apart = |other: &(f64, f64)| other.1 + APART <= top || bottom + APART <= other.0;
        let track = taken.iter().position(|track| track.iter().all(apart)).unwrap_or(taken.len());
        match taken.get_mut(track) {
            Some(track) => track.push((top, bottom)),
            None => taken.push(vec![(top, bottom)]),
        }
        if let Some(own) = track_of.get_mut(index) {
            *own = track;
        }
    }
    (track_of, taken.len())
}
