//! Whisper, after the card in its repository.

use smcard::{SecurityCard, security_card};

pub static CARD: SecurityCard = security_card! {
    model_details: {
        name: "Whisper",
        developer: "OpenAI",
        date: "2022-09",
        version: "The original series; `large-v2`, `large-v3` and `turbo` were added to it later",
        type: "Speech recognition and translation into English, sequence to sequence",
        information: "Weak supervision at a large scale, to find out how robust such training makes speech processing.",
        resource: "https://arxiv.org/abs/2212.04356",
        citation: unknown("There is a paper, but the card does not say how to cite it."),
        license: unknown("The card does not name one."),
        contact: unknown("The card does not name one."),
    },
    intended_use: {
        primary_uses: "Research into robustness, generalization, bias and limits; recognition of speech, above all English.",
        primary_users: "Researchers first, then developers who need to recognize speech.",
        out_of_scope_uses: "Recordings made without consent, classification of people, and decisions in which an error \
                            does much harm.",
    },
    factors: {
        relevant_factors: "Language and how much of it was in the training data; accent, dialect and noise; gender, \
                           race and age of whoever speaks.",
        evaluation_factors: "Language. For the others the card refers to the paper.",
    },
    metrics: {
        performance_measures: "Word error rate is named, without a figure.",
        decision_thresholds: unknown("The card does not name any."),
        variation_approaches: unknown("The card refers to the paper."),
    },
    evaluation_data: {
        datasets: unknown("The card refers to the paper."),
        motivation: unknown("The card refers to the paper."),
        preprocessing: unknown("The card refers to the paper."),
    },
    training_data: "Audio with transcripts from the internet, 680,000 hours. English with an English transcript: 438,000 \
                    hours. Another language with an English transcript: 126,000. Another language with a transcript in \
                    it: 117,000, in 98 languages.",
    quantitative_analyses: {
        unitary_results: "Good in about 10 languages, worse where there was less to train on. No figures.",
        intersectional_results: unknown("The card does not speak of combinations."),
    },
    ethical_considerations: "Groups are served unequally well, which costs those who depend on the result. Cheap \
                             transcription helps surveillance, and the models may recognize persons.",
    caveats_and_recommendations: "Evaluate in the intended setting before use. The output may contain what nobody said, \
                                  and may repeat itself; beam search and temperature scheduling help a little.",
    security_considerations: {
        threat_modeling: unknown("The card speaks of misuse, not of adversaries."),
        security_testing: unknown("The card does not mention any."),
        objectives: {
            integrity: "Text that was never spoken appears in transcripts, more so in languages with little data.",
            misuse: "Surveillance at scale, transcription without consent, inference of what a speaker is.",
        },
    },
    system: {
        components: [
            { id: "tiny", kind: Model, name: "tiny", description: "39 M parameters; English alone, or multilingual." },
            { id: "base", kind: Model, name: "base", description: "74 M parameters; English alone, or multilingual." },
            { id: "small", kind: Model, name: "small", description: "244 M parameters; English alone, or multilingual." },
            { id: "medium", kind: Model, name: "medium", description: "769 M parameters; English alone, or multilingual." },
            { id: "large", kind: Model, name: "large", description: "1550 M parameters; multilingual." },
            { id: "turbo", kind: Model, name: "turbo", description: "798 M parameters; multilingual, and faster." },
            {
                id: "recordings",
                kind: Dataset,
                license: unknown("The card says that they come from the internet, and no more."),
                description: "What the models were trained on.",
            },
        ],
        assumptions: ["Whoever deploys a model evaluates it there: its publisher cannot keep anybody to the intended uses."],
    },
};
