use smcard_core::schema::{Block, Kind};

use super::*;
use crate::init::place::block_of;

const EXAMPLE: &str = include_str!("../example.json");

fn interview(policy: &str) -> Interview {
    let policy = Policy::from_toml(policy, "smcard.toml").unwrap();
    Interview::new(policy, Day::parse("2026-11-01").unwrap())
}

/// Replies to every question, and gives the places in their order.
fn run(interview: &mut Interview, reply: impl Fn(&Question) -> Reply) -> Vec<String> {
    let mut asked = Vec::new();
    while let Some(question) = interview.next() {
        asked.push(question.at.to_string());
        assert!(asked.len() < 2_000, "it does not end: {asked:?}");
        let answer = reply(&question);
        interview.reply(&question, answer);
    }
    asked
}

/// A value of the kind of its field, as the terminal makes it.
fn fitting(value: &Node<'_>, kind: Kind) -> Node<'static> {
    match kind {
        Kind::List(of) if block_of(kind).is_none() => {
            node(Value::List(value.items().iter().map(|item| fitting(item, *of)).collect()))
        }
        Kind::Choice(_) => node(Value::Word(value.word().unwrap().to_owned().into())),
        Kind::Number | Kind::Count => node(Value::Number(value.number().unwrap())),
        Kind::Bool => node(Value::Bool(value.value == Value::Bool(true))),
        _ => match &value.value {
            Value::Text(words) => text(&words.to_string()),
            other => panic!("{other:?}"),
        },
    }
}

/// What the example says to a question; of its optional fields all that it has.
fn from_example(example: &Node<'_>, question: &Question) -> Reply {
    let given = question.at.of(example);
    match &question.asked {
        Asked::Field { field, .. } => given.map_or(Reply::Skipped, |value| Reply::Value(fitting(value, field.kind))),
        Asked::Extension { .. } => Reply::Skipped,
        Asked::Group { fields, .. } => {
            let has = |field: &&&'static Field| given.is_some_and(|block| block.get(field.name).is_some());
            Reply::Chosen(fields.iter().filter(has).map(|field| field.name.to_owned()).collect())
        }
        Asked::Threat { .. } => given.map_or(Reply::Skipped, |_| Reply::Threat(Start::default())),
    }
}

#[test]
fn whoever_has_an_answer_to_everything_is_asked_for_everything() {
    let example = SecurityCard::tree_of_json(EXAMPLE).unwrap();
    let mut interview = interview("");
    run(&mut interview, |question| from_example(&example, question));
    let json = |card: &Node<'_>| format!("{:#}", serde_json::to_value(card).unwrap());
    assert_eq!(json(&interview.card()), json(&example));
    let findings = interview.findings();
    assert!(findings.is_empty(), "{findings}");
    assert_eq!(interview.progress().open, [""; 0]);
}

#[test]
fn whoever_skips_everything_is_asked_for_what_a_card_must_have_in_the_order_of_the_schema() {
    fn required(block: &'static Block, within: &str, paths: &mut Vec<String>) {
        for field in block.fields.iter().filter(|field| field.required) {
            let path = format!("{within}{}", field.name);
            match field.kind {
                Kind::Block(inner) => required(inner, &format!("{path}."), paths),
                _ => paths.push(path),
            }
        }
    }
    let mut interview = interview("");
    let asked = run(&mut interview, |_| Reply::Skipped);
    let mut paths = Vec::new();
    required(SecurityCard::SCHEMA, "", &mut paths);
    let of_fields: Vec<_> = asked.iter().filter(|path| paths.contains(path)).cloned().collect();
    assert_eq!(of_fields, paths);
    // Besides: what else there is in four sections, and whether there is a threat or a vulnerability.
    assert_eq!(asked.len(), paths.len() + 6, "{asked:?}");
    assert_eq!(interview.progress(), Progress { open: paths, answered: 0 });
}

#[test]
fn each_question_says_where_it_is() {
    let example = SecurityCard::tree_of_json(EXAMPLE).unwrap();
    let mut interview = interview("");
    let mut numbers = Vec::new();
    while let Some(question) = interview.next() {
        assert_eq!(question.section.of, 12);
        numbers.push(question.section.number);
        let reply = from_example(&example, &question);
        interview.reply(&question, reply);
    }
    assert!(numbers.is_sorted(), "{numbers:?}");
    numbers.dedup();
    assert_eq!(numbers, (1..=12).collect::<Vec<_>>());
}

#[test]
fn going_back_step_by_step_leads_to_the_first_question_and_forward_to_the_same_card() {
    let example = SecurityCard::tree_of_json(EXAMPLE).unwrap();
    let mut interview = interview("");
    let forward = run(&mut interview, |question| from_example(&example, question));
    let card = interview.card();
    let mut backward = Vec::new();
    while interview.back() {
        backward.push(interview.next().unwrap().at.to_string());
    }
    backward.reverse();
    assert_eq!(backward, forward);
    assert!(interview.is_empty());
    // Each is asked with what was replied before.
    let again = run(&mut interview, |question| question.before.clone().unwrap());
    assert_eq!(again, forward);
    assert_eq!(interview.card(), card);
}

#[test]
fn a_saved_interview_goes_on_wherever_it_was_interrupted() {
    let example = SecurityCard::tree_of_json(EXAMPLE).unwrap();
    let mut whole = interview("");
    let asked = run(&mut whole, |question| from_example(&example, question));
    let mut begun = interview("");
    for next in &asked {
        let resumed = Interview::resume(&begun.save(), Policy::default(), begun.today).unwrap();
        assert_eq!(resumed.replies, begun.replies);
        begun = resumed;
        let question = begun.next().unwrap();
        assert_eq!(question.at.to_string(), *next);
        let reply = from_example(&example, &question);
        begun.reply(&question, reply);
    }
    assert_eq!(begun.card(), whole.card());
}

#[test]
fn what_another_version_or_hand_has_saved_is_left_out_where_it_fits_nothing() {
    let resume = |text: &str| Interview::resume(text, Policy::default(), Day::parse("2026-11-01").unwrap());
    for broken in ["", "{", "[]", "{\"replies\": 1}"] {
        assert!(resume(broken).is_none(), "{broken}");
    }
    let saved = r#"{ "replies": [
        { "at": "model_details.developer", "value": "Ada" },
        { "at": "model_details.no_such_field", "value": "x" },
        { "at": "model_details.date", "value": 2026 },
        { "at": "model_details..", "value": "x" },
        { "at": "model_details.stage", "value": "Nonsense" },
        { "at": "no_such_section", "skipped": "group" },
        { "value": "x" }, 1
    ] }"#;
    let resumed = resume(saved).unwrap();
    assert_eq!(resumed.values(), [Place::parse("model_details.developer").unwrap()]);
    assert_eq!(resumed.next().unwrap().at.to_string(), "model_details.date");
}

