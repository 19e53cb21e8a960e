//! Which texts hold a secret, where, and what is left of them.
//!
//! No secret of a real shape stands in this file as a whole, or scanners would report it.

use super::*;

/// So many characters of an alphabet that every shape takes.
fn hex(count: usize) -> String {
    "0123456789abcdef".chars().cycle().take(count).collect()
}

/// A signed token; the header of `{"alg":"HS256","typ":"JWT"}` opens it.
fn json_web_token() -> String {
    format!("{JWT}{}.{JWT}{}.{}", hex(33), hex(20), hex(43))
}

fn kind(text: &str) -> Option<&'static str> {
    find(text).map(|secret| secret.what)
}

#[test]
fn every_shape_is_found_behind_whatever_is_no_letter_and_no_digit() {
    for shape in SHAPES {
        let token = format!("{}{}", shape.prefix, hex(shape.length));
        for before in ["", " ", "TOKEN_", "key-", "token=", "\"", "(", "写", "https://"] {
            let text = format!("{before}{token} and more");
            let secret =
                Secret { what: shape.what, prefix: shape.prefix, range: before.len()..before.len() + token.len() };
            assert_eq!(find(&text), Some(secret), "{} in {before:?}", shape.prefix);
        }
        assert_eq!(find(&format!("x{token}")), None, "{} within a word", shape.prefix);
        let short = format!("{}{}", shape.prefix, hex(shape.length - 1));
        assert_eq!(find(&short), None, "{} too short", shape.prefix);
    }
}

#[test]
fn a_token_of_a_fixed_length_does_not_go_on_in_other_letters() {
    for shape in SHAPES.iter().filter(|shape| shape.exact) {
        let token = format!("{}{}", shape.prefix, hex(shape.length).to_uppercase());
        if find(&token).is_some() {
            assert_eq!(find(&format!("{token}z")), None, "{}", shape.prefix);
        }
    }
    assert!(find(&format!("AKIA{}", hex(16).to_uppercase())).is_some());
}

#[test]
fn words_that_look_like_the_beginning_of_a_key_are_none() {
    for text in [
        "The task-force weighs risk-averse and risk-neutral readings of every single sensor.",
        "Set hf_transfer, npm_config_registry and sk-learn-contrib; see https://hooks.slack.com/services/ too.",
        "AKIA and ASIA open AWS keys, AIza Google's, ghp_ GitHub's, hf_ those of Hugging Face.",
        "It uses AC current, an SK hynix module, and the SG. rule of e.g. ten a.m. shifts.",
        "sha256:AC00112233445566778899aabbccddeeff00112233445566778899aabbccddee",
        "The ratio 123456789:AAA, the time 10:30:00, the port in http://localhost:8080/v1",
        "https://example.com/a:b@c and git@github.com:owner/repository.git",
        "mailto:a@example.com, https://a@example.com, https://a:@example.com",
        "-----BEGIN PUBLIC KEY----- and -----BEGIN CERTIFICATE-----",
        "Private keys open with -----BEGIN and PRIVATE KEY behind it.",
        "eyJ opens a token of three parts, such as eyJhbGciOiJIUzI1NiJ9.eyJzdWI. and so on",
    ] {
        assert_eq!(find(text), None, "{text}");
        assert_eq!(mask(text), text);
    }
}

#[test]
fn private_keys_are_found_with_all_their_lines() {
    for label in ["PRIVATE KEY", "RSA PRIVATE KEY", "OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK"] {
        let key = format!("-----BEGIN {label}-----\nMIIEvQ\nIBADAN\n-----END {label}-----");
        let text = format!("before\n{key}\nafter");
        assert_eq!(kind(&text), Some("a private key"), "{label}");
        assert_eq!(mask(&text), "before\n-----BEGIN …\nafter", "{label}");
    }
    assert_eq!(mask("\"-----BEGIN PRIVATE KEY-----\\nMIIEvQ"), "\"-----BEGIN …");
}

#[test]
fn tokens_without_a_prefix_of_their_own_are_found_by_their_parts() {
    let telegram = format!("123456789:AA{}", hex(33));
    assert_eq!(mask(&format!("bot{telegram}!")), "bot123456789:AA…!");
    assert_eq!(find(&format!("1234567:AA{}", hex(33))), None);

    let discord = format!("MTIzNDU2Nzg5MDEyMzQ1Njc4.{}.{}", hex(6), hex(27));
    assert_eq!(kind(&discord), Some("a Discord bot token"));
    assert_eq!(mask(&format!("TOKEN_{discord} ends")), "TOKEN_M… ends");
    assert_eq!(find(&format!("abcIzNDU2Nzg5MDEyMzQ1Njc4.{}.{}", hex(6), hex(27))), None);

    assert_eq!(mask(&format!("a {}. b", json_web_token())), "a eyJ…. b");
    assert_eq!(kind(&format!("JWT_{}", json_web_token())), Some("a JSON Web Token"));
}

