//! A nearer file may ask for more; for less only what the outer one leaves to it.

use serde_json::json;
use smcard::{Day, Level, Policy, SecurityCard, rules};

use crate::common::{self, REPORT, report_with, report_without, summary};
use crate::{PACKAGE, layered, lines};

/// Asserts that the second file is refused at this line for loosening the first, in these words;
/// and that it is not where the first one delegates this.
#[track_caller]
fn assert_loosens(outer: &str, nearer: &str, line: usize, words: &str, delegated: &str) {
    let told = lines(layered(outer, nearer));
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].starts_with(&format!("smcard.toml:{line}:")), "{told:#?}");
    assert!(told[0].contains(words), "{words}\n{told:#?}");
    assert!(
        told[0].contains(&format!("delegate = [\"{delegated}\"]")) && told[0].ends_with("[policy-loosened]"),
        "{told:#?}"
    );
    let leaves = |word: &str| format!("{outer}\n[policy]\ndelegate = [\"{word}\"]\n");
    assert_eq!(lines(layered(&leaves(delegated), nearer)), [""; 0], "where the outer file leaves it");
    let other = if delegated == "license" { "risk" } else { "license" };
    assert_eq!(lines(layered(&leaves(other), nearer)).len(), 1, "where the outer file leaves something else");
    // By itself the same file may say so.
    assert_eq!(lines(Policy::from_layers(&[("smcard.toml", nearer)], PACKAGE)), [""; 0], "by itself");
}

#[test]
fn what_files_say_of_different_things_is_kept_side_by_side() {
    let outer = "[policy]\ndelegate = [\"optional\"]\n[require]\nfields = [\"model_details.name\", \"model_details.stage\"]\n\
                 [level]\ndeprecated-license = \"error\"\n[risk]\nmax_residual = \"low\"\n\
                 [coverage]\npredictive = [\"availability\"]\n[[extension]]\npath = \"acme.region\"\nrequired = true\n\
                 [[extension]]\npath = \"acme.site\"\ndoc = \"Where it runs.\"\n";
    let nearer = "[optional]\nfields = [\"model_details.name\"]\n[level]\nsuperseded-edition = \"error\"\n\
                  [risk]\nmax_open = \"low\"\n[coverage]\nagentic = [\"misuse\", \"privacy\", \"integrity\", \
                  \"availability\", \"supply_chain\"]\n[[extension]]\npath = \"acme.site\"\n";
    let policy = layered(outer, nearer).expect("nothing is loosened that is not delegated");
    for code in ["deprecated-license", "superseded-edition"] {
        assert_eq!(policy.level(rules::named(code).expect("a rule")), Level::Error, "{code}");
    }
    let codes = |card: &str| {
        let found = common::findings(card, &policy);
        let mut found: Vec<String> = summary(&found).iter().map(|(code, path)| format!("{code} {path}")).collect();
        found.sort_unstable();
        found
    };
    let asked = ["extension-missing extensions.acme.region", "required-by-policy model_details.stage"];
    assert_eq!(codes(REPORT), asked);
    let threat = |changes| common::part("threat", changes);
    let risky = json!([
        threat(json!({ "id": "left", "impact": "Critical", "residual": "Medium" })),
        threat(json!({ "id": "open", "impact": "Critical", "status": "Open", "owner": "The team" })),
    ]);
    let found = codes(&report_with("security_considerations.threats", risky));
    assert!(found.iter().any(|line| line.starts_with("residual-above-policy")), "{found:?}");
    assert!(found.iter().any(|line| line.starts_with("open-risk-above-policy")), "{found:?}");
    let lacking = |class: &str| {
        let found = codes(&report_with("security_considerations.ai_class", class));
        found.iter().filter(|line| line.starts_with("missing-objective")).count()
    };
    assert_eq!((lacking("Predictive"), lacking("Agentic")), (1, 5));
}

