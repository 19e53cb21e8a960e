//! The words of the hub, and which of them the words of a card mean.
//!
//! A text means a word only if it is that word, letter case, spaces and hyphens aside, or another name of it that
//! stands here. Nothing is guessed from a longer text.

/// The tasks of the hub.
#[rustfmt::skip]
pub(super) const TASKS: &[&str] = &[
    "any-to-any", "audio-classification", "audio-text-to-text", "audio-to-audio", "automatic-speech-recognition",
    "depth-estimation", "document-question-answering", "feature-extraction", "fill-mask", "graph-ml",
    "image-classification", "image-feature-extraction", "image-segmentation", "image-text-to-text", "image-to-3d",
    "image-to-image", "image-to-text", "image-to-video", "keypoint-detection", "mask-generation", "object-detection",
    "question-answering", "reinforcement-learning", "robotics", "sentence-similarity", "summarization",
    "table-question-answering", "tabular-classification", "tabular-regression", "text-classification",
    "text-generation", "text-ranking", "text-to-3d", "text-to-audio", "text-to-image", "text-to-speech",
    "text-to-video", "time-series-forecasting", "token-classification", "translation",
    "unconditional-image-generation", "video-classification", "video-text-to-text", "visual-document-retrieval",
    "visual-question-answering", "voice-activity-detection", "zero-shot-classification",
    "zero-shot-image-classification", "zero-shot-object-detection",
];

/// What else a task of the hub is called: its longer name, or a part of it that the hub lists below it.
pub(super) const NAMES_OF_TASKS: &[(&str, &str)] = &[
    ("speech recognition", "automatic-speech-recognition"),
    ("speech to text", "automatic-speech-recognition"),
    ("graph machine learning", "graph-ml"),
    ("image captioning", "image-to-text"),
    ("instance segmentation", "image-segmentation"),
    ("language modeling", "text-generation"),
    ("named entity recognition", "token-classification"),
    ("natural language inference", "text-classification"),
    ("panoptic segmentation", "image-segmentation"),
    ("pose estimation", "keypoint-detection"),
    ("semantic segmentation", "image-segmentation"),
    ("sentiment analysis", "text-classification"),
    ("super resolution", "image-to-image"),
];

/// The libraries that the hub lists as a filter.
#[rustfmt::skip]
pub(super) const LIBRARIES: &[&str] = &[
    "adapter-transformers", "allennlp", "asteroid", "bertopic", "diffusers", "espnet", "fairseq", "fastai",
    "fasttext", "flair", "keras", "keras-hub", "ml-agents", "mlx", "nemo", "open_clip", "paddlenlp", "PaddleOCR",
    "peft", "pyannote-audio", "pythae", "sample-factory", "sentence-transformers", "setfit", "sklearn", "spacy",
    "span-marker", "speechbrain", "stable-baselines3", "stanza", "timm", "transformers", "transformers.js",
    "unity-sentis",
];

/// What else a library of the hub is called, or its package.
pub(super) const NAMES_OF_LIBRARIES: &[(&str, &str)] = &[
    ("adapters", "adapter-transformers"),
    ("nemo toolkit", "nemo"),
    ("open clip torch", "open_clip"),
    ("openclip", "open_clip"),
    ("pytorch image models", "timm"),
    ("scikit learn", "sklearn"),
];

/// The metrics of the hub.
#[rustfmt::skip]
pub(super) const METRICS: &[&str] = &[
    "accuracy", "bertscore", "bleu", "bleurt", "brier_score", "cer", "chrf", "code_eval", "comet", "exact_match",
    "f1", "google_bleu", "mae", "mape", "mase", "matthews_correlation", "mauve", "mean_iou", "meteor", "mse",
    "pearsonr", "perplexity", "precision", "r_squared", "recall", "roc_auc", "rouge", "sacrebleu", "sari", "seqeval",
    "smape", "spearmanr", "squad", "ter", "wer",
];