#[test]
fn a_secret_reaches_as_far_as_its_alphabet() {
    let alphabets = [
        (ALNUM, "zZ09"),
        (shapes::HEX, "aF09"),
        (shapes::DASH, "-"),
        (shapes::LINE, "_"),
        (shapes::DOT, "."),
        (shapes::BASE64, "+/="),
        (shapes::PERCENT, "%"),
    ];
    for shape in SHAPES.iter().filter(|shape| !shape.exact) {
        let (mut token, mut others) = (format!("{}{}", shape.prefix, hex(shape.length)), " \"\n写".to_owned());
        for (alphabet, chars) in alphabets {
            let of = if shape.alphabet & alphabet != 0 { &mut token } else { &mut others };
            of.push_str(chars);
        }
        let taken = |char: char| match shape.alphabet & ALNUM {
            0 => char.is_ascii_hexdigit(),
            _ => char.is_ascii_alphanumeric(),
        };
        others.retain(|char| !taken(char));
        for other in others.chars() {
            let found = find(&format!("{token}{other}")).map(|secret| secret.range);
            assert_eq!(found, Some(0..token.len()), "{token} before {other:?}");
        }
    }
}

#[test]
fn base64_of_urls_takes_both_its_marks() {
    assert_eq!(kind(&format!("AIza-_{}", hex(33))), Some("a Google API key"));
}

#[test]
fn a_part_of_a_token_is_as_long_as_its_issuer_makes_it() {
    let digits = |count: usize| "1".repeat(count);
    let telegram = |number: usize, rest: usize| kind(&format!(" {}:AA{}", digits(number), hex(rest))).is_some();
    for (number, rest, found) in
        [(7, 33, false), (8, 33, true), (16, 40, true), (17, 33, false), (9, 32, false), (9, 33, true)]
    {
        assert_eq!(telegram(number, rest), found, "{number}:{rest}");
    }
    let number = |first: char, count: usize| format!("{first}TIz").chars().cycle().take(count).collect::<String>();
    let discord = |first, count, middle, rest| format!("{}.{}.{}", number(first, count), hex(middle), hex(rest));
    for (count, middle, rest, found) in [
        (22, 6, 27, false),
        (23, 6, 27, true),
        (28, 6, 38, true),
        (29, 6, 27, false),
        (24, 5, 27, false),
        (24, 7, 27, false),
        (24, 6, 26, false),
    ] {
        assert_eq!(kind(&discord('M', count, middle, rest)).is_some(), found, "{count}.{middle}.{rest}");
    }
    for (first, shown) in [('M', "M…"), ('N', "N…"), ('O', "O…")] {
        assert_eq!(mask(&discord(first, 24, 6, 27)), shown);
    }
    assert_eq!(find(&discord('P', 24, 6, 27)), None);
    for middle in [".ab cde.", ".abcdefx"] {
        assert_eq!(find(&format!("{}{middle}{}", number('M', 24), hex(27))), None, "{middle}");
    }
    let web = |header: usize, signature: usize| format!("{JWT}{}.{JWT}.{}", hex(header - 3), hex(signature));
    assert!(find(&web(13, 21)).is_some() && find(&web(12, 21)).is_none() && find(&web(13, 20)).is_none());
    assert_eq!(find(&format!("a token {}", web(12, 21))), None);
    // One that fails hides no other behind it.
    assert_eq!(mask(&format!("{} {}", web(13, 20), web(13, 21))), format!("{} eyJ…", web(13, 20)));
}

#[test]
fn a_private_key_ends_behind_its_last_line() {
    let key = |label: &str, end: &str| format!("a -----BEGIN {label}-----\nMIIEvQ\n-----END {end}b");
    let label = |length: usize| "A".repeat(length - " PRIVATE KEY".len()) + " PRIVATE KEY";
    assert_eq!(mask(&key("PRIVATE KEY", "PRIVATE KEY-----")), "a -----BEGIN …b");
    assert_eq!(mask(&key("PRIVATE KEY", "PRIVATE KEY----")), "a -----BEGIN …----b");
    assert_eq!(mask(&key("PRIVATE KEY", "PRIVATE KEY")), "a -----BEGIN …b");
    assert_eq!(mask(&key(&label(64), "")), "a -----BEGIN …b");
    assert_eq!(find(&key(&label(65), "")), None);
    assert_eq!(find(&key("PRIVATE KEYS", "")).map(|secret| secret.range.start), Some(2));
    for text in ["----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY----", "-----BEGIN PRIVATE-KEY-----"] {
        assert_eq!(find(text), None, "{text}");
    }
}

