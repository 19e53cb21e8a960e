//! What people read of it: the headings of the hub's template, and no text that becomes markup.

use proptest::prelude::*;
use serde_json::Value;
use smcard_core::Text;

use super::{keys, parts, text, written};
use crate::cards::{each, read, with_words};
use crate::markdown::{HOSTILE, saying, seen, texts};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_text_is_seen_as_it_was_written_and_makes_no_markup(parts in prop::collection::vec(prop::sample::select(HOSTILE), 1..8), spaced in any::<bool>()) {
        let words = format!("So{}{}", if spaced { " " } else { "" }, parts.join(if spaced { " " } else { "" }));
        let body = |words: &str| seen(self::parts(&text(&saying(words))).1);
        let (_, plain) = body("So");
        let (shown, kinds) = body(&words);
        prop_assert_eq!(&kinds, &plain, "{:?}", words);
        let expected = words.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert!(shown.matches(&expected).count() >= 4, "{:?} in {}", expected, shown);
    }
}

#[test]
fn a_card_of_markup_has_the_structure_of_a_plain_one() {
    let of = |words: &str| {
        let report = with_words(5, words);
        let readme = text(&read(&report));
        (seen(parts(&readme).1).1, keys(&readme).join(" "))
    };
    let plain = of("Some words");
    for words in [
        "Some </details><script>alert(1)</script>",
        "Some ``` words",
        "Some\n---\nlicense: mit\n---\n# words",
        "Some\n...\n--- words",
        "Some\n## Model Details\n\n- words",
        "Some \"\nlicense: mit # words",
        "Some [a](b) ![c](d) $$x$$ \\(y\\) words",
    ] {
        assert_eq!(of(words), plain, "{words}");
    }
}

#[test]
fn a_text_never_begins_a_formula_of_the_hub() {
    let readme = text(&saying(r"So \(x\), \\(y\\) and $$z$$"));
    let (_, body) = parts(&readme);
    assert!(!body.contains(r"\\(") && !body.contains(r"\\)") && !body.contains("$$"), "{body}");
    assert!(seen(body).0.contains(r"So \(x\), \\(y\\) and $$z$$"), "{body}");
}

#[test]
fn nothing_of_a_card_is_missing_from_what_people_read() {
    each(|name, card| {
        let readme = text(card);
        let (words, _) = seen(parts(&readme).1);
        let report: Value = serde_json::from_str(&card.to_json()).unwrap();
        let mut missing = Vec::new();
        texts(&report, &mut |text: &str| {
            let said =
                text.split_once(": ").filter(|(prefix, _)| ["Not applicable", "Withheld", "Unknown"].contains(prefix));
            let text = said.map_or(text, |(_, reason)| reason);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            // A link is seen as its address.
            if !words.contains(&text) && !text.contains("://") && !text.starts_with("doi:") {
                missing.push(text);
            }
        });
        assert!(missing.is_empty(), "{name}: {missing:?}\n{readme}");
    });
}

/// The headings of the hub's template, without `[optional]`, and where those of ours stand.
const TEMPLATE: &[&str] = &[
    "## Model Details",
    "### Model Description",
    "### Model Sources",
    "## Uses",
    "### Direct Use",
    "### Downstream Use",
    "### Out-of-Scope Use",
    "## Bias, Risks, and Limitations",
    "### Recommendations",
    "## Security Considerations",
    "## How to Get Started with the Model",
    "## Training Details",
    "### Training Data",
    "### Training Procedure",
    "#### Preprocessing",
    "#### Training Hyperparameters",
    "#### Speeds, Sizes, Times",
    "## Evaluation",
    "### Testing Data, Factors & Metrics",
    "#### Testing Data",
    "#### Factors",
    "#### Metrics",
    "### Results",
    "#### Summary",
    "## Model Examination",
    "## Environmental Impact",
    "## Technical Specifications",
    "### Model Architecture and Objective",
    "### Compute Infrastructure",
    "#### Hardware",
    "#### Software",
    "## Citation",
    "## Glossary",
    "## More Information",
    "## Model Card Authors",
    "## Model Card Contact",
];

/// Those that every card has something for.
const ALWAYS: &[&str] = &[
    "## Model Details",
    "### Model Description",
    "### Model Sources",
    "## Uses",
    "### Direct Use",
    "### Out-of-Scope Use",
    "## Bias, Risks, and Limitations",
    "### Recommendations",
    "## Security Considerations",
    "## Training Details",
    "### Training Data",
    "### Training Procedure",
    "## Evaluation",
    "### Testing Data, Factors & Metrics",
    "#### Testing Data",
    "#### Factors",
    "#### Metrics",
    "### Results",
    "## Citation",
    "## Model Card Contact",
];

#[test]
fn the_headings_of_the_template_stand_in_its_order() {
    each(|name, card| {
        let readme = text(card);
        let mut template = TEMPLATE.iter();
        let mut found = Vec::new();
        let (mut section, mut first) = (String::new(), true);
        for line in parts(&readme).1.lines().filter(|line| line.starts_with('#')) {
            if std::mem::take(&mut first) {
                assert!(line.starts_with("# Model Card for "), "{line}");
                continue;
            }
            let below = section == "## Security Considerations" && !line.starts_with("## ")
                || section == "### Results" && line.starts_with("#### ");
            if !below && !line.starts_with("#### ") {
                section = line.to_owned();
            }
            if !below {
                assert!(
                    template.any(|of_hub| *of_hub == line),
                    "{line} of {name} is no heading of the template, or not here"
                );
                found.push(line);
            }
        }
        for heading in ALWAYS {
            assert!(found.contains(heading), "{heading} of {name}");
        }
        let more = ["\n  extensions:\n", "\n  measured:\n"].iter().any(|key| readme.contains(key));
        assert_eq!(found.contains(&"## More Information"), more, "{name}");
    });
}

#[test]
fn threats_tests_objectives_and_the_system_with_its_diagram_stand_below_security_considerations() {
    let readme = text(written("warehouse_agent"));
    let (_, section) = readme.split_once("\n## Security Considerations\n\n| At a glance | |\n").unwrap();
    let (section, _) = section.split_once("\n## Training Details\n").unwrap();
    let mut rest = section;
    for heading in [
        "### Objectives of an adversary",
        "### Threats",
        "#### goal-hijack",
        "### Tests",
        "### System",
        "#### Data flows",
        "```mermaid\nflowchart LR",
        "#### Zones",
        "#### Components",
        "#### Flows",
    ] {
        rest = rest.split_once(&format!("\n{heading}\n")).unwrap_or_else(|| panic!("{heading}\n{section}")).1;
    }
}

#[test]
fn a_name_of_several_lines_is_one_title() {
    let mut card = written("defect_detector").clone();
    card.model_details.name = Some(Text::Stated("a\n---\n# b".into()));
    let readme = text(&card);
    assert_eq!(parts(&readme).1.lines().nth(1), Some("# Model Card for a --- # b"));
}
