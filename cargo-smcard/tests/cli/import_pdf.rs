//! `smcard import` on PDFs: what stands in the way of reading them, and what must not stop it.

use std::fs;
use std::io::Write as _;

use serde_json::{Value, json};

use crate::pdfs::file;
use crate::session::{Folder, Said};

fn import(name: &str) -> (Value, Said) {
    let said = Folder::new().smcard(&["import", "--format", "json", file(name).to_str().unwrap()]).ended(0);
    (serde_json::from_str(&said.out).unwrap(), said)
}

#[test]
fn labels_ligatures_hyphens_and_pages_are_read_as_people_read_them() {
    let (card, said) = import("labels");
    assert_eq!(
        card,
        json!({
            "model_details": {
                "name": "parcel-damage",
                "developer": "Parcel Vision Ltd",
                "date": "2026-03-14",
                "version": "2.1",
                "type": "Image classification with a classifier, in workflows Out-of-scope settings are not what this line is about.",
                "license": "Apache-2.0",
            },
            "intended_use": {
                "primary_uses": "Finding damaged parcels. A damaged parcel is a decision-making matter.",
                "primary_users": "People in sorting centres, who look at each parcel again.",
            },
            "caveats_and_recommendations": "Wet parcels shine.",
        })
    );
    assert!(said.err.contains("unsure of 1 value"), "{}", said.err);
    assert!(!said.err.contains("confidential") && !said.err.contains("Page 1"), "{}", said.err);
}

#[test]
fn each_value_has_its_page_and_what_goes_on_elsewhere_is_told() {
    let folder = Folder::new();
    let said = folder.smcard(&["import", file("labels").to_str().unwrap()]).ended(0);
    let expected = "        // page 1: Apache License, Version 2.0\n        license: \"Apache-2.0\",\n";
    assert!(said.out.contains(expected), "{}", said.out);
    let expected =
        "        // page 1; goes on behind a page or column break: compare it with the source\n        primary_users:";
    assert!(said.out.contains(expected), "{}", said.out);
    assert!(said.out.contains("    // page 2\n    caveats_and_recommendations:"), "{}", said.out);
}

#[test]
fn columns_are_read_one_after_the_other() {
    let (card, said) = import("columns");
    assert_eq!(
        card,
        json!({
            "intended_use": {
                "primary_uses": "Finding parcels that are damaged before they leave the centre, and telling a person about each.",
            },
            "training_data": "Photographs of three centres, taken from 2019 to 2024.",
            "caveats_and_recommendations": "Wet parcels shine, and are taken for torn ones.",
        })
    );
    assert!(said.err.contains("unsure of 1 value"), "{}", said.err);
    let (card, _) = import("across");
    assert_eq!(
        card,
        json!({
            "training_data": "Photographs of three sorting centres, taken from 2019 on until 2024. Two people have labelled each, and a third one decided where needed.",
            "caveats_and_recommendations": "Wet parcels shine, and the model takes them for torn ones. Snow on a parcel is another matter that nobody has looked at so far.",
        })
    );
}

#[test]
fn places_on_the_page_count_where_the_order_of_the_file_is_none() {
    let (card, _) = import("late");
    assert_eq!(
        card,
        json!({
            "model_details": { "date": "2026-03", "license": "MIT" },
            "training_data": "Photographs of three sorting centres, which were taken from 2019 on until 2024.",
            "caveats_and_recommendations":
                "Wet parcels shine, and are taken for torn ones unless somebody wipes them.",
        })
    );
}

#[test]
fn a_table_of_contents_gives_no_value_and_size_tells_a_heading() {
    let (card, _) = import("contents");
    assert_eq!(
        card,
        json!({
            "intended_use": { "primary_uses": "Finding damaged parcels." },
            "training_data": "Photographs of three centres.",
            "ethical_considerations":
                "Nobody is shown on a photograph, as far as we know from looking at a few of them.",
        })
    );
}

#[test]
fn words_that_stand_for_themselves_make_a_text() {
    let (card, _) = import("words");
    assert_eq!(
        card,
        json!({
            "training_data": "Photographs of three sorting centres",
            "caveats_and_recommendations": "Wet parcels shine.",
        })
    );
}

#[test]
fn labels_beside_each_other_have_their_values_below_them() {
    let (card, _) = import("rows");
    assert_eq!(
        card,
        json!({
            "model_details": {
                "date": "2026-03",
                "type": "Image classification with a small network",
                "license": "MIT",
            },
            "caveats_and_recommendations": "Wet parcels shine.",
        })
    );
}

