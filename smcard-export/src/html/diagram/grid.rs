//! Where the cards stand: zones are runs of columns, and within a column a card is near to what it exchanges data with.

use super::picture::Picture;

/// How many columns a zone has for the steps that data takes through it.
const STEPS: usize = 3;
/// How many cards stand in a column; more make another column of the same zone.
const TALL: usize = 7;
/// How often the order within the columns is improved.
const SWEEPS: usize = 6;

/// Cards in columns and rows.
#[derive(Debug)]
pub(super) struct Grid {
    /// The cards of each column, from top to bottom.
    pub(super) columns: Vec<Vec<usize>>,
    /// The zone of each column; none for what stands in no zone.
    pub(super) zone: Vec<Option<usize>>,
    /// The column and the row of each card; nothing for one that stands below the picture.
    pub(super) place: Vec<Option<(usize, usize)>>,
    /// How many rows there are.
    pub(super) rows: usize,
    /// The cards that have neither a zone nor a flow.
    pub(super) below: Vec<usize>,
}

impl Grid {
    pub(super) fn new(picture: &Picture) -> Self {
        let neighbours = neighbours(picture);
        let of = |zone: Option<usize>| {
            let within = |card: &usize| picture.cards.get(*card).is_some_and(|card| card.zone == zone);
            (0..picture.cards.len()).filter(within).collect::<Vec<_>>()
        };
        let mut grid = Grid {
            columns: Vec::new(),
            zone: Vec::new(),
            place: vec![None; picture.cards.len()],
            rows: 0,
            below: Vec::new(),
        };
        for zone in 0..picture.zones.len() {
            grid.add(Some(zone), steps(&of(Some(zone)), picture));
        }
        let joined = |card: &usize| neighbours.get(*card).is_some_and(|others| !others.is_empty());
        let (outside, below) = of(None).into_iter().partition(joined);
        grid.below = below;
        grid.add(None, steps(&outside, picture));
        grid.rows = grid.columns.iter().map(Vec::len).max().unwrap_or_default();
        grid.arrange(&neighbours);
        grid
    }

    /// Adds the columns of a zone, each at most so tall.
    fn add(&mut self, zone: Option<usize>, steps: Vec<Vec<usize>>) {
        for step in steps {
            let columns = step.len().div_ceil(TALL).max(1);
            for column in step.chunks(step.len().div_ceil(columns).max(1)) {
                self.columns.push(column.to_vec());
                self.zone.push(zone);
            }
        }
    }

    /// Gives each card a row: in the middle at first, then near to the mean of its neighbours.
    fn arrange(&mut self, neighbours: &[Vec<usize>]) {
        let mut row = vec![0.0; neighbours.len()];
        for column in &self.columns {
            let above = middle(self.rows, column.len());
            for (index, card) in column.iter().enumerate() {
                set(&mut row, *card, above + float(index));
            }
        }
        for sweep in 0..SWEEPS {
            let count = self.columns.len();
            for index in 0..count {
                let index = if sweep % 2 == 0 { index } else { count - 1 - index };
                let Some(column) = self.columns.get_mut(index) else { continue };
                let wanted = |card: usize| mean(neighbours.get(card), &row).unwrap_or_else(|| at(&row, card));
                let mut wishes: Vec<(f64, usize)> = column.iter().map(|card| (wanted(*card), *card)).collect();
                wishes.sort_by(|one, other| one.0.total_cmp(&other.0));
                let total = wishes.len();
                let mut next = 0;
                for (index, (wish, card)) in wishes.iter().enumerate() {
                    // As it wishes, below the one above it, with room for those that follow.
                    let last = self.rows - (total - index);
                    let own = whole(*wish).clamp(next, last.max(next));
                    set(&mut row, *card, float(own));
                    next = own + 1;
                }
                *column = wishes.into_iter().map(|(_, card)| card).collect();
            }
        }
        for (index, column) in self.columns.iter().enumerate() {
            for card in column {
                if let Some(place) = self.place.get_mut(*card) {
                    *place = Some((index, whole(at(&row, *card))));
                }
            }
        }
    }
}

