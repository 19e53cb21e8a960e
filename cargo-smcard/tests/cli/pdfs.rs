//! The PDFs that the tests read, and what makes them: one for each thing that stands in the way of reading real ones.
//!
//! They are committed, so that what is read does not change with what writes them. `PDFS=overwrite` in the environment
//! writes them anew.

use std::fs;
use std::path::{Path, PathBuf};

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

/// A text on a page.
struct Drawn {
    x: f32,
    y: f32,
    size: f32,
    bold: bool,
    text: &'static str,
}

fn text(x: f32, y: f32, text: &'static str) -> Drawn {
    Drawn { x, y, size: 10.0, bold: false, text }
}

fn bold(x: f32, y: f32, text: &'static str) -> Drawn {
    Drawn { x, y, size: 10.0, bold: true, text }
}

fn large(x: f32, y: f32, text: &'static str) -> Drawn {
    Drawn { x, y, size: 16.0, bold: false, text }
}

const PLAIN: Name<'static> = Name(b"F1");
const BOLD: Name<'static> = Name(b"F2");

/// Where the ligatures of fi and fl are in the fonts, as in those of many typesetters.
const LIGATURES: [(char, u8); 2] = [('\u{fb01}', 1), ('\u{fb02}', 2)];

fn pdf(pages: &[Vec<Drawn>]) -> Vec<u8> {
    let mut pdf = Pdf::new();
    let (catalog, tree, fonts) = (Ref::new(1), Ref::new(2), [(PLAIN, Ref::new(3)), (BOLD, Ref::new(4))]);
    let page = |index: usize| Ref::new(10 + 2 * i32::try_from(index).unwrap());
    pdf.catalog(catalog).pages(tree);
    pdf.pages(tree).kids((0..pages.len()).map(page)).count(i32::try_from(pages.len()).unwrap());
    for ((_, font), base) in fonts.into_iter().zip(["Helvetica", "Helvetica-Bold"]) {
        let mut font = pdf.type1_font(font);
        font.base_font(Name(base.as_bytes()));
        let mut encoding = font.encoding_custom();
        encoding.base_encoding(Name(b"WinAnsiEncoding"));
        encoding.differences().consecutive(1, [Name(b"fi"), Name(b"fl")]);
    }
    for (index, drawn) in pages.iter().enumerate() {
        let id = page(index);
        let contents = Ref::new(id.get() + 1);
        let mut page = pdf.page(id);
        page.media_box(Rect::new(0.0, 0.0, 595.0, 842.0)).parent(tree).contents(contents);
        let mut resources = page.resources();
        let mut of_page = resources.fonts();
        for (name, font) in fonts {
            of_page.pair(name, font);
        }
        of_page.finish();
        resources.finish();
        page.finish();
        pdf.stream(contents, &content(drawn));
    }
    pdf.finish()
}

fn content(drawn: &[Drawn]) -> Vec<u8> {
    let mut content = Content::new();
    for Drawn { x, y, size, bold, text } in drawn {
        content.begin_text().set_font(if *bold { BOLD } else { PLAIN }, *size).next_line(*x, *y);
        // Browsers put a ligature's letters beside a glyph that has no meaning of its own.
        let mut parts = text.split('|');
        show(&mut content, parts.next().unwrap());
        for pair in parts.collect::<Vec<_>>().chunks(2) {
            content.begin_marked_content_with_properties(Name(b"Span")).properties().actual_text(TextStr(pair[0]));
            show(&mut content, "\u{fb01}");
            content.end_marked_content();
            show(&mut content, pair[1]);
        }
        content.end_text();
    }
    content.finish().to_vec()
}

fn show(content: &mut Content, text: &str) {
    let code = |char: char| match LIGATURES.iter().find(|(ligature, _)| *ligature == char) {
        Some((_, code)) => *code,
        // Of what is beyond ASCII, the tests draw Latin-1 alone.
        None => u8::try_from(u32::from(char)).unwrap(),
    };
    content.show(Str(&text.chars().map(code).collect::<Vec<u8>>()));
}

