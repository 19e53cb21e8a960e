//! Taking reports out of a program.

use std::io::Cursor;

use crate::bounds::cost;

/// What memory may be used whatever the program is: all that is read of it, in the cache and in what is given.
const ALLOWANCE: usize = 2 * smcard_extract::MOST_READ as usize + (1 << 20);

/// Any bytes: they carry reports, each a part of them, or there is an error; the same each time.
///
/// # Panics
/// Where a report is none of the program's, is too long or there twice, the answer is another the second time, or takes
/// too much memory.
pub fn program(data: &[u8]) {
    let extract = || smcard_extract::extract_from(Cursor::new(data));
    let (found, took) = cost(extract);
    assert!(took.memory <= ALLOWANCE, "{} bytes took {} bytes of memory", data.len(), took.memory);
    let found = match (found, extract()) {
        (Ok(found), Ok(again)) => {
            assert_eq!(found, again, "another answer");
            found
        }
        (Err(problem), Err(again)) => return assert_eq!(problem.to_string(), again.to_string(), "another answer"),
        _ => panic!("once an error, and once none"),
    };
    assert!(found.reports.len() <= smcard_extract::MOST_REPORTS, "{} reports", found.reports.len());
    for (index, report) in found.reports.iter().enumerate() {
        assert!(report.bytes.len() as u64 <= smcard_extract::LONGEST, "{} bytes", report.bytes.len());
        assert!(stands_in(&report.bytes, data), "a report that is none of the program's");
        let twice = found.reports.iter().skip(index + 1).any(|other| other.bytes == report.bytes);
        assert!(!twice, "the same report twice");
    }
}

/// Whether a report stands in the program behind what a record begins with.
fn stands_in(report: &[u8], data: &[u8]) -> bool {
    let starts = data.windows(smcard_extract::MAGIC.len()).enumerate();
    let mut starts = starts.filter(|(_, bytes)| *bytes == smcard_extract::MAGIC).map(|(start, _)| start + 28);
    starts.any(|start| data.get(start..).is_some_and(|rest| rest.starts_with(report)))
}
