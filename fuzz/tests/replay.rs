//! Every committed seed, and inputs that are too large to commit, held to what the fuzz targets
//! hold theirs to. Only time is not counted here: `benches/growth` does.

use std::fmt::Write as _;
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use smcard_fuzz::large::{self, Inputs};
use smcard_fuzz::systems;
use smcard_fuzz::{KINDS, Within, evidence, macros, policy, reader};

/// What memory is used counts for the whole process, so one at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Runs each input, and then fails with the names of all that did not hold.
fn hold(target: fn(&[u8], Within), inputs: impl Iterator<Item = (String, Vec<u8>)>) {
    let turn = TURN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut broken = String::new();
    let mut count = 0;
    // A backtrace for each would bury the list below.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    for (name, input) in inputs {
        count += 1;
        if let Err(reason) = panic::catch_unwind(AssertUnwindSafe(|| target(&input, Within::Memory))) {
            let words = reason.downcast_ref::<String>().map(String::as_str);
            let words = words.or(reason.downcast_ref::<&str>().copied()).unwrap_or("a panic without words");
            let first: String = words.lines().next().unwrap_or_default().chars().take(200).collect();
            let _ = writeln!(broken, "  {name}: {first}");
        }
    }
    panic::set_hook(hook);
    drop(turn);
    assert!(count > 0, "no inputs");
    assert!(broken.is_empty(), "of {count} inputs, these do not hold:\n{broken}");
}

fn seeds(folder: &str) -> impl Iterator<Item = (String, Vec<u8>)> {
    below(Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(folder)).into_iter()
}

/// The files of a folder and of all folders in it.
fn below(folder: PathBuf) -> Vec<(String, Vec<u8>)> {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    let files = |path: PathBuf| {
        if path.is_dir() { below(path) } else { vec![(path.display().to_string(), fs::read(&path).unwrap())] }
    };
    entries.into_iter().flat_map(files).collect()
}

fn made(inputs: Inputs) -> impl Iterator<Item = (String, Vec<u8>)> {
    inputs.iter().map(|(name, input)| ((*name).to_owned(), input(1).into_bytes()))
}

#[test]
fn reports_are_read_or_refused() {
    hold(reader, seeds("reader"));
}

#[test]
fn large_reports_are_read_or_refused() {
    hold(reader, made(large::REPORTS));
    hold(reader, made(systems::REPORTS));
}

#[test]
fn policies_are_read_or_refused() {
    hold(policy, seeds("policy"));
}

/// A test for each kind, which then fails by its name.
macro_rules! files {
    ($($kind:literal $test:ident;)*) => {
        $(#[test]
        fn $test() {
            hold(|data, within| evidence($kind, data, within), seeds($kind));
        })*

        #[test]
        fn every_kind_of_file_is_looked_at() {
            assert!(KINDS.iter().map(|(kind, _)| kind).eq([$(&$kind),*]));
        }
    };
}

files! {
    "model" models_have_an_answer;
    "safetensors" safetensors_have_an_answer;
    "gguf" ggufs_have_an_answer;
    "onnx" onnx_models_have_an_answer;
    "pickle" pickles_have_an_answer;
    "zip" zips_have_an_answer;
    "tar" tars_have_an_answer;
    "compressed" compressed_files_have_an_answer;
    "numpy" arrays_have_an_answer;
    "hdf5" hdf5_files_have_an_answer;
    "keras" configurations_of_keras_have_an_answer;
    "template" chat_templates_have_an_answer;
    "garak" reports_of_garak_have_an_answer;
    "modelscan" reports_of_modelscan_have_an_answer;
    "sarif" reports_in_sarif_have_an_answer;
    "junit" reports_in_junit_xml_have_an_answer;
    "promptfoo" reports_of_promptfoo_have_an_answer;
}

#[test]
fn programs_give_their_reports_or_an_error() {
    hold(|data, _| smcard_fuzz::program(data), seeds("extract"));
}

#[test]
fn large_policies_are_read_or_refused() {
    hold(policy, made(large::POLICIES));
}

#[test]
fn cards_expand_to_expressions() {
    hold(macros, seeds("macro"));
}

#[test]
fn large_cards_expand_to_expressions() {
    hold(macros, made(large::CARDS));
    hold(macros, made(systems::CARDS));
}
