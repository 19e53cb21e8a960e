//! Systems that are too large to commit: of parts that fit together, and with one mistake thousands of times.

use crate::large::{Inputs, many};

/// Reports.
pub const REPORTS: Inputs = &[
    ("a system", |part| {
        let count = 6_000 / part;
        let components = many(count, |n| format!("{{\"id\":\"c{n}\",\"kind\":\"Model\",\"zone\":\"z{}\"}}", n % 10));
        let flows = many(count, |n| {
            let to = (n + 1) % count;
            format!("{{\"id\":\"f{n}\",\"from\":\"c{n}\",\"to\":\"c{to}\",\"encrypted\":true}}")
        });
        let zones = many(10, |n| format!("{{\"id\":\"z{n}\",\"trust\":\"Untrusted\"}}"));
        let threats = many(count / 10, |n| {
            let affects = many(10, |m| format!("\"f{}\"", 10 * n + m));
            format!("{{\"id\":\"t{n}\",\"refs\":[\"NISTAML.022\"],\"affects\":[{affects}],\"evidence\":[\"e{n}\"]}}")
        });
        let tests = many(count / 10, |n| format!("{{\"id\":\"e{n}\"}}"));
        let parts = format!("\"zones\":[{zones}],\"components\":[{components}],\"flows\":[{flows}]");
        card(&format!("\"threats\":[{threats}],\"tests\":[{tests}]"), &parts)
    }),
    ("flows that no threat affects", |part| {
        let flows = many(20_000 / part, |n| format!("{{\"id\":\"f{n}\",\"from\":\"a\",\"to\":\"b\"}}"));
        let zones = "{\"id\":\"out\",\"trust\":\"Untrusted\"},{\"id\":\"in\",\"trust\":\"Internal\"}";
        let components =
            "{\"id\":\"a\",\"kind\":\"Client\",\"zone\":\"out\"},{\"id\":\"b\",\"kind\":\"Model\",\"zone\":\"in\"}";
        card("", &format!("\"zones\":[{zones}],\"components\":[{components}],\"flows\":[{flows}]"))
    }),
    ("sensitive components and threats", |part| {
        let data =
            many(16_000 / part, |n| format!("{{\"id\":\"c{n}\",\"kind\":\"Dataset\",\"sensitivity\":\"Restricted\"}}"));
        let threats = many(8_000 / part, |n| format!("{{\"id\":\"t{n}\",\"refs\":[\"NISTAML.022\"]}}"));
        card(&format!("\"ai_class\":\"Predictive\",\"threats\":[{threats}]"), &format!("\"components\":[{data}]"))
    }),
    ("models without a digest", |part| {
        let files = many(20, |n| format!("{{\"path\":\"m/{n}\"}}"));
        card(
            "",
            &list("components", 2_000 / part, |n| {
                format!("{{\"id\":\"c{n}\",\"kind\":\"BaseModel\",\"files\":[{files}]}}")
            }),
        )
    }),
    ("the same component", |part| {
        card("", &list("components", 30_000 / part, |_| "{\"id\":\"c\",\"kind\":\"Tool\"}".to_owned()))
    }),
    ("missing zones", |part| {
        card(
            "",
            &list("components", 20_000 / part, |n| format!("{{\"id\":\"c{n}\",\"kind\":\"Tool\",\"zone\":\"z{n}\"}}")),
        )
    }),
    ("the same missing zone", |part| {
        card(
            "",
            &list("components", 20_000 / part, |n| format!("{{\"id\":\"c{n}\",\"kind\":\"Tool\",\"zone\":\"z\"}}")),
        )
    }),
    ("flows between missing components", |part| {
        card(
            "",
            &list("flows", 20_000 / part, |n| format!("{{\"id\":\"f{n}\",\"from\":\"a{n}\",\"to\":\"b{}\"}}", n % 100)),
        )
    }),
    ("threats to missing parts", |part| {
        let threats = many(1_000 / part, |n| {
            let affects = many(50, |m| format!("\"componet{n}{m}\""));
            format!("{{\"id\":\"t{n}\",\"affects\":[{affects}]}}")
        });
        let components =
            list("components", 10_000 / part, |n| format!("{{\"id\":\"component{n}\",\"kind\":\"Tool\"}}"));
        card(&format!("\"threats\":[{threats}]"), &components)
    }),
    ("threats to the same part", |part| {
        let threats =
            many(1_000 / part, |n| format!("{{\"id\":\"t{n}\",\"affects\":[{}]}}", many(60, |_| "\"c\"".to_owned())));
        card(&format!("\"threats\":[{threats}]"), "\"components\":[{\"id\":\"c\",\"kind\":\"Tool\"}]")
    }),
];

/// Cards, as somebody types them.
pub const CARDS: Inputs = &[
    ("a system", |part| {
        let count = 3_000 / part;
        let components = many(count, |n| format!("{{ id: \"c{n}\", kind: Model, zone: \"z\" }}"));
        let flows = many(count, |n| format!("{{ id: \"f{n}\", from: \"c{n}\", to: \"c0\", encrypted: false }}"));
        let threats = many(count / 10, |n| {
            let affects = many(10, |m| format!("\"f{}\"", 10 * n + m));
            format!("{{ id: \"t{n}\", refs: [\"NISTAML.022\"], affects: [{affects}], evidence: [\"e{n}\"] }}")
        });
        let tests = many(count / 10, |n| format!("{{ id: \"e{n}\" }}"));
        format!(
            "security_considerations: {{ threats: [{threats}], tests: [{tests}] }}, system: {{ \
             zones: [{{ id: \"z\", trust: Untrusted }}], components: [{components}], flows: [{flows}] }}"
        )
    }),
    ("missing zones", |part| {
        let components = many(5_000 / part, |n| format!("{{ id: \"c{n}\", kind: Tool, zone: \"z{n}\" }}"));
        format!("system: {{ components: [{components}] }}")
    }),
    ("words for truth values", |part| {
        format!("system: {{ flows: [{}] }}", "{ encrypted: yes }, ".repeat(10_000 / part))
    }),
];

fn list(name: &str, count: usize, item: impl Fn(usize) -> String) -> String {
    format!("\"{name}\":[{}]", many(count, item))
}

/// A report of these fields of the security section, and of the system.
fn card(security: &str, system: &str) -> String {
    format!("{{\"security_considerations\":{{{security}}},\"system\":{{{system}}}}}")
}