#[test]
fn a_policy_decides_what_must_be_asked_for() {
    let policy = "[require]\nfields = [\"model_details.stage\", \"security_considerations.threats.owner\"]\n\
                  [optional]\nfields = [\"factors\"]\n\
                  [[extension]]\npath = \"acme.data_residency\"\nrequired = true\ndoc = \"Where the data is.\"\n";
    let mut interview = interview(policy);
    let asked = run(&mut interview, |question| match question.at.to_string().as_str() {
        "security_considerations.threats[0]" => Reply::Threat(Start::default()),
        "security_considerations.threats[0].id" => Reply::Value(text("a")),
        "extensions.acme.data_residency" => Reply::Value(text("EU")),
        _ => Reply::Skipped,
    });
    let at = |path: &str| asked.iter().position(|asked| asked == path);
    assert!(at("model_details.stage") < at("intended_use.primary_uses"));
    assert!(at("security_considerations.threats[0].owner").is_some());
    assert_eq!(at("factors.relevant_factors"), None);
    assert!(at("factors").is_some(), "what is optional may be chosen: {asked:?}");
    assert_eq!(at("extensions.acme.data_residency"), Some(asked.len() - 1));
    let card = serde_json::to_value(interview.card()).unwrap();
    assert_eq!(card["extensions"]["acme"]["data_residency"], "EU");
}

#[test]
fn what_an_answer_asks_for_is_asked_at_once_with_the_reason() {
    let mut interview = interview("");
    let mut reasons = Vec::new();
    while let Some(question) = interview.next() {
        if let Asked::Field { because: Some(because), .. } = &question.asked {
            reasons.push((question.at.name().to_owned(), because.rule.code));
        }
        let reply = match question.at.to_string().as_str() {
            "security_considerations.threats[0]" => Reply::Threat(Start::default()),
            "security_considerations.threats[0].id" => Reply::Value(text("a")),
            "security_considerations.threats[0].status" => Reply::Value(node(Value::Word("Accepted".into()))),
            "security_considerations.threats[0].acceptance.by" => Reply::Value(text("Council")),
            _ => Reply::Skipped,
        };
        interview.reply(&question, reply);
    }
    assert_eq!(reasons, [("objectives".to_owned(), "undecided-objective")]);
    let asked: Vec<String> = interview.replies.iter().map(|replied| replied.at.to_string()).collect();
    for field in ["by", "reason", "expires"] {
        assert!(asked.contains(&format!("security_considerations.threats[0].acceptance.{field}")), "{asked:?}");
    }
}

