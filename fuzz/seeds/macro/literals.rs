training_data: b"a", ethical_considerations: c"a", model_details: { developer: r##"a"#b"##, date: 'a', version: 1u128, type: true, license: "a\u{202e}\x07\
   b" }