#[test]
fn what_is_asked_of_files_and_reports_may_only_be_tightened() {
    for (outer, nearer, words, word) in [
        ("[files]\ndigest = true\n", "[files]\ndigest = false\n", "`files.digest` is switched off", "files"),
        (
            "[evidence]\nreport = true\n",
            "[evidence]\nreport = false\n",
            "`evidence.report` is switched off",
            "evidence",
        ),
        (
            "[evidence]\ndigest = true\n",
            "[evidence]\ndigest = false\n",
            "`evidence.digest` is switched off",
            "evidence",
        ),
        (
            "[evidence]\nmax_attack_success_rate = 0.05\n",
            "[evidence]\nmax_attack_success_rate = 0.5\n",
            "`max_attack_success_rate` is raised to 0.5, but ../smcard.toml:2 allows 0.05 at most",
            "evidence",
        ),
        (
            "[evidence]\nmax_unjudged_rate = 0\n",
            "[evidence]\nmax_unjudged_rate = 1\n",
            "`max_unjudged_rate` is raised to 1, but ../smcard.toml:2 allows 0 at most",
            "evidence",
        ),
    ] {
        assert_loosens(outer, nearer, 2, words, word);
        assert!(layered(nearer, outer).is_ok(), "more may be asked for: {outer}");
    }
    let policy = layered("[files]\nforbid = [\"pickle\"]\n", "[files]\nforbid = [\"onnx\", \"pickle\"]\n").unwrap();
    assert_eq!(
        policy.forbids("pickle").as_deref(),
        Some("../smcard.toml:2"),
        "both say it, and the outer one is named"
    );
    assert_eq!(policy.forbids("onnx").as_deref(), Some("smcard.toml:2"));
    assert_eq!(policy.forbids("gguf"), None);
}

#[test]
fn what_an_outer_file_makes_optional_a_nearer_one_may_say_again() {
    let outer = "[require]\nfields = [\"model_details.name\"]\n[optional]\nfields = [\"training_data\"]\n";
    assert!(layered(outer, "[optional]\nfields = [\"training_data\"]\n").is_ok());
    assert_eq!(lines(layered(outer, "[optional]\nfields = [\"model_details.name\"]\n")).len(), 1);
}

#[test]
fn what_files_ask_at_a_stage_is_asked_together() {
    let outer = "[stage.production]\nrequire = [\"model_details.name\"]\n[require]\ndays = [\"model_details.date\"]\n";
    let nearer = "[stage.production]\nrequire = [\"system.components\"]\nanswered = [\"training_data\"]\n\
                  [stage.review]\nrequire = [\"model_details.name\"]\ndays = [\"security_considerations.tests\"]\n";
    let policy = layered(outer, nearer).expect("more may be asked for");
    let at = |stage: &str| {
        let report = report_with("model_details.stage", stage).replace("2026-03-14", "2026-03");
        let report = report.replace("\"training_data\": \"", "\"training_data\": \"Withheld: ");
        let found = common::findings(&report, &policy);
        let mut found: Vec<String> = summary(&found).iter().map(|(code, path)| format!("{code} {path}")).collect();
        found.sort_unstable();
        found
    };
    let day = "day-required model_details.date";
    assert_eq!(
        at("Production"),
        [
            "answer-required training_data",
            day,
            "required-by-policy model_details.name",
            "required-by-policy system.components"
        ]
    );
    assert_eq!(at("Review"), [day, "required-by-policy model_details.name"]);
    assert_eq!(at("Draft"), [day]);
}

#[test]
fn a_nearer_file_asks_for_more() {
    let outer = "[require]\nfields = [\"model_details.name\"]\n[risk]\nmax_residual = \"high\"\n\
                 [license]\nallow = [\"MIT\", \"Apache-2.0\"]\n[[extension]]\npath = \"acme.region\"\n";
    let nearer = "[require]\nfields = [\"model_details.stage\"]\nanswered = [\"training_data\"]\n\
                  [risk]\nmax_residual = \"low\"\nmax_open = \"low\"\n[license]\nallow = [\"MIT\"]\n\
                  [[extension]]\npath = \"acme.region\"\nrequired = true\n\
                  [coverage]\npredictive = [\"availability\", \"integrity\", \"privacy\", \"misuse\", \"supply_chain\"]\n\
                  [level]\ndeprecated-license = \"error\"\n";
    let policy = layered(outer, nearer).expect("more may be asked for");
    let card = report_with("training_data", "Withheld: a contract");
    let found = common::findings(&card, &policy);
    let mut found = summary(&found);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            ("answer-required", "training_data"),
            ("extension-missing", "extensions.acme.region"),
            ("license-not-allowed", "model_details.license"),
            ("required-by-policy", "model_details.name"),
            ("required-by-policy", "model_details.stage"),
        ]
    );
    assert_eq!(policy.level(rules::named("deprecated-license").expect("a rule")), Level::Error);
}

