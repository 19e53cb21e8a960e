//! A policy of any shape gets an answer. How long it takes is measured in `fuzz/benches/growth.rs`.

use smcard::Policy;

#[test]
fn a_policy_of_deep_tables_is_refused_or_read_and_never_ends_the_program() {
    for text in [
        format!("{}1", "a.".repeat(400_000)) + " = 1\n",
        format!("a = {}", "[".repeat(900_000)),
        format!("a = {}", "{a=".repeat(300_000)),
        format!("[{}a]\n", "a.".repeat(400_000)),
        format!("[[extension]]\npath = \"{}a\"\nrequired = true\n", "a.".repeat(400_000)),
        format!("[require]\nfields = [\"{}a\"]\n", "a.".repeat(400_000)),
        format!("[[exception]]\npath = \"training_data{}\"\n", "[0]".repeat(300_000)),
    ] {
        assert!(Policy::from_toml(&text, "smcard.toml").is_err());
    }
}
