//! What stands elsewhere: pages, reports and addresses that the card names.

use smcard_core::tree::Node;
use smcard_core::{SecurityCard, TestKind, Text};

use crate::document::{Object, list, text, texts};
use crate::leaves::stated;
use crate::link::{self, Contact};
use crate::naming;

/// All that the card says of where a reader finds more of the model.
pub(super) fn of_model<'c>(card: &'c SecurityCard<'_>) -> Option<Node<'c>> {
    let details = &card.model_details;
    let security = &card.security_considerations;
    let url =
        |sort, url: &'c Option<Text<'_>>, comment| stated(url).map(|url| reference(sort, link::of_url(url), comment));
    let mut found = Vec::new();
    found.extend(url("documentation", &details.resource, None));
    found.extend(naming::model(card).and_then(|model| url("altWebPage", &model.url, None)));
    found.extend(url("documentation", &card.system.diagram, Some("Diagram of the system")));
    // A mail address stands with the developer as well, if the card names one.
    found.extend(stated(&details.contact).map(|contact| reference("support", Contact::of(contact).url(), None)));
    let report = stated(&security.contact).map(|contact| Contact::of(contact).url());
    found.extend(report.map(|contact| reference("securityOther", contact, Some("Where to report a weakness"))));
    found.extend(url("securityPolicy", &security.disclosure_policy, None));
    // A text that is an address and nothing else.
    let model = stated(&security.threat_modeling).and_then(link::in_text);
    found.extend(model.map(|address| reference("securityThreatModel", address, None)));
    for words in security.references.iter().filter_map(Text::stated) {
        found.extend(link::first(words).map(|address| reference("securityOther", address, Some(words))));
    }
    for test in security.tests.iter() {
        let report = stated(&test.report).and_then(link::in_text);
        found.extend(report.map(|address| reference(report_of(test.kind), address, stated(&test.id))));
    }
    list(found)
}

pub(super) fn reference<'c>(sort: &'static str, locator: String, comment: Option<&'c str>) -> Node<'c> {
    Object::new()
        .with("type", text("ExternalRef"))
        .with("externalRefType", text(sort))
        .with("locator", texts([locator]))
        .with_text("comment", comment)
        .node()
}

/// What SPDX calls the report of such a test.
fn report_of(kind: Option<TestKind>) -> &'static str {
    match kind {
        Some(TestKind::PenetrationTest) => "securityPenTestReport",
        Some(TestKind::ModelScan) => "staticAnalysisReport",
        Some(TestKind::VulnerabilityScan) => "componentAnalysisReport",
        Some(TestKind::PrivacyTesting) => "privacyAssessment",
        Some(TestKind::AdversarialTesting | TestKind::RedTeaming | TestKind::Benchmark) => "dynamicAnalysisReport",
        _ => "securityOther",
    }
}