#[test]
fn an_empty_file_in_a_package_cancels_nothing() {
    let outer = "[require]\nfields = [\"model_details.name\"]\n[optional]\nfields = [\"metrics\"]\n";
    let policy = layered(outer, "").expect("an empty file is right");
    let found = common::findings(&report_without("metrics"), &policy);
    assert_eq!(summary(&found), [("required-by-policy", "model_details.name")]);
    assert!(found.to_string().contains("required by ../smcard.toml:2"), "{found}");
}

#[test]
fn several_things_are_left_to_a_nearer_file_at_once() {
    let leaves = "[policy]\ndelegate = [\"risk\", \"license\", \"level.placeholder\", \"risk\"]\n";
    let outer = "[risk]\nmax_open = \"low\"\n[license]\nallow = [\"MIT\"]\n[coverage]\npredictive = [\"misuse\"]\n";
    let nearer = "[risk]\nmax_open = \"high\"\n[license]\nallow = [\"ISC\"]\n[level]\nplaceholder = \"warning\"\n";
    assert_eq!(lines(layered(outer, nearer)).len(), 3);
    assert_eq!(lines(layered(&format!("{leaves}{outer}"), nearer)), [""; 0]);
    let more = format!("{nearer}invalid-date = \"warning\"\n[coverage]\npredictive = []\n");
    assert_eq!(lines(layered(&format!("{leaves}{outer}"), &more)).len(), 2);
}

#[test]
fn how_old_a_card_may_be_is_lowered_and_not_raised() {
    let of = |days: u32| format!("[review]\nmax_age_days = {days}\n");
    let words = "`max_age_days` is raised to 181, but ../smcard.toml:2 allows 180 at most";
    assert_loosens(&of(180), &of(181), 2, words, "review");
    // The good card is of 14 March: the nearer file alone says how old that may be.
    let stale = |outer: &str, nearer: &str, today: &str| {
        let policy = layered(outer, nearer).expect("nothing is loosened");
        let found = SecurityCard::check_json(REPORT, &policy, Day::parse(today));
        found.iter().filter(|finding| finding.rule.code == "card-stale").count()
    };
    for (outer, nearer) in [(of(180), of(180)), (of(360), of(180)), (String::new(), of(180)), (of(180), String::new())]
    {
        assert_eq!(stale(&outer, &nearer, "2026-09-10"), 0, "{outer}{nearer}");
        assert_eq!(stale(&outer, &nearer, "2026-09-11"), 1, "{outer}{nearer}");
    }
    assert_eq!(lines(layered("", &of(0))).len(), 1, "no card is that young");
    let delegated = format!("[policy]\ndelegate = [\"review\"]\n{}", of(180));
    assert_eq!(stale(&delegated, &of(181), "2026-09-11"), 0);
}

#[test]
fn a_demand_of_an_outer_file_is_not_made_optional() {
    let require = "[require]\nfields = [\"model_details.name\"]\n";
    let words = "`model_details.name` is made optional, but ../smcard.toml:2 requires it";
    assert_loosens(require, "[optional]\nfields = [\"model_details.name\"]\n", 2, words, "optional");
    assert_loosens(require, "[stage.draft]\noptional = [\"model_details.name\"]\n", 2, words, "optional");
    let words = "`security_considerations` is made optional, but ../smcard.toml:3 requires it";
    let reviews = "[stage.production]\n\nrequire = [\"security_considerations.reviews\"]\n";
    assert_loosens(reviews, "[stage.production]\noptional = [\"security_considerations\"]\n", 2, words, "optional");
}

