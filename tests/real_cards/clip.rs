//! CLIP, after the card in its repository.

use smcard::{SecurityCard, security_card};

pub static CARD: SecurityCard = security_card! {
    model_details: {
        name: "CLIP",
        developer: "OpenAI",
        date: "2021-01",
        version: "ViT-B/32 and RN50, the first two; seven variants followed until ViT-L/14@336px",
        type: "An image encoder (ResNet50, or a Vision Transformer) and a text encoder (Transformer)",
        information: "A contrastive loss brings an image and its own caption together.",
        resource: "https://arxiv.org/abs/2103.00020",
        citation: unknown("There is a paper, but the card does not say how to cite it."),
        license: unknown("The card does not name one."),
        contact: "https://forms.gle/Uv7afRH5dvY34ZEs9",
    },
    intended_use: {
        primary_uses: "Research: how robust and general computer vision is, and what it does to society.",
        primary_users: "Researchers in AI, and those of other fields who study its impact.",
        out_of_scope_uses: "Everything deployed, commercial or not. Surveillance and face recognition in any case; \
                            languages other than English; image search unless tested with the very classes.",
    },
    factors: {
        relevant_factors: "The choice of classes above all; gender, race and age of the people in an image.",
        evaluation_factors: "Gender, race and age, with the categories of FairFace.",
    },
    metrics: {
        performance_measures: "Accuracy, often by linear probes, which may show less than the model can do.",
        decision_thresholds: unknown("The card does not name any."),
        variation_approaches: unknown("The card refers to the paper."),
        measures: [
            {
                name: "accuracy of gender classification",
                value: 98.4,
                unit: "%",
                direction: HigherIsBetter,
                slice: "Middle Eastern, the highest",
                dataset: "FairFace",
            },
            {
                name: "accuracy of gender classification",
                value: 96.5,
                unit: "%",
                direction: HigherIsBetter,
                slice: "White, the lowest",
                dataset: "FairFace",
            },
            {
                name: "accuracy of race classification",
                value: 93,
                unit: "%",
                direction: HigherIsBetter,
                dataset: "FairFace",
                evidence: "The card gives it as approximate.",
            },
            {
                name: "accuracy of age classification",
                value: 63,
                unit: "%",
                direction: HigherIsBetter,
                dataset: "FairFace",
                evidence: "The card gives it as approximate.",
            },
        ],
    },
    evaluation_data: {
        datasets: "Over thirty public ones, among them ImageNet with four variants, MNIST, Hateful Memes and KITTI.",
        motivation: "To cover many kinds of tasks, from reading text to telling textures apart.",
        preprocessing: unknown("The card refers to the paper."),
    },
    training_data: "Public images with captions: crawled from websites that forbid excessive violence and adult images, \
                    and existing datasets such as YFCC100M. Mostly from the richer, better connected part of the world, \
                    and from young men. It is not published.",
    quantitative_analyses: {
        unitary_results: "Gender from 96.5 to 98.4 percent; see `measures` for race and age. Weak at fine classes and at \
                          counting.",
        intersectional_results: unknown("The card reports race and gender, and refers to the paper for details."),
    },
    ethical_considerations: "People of some groups were put more often among criminals or animals, and how much more \
                             depended on which classes there were.",
    caveats_and_recommendations: "Test with the classes of the task before any use.",
    security_considerations: {
        threat_modeling: unknown("The card speaks of harm by bias, not of adversaries."),
        security_testing: "No adversary was simulated; the one safety test is in `tests`.",
        tests: [
            {
                id: "denigration",
                kind: Benchmark,
                tool: "FairFace, classified with labels of crime and of animals added",
                date: unknown("The card gives no date."),
            },
        ],
        objectives: { misuse: "Surveillance and face recognition: out of scope, however well they might work." },
    },
    system: {
        components: [
            { id: "vit-b-32", kind: Model, name: "ViT-B/32" },
            { id: "rn50", kind: Model, name: "RN50" },
            { id: "yfcc", kind: Dataset, name: "YFCC100M", url: "http://projects.dfki.uni-kl.de/yfcc100m/" },
            {
                id: "crawl",
                kind: Dataset,
                supplier: unknown("A handful of websites, which the card does not name."),
                description: "Images with captions; the larger part of the data.",
            },
        ],
    },
};
