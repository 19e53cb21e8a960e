//! Folders of any number of files, and of whatever else has the name of one.

use std::fs;

use crate::session::{Folder, REPORT, codes, findings};

#[test]
fn the_cards_of_a_folder_are_told_in_the_order_of_their_names() {
    let folder = Folder::new();
    for name in ["b/2.json", "a.json", "b/1.yml", "c.yaml", "b/c/0.JSON"] {
        folder.write(name, "{}");
    }
    for name in ["notes.md", "card.json.bak", ".hidden.json", ".github/workflow.yml"] {
        folder.write(name, "{");
    }
    folder.write("target/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55");
    folder.write("target/smcard/x/report.json", "{");
    let found = folder.json(&["."]);
    let files: Vec<&str> = found["files"].as_array().unwrap().iter().map(|it| it["file"].as_str().unwrap()).collect();
    assert_eq!(files, ["a.json", "b/1.yml", "b/2.json", "b/c/0.JSON", "c.yaml"]);
}

#[test]
fn what_is_named_is_checked_whatever_its_name() {
    let folder = Folder::new().file(".hidden.json", REPORT).file("card", REPORT).file("words", "factors: 1\n");
    assert_eq!(codes(&folder.json(&[".hidden.json", "card"])), [""; 0]);
    let found = folder.json(&["words"]);
    assert!(codes(&found).contains(&"wrong-kind".to_owned()), "taken for YAML: {found}");
}

#[cfg(unix)]
#[test]
fn everything_in_a_folder_of_ten_thousand_is_told_of_and_nothing_stops_the_rest() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = Folder::new();
    for number in 0..9_980 {
        folder.write(&format!("cards/{}/{number:05}.json", number % 7), REPORT);
    }
    folder.write("cards/empty.json", "");
    folder.write("cards/broken.json", &REPORT[..400]);
    folder.write("cards/bytes.json", [0xff, 0xfe, b'{', 0, b'}', 0]);
    folder.write("cards/null.yaml", "\0\0\0");
    folder.write("cards/large.json", "x".repeat(smcard_core::MAX_BYTES + 1));
    folder.write("cards/folder.json/inner.json", REPORT.replace("Five folds", "TODO"));
    folder.write("cards/secret.json", "AKIATHISISNOSECRETID");
    folder.write("cards/unreadable.json", REPORT);
    fs::set_permissions(folder.path("cards/unreadable.json"), fs::Permissions::from_mode(0o000)).unwrap();
    let unreadable = fs::read(folder.path("cards/unreadable.json")).is_err(); // not so for root
    symlink("nowhere", folder.path("cards/dangling.json")).unwrap();
    symlink("loop.json", folder.path("cards/loop.json")).unwrap();
    symlink("..", folder.path("cards/up.json")).unwrap();
    symlink("0/00007.json", folder.path("cards/link.json")).unwrap();
    symlink("..", folder.path("cards/around")).unwrap();
    nix::unistd::mkfifo(&folder.path("cards/pipe.json"), nix::sys::stat::Mode::S_IRWXU).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path("cards/socket.json")).unwrap();

    let found = folder.json(&["cards"]);
    let mut told: Vec<(String, String)> = findings(&found).into_iter().map(|(file, code, ..)| (file, code)).collect();
    told.sort();
    let mut expected: Vec<(String, String)> = [
        ("broken", "invalid-syntax"),
        ("bytes", "invalid-syntax"),
        ("dangling", "invalid-syntax"),
        ("empty", "invalid-syntax"),
        ("folder", "invalid-syntax"),
        ("folder.json/inner", "placeholder"),
        ("large", "card-too-large"),
        ("loop", "invalid-syntax"),
        ("pipe", "invalid-syntax"),
        ("secret", "invalid-syntax"),
        ("socket", "invalid-syntax"),
        ("up", "invalid-syntax"),
    ]
    .map(|(name, code)| (format!("cards/{name}.json"), code.to_owned()))
    .into();
    expected.push(("cards/null.yaml".to_owned(), "invalid-syntax".to_owned()));
    if unreadable {
        expected.push(("cards/unreadable.json".to_owned(), "invalid-syntax".to_owned()));
    }
    expected.sort();
    assert_eq!(told, expected);
    assert_eq!(found["summary"]["cards"], 9_980 + 15, "{}", found["summary"]);
    let said = folder.check(&["cards/pipe.json", "cards/dangling.json", "cards/up.json"]).ended(1);
    for why in ["it is not a regular file", "it is a link that leads nowhere", "it is a folder"] {
        assert!(
            said.err.contains(&format!("the card cannot be read: {why}")) || why == "it is a folder",
            "{}",
            said.err
        );
    }
}

#[test]
fn more_findings_than_anybody_reads_are_counted() {
    let many: Vec<String> = (0..500).map(|number| format!("\"key_{number}\": \"TODO\"")).collect();
    let extensions = format!("{{\"extensions\": {{\"acme\": {{{}}}}},", many.join(",\n"));
    let folder = Folder::new().file("card.json", REPORT.replacen('{', &extensions, 1));
    let found = folder.json(&["card.json"]);
    let file = &found["files"][0];
    let told = file["findings"].as_array().unwrap().len() as u64;
    assert_eq!(told + file["omitted"].as_u64().unwrap(), file["errors"].as_u64().unwrap());
    assert_eq!((told, file["errors"].as_u64()), (100, Some(500)));
    let said = folder.check(&["card.json"]).ended(1);
    assert!(said.err.contains("more findings in card.json"), "{}", said.err);
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_number_of_cards() {
    // A hundred findings each, of which those of a few hundred cards are held at a time.
    let many: Vec<String> =
        (0..100).map(|number| format!("\"key_{number}\": \"{} TODO\"", "word ".repeat(40))).collect();
    let extensions = format!("{{\"extensions\": {{\"acme\": {{{}}}}},", many.join(",\n"));
    let card = REPORT.replacen('{', &extensions, 1);
    let folder = Folder::new();
    for number in 0..CARDS {
        folder.write(&format!("cards/{number}.json"), &card);
    }
    let smcard = assert_cmd::cargo::cargo_bin("smcard");
    // The shell's own `ulimit` bounds what the program may ask for.
    let script = format!(
        "ulimit -v {}; RAYON_NUM_THREADS=2 exec '{}' check --today 2026-04-01 --format github cards",
        MEGABYTES * 1024,
        smcard.display()
    );
    let mut shell = assert_cmd::Command::new("sh");
    let said = crate::session::Said::of(shell.current_dir(folder.root()).args(["-c", &script])).ended(1);
    assert!(said.err.contains(&format!("checked {CARDS} cards: {CARDS}00 errors")), "{}", said.err);
}

const CARDS: usize = 2_500;
/// What a run may take: it takes less than 200, and would take more than 450 if it held all of them.
const MEGABYTES: usize = 320;
