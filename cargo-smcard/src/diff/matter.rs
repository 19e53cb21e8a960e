//! What a change can be about, and which turn of it is a regression: one table, which the comparison reads and the
//! README shows.

use crate::exit::Status;

/// How a change is to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// The model is less secure than before, or the card tells less than before.
    Regression,
    /// The other way round.
    Improvement,
    /// Neither, by itself.
    Change,
}

impl Kind {
    pub(crate) const ALL: [Kind; 3] = [Kind::Regression, Kind::Improvement, Kind::Change];

    /// The word in JSON.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Kind::Regression => "regression",
            Kind::Improvement => "improvement",
            Kind::Change => "change",
        }
    }

    /// What people call so many of them.
    pub(crate) fn counted(self, count: usize) -> String {
        let noun = match self {
            Kind::Change => "other change",
            kind => kind.name(),
        };
        format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
    }
}

/// Which way something went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    Worse,
    Better,
    Neither,
}

/// What a change can be about.
#[derive(Debug)]
pub(crate) struct Matter {
    /// The name of it in JSON.
    pub(crate) code: &'static str,
    /// What is compared.
    pub(crate) compared: &'static str,
    /// When it is a regression, and when an improvement; never, if there is none.
    pub(crate) turns: Option<[&'static str; 2]>,
}

impl Matter {
    /// What a turn of it is.
    pub(crate) fn kind(&self, turn: Turn) -> Kind {
        match (self.turns, turn) {
            (Some(_), Turn::Worse) => Kind::Regression,
            (Some(_), Turn::Better) => Kind::Improvement,
            _ => Kind::Change,
        }
    }
}

/// The table as the long help shows it.
pub(crate) fn help() -> String {
    let mut help = "What is a regression, by the code that `--format json` gives; the other way round it is an \
                    improvement, and whatever else is different is another change:\n"
        .to_owned();
    for matter in ALL {
        if let Some([worse, _]) = matter.turns {
            help += &format!("  {}: {}: {worse}\n", matter.code, matter.compared);
        }
    }
    format!("{help}\n{}", Status::HELP)
}

macro_rules! matters {
    ($( $name:ident = $code:literal, $compared:literal $(, $worse:literal, $better:literal)?; )+) => {
        $( pub(crate) static $name: Matter =
            Matter { code: $code, compared: $compared, turns: matters!(@turns $($worse, $better)?) }; )+

        /// All of them, in the order of the table.
        static ALL: &[&Matter] = &[$(&$name),+];
    };
    (@turns) => { None };
    (@turns $worse:literal, $better:literal) => { Some([$worse, $better]) };
}

matters! {
    RISK = "risk", "`likelihood`, `impact` and `residual` of a threat, `severity` of a vulnerability",
        "it is higher", "it is lower";
    THREAT_STATUS = "threat-status", "the status of a threat",
        "it is no longer `Mitigated` or `NotApplicable`", "it is now";
    VULNERABILITY_STATUS = "vulnerability-status", "the status of a vulnerability",
        "it is no longer `Fixed` or `NotAffected`", "it is now";
    TEST_RESULT = "test-result", "the result of a test: `Passed`, `Inconclusive`, `Failed`",
        "it is a worse one", "it is a better one";
    ATTACK_SUCCESS = "attack-success", "`failures` of `attempts` of a test",
        "a larger share succeeded", "a smaller share succeeded";
    FIGURE = "figure", "the value of a measure that states its `direction`",
        "it is worse", "it is better";
    THRESHOLD = "threshold", "what a measure must reach, on the same side",
        "it asks for less", "it asks for more";
    THRESHOLD_MISSED = "threshold-missed", "a measure and its own threshold",
        "it misses it now", "it reaches it now";
    BOUNDARY = "boundary", "a flow that crosses a trust boundary",
        "no threat covers it: it is new, or no longer covered", "a threat covers it now, or it no longer crosses";
    OBJECTIVE = "objective", "an objective of an adversary that applies to the AI class",
        "it is open: no threat, no text and no `not_applicable` answers for it", "it is answered for";
    LAST_REVIEW = "last-review", "the decision of the last review",
        "it is a stricter one", "it is a milder one";
    EXPOSURE = "exposure", "`exposure` of the system",
        "more can reach it", "fewer can reach it";
    PERMISSION = "permission", "`permission` of a tool",
        "the model may do more by itself", "it may do less";
    ENCRYPTION = "encryption", "`encrypted` of a flow",
        "it no longer is", "it is now";
    TOLD = "told", "threats, vulnerabilities, tests, measures, mitigations and reviews",
        "the card no longer tells of it", "the card tells of it now";
    EVIDENCE = "evidence", "the tests that are evidence for a threat",
        "one no longer is", "one is now";
    ANSWER = "answer", "any other field, and each of the above that one card does not state; not `owner`, `due` and `acceptance` of a threat, the texts of `objectives` and `$schema`",
        "its answer is gone, or has become `withheld` or `unknown`", "there is an answer now";
    PART = "part", "zones, components, flows and files of the system: added or removed";
    FIELD = "field", "whatever else says something else";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readme_shows_this_table() {
        let mut table = "| code | what is compared | regression | improvement |\n|---|---|---|---|\n".to_owned();
        for matter in ALL {
            let [worse, better] = matter.turns.unwrap_or(["never", "never"]);
            table += &format!("| `{}` | {} | {worse} | {better} |\n", matter.code, matter.compared);
        }
        let readme = include_str!("../../README.md");
        assert!(readme.contains(&table), "the table is\n{table}");
    }

    #[test]
    fn a_code_stands_for_one_matter() {
        for (index, matter) in ALL.iter().enumerate() {
            assert!(ALL.iter().skip(index + 1).all(|other| other.code != matter.code), "{}", matter.code);
        }
    }
}
