//! What the compiler says of a card with one mistake: that mistake, at its place, and nothing else.
//!
//! After a change of a message, `TRYBUILD=overwrite cargo test --test compile_fail` writes the new
//! ones; read each before it is committed.

#[test]
fn a_mistake_gives_one_error_at_its_place_and_no_echo() {
    let tests = trybuild::TestCases::new();
    tests.pass("tests/ui/pass/*.rs");
    tests.compile_fail("tests/ui/*.rs");
}
