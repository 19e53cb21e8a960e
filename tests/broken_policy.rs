//! What is wrong with a policy is named with file, line and column, a caret, and what was meant.

use smcard::{Findings, Level, Policy, rules};

fn broken(text: &str) -> Findings {
    Policy::from_toml(text, "../smcard.toml").err().unwrap_or_default()
}

/// Asserts the whole text of what is wrong.
#[track_caller]
fn assert_says(text: &str, expected: &str) {
    assert_eq!(broken(text).to_string(), expected, "\n{}", broken(text));
}

#[test]
fn toml_that_cannot_be_parsed_is_shown_where_it_breaks() {
    assert_says(
        "[require]\nfields = [\"metrics\"\n",
        r#"../smcard.toml:2:20: not TOML: unclosed array, expected `]`
  |
2 | fields = ["metrics"
  |                    ^
code: invalid-policy"#,
    );
}

#[test]
fn an_unknown_table_is_compared_with_the_known_ones() {
    assert_says(
        "[requires]\nfields = []\n",
        r"../smcard.toml:1:2: unknown key `requires` in a policy
  |
1 | [requires]
  |  ^^^^^^^^
help: did you mean `require`?
code: unknown-policy-key",
    );
}

#[test]
fn an_unknown_key_in_a_table_is_compared_with_the_known_ones() {
    assert_says(
        "[require]\nfeilds = [\"metrics\"]\n",
        r#"../smcard.toml:2:1: unknown key `feilds` in `[require]`
  |
2 | feilds = ["metrics"]
  | ^^^^^^
help: did you mean `fields`?
code: unknown-policy-key"#,
    );
}

#[test]
fn a_key_like_no_other_is_told_the_known_ones() {
    assert_says(
        "[[extension]]\npath = \"a.b\"\ncolour = \"blue\"\n",
        r#"../smcard.toml:3:1: unknown key `colour` in `[extension]`
  |
3 | colour = "blue"
  | ^^^^^^
help: `[extension]` knows `path`, `required` and `doc`
code: unknown-policy-key"#,
    );
}

#[test]
fn an_unknown_stage_is_compared_with_the_known_ones() {
    assert_says(
        "[stage.prodution]\nrequire = []\n",
        r"../smcard.toml:1:8: unknown key `prodution` in `[stage]`
  |
1 | [stage.prodution]
  |        ^^^^^^^^^
help: did you mean `production`?
code: unknown-policy-key",
    );
}

#[test]
fn an_unknown_field_is_compared_with_the_known_ones() {
    assert_says(
        "[require]\nfields = [\"metrics\", \"model_details.nam\"]\n",
        r#"../smcard.toml:2:22: a card has no field `model_details.nam`
  |
2 | fields = ["metrics", "model_details.nam"]
  |                      ^^^^^^^^^^^^^^^^^^^
help: did you mean `model_details.name`?
code: unknown-policy-key"#,
    );
}

#[test]
fn a_field_without_its_section_is_told_how_to_write_it() {
    assert_says(
        "[optional]\nfields = [\"citation\"]\n",
        r#"../smcard.toml:2:11: a card has no field `citation`
  |
2 | fields = ["citation"]
  |           ^^^^^^^^^^
help: write a section, or a section and a field: `model_details.name`
code: unknown-policy-key"#,
    );
}

#[test]
fn an_extension_among_the_fields_is_told_where_it_belongs() {
    assert_says(
        "[require]\nfields = [\"extensions.parcels.region\"]\n",
        r#"../smcard.toml:2:11: a card has no field `extensions.parcels.region`
  |
2 | fields = ["extensions.parcels.region"]
  |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: declare a field of your own with `[[extension]]`, `path` and `required = true`
code: unknown-policy-key"#,
    );
}

#[test]
fn an_unknown_rule_is_compared_with_the_known_ones() {
    assert_says(
        "[level]\nplaceholders = \"warning\"\n",
        r#"../smcard.toml:2:1: unknown key `placeholders` in `[level]`
  |
2 | placeholders = "warning"
  | ^^^^^^^^^^^^
help: did you mean `placeholder`?
code: unknown-policy-key"#,
    );
}

#[test]
fn an_unknown_level_is_told_the_known_ones() {
    assert_says(
        "[level]\nplaceholder = \"warn\"\n",
        r#"../smcard.toml:2:15: unknown value `warn`; expected `allow`, `warning` or `error`
  |
2 | placeholder = "warn"
  |               ^^^^^^
help: did you mean `warning`?
code: invalid-policy"#,
    );
}

#[test]
fn an_unknown_licence_is_compared_with_the_known_ones() {
    assert_says(
        "[license]\nallow = [\"MIT\", \"Apache-2\"]\n",
        r#"../smcard.toml:2:17: `Apache-2` is not a single SPDX licence
  |
2 | allow = ["MIT", "Apache-2"]
  |                 ^^^^^^^^^^
help: write `Apache-2.0`
code: invalid-policy"#,
    );
}

#[test]
fn an_expression_of_several_licences_is_no_licence_to_allow() {
    assert_says(
        "[license]\nallow = [\"MIT OR Apache-2.0\"]\n",
        r#"../smcard.toml:2:10: `MIT OR Apache-2.0` is not a single SPDX licence
  |
2 | allow = ["MIT OR Apache-2.0"]
  |          ^^^^^^^^^^^^^^^^^^^
help: list each licence separately: an SPDX id, or `LicenseRef-` and an id of your own
code: invalid-policy"#,
    );
}

#[test]
fn an_extension_without_a_path_is_told_to_write_one() {
    assert_says(
        "[[extension]]\nrequired = true\n",
        r#"../smcard.toml:1:1: `[[extension]]` has no `path`
  |
1 | [[extension]]
  | ^^^^^^^^^^^^^
help: write `path = "your_namespace.key"`
code: invalid-policy"#,
    );
}

#[test]
fn a_path_of_an_extension_has_a_namespace_and_a_key() {
    assert_says(
        "[[extension]]\npath = \"data residency\"\n",
        r#"../smcard.toml:2:8: `data residency` is not the path of an extension
  |
2 | path = "data residency"
  |        ^^^^^^^^^^^^^^^^
help: write a namespace, a dot and a key, made of letters, digits, `_` and `-`, such as `acme.data_residency`
code: invalid-policy"#,
    );
}

#[test]
fn a_value_of_the_wrong_kind_is_told_the_right_one() {
    for (text, message) in [
        ("require = 1", "expected a table for `require`"),
        ("[require]\nfields = \"metrics\"", "expected a list of strings for `require.fields`"),
        ("[require]\nfields = [1]", "expected a list of strings for `require.fields`"),
        ("[stage]\ndraft = true", "expected a table for `stage.draft`"),
        ("[license]\nallow = \"MIT\"", "expected a list of strings for `license.allow`"),
        ("[extension]\npath = \"a.b\"", "expected a list of tables (`[[…]]`) for `extension`"),
        ("[[extension]]\npath = \"a.b\"\nrequired = \"yes\"", "expected `true` or `false` for `extension.required`"),
        ("[[extension]]\npath = 1", "expected a string for `extension.path`"),
        ("[level]\nplaceholder = 1", "expected a string for `level.placeholder`"),
    ] {
        let findings = broken(text);

        assert_eq!(findings.len(), 1, "{findings}");
        assert_eq!(findings.iter().next().unwrap().problem.message, message);
        assert!(findings.to_string().contains('^'), "{findings}");
    }
}

#[test]
fn the_level_of_a_rule_without_which_nothing_can_be_checked_cannot_be_set() {
    let mut fixed = Vec::new();
    for rule in rules::all() {
        if rule.code == "secret-in-card" {
            continue; // It can be set, though not so low.
        }
        match Policy::from_toml(&format!("[level]\n{} = \"allow\"\n", rule.code), "smcard.toml") {
            Ok(policy) => assert_eq!(policy.level(rule), Level::Allow),
            Err(findings) => {
                let message = &findings.iter().next().unwrap().problem.message;
                assert_eq!(*message, format!("the level of `{}` cannot be set", rule.code));
                fixed.push(rule.code);
            }
        }
    }
    fixed.sort_unstable();

    assert_eq!(
        fixed,
        [
            "card-too-large",
            "duplicate-field",
            "invalid-key",
            "invalid-number",
            "invalid-policy",
            "invalid-syntax",
            "policy-loosened",
            "unknown-field",
            "unknown-policy-key",
            "wrong-kind"
        ]
    );
}

#[test]
fn all_that_is_wrong_with_a_policy_is_said_at_once_in_its_order() {
    let findings = broken("[level]\nplaceholder = \"off\"\n[require]\nfields = [\"metric\"]\n[optinal]\n");
    let lines: Vec<_> = findings.iter().map(|finding| finding.position.unwrap().line).collect();

    assert_eq!(lines, [2, 4, 5]);
}

#[test]
fn a_policy_that_is_far_too_large_is_not_parsed() {
    let findings = broken(&"#".repeat(256 * 1024 + 1));

    assert_eq!(
        findings.iter().next().unwrap().problem.message,
        "the policy has 262145 bytes, more than the 262144 of a policy"
    );
}

#[test]
fn a_policy_of_very_many_small_parts_is_refused_at_one_place() {
    for piece in ["a.b.c.d.e.f.g.h = 1\n", "[a.b.c.d]\n", "\n"] {
        let findings = broken(&piece.repeat(200_000 / piece.len()));
        let finding = findings.iter().next().unwrap();

        assert_eq!((findings.len(), finding.rule.code), (1, "invalid-policy"), "{piece:?}");
        assert_eq!(finding.problem.message, "the policy has too many small parts for its size");
        assert!(finding.position.unwrap().line > 50, "{piece:?}: {finding}");
    }
}

#[test]
fn a_secret_anywhere_on_a_long_line_hides_each_excerpt_of_it() {
    let words = "\"xxxxxxx\", ".repeat(200);
    for secret in ["ghp_0123456789abcdefghijABCDEFGHIJ012345", "\\u0067hp_0123456789abcdefghijABCDEFGHIJ012345"] {
        let line = |last: &str| format!("delegate = [{words}\"{last}\"]");
        let findings = broken(&format!("[policy]\n{}\n[require]\nfields = [\"yyyyyyy\"]\n", line(secret)));
        let excerpts: Vec<_> = findings.iter().filter_map(|finding| finding.problem.excerpt.as_deref()).collect();

        assert!(excerpts.len() > 90, "{}", excerpts.len());
        let (hidden, others): (Vec<&str>, Vec<&str>) =
            excerpts.iter().partition(|excerpt| excerpt.contains("the line contains a secret and is not shown"));
        assert!(others.iter().all(|excerpt| excerpt.contains("yyyyyyy")), "{others:?}");
        assert!(hidden.iter().all(|excerpt| !excerpt.contains("xxxxxxx")), "{hidden:?}");
        assert!(broken(&format!("[policy]\n{}\n", line("zzzzzzz"))).to_string().contains("xxxxxxx"));
    }
}

/// The messages and helps of what is wrong, a line each.
fn lines(text: &str) -> Vec<String> {
    broken(text).iter().map(smcard::Finding::line).collect()
}

#[test]
fn a_secret_that_the_parser_quotes_is_not_repeated() {
    let token = format!("{}{}", "ghp_16C7e42F292c69", "12E7710c838347Ae178B4a");
    for key in [token.clone(), format!("\"\\u0067{}\"", token.trim_start_matches('g'))] {
        let found = lines(&format!("[level]\n{key} = \"error\"\n{key} = \"error\"\n"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found.iter().all(|line| line.contains("not TOML") && !line.contains("16C7e42F292c69")), "{found:?}");
    }
}

#[test]
fn a_path_with_the_number_of_an_item_is_told_to_speak_of_all() {
    let found = lines(
        "[require]\nfields = [\"security_considerations.threats[evasion-by-a-patch-on-the-line-at-night].owner\"]\n",
    );
    assert!(found.iter().any(|line| line.contains("remove the brackets")), "{found:?}");
}

#[test]
fn of_wrong_licences_the_first_five_are_told_what_was_meant() {
    let wrong = |count: usize| format!("[license]\nallow = [{}]\n", vec!["\"Apache 2.0\""; count].join(", "));
    for (count, meant) in [(1, 1), (5, 5), (7, 5)] {
        let found = lines(&wrong(count));
        let told = found.iter().filter(|line| line.contains("`Apache-2.0`")).count();
        assert_eq!((found.len(), told), (count, meant), "{found:?}");
    }
}

#[test]
fn an_empty_list_of_licences_is_one_mistake_and_so_is_none_at_all() {
    assert_eq!(lines("[license]\nallow = []\n").len(), 1);
    assert!(lines("[license]\nallow = []\n").concat().contains("`allow` is empty"));
    assert_eq!(lines("[license]\nallow = \"MIT\"\n").len(), 1);
    assert!(!lines("[license]\nallow = \"MIT\"\n").concat().contains("is empty"));
    assert_eq!(lines("[license]\n").len(), 0);
}

#[test]
fn the_path_of_an_extension_is_made_of_keys_that_a_card_can_hold() {
    let of = |path: &str| lines(&format!("[[extension]]\npath = \"{path}\"\n")).len();
    let long = "k".repeat(64);
    let deep = |count: usize| vec!["a"; count].join(".");
    for right in ["acme.data_residency", "a-b.c9", &format!("acme.{long}"), &deep(30)] {
        assert_eq!(of(right), 0, "{right}");
    }
    for wrong in ["acme", "acme.", ".key", "acme.a b", "acme.é", &format!("acme.{long}k"), &deep(31)] {
        assert_eq!(of(wrong), 1, "{wrong}");
    }
}

#[test]
fn an_objective_that_stands_twice_is_asked_for_once() {
    let policy = Policy::from_toml("[coverage]\npredictive = [\"misuse\", \"misuse\"]\n", "smcard.toml");
    let mut report: serde_json::Value = serde_json::from_str(include_str!("common/report.json")).expect("JSON");
    report["security_considerations"]["ai_class"] = "Predictive".into();
    let text = report.to_string();
    let findings = smcard::SecurityCard::from_json_with(&text, &policy.expect("a policy"));
    let findings = findings.expect_err("misuse is not covered");
    assert_eq!(findings.iter().map(|finding| finding.rule.code).collect::<Vec<_>>(), ["missing-objective"]);
}

#[test]
fn of_formats_a_policy_may_ask_for_as_many_as_anybody_needs() {
    let asks = |count: usize| {
        let formats: Vec<String> = (0..count).map(|number| format!("\"format-{number}\"")).collect();
        format!("[emit]\nformats = [{}]\n", formats.join(", "))
    };
    assert_eq!(lines(&asks(64)), Vec::<String>::new());
    for count in [65, 2_000] {
        let found = lines(&asks(count));
        assert!(
            matches!(found.as_slice(), [line] if line.contains("`emit.formats` has more than 64 formats")),
            "{found:?}"
        );
    }
    let found = lines("[emit]\nformats = \"html\"\nformat = []\n");
    assert!(
        matches!(found.as_slice(), [list, key]
            if list.contains("expected a list of strings for `emit.formats`") && key.contains("did you mean `formats`?")),
        "{found:?}"
    );
}
