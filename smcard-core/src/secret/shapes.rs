//! The shapes of secrets that their prefix gives away.
//!
//! Each is documented by its issuer, or known to the public secret scanners by the same prefix.

/// ASCII letters and digits.
pub(super) const ALNUM: u8 = 1;
/// Hexadecimal digits.
pub(super) const HEX: u8 = 2;
/// `-`.
pub(super) const DASH: u8 = 4;
/// `_`.
pub(super) const LINE: u8 = 8;
/// `.`.
pub(super) const DOT: u8 = 16;
/// `+`, `/` and `=`.
pub(super) const BASE64: u8 = 32;
/// `%`.
pub(super) const PERCENT: u8 = 64;
/// The alphabet of base64 in URLs (RFC 4648, section 5).
pub(super) const URL64: u8 = ALNUM | DASH | LINE;

/// The alphabets that a byte belongs to.
pub(super) const fn alphabets(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' => ALNUM | HEX,
        b'g'..=b'z' | b'G'..=b'Z' => ALNUM,
        b'-' => DASH,
        b'_' => LINE,
        b'.' => DOT,
        b'+' | b'/' | b'=' => BASE64,
        b'%' => PERCENT,
        _ => 0,
    }
}

/// A kind of secret that its prefix gives away.
pub(super) struct Shape {
    pub(super) what: &'static str,
    pub(super) prefix: &'static str,
    /// How many characters follow the prefix: this many or more.
    pub(super) length: usize,
    /// The alphabets of these characters.
    pub(super) alphabet: u8,
    /// Whether no more characters than these follow: a longer word is something else.
    pub(super) exact: bool,
}

const fn shape(what: &'static str, prefix: &'static str, length: usize, alphabet: u8) -> Shape {
    Shape { what, prefix, length, alphabet, exact: false }
}

const fn exact(what: &'static str, prefix: &'static str, length: usize, alphabet: u8) -> Shape {
    Shape { what, prefix, length, alphabet, exact: true }
}

