//! `smcard view`: the page that it writes and opens, and the one that it serves.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::packages::{card, target, workspace};
use crate::session::{Folder, REPORT, command};

/// How long anything may take to show.
const PATIENCE: Duration = Duration::from_secs(180);

/// A served page, until it is dropped.
struct Served {
    smcard: Child,
    port: u16,
    /// All that the program has said so far.
    told: std::sync::Arc<std::sync::Mutex<String>>,
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Served {
    fn new(folder: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("smcard"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CARGO_")) {
            if name != "CARGO_HOME" {
                command.env_remove(name);
            }
        }
        command.current_dir(folder).args(["view", "--serve", "--no-open"]).args(arguments);
        let mut smcard = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let told = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
        let (stderr, telling) = (smcard.stderr.take().unwrap(), std::sync::Arc::clone(&told));
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                *telling.lock().unwrap() += &(line + "\n");
            }
        });
        let mut address = String::new();
        BufReader::new(smcard.stdout.take().unwrap()).read_line(&mut address).unwrap();
        let port = address.trim_end().strip_prefix("http://127.0.0.1:").and_then(|rest| rest.strip_suffix('/'));
        let port = port.unwrap_or_else(|| panic!("{address}{}", told.lock().unwrap())).parse().unwrap();
        Served { smcard, port, told }
    }

    fn told(&self) -> String {
        self.told.lock().unwrap().clone()
    }

    /// Sends these lines and reads all of the answer.
    fn send(&self, lines: &[&str]) -> Answer {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let request = lines.iter().map(|line| format!("{line}\r\n")).collect::<String>() + "\r\n";
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or_else(|| panic!("{answer:?}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_lowercase(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        let host = format!("Host: 127.0.0.1:{}", self.port);
        self.send(&[&format!("GET {path} HTTP/1.1"), &host, "Connection: close"])
    }

    /// Asks for a page until it is as it should be.
    #[track_caller]
    fn until(&self, path: &str, is: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if is(&answer) {
                return answer;
            }
            assert!(start.elapsed() < PATIENCE, "{}\n{}", answer.body, self.told());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.smcard.kill());
        drop(self.smcard.wait());
    }
}

#[test]
fn a_card_file_becomes_a_page_in_a_folder_of_its_own() {
    let folder = Folder::with_report();
    let html = folder.smcard(&["export", "card.json", "-f", "html"]).ended(0).out;
    let said = folder.smcard(&["view", "card.json", "--no-open"]).ended(0);
    let file = Path::new(said.out.trim_end());
    assert!(file.starts_with(std::env::temp_dir()) && file.ends_with("card.html"), "{}", said.out);
    assert_eq!(std::fs::read_to_string(file).unwrap(), html);
    std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    let said = folder.smcard(&["view", "card.json", "--no-open", "--output", "out/page.html"]).ended(0);
    assert_eq!((said.out.as_str(), folder.read("out/page.html").as_str()), ("out/page.html\n", html.as_str()));
}

