//! The labels that are known, and what they name.

use std::collections::HashSet;

use smcard_core::SecurityCard;

use super::label::{Labels, Target, words};
use super::synonyms::{SYNONYMS, Scope};

fn target(labels: &[&str]) -> Option<&'static str> {
    let labels: Vec<String> = labels.iter().map(|label| (*label).to_owned()).collect();
    match Labels::new().target(&labels) {
        Target::Field(known) => Some(known.path),
        _ => None,
    }
}

#[test]
fn each_synonym_stands_once_names_a_field_or_section_and_says_where_it_was_seen() {
    let mut seen = HashSet::new();
    for synonym in SYNONYMS {
        let scope = format!("{:?}", synonym.scope);
        assert!(seen.insert((words(synonym.label), scope)), "{} stands twice", synonym.label);
        assert!(!synonym.seen.is_empty(), "{}", synonym.label);
        let is_known = synonym.path.is_none_or(|path| SecurityCard::SCHEMA.at(path).is_some());
        assert!(is_known, "{}: there is no {:?}", synonym.label, synonym.path);
        if let Scope::Section(name) = synonym.scope {
            assert!(SecurityCard::SCHEMA.field(name).is_some(), "{}", synonym.label);
        }
    }
}

#[test]
fn no_synonym_that_stands_anywhere_contradicts_another_name() {
    for synonym in SYNONYMS.iter().filter(|synonym| synonym.scope == Scope::Anywhere) {
        let labels = [synonym.label.to_owned()];
        match (synonym.path, Labels::new().target(&labels)) {
            (Some(path), Target::Field(known)) => assert_eq!(known.path, path, "{}", synonym.label),
            (Some(path), Target::Nothing) => {
                // A section has no text of its own.
                assert!(!path.contains('.'), "{} names nothing", synonym.label);
            }
            (None, found) => assert_eq!(found, Target::Nothing, "{}", synonym.label),
            (path, found) => panic!("{}: {path:?}, {found:?}", synonym.label),
        }
    }
}

#[test]
fn every_field_is_found_by_its_name_its_path_and_its_sentence() {
    for known in Labels::new().fields() {
        let (section, name) = known.path.split_once('.').unwrap_or(("", known.path));
        let name = name.rsplit('.').next().unwrap_or(name);
        for labels in [vec![section, name], vec![known.path], vec![known.field.sentence()]] {
            let labels: Vec<&str> = labels.into_iter().filter(|label| !label.is_empty()).collect();
            assert_eq!(target(&labels), Some(known.path), "{labels:?}");
        }
    }
}

#[test]
fn numbers_brackets_plurals_and_spelling_make_no_other_label() {
    for (label, path) in [
        ("2.1 Out-of-scope use:", "intended_use.out_of_scope_uses"),
        ("OUT OF SCOPE USES", "intended_use.out_of_scope_uses"),
        ("Citation [optional]", "model_details.citation"),
        ("**Licence**", "model_details.license"),
        ("Training Data (photographs)", "training_data"),
    ] {
        assert_eq!(target(&[label]), Some(path), "{label}");
    }
    for label in ["", ":", "Description", "Data", "Preprocessing", "Contacts of others", "Version history"] {
        assert_eq!(target(&[label]), None, "{label}");
    }
}

#[test]
fn the_heading_above_tells_what_a_common_word_means() {
    assert_eq!(target(&["Evaluation data", "Preprocessing"]), Some("evaluation_data.preprocessing"));
    assert_eq!(target(&["Training data", "Preprocessing"]), None);
    assert_eq!(target(&["Model details", "Version"]), Some("model_details.version"));
    assert_eq!(target(&["Dataset", "Version"]), None);
    assert_eq!(target(&["Security considerations", "Contact"]), Some("security_considerations.contact"));
}