/// Sorted by the first character; of two that begin alike, the longer prefix stands first.
pub(super) const SHAPES: &[Shape] = &[
    shape("an AWS Bedrock key", "ABSK", 100, ALNUM | BASE64),
    exact("a Twilio account SID", "AC", 32, HEX),
    shape("an age secret key", "AGE-SECRET-KEY-PQ-1", 58, ALNUM),
    shape("an age secret key", "AGE-SECRET-KEY-1", 58, ALNUM),
    shape("a Google API key", "AIza", 35, URL64),
    shape("an AWS access key", "AKIA", 16, ALNUM),
    shape("an AWS access key", "ASIA", 16, ALNUM),
    shape("an Atlassian token", "ATATT3", 60, URL64 | BASE64),
    shape("an Azure storage key", "AccountKey=", 80, ALNUM | BASE64),
    shape("a Google OAuth secret", "GOCSPX-", 24, URL64),
    shape("a Kaggle token", "KGAT_", 32, ALNUM),
    shape("a SendGrid key", "SG.", 60, URL64 | DOT),
    exact("a Twilio key", "SK", 32, HEX),
    shape("an Azure shared access key", "SharedAccessKey=", 43, ALNUM | BASE64),
    shape("a Hugging Face token", "api_org_", 34, ALNUM),
    shape("a Cloudflare token", "cfat_", 40, ALNUM),
    shape("a Cloudflare key", "cfk_", 40, ALNUM),
    shape("a Cloudflare token", "cfut_", 40, ALNUM),
    exact("a crates.io token", "cio_tp_", 32, ALNUM),
    exact("a crates.io token", "cio", 32, ALNUM),
    shape("a Databricks token", "dapi", 32, HEX),
    shape("a Docker token", "dckr_oat_", 26, URL64),
    shape("a Docker token", "dckr_pat_", 26, URL64),
    shape("a Discord webhook", "discord.com/api/webhooks/", 60, URL64 | BASE64),
    shape("a Discord webhook", "discordapp.com/api/webhooks/", 60, URL64 | BASE64),
    shape("a DigitalOcean token", "doo_v1_", 60, HEX),
    shape("a DigitalOcean token", "dop_v1_", 60, HEX),
    shape("a Doppler token", "dp.pt.", 40, ALNUM),
    shape("a Fly.io token", "fm1a_", 100, ALNUM | BASE64),
    shape("a Fly.io token", "fm1r_", 100, ALNUM | BASE64),
    shape("a Fly.io token", "fm2_", 100, ALNUM | BASE64),
    shape("a Fly.io token", "fo1_", 43, URL64),
    shape("a GitHub token", "gho_", 36, ALNUM),
    shape("a GitHub token", "ghp_", 36, ALNUM),
    shape("a GitHub token", "ghr_", 36, ALNUM),
    shape("a GitHub token", "ghs_", 36, ALNUM),
    shape("a GitHub token", "ghu_", 36, ALNUM),
    shape("a GitHub token", "github_pat_", 60, ALNUM | LINE),
    shape("a GitLab token", "glcbt-", 20, URL64 | DOT),
    shape("a GitLab token", "gldt-", 20, URL64 | DOT),
    shape("a GitLab token", "glpat-", 20, URL64 | DOT),
    shape("a GitLab token", "glptt-", 40, URL64 | DOT),
    shape("a GitLab token", "glrt-", 20, URL64 | DOT),
    shape("a Grafana token", "glsa_", 40, ALNUM | LINE),
    shape("a Groq key", "gsk_", 40, ALNUM),
    shape("a Hugging Face token", "hf_", 30, ALNUM),
    shape("a Slack webhook", "hooks.slack.com/services/", 40, ALNUM | BASE64),
    shape("a Slack webhook", "hooks.slack.com/triggers/", 40, ALNUM | BASE64),
    shape("a Slack webhook", "hooks.slack.com/workflows/", 40, ALNUM | BASE64),
    shape("a Vault token", "hvb.", 24, URL64),
    shape("a Vault token", "hvr.", 24, URL64),
    shape("a Vault token", "hvs.", 24, URL64),
    shape("a Linear key", "lin_api_", 40, ALNUM),
    shape("a LangSmith key", "lsv2_pt_", 32, ALNUM | LINE),
    shape("a LangSmith key", "lsv2_sk_", 32, ALNUM | LINE),
    shape("an npm token", "npm_", 36, ALNUM),
    shape("a Notion token", "ntn_", 40, ALNUM),
    shape("an NVIDIA key", "nvapi-", 60, URL64),
    shape("a 1Password token", "ops_eyJ", 200, URL64 | BASE64),
    shape("a Pinecone key", "pcsk_", 60, ALNUM | LINE),
    shape("a Perplexity key", "pplx-", 40, ALNUM),
    shape("a PyPI token", "pypi-AgEIcHlwaS", 40, URL64),
    shape("a PyPI token", "pypi-AgENdGVzdC5weXBp", 40, URL64),
    shape("a Replicate token", "r8_", 37, ALNUM),
    shape("a Stripe key", "rk_live_", 20, ALNUM),
    shape("a Supabase token", "sbp_", 40, HEX),
    shape("a signature of a shared Azure link", "sig=", 43, ALNUM | BASE64 | PERCENT),
    shape("an OpenAI key", "sk-admin-", 32, URL64),
    shape("an Anthropic key", "sk-ant-", 32, URL64),
    shape("an OpenRouter key", "sk-or-v1-", 32, ALNUM),
    shape("an OpenAI key", "sk-proj-", 32, URL64),
    shape("an OpenAI key", "sk-svcacct-", 32, URL64),
    shape("an API key", "sk-", 32, ALNUM),
    shape("a Stripe key", "sk_live_", 20, ALNUM),
    shape("a Sentry token", "sntryu_", 64, HEX),
    shape("a Together key", "tgp_v1_", 40, URL64),
    shape("a Weights & Biases key", "wandb_v1_", 40, URL64),
    shape("a Teams webhook", "webhook.office.com/webhookb2/", 60, URL64 | BASE64),
    shape("a Stripe secret", "whsec_", 32, ALNUM | BASE64),
    shape("an xAI key", "xai-", 60, ALNUM),
    shape("a Slack token", "xapp-", 20, ALNUM | DASH),
    shape("a Slack token", "xoxa-", 20, ALNUM | DASH),
    shape("a Slack token", "xoxb-", 20, ALNUM | DASH),
    shape("a Slack token", "xoxe-", 20, ALNUM | DASH),
    shape("a Slack token", "xoxp-", 20, ALNUM | DASH),
    shape("a Slack token", "xoxr-", 20, ALNUM | DASH),
    shape("a Slack token", "xoxs-", 20, ALNUM | DASH),
    shape("a Google access token", "ya29.", 60, URL64 | DOT),
];
