//! Keeping the inputs that took the longest, for a build that can tell whether they are slow.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use cpu_time::ThreadTime;

/// How many are kept.
const KEPT: usize = 200;

/// How long each kept one took by the byte, in nanoseconds.
static SLOWEST: Mutex<Vec<u128>> = Mutex::new(Vec::new());

/// Runs an input, and keeps it if it is among the slowest of this run that are longer than 10 KB.
///
/// libFuzzer's counters make the same code several times slower, each in its own measure, and its
/// corpus holds what reaches new code, not what takes long. So no input fails here for its time:
/// `benches/corpus` runs those that are kept without counters.
pub fn run(target: &str, data: &[u8], hold: impl FnOnce()) {
    let time = ThreadTime::now();
    hold();
    if data.len() > 10_000 {
        keep(target, data, time.elapsed().as_nanos() / data.len() as u128);
    }
}

fn keep(target: &str, data: &[u8], took: u128) {
    let mut slowest = SLOWEST.lock().expect("no input panics here");
    let slot = if slowest.len() < KEPT {
        slowest.push(took);
        slowest.len() - 1
    } else {
        let least = (0..KEPT).min_by_key(|slot| slowest[*slot]).filter(|slot| slowest[*slot] < took);
        let Some(slot) = least else { return };
        slowest[slot] = took;
        slot
    };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("slowest").join(target);
    fs::create_dir_all(&folder).expect("the folder of fuzzing can be written");
    fs::write(folder.join(slot.to_string()), data).expect("the folder of fuzzing can be written");
}
