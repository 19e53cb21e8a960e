//! Which licences SPDX can express, and what those that it cannot are told to write.

use super::*;

fn help(text: &str) -> String {
    match parse(text) {
        Ok(expression) => format!("accepted: {}", expression.terms().join(", ")),
        Err(wrong) => wrong.help(text),
    }
}

#[test]
fn expressions_and_full_names_are_licences() {
    for (text, expression) in [
        ("Apache-2.0", "Apache-2.0"),
        ("MIT OR Apache-2.0", "MIT, Apache-2.0"),
        ("MIT License", "MIT"),
        ("Apache License 2.0", "Apache-2.0"),
        ("LicenseRef-rivermouth", "LicenseRef-rivermouth"),
        ("GPL-2.0-only WITH Classpath-exception-2.0", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("CC-BY-NC-4.0", "CC-BY-NC-4.0"),
    ] {
        assert_eq!(parse(text).map(|license| license.terms().join(", ")).ok().as_deref(), Some(expression), "{text}");
    }
}

#[test]
fn of_two_ids_with_a_full_name_the_present_one_is_meant() {
    for (name, id) in [
        ("GNU General Public License v2.0 only", "GPL-2.0-only"),
        ("GNU Lesser General Public License v3.0 or later", "LGPL-3.0-or-later"),
        ("Nunit License", "Nunit"),
    ] {
        assert_eq!(help(name), format!("accepted: {id}"));
    }
}

#[test]
fn deprecated_ids_come_with_the_expression() {
    let deprecated = |text| parse(text).map(|license| license.deprecated).ok();
    assert_eq!(deprecated("GPL-2.0 OR MIT"), Some(vec!["GPL-2.0"]));
    assert_eq!(deprecated("GPL-2.0-only OR MIT"), Some(vec![]));
}

#[test]
fn licences_as_model_hubs_call_them_get_an_id_to_write() {
    for (text, ids) in [
        ("apache-2.0", "`Apache-2.0`"),
        ("mit", "`MIT`"),
        ("cc-by-nc-4.0", "`CC-BY-NC-4.0`"),
        ("bsd-3-clause-clear", "`BSD-3-Clause-Clear`"),
        ("llama2", "`LicenseRef-llama-2-community`"),
        ("llama3.1", "`LicenseRef-llama-3.1-community`"),
        ("Llama 3.1 Community License", "`LicenseRef-llama-3.1-community`"),
        ("gemma", "`LicenseRef-gemma`"),
        ("openrail", "`LicenseRef-openrail`"),
        ("openrail++", "`LicenseRef-openrail-plus-plus-m`"),
        ("bigscience-openrail-m", "`LicenseRef-bigscience-openrail-m`"),
        ("creativeml-openrail-m", "`LicenseRef-creativeml-openrail-m`"),
        ("proprietary", "`LicenseRef-proprietary`"),
        ("Proprietary", "`LicenseRef-proprietary`"),
        ("odbl", "`ODbL-1.0`"),
        ("bsd", "`BSD-3-Clause` or `BSD-2-Clause`"),
        ("agpl-3.0", "`AGPL-3.0-only` or `AGPL-3.0-or-later`"),
    ] {
        assert_eq!(help(text), format!("write {ids}"), "{text}");
    }
}

#[test]
fn licences_as_people_call_them_get_their_id() {
    for (text, ids) in [
        ("The MIT License", "`MIT`"),
        ("Apache License, Version 2.0", "`Apache-2.0`"),
        ("Apache 2.0", "`Apache-2.0`"),
        ("Apache v2", "`Apache-2.0`"),
        ("Apache", "`Apache-2.0`"),
        ("GPLv3", "`GPL-3.0-only` or `GPL-3.0-or-later`"),
        ("GNU GPL v2", "`GPL-2.0-only` or `GPL-2.0-or-later`"),
        ("BSD 3-clause", "`BSD-3-Clause`"),
        ("CC BY 4.0", "`CC-BY-4.0`"),
        ("MPL 2.0", "`MPL-2.0`"),
        ("MIT OR apache-2.0", "`Apache-2.0`"),
        ("https://opensource.org/licenses/MIT", "`MIT`"),
        ("https://www.apache.org/licenses/LICENSE-2.0.txt", "`Apache-2.0`"),
        ("https://creativecommons.org/licenses/by-nc/4.0/", "`CC-BY-NC-4.0`"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "`CC0-1.0`"),
        ("https://spdx.org/licenses/BSD-3-Clause.html", "`BSD-3-Clause`"),
    ] {
        assert_eq!(help(text), format!("write {ids}"), "{text}");
    }
    assert_eq!(help("Apache-2.O"), "did you mean `Apache-2.0`?");
}

#[test]
fn a_licence_that_nobody_knows_gets_an_id_of_its_own() {
    assert!(help("Rivermouth Model Terms 1.0").contains("`LicenseRef-Rivermouth-Model-Terms-1.0`"));
    assert!(help("https://example.com/model/LICENSE").contains("`LicenseRef-example.com`"));
    assert!(help("???").contains("`LicenseRef-example-model-1.0`"));
    assert!(!help(&"Permission is hereby granted. ".repeat(99)).contains("hereby"));
}

#[test]
fn a_word_that_names_no_licence_is_told_what_says_so() {
    for text in ["NOASSERTION", "unknown", "Unknown"] {
        assert!(help(text).contains("`unknown(\"why\")`"), "{text}: {}", help(text));
    }
    assert!(help("NONE").contains("`not_applicable(\"why\")`"));
    assert!(help("other").contains("`LicenseRef-"));
}

#[test]
fn half_an_expression_is_refused_where_it_breaks() {
    let range = |text: &str| parse(text).err().map(|wrong| wrong.range);
    assert_eq!(range("LicenseRef-"), Some(0..11));
    assert_eq!(range("MIT OR LicenseRef-"), Some(7..18));
    assert_eq!(range("MIT\nOR Apache-2.0"), Some(3..4));
    assert_eq!(range("MIT AND NOPE"), Some(8..12));
    assert!(range("").is_some());
    assert!(range("MIT OR").is_some());
    assert!(range("(MIT").is_some());
}

#[test]
fn it_is_said_why_something_is_no_expression() {
    let why = |text: &str| parse(text).err().map(|wrong| wrong.why.into_owned()).unwrap_or_default();
    for (text, words) in [
        ("(MIT", "a parenthesis is not closed"),
        ("MIT)", "a parenthesis was not opened"),
        ("MIT OR", "the expression is not complete"),
        ("NOPE-1", "SPDX 3.29.0 lists no such licence"),
        ("GPL-2.0-only WITH Nope", "SPDX 3.29.0 lists no such exception"),
        ("GPL-2.0-only+", "a GNU licence takes `-or-later` in place of `+`"),
        ("NONE", "it names no licence"),
        ("MIT\nOR ISC", "it runs over several lines"),
        ("LicenseRef-", "`LicenseRef-` has no name after it"),
        ("MIT OR LicenseRef--a", "`LicenseRef-` has no name after it"),
        ("LicenseRef-.", "`LicenseRef-` has no name after it"),
        ("LicenseRef-a", ""),
        ("DocumentRef-LicenseRef-:LicenseRef-a", ""),
    ] {
        assert_eq!(why(text), words, "{text}");
    }
    let long = |bytes: usize| format!("LicenseRef-{}", "a".repeat(bytes - OWN.len()));
    assert_eq!((&*why(&long(LONGEST)), &*why(&long(LONGEST + 1))), ("", "it is longer than any licence expression"));
}
