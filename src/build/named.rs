//! The plan that a person means.

use crate::diagnostic::{Failure, nearest};
use crate::site::ContentFiles;
use crate::source::CONTENT;

/// How many plans a message names.
const NAMED: usize = 20;

/// The plan that is named by its file, with or without `content/` and `.toml`: an index into the
/// content's plans.
///
/// # Errors
///
/// There is none of that name. Says which there are, the nearest first.
pub fn plan_named(content: &ContentFiles, name: &str) -> Result<usize, Failure> {
    let path = name.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let path = path
        .strip_prefix(CONTENT)
        .and_then(|path| path.strip_prefix('/'))
        .unwrap_or(path);
    let id = path.strip_suffix(".toml").unwrap_or(path);
    if let Some(plan) = content.plan(id) {
        return Ok(plan);
    }
    let mut ids: Vec<&str> = content.plans.iter().map(|plan| plan.id()).collect();
    ids.sort_unstable();
    let failure = Failure::new(format!("there is no plan `{name}`"));
    let failure = match nearest(id, ids.iter().copied()) {
        Some(near) => failure.help(format!("Did you mean `{near}`?")),
        None => failure,
    };
    let known: Vec<String> = ids.iter().take(NAMED).map(|id| format!("`{id}`")).collect();
    Err(match ids.len() {
        0 => failure.help(format!(
            "There is no plan under {CONTENT}/. `planpress new our-plan` makes one."
        )),
        all if all > NAMED => failure.help(format!(
            "The plans there are: {} and {} more.",
            known.join(", "),
            all - NAMED
        )),
        _ => failure.help(format!("The plans there are: {}.", known.join(", "))),
    })
}