/// Labels in bold with a colon; ligatures; hyphens at the ends of lines; several labels on a line; a head and a foot on
/// each page; a value that goes on on the next page.
fn labels() -> Vec<u8> {
    let first = vec![
        text(50.0, 810.0, "Parcel Vision Ltd, confidential"),
        Drawn { x: 50.0, y: 780.0, size: 20.0, bold: true, text: "Model Card for parcel-damage" },
        bold(50.0, 750.0, "Developer:"),
        text(110.0, 750.0, "Parcel Vision Ltd"),
        bold(50.0, 735.0, "Release date:"),
        text(120.0, 735.0, "14 March 2026"),
        bold(250.0, 735.0, "Version:"),
        text(300.0, 735.0, "2.1"),
        bold(400.0, 735.0, "License:"),
        text(450.0, 735.0, "Apache License, Version 2.0"),
        bold(50.0, 720.0, "Model type:"),
        text(115.0, 720.0, "Image classi\u{fb01}cation with a classi|fi|er, in work\u{fb02}ows"),
        bold(50.0, 705.0, "Out-of-scope settings"),
        text(160.0, 705.0, "are not what this line is about."),
        bold(50.0, 690.0, "Intended use:"),
        text(120.0, 690.0, "Finding dam-"),
        text(50.0, 678.0, "aged parcels. A damaged parcel is a decision-"),
        text(50.0, 666.0, "making matter."),
        bold(50.0, 640.0, "Primary intended users:"),
        text(170.0, 640.0, "People in sorting centres, who look at"),
        text(280.0, 30.0, "Page 1 of 2"),
    ];
    let second = vec![
        text(50.0, 810.0, "Parcel Vision Ltd, confidential"),
        text(50.0, 780.0, "each parcel again."),
        bold(50.0, 760.0, "Limitations:"),
        text(115.0, 760.0, "Wet parcels shine."),
        text(280.0, 30.0, "Page 2 of 2"),
    ];
    pdf(&[first, second])
}

/// Two columns, one after the other in the file.
fn columns() -> Vec<u8> {
    pdf(&[vec![
        bold(50.0, 760.0, "Intended use"),
        text(50.0, 745.0, "Finding parcels that are damaged"),
        text(50.0, 733.0, "before they leave the centre, and"),
        text(50.0, 721.0, "telling a person about each."),
        bold(50.0, 700.0, "Limitations"),
        text(50.0, 685.0, "Wet parcels shine, and"),
        text(320.0, 760.0, "are taken for torn ones."),
        bold(320.0, 700.0, "Training data"),
        text(320.0, 685.0, "Photographs of three centres,"),
        text(320.0, 673.0, "taken from 2019 to 2024."),
    ]])
}

/// Two columns that were drawn line by line, so that the file's own order mixes them.
fn across() -> Vec<u8> {
    let left = [
        "Limitations",
        "Wet parcels shine, and the",
        "model takes them for torn",
        "ones. Snow on a parcel is",
        "another matter that nobody",
        "has looked at so far.",
    ];
    let right = [
        "Training data",
        "Photographs of three sorting",
        "centres, taken from 2019 on",
        "until 2024. Two people have",
        "labelled each, and a third",
        "one decided where needed.",
    ];
    let line = |(index, (left, right)): (usize, (&'static str, &'static str))| {
        let y = 760.0 - 13.0 * f32::from(u8::try_from(index).unwrap());
        let is_bold = index == 0;
        [
            Drawn { x: 50.0, y, size: 10.0, bold: is_bold, text: left },
            Drawn { x: 320.0, y, size: 10.0, bold: is_bold, text: right },
        ]
    };
    pdf(&[left.into_iter().zip(right).enumerate().flat_map(line).collect()])
}

/// A document in which nothing is bold and headings are larger, with a table of contents that repeats them.
fn contents() -> Vec<u8> {
    let toc = vec![
        large(50.0, 780.0, "Contents"),
        text(50.0, 750.0, "1 Intended Use . . . . . . . . . . . . . . . . . . . . 2"),
        text(50.0, 735.0, "2 Ethical Considerations . . . . . . . . . . . . . . . 2"),
        text(50.0, 720.0, "3 Training Data . . . . . . . . . . . . . . . . . . . . 2"),
    ];
    let body = vec![
        large(50.0, 780.0, "1 Intended Use"),
        text(50.0, 760.0, "Finding damaged parcels."),
        large(50.0, 730.0, "2 Ethical Considerations"),
        text(50.0, 710.0, "Nobody is shown on a photograph, as far as we know from looking at a few of them."),
        large(50.0, 680.0, "3 Training Data"),
        text(50.0, 660.0, "Photographs of three centres."),
    ];
    pdf(&[toc, body])
}

/// Every word drawn for itself.
fn words() -> Vec<u8> {
    let mut drawn = vec![bold(50.0, 760.0, "Training"), bold(95.0, 760.0, "data:")];
    for (index, word) in ["Photographs", "of", "three", "sorting", "centres"].into_iter().enumerate() {
        drawn.push(text(60.0, 745.0 - 12.0 * f32::from(u8::try_from(index).unwrap()), word));
    }
    drawn.push(bold(50.0, 670.0, "Limitations:"));
    for (index, word) in ["Wet", "parcels", "shine."].into_iter().enumerate() {
        drawn.push(text(120.0 + 40.0 * f32::from(u8::try_from(index).unwrap()), 670.0, word));
    }
    pdf(&[drawn])
}

