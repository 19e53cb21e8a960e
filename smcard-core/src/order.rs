//! Putting a list in order, with one sort for all types: each type that the standard library sorts
//! costs every user a copy of its sort at every clean build.

use std::cmp::Ordering;

/// Sorts a list; what compares as equal stays in its order.
pub(crate) fn sort<T>(list: &mut [T], compare: fn(&T, &T) -> Ordering) {
    let order = order(list.len(), &|one, other| match (list.get(one), list.get(other)) {
        (Some(one), Some(other)) => compare(one, other),
        _ => Ordering::Equal,
    });
    arrange(order, &mut |one, other| list.swap(one, other));
}

/// The places of a list's items, in the order that these are to have.
fn order(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_unstable_by(|one, other| compare(*one, *other).then(one.cmp(other)));
    order
}

/// Brings each item to its place, along the circles in which they push each other away.
fn arrange(mut order: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..order.len() {
        let mut here = start;
        while let Some(place) = order.get_mut(here) {
            let from = std::mem::replace(place, here);
            if from == start {
                break;
            }
            swap(here, from);
            here = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_sorted_as_the_standard_library_sorts_it() {
        for length in 0..70 {
            // Few keys, so that many are equal, and all of them far from their places.
            let list: Vec<(usize, usize)> = (0..length).map(|at| (at * 7919 % 13, at)).collect();
            let (mut sorted, mut expected) = (list.clone(), list);
            sort(&mut sorted, |one, other| one.0.cmp(&other.0));
            expected.sort_by_key(|item| item.0);
            assert_eq!(sorted, expected);
        }
    }
}
