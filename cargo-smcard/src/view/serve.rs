//! A server on the loopback address that shows the page of a card, and renews it.
//!
//! No other machine reaches it, and no page of the web through a browser of this machine: it answers to its own names
//! alone, whatever address another name leads to.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use hyper::header::{self, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use smcard_core::source::visible;

use super::Args;
use super::page::{self, POLICY, SCRIPT, STYLE};
use super::shown::Shown;
use super::sources::Sources;
use crate::exit::{Failure, Outcome};
use crate::one::Telling;
use crate::output;

/// How long a request may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

type Board = Arc<RwLock<Shown>>;

pub(super) fn serve(args: Args) -> Outcome {
    let sources = watchable(&args)?;
    let port = args.port.unwrap_or_default();
    let refused = |error| Failure::new(format!("port {port} of 127.0.0.1 cannot be listened to: {error}"));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(refused)?;
    let address = format!("http://{}/", listener.local_addr().map_err(refused)?);

    let before = sources.state();
    let mut shown = Shown { state: String::new(), report: None, wrong: None };
    show(&args, &mut shown, 0);
    let board = Arc::new(RwLock::new(shown));
    output::print(&format!("{address}\n"))?;
    args.open(&address);
    let renewed = Arc::clone(&board);
    thread::spawn(move || renew(&args, sources, before, &renewed));
    run(listener, &board).map_err(|error| Failure::new(format!("the page cannot be served: {error}")))
}

/// The files to look at, if the arguments name a card that may change.
fn watchable(args: &Args) -> Result<Sources, Failure> {
    if let Some(card) = &args.source.card {
        if card == Path::new("-") {
            return Err(Failure::new("standard input cannot be served, since it does not change"));
        }
        if !card.is_file() {
            return Err(Failure::new(format!("there is no file `{}`", visible(&card.display().to_string()))));
        }
    }
    Sources::of(args).map_err(|failure| failure.or_help("name a card file, or run it within a cargo package"))
}

/// Makes the page anew whenever something has changed.
fn renew(args: &Args, mut sources: Sources, mut state: u64, board: &Board) {
    for count in 1.. {
        state = sources.changed(state);
        let mut shown = board.read().unwrap_or_else(PoisonError::into_inner).clone();
        show(args, &mut shown, count);
        eprintln!("{}", if shown.wrong.is_some() { "the page shows what is wrong" } else { "the page is renewed" });
        *board.write().unwrap_or_else(PoisonError::into_inner) = shown;
        // Another policy may name other files.
        if let Ok(now) = Sources::of(args) {
            sources = now;
        }
    }
}

/// Puts up the page of the card as it is now, or else what is wrong with it.
fn show(args: &Args, shown: &mut Shown, count: u64) {
    let mut telling = Telling { heard: Some(String::new()) };
    let page = args.read(&mut telling).and_then(|one| args.page(&one));
    let mut heard = telling.heard.unwrap_or_default();
    shown.wrong = match page {
        Ok(Some(page)) => {
            shown.report = Some(page.into());
            None
        }
        Ok(None) => Some(heard.into()),
        Err(failure) => {
            failure.tell();
            heard += &failure.words();
            Some(heard.into())
        }
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    shown.state = format!("{}.{count}", now.as_nanos());
}

/// Answers until the program is ended.
fn run(listener: TcpListener, board: &Board) -> std::io::Result<crate::exit::Status> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                // No more connections for now.
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            };
            let board = Arc::clone(board);
            let service = service_fn(move |request| {
                let answer = answer(&request, &board.read().unwrap_or_else(PoisonError::into_inner));
                async move { Ok::<_, std::convert::Infallible>(answer) }
            });
            tokio::spawn(async move {
                let mut http = http1::Builder::new();
                http.timer(TokioTimer::new()).header_read_timeout(PATIENCE);
                // Whoever goes away needs no answer.
                drop(http.serve_connection(TokioIo::new(stream), service).await);
            });
        }
    })
}

fn answer<B>(request: &Request<B>, shown: &Shown) -> Response<String> {
    let text = |status, words: &str| response(status, "text/plain", "default-src 'none'", words.to_owned());
    if !is_own(request) {
        return text(StatusCode::FORBIDDEN, "This page is served to 127.0.0.1 and localhost alone.\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut answer = text(StatusCode::METHOD_NOT_ALLOWED, "Nothing can be changed here.\n");
        answer.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return answer;
    }
    match (request.uri().path(), &shown.report) {
        ("/", _) => response(StatusCode::OK, "text/html", POLICY, page::page(shown).into_string()),
        ("/view.css", _) => response(StatusCode::OK, "text/css", POLICY, STYLE.to_owned()),
        ("/view.js", _) => response(StatusCode::OK, "text/javascript", POLICY, SCRIPT.to_owned()),
        ("/state", _) => {
            let state = serde_json::json!({ "state": shown.state, "wrong": shown.wrong.is_some() });
            response(StatusCode::OK, "application/json", "default-src 'none'", state.to_string())
        }
        ("/report.html", Some(report)) => {
            // The page's own policy, and no frame of others around it.
            let policy = format!("{}; frame-ancestors 'self'", smcard_export::page_policy());
            response(StatusCode::OK, "text/html", &policy, report.to_string())
        }
        _ => text(StatusCode::NOT_FOUND, "There is nothing here.\n"),
    }
}

/// Whether a request is to this machine by its own names. Another name that leads here is one that a page of the web has
/// made lead here, to read what it may not.
fn is_own<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
    let is_own = |host: &str| {
        let port = |port: &str| !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit());
        let name = host.rsplit_once(':').map_or(host, |(name, after)| if port(after) { name } else { host });
        name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost")
    };
    host.to_str().is_ok_and(is_own) && request.uri().authority().is_none_or(|authority| is_own(authority.as_str()))
}

fn response(status: StatusCode, kind: &'static str, policy: &str, body: String) -> Response<String> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    if let Ok(kind) = HeaderValue::try_from(format!("{kind}; charset=utf-8")) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    if let Ok(policy) = HeaderValue::try_from(policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        ("cache-control", "no-store"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("referrer-policy", "no-referrer"),
        ("x-content-type-options", "nosniff"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
