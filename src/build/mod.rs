//! Stand-in until the room is merged.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Failure, Tally};

pub struct Options {
    pub root: PathBuf,
    pub base_url: Option<String>,
    pub unpublished: bool,
    pub strict: bool,
    pub threads: Option<NonZeroUsize>,
}

pub struct Report {
    pub diagnostics: Vec<Diagnostic>,
    pub plans: usize,
    pub pages: usize,
    pub published: Option<Published>,
}

pub struct Published {
    pub output: PathBuf,
    pub written: Vec<String>,
    pub unchanged: usize,
    pub removed: Vec<String>,
    pub kept: Vec<String>,
}

impl Report {
    pub fn errors(&self) -> usize {
        Tally::of(&self.diagnostics).errors
    }

    pub fn warnings(&self) -> usize {
        Tally::of(&self.diagnostics).warnings
    }

    pub fn failed(&self, strict: bool) -> bool {
        self.errors() > 0 || strict && self.warnings() > 0
    }
}

pub fn check(_: &Options) -> Result<Report, Failure> {
    Ok(Report {
        diagnostics: Vec::new(),
        plans: 0,
        pages: 0,
        published: None,
    })
}

pub fn publish(options: &Options, output: Option<&Path>) -> Result<Report, Failure> {
    let output = output.map_or_else(|| options.root.join("public"), Path::to_owned);
    let published = Published {
        output,
        written: vec!["index.html".to_owned()],
        unchanged: 0,
        removed: vec![],
        kept: vec![],
    };
    Ok(Report {
        published: Some(published),
        ..check(options)?
    })
}