#[test]
fn threats_are_proposed_for_what_none_covers_and_no_longer_once_one_does() {
    let example = SecurityCard::tree_of_json(EXAMPLE).unwrap();
    let mut interview = interview("");
    let question = loop {
        let question = interview.next().unwrap();
        if matches!(question.asked, Asked::Threat { .. }) {
            break question;
        }
        let reply = match from_example(&example, &question) {
            // What covers the objectives in the example is left out.
            _ if question.at.to_string().contains(".objectives") => Reply::Skipped,
            reply => reply,
        };
        interview.reply(&question, reply);
    };
    let starts = |question: &Question| -> Vec<(String, Option<String>)> {
        let Asked::Threat { proposals } = &question.asked else { panic!("{question:?}") };
        let start = |it: &Proposal| (it.start.technique.clone().unwrap(), it.start.affects.clone());
        proposals.iter().map(start).collect()
    };
    let first = starts(&question);
    assert_eq!(first[0], ("AML.T0043".to_owned(), Some("crops".to_owned())));
    assert!(first.contains(&("NISTAML.022".to_owned(), None)), "{first:?}");
    // Misuse is no objective against what predicts.
    assert!(!first.iter().any(|(technique, _)| technique == "NISTAML.018"), "{first:?}");

    interview
        .reply(&question, Reply::Threat(Start { technique: Some(first[0].0.clone()), affects: first[0].1.clone() }));
    let question = interview.next().unwrap();
    assert_eq!(interview.technique(&question.at).as_deref(), Some("craft-adversarial-data"));
    let second = loop {
        let question = interview.next().unwrap();
        if matches!(question.asked, Asked::Threat { .. }) {
            break question;
        }
        let reply = match question.at.name() {
            "objectives" => Reply::Value(node(Value::List(vec![node(Value::Word("Integrity".into()))]))),
            _ => from_example(&example, &question),
        };
        interview.reply(&question, reply);
    };
    let second = starts(&second);
    assert!(!second.iter().any(|(technique, _)| technique == "AML.T0043" || technique == "NISTAML.022"), "{second:?}");
    assert!(second.contains(&("NISTAML.031".to_owned(), None)), "{second:?}");
}

#[test]
fn an_answer_is_judged_by_the_rules_of_its_place_alone() {
    let interview = interview("");
    let codes = |path: &str, words: &str| -> Vec<&str> {
        let at = Place::parse(path).unwrap();
        let value = typed(at.field().unwrap().kind, words).unwrap();
        interview.judge(&at, value).iter().map(|finding| finding.rule.code).collect()
    };
    assert_eq!(codes("model_details.date", "2026-02-31"), ["invalid-date"]);
    assert_eq!(codes("model_details.date", "Unknown: not published"), [""; 0]);
    assert_eq!(codes("model_details.license", "Apache 2"), ["invalid-license"]);
    assert_eq!(codes("model_details.information", "TODO"), ["placeholder"]);
    assert_eq!(codes("model_details.developer", "Ada"), [""; 0]);
    assert_eq!(codes("security_considerations.reviews[0].by", "Withheld: no"), ["answer-required"]);
}

#[test]
fn what_is_typed_is_a_value_of_the_kind_of_its_field() {
    let number = |kind, words| typed(kind, words).map(|value| value.number());
    assert_eq!(number(Kind::Number, " 0.97 "), Ok(Some(0.97)));
    assert_eq!(number(Kind::Count, "200"), Ok(Some(200.0)));
    for wrong in ["", "-1", "1.5", "many"] {
        assert!(typed(Kind::Count, wrong).is_err(), "{wrong}");
    }
    let interval =
        |words| typed(Kind::List(&Kind::Number), words).map(|it| it.items().iter().filter_map(Node::number).collect());
    for words in ["0.9 0.95", "[0.9, 0.95]", "0.9,0.95"] {
        assert_eq!(interval(words), Ok(vec![0.9, 0.95]));
    }
    assert!(interval("0.9").is_err() && interval("0.9 0.95 1").is_err());
}

#[test]
fn what_was_skipped_can_be_asked_again() {
    let mut interview = interview("");
    run(&mut interview, |_| Reply::Skipped);
    let open = vec!["model_details.date".to_owned(), "training_data".to_owned()];
    assert!(interview.can_reopen(&open) && interview.reopen(&open));
    let asked = run(&mut interview, |_| Reply::Value(text("2026")));
    assert_eq!(asked, open);
    assert!(!interview.can_reopen(&open));
    let question = interview.again(&Place::parse("training_data").unwrap()).unwrap();
    assert_eq!(question.before, Some(Reply::Value(text("2026"))));
}
