//! The security model card of the defect detector.

use smcard::{SecurityCard, security_card};

/// The score from which a weld is rejected: one literal, as a number for the code and as words
/// for the card.
macro_rules! reject_from {
    () => {
        0.82
    };
}

/// The score from which a weld is rejected, between 0 and 1.
pub const REJECT_FROM: f32 = reject_from!();

pub static CARD: SecurityCard = security_card! {
    model_details: {
        name: "weld-defect-detector",
        developer: "Northwind Robotics, vision team",
        date: "2026-09-14",
        version: env!("CARGO_PKG_VERSION"),
        type: "Image classification: a convolutional network of 11 million parameters, one score an image",
        information: "Trained for 40 epochs with focal loss on grey-scale images of 512 by 512 pixels. Augmented \
                      with rotation, blur and changes of exposure.",
        resource: "https://vision.northwind.example/models/weld-defect-detector",
        citation: "Northwind Robotics (2026). Weld defect detector, version 2.4. Internal report VR-118.",
        license: "LicenseRef-northwind-internal",
        contact: "vision-security@northwind.example",
    },
    intended_use: {
        primary_uses: "Sorting out welded car seats with visible defects before a person inspects them.",
        primary_users: "Operators of inspection cells on lines 3 and 4.",
        out_of_scope_uses: "Releasing parts without inspection by a person; welds of other materials than steel.",
    },
    factors: {
        relevant_factors: "Camera model, lighting of the cell, wear of the welding tip, paint already on the part.",
        evaluation_factors: "Camera model and lighting: they differ between the lines. The others were held fixed.",
    },
    metrics: {
        performance_measures: "Recall on defects, because a missed defect costs most; false rejects a shift.",
        decision_thresholds: concat!("A weld is rejected from a score of ", reject_from!(), " on."),
        variation_approaches: "Five trainings with different seeds; intervals are bootstrapped over images.",
    },
    evaluation_data: {
        datasets: "6,200 images of line 4, taken in May 2026, of which 410 show a defect.",
        motivation: "Line 4 was not in the training data, so it shows what a new line would see.",
        preprocessing: "Cropped to the weld and scaled to 512 by 512 pixels, as in production.",
    },
    training_data: withheld("Images belong to the customer under contract 118; see entry 7 of the data register."),
    quantitative_analyses: {
        unitary_results: "Recall 0.96 with camera A, 0.94 with camera B; 0.97 by day, 0.93 at night.",
        intersectional_results: "Recall 0.90 with camera B at night, the lowest of the four combinations.",
    },
    ethical_considerations: not_applicable("The images show parts, never people."),
    caveats_and_recommendations: "Measure recall anew after any change of camera or lighting.",
    security_considerations: {
        threat_modeling: "An insider could hide defects behind stickers, or slip mislabelled images into the next \
                          training. Labels are checked by two people, and rejected parts are counted against the \
                          welding tips' wear.",
        security_testing: "Printed patches were tried on 200 defective welds: 9 were accepted. With the check for \
                           covered areas in front of the model, none were.",
    },
};
