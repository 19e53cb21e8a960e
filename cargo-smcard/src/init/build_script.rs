//! `build.rs`: the lines that compile the card and check it, in a new file or added to one that is there, of which every
//! byte stays.

use std::ops::Range;
use std::path::{Component, Path};

use syn::spanned::Spanned;
use syn::{AttrStyle, Item, ItemFn, UseTree};

/// What becomes of a build script.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Merged {
    /// This text.
    Text(String),
    /// It calls `emit` already.
    Done,
    /// It cannot be seen where the lines belong: why, and the lines.
    ByHand { why: &'static str, lines: String },
}

/// A build script for a package that has none.
pub(super) fn new(card: &str) -> String {
    format!("{}\nfn main() {{\n    {}\n}}\n", module(card, "card", "\n"), call("card"))
}

fn module(card: &str, name: &str, end: &str) -> String {
    format!("#[path = {card:?}]{end}mod {name};{end}")
}

fn call(name: &str) -> String {
    format!("smcard::build::emit(&{name}::CARD);")
}

/// The path of a card, as an attribute in a build script spells it; both are given from the folder of the package.
pub(super) fn path_from(script: &Path, card: &Path) -> String {
    let folders = script.parent().into_iter().flat_map(Path::components);
    let up = folders.filter(|part| matches!(part, Component::Normal(_))).count();
    let names = card.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = std::iter::repeat_n("..".to_owned(), up).chain(names).collect();
    parts.join("/")
}

/// Adds the lines to a build script.
pub(super) fn merge(text: &str, card: &str) -> Merged {
    match Script::read(text) {
        Ok(script) => script.merge(card),
        Err(why) => by_hand(why, card),
    }
}

fn by_hand(why: &'static str, card: &str) -> Merged {
    let lines = format!("{}\nand, first in `main`:\n\n    {}\n", module(card, "card", "\n"), call("card"));
    Merged::ByHand { why, lines }
}

struct Script<'t> {
    text: &'t str,
    file: syn::File,
}