#[test]
fn labels_that_do_not_stand_out_are_labels_if_they_are_known_and_lists_are_lists() {
    let (card, _) = import("plain");
    assert_eq!(
        card,
        json!({
            "model_details": { "developer": "Parcel Vision Ltd", "license": "MIT" },
            "training_data": "In this order:\n1. Photographs\n2. Labels, in 2024 24 of them twice",
            "caveats_and_recommendations": "Two of them:\n- wet parcels\n- parcels: those in snow",
        })
    );
}

#[test]
fn a_template_gives_no_value() {
    let (card, said) = import("template");
    assert_eq!(card, json!({}));
    assert!(said.err.contains("found 0 fields\nmissing 27 required fields: model_details.developer, "), "{}", said.err);
}

#[test]
fn what_cannot_be_read_is_an_error_that_says_why() {
    let folder = Folder::new();
    let labels = fs::read(file("labels")).unwrap();
    folder.write("cut.pdf", &labels[..labels.len() / 3]);
    folder.write("noise.pdf", [b"%PDF-1.7\n".as_slice(), &[0xa7; 5_000]].concat());
    folder.write("text.pdf", "Dear all, this is no PDF.");
    folder.write("empty.pdf", "");
    fs::create_dir(folder.path("folder.pdf")).unwrap();
    for name in ["scanned", "encrypted"] {
        fs::copy(file(name), folder.path(&format!("{name}.pdf"))).unwrap();
    }
    for (name, why) in [
        ("scanned", "holds no text; if it was scanned"),
        ("encrypted", "is encrypted; save a copy that needs no password"),
        ("cut", "broken"),
        ("noise", "broken"),
        ("text", "is no PDF, or is broken"),
        ("empty", "is no PDF, or is broken"),
        ("folder", "is not a regular file"),
        ("missing", "cannot be read"),
    ] {
        let said = folder.smcard(&["import", &format!("{name}.pdf")]).ended(2);
        assert!(said.err.starts_with(&format!("error: `{name}.pdf` ")), "{name}: {}", said.err);
        assert!(said.err.contains(why), "{name}: {}", said.err);
        assert_eq!(said.out, "", "{name}");
    }
}

#[test]
fn whatever_is_broken_in_a_file_reading_ends() {
    let folder = Folder::new();
    let labels = fs::read(file("labels")).unwrap();
    for seed in 0..40_usize {
        let mut bytes = labels.clone();
        for step in 0..20 {
            let at = (seed * 7919 + step * 104_729) % bytes.len();
            bytes[at] = bytes[at].wrapping_add(u8::try_from(1 + seed % 200).unwrap());
        }
        folder.write("broken.pdf", &bytes);
        let said = folder.smcard(&["import", "broken.pdf"]);
        assert!(
            said.code == 0 || said.code == 2 && said.err.starts_with("error: `broken.pdf` "),
            "{seed}: {}",
            said.err
        );
    }
}

/// A page of which a thousandth is in the file: the rest are spaces.
fn swelling(mebibytes: usize) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let spaces = vec![b' '; 1 << 20];
    for _ in 0..mebibytes {
        packed.write_all(&spaces).unwrap();
    }
    let packed = packed.finish().unwrap();
    let mut pdf = pdf_writer::Pdf::new();
    let [catalog, tree, page, contents] = [1, 2, 3, 4].map(pdf_writer::Ref::new);
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids([page]).count(1);
    pdf.page(page).parent(tree).media_box(pdf_writer::Rect::new(0.0, 0.0, 595.0, 842.0)).contents(contents);
    pdf.stream(contents, &packed).filter(pdf_writer::Filter::FlateDecode);
    pdf.finish()
}

#[test]
fn a_file_that_swells_is_no_more_than_a_file_without_text() {
    let folder = Folder::new();
    folder.write("swelling.pdf", swelling(80));
    let said = folder.smcard(&["import", "swelling.pdf"]).ended(2);
    assert!(said.err.starts_with("error: `swelling.pdf` holds no text"), "{}", said.err);
}

/// Linux counts the memory of a process exactly.
#[cfg(target_os = "linux")]
#[test]
fn the_process_that_reads_is_stopped_where_it_asks_for_more_than_it_may_have() {
    let read = |arguments: &[&str]| {
        let mut command = crate::session::command("smcard");
        command.arg("read-pdf").args(arguments).write_stdin(swelling(80));
        Said::of(&mut command).code
    };
    assert_eq!(read(&[]), 0);
    // Stopped by a signal.
    assert_eq!(read(&["--memory", "48"]), -1);
}
