//! The name of a new plan: what its file is called, and so what its address will be.
//!
//! In: what a person typed. Out: a [`PlanName`] that the site will accept, or a failure that
//! proposes one.

use std::fs;
use std::path::Path;

use unicode_normalization::UnicodeNormalization;

use crate::diagnostic::Failure;
use crate::plan::slug::fold_case;
use crate::site::files::{is_name, is_name_character, is_reserved};

/// Folders and a file name without `.toml`, joined by `/`. Every step holds letters, digits, `-`
/// and `_`, and at least one of them; the first is not reserved.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct PlanName(String);

impl PlanName {
    pub(super) fn parse(typed: &str) -> Result<Self, Failure> {
        let name = typed.strip_suffix(".toml").unwrap_or(typed);
        let mut steps = name.split('/');
        let refused = |why: String| {
            let proposed = propose(name);
            Failure::new(why).help(format!("Try `planpress new {proposed}`."))
        };
        if name == "content" || name.starts_with("content/") {
            return Err(refused(format!(
                "the name `{typed}` begins with the folder `content`, where all plans go anyway"
            )));
        }
        if !steps.all(is_name) {
            return Err(
                refused(format!("`{typed}` cannot be the name of a plan")).help(
                    "The name becomes the plan's address. It holds letters, digits, `-` and `_`; \
                 folders end in `/`.",
                ),
            );
        }
        if is_reserved(first_step(name)) {
            return Err(refused(format!(
                "the name `{}` is reserved: the site has an address of its own there",
                first_step(name)
            )));
        }
        Ok(Self(name.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// A title made from the file's name: `plan-2030` becomes "Plan 2030".
    pub(super) fn title(&self) -> String {
        let file = self.0.rsplit('/').next().unwrap_or_default();
        let words = file.replace(['-', '_'], " ");
        let mut letters = words.trim().chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => "Strategic Plan".to_owned(),
        }
    }

    /// Two names that differ only in upper and lower case are one file on many computers, so a
    /// site may not have both.
    pub(super) fn refuse_other_case_of_existing(&self, content: &Path) -> Result<(), Failure> {
        let mut folder = content.to_owned();
        let steps: Vec<_> = self.0.split('/').collect();
        for (index, step) in steps.iter().enumerate() {
            let is_file = index + 1 == steps.len();
            let wanted = if is_file {
                format!("{step}.toml")
            } else {
                (*step).to_owned()
            };
            // A folder that is not there, or cannot be read, holds nothing to mix up with; the
            // writer says what is wrong with it.
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let existing = entry.file_name();
                let Some(existing) = existing.to_str().filter(|&existing| existing != wanted)
                else {
                    continue;
                };
                if fold_case(existing) == fold_case(&wanted) {
                    let mut instead = steps.clone();
                    let same = existing.strip_suffix(".toml").unwrap_or(existing);
                    let other = format!("{same}-2");
                    instead[index] = if is_file { &other } else { same };
                    return Err(Failure::new(format!(
                        "`{wanted}` and the existing `{existing}` differ only in upper and \
                         lower case"
                    ))
                    .help(format!("Try `planpress new {}`.", instead.join("/"))));
                }
            }
            folder.push(step);
        }
        Ok(())
    }
}

fn first_step(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}

/// The nearest name that [`PlanName::parse`] takes.
fn propose(name: &str) -> String {
    let lower: String = name.to_lowercase().nfc().collect();
    let steps = lower.split(['/', '\\']).map(|step| {
        let words = step
            .split(|c| !is_name_character(c))
            .filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join("-")
    });
    let mut steps: Vec<_> = steps.filter(|step| !step.is_empty()).collect();
    while steps.first().is_some_and(|step| step == "content") {
        steps.remove(0);
    }
    match steps.first_mut() {
        None => return "strategic-plan".to_owned(),
        Some(first) if is_reserved(first) => first.push_str("-plan"),
        Some(_) => {}
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_proposal_is_a_name_that_is_taken() {
        for typed in [
            "",
            "/",
            ".",
            "..",
            "../x",
            "/etc/passwd",
            "a b",
            "Ä ö/ü.toml",
            "plan.v2",
            "c:\\plans\\x",
            "content",
            "content/content/a",
            "assets",
            "Feed",
            "plans/x",
            "404.toml",
            ".toml",
            "a//b",
            "x\u{1b}[31m",
            "戦略 計画",
            "👩‍👩‍👧",
            "content/assets",
            "u\u{308}bersicht",
        ] {
            assert!(PlanName::parse(typed).is_err(), "{typed:?} was taken");
            let proposed = propose(typed.strip_suffix(".toml").unwrap_or(typed));
            assert_eq!(
                PlanName::parse(&proposed),
                Ok(PlanName(proposed.clone())),
                "for {typed:?}"
            );
        }
    }

    #[test]
    fn a_title_is_made_of_the_words_in_the_name() {
        let title = |name| PlanName::parse(name).unwrap().title();
        assert_eq!(title("plan-2030"), "Plan 2030");
        assert_eq!(title("ala/our_next-plan.toml"), "Our next plan");
        assert_eq!(title("-"), "Strategic Plan");
    }
}