#[test]
fn a_field_of_the_schema_is_made_optional_by_the_outermost_file_alone() {
    let nearer = "[optional]\nfields = [\"training_data\"]\n";
    assert_loosens("", nearer, 2, "`training_data` is made optional, but smcard requires it", "optional");
    assert_loosens("", nearer, 2, "in `../smcard.toml`", "optional");
    // What the outer file does without already, is no loosening.
    let outer = "[optional]\nfields = [\"training_data\"]\n";
    assert_eq!(lines(layered(outer, nearer)), [""; 0]);
    assert_eq!(lines(layered(outer, "[stage.draft]\noptional = [\"training_data\"]\n")), [""; 0]);
}

#[test]
fn a_delegated_relaxation_relaxes() {
    let outer = "[policy]\ndelegate = [\"optional\"]\n[require]\nfields = [\"model_details.name\"]\n";
    let policy =
        layered(outer, "[optional]\nfields = [\"model_details.name\", \"metrics\"]\n").expect("it is delegated");
    assert_eq!(summary(&common::findings(&report_without("metrics"), &policy)), []);
}

#[test]
fn a_level_is_not_lowered() {
    let words = "the level of `placeholder` is lowered to `warning`, but smcard makes it `error`";
    assert_loosens("", "[level]\nplaceholder = \"warning\"\n", 2, words, "level.placeholder");
    let words = "the level of `deprecated-license` is lowered to `warning`, but ../smcard.toml:2 makes it `error`";
    let outer = "[level]\ndeprecated-license = \"error\"\n";
    assert_loosens(outer, "[level]\ndeprecated-license = \"warning\"\n", 2, words, "level.deprecated-license");
    // `level` leaves the level of every rule.
    let all = "[policy]\ndelegate = [\"level\"]\n";
    assert_eq!(lines(layered(all, "[level]\nplaceholder = \"warning\"\n")), [""; 0]);
}

#[test]
fn a_limit_is_not_raised() {
    let outer = "[risk]\nmax_residual = \"low\"\nmax_open = \"low\"\n";
    let words = "`max_residual` is raised to `medium`, but ../smcard.toml:2 allows `low` at most";
    assert_loosens(outer, "[risk]\nmax_residual = \"medium\"\n", 2, words, "risk");
    assert_loosens(outer, "[stage.draft]\nmax_residual = \"medium\"\n", 2, words, "risk");
    assert_eq!(lines(layered(outer, outer)), [""; 0], "the same limit");
    let words = "`max_open` is raised to `high`, but ../smcard.toml:3 allows `low` at most";
    assert_loosens(outer, "[stage.review]\nmax_open = \"high\"\n", 2, words, "risk");
    let outer = "[risk]\nmax_open = \"high\"\n[stage.production]\nmax_open = \"low\"\n";
    let words = "`max_open` is raised to `medium`, but ../smcard.toml:4 allows `low` at most";
    assert_loosens(outer, "[stage.production]\nmax_open = \"medium\"\n", 2, words, "risk");
    assert_eq!(lines(layered(outer, "[stage.draft]\nmax_open = \"medium\"\n")), [""; 0]);
}

#[test]
fn no_licence_more_is_allowed() {
    let outer = "[license]\nallow = [\"MIT\"]\n";
    let words = "`Apache-2.0` is allowed, but ../smcard.toml:2 does not allow it";
    assert_loosens(outer, "[license]\nallow = [\"MIT\", \"Apache-2.0\"]\n", 2, words, "license");
}

#[test]
fn no_objective_less_is_covered() {
    let words = "`availability` need not be covered, but smcard asks for it";
    assert_loosens(
        "",
        "[coverage]\npredictive = [\"integrity\", \"privacy\", \"supply_chain\"]\n",
        2,
        words,
        "coverage",
    );
    let outer = "[coverage]\npredictive = [\"privacy\"]\n";
    let words = "`privacy` need not be covered, but ../smcard.toml:2 asks for it";
    assert_loosens(outer, "[coverage]\npredictive = [\"integrity\"]\n", 2, words, "coverage");
}

#[test]
fn a_required_extension_stays_required() {
    let outer = "[[extension]]\npath = \"acme.region\"\nrequired = true\n";
    let words = "the extension `acme.region` is no longer required, but ../smcard.toml:2 requires it";
    assert_loosens(outer, "[[extension]]\npath = \"acme.region\"\n", 2, words, "extension");
}