/// The steps that data takes through a zone: a card stands behind those that send to it, circles aside.
fn steps(members: &[usize], picture: &Picture) -> Vec<Vec<usize>> {
    if members.is_empty() {
        return Vec::new();
    }
    let mut step = vec![0usize; picture.cards.len()];
    let inside = |card: usize| members.contains(&card);
    let within: Vec<_> = picture
        .arrows
        .iter()
        .filter(|arrow| arrow.from != arrow.to && inside(arrow.from) && inside(arrow.to))
        .collect();
    // An arrow that leads back, from a card to one before it in the walk, moves nothing.
    let order = walk(members, &within.iter().map(|arrow| (arrow.from, arrow.to)).collect::<Vec<_>>());
    let rank = |card: usize| order.iter().position(|other| *other == card).unwrap_or_default();
    for card in &order {
        for arrow in within.iter().filter(|arrow| arrow.from == *card && rank(arrow.to) > rank(*card)) {
            let next = step.get(*card).copied().unwrap_or_default() + 1;
            if let Some(own) = step.get_mut(arrow.to) {
                *own = (*own).max(next).min(STEPS - 1);
            }
        }
    }
    let mut columns = vec![Vec::new(); STEPS];
    let joined = |card: usize| picture.arrows.iter().any(|arrow| arrow.from == card || arrow.to == card);
    let (joined, alone): (Vec<usize>, Vec<usize>) = members.iter().partition(|card| joined(**card));
    for card in joined {
        if let Some(column) = columns.get_mut(step.get(card).copied().unwrap_or_default()) {
            column.push(card);
        }
    }
    columns.retain(|column: &Vec<usize>| !column.is_empty());
    if columns.is_empty() {
        columns.push(Vec::new());
    }
    for card in alone {
        // Where there is the most room.
        if let Some(shortest) = columns.iter_mut().min_by_key(|column| column.len()) {
            shortest.push(card);
        }
    }
    columns
}

/// The cards in an order in which most arrows lead onward: depth first, each behind all that it leads to, reversed.
fn walk(members: &[usize], arrows: &[(usize, usize)]) -> Vec<usize> {
    let mut seen = Vec::new();
    let mut done = Vec::new();
    let receives = |card: usize| arrows.iter().any(|(_, to)| *to == card);
    let (first, then): (Vec<usize>, Vec<usize>) = members.iter().partition(|card| !receives(**card));
    for root in first.into_iter().chain(then) {
        let mut stack = vec![(root, false)];
        while let Some((card, left)) = stack.pop() {
            if left {
                done.push(card);
            } else if !seen.contains(&card) {
                seen.push(card);
                stack.push((card, true));
                stack.extend(arrows.iter().rev().filter(|(from, _)| *from == card).map(|(_, to)| (*to, false)));
            }
        }
    }
    done.reverse();
    done
}

/// For each card, those that it exchanges data with.
fn neighbours(picture: &Picture) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); picture.cards.len()];
    for arrow in &picture.arrows {
        for (one, other) in [(arrow.from, arrow.to), (arrow.to, arrow.from)] {
            if let Some(others) = neighbours.get_mut(one) {
                others.push(other);
            }
        }
    }
    neighbours
}

fn mean(of: Option<&Vec<usize>>, row: &[f64]) -> Option<f64> {
    let of = of.filter(|of| !of.is_empty())?;
    Some(of.iter().map(|card| at(row, *card)).sum::<f64>() / float(of.len()))
}

fn middle(rows: usize, cards: usize) -> f64 {
    float((rows - cards) / 2)
}

fn at(row: &[f64], card: usize) -> f64 {
    row.get(card).copied().unwrap_or_default()
}

fn set(row: &mut [f64], card: usize, value: f64) {
    if let Some(row) = row.get_mut(card) {
        *row = value;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of cards or rows, which are few")]
pub(super) fn float(number: usize) -> f64 {
    number as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a row, which is small and not negative")]
fn whole(number: f64) -> usize {
    number.round().max(0.0) as usize
}