#[test]
fn a_host_and_its_port_are_no_password() {
    for (text, shown) in [
        ("http://me:pa55@", "http://…@"),
        ("http://me:pa55/@", "http://me:pa55/@"),
        ("http://me:@host", "http://me:@host"),
        ("http://:pa55@host", "http://…@host"),
    ] {
        assert_eq!(mask(text), shown);
    }
    for (text, shown) in [
        ("http://me:pa55", "http://…"),
        ("http://me:pa55\nnext", "http://…\nnext"),
        ("http://me:pa55 next", "http://me:pa55 next"),
        ("http://me:pa55/next", "http://me:pa55/next"),
        ("http://host:8080", "http://host:8080"),
        ("http://[2001:db8", "http://[2001:db8"),
        ("http://host:", "http://host:"),
    ] {
        assert_eq!(mask_broken(text), shown);
    }
}

#[test]
fn passwords_in_urls_are_found_and_their_hosts_are_not() {
    let text = "at postgres://rivermouth:hunter2@db.example.com:5432/cards, port 5432";
    assert_eq!(kind(text), Some("a password in a URL"));
    assert_eq!(mask(text), "at postgres://…@db.example.com:5432/cards, port 5432");
    assert_eq!(mask("https://a:p@ss:w@example.com"), "https://…@example.com");
}

#[test]
fn examples_of_documentation_count_as_secrets() {
    assert_eq!(kind(&format!("AKIA{}", "IOSFODNN7EXAMPLE")), Some("an AWS access key"));
    assert_eq!(
        kind(&format!("https://hooks.slack.com/services/T00000000/B00000000/{}", "X".repeat(24))),
        Some("a Slack webhook")
    );
}

#[test]
fn all_secrets_of_a_text_are_masked() {
    let text = format!("a ghp_{0} b hf_{0}\nghp_{0},ghp_{0}", hex(36));
    assert_eq!(mask(&text), "a ghp_… b hf_…\nghp_…,ghp_…");
    assert!(matches!(mask("nothing to hide"), Cow::Borrowed(_)));
    // What masking leaves holds nothing more to mask.
    assert_eq!(find(&mask(&text)), None);
}

#[test]
fn half_a_secret_is_masked_where_a_text_may_be_broken_off() {
    let jwt: String = json_web_token().chars().take(50).collect();
    for (text, shown) in [
        (format!("\"developer\": \"ghp_{}", hex(20)), "\"developer\": \"ghp_…"),
        ("\"developer\": \"ghp_abcd\\u0065fgh\"".to_owned(), "\"developer\": \"ghp_…\\u0065fgh\""),
        ("\"developer\": \"ghp_abc".to_owned(), "\"developer\": \"ghp_abc"),
        (format!("token {jwt}"), "token eyJ…"),
        ("a longer text before eyJabcd".to_owned(), "a longer text before eyJ…"),
        ("a longer text before eyJabc".to_owned(), "a longer text before eyJabc"),
        ("\"postgres://rivermouth:hunt".to_owned(), "\"postgres://…"),
        ("\"http://localhost:8080".to_owned(), "\"http://localhost:8080"),
        (format!("123456789:AA{}", hex(5)), "123456789:AA…"),
        (format!("MTIzNDU2Nzg5MDEyMzQ1Njc4.{}.{}", hex(6), hex(9)), "M…"),
        (format!("age AGE-SECRET-KEY-1{}", hex(9)), "age AGE-SECRET-KEY-1…"),
    ] {
        assert_eq!(mask_broken(&text), shown);
        assert_eq!(mask(&text), text, "a whole secret was masked");
    }
}

#[test]
fn hostile_texts_are_read_in_one_pass() {
    // A pass that reads this quadratically takes minutes.
    for part in
        ["ghp_", "://", "://a:", "{{", "eyJ-", "eyJ.", "eyJaaaaaaaaaaaaaa.", "-----BEGIN ", "1:AA", "M.", "sk-", "cio"]
    {
        let text = part.repeat(200_000 / part.len());
        find(&text);
        let shown = mask_broken(&text);
        assert!(shown.len() <= text.len() + "…".len(), "{part}");
    }
}
