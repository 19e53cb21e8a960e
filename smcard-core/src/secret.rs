//! Keys and tokens of the well-known shapes.
//!
//! The shapes are those that their issuers document for secret scanning. A shape is a prefix that
//! nothing else begins with, and how many characters of which alphabet follow it.

/// A kind of secret that its prefix gives away.
struct Shape {
    what: &'static str,
    prefix: &'static str,
    /// The least number of characters after the prefix.
    length: usize,
    /// Characters other than ASCII letters and digits that may follow.
    others: &'static str,
}

const fn shape(what: &'static str, prefix: &'static str, length: usize, others: &'static str) -> Shape {
    Shape { what, prefix, length, others }
}

const SHAPES: &[Shape] = &[
    shape("an AWS access key", "AKIA", 16, ""),
    shape("an AWS access key", "ASIA", 16, ""),
    shape("an Anthropic key", "sk-ant-", 32, "-_"),
    shape("an OpenAI key", "sk-proj-", 32, "-_"),
    shape("an OpenAI key", "sk-svcacct-", 32, "-_"),
    shape("an OpenAI key", "sk-", 40, ""),
    shape("a Hugging Face token", "hf_", 30, ""),
    shape("a Google API key", "AIza", 35, "-_"),
    shape("a Google OAuth secret", "GOCSPX-", 24, "-_"),
    shape("a GitHub token", "ghp_", 36, ""),
    shape("a GitHub token", "gho_", 36, ""),
    shape("a GitHub token", "ghu_", 36, ""),
    shape("a GitHub token", "ghs_", 36, ""),
    shape("a GitHub token", "ghr_", 36, ""),
    shape("a GitHub token", "github_pat_", 60, "_"),
    shape("a GitLab token", "glpat-", 20, "-_."),
    shape("a Slack token", "xoxb-", 20, "-"),
    shape("a Slack token", "xoxp-", 20, "-"),
    shape("a Slack token", "xoxa-", 20, "-"),
    shape("a Slack token", "xapp-", 20, "-"),
    shape("a Stripe key", "sk_live_", 20, ""),
    shape("a Stripe key", "rk_live_", 20, ""),
    shape("an npm token", "npm_", 36, ""),
    shape("a PyPI token", "pypi-AgEIcHlwaS", 40, "-_"),
    shape("a SendGrid key", "SG.", 60, "-_."),
    shape("a DigitalOcean token", "dop_v1_", 60, ""),
    shape("a Databricks token", "dapi", 32, "-"),
    shape("an Azure storage key", "AccountKey=", 80, "+/="),
];

/// What opens a private key in PEM (RFC 7468), whatever its algorithm.
const PEM: (&str, &str) = ("-----BEGIN ", "PRIVATE KEY-----");

/// What kind of secret a text holds, with the part of it that may be shown.
pub(crate) fn find(text: &str) -> Option<(&'static str, &'static str)> {
    word_starts(text)
        .find_map(|rest| SHAPES.iter().find(|shape| shape.begins(rest)))
        .map(|shape| (shape.what, shape.prefix))
        .or_else(|| private_key(text))
        .or_else(|| json_web_token(text))
        .or_else(|| password_in_url(text))
}

/// What follows from the beginning of each word on.
///
/// One pass over the text for all shapes: to search for each of them by itself would cost more
/// than all other rules together.
fn word_starts(text: &str) -> impl Iterator<Item = &str> {
    let part_of_word = |char: char| char.is_alphanumeric() || char == '_' || char == '-';
    let mut within = false;
    text.char_indices().filter_map(move |(at, char)| {
        let starts = part_of_word(char) && !within;
        within = part_of_word(char);
        if starts { text.get(at..) } else { None }
    })
}

impl Shape {
    /// Whether a text begins with such a secret.
    fn begins(&self, text: &str) -> bool {
        text.strip_prefix(self.prefix).is_some_and(|rest| {
            let follows = rest.chars().take_while(|char| char.is_ascii_alphanumeric() || self.others.contains(*char));
            follows.count() >= self.length
        })
    }
}

fn private_key(text: &str) -> Option<(&'static str, &'static str)> {
    let (_, rest) = text.split_once(PEM.0)?;
    let line = rest.lines().next().unwrap_or_default();
    line.contains(PEM.1).then_some(("a private key", PEM.0))
}

/// A JSON Web Token (RFC 7519): three base64url parts, of which the first two begin with `{"`.
fn json_web_token(text: &str) -> Option<(&'static str, &'static str)> {
    let is_token = |word: &str| {
        let parts: Vec<&str> = word.split('.').collect();
        matches!(parts.as_slice(), [header, payload, signature]
            if header.starts_with("eyJ") && payload.starts_with("eyJ") && header.len() > 12 && signature.len() > 20)
    };
    let mut words = text.split(|char: char| !char.is_ascii_alphanumeric() && !"-_.".contains(char));
    words.any(is_token).then_some(("a JSON Web Token", "eyJ"))
}

/// `scheme://user:password@host` (RFC 3986, section 3.2.1).
fn password_in_url(text: &str) -> Option<(&'static str, &'static str)> {
    let has_password = |rest: &str| {
        let authority = rest.split(|char: char| char.is_whitespace() || "/?#\"'<>".contains(char)).next();
        let user_info = authority.and_then(|authority| authority.rsplit_once('@'));
        user_info.and_then(|(user_info, _)| user_info.split_once(':')).is_some_and(|(_, password)| !password.is_empty())
    };
    text.match_indices("://")
        .any(|(at, separator)| text.get(at + separator.len()..).is_some_and(has_password))
        .then_some(("a password in a URL", "://"))
}
