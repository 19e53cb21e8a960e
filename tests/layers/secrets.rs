//! Nothing that is said of a policy repeats a secret or a character that a reader cannot see.

use smcard::Policy;

use crate::lines;

const SECRET: &str = "ghp_0123456789abcdefghijABCDEFGHIJ012345";

#[test]
fn no_secret_of_a_policy_is_shown() {
    for text in [
        format!("{SECRET} = 1\n"),
        format!("[require]\n{SECRET} = 1\n"),
        format!("[require]\nfields = [\"{SECRET}\"]\n"),
        format!("[require]\nfields = [\"extensions.{SECRET}\"]\n"),
        format!("[level]\n{SECRET} = \"error\"\n"),
        format!("[level]\nplaceholder = \"{SECRET}\"\n"),
        format!("[risk]\nmax_open = \"{SECRET}\"\n"),
        format!("[coverage]\npredictive = [\"{SECRET}\"]\n"),
        format!("[license]\nallow = [\"{SECRET}\"]\n"),
        format!("[[extension]]\npath = \"{SECRET}\"\n"),
        format!("[[extension]]\npath = \"acme.{SECRET}\"\nrequired = true\n"),
        format!("[[extension]]\npath = \"acme.key\"\ndoc = \"{SECRET}\"\n"),
        format!("[[taxonomy.extra]]\nid = \"{SECRET}\"\nname = \"A\"\n"),
        format!("[policy]\ndelegate = [\"{SECRET}\"]\n"),
        format!("[policy]\nextends = \"{SECRET}\"\n"),
        format!("[[exception]]\nrule = \"{SECRET}\"\n"),
        format!("[[exception]]\npath = \"{SECRET}\"\n"),
        format!("[[exception]]\nreason = \"{SECRET}\"\n"),
        format!("[[exception]]\nexpires = \"{SECRET}\"\n"),
        format!("{SECRET} = 1\n{SECRET} = 2\n"),
        format!("{SECRET} {SECRET}\n"),
        // As a text of TOML may spell it.
        format!("[require]\nfields = [\"\\u0067{}\"]\n", &SECRET[1..]),
        format!("[license]\nallow = [\"{}\\\n  {}\"]\n", &SECRET[..20], &SECRET[20..]),
        format!("[license]\nallow = [\"{}\\u00ad{}\"]\n", &SECRET[..20], &SECRET[20..]),
    ] {
        let findings = Policy::from_toml(&text, "smcard.toml").expect_err(&text);
        let said = format!("{findings}\n{}", lines(Err(findings.clone())).join("\n"));
        assert!(!said.contains(SECRET) && !said.contains("ghijABCDEFGHIJ0123"), "{text}\n{said}");
    }
}

#[test]
fn characters_that_a_reader_cannot_see_are_written_out() {
    for text in [
        "\"a\\u001b[31m\\u202eb\" = 1\n",
        "[require]\nfields = [\"a\\u001b[31m\\u202eb\"]\n",
        "[risk]\nmax_open = \"a\\u001b[31m\\u202eb\"\n",
        "[license]\nallow = [\"a\\u001b[31m\\u202eb\"]\n",
        "[[extension]]\npath = \"a\\u001b[31m\\u202eb\"\n",
        "[policy]\ndelegate = [\"a\\u001b[31m\\u202eb\"]\n",
        "[[exception]]\nrule = \"a\\u001b[31m\\u202eb\"\n",
    ] {
        let findings = Policy::from_toml(text, "smcard.toml").expect_err(text);
        let said = format!("{findings}\n{}", lines(Err(findings.clone())).join("\n"));
        assert!(!said.contains(['\u{1b}', '\u{202e}']) && said.contains("u{1b}"), "{said}");
    }
}

#[test]
fn the_line_behind_a_secret_is_shown() {
    let text = format!("# {SECRET}\n[requires]\n# {SECRET}\n");
    let findings = Policy::from_toml(&text, "smcard.toml").expect_err("an unknown table").to_string();
    assert!(findings.contains("2 | [requires]") && !findings.contains(SECRET), "{findings}");
}
