//! `smcard extract`: what a program carries comes back as it was, and what it does not carry is an error.

use std::fs;

use object::{Architecture, Endianness};
use serde_json::Value;

use crate::programs::{elf, mach, note, pe, record, universal, wasm};
use crate::session::{Folder, REPORT, Said, TODAY, command};

/// The report of a card with this name and version, as the hook writes it.
fn report(name: &str, version: &str) -> String {
    let mut report: Value = serde_json::from_str(REPORT).unwrap();
    report["model_details"]["name"] = name.into();
    report["model_details"]["version"] = version.into();
    serde_json::to_string_pretty(&report).unwrap() + "\n"
}

/// A program of Linux with these reports.
fn program(reports: &[&str]) -> Vec<u8> {
    let notes: Vec<u8> = reports.iter().flat_map(|report| note(report.as_bytes(), Endianness::Little)).collect();
    elf(Architecture::X86_64, Endianness::Little, &notes)
}

#[test]
fn a_program_of_any_system_gives_its_report_byte_for_byte() {
    let report = report("detector", "2.4");
    let apple = mach(Architecture::Aarch64, &record(report.as_bytes()));
    let folder = Folder::new()
        .file("app", program(&[&report]))
        .file("app.exe", pe(true, &record(report.as_bytes())))
        .file("app.wasm", wasm(&record(report.as_bytes())))
        .file("both", universal(false, [&apple, &apple]))
        .file("mac", apple);
    for name in ["app", "app.exe", "app.wasm", "both", "mac"] {
        let said = folder.smcard(&["extract", name]).ended(0);
        assert_eq!((said.out.as_str(), said.err.as_str()), (report.as_str(), ""), "{name}");
        let said = folder.smcard(&["extract", name, "--output", "out/report.json"]).ended(0);
        assert_eq!((said.out.as_str(), folder.read("out/report.json")), ("", report.clone()), "{name}");
        fs::remove_file(folder.path("out/report.json")).unwrap();
        folder.smcard(&["extract", name, "--card", "detector"]).ended(0);
    }
}

#[test]
fn of_several_reports_one_is_named_or_all_are_taken() {
    let (first, second) = (report("detector", "2.4"), report("2", "1.0"));
    let folder = Folder::new().file("app", program(&[&first, &second]));
    let list = folder.smcard(&["extract", "--list", "app"]).ended(0).out;
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[0].starts_with(&format!("1: detector 2.4, {} bytes, sha256 ", first.len())), "{list}");
    assert!(lines[1].starts_with(&format!("2: 2 1.0, {} bytes, sha256 ", second.len())), "{list}");
    assert!(lines.len() == 2 && lines.iter().all(|line| line.ends_with(|last: char| last.is_ascii_hexdigit())));

    let said = folder.smcard(&["extract", "app"]).ended(2);
    assert_eq!(said.out, "");
    let help = "help: name one with `--card NAME` or its number, or take them with `--all --output FOLDER`\n";
    assert_eq!(said.err, format!("error: `app` carries 2 reports\n  {}\n  {}\n{help}", lines[0], lines[1]));

    assert_eq!(folder.smcard(&["extract", "app", "--card", "detector"]).ended(0).out, first);
    assert_eq!(folder.smcard(&["extract", "app", "--card", "1"]).ended(0).out, first);
    // A name comes before a number.
    assert_eq!(folder.smcard(&["extract", "app", "--card", "2"]).ended(0).out, second);
    for unknown in ["0", "3", "Detector", ""] {
        let said = folder.smcard(&["extract", "app", "--card", unknown]).ended(2);
        assert!(said.err.starts_with(&format!("error: `app` carries no report of `{unknown}`\n  1: ")), "{}", said.err);
    }

    folder.smcard(&["extract", "app", "--all", "--output", "reports"]).ended(0);
    assert_eq!((folder.read("reports/card-1.json"), folder.read("reports/card-2.json")), (first.clone(), second));
    assert_eq!(fs::read_dir(folder.path("reports")).unwrap().count(), 2);
    let check = folder.check(&["reports"]).ended(0);
    assert!(check.err.ends_with("checked 2 cards: 0 errors, 0 warnings\n"), "{}", check.err);
    folder.smcard(&["extract", "app", "--all"]).ended(2);

    // Two cards of one name are told apart by their numbers.
    folder.write("app", program(&[&first, &report("detector", "2.5")]));
    let said = folder.smcard(&["extract", "app", "--card", "detector"]).ended(2);
    assert!(said.err.starts_with("error: `app` carries 2 reports of `detector`\n  1: detector 2.4, "), "{}", said.err);

    // A library that is in it twice carries one report.
    folder.write("app", program(&[&first, &first]));
    assert_eq!(folder.smcard(&["extract", "app"]).ended(0).out, first);
}

#[test]
fn a_universal_program_lists_the_architectures_of_each_report() {
    let (first, second) = (report("detector", "2.4"), report("detector", "2.5"));
    let part = |architecture, report: &str| mach(architecture, &record(report.as_bytes()));
    let parts = [part(Architecture::X86_64, &first), part(Architecture::Aarch64, &second)];
    let folder = Folder::new().file("both", universal(true, [&parts[0], &parts[1]]));
    let list = folder.smcard(&["extract", "--list", "both"]).ended(0).out;
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines[0].ends_with(", x86_64") && lines[1].ends_with(", arm64"), "{list}");
}

