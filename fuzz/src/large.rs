//! Inputs that are too large to commit: one mistake, thousands of times. Each is a function of
//! what part of its size is wanted, so that a benchmark can see how work grows.

/// Inputs by name, each as what makes it: the whole for 1, a tenth for 10.
pub type Inputs = &'static [(&'static str, fn(usize) -> String)];

/// Reports.
pub const REPORTS: Inputs = &[
    ("empty threats", |part| in_security("threats", &many(300_000 / part, |_| "{}".to_owned()))),
    ("empty tests", |part| in_security("tests", &many(100_000 / part, |_| "{}".to_owned()))),
    ("dangling evidence", |part| {
        let evidence = many(10_000 / part, |number| format!("\"test-{number}\""));
        let tests = many(1_000 / part, |number| format!("{{\"id\":\"tests-{number}\"}}"));
        in_security("tests", &format!("{tests}],\"threats\":[{{\"id\":\"a\",\"evidence\":[{evidence}]}}"))
    }),
    ("unknown references", |part| {
        let refs = many(20_000 / part, |number| format!("\"AML.T{number:05}\""));
        in_security("threats", &format!("{{\"id\":\"a\",\"refs\":[{refs}]}}"))
    }),
    ("unknown keys", |part| format!("{{{}}}", many(50_000 / part, |number| format!("\"model_detail{number}\":1")))),
    ("escapes without an end", |part| format!("{{{}", "\\u{".repeat(60_000 / part))),
    ("the same id", |part| in_security("threats", &many(20_000 / part, |_| "{\"id\":\"a\"}".to_owned()))),
    ("the same key", |part| format!("{{{}}}", many(50_000 / part, |_| "\"training_data\":\"a b\"".to_owned()))),
    ("extensions", |part| {
        let keys = many(50_000 / part, |number| format!("\"key_{number}\":{number}"));
        format!("{{\"extensions\":{{\"acme\":{{{keys}}}}}}}")
    }),
    ("a long text", |part| format!("{{\"training_data\":\"{}\"}}", "ab ghp_ TODO ".repeat(20_000 / part))),
    ("a long word", |part| format!("{{\"training_data\":\"{}\"}}", "a".repeat(250_000 / part))),
    ("a long license", |part| {
        format!("{{\"model_details\":{{\"license\":\"{}MIT\"}}}}", "MIT OR ".repeat(35_000 / part))
    }),
    ("a license in parentheses", |part| {
        let depth = 100_000 / part;
        format!("{{\"model_details\":{{\"license\":\"{}MIT{}\"}}}}", "(".repeat(depth), ")".repeat(depth))
    }),
    ("deep lists", |part| {
        let depth = 100_000 / part;
        format!("{{\"extensions\":{{\"a\":{{\"b\":{}{}}}}}}}", "[".repeat(depth), "]".repeat(depth))
    }),
    ("deep blocks", |part| {
        let depth = 100_000 / part;
        format!("{}1{}", "{\"extensions\":".repeat(depth), "}".repeat(depth))
    }),
    ("long keys around mistakes", |part| {
        let (key, mistakes) = ("k".repeat(50_000 / part), many(100, |number| format!("\"k{number}\":null")));
        format!("{{\"extensions\":{{\"{key}\":{{\"{key}\":{{{mistakes}}}}}}}}}")
    }),
    ("escapes in what does not parse", |part| format!("{{\"a\":\"{}\" 1", "\\u0067".repeat(50_000 / part))),
    // No longer than what time is counted for, so that what each finding takes shows.
    ("misspelt references", |_| {
        let refs = many(100, |number| format!("\"AML.T00{number}.00\",\"LLM{number}:2025\""));
        padded(&in_security("threats", &format!("{{\"id\":\"a\",\"refs\":[{refs}]}}")))
    }),
    ("misspelt evidence", |_| {
        let evidence = many(100, |number| format!("\"tset-{number}\""));
        let tests = many(400, |number| format!("{{\"id\":\"9-test{number:03}\"}}"));
        padded(&in_security("tests", &format!("{tests}],\"threats\":[{{\"id\":\"a\",\"evidence\":[{evidence}]}}")))
    }),
    ("misspelt keys", |_| {
        let keys = many(100, |number| format!("\"mitigatoin{number}\":1"));
        padded(&in_security("threats", &format!("{{\"id\":\"a\",{keys}}}")))
    }),
    ("misspelt words", |_| padded(&in_security("threats", &many(100, |_| "{\"decision\":\"Mitigatt\"}".to_owned())))),
    ("lines", |part| format!("{{{}\"a\":1}}", "\n".repeat(1_000_000 / part))),
];

