//! The stack and the memo of a pickle, with bounds that no real pickle feels.

use std::collections::HashMap;
use std::ops::Range;

use super::value::Value;
use crate::broken::Broken;
use crate::limits;

/// Values with marks between them. A run of data is one entry, however long.
#[derive(Default)]
pub(super) struct Stack {
    entries: Vec<Entry>,
    /// Where the marks are in `entries`.
    marks: Vec<usize>,
}

enum Entry {
    Mark,
    Value(Value),
    Others(u64),
}

fn underflow() -> Broken {
    Broken::file("the stack has too few values")
}

impl Stack {
    pub(super) fn push(&mut self, value: Value) -> Result<(), Broken> {
        let known = !matches!(value, Value::Other) && self.entries.len() < limits::STACK;
        match self.entries.last_mut() {
            _ if known => self.entries.push(Entry::Value(value)),
            Some(Entry::Others(count)) => *count += 1,
            _ => self.entries.push(Entry::Others(1)),
        }
        self.bounded()
    }

    pub(super) fn mark(&mut self) -> Result<(), Broken> {
        self.marks.push(self.entries.len());
        self.entries.push(Entry::Mark);
        self.bounded()
    }

    fn bounded(&self) -> Result<(), Broken> {
        if self.entries.len() > limits::STACK_ENTRIES {
            return Err(Broken::new(crate::Code::TooMuch, "its values stand in each other without end"));
        }
        Ok(())
    }

    pub(super) fn pop(&mut self) -> Result<Value, Broken> {
        match self.entries.pop() {
            Some(Entry::Value(value)) => Ok(value),
            Some(Entry::Others(count)) => {
                if count > 1 {
                    self.entries.push(Entry::Others(count - 1));
                }
                Ok(Value::Other)
            }
            Some(Entry::Mark) => {
                self.entries.push(Entry::Mark);
                Err(underflow())
            }
            None => Err(underflow()),
        }
    }

    /// What `POP` does: it takes a mark too.
    pub(super) fn drop_top(&mut self) -> Result<(), Broken> {
        if let Some(Entry::Mark) = self.entries.last() {
            self.entries.pop();
            self.marks.pop();
            return Ok(());
        }
        self.pop().map(drop)
    }

    pub(super) fn top(&self) -> Result<Value, Broken> {
        match self.entries.last() {
            Some(Entry::Value(value)) => Ok(value.clone()),
            Some(Entry::Others(_)) => Ok(Value::Other),
            Some(Entry::Mark) | None => Err(underflow()),
        }
    }

    /// What stands above the last mark, if there is little of it; `None` for more.
    pub(super) fn pop_mark(&mut self) -> Result<Option<Vec<Value>>, Broken> {
        let mark = self.marks.pop().ok_or_else(|| Broken::file("there is no mark on the stack"))?;
        // Behind the items of a large one may stand what is called with them.
        let above = self.entries.split_off(mark);
        let count: u64 = above.iter().map(|entry| if let Entry::Others(count) = entry { *count } else { 1 }).sum();
        if count > limits::ITEMS as u64 * 2 + 1 {
            return Ok(None);
        }
        let mut values = Vec::new();
        for entry in above {
            match entry {
                Entry::Mark => {}
                Entry::Value(value) => values.push(value),
                Entry::Others(count) => values.extend((0..count).map(|_| Value::Other)),
            }
        }
        Ok(Some(values))
    }

    /// The value right above the last mark: the class of an `OBJ`.
    pub(super) fn first_of_mark(&self) -> Option<Value> {
        match self.entries.get(self.marks.last()? + 1)? {
            Entry::Value(value) => Some(value.clone()),
            Entry::Others(_) | Entry::Mark => Some(Value::Other),
        }
    }
}

/// What a pickle comes back to by a number. What leads to no name is not kept, only that there is something.
#[derive(Default)]
pub(super) struct Memo {
    values: HashMap<u64, Value>,
    weight: usize,
    /// How many numbers are taken: the next one of `MEMOIZE`.
    taken: u64,
    /// The number behind the highest that is taken.
    end: u64,
    /// The ranges below it that are not, in order.
    holes: Vec<Range<u64>>,
    /// Whether there were too many holes to keep.
    lost: bool,
}

impl Memo {
    pub(super) fn put(&mut self, at: u64, value: Value) {
        self.take(at);
        let weight = value.weight();
        if weight == 0 || self.weight + weight > limits::MEMO {
            self.values.remove(&at);
            return;
        }
        self.weight += weight;
        self.values.insert(at, value);
    }

    fn take(&mut self, at: u64) {
        if at >= self.end {
            if at > self.end {
                self.add_hole(self.holes.len(), self.end..at);
            }
            self.end = at.saturating_add(1);
            self.taken += 1;
            return;
        }
        let index = self.holes.partition_point(|hole| hole.end <= at);
        let Some(hole) = self.holes.get(index).filter(|hole| hole.start <= at).cloned() else { return };
        self.taken += 1;
        self.holes.remove(index);
        if at + 1 < hole.end {
            self.add_hole(index, at + 1..hole.end);
        }
        if hole.start < at {
            self.add_hole(index, hole.start..at);
        }
    }

    fn add_hole(&mut self, index: usize, hole: Range<u64>) {
        // Filling holes from the front takes time for each, so there are few.
        if self.holes.len() < limits::HOLES {
            self.holes.insert(index, hole);
        } else {
            self.lost = true;
        }
    }

    pub(super) fn memoize(&mut self, value: Value) -> Result<(), Broken> {
        if self.lost {
            return Err(Broken::new(crate::Code::TooMuch, "its memo has more holes than are told apart"));
        }
        self.put(self.taken, value);
        Ok(())
    }

    pub(super) fn get(&self, at: u64) -> Value {
        self.values.get(&at).cloned().unwrap_or(Value::Other)
    }
}

#[cfg(test)]
mod tests {
    use super::{Memo, Value};

    #[test]
    fn the_next_number_is_how_many_are_taken_as_in_python() {
        let mut memo = Memo::default();
        for at in [5, 5, 0, 7] {
            memo.put(at, Value::Other);
        }
        memo.memoize(Value::Int(1)).unwrap();
        memo.put(3, Value::text("three"));
        memo.memoize(Value::text("taken: 0, 3, 5, 7")).unwrap();
        assert_eq!(memo.get(4).as_text(), Some("taken: 0, 3, 5, 7"));
    }
}