#[test]
fn what_carries_no_report_or_a_damaged_one_is_an_error_that_says_why() {
    let whole = program(&[&report("detector", "2.4")]);
    let mut newer = whole.clone();
    let magic = whole.windows(8).position(|bytes| bytes == b"\x7fsmcard-").unwrap();
    newer[magic + 16] = 9;
    let folder = Folder::new()
        .file("none", program(&[]))
        .file("card.json", REPORT)
        .file("empty", "")
        .file("cut", &whole[..whole.len() / 2])
        .file("newer", newer)
        .file("lib.a", "!<arch>\n");
    for (name, words) in [
        ("none", "`none` carries no report\nhelp: `smcard::embed!();` in the source of a program embeds one"),
        ("card.json", "`card.json` is not a program; expected ELF, PE, Mach-O or WebAssembly"),
        ("empty", "`empty` is not a program; expected ELF, PE, Mach-O or WebAssembly"),
        ("cut", "`cut` has ELF headers that are damaged"),
        ("newer", "`newer` has a report in version 9 of the layout; this smcard knows version 1"),
        ("lib.a", "`lib.a` is a library that is linked into programs; expected such a program"),
        (".", "`.` is not a regular file"),
    ] {
        let said = folder.smcard(&["extract", name]).ended(2);
        assert_eq!((said.out.as_str(), said.err), ("", format!("error: {words}\n")));
    }
    let said = folder.smcard(&["extract", "not-there"]).ended(2);
    assert!(said.err.starts_with("error: `not-there` cannot be read: "), "{}", said.err);
    folder.write("good", whole);
    let said = folder.smcard(&["extract", "good", "--output", "card.json/report.json"]).ended(2);
    assert!(said.err.starts_with("error: `card.json/report.json` cannot be written: "), "{}", said.err);
}

#[test]
fn a_name_from_a_stranger_is_shown_as_text_and_no_report_acts_on_a_terminal() {
    let evil = "x\u{1b}[2J\n3: trusted 1.0";
    let token = ["ghp_16C7e42F292c69", "12E7710c838347Ae178B4a"].concat();
    let (evil, secret) = (report(evil, "1"), report(&token, "1"));
    let folder = Folder::new().file("app", program(&[&evil, &secret, "{ not a card"]));
    let said = folder.smcard(&["extract", "--list", "app"]).ended(0);
    assert_eq!(said.out.lines().count(), 3, "{}", said.out);
    assert!(!said.out.contains('\u{1b}') && !said.out.contains(&token), "{}", said.out);
    assert!(said.out.contains("\n3: not a card, 12 bytes, sha256 "), "{}", said.out);
    let said = folder.smcard(&["extract", "app"]).ended(2);
    assert!(!said.err.contains('\u{1b}') && !said.err.contains(&token), "{}", said.err);
}

#[cfg(unix)]
#[test]
fn a_terminal_shows_a_report_of_plain_text_alone() {
    use crate::pty::Terminal;

    let folder =
        Folder::new().file("good", program(&["{\n\"a\": \"\u{e9}\"\n}\n"])).file("bad", program(&["{\u{1b}[2J}"]));
    let mut terminal = Terminal::smcard(&folder, &["extract", "bad"], (20, 100));
    terminal.sees("the report has characters that a terminal does not show, or acts on");
    terminal.ended(2);
    let mut terminal = Terminal::smcard(&folder, &["extract", "good"], (20, 100));
    terminal.sees("\"a\": \"\u{e9}\"");
    terminal.ended(0);
    // To a file and to a pipe it goes as it is.
    assert_eq!(folder.smcard(&["extract", "bad"]).ended(0).out, "{\u{1b}[2J}");
}

#[test]
fn what_is_extracted_is_checked_as_it_comes() {
    let good = report("detector", "2.4");
    let folder = Folder::new().file("app", program(&[&good]));
    let extracted = folder.smcard(&["extract", "app"]).ended(0).out;
    let check = |text: &str| {
        let mut command = command("smcard");
        command.current_dir(folder.root()).args(["check", "--today", TODAY, "-"]).write_stdin(text);
        Said::of(&mut command)
    };
    assert!(check(&extracted).ended(0).err.ends_with("checked 1 card: 0 errors, 0 warnings\n"));
    let wrong = check(&extracted.replacen("\"developer\"", "\"develloper\"", 1)).ended(1);
    assert!(wrong.err.contains("unknown field `develloper`") && wrong.err.contains("standard input:"), "{}", wrong.err);
    // The policy is that of the folder.
    folder.write("smcard.toml", "[require]\nfields = [\"system.components\"]\n");
    assert!(check(&extracted).ended(1).err.contains("required-by-policy"));
}

#[test]
fn the_commands_of_the_page_about_embedding_work_as_they_stand_there() {
    let page = include_str!("../../../docs/embedding.md");
    let commands = page.split_once("```sh\n").unwrap().1.split("```").next().unwrap();
    let good = report("detector", "2.4");
    let folder = Folder::new().file("target/release/detector", program(&[&good])).file("card.json", &good);
    let statement = ["export", "card.json", "-f", "in-toto", "-o", "report.sigstore.json"];
    folder.smcard(&["export", "card.json", "-f", "json", "-o", "exported.json"]).ended(0);
    // The statement is about what the hook writes.
    let written = folder.read("exported.json");
    folder.write("target/release/detector", program(&[&written]));
    folder.smcard(&statement).ended(0);
    let smcard = assert_cmd::cargo::cargo_bin("smcard");
    let today = commands.replace("smcard check", &format!("smcard check --today {TODAY}"));
    let script = format!("set -eu; smcard() {{ '{}' \"$@\"; }}\n{today}", smcard.display());
    let mut shell = assert_cmd::Command::new("sh");
    let said = Said::of(shell.current_dir(folder.root()).args(["-c", &script])).ended(0);
    assert!(said.err.contains("checked 1 card: 0 errors"), "{}", said.err);
    assert_eq!(folder.read("report.json"), written);
}
