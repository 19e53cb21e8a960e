//! The page as a document: what a browser, a screen reader and a content security policy find in it.

use std::collections::HashSet;

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};
use smcard_core::SecurityCard;

use crate::large_system;
use crate::page::{Page, any_tree};

fn pages() -> Vec<Page> {
    let mut pages: Vec<Page> = (0..4).map(|seed| Page::of_tree(&any_tree(seed))).collect();
    pages.push(Page::new(&SecurityCard::EMPTY));
    pages.push(Page::new(&large_system::card(30, 45)));
    pages.push(Page::new(&large_system::card(300, 500)));
    pages
}

#[test]
fn a_browser_finds_nothing_to_repair() {
    for page in pages() {
        assert!(page.parsed.errors.is_empty(), "{:?}", page.parsed.errors);
    }
}

#[test]
fn the_policy_allows_the_pages_own_style_and_the_page_needs_nothing_else() {
    for page in pages() {
        let policy = page.all("meta[http-equiv=Content-Security-Policy]");
        let policy = policy.first().and_then(|meta| meta.value().attr("content")).expect("the page has a policy");
        let styles = page.all("style");
        let style: String = styles.first().expect("the page has a style").text().collect();
        let hash = Base64::encode_string(&Sha256::digest(&style));
        assert_eq!(
            policy,
            format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'")
        );
        assert_eq!(styles.len(), 1);
        for forbidden in
            ["script", "img", "link", "iframe", "object", "embed", "form", "base", "[style]", "[src]", "[onclick]"]
        {
            assert!(page.all(forbidden).is_empty(), "{forbidden}");
        }
        assert!(!style.contains("url(") && !style.contains("@import"));
    }
}

#[test]
fn headings_are_in_order_and_landmarks_have_names() {
    for page in pages() {
        let mut last = 0;
        let headings = page.all("h1, h2, h3, h4, h5, h6");
        for heading in &headings {
            let level: u32 = heading.value().name().trim_start_matches('h').parse().expect("a level");
            assert!(level <= last + 1, "h{level} stands behind h{last}");
            assert!(!heading.text().collect::<String>().trim().is_empty());
            last = level;
        }
        for one in ["h1", "header", "nav", "main", "footer"] {
            assert_eq!(page.all(one).len(), 1, "{one}");
        }
        for table in page.all("table") {
            assert_eq!(table.select(&scraper::Selector::parse("caption").expect("a selector")).count(), 1);
        }
        assert!(page.all("th:not([scope])").is_empty());
        assert!(page.all("svg:not([aria-hidden]):not([aria-labelledby])").is_empty());
    }
}

#[test]
fn every_anchor_stands_once_and_every_link_within_the_page_leads_to_one() {
    for page in pages() {
        let mut ids = HashSet::new();
        for element in page.all("[id]") {
            let id = element.value().attr("id").expect("it has one");
            assert!(!id.contains(char::is_whitespace), "{id:?}");
            assert!(ids.insert(id), "{id} stands twice");
        }
        let named = page.all("[aria-labelledby]");
        let named =
            named.iter().flat_map(|element| element.value().attr("aria-labelledby").unwrap_or_default().split(' '));
        for target in named {
            assert!(ids.contains(target), "{target}");
        }
        for link in page.all("a") {
            let href = link.value().attr("href").unwrap_or("no link at all");
            assert!(href.strip_prefix('#').is_none_or(|target| ids.contains(target)), "{href}");
        }
    }
}

#[test]
fn a_card_has_the_same_page_wherever_it_comes_from() {
    let card = large_system::card(30, 45);
    assert_eq!(Page::new(&card).text, Page::new(&card.clone()).text);
    for seed in 0..4 {
        assert_eq!(Page::of_tree(&any_tree(seed)).text, Page::of_tree(&any_tree(seed)).text);
    }
}
