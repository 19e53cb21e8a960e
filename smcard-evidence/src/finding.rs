//! What speaks against a file: findings, each with a code that is declared here and nowhere else.

use std::collections::HashSet;

use serde::{Serialize, Serializer};

use crate::limits;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look: it may be harmless, and nobody can know from the file alone.
    Suspicious,
    /// The file is not what it says, or could not be looked into whole. It has not been cleared.
    Unsound,
    /// Whoever loads the file may run code that it brings, or reach what is outside it.
    Dangerous,
}

macro_rules! codes {
    ($($variant:ident $severity:ident $code:literal $summary:literal $explanation:literal;)*) => {
        /// What a finding is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $summary] #[doc = ""] #[doc = $explanation] $variant,)*
        }

        impl Code {
            /// All codes, in the order of their declaration.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// The code, in kebab-case.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $code),* }
            }

            /// What should hold, in one sentence.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $summary),* }
            }

            /// Why that matters, and what to do.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $explanation),* }
            }

            /// How serious it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }
        }
    };
}

codes! {
    DangerousGlobal Dangerous "dangerous-global"
        "A pickle imports nothing that can run code or reach files, processes or the network."
        "Loading a pickle imports what it names and calls it. Do not load this file; ask for the model in safetensors.";
    ChangedGlobal Dangerous "changed-global"
        "A pickle changes no module, class or function."
        "What is changed while the file is loaded stays changed in the program that loads it. Do not load this file.";
    LambdaLayer Dangerous "lambda-layer"
        "A Keras model brings no code of its own."
        "A `Lambda` layer holds Python byte code, which runs when the model is loaded or used. Ask for a model without it.";
    DangerousObject Dangerous "dangerous-object"
        "A Keras model names no function that can run code or reach files, processes or the network."
        "Keras imports and calls what a configuration names. Do not load this file.";
    TemplateEscape Dangerous "template-escape"
        "A chat template stays within the sandbox of templates."
        "Through such attributes a template reaches Python itself, in every program that renders it without a sandbox.";
    PathOutside Dangerous "path-outside"
        "A file names no path outside its folder."
        "Whoever unpacks or loads it reads or writes a file somewhere else.";
    TruncatedFile Unsound "truncated-file"
        "A file is whole."
        "It ends in the middle of something. Get it again, and compare the digest.";
    BrokenFile Unsound "broken-file"
        "A file follows its format."
        "What stands behind the mistake was not looked at, and another reader may be more lenient. Do not load this file.";
    LyingHeader Unsound "lying-header"
        "What a header says of the file holds."
        "Sizes and places that do not fit are how readers are made to read what is not theirs. Do not load this file.";
    Disagreement Unsound "disagreement"
        "All parts of a file say the same of it."
        "Readers that believe different parts see different files, so that one of them sees what another has cleared.";
    TwoFormats Unsound "two-formats"
        "A file has one format."
        "What it is depends on who reads it, so that a look at one of them clears nothing.";
    TrailingData Unsound "trailing-data"
        "Nothing stands in a file that its format has no place for."
        "It could not be looked into. Find out what it is before the file is trusted.";
    EncryptedMember Unsound "encrypted-member"
        "No member of an archive is encrypted."
        "It could not be looked into. Some loaders ignore the mark, and load a member that others cannot read.";
    UnsupportedCompression Unsound "unsupported-compression"
        "A member is compressed in a way that can be read here."
        "It could not be looked into. Unpack it and look at what comes out.";
    UnpacksTooMuch Unsound "unpacks-too-much"
        "A file does not unpack to many times its size."
        "It is made to exhaust whoever unpacks it, or could not be looked into whole.";
    TooDeep Unsound "too-deep"
        "Containers do not stand in each other without end."
        "What stands deeper was not looked at.";
    TooMuch Unsound "too-much"
        "A file keeps within the bounds of what is looked at."
        "What is beyond was not looked at.";
    ReportUnreadable Unsound "report-unreadable"
        "A test report can be read whole, and its numbers add up."
        "None of its numbers are used: what could not be read may be what failed. Run the tool again.";
    ExtensionCode Unsound "extension-code"
        "A pickle names what it imports."
        "What an extension code stands for depends on the program that loads it, so it cannot be known from the file.";
    ComputedGlobal Unsound "computed-global"
        "What a pickle imports and calls can be seen in it."
        "It is computed in a way that cannot be followed. Do not load this file.";
    LinkNotFollowed Unsound "link-not-followed"
        "A link stays within the folder that is looked at."
        "What it leads to was not looked at. Name it, to have it looked at too.";
    SuspiciousGlobal Suspicious "suspicious-global"
        "A pickle imports nothing that leads to files, other code or other pickles."
        "It can be used with good or bad intent. Find out why the file needs it.";
    UnknownGlobal Suspicious "unknown-global"
        "A pickle imports only what is known to be harmless."
        "It may run anything that is installed where the file is loaded. Load it only if you know the package that it needs.";
    PersistentId Suspicious "persistent-id"
        "A pickle has no reference that only its own loader understands."
        "What it leads to depends on the program that loads the file.";
    ForeignObject Suspicious "foreign-object"
        "A Keras model is made of Keras alone."
        "Keras imports what a configuration names. Load it only if you know the package that it needs.";
    TemplateReach Suspicious "template-reach"
        "A chat template only formats messages."
        "It reaches for what templates rarely need. Read it before it is rendered.";
    CustomOperator Suspicious "custom-operator"
        "An ONNX model needs the standard operators only."
        "An operator of another domain is native code that is loaded with the model.";
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Something that speaks against a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// How serious it is.
    pub severity: Severity,
    /// What it is about.
    pub code: Code,
    /// What was found, in one line. It may repeat names from the file: escape what is shown.
    pub message: String,
    /// Where in the file.
    pub place: Place,
}

/// Where in a file something was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The members that lead to it, the outermost first; empty for the file itself.
    pub members: Vec<String>,
    /// The byte within the innermost, if it has one.
    pub offset: Option<u64>,
}

/// How many findings are counted and not kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Omitted {
    /// Dangerous ones.
    pub dangerous: u64,
    /// Unsound ones.
    pub unsound: u64,
    /// Suspicious ones.
    pub suspicious: u64,
}

/// Findings of one file, each once, and no more than are read.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: Vec<Finding>,
    seen: HashSet<(Code, String, Vec<String>)>,
    omitted: Omitted,
}

impl Findings {
    pub(crate) fn add(&mut self, code: Code, message: String, place: Place) {
        let severity = code.severity();
        if self.seen.contains(&(code, message.clone(), place.members.clone())) {
            return;
        }
        // A bound for each severity: a hundred harmless ones cannot hide a dangerous one.
        if self.kept.iter().filter(|finding| finding.severity == severity).count() >= limits::FINDINGS {
            *match severity {
                Severity::Dangerous => &mut self.omitted.dangerous,
                Severity::Unsound => &mut self.omitted.unsound,
                Severity::Suspicious => &mut self.omitted.suspicious,
            } += 1;
            return;
        }
        self.seen.insert((code, message.clone(), place.members.clone()));
        self.kept.push(Finding { severity, code, message, place });
    }

    /// The findings, the most serious first, and else in the order of the file.
    pub(crate) fn finish(mut self) -> (Vec<Finding>, Omitted) {
        self.kept.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        (self.kept, self.omitted)
    }
}
