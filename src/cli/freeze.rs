//! `planpress freeze` and `planpress thaw`: a page that stays as it is, and one that no longer does.

use std::path::Path;

use super::Outcome;
use super::terminal::Terminal;
use crate::diagnostic::{Failure, Tally, counted, human};
use crate::scaffold::{self, Freezing};

/// Copies a plan's page, and what it is shown with, to where later builds take them from.
pub(super) fn freeze(root: &Path, plan: &str, terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let frozen = match scaffold::freeze(root, plan)? {
        Freezing::Done(frozen) => frozen,
        Freezing::Faulty(report) => {
            let errors = report.diagnostics.iter().filter(|found| found.is_error());
            for found in errors {
                terminal.complain(&format!("{}\n", human(found)));
            }
            if !terminal.is_quiet() {
                let tally = Tally::of(&report.diagnostics);
                terminal.complain(&format!("Nothing was frozen: {tally}.\n"));
            }
            return Ok(Outcome::ContentHasErrors);
        }
    };
    let id = &frozen.plan;
    if !frozen.past && !terminal.is_quiet() {
        terminal.complain(&format!(
            "Note: {id} does not say that it is archived. If it is, thaw it, write\n\
             status = \"archived\" in content/{id}.toml, and freeze it again.\n"
        ));
    }
    let folder = &frozen.folder;
    terminal.say(&format!(
        "Froze {id}: {} in {folder}/\n\n\
         Next: put {folder}/ into version control. Every build publishes these bytes from\n\
         now on; `planpress thaw {id}` undoes it.\n",
        counted(frozen.files, "file")
    ));
    Ok(Outcome::Done)
}

/// Undoes it.
pub(super) fn thaw(root: &Path, plan: &str, terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let thawed = scaffold::thaw(root, plan)?;
    terminal.say(&format!(
        "Thawed {}: removed {}/\n\n{}\n",
        thawed.plan,
        thawed.folder,
        if thawed.has_plan {
            "The next build makes its page anew."
        } else {
            "Its plan is gone, so the next build has no such page."
        }
    ));
    Ok(Outcome::Done)
}
