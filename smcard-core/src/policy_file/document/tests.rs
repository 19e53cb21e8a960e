//! The tree is the one that toml makes of the same text.

use proptest::prelude::*;
use toml::de::{DeTable, DeValue};

use super::*;

/// A value and everything below it, as both trees have it: the path, the bytes, the words.
type Flat = Vec<(String, Range<usize>, String)>;

fn ours(text: &str) -> Option<Flat> {
    fn value(path: &str, spanned: &Spanned<Value<'_>>, flat: &mut Flat) {
        let mut add = |words: String| flat.push((path.to_owned(), spanned.span.clone(), words));
        match &spanned.value {
            Value::Text(text) => add(format!("text {text}")),
            Value::Flag(flag) => add(format!("flag {flag}")),
            Value::Integer(digits, radix) => add(format!("integer {digits} {radix}")),
            Value::Float(_) | Value::Other => add("other".to_owned()),
            Value::List(items) | Value::Tables(items) => {
                add("list".to_owned());
                for (index, item) in items.iter().enumerate() {
                    value(&format!("{path}[{index}]"), item, flat);
                }
            }
            Value::Table(below) => {
                add("table".to_owned());
                table(path, below, flat);
            }
        }
    }
    fn table(path: &str, table: &Table<'_>, flat: &mut Flat) {
        // Theirs is sorted by key.
        let mut sorted: Vec<_> = table.values.iter().collect();
        sorted.sort_by(|one, other| one.name.cmp(&other.name));
        for keyed in sorted {
            let path = format!("{path}.{:?}", keyed.name);
            flat.push((path.clone(), keyed.key.clone(), "key".to_owned()));
            value(&path, &keyed.value, flat);
        }
    }
    let mut flat = Vec::new();
    table("", &Table::parse(text).ok()?, &mut flat);
    Some(flat)
}

fn theirs(text: &str) -> Option<Flat> {
    fn value(path: &str, spanned: &toml::Spanned<DeValue<'_>>, flat: &mut Flat) {
        let mut add = |words: String| flat.push((path.to_owned(), spanned.span(), words));
        match spanned.get_ref() {
            DeValue::String(text) => add(format!("text {text}")),
            DeValue::Boolean(flag) => add(format!("flag {flag}")),
            DeValue::Integer(number) => add(format!("integer {} {}", number.as_str(), number.radix())),
            DeValue::Float(_) | DeValue::Datetime(_) => add("other".to_owned()),
            DeValue::Array(items) => {
                add("list".to_owned());
                for (index, item) in items.iter().enumerate() {
                    value(&format!("{path}[{index}]"), item, flat);
                }
            }
            DeValue::Table(below) => {
                add("table".to_owned());
                table(path, below, flat);
            }
        }
    }
    fn table(path: &str, table: &DeTable<'_>, flat: &mut Flat) {
        for (key, below) in table {
            let path = format!("{path}.{:?}", key.get_ref());
            flat.push((path.clone(), key.span(), "key".to_owned()));
            value(&path, below, flat);
        }
    }
    let mut flat = Vec::new();
    table("", DeTable::parse(text).ok()?.get_ref(), &mut flat);
    Some(flat)
}

/// A text that is TOML, and gives the tree that toml makes of it.
#[track_caller]
fn same(text: &str) {
    let tree = ours(text);
    assert!(tree.is_some(), "refused: {text}");
    assert_eq!(tree, theirs(text), "{text}");
}

#[track_caller]
fn broken(text: &str, message: &str, at: &str) {
    let broken = Table::parse(text).err();
    let said =
        broken.as_ref().map(|broken| (broken.message.as_str(), text.get(broken.span.clone()).unwrap_or_default()));
    assert_eq!(said, Some((message, at)), "{text}");
    assert_eq!(theirs(text), None, "{text}");
}

#[test]
fn values_of_every_kind_are_those_of_toml() {
    same("text = 'a'\n\"k\\u0065y\" = \"b\\n\"\nlong = \"\"\"\n  c\n\"\"\"\nraw = '''\nd'''\n");
    same(
        "a = true\nb = false\nc = 1_000\nd = -5\nx = 0x1f\ne = 0b101\nf = 1.5e3\ng = inf\nh = 2026-11-26\ni = 07:30:00\n",
    );
    same("a = []\nb = [1, 'x', [2, [3]], {c = 4}, # words\n]\n");
    same("a = {}\nb = {c.d = 1, c.e = 2, f = {g.h = 3}}\n");
    same("");
    same("\u{feff}a = 1\r\nb = 2\r\n# the end");
}

