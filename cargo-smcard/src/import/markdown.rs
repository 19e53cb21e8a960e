//! Markdown: front matter, headings with the text below them, and labels in bold.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use smcard_core::SecurityCard;

use super::document::Document;
use super::matter;
use super::piece::{At, Piece};

/// The pieces of a Markdown file, and what is wrong with it.
pub(super) fn pieces(text: &str) -> (Vec<Piece>, Vec<String>) {
    if let Some(pieces) = ours(text) {
        return (pieces, Vec::new());
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n");
    let (mut pieces, mut notes) = (Vec::new(), Vec::new());
    let (front, body, first) = front_matter(&text);
    if let Some(front) = front {
        match matter::pieces(front) {
            Ok(mut found) => pieces.append(&mut found),
            Err(why) => {
                notes.push(format!("the front matter cannot be read: {why}"));
                pieces.push(Piece::text(&["front matter"], front, At::Line(2)));
            }
        }
    }
    body_pieces(&without_comments(body), first, &mut pieces);
    (pieces, notes)
}

/// The card that `smcard export` wrote as this README, if it did: all else in it only repeats what its front matter says.
fn ours(text: &str) -> Option<Vec<Piece>> {
    let document = Document::of(smcard_export::huggingface::card(text).ok()?);
    let mut pieces = Vec::new();
    document.of_schema(document.root.entries(), SecurityCard::SCHEMA, "", &mut pieces);
    Some(pieces)
}

/// The YAML between the first two lines of three hyphens, what follows it, and the number of the line on which that
/// begins.
fn front_matter(text: &str) -> (Option<&str>, &str, usize) {
    let start = text.len() - text.trim_start_matches('\n').len();
    let Some(rest) = text.get(start..).and_then(|rest| rest.strip_prefix("---\n")) else { return (None, text, 1) };
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == "---" {
            let body = rest.get(end + line.len()..).unwrap_or_default();
            let above = text.len() - body.len();
            return (rest.get(..end), body, 1 + text.get(..above).unwrap_or_default().matches('\n').count());
        }
        end += line.len();
    }
    (None, text, 1)
}

/// The text with spaces for comments, which nobody is meant to read; code stays as it is.
fn without_comments(text: &str) -> String {
    let (mut plain, mut fence, mut comment) = (String::with_capacity(text.len()), None, false);
    for line in text.split_inclusive('\n') {
        let begin = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| begin.starts_with(mark));
        if !comment && mark.is_some() && (fence.is_none() || fence == mark) {
            fence = if fence.is_none() { mark } else { None };
        }
        if fence.is_some() {
            plain += line;
            continue;
        }
        let mut rest = line;
        while !rest.is_empty() {
            let (mark, kept) = if comment { ("-->", false) } else { ("<!--", true) };
            let (part, after) = match rest.find(mark) {
                Some(at) => rest.split_at_checked(at).unwrap_or((rest, "")),
                None => (rest, ""),
            };
            if kept {
                plain += part;
            } else if part.ends_with('\n') {
                plain.push('\n');
            }
            if let Some(behind) = after.strip_prefix(mark) {
                comment = !comment;
                rest = behind;
            } else {
                rest = "";
            }
        }
    }
    plain
}

/// A part of the body: a heading, or something else.
enum Part {
    Heading(HeadingLevel, String),
    Text,
}

fn body_pieces(body: &str, first: usize, pieces: &mut Vec<Piece>) {
    let mut headings: Vec<(HeadingLevel, String)> = Vec::new();
    let mut pending: Option<Piece> = None;
    let (mut line, mut counted, mut is_first) = (first, 0, true);
    for (part, range) in parts(body) {
        line += body.get(counted..range.start).unwrap_or_default().matches('\n').count();
        counted = range.start;
        let source = body.get(range).unwrap_or_default();
        match part {
            Part::Heading(level, label) => {
                pieces.extend(pending.take());
                if std::mem::take(&mut is_first) && level == HeadingLevel::H1 {
                    // The title stands above everything, and says nothing of it.
                    pieces.push(title(&label, At::Line(line)));
                    continue;
                }
                headings.retain(|(above, _)| *above < level);
                headings.push((level, label));
            }
            Part::Text => {
                let labels: Vec<&str> = headings.iter().map(|(_, label)| label.as_str()).collect();
                text_pieces(source, &labels, line, &mut pending, pieces);
            }
        }
    }
    pieces.extend(pending);
}

