//! Lines: segments that stand beside each other.

use super::segment::Segment;

/// The segments of a line, from left to right.
pub(super) type Line = Vec<Segment>;

/// Segments in reading order as lines.
pub(super) fn lines(segments: Vec<Segment>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for segment in segments {
        let beside = lines.last().and_then(|line| line.last()).is_some_and(|before| {
            before.page == segment.page
                && (before.y - segment.y).abs() < 0.4 * before.size.max(segment.size)
                && segment.left >= before.left
        });
        match lines.last_mut().filter(|_| beside) {
            Some(line) => line.push(segment),
            None => lines.push(vec![segment]),
        }
    }
    lines
}
