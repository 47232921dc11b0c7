//! The fixture sites: every folder under `tests/sites` is a site and what is expected of it.
//!
//! After a change that is meant, bring what is expected up to date and read the difference:
//!
//! ```text
//! UPDATE=1 cargo test --test sites
//! git diff tests/sites
//! ```
//!
//! A fixture holds:
//!
//! | file | is |
//! |---|---|
//! | `name.txt` | what the site shows, as a sentence: the test's name |
//! | `site/` | the site; a folder without it is a site itself, in which nothing is wrong |
//! | `setup.txt` | what a repository cannot hold on every system: `link PATH -> TARGET`, `copy FROM -> PATH` |
//! | `diagnostics.txt` | what `planpress check` prints, without its last line; absent where nothing is wrong |
//! | `citations.txt` | the anchors, codes and headings of its pages, in the order of the page |
//! | `expected/` | its pages, and in `files.txt` the name of every file that is published |
//!
//! The last two are compared where they are there; the digests in the names of assets are left out.

#[path = "sites_runner/expected.rs"]
mod expected;
#[path = "sites_runner/fixture.rs"]
mod fixture;
#[path = "sites_runner/folder.rs"]
mod folder;

use std::path::Path;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

use fixture::Fixture;

fn main() -> ExitCode {
    let sites = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut folders: Vec<_> = std::fs::read_dir(&sites)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("their folder can be listed").path())
        .collect();
    folders.sort();
    let fixtures: Vec<Fixture> = folders.iter().map(|folder| Fixture::open(folder)).collect();
    let mut trials: Vec<Trial> = fixtures
        .iter()
        .map(|fixture| {
            let fixture = fixture.clone();
            Trial::test(fixture.name.clone(), move || Ok(fixture.run()?))
        })
        .collect();
    trials.push(Trial::test("enough_sites_are_faulty", move || {
        Ok(enough_are_faulty(&fixtures)?)
    }));
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn enough_are_faulty(fixtures: &[Fixture]) -> Result<(), String> {
    let faulty = fixtures
        .iter()
        .filter(|fixture| fixture.is_faulty())
        .count();
    if faulty < 40 {
        return Err(format!("only {faulty} fixtures hold an error"));
    }
    Ok(())
}
