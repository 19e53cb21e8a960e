//! Copies smcard-macros to where `src/lib.rs` includes it as a library: all but its entry point,
//! which the compiler allows to crates of procedural macros alone, and its tests. So a module or a
//! step that is new there is fuzzed without a line here.

use std::path::Path;
use std::{env, fs};

use quote::quote;
use syn::{Attribute, Item};

fn main() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../smcard-macros/src");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", sources.display());
    let out = Path::new(&env::var_os("OUT_DIR").expect("cargo sets OUT_DIR")).join("macros");
    copy(&sources, &out);
    let root = fs::read_to_string(sources.join("lib.rs")).expect("smcard-macros is beside the folder of fuzzing");
    let root = syn::parse_file(&root).expect("smcard-macros compiles");
    let items = root.items.iter().filter(|item| !is_left_out(attributes(item)));
    fs::write(out.join("lib.rs"), quote!(#(#items)*).to_string()).expect("OUT_DIR can be written");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("OUT_DIR can be written");
    for entry in fs::read_dir(from).expect("a folder of the checkout can be read") {
        let entry = entry.expect("a folder of the checkout can be read").path();
        let to = to.join(entry.file_name().expect("an entry of a folder has a name"));
        if entry.is_dir() {
            copy(&entry, &to);
        } else {
            fs::copy(&entry, &to).expect("OUT_DIR can be written");
        }
    }
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Fn(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

/// Whether this is the entry point, or of the tests.
fn is_left_out(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident("proc_macro") || attribute.path().is_ident("cfg"))
}
