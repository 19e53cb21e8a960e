//! What holds of every format.

use std::collections::HashSet;

use smcard_export::Format;

use crate::cards::each;

#[test]
fn two_exports_of_a_card_are_the_same_bytes() {
    each(|name, card| {
        for format in Format::ALL {
            let once = format.write(card);
            assert_eq!(once, format.write(card), "{} of {name}", format.name);
            // What a format requires and a card need not have: see `spdx`.
            let may_be_refused = format.name == "spdx";
            assert!(once.is_ok() || may_be_refused, "{} of {name}: {once:?}", format.name);
        }
    });
}

#[test]
fn a_format_is_found_by_its_name_and_no_two_share_one() {
    let names: HashSet<&str> = Format::ALL.iter().map(|format| format.name).collect();
    assert_eq!(names.len(), Format::ALL.len());
    for format in Format::ALL {
        assert_eq!(Format::named(format.name).map(|found| found.doc), Some(format.doc));
    }
    assert!(Format::named("cyclonedx-1.5").is_none());
}

#[test]
fn every_text_ends_in_one_line_end() {
    each(|name, card| {
        for format in Format::ALL {
            let Ok(text) = format.write(card) else { continue };
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{} of {name}", format.name);
        }
    });
}