#[test]
fn a_nearer_file_that_requires_an_extension_need_not_describe_it_again() {
    let outer = "[[extension]]\npath = \"acme.region\"\ndoc = \"Where it runs.\"\n";
    let nearer = "[[extension]]\npath = \"acme.region\"\nrequired = true\n";
    let policy = layered(outer, nearer).expect("more may be asked for");
    let told = common::findings(REPORT, &policy).to_string();
    assert!(told.contains("note: Where it runs.\nnote: required by smcard.toml:2"), "{told}");
}

#[test]
fn no_id_is_added_to_the_taxonomies_and_none_renamed() {
    let extra = |name: &str| format!("[[taxonomy.extra]]\nid = \"AML.T0999\"\nname = \"{name}\"\n");
    let words = "the id `AML.T0999` is added to the taxonomies, but smcard does not know it";
    assert_loosens("", &extra("A"), 2, words, "taxonomy");
    assert_loosens(&extra("A"), &extra("B"), 2, "but ../smcard.toml:2 gives it another name", "taxonomy");
    assert_eq!(lines(layered(&extra("A"), &extra("A"))), [""; 0]);
}

#[test]
fn a_file_leaves_to_nearer_ones_only_what_it_says_itself() {
    let nearest = "[risk]\nmax_residual = \"high\"\n";
    let middle = "[policy]\ndelegate = [\"risk\"]\n[risk]\nmax_residual = \"low\"\n";
    let outer = "[risk]\nmax_residual = \"medium\"\n";
    let of = |outer| Policy::from_layers(&[("a.toml", outer), ("b.toml", middle), ("c.toml", nearest)], PACKAGE);
    // The middle file may be loosened, and with it what the outer one asks is lost.
    assert!(lines(of(outer))[0].contains("but a.toml:2 allows `medium` at most"), "{:#?}", lines(of(outer)));
    assert_eq!(lines(of("")), [""; 0]);

    // What the middle file asks, the outer one cannot leave to the nearest.
    let outer = "[policy]\ndelegate = [\"optional\"]\n";
    let middle = "[require]\nfields = [\"model_details.name\"]\n";
    let nearest = "[optional]\nfields = [\"model_details.name\"]\n";
    let told = lines(Policy::from_layers(&[("a.toml", outer), ("b.toml", middle), ("c.toml", nearest)], PACKAGE));
    assert!(told.len() == 1 && told[0].contains("but b.toml:2 requires it"), "{told:#?}");
}

#[test]
fn an_unknown_delegation_is_compared_with_the_known_ones() {
    let told = |word: &str| lines(Policy::from_toml(&format!("[policy]\ndelegate = [\"{word}\"]\n"), "smcard.toml"));
    assert_eq!(
        told("optinal"),
        ["smcard.toml:2:13: unknown delegation `optinal`; help: did you mean `optional`? [unknown-policy-key]"]
    );
    assert!(told("level.placeholders")[0].contains("did you mean `level.placeholder`?"));
    assert!(told("everything")[0].contains("a file can delegate `optional`, `risk`"), "{:?}", told("everything"));
    // The level of a rule that cannot be set cannot be left to anybody.
    assert_eq!(told("level.wrong-kind").len(), 1);
}

#[test]
fn a_secret_in_a_card_is_told_whatever_the_policy_says() {
    let told = lines(Policy::from_toml("[level]\nsecret-in-card = \"allow\"\n", "smcard.toml"));
    assert!(told[0].contains("the level of `secret-in-card` cannot be lower than `warning`"), "{told:?}");
    assert!(Policy::from_toml("[level]\nsecret-in-card = \"warning\"\n", "smcard.toml").is_ok());
}

#[test]
fn each_file_is_named_with_what_is_wrong_in_it() {
    let told = lines(layered("[requires]\n", "[requird]\n"));
    assert!(told[0].starts_with("../smcard.toml:1:2: ") && told[1].starts_with("smcard.toml:1:2: "), "{told:#?}");
    assert_eq!(summary(&common::findings(REPORT, &layered("", "").expect("right"))), []);
}
