//! What a page has around its text: running heads, page numbers, tables of contents.

use std::collections::{HashMap, HashSet};

use super::segment::Segment;

/// How near the edge of what is written on a page a running head stands, in lines.
const EDGE: usize = 3;

/// Takes away lines that stand at the same place of most pages, and lines of tables of contents.
pub(super) fn remove(pages: &mut [Vec<Segment>]) {
    let written = pages.iter().filter(|page| !page.is_empty()).count();
    if written > 1 {
        let mut counts: HashMap<(String, i32), usize> = HashMap::new();
        for page in pages.iter() {
            let mut seen: Vec<(String, i32)> = at_edges(page).map(key).collect();
            seen.sort();
            seen.dedup();
            for key in seen {
                *counts.entry(key).or_default() += 1;
            }
        }
        let most = (written * 3 / 5).max(2);
        for page in pages.iter_mut() {
            let edges: HashSet<(String, i32)> = at_edges(page).map(key).collect();
            let repeated = |segment: &Segment| {
                let key = key(segment);
                edges.contains(&key) && counts.get(&key).is_some_and(|count| *count >= most)
            };
            page.retain(|segment| !repeated(segment));
        }
    }
    for page in pages.iter_mut() {
        contents(page);
    }
}

/// The segments of the first and the last lines of a page.
fn at_edges(page: &[Segment]) -> impl Iterator<Item = &Segment> {
    let mut heights: Vec<i32> = page.iter().map(height).collect();
    heights.sort_unstable();
    heights.dedup();
    let low = heights.get(EDGE.min(heights.len()).saturating_sub(1)).copied().unwrap_or_default();
    let high = heights.get(heights.len().saturating_sub(EDGE)).copied().unwrap_or_default();
    page.iter().filter(move |segment| height(segment) <= low || height(segment) >= high)
}

/// What a line says, whatever its numbers, and how high it stands.
fn key(segment: &Segment) -> (String, i32) {
    let mut text = String::new();
    for char in segment.text().trim().chars() {
        match char {
            char if char.is_ascii_digit() && text.ends_with('#') => {}
            char if char.is_ascii_digit() => text.push('#'),
            char => text.push(char),
        }
    }
    (text, height(segment))
}

fn height(segment: &Segment) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
    let height = segment.y.clamp(-100_000.0, 100_000.0).round() as i32;
    height
}

/// Takes away a table of contents: lines that lead to a page number, of which there are several.
fn contents(page: &mut Vec<Segment>) {
    let leads = |segment: &Segment| {
        let text = segment.text();
        let text = text.trim();
        let number = text.trim_end_matches(|char: char| char.is_ascii_digit());
        let before = number.trim_end_matches([' ', '.', '·', '…', '_']);
        let dots = number.get(before.len()..).unwrap_or_default();
        number.len() < text.len() && !before.is_empty() && dots.chars().filter(|char| *char != ' ').count() >= 3
    };
    if page.iter().filter(|segment| leads(segment)).count() >= 3 {
        page.retain(|segment| !leads(segment));
    }
}
