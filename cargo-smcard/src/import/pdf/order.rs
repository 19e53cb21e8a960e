//! The order in which a page is read.

use std::collections::HashSet;

use super::segment::Segment;

/// A page with more segments than this is read in the order of its drawing: no page of text has as many.
const MOST: usize = 1_500;

/// The segments of a page in reading order.
///
/// That is the order of their drawing, which in a typeset document is what the author meant, unless it goes back up in
/// its own column: then the places on the page decide.
pub(super) fn in_order(page: Vec<Segment>) -> Vec<Segment> {
    let mut segments = if page.len() <= MOST && goes_back(&page) { by_place(page) } else { page };
    let mut before: Option<(f32, f32)> = None;
    for segment in &mut segments {
        segment.breaks = before.is_none_or(|(y, size)| segment.y > y + size);
        before = Some((segment.y, segment.size));
    }
    segments
}

/// Whether any segment stands above one that was drawn before it, in the same column.
fn goes_back(page: &[Segment]) -> bool {
    page.windows(2).any(|pair| match pair {
        [before, segment] => {
            segment.y > before.y + before.size.max(segment.size)
                && page
                    .iter()
                    .take_while(|other| !std::ptr::eq(*other, segment))
                    .any(|other| other.y < segment.y - 0.5 * segment.size && other.overlaps(segment))
        }
        _ => false,
    })
}

/// The segments by their places: bands from top to bottom, each column by column.
fn by_place(mut page: Vec<Segment>) -> Vec<Segment> {
    page.sort_by(|one, other| other.y.total_cmp(&one.y).then(one.left.total_cmp(&other.left)));
    let Some(gutter) = gutter(&page) else { return page };
    let (mut ordered, mut left, mut right) = (Vec::new(), Vec::new(), Vec::new());
    for segment in page {
        if segment.right <= gutter {
            left.push(segment);
        } else if segment.left >= gutter {
            right.push(segment);
        } else {
            // What goes over both columns ends them.
            ordered.append(&mut left);
            ordered.append(&mut right);
            ordered.push(segment);
        }
    }
    ordered.append(&mut left);
    ordered.append(&mut right);
    ordered
}

/// Where a page of two columns is divided: what stands on both sides of it are lines of text, and hardly anything goes
/// across. Labels with their values beside them are no columns.
fn gutter(page: &[Segment]) -> Option<f32> {
    let mut edges: Vec<f32> = page.iter().map(|segment| segment.left.floor() - 1.0).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup();
    let mut best: Option<(usize, f32)> = None;
    for at in edges {
        let across = page.iter().filter(|other| other.left < at && other.right > at).count();
        let left: Vec<&Segment> = page.iter().filter(|other| other.right <= at).collect();
        let right: Vec<&Segment> = page.iter().filter(|other| other.left >= at).collect();
        let fewer = left.len().min(right.len());
        if fewer < 4 || across * 5 > fewer {
            continue;
        }
        let heights: HashSet<i32> = right.iter().map(|segment| height(segment)).collect();
        let beside = |one: &&&Segment| one.is_bold() && heights.contains(&height(one));
        if left.iter().filter(beside).count() * 2 > right.len() {
            continue;
        }
        if best.is_none_or(|(fewest, _)| across < fewest) {
            best = Some((across, at));
        }
    }
    best.map(|(_, at)| at)
}

fn height(segment: &Segment) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
    let height = segment.y.clamp(-100_000.0, 100_000.0).round() as i32;
    height
}
