//! A session in a terminal: a command that believes it has one, somebody who types, and what the screen shows.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::SeqCst;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::session::Folder;

pub(crate) const ENTER: &str = "\r";
pub(crate) const TAB: &str = "\t";
pub(crate) const ESC: &str = "\u{1b}";
pub(crate) const DOWN: &str = "\u{1b}[B";
pub(crate) const INTERRUPT: &str = "\u{3}";

/// What stands before a question that is answered.
const TICK: &str = "✓";

/// How long a screen may take: the machine may be busy.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Terminal {
    child: Child,
    keys: File,
    screen: Arc<Mutex<vt100::Parser>>,
    /// How many answers have been taken: each is drawn with a tick.
    taken: Arc<AtomicUsize>,
}

impl Terminal {
    /// Runs `smcard` in a terminal of this many lines and columns.
    pub(crate) fn smcard(folder: &Folder, arguments: &[&str], (rows, columns): (u16, u16)) -> Self {
        Self::with(folder, arguments, (rows, columns), &[])
    }

    pub(crate) fn with(
        folder: &Folder,
        arguments: &[&str],
        (rows, columns): (u16, u16),
        variables: &[(&str, &str)],
    ) -> Self {
        let size = nix::pty::Winsize { ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        let terminal = nix::pty::openpty(Some(&size), None).unwrap();
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("smcard"));
        command.args(arguments).current_dir(folder.root()).envs(variables.iter().copied());
        command.env("TERM", "xterm-256color").env_remove("NO_COLOR").env_remove("VISUAL");
        // Whoever runs the tests is somebody else than whoever has this folder.
        command.env("HOME", folder.root()).env("GIT_CONFIG_NOSYSTEM", "1").env_remove("XDG_CONFIG_HOME");
        let end = || Stdio::from(terminal.slave.try_clone().unwrap());
        command.stdin(end()).stdout(end()).stderr(end());
        let child = command.spawn().unwrap();
        drop(command);
        drop(terminal.slave);
        let keys = File::from(terminal.master);
        let drawn = vt100::Parser::new(rows.try_into().unwrap(), columns.try_into().unwrap(), 1_000);
        let screen = Arc::new(Mutex::new(drawn));
        let taken = Arc::new(AtomicUsize::new(0));
        let (mut shown, drawn, counted) = (keys.try_clone().unwrap(), Arc::clone(&screen), Arc::clone(&taken));
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            let mut all = Vec::new();
            // A terminal whose other end is closed reads as an error.
            while let Ok(read @ 1..) = shown.read(&mut buffer) {
                drawn.lock().unwrap().process(&buffer[..read]);
                all.extend_from_slice(&buffer[..read]);
                counted.store(all.windows(TICK.len()).filter(|part| *part == TICK.as_bytes()).count(), SeqCst);
            }
        });
        Terminal { child, keys, screen, taken }
    }

    /// What the screen shows.
    pub(crate) fn screen(&self) -> String {
        self.screen.lock().unwrap().screen().contents()
    }

    /// What the screen shows, as one line with single spaces.
    pub(crate) fn words(&self) -> String {
        self.screen().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The line that the cursor is on.
    fn line(&self) -> String {
        let parser = self.screen.lock().unwrap();
        let (row, _) = parser.screen().cursor_position();
        let line = parser.screen().rows(0, parser.screen().size().1.into()).nth(row.into());
        line.unwrap_or_default().trim_end().to_owned()
    }

    #[track_caller]
    fn wait(&self, what: &str, holds: impl Fn() -> bool) {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < PATIENCE, "no {what} on the screen:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// Waits until the screen shows these words, wherever its lines end.
    #[track_caller]
    pub(crate) fn sees(&self, words: &str) {
        self.wait(&format!("`{words}`"), || self.words().contains(words));
    }

    /// Waits until the screen no longer shows these words.
    #[track_caller]
    pub(crate) fn wait_until_gone(&self, words: &str) {
        self.wait(&format!("end of `{words}`"), || !self.words().contains(words));
    }

    /// Presses Enter at every question until this is asked.
    #[track_caller]
    pub(crate) fn skip_to(&mut self, label: &str) {
        loop {
            self.wait("question", || self.line().starts_with("? "));
            if self.line().starts_with(&format!("? {label}")) {
                return;
            }
            // One question may be drawn in several steps: only that it is taken tells it from the next one.
            let before = self.taken.load(SeqCst);
            self.press(ENTER);
            self.wait("answer", || self.taken.load(SeqCst) > before);
        }
    }

    /// Waits until this is asked.
    #[track_caller]
    pub(crate) fn asked(&self, label: &str) {
        self.wait(&format!("question `{label}`"), || self.line().starts_with(&format!("? {label}")));
    }

    /// Presses keys.
    pub(crate) fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Waits until this is asked, types keys and Enter, and waits until that is taken.
    #[track_caller]
    pub(crate) fn answer(&mut self, label: &str, keys: &str) {
        self.asked(label);
        let before = self.taken.load(SeqCst);
        // What comes too quickly after a key that stands for itself would be taken for one with it.
        for key in keys.split_inclusive(ESC) {
            self.press(key);
        }
        self.press(ENTER);
        self.wait(&format!("answer to `{label}`"), || self.taken.load(SeqCst) > before);
    }

    /// Opens the menu behind Esc, and takes the choice that begins so.
    #[track_caller]
    pub(crate) fn instead(&mut self, label: &str, choice: &str) {
        self.asked(label);
        self.press(ESC);
        self.asked("What instead?");
        self.press(choice);
        self.press(ENTER);
    }

    /// Waits for the end, and gives the exit code.
    #[track_caller]
    pub(crate) fn ended(&mut self, code: i32) {
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(begun.elapsed() < PATIENCE, "it does not end:\n{}", self.screen());
            thread::sleep(Duration::from_millis(5));
        };
        // The last of what it has drawn may still be on its way.
        thread::sleep(Duration::from_millis(50));
        assert_eq!(status.code(), Some(code), "{}", self.screen());
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // One that waits for an answer would wait for ever.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