/// Policies.
pub const POLICIES: Inputs = &[
    ("unknown keys", |part| lines(700 / part, |number| format!("requir{number} = 1"))),
    ("unknown stages", |part| lines(150 / part, |number| format!("[stage.s{number}]"))),
    ("unknown rules", |part| format!("[level]\n{}", lines(700 / part, |number| format!("rule-{number} = \"error\"")))),
    ("unknown fields", |part| {
        format!("[require]\nfields = [{}]\n", many(2_000 / part, |number| format!("\"model_details.date{number}\"")))
    }),
    ("the same field", |part| {
        format!("[require]\nfields = [{}]\n", many(2_000 / part, |_| "\"model_details.name\"".to_owned()))
    }),
    ("licenses", |part| {
        format!("[license]\nallow = [{}]\n", many(2_000 / part, |number| format!("\"LicenseRef-{number}\"")))
    }),
    ("extensions", |part| {
        lines(180 / part, |number| format!("[[extension]]\npath = \"acme.k{number}\"\nrequired = true\ndoc = \"x y\""))
    }),
    ("the same extension", |part| {
        lines(180 / part, |_| "[[extension]]\npath = \"acme.key\"\ndoc = \"x y\"".to_owned())
    }),
    ("extra ids", |part| {
        lines(180 / part, |number| format!("[[taxonomy.extra]]\nid = \"AML.T{number:05}\"\nname = \"N {number}\""))
    }),
    ("keys with dots", |part| lines(4_000 / part, |number| format!("a{number}.b.c.d.e.f.g.h.i.j = 1"))),
    ("tables with dots", |part| lines(4_000 / part, |number| format!("[a{number}.b.c.d.e.f.g.h.i.j]"))),
    ("lists of tables", |part| format!("a = [{}]\n", many(30_000 / part, |_| "{a=1}".to_owned()))),
    ("short keys", |part| lines(30_000 / part, |number| format!("{number}=1"))),
    ("short words", |part| format!("[policy]\ndelegate = [{}]\n", many(50_000 / part, |_| "\"a\"".to_owned()))),
    ("short licenses", |part| {
        format!("[license]\nallow = [{}]\n", many(1_500 / part, |number| format!("\"{number}\"")))
    }),
    ("long words", |part| {
        let word = "a".repeat(2_000 / part.max(1));
        format!("[policy]\ndelegate = [{}]\n", many(100, |number| format!("\"{word}{number}\"")))
    }),
    // No longer than what time is counted for, so that what each finding takes shows.
    ("misspelt fields", |_| misspelt("require", "fields", "security_considerations.threats.mitigatoin")),
    ("misspelt answers", |_| misspelt("require", "answered", "security_considerations.tests.xxxxxxxx")),
    ("misspelt delegations", |_| misspelt("policy", "delegate", "level.unknown-referense-of-a-threat")),
    ("misspelt objectives", |_| misspelt("coverage", "generative", "input_proteccion")),
    ("misspelt licenses", |_| misspelt("license", "allow", "GPL-2.0-with-classpath-excepsion")),
    ("empty lines", |part| "\n".repeat(200_000 / part)),
    ("strings that do not end", |part| "\"\n".repeat(9_000 / part)),
    ("braces without a beginning", |part| format!("a = [{}", "1}".repeat(9_000 / part))),
    ("deep lists", |part| {
        let depth = 10_000 / part;
        format!("a = {}{}\n", "[".repeat(depth), "]".repeat(depth))
    }),
    ("exceptions", |part| {
        lines(220 / part, |number| {
            format!(
                "[[exception]]\nrule = \"owner-missing\"\npath = \"security_considerations.threats[t{number}]\"\n\
                 reason = \"x y\"\napproved_by = \"x\"\nexpires = \"2099-12-31\""
            )
        })
    }),
    ("unknown delegations", |part| {
        format!("[policy]\ndelegate = [{}]\n", many(2_000 / part, |number| format!("\"level.{number}\"")))
    }),
    ("unknown licenses", |part| {
        format!("[license]\nallow = [{}]\n", many(2_000 / part, |number| format!("\"Apach-{number}\"")))
    }),
    ("optional fields", |part| {
        format!("[optional]\nfields = [{}]\n", many(2_000 / part, |_| "\"metrics\"".to_owned()))
    }),
    ("a dotted key", |part| format!("a{} = 1\n", ".a".repeat(10_000 / part))),
];