/// What else a metric of the hub is called.
pub(super) const NAMES_OF_METRICS: &[(&str, &str)] = &[
    ("auroc", "roc_auc"),
    ("character error rate", "cer"),
    ("f1 score", "f1"),
    ("matthews correlation coefficient", "matthews_correlation"),
    ("mean absolute error", "mae"),
    ("mean intersection over union", "mean_iou"),
    ("mean squared error", "mse"),
    ("translation edit rate", "ter"),
    ("word error rate", "wer"),
];

/// The languages of two letters (ISO 639-1), as they can stand in a slice of the data.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da \
    de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik \
    io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms \
    mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm \
    sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// The word that a text means.
pub(super) fn meant(
    text: &str,
    words: &'static [&'static str],
    names: &'static [(&'static str, &'static str)],
) -> Option<&'static str> {
    let same = |name: &&'static str| plain(name).eq(plain(text));
    let by_name = || names.iter().find(|(name, _)| same(name)).map(|(_, word)| *word);
    plain(text).next()?;
    words.iter().copied().find(same).or_else(by_name)
}

/// The letters and digits of a text, with a space for all that stands between words.
fn plain(text: &str) -> impl Iterator<Item = char> + '_ {
    let words = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| word.chars().flat_map(char::to_lowercase).chain(Some(' ')))
}

/// The only task that a part of a text means.
pub(super) fn task(text: &str) -> Option<&'static str> {
    let parts = text.split([':', ';', ',', '(', ')', '.', '\n', '–', '—']);
    only(parts.filter_map(|part| meant(part, TASKS, NAMES_OF_TASKS)))
}

/// The one word that all of these are.
pub(super) fn only(words: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let mut words = words.into_iter();
    let first = words.next()?;
    words.all(|other| other == first).then_some(first)
}

/// The language that a slice such as `language=de` names.
pub(super) fn language(slice: &str) -> Option<&'static str> {
    let mut parts = slice.split([',', ';']).filter_map(|part| part.split_once('='));
    let (_, code) = parts.find(|(key, _)| key.trim().eq_ignore_ascii_case("language"))?;
    LANGUAGES.split(' ').find(|language| language.eq_ignore_ascii_case(code.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_other_name_is_one_of_a_word_and_is_none_itself() {
        for (words, names) in [(TASKS, NAMES_OF_TASKS), (LIBRARIES, NAMES_OF_LIBRARIES), (METRICS, NAMES_OF_METRICS)] {
            for (name, word) in names {
                assert!(words.contains(word), "{word}");
                assert!(!words.iter().any(|word| plain(word).eq(plain(name))), "{name} is a word itself");
            }
        }
    }

    #[test]
    fn a_task_is_one_only_if_the_words_are_its_name() {
        for (text, word) in [
            ("Image classification: a convolutional network", Some("image-classification")),
            ("text-generation", Some("text-generation")),
            ("Speech recognition (an encoder and a decoder)", Some("automatic-speech-recognition")),
            ("Zero-Shot Image Classification", Some("zero-shot-image-classification")),
            ("Speech recognition, translation", None),
            ("Speech recognition and translation into English", None),
            ("No image classification", None),
            ("Agent: a hosted language model", None),
            ("", None),
        ] {
            assert_eq!(task(text), word, "{text}");
        }
    }

    #[test]
    fn a_metric_and_a_library_are_told_by_their_names() {
        assert_eq!(meant("Word error rate", METRICS, NAMES_OF_METRICS), Some("wer"));
        assert_eq!(meant("F1", METRICS, NAMES_OF_METRICS), Some("f1"));
        assert_eq!(meant("robust accuracy", METRICS, NAMES_OF_METRICS), None);
        assert_eq!(meant("scikit-learn", LIBRARIES, NAMES_OF_LIBRARIES), Some("sklearn"));
        assert_eq!(meant("torch", LIBRARIES, NAMES_OF_LIBRARIES), None);
    }

    #[test]
    fn a_language_is_a_code_in_a_slice_that_says_so() {
        assert_eq!(language("camera=B, Language=NO"), Some("no"));
        assert_eq!(language("language=northern"), None);
        assert_eq!(language("code=de"), None);
    }
}
