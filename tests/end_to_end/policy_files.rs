//! What is said of a policy that is broken, and of a card that does not satisfy one: one error.

use crate::project::{Built, Project};

/// Builds a card that is good by itself under this policy.
#[track_caller]
fn under(name: &str, policy: &[u8]) -> Built {
    let project = Project::new(name);
    project.write("smcard.toml", policy);
    project.build().failed()
}

/// Asserts that the build has one error, which holds all of these.
#[track_caller]
fn assert_says(built: &Built, words: &[&str]) {
    let error = built.only_error();
    for words in words {
        assert!(error.contains(words), "the error lacks {words:?}:\n{error}");
    }
}

#[test]
fn a_misspelt_key_is_named_with_its_place_and_what_was_meant() {
    let built = under("policy-misspelt-key", b"# Ours.\n[license]\n  alow = [\"MIT\"]\n");
    assert_says(
        &built,
        &[
            "error: smcard.toml:3:3: unknown key `alow` in `[license]`\n",
            "3 |   alow = [\"MIT\"]\n",
            "did you mean `allow`?",
            "code: unknown-policy-key",
            // The macro as a whole: the place is in another file.
            "--> src/card.rs:3:33\n",
        ],
    );
}

#[test]
fn a_misspelt_table_and_a_misspelt_field_are_named_with_what_was_meant() {
    let built = under("policy-misspelt-table", b"[requires]\nfields = [\"model_details.name\"]\n");
    assert_says(&built, &["error: smcard.toml:1:2: unknown key `requires` in a policy\n", "did you mean `require`?"]);

    let built = under("policy-misspelt-field", b"[require]\nfields = [\"model_details.nam\"]\n");
    assert_says(
        &built,
        &["error: smcard.toml:2:11: a card has no field `model_details.nam`\n", "did you mean `model_details.name`?"],
    );
}

#[test]
fn a_field_that_only_the_policy_requires_is_missing_with_the_line_that_asks_for_it() {
    let built = under("policy-requires", b"[require]\nfields = [\n    \"model_details.name\",\n]\n");
    assert_says(
        &built,
        &[
            "error: missing field `name` in `model_details`\n",
            "required by smcard.toml:3\n",
            "src/card.rs:",
            "code: required-by-policy",
        ],
    );
}

#[test]
fn a_licence_that_the_policy_does_not_allow_is_refused_with_those_that_it_does() {
    let built = under("policy-licence", b"[license]\nallow = [\"MIT\", \"LicenseRef-acme\"]\n");
    assert_says(
        &built,
        &[
            "error: `license` in `model_details` is not allowed: `Apache-2.0`\n",
            "the policy allows `MIT` and `LicenseRef-acme`\n",
            "required by smcard.toml:2\n",
            "code: license-not-allowed",
        ],
    );
}

#[test]
fn an_extension_that_the_policy_requires_is_missing_with_what_it_is_for() {
    let policy =
        b"[[extension]]\npath = \"acme.data_residency\"\nrequired = true\ndoc = \"Where the data is stored.\"\n";
    let built = under("policy-extension", policy);
    assert_says(
        &built,
        &[
            "error: missing extension `acme.data_residency`\n",
            "add `extensions: { acme: { data_residency: \"\u{2026}\" } }`\n",
            "Where the data is stored.\n",
            "required by smcard.toml:2\n",
            "code: extension-missing",
        ],
    );
}

#[test]
fn a_policy_that_is_no_toml_is_one_error_with_its_place() {
    let built = under("policy-no-toml", b"[require]\nfields = [\"model_details.name\"\n[license]\n");
    assert_says(&built, &["error: smcard.toml:3:", "not TOML: ", "code: invalid-policy"]);
}

#[test]
fn a_policy_that_is_not_utf_8_is_one_error_with_its_place() {
    let built = under("policy-no-utf-8", b"[require]\n# gepr\xfcft\nfields = []\n");
    assert_says(
        &built,
        &["error: smcard.toml:2:7: the policy is not UTF-8\n", "save it as UTF-8\n", "code: invalid-policy"],
    );
}

#[test]
fn a_level_that_is_none_and_a_rule_that_cannot_be_waved_through_are_refused() {
    let built = under("policy-levels", b"[level]\nplaceholder = \"warn\"\nunknown-field = \"allow\"\n");
    assert_eq!(built.errors().len(), 2, "{}", built.stderr);
    assert!(
        built
            .stderr
            .contains("error: smcard.toml:2:15: unknown value `warn`; expected `allow`, `warning` or `error`\n"),
        "{}",
        built.stderr
    );
    assert!(
        built.stderr.contains("error: smcard.toml:3:17: the level of `unknown-field` cannot be set\n"),
        "{}",
        built.stderr
    );
}
