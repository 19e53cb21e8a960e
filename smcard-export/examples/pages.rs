//! Writes pages for `scripts/screenshots` into a folder: `pages FOLDER [REPORT PACKAGE]…`, of each report with the policy
//! of its package, of an empty card, and of a system with 30 components.

#![allow(clippy::expect_used, reason = "what cannot be read or written ends it")]

use std::path::Path;
use std::{env, fs};

use smcard_core::{Policy, SecurityCard};
use smcard_export::Format;

#[path = "../tests/common/large_system.rs"]
mod large_system;

fn main() {
    let mut arguments = env::args().skip(1);
    let folder = arguments.next().expect("the folder to write to");
    while let (Some(report), Some(package)) = (arguments.next(), arguments.next()) {
        let package = Path::new(&package);
        let text = fs::read_to_string(report).expect("a report that a build has written");
        let policy = Policy::load(package).policy;
        let card = SecurityCard::from_json_with(&text, &policy).expect("a card without errors");
        write(&folder, &package.file_name().unwrap_or_default().to_string_lossy(), &card);
    }
    write(&folder, "empty", &SecurityCard::EMPTY);
    write(&folder, "large-system", &large_system::card(30, 45));
    write(&folder, "too-large-system", &large_system::card(60, 90));
}

fn write(folder: &str, name: &str, card: &SecurityCard<'_>) {
    let page = Format::named("html").expect("the format").write(card).expect("a page of any card");
    fs::write(Path::new(folder).join(name).with_extension("html"), page).expect("the folder can be written to");
}
