//! The JSON Schema of a card of the required fields.

use serde_json::{Map, Value, json};

/// The fields that hold a text, by section; a section without fields is a text itself.
const SECTIONS: &[(&str, &[&str])] = &[
    ("model_details", &["developer", "version", "type", "information", "citation"]),
    ("intended_use", &["primary_uses", "primary_users", "out_of_scope_uses"]),
    ("factors", &["relevant_factors", "evaluation_factors"]),
    ("metrics", &["performance_measures", "decision_thresholds", "variation_approaches"]),
    ("evaluation_data", &["datasets", "motivation", "preprocessing"]),
    ("training_data", &[]),
    ("quantitative_analyses", &["unitary_results", "intersectional_results"]),
    ("ethical_considerations", &[]),
    ("caveats_and_recommendations", &[]),
    ("security_considerations", &["threat_modeling", "security_testing"]),
];

/// Those of `model_details` whose texts have a form.
const FORMS: &[&str] = &["date", "resource", "license", "contact"];

/// What a reader cannot see.
const UNSEEN: &str = "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u200b\\u2028\\u2029\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff\\ufff9-\\ufffb]";

/// Words that keep a place for an answer.
const PLACEHOLDER: &str = "(^\\s*([Nn]/?[Aa]|[Tt][Bb][ACDacd]|[Tt][Oo] ?[Dd][Oo]|[Ff][Ii][Xx][Mm][Ee]|[Nn]ot a(pplicable|vailable)|[Nn]one given|[Cc]oming soon|[Pp]laceholder|[Cc]hange ?me|[Ff]oobar|asdf|xxx|[^\\w\\s]+)\\.?\\s*$)|\\b(TODO|TBD|TBA|TBC|FIXME|XXX)\\b|[Mm]ore [Ii]nformation [Nn]eeded|[Ll]orem [Ii]psum|[<\\[](your|insert|add|fill) |\\{\\{.*\\}";

/// Keys and tokens of the well-known shapes.
const SECRET: &str = "\\b((AKIA|ASIA)[0-9A-Za-z]{16}|sk-(ant|proj|svcacct)-[-_0-9A-Za-z]{32}|sk-[0-9A-Za-z]{40}|hf_[0-9A-Za-z]{30}|AIza[-_0-9A-Za-z]{35}|GOCSPX-[-_0-9A-Za-z]{24}|gh[pousr]_[0-9A-Za-z]{36}|github_pat_[_0-9A-Za-z]{60}|glpat-[-_.0-9A-Za-z]{20}|xox[bpa]-[-0-9A-Za-z]{20}|xapp-[-0-9A-Za-z]{20}|[sr]k_live_[0-9A-Za-z]{20}|npm_[0-9A-Za-z]{36}|pypi-AgEIcHlwaS[-_0-9A-Za-z]{40}|SG\\.[-_.0-9A-Za-z]{60}|dop_v1_[0-9A-Za-z]{60}|dapi[-0-9A-Za-z]{32}|eyJ[-_0-9A-Za-z]{10,}\\.eyJ[-_0-9A-Za-z]*\\.[-_0-9A-Za-z]{21})|AccountKey=[+/=0-9A-Za-z]{80}|-----BEGIN .*PRIVATE KEY-----|://[^\\s/?#@:]*:[^\\s/?#@]+@";

pub(crate) fn of_the_required_fields() -> Value {
    let mut properties = Map::new();
    for (section, fields) in SECTIONS {
        let schema = if fields.is_empty() { text() } else { block(section, fields) };
        properties.insert((*section).to_owned(), schema);
    }
    let required: Vec<&String> = properties.keys().collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "required": required,
        "additionalProperties": false,
        "properties": properties,
        "$defs": {
            "words": {
                "type": "string",
                "minLength": 1,
                "maxLength": 262_144,
                "pattern": "\\S",
                "allOf": [
                    { "not": { "pattern": SECRET } },
                    { "not": { "pattern": UNSEEN } },
                    { "not": { "pattern": PLACEHOLDER } },
                ],
            },
            "reason": {
                "type": "object",
                "minProperties": 1,
                "maxProperties": 1,
                "additionalProperties": false,
                "properties": {
                    "not_applicable": { "$ref": "#/$defs/words" },
                    "withheld": { "$ref": "#/$defs/words" },
                },
            },
            "text": in_place_of_reason(json!({ "$ref": "#/$defs/words" })),
            "date": in_place_of_reason(formed(json!({ "format": "date" }))),
            "resource": in_place_of_reason(formed(json!({ "format": "uri" }))),
            "contact": in_place_of_reason(formed(json!({
                "anyOf": [{ "format": "email" }, { "pattern": "^(.+ <[^@<>\\s]+@[^@<>\\s]+>|[a-z][a-z0-9+.-]*:\\S+)$" }],
            }))),
            "license": in_place_of_reason(formed(json!({
                "pattern": "^\\(*[A-Za-z0-9.:+-]+\\)*( (AND|OR|WITH) \\(*[A-Za-z0-9.:+-]+\\)*)*$",
            }))),
        },
    })
}

fn block(section: &str, fields: &[&str]) -> Value {
    let mut properties: Map<String, Value> = fields.iter().map(|field| ((*field).to_owned(), text())).collect();
    if section == "model_details" {
        properties.extend(FORMS.iter().map(|form| ((*form).to_owned(), json!({ "$ref": format!("#/$defs/{form}") }))));
    }
    let required: Vec<&String> = properties.keys().collect();
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties })
}

fn text() -> Value {
    json!({ "$ref": "#/$defs/text" })
}

fn formed(form: Value) -> Value {
    json!({ "allOf": [{ "$ref": "#/$defs/words" }, form] })
}

/// Asked by the type first: the cheapest way in which a schema can choose.
fn in_place_of_reason(stated: Value) -> Value {
    json!({ "if": { "type": "string" }, "then": stated, "else": { "$ref": "#/$defs/reason" } })
}