/// The paragraphs, lists and so on below a heading, as one piece; lines that begin with a label in bold as pieces of
/// their own.
fn text_pieces(source: &str, labels: &[&str], line: usize, pending: &mut Option<Piece>, pieces: &mut Vec<Piece>) {
    let mut labelled = false;
    let mut from = line;
    let mut plain = String::new();
    for (offset, text) in source.split_inclusive('\n').enumerate() {
        match bold_label(text) {
            Some((label, value)) => {
                flush(&mut plain, labels, from, pending);
                pieces.extend(pending.take());
                let labels = [labels, &[label]].concat();
                *pending = Some(Piece::text(&labels, value, At::Line(line + offset)));
                labelled = true;
            }
            None if labelled && (text.trim().is_empty() || text.starts_with([' ', '\t'])) => append(pending, text),
            None if labelled && !text.trim_start().starts_with(['-', '*', '+']) => append(pending, text),
            None => {
                if std::mem::take(&mut labelled) {
                    pieces.extend(pending.take());
                }
                if plain.is_empty() {
                    from = line + offset;
                }
                plain += text;
            }
        }
    }
    if labelled {
        pieces.extend(pending.take());
    }
    flush(&mut plain, labels, from, pending);
}

fn append(pending: &mut Option<Piece>, text: &str) {
    if let Some(Piece { content: super::piece::Content::Text(all), .. }) = pending {
        all.push_str(text);
    }
}

fn flush(plain: &mut String, labels: &[&str], line: usize, pending: &mut Option<Piece>) {
    let text = std::mem::take(plain);
    if text.trim().is_empty() {
        return;
    }
    match pending {
        Some(_) => append(pending, &format!("\n{text}")),
        None => *pending = Some(Piece::text(labels, text, At::Line(line))),
    }
}

/// `- **Developed by:** somebody`.
fn bold_label(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let item = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")).unwrap_or(line).trim_start();
    let (label, value) = item.strip_prefix("**")?.split_once("**")?;
    let inside = label.trim_end().ends_with(':');
    let behind = value.trim_start().strip_prefix(':');
    let value = if inside { value } else { behind? };
    (!label.trim().is_empty()).then_some((label, value.trim_start()))
}

/// A document's title: the name of the model, if it says so.
pub(super) fn title(text: &str, at: At) -> Piece {
    match model_of_title(text) {
        Some(name) => Piece::text(&["Model name"], name, at),
        None => Piece::text(&["title"], text, at),
    }
}

/// What a title such as `Model Card for X` is the card of.
fn model_of_title(title: &str) -> Option<String> {
    let lower = title.to_lowercase();
    let rest = ["model card for ", "model card: ", "model card - ", "model card – "]
        .iter()
        .find_map(|begin| lower.starts_with(begin).then(|| title.get(begin.len()..)).flatten());
    let name = rest?;
    (!name.trim().is_empty()).then(|| name.trim().to_owned())
}

/// The blocks of a text with their bytes; a list or a table is one block.
fn parts(body: &str) -> Vec<(Part, Range<usize>)> {
    let options = Options::ENABLE_TABLES;
    let (mut parts, mut depth, mut heading) = (Vec::new(), 0_usize, None);
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    match &tag {
                        Tag::Heading { level, .. } => heading = Some((*level, String::new(), range)),
                        _ => parts.push((Part::Text, range)),
                    }
                }
                depth += 1;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                if let (TagEnd::Heading(_), 0, Some((level, label, range))) =
                    (end, depth, heading.take_if(|_| depth == 0))
                {
                    parts.push((Part::Heading(level, label), range));
                }
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some((_, label, _)) = &mut heading {
                    label.push_str(&text);
                }
            }
            _ if depth == 0 => parts.push((Part::Text, range)),
            _ => {}
        }
    }
    parts
}