/// Labels beside each other, with their values below.
fn rows() -> Vec<u8> {
    pdf(&[vec![
        large(50.0, 790.0, "The card"),
        bold(50.0, 760.0, "Model date"),
        bold(220.0, 760.0, "Model type"),
        bold(400.0, 760.0, "License"),
        text(50.0, 746.0, "March 2026"),
        text(220.0, 746.0, "Image classification with"),
        text(400.0, 746.0, "mit"),
        text(220.0, 734.0, "a small network"),
        bold(50.0, 710.0, "Limitations"),
        text(50.0, 696.0, "Wet parcels shine."),
    ]])
}

/// A file of a word processor in which nothing stands out: labels like the text, with a colon; lists.
fn plain() -> Vec<u8> {
    pdf(&[vec![
        text(50.0, 760.0, "Developed by: Parcel Vision Ltd"),
        text(50.0, 746.0, "License: MIT"),
        text(50.0, 732.0, "Limitations: Two of them:"),
        text(60.0, 718.0, "\u{b7}"),
        text(70.0, 718.0, "wet parcels"),
        text(60.0, 704.0, "-"),
        text(70.0, 704.0, "parcels: those in snow"),
        text(50.0, 690.0, "Training data: In this order:"),
        text(60.0, 676.0, "1. Photographs"),
        text(60.0, 662.0, "2. Labels, in 2024"),
        text(60.0, 648.0, "24 of them twice"),
    ]])
}

/// All headings drawn first, and then what stands below them, in two columns at the end.
fn late() -> Vec<u8> {
    pdf(&[vec![
        large(50.0, 790.0, "The card"),
        bold(50.0, 772.0, "Model date"),
        bold(50.0, 746.0, "License"),
        bold(50.0, 720.0, "Limitations"),
        bold(320.0, 720.0, "Training data"),
        text(60.0, 759.0, "March 2026"),
        text(60.0, 733.0, "MIT"),
        text(320.0, 706.0, "Photographs of three"),
        text(320.0, 692.0, "sorting centres, which"),
        text(320.0, 678.0, "were taken from 2019 on"),
        text(320.0, 664.0, "until 2024."),
        text(50.0, 706.0, "Wet parcels shine, and"),
        text(50.0, 692.0, "are taken for torn ones"),
        text(50.0, 678.0, "unless somebody wipes"),
        text(50.0, 664.0, "them."),
    ]])
}

/// A template: labels, instructions and places to fill in.
fn template() -> Vec<u8> {
    pdf(&[vec![
        Drawn { x: 50.0, y: 790.0, size: 20.0, bold: true, text: "Model Card" },
        bold(50.0, 760.0, "Developer:"),
        bold(50.0, 745.0, "Release date:"),
        text(120.0, 745.0, "YYYY-MM-DD"),
        bold(50.0, 730.0, "License:"),
        text(100.0, 730.0, "[More Information Needed]"),
        bold(50.0, 715.0, "Intended use:"),
        text(120.0, 715.0, "What is the model for?"),
        bold(50.0, 700.0, "Limitations:"),
        text(120.0, 700.0, "\u{2d}"),
        bold(50.0, 685.0, "Training data:"),
        text(120.0, 685.0, "<Describe the data>"),
        bold(50.0, 670.0, "Contact:"),
        text(120.0, 670.0, "N/A"),
    ]])
}

/// A page without a text, as scanners make it.
fn scanned() -> Vec<u8> {
    let mut file = pdf(&[Vec::new()]);
    let (empty, full) = (b"stream\n\nendstream".as_slice(), b"stream\nq Q\nendstream".as_slice());
    if let Some(at) = file.windows(empty.len()).position(|part| part == empty) {
        file.splice(at..at + empty.len(), full.iter().copied());
    }
    file
}

/// A file that only a password opens.
fn encrypted() -> Vec<u8> {
    let file = labels();
    let trailer = b"trailer\n<<";
    let at = file.windows(trailer.len()).rposition(|part| part == trailer).unwrap() + trailer.len();
    let entry = format!(
        "\n  /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{}> /U <{}> >>\n  /ID [<00112233> <00112233>]",
        "5a".repeat(32),
        "a5".repeat(32)
    );
    [&file[..at], entry.as_bytes(), &file[at..]].concat()
}

/// The name of each file with its bytes.
fn all() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("labels", labels()),
        ("columns", columns()),
        ("across", across()),
        ("contents", contents()),
        ("words", words()),
        ("rows", rows()),
        ("plain", plain()),
        ("late", late()),
        ("template", template()),
        ("scanned", scanned()),
        ("encrypted", encrypted()),
    ]
}

/// Where a file is.
pub(crate) fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/pdfs").join(name).with_extension("pdf")
}

#[test]
fn the_files_are_what_is_made_here() {
    let overwrite = std::env::var_os("PDFS").is_some_and(|value| value == "overwrite");
    for (name, bytes) in all() {
        if overwrite {
            fs::write(file(name), &bytes).unwrap();
        }
        assert!(fs::read(file(name)).unwrap() == bytes, "{name}.pdf; PDFS=overwrite writes it anew");
    }
}