/// Cards, as somebody types them.
pub const CARDS: Inputs = &[
    ("missing commas", |part| lines(20_000 / part, |number| format!("field{number}: \"a\""))),
    ("unknown fields", |part| lines(20_000 / part, |number| format!("field{number}: \"a\","))),
    ("the same field", |part| lines(20_000 / part, |_| "training_data: \"a b\",".to_owned())),
    ("no fields", |part| "1, ".repeat(20_000 / part)),
    ("commas", |part| ",".repeat(50_000 / part)),
    ("empty threats", |part| format!("security_considerations: {{ threats: [{}] }}", "{}, ".repeat(20_000 / part))),
    ("a long path", |part| format!("training_data: a{}", "::a".repeat(60_000 / part))),
    ("a long path of a type", |part| format!("metrics: a{} {{}}", "::a".repeat(60_000 / part))),
    ("a sum", |part| format!("training_data: a{}", " + a".repeat(20_000 / part))),
    ("digits", |part| {
        let digits = "9".repeat(999);
        format!("metrics: {{ measures: [{}] }}", many(200 / part, |_| format!("{{ value: {digits} }}")))
    }),
    ("minus signs", |part| format!("training_data: {}1", "-".repeat(20_000 / part))),
    ("references", |part| format!("training_data: {}A", "&".repeat(20_000 / part))),
    ("angle brackets", |part| format!("training_data: a::{}", "<a::".repeat(20_000 / part))),
    ("closures", |part| format!("training_data: {}A", "|a| ".repeat(20_000 / part))),
    ("a long text", |part| format!("training_data: \"{}\"", "ab ghp_ TODO ".repeat(20_000 / part))),
    ("values side by side", |part| format!("extensions: {{ a: {{ b: [{}] }} }}", "{} ".repeat(20_000 / part))),
    ("keys without value", |part| format!("extensions: {{ a: {{ {} }} }}", "key, ".repeat(20_000 / part))),
    ("bars", |part| format!("extensions: {{ a: [{}] }}", "| a, ".repeat(20_000 / part))),
    ("empty blocks of an extension", |part| with_extension(&"{},".repeat(8_000 / part))),
    ("constants of an extension", |part| with_extension(&"N, ".repeat(8_000 / part))),
    ("short texts of an extension", |part| with_extension(&"\"ab\",".repeat(8_000 / part))),
    ("numbers of an extension", |part| with_extension(&"1,".repeat(8_000 / part))),
    ("reasons of an extension", |part| with_extension(&"unknown(\"a\"),".repeat(4_000 / part))),
    ("keys of an extension", |part| {
        with_extension(&format!("{{{}}}", many(8_000 / part, |number| format!("k{number}:1"))))
    }),
    ("lists of an extension", |part| with_extension(&"[1],".repeat(8_000 / part))),
    ("a chain of calls", |part| format!("training_data: a{}", ".b()".repeat(20_000 / part))),
];

/// A card without mistakes, with these values as a list of an extension.
fn with_extension(items: &str) -> String {
    let (fields, _) = CARD.rsplit_once('}').unwrap_or_default();
    format!("{fields} extensions: {{ large: {{ items: [{items}] }} }} }}")
}

/// A card without mistakes.
const CARD: &str = include_str!("../seeds/macro/warehouse-agent.rs");

/// A hundred times the same slip in a list.
fn misspelt(table: &str, key: &str, word: &str) -> String {
    padded(&format!("[{table}]\n{key} = [{}]\n", many(100, |number| format!("\"{word}{number}\""))))
}

/// A text with spaces behind it, up to the size from which on time counts.
fn padded(text: &str) -> String {
    format!("{text:<10001}")
}

pub(crate) fn many(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(",")
}

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(|number| line(number) + "\n").collect()
}

fn in_security(list: &str, items: &str) -> String {
    format!("{{\"security_considerations\":{{\"{list}\":[{items}]}}}}")
}