impl<'t> Script<'t> {
    fn read(text: &'t str) -> Result<Self, &'static str> {
        if text.starts_with('\u{feff}') || text.starts_with("#!") && !text.starts_with("#![") {
            return Err("it begins with a byte order mark or a shebang");
        }
        let file = syn::parse_file(text).map_err(|_| "it does not parse")?;
        Ok(Script { text, file })
    }

    fn merge(&self, card: &str) -> Merged {
        if self.text.contains("smcard::build::") {
            return Merged::Done;
        }
        let mains: Vec<&ItemFn> = self.file.items.iter().filter_map(main).collect();
        let [main] = mains.as_slice() else { return by_hand("it has no `main`, or several", card) };
        if main.sig.asyncness.is_some() || !main.attrs.iter().all(|attribute| is_plain(attribute.path())) {
            return by_hand("an attribute of `main` may change what it does", card);
        }
        let taken = |name: &str| self.file.items.iter().any(|item| declares(item, name));
        let Some(name) = ["card", "model_card"].into_iter().find(|name| !taken(name)) else {
            return by_hand("it has a `card` and a `model_card` already", card);
        };
        let text = self.with(main, card, name);
        match text.filter(|text| Self::is_merged(text, name)) {
            Some(text) => Merged::Text(text),
            None => by_hand("its `main` is not where it seems to be", card),
        }
    }

    /// The text with both additions; nothing where a place is not what syntax says.
    fn with(&self, main: &ItemFn, card: &str, name: &str) -> Option<String> {
        let end = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let inner = main.attrs.iter().filter(|attribute| matches!(attribute.style, AttrStyle::Inner(_)));
        let brace = main.block.brace_token.span.open().byte_range().end;
        let body = inner.map(|attribute| attribute.span().byte_range().end).fold(brace, usize::max);
        if self.text.get(brace.checked_sub(1)?..brace)? != "{" {
            return None;
        }
        let (body, call) = self.statement(main, body, &call(name), end)?;
        let (top, module) = self.module(&module(card, name, end), end)?;
        if top > body {
            return None;
        }
        let (before, rest) = self.text.split_at_checked(top)?;
        let (between, after) = rest.split_at_checked(body - top)?;
        Some(format!("{before}{module}{between}{call}{after}"))
    }

    /// The call as the first statement of `main`, behind what stands on the line of the brace.
    fn statement(&self, main: &ItemFn, body: usize, call: &str, end: &str) -> Option<(usize, String)> {
        let rest = self.text.get(body..)?;
        let line = rest.split_inclusive('\n').next()?;
        let indent = main.block.stmts.first().and_then(|first| self.indent(first.span().byte_range()));
        let indent = indent.unwrap_or_else(|| "    ".to_owned());
        let words = line.trim();
        if line.ends_with('\n') && (words.is_empty() || words.starts_with("//")) {
            return Some((body + line.len(), format!("{indent}{call}{end}")));
        }
        // The rest of `main` is on this line, too.
        let closing = if words.starts_with('}') { "" } else { &indent };
        let spaces = line.len() - line.trim_start_matches(' ').len();
        let (at, gap) = if words.starts_with('}') { (body, "") } else { (body + spaces, closing) };
        Some((at, format!("{end}{indent}{call}{end}{gap}")))
    }

    /// What stands before a place on its line, if that is white space alone.
    fn indent(&self, at: Range<usize>) -> Option<String> {
        let before = self.text.get(..at.start)?;
        let line = before.rsplit('\n').next()?;
        (line.trim().is_empty() && before.contains('\n')).then(|| line.to_owned())
    }

    /// The module behind the imports at the top; if there are none, before the first item and its comment.
    fn module(&self, module: &str, end: &str) -> Option<(usize, String)> {
        let is_import = |item: &&Item| matches!(item, Item::Use(_) | Item::ExternCrate(_) | Item::Mod(_));
        let imports = self.file.items.iter().take_while(is_import).filter(|item| {
            // A module that is written out is no import.
            !matches!(item, Item::Mod(module) if module.content.is_some())
        });
        if let Some(last) = imports.last() {
            let at = last.span().byte_range().end;
            let rest = self.text.get(at..)?;
            let line = rest.split_inclusive('\n').next()?;
            let words = line.trim();
            let ends = line.ends_with('\n') && (words.is_empty() || words.starts_with("//"));
            let (at, gap) = if ends { (at + line.len(), "") } else { (at, end) };
            return Some((at, format!("{gap}{end}{module}")));
        }
        let first = self.file.items.first()?.span().byte_range().start;
        let mut at = self.text.get(..first)?.rfind('\n').map_or(0, |end| end + 1);
        let documented = self.file.attrs.iter().map(|attribute| attribute.span().byte_range().end);
        let top = documented.fold(0, usize::max);
        while let Some(above) = self.text.get(top..at).and_then(|text| text.strip_suffix('\n')) {
            let line = above.rsplit('\n').next().unwrap_or_default();
            if !line.trim_start().starts_with("//") {
                break;
            }
            at = top + above.len() - line.len();
        }
        Some((at, format!("{module}{end}")))
    }

    /// Whether a text has the module, and the call first in its `main`.
    fn is_merged(text: &str, name: &str) -> bool {
        let Ok(file) = syn::parse_file(text) else { return false };
        let Ok(wanted) = syn::parse_str::<syn::Stmt>(&call(name)) else { return false };
        let first = file.items.iter().filter_map(main).find_map(|main| main.block.stmts.first());
        let has_module = file.items.iter().any(|item| matches!(item, Item::Mod(module) if module.ident == name));
        let tokens = |stmt: &syn::Stmt| quote::ToTokens::to_token_stream(stmt).to_string();
        has_module && first.is_some_and(|first| tokens(first) == tokens(&wanted))
    }
}

fn main(item: &Item) -> Option<&ItemFn> {
    match item {
        Item::Fn(function) if function.sig.ident == "main" => Some(function),
        _ => None,
    }
}

/// Whether an attribute changes nothing of what a function does.
fn is_plain(path: &syn::Path) -> bool {
    ["doc", "allow", "expect", "warn", "deny", "forbid", "rustfmt", "inline", "must_use"]
        .iter()
        .any(|plain| path.segments.first().is_some_and(|first| first.ident == plain))
        || path.segments.first().is_some_and(|first| first.ident == "clippy")
}

/// Whether an item may give a module, a crate or a type this name.
fn declares(item: &Item, name: &str) -> bool {
    match item {
        Item::Mod(it) => it.ident == name,
        Item::ExternCrate(it) => it.rename.as_ref().map_or(it.ident == name, |(_, to)| *to == name),
        Item::Struct(it) => it.ident == name,
        Item::Enum(it) => it.ident == name,
        Item::Type(it) => it.ident == name,
        Item::Use(it) => imports(&it.tree, name),
        _ => false,
    }
}

fn imports(tree: &UseTree, name: &str) -> bool {
    match tree {
        UseTree::Path(it) => imports(&it.tree, name),
        UseTree::Name(it) => it.ident == name,
        UseTree::Rename(it) => it.rename == name,
        UseTree::Group(it) => it.items.iter().any(|item| imports(item, name)),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
