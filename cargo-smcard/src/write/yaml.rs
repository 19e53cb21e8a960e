//! A card as YAML, with what is to be said about it in comments.

use smcard_core::SecurityCard;
use smcard_core::schema::{Block, Kind};
use smcard_core::tree::{Node, Value};
use smcard_export::yaml::{self, WIDTH};

use super::parts::{Part, parts};
use super::remarks::{Remarks, wrapped};

/// The whole file.
pub(super) fn text(card: &Node<'_>, remarks: &Remarks) -> String {
    let mut remarks = remarks.clone();
    let mut text = yaml::write(card, &mut |path, node| comments(node, path, &mut remarks));
    let rest = remarks.rest();
    if !rest.is_empty() {
        text.push('\n');
    }
    for line in rest.iter().flat_map(|line| comment(line)) {
        text += &line;
        text.push('\n');
    }
    text
}

/// What is said before each value of a block or a list, and after the last one.
fn comments(node: &Node<'_>, path: &str, remarks: &mut Remarks) -> Vec<Vec<String>> {
    if let Value::List(items) = &node.value {
        let known = items.iter().enumerate().filter(|(_, item)| item.is_known());
        let said = known.map(|(index, _)| remarks.take(&format!("{path}[{index}]")));
        return said.map(|lines| lines.iter().flat_map(|line| comment(line)).collect()).collect();
    }
    let (mut said, mut lines) = (Vec::new(), Vec::new());
    for part in parts(node.entries(), path, block_at(path), remarks) {
        match part {
            Part::Remark(line) => lines.extend(comment(&line)),
            Part::Entry(_) => said.push(std::mem::take(&mut lines)),
        }
    }
    said.push(lines);
    said
}

/// The block of the schema at a path.
fn block_at(path: &str) -> Option<&'static Block> {
    if path.is_empty() {
        return Some(SecurityCard::SCHEMA);
    }
    let without_index = |part: &str| part.split_once(']').map_or(part, |(_, rest)| rest).to_owned();
    let path: String = path.split('[').map(without_index).collect();
    let mut kind = SecurityCard::SCHEMA.at(&path)?.kind;
    while let Kind::List(item) = kind {
        kind = *item;
    }
    super::parts::block(Some(kind))
}

/// The lines of a comment.
fn comment(line: &str) -> Vec<String> {
    wrapped(line, WIDTH).into_iter().map(|line| format!("# {line}").trim_end().to_owned()).collect()
}
