//! The table of rules in the documentation is the one that the rules give.

#[path = "../examples/rules.rs"]
#[allow(dead_code, reason = "its `main` is for the example")]
mod rules;

#[test]
fn the_documented_table_is_in_step_with_the_rules() {
    let documented = include_str!("../src/rules/list.md");
    let command = "cargo run -p smcard-core --example rules > smcard-core/src/rules/list.md";
    assert!(documented == rules::table(), "the table is out of step: run `{command}`");
}