#[test]
fn a_card_with_errors_has_no_page() {
    let folder = Folder::new().file("card.json", REPORT.replacen("Five folds", "TODO", 1));
    let said = folder.smcard(&["view", "card.json", "--no-open", "-o", "page.html"]).ended(1);
    assert!(said.err.starts_with("error[placeholder]: ") && said.out.is_empty(), "{}", said.err);
    assert!(!folder.path("page.html").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn the_page_is_opened_in_the_browser() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::with_report().file("bin/xdg-open", "#!/bin/sh\nprintf '%s' \"$1\" > opened\n");
    std::fs::set_permissions(folder.path("bin/xdg-open"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut smcard = command("smcard");
    smcard.env("PATH", folder.path("bin")).current_dir(folder.root());
    smcard.args(["view", "card.json", "-o", "page.html"]).assert().success().stdout("page.html\n").stderr("");
    let start = Instant::now();
    while !std::fs::read_to_string(folder.path("opened")).is_ok_and(|opened| opened == "page.html") {
        assert!(start.elapsed() < PATIENCE, "nothing was opened");
        std::thread::sleep(Duration::from_millis(20));
    }

    // Without any browser, the page is there all the same.
    let mut smcard = command("smcard");
    smcard.env("PATH", folder.path("none")).current_dir(folder.root());
    let said = crate::session::Said::of(smcard.args(["view", "card.json", "-o", "page.html"])).ended(0);
    assert!(said.err.starts_with("warning: no browser can be opened: "), "{}", said.err);
}

#[test]
fn the_page_of_a_package_is_beside_its_report() {
    let workspace = workspace("viewed", &card());
    let said = workspace.smcard(&["view", "--no-open"]).ended(0);
    let file = workspace.target.join("smcard/viewed/security_model_card_report.html");
    assert_eq!(Path::new(said.out.trim_end()), file);
    assert!(std::fs::read_to_string(file).unwrap().contains("<title>parcels"));
}

#[test]
fn the_served_report_is_the_exported_one_and_may_do_nothing() {
    let folder = Folder::with_report();
    let html = folder.smcard(&["export", "card.json", "-f", "html"]).ended(0).out;
    let served = Served::new(folder.root(), &["card.json"]);
    let report = served.get("/report.html");
    assert_eq!((report.status, report.body.as_str()), (200, html.as_str()));
    let policy = |answer: &Answer| {
        let line = answer.head.lines().find_map(|line| line.strip_prefix("content-security-policy: "));
        line.unwrap_or_else(|| panic!("{}", answer.head)).to_owned()
    };
    let own = html.split("Content-Security-Policy\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(policy(&report), format!("{}; frame-ancestors 'self'", own.to_lowercase()));
    let around = served.get("/");
    assert!(around.body.contains("<iframe src=\"/report.html\""), "{}", around.body);
    assert!(policy(&around).starts_with("default-src 'none'; script-src 'self';"), "{}", policy(&around));
    for path in ["/", "/report.html", "/view.js", "/view.css", "/state", "/none"] {
        let answer = served.get(path);
        policy(&answer);
        for line in
            ["cache-control: no-store", "x-content-type-options: nosniff", "cross-origin-resource-policy: same-origin"]
        {
            assert!(answer.head.contains(line), "{path}: {}", answer.head);
        }
    }
}

#[test]
fn nothing_else_is_served() {
    let served = Served::new(Folder::with_report().root(), &["card.json"]);
    for path in ["/card.json", "/report", "/report.html/", "/../card.json", "/%2e%2e/card.json", "//", "/favicon.ico"] {
        assert_eq!(served.get(path).status, 404, "{path}");
    }
    let host = format!("Host: localhost:{}", served.port);
    let head = served.send(&["HEAD / HTTP/1.1", &host, "Connection: close"]);
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    let put = served.send(&["POST / HTTP/1.1", &host, "Content-Length: 0", "Connection: close"]);
    assert_eq!(put.status, 405);
    assert!(put.head.contains("allow: get, head"), "{}", put.head);
    assert_eq!(served.send(&["nonsense"]).status, 400);
}

#[test]
fn a_request_to_another_name_is_refused() {
    let served = Served::new(Folder::with_report().root(), &["card.json"]);
    let ask = |hosts: &[&str]| {
        let hosts = hosts.iter().map(|host| format!("Host: {host}")).collect::<Vec<_>>();
        let lines = ["GET /report.html HTTP/1.1", "Connection: close"].into_iter();
        served.send(&lines.chain(hosts.iter().map(String::as_str)).collect::<Vec<_>>())
    };
    for host in ["127.0.0.1", "localhost", "LocalHost:80", "127.0.0.1:9"] {
        assert_eq!(ask(&[host]).status, 200, "{host}");
    }
    let foreign = [
        "attacker.example",
        "attacker.example:80",
        "localhost.attacker.example",
        "127.0.0.1.attacker.example",
        "",
        "localhost:",
        "localhost:80:80",
        "attacker@localhost",
        "0.0.0.0",
        "[::1]",
        "127.0.0.1, attacker.example",
    ];
    for host in foreign {
        let answer = ask(&[host]);
        assert_eq!(answer.status, 403, "{host}");
        assert!(!answer.body.contains('<'), "{host}");
    }
    assert_eq!(ask(&[]).status, 403);
    assert_eq!(ask(&["localhost", "attacker.example"]).status, 403);
    let absolute = ["GET http://attacker.example/ HTTP/1.1", "Host: localhost", "Connection: close"];
    assert_eq!(served.send(&absolute).status, 403);
}

#[cfg(target_os = "linux")]
#[test]
fn no_other_machine_reaches_it() {
    let served = Served::new(Folder::with_report().root(), &["card.json"]);
    // What the system says of everything that listens on the port: the addresses are hexadecimal, 127.0.0.1 backwards.
    let port = format!(":{:04X}", served.port);
    let mut listening = Vec::new();
    for file in ["/proc/net/tcp", "/proc/net/tcp6"] {
        for line in std::fs::read_to_string(file).unwrap_or_default().lines().skip(1) {
            let words: Vec<&str> = line.split_whitespace().collect();
            if words[1].ends_with(&port) && words[3] == "0A" {
                listening.push(words[1].to_owned());
            }
        }
    }
    assert_eq!(listening, [format!("0100007F{port}")]);
}

#[test]
fn the_page_follows_the_card_and_its_policy() {
    let folder = Folder::with_report();
    let served = Served::new(folder.root(), &["card.json"]);
    let first = served.get("/state").body;
    assert!(served.get("/report.html").body.contains("Five folds"));

    folder.write("card.json", REPORT.replacen("Five folds", "Ten <b>folds</b>", 1));
    let report = served.until("/report.html", |answer| answer.body.contains("Ten "));
    assert!(report.body.contains("Ten &lt;b&gt;folds"), "{}", report.body);
    let second = served.get("/state").body;
    assert_ne!(first, second);

    // A card that is broken: what is wrong is text, and the last good report is there.
    folder.write("card.json", REPORT.replacen("\"date\": \"", "\"date\": \"<script>alert(1)</script>", 1));
    let wrong = served.until("/", |answer| answer.body.contains("cannot be shown"));
    assert!(wrong.body.contains("error[invalid-date]"), "{}", wrong.body);
    assert!(wrong.body.contains("&lt;script&gt;alert(1)") && !wrong.body.contains("<script>alert"), "{}", wrong.body);
    assert!(wrong.body.contains("<iframe src=\"/report.html\""), "{}", wrong.body);
    assert!(served.get("/report.html").body.contains("Ten &lt;b&gt;folds"));
    assert!(served.get("/state").body.contains("\"wrong\":true"));
    assert!(served.told().contains("error[invalid-date]"), "{}", served.told());

    // And back.
    folder.write("card.json", REPORT);
    served.until("/report.html", |answer| answer.body.contains("Five folds"));
    assert!(!served.get("/").body.contains("cannot be shown"));

    // A policy that was not there asks for more than the card has; and one that is no policy is told of.
    folder.write("smcard.toml", "[require]\nfields = [\"model_details.name\"]\n");
    served.until("/", |answer| answer.body.contains("missing field `name`"));
    folder.write("smcard.toml", "[requires]\n");
    served.until("/", |answer| answer.body.contains("the policy has errors"));
    std::fs::remove_file(folder.path("smcard.toml")).unwrap();
    served.until("/", |answer| !answer.body.contains("cannot be shown"));
}

#[test]
fn a_card_that_is_broken_from_the_start_is_served_with_what_is_wrong() {
    let folder = Folder::new().file("card.json", "{");
    let served = Served::new(folder.root(), &["card.json"]);
    let page = served.get("/");
    assert!(page.body.contains("error[invalid-syntax]") && !page.body.contains("<iframe"), "{}", page.body);
    assert_eq!(served.get("/report.html").status, 404);
    folder.write("card.json", REPORT);
    served.until("/report.html", |answer| answer.status == 200);
}

#[test]
fn the_page_follows_the_sources_of_a_package() {
    let workspace = workspace("served", &card());
    // A name of its own: cargo tells the packages in a shared target folder apart by their names alone.
    let beside = workspace.folder.read("without/Cargo.toml").replace("\"without\"", "\"beside-served\"");
    workspace.folder.write("beside/Cargo.toml", beside);
    workspace.folder.write("beside/src/lib.rs", "");
    let members = workspace.folder.read("Cargo.toml").replace("\"without\"", "\"without\", \"beside\"");
    workspace.folder.write("Cargo.toml", members);
    let manifest =
        workspace.folder.read("with-card/Cargo.toml") + "\n[dependencies]\nbeside-served = { path = \"../beside\" }\n";
    workspace.folder.write("with-card/Cargo.toml", manifest);
    let target = target();
    let arguments = ["-p", "served", "--offline", "--target-dir", target.to_str().unwrap()];
    let served = Served::new(workspace.folder.root(), &arguments);
    assert!(served.get("/report.html").body.contains("Five folds"));
    workspace.folder.write("with-card/src/card.rs", card().replacen("Five folds", "Ten folds", 1));
    served.until("/report.html", |answer| answer.body.contains("Ten folds"));
    // What the compiler says, and what the build script finds in the final values.
    workspace.folder.write("with-card/src/card.rs", card().replacen("\"Five folds\"", "\"TODO\"", 1));
    let wrong = served.until("/", |answer| answer.body.contains("cannot be shown"));
    assert!(wrong.body.contains("contains the placeholder `TODO`"), "{}", wrong.body);
    assert!(served.told().contains("contains the placeholder `TODO`"), "{}", served.told());
    workspace.folder.write("with-card/src/card.rs", card().replacen("\"Five folds\"", "concat!(\"TO\", \"DO\")", 1));
    let wrong = served.until("/", |answer| answer.body.contains("error: served@1.2.3"));
    assert!(wrong.body.contains("contains the placeholder `TODO`"), "{}", wrong.body);
    assert!(served.get("/report.html").body.contains("Ten folds"));
    workspace.folder.write("with-card/src/card.rs", card());
    served.until("/report.html", |answer| answer.body.contains("Five folds"));
    // What it depends on by a path is a source, and what git ignores is none.
    workspace.folder.write("beside/src/lib.rs", "fn <b>");
    let wrong = served.until("/", |answer| answer.body.contains("cannot be shown"));
    assert!(wrong.body.contains("beside/src/lib.rs") && !wrong.body.contains("<b>"), "{}", wrong.body);
    workspace.folder.write("beside/src/lib.rs", "");
    served.until("/", |answer| !answer.body.contains("cannot be shown"));
    workspace.folder.write(".gitignore", "*.log\n");
    let before = served.until("/state", |answer| answer.status == 200).body;
    let renewed = served.told().matches("renewed").count();
    workspace.folder.write("with-card/noise.log", "x");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!((served.get("/state").body, served.told().matches("renewed").count()), (before, renewed));
}

#[test]
fn what_cannot_be_served_is_refused() {
    let folder = Folder::with_report();
    let said = folder.smcard(&["view", "--serve", "none.json"]).ended(2);
    assert_eq!(said.err, "error: there is no file `none.json`\n");
    let said = folder.smcard(&["view", "--serve", "-"]).ended(2);
    assert!(said.err.starts_with("error: standard input cannot be served"), "{}", said.err);
    let said = folder.smcard(&["view", "--serve", "--no-open"]).ended(2);
    assert!(said.err.ends_with("help: name a card file, or run it within a cargo package\n"), "{}", said.err);
    let served = Served::new(folder.root(), &["card.json"]);
    let said = folder.smcard(&["view", "--serve", "card.json", "--port", &served.port.to_string()]).ended(2);
    assert!(
        said.err.starts_with(&format!("error: port {} of 127.0.0.1 cannot be listened to: ", served.port)),
        "{}",
        said.err
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it() {
    use nix::sys::signal::{Signal, kill};
    use nix::unistd::Pid;

    let mut served = Served::new(Folder::with_report().root(), &["card.json"]);
    kill(Pid::from_raw(served.smcard.id().try_into().unwrap()), Signal::SIGINT).unwrap();
    let start = Instant::now();
    while served.smcard.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < PATIENCE);
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, served.port)).is_err());
}