#[test]
fn tables_are_opened_and_added_to_as_in_toml() {
    same("[a]\nb = 1\n[a.c]\nd = 2\n[e.f.g]\nh = 3\n[e.f]\ni = 4\n[e]\nj = 5\n");
    same("[[a]]\nb = 1\n[a.c]\nd = 2\n[[a]]\nb = 3\n[[a.e]]\nf = 4\n[[a.e]]\n");
    same("a.b.c = 1\na.b.d = 2\na.e = 3\n[f]\ng.h = 1\ng.i = 2\n[f.j]\nk = 3\n");
    same("[fruit]\napple.color = 'red'\napple.taste.sweet = true\n[fruit.apple.texture]\nsmooth = true\n");
    same("[a.b.c]\nd = 1\n[a]\nb.e = 2\n");
}

#[test]
fn what_is_said_twice_is_refused_where_it_stands_again() {
    broken("a = 1\n\na = 2\n", "duplicate key", "a");
    broken("[a]\n[b]\n[a]\n", "duplicate key", "a");
    broken("a = 1\n[a]\n", "duplicate key", "a");
    broken("[a]\n[[a]]\n", "duplicate key", "a");
    broken("[[a]]\n[a]\n", "duplicate key", "a");
    broken("a = []\n[[a]]\n", "duplicate key", "a");
    broken("x = {b = 1, 'b' = 2}\n", "duplicate key", "'b'");
    broken("[x]\na.b = 1\n[x.a]\n", "duplicate key", "a");
}

#[test]
fn what_is_complete_takes_nothing_more() {
    let message = "nothing can be added to what this key has already";
    broken("a = 1\na.b = 2\n", message, "a");
    broken("a = {}\n[a.b]\n", message, "a");
    broken("a = {b = {}}\na.b.c = 1\n", message, "a");
    broken("a = [{}]\n[a.b]\n", message, "a");
    broken("x = {a = 1, a.b = 2}\n", message, "a");
    broken("[a.b.c]\nd = 1\n[a]\nb.c.e = 2\n", message, "c");
}

#[test]
fn what_the_grammar_expects_is_said() {
    broken("a = [1\n", "unclosed array, expected `]`", "");
    broken("a = 1 b = 2\n", "string values must be quoted, expected literal string", "1 b");
}

#[test]
fn nothing_is_deeper_than_a_stack() {
    for (deep, too_deep) in [("[", "]"), ("{a=", "}"), ("{a.b=", "}")].map(|(open, close)| {
        let nested = |count: usize| format!("x = {}1{}\n", open.repeat(count), close.repeat(count));
        (nested(39), nested(200_000))
    }) {
        same(&deep);
        assert!(Table::parse(&too_deep).is_err());
    }
    let names = |count: usize| vec!["a"; count].join(".");
    for text in [format!("{} = 1\n", names(80)), format!("[{}]\n", names(80)), format!("[[{}]]\n", names(80))] {
        same(&text);
    }
    for text in [format!("{} = 1\n", names(200_000)), format!("[{}]\n", names(200_000)), names(200_000)] {
        assert!(Table::parse(&text).is_err());
    }
}

#[test]
fn no_key_with_dots_adds_to_a_table_of_a_list() {
    // The specification forbids it; toml lets it pass where the key has two dots.
    let text = "[[a.b]]\n[a]\nb.c.d = 1\n";
    assert!(theirs(text).is_some());
    let broken = Table::parse(text).unwrap_err();
    assert_eq!(text.get(broken.span), Some("b"));
}

/// Lines that open, add to and repeat a few tables in all ways, and sometimes break. Only headers name `x`, the
/// lists of tables.
fn lines() -> impl Strategy<Value = String> {
    let names = vec!["a", "b", "c", "'a'", "\"b\"", "\"\\u0061\""];
    let name = {
        let names = names.clone();
        move || prop::sample::select(names.clone())
    };
    let listed = move || prop::sample::select([names.clone(), vec!["x", "'x'"]].concat());
    let path = move || prop::collection::vec(name(), 1..4).prop_map(|names| names.join("."));
    let header = move || prop::collection::vec(listed(), 1..4).prop_map(|names| names.join("."));
    let scalar =
        prop::sample::select(vec!["1", "'x'", "true", "2026-11-26", "1.5", "[]", "{}", "[[1], {a = 1}]", "[", "é"]);
    let inline = prop::collection::vec((path(), scalar.clone()), 0..3).prop_map(|pairs| {
        let pairs: Vec<String> = pairs.iter().map(|(key, value)| format!("{key} = {value}")).collect();
        format!("{{{}}}", pairs.join(", "))
    });
    let line = prop_oneof![
        header().prop_map(|path| format!("[{path}]")),
        header().prop_map(|path| format!("[[{path}.x]]")),
        (path(), scalar).prop_map(|(path, value)| format!("{path} = {value}")),
        (path(), inline).prop_map(|(path, value)| format!("{path} = {value}")),
        Just("# a remark".to_owned()),
    ];
    prop::collection::vec(line, 0..8).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_lines_are_read_as_by_toml(text in lines()) {
        prop_assert_eq!(ours(&text), theirs(&text));
    }
}
