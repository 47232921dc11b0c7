//! What is wrong with the input, where, and what to do about it.
//!
//! In: a finding with a byte span in a text. Out: a [`Diagnostic`] that carries its own excerpt
//! of the source, so that it can be shown ([`human`], [`json`], [`github`]) long after the text
//! is gone. This room imports no other.

mod github;
mod human;
mod json;
mod name;
mod nearest;
mod place;
mod shown;

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use github::github;
pub use human::{human, human_failure};
pub use json::json;
pub use nearest::{hint, listed, nearest};
pub use place::{Excerpt, Place, SourceText};

/// A diagnostic's name. (As an alias it is not taken for something to borrow when one is read back.)
pub type Name = &'static str;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Nothing is published while one of these stands.
    Error,
    /// Published all the same, unless `--strict`.
    Warning,
}

/// One finding: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagnostic {
    pub severity: Severity,
    /// A stable name in kebab case, such as `unknown-key`. For a warning, what `allow` takes.
    #[serde(deserialize_with = "name::known")]
    pub name: Name,
    /// What is wrong, one sentence without a closing period.
    pub message: String,
    /// Where; `None` only for a finding about the site as a whole.
    pub place: Option<Place>,
    /// A few words beside the caret, or empty.
    pub label: String,
    /// What to do, in sentences, one entry per hint.
    pub help: Vec<String>,
    /// Other places that belong to the finding, each with words of its own.
    pub related: Vec<(Place, String)>,
}

impl Diagnostic {
    /// An error: nothing is published while it stands.
    pub fn error(name: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, name, message.into())
    }

    /// A warning, which `allow = ["<name>"]` silences in a plan.
    pub fn warning(name: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, name, message.into())
    }

    fn new(severity: Severity, name: &'static str, message: String) -> Self {
        Self {
            severity,
            name,
            message,
            place: None,
            label: String::new(),
            help: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Puts the caret under `span` (bytes) of `source`.
    #[must_use]
    pub fn at(mut self, source: &SourceText, span: Range<usize>) -> Self {
        self.place = Some(source.place(span));
        self
    }

    /// Points at a whole file, where no line of it is to blame.
    #[must_use]
    pub fn in_file(mut self, path: &str) -> Self {
        self.place = Some(Place::file(path));
        self
    }

    /// Adds the words beside the caret.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Proposes a known value beside the caret, where there is one near enough to be meant.
    #[must_use]
    pub fn did_you_mean(self, meant: Option<&str>) -> Self {
        match meant {
            Some(meant) => self.label(format!("did you mean \"{meant}\"?")),
            None => self,
        }
    }

    /// Adds a sentence that says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds another place that belongs to the finding.
    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.related.push((place, label.into()));
        self
    }

    /// True where this keeps a build from publishing.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the order in which a person works through them: by file, then from the
/// top of each, errors before warnings on one spot. Repeated ones are dropped.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    fn key(diagnostic: &Diagnostic) -> (&str, (usize, usize), Severity, &str, &str) {
        let Diagnostic {
            severity,
            name,
            message,
            place,
            ..
        } = diagnostic;
        let (path, spot) = match place {
            Some(place) => (place.path(), place.line_and_column()),
            None => ("", (0, 0)),
        };
        (path, spot, *severity, name, message)
    }
    diagnostics.sort_by(|a, b| key(a).cmp(&key(b)));
    diagnostics.dedup();
}

/// How many errors and warnings there are, in words: "2 errors, 1 warning", "1 warning".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub errors: usize,
    pub warnings: usize,
}

impl Tally {
    /// Counts.
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.is_error())
            .count();
        Self {
            errors,
            warnings: diagnostics.len() - errors,
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { errors, warnings } = *self;
        match (errors, warnings) {
            (0, 0) => f.write_str("no errors, no warnings"),
            (0, _) => f.write_str(&counted(warnings, "warning")),
            (_, 0) => f.write_str(&counted(errors, "error")),
            _ => write!(
                f,
                "{}, {}",
                counted(errors, "error"),
                counted(warnings, "warning")
            ),
        }
    }
}

/// "no plans", "1 plan", "2 plans".
pub fn counted(number: usize, noun: &str) -> String {
    match number {
        0 => format!("no {noun}s"),
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// The surroundings failed, not the content: a folder that cannot be written, a disk that is
/// full, wrong usage. The program ends with exit code 2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What failed, one sentence without a closing period.
    pub message: String,
    /// What to do, in sentences.
    pub help: Vec<String>,
}

impl Failure {
    /// A failure with nothing to advise yet.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: Vec::new(),
        }
    }

    /// Adds a sentence that says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}
