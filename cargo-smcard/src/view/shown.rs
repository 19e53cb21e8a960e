//! What a served page shows.

use std::sync::Arc;

/// What is shown.
#[derive(Clone)]
pub(super) struct Shown {
    /// Another one for each that is shown, also of another server that was here before.
    pub(super) state: String,
    /// The last good report.
    pub(super) report: Option<Arc<str>>,
    /// What is wrong with the card as it is now.
    pub(super) wrong: Option<Arc<str>>,
}
