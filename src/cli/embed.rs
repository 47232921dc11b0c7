//! `planpress embed`: a plan as a fragment of HTML for the page of another site.
//!
//! The fragment goes to standard output, or into a file; everything that is to be known about it
//! goes to standard error.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::args::Profile;
use super::commands::seen_from;
use super::terminal::Terminal;
use crate::build::{self, embed};
use crate::diagnostic::{Failure, counted, human};
use crate::publish::replace_file;
use crate::render::embed::{self as render, Fragment, IdPrefix, LostAnchors, Unlinked};

/// The longest line of a note.
const LINE: usize = 98;

/// What is asked for.
pub(super) struct Wish {
    pub(super) options: build::Options,
    pub(super) plan: String,
    pub(super) profile: Profile,
    pub(super) heading_level: u8,
    pub(super) id_prefix: String,
    /// The file to write; printed where there is none.
    pub(super) out: Option<PathBuf>,
}

/// Prints the fragment, or writes it into a file. `here` is the current folder.
pub(super) fn embed(wish: Wish, here: &Path, terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let embedded = embed::embed(
        &wish.options,
        &embed::Wish {
            plan: wish.plan,
            profile: match wish.profile {
                Profile::Basic => render::Profile::Basic,
                Profile::Full => render::Profile::Full,
            },
            heading_level: wish.heading_level,
            id_prefix: IdPrefix::parse(&wish.id_prefix)?,
        },
    )?;
    for found in &embedded.diagnostics {
        if found.is_error() || !terminal.is_quiet() {
            terminal.complain(&format!("{}\n", human(found)));
        }
    }
    let Some(fragment) = &embedded.fragment else {
        return Ok(Outcome::ContentHasErrors);
    };
    match &wish.out {
        Some(out) => {
            replace_file(out, fragment.html.as_bytes(), render::is_fragment)?;
            terminal.say(&format!("Wrote {}\n", seen_from(here, out).display()));
        }
        None => terminal.print_bytes(fragment.html.as_bytes()),
    }
    if !terminal.is_quiet() {
        if !embedded.published {
            terminal.complain(&format!(
                "note: {} says `publish = false`, so the site itself does not show this plan.\n",
                embedded.path
            ));
        }
        terminal.complain(&notes(fragment));
    }
    Ok(Outcome::Done)
}

/// What a webmaster should know before pasting it.
fn notes(fragment: &Fragment) -> String {
    let mut text = lost(&fragment.lost);
    let (only_here, without_host): (Vec<_>, Vec<_>) = fragment
        .unlinked
        .iter()
        .partition(|link| link.address.starts_with('#'));
    text.push_str(&unlinked(
        &without_host,
        "cannot be followed from another site, since base_url in planpress.toml names no host",
        "Set base_url to the address where the plans are published, as in\n  base_url = \"https://example.org/plans/\"",
    ));
    text.push_str(&unlinked(
        &only_here,
        "to parts that only the plan's own page has",
        "",
    ));
    text
}

fn lost(groups: &[LostAnchors]) -> String {
    let mut text = String::new();
    let all: usize = groups.iter().map(|group| group.anchors.len()).sum();
    if all == 0 {
        return text;
    }
    let verb = if all == 1 { "is" } else { "are" };
    let _ = writeln!(
        text,
        "note: {} of the plan's page {verb} not in the fragment. The profile basic can have them on\n  \
         headings only; links within it lead to the heading above instead.",
        counted(all, "anchor"),
    );
    for group in groups {
        let place = match &group.heading {
            Some(heading) => format!("  below #{heading}:"),
            None => "  above all headings:".to_owned(),
        };
        let names: Vec<String> = group.anchors.iter().map(|name| format!("#{name}")).collect();
        text.push_str(&wrapped(&place, &names));
    }
    text.push_str("  With `--profile full` every anchor is in its place.\n");
    text
}

fn unlinked(links: &[&Unlinked], why: &str, help: &str) -> String {
    let mut text = String::new();
    if links.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "note: {} {why}. The words are there without the link:",
        counted(links.len(), "link"),
    );
    for link in links {
        let _ = writeln!(text, "  {} ({})", link.words, link.address);
    }
    if !help.is_empty() {
        let _ = writeln!(text, "  {help}");
    }
    text
}

/// Names in lines that are not too long; those after the first are set in.
fn wrapped(beginning: &str, names: &[String]) -> String {
    let mut text = String::new();
    let mut line = beginning.to_owned();
    for (index, name) in names.iter().enumerate() {
        let comma = if index + 1 < names.len() { "," } else { "" };
        if line.chars().count() + 1 + name.chars().count() + comma.len() > LINE {
            text.push_str(&line);
            text.push('\n');
            line = "   ".to_owned();
        }
        let _ = write!(line, " {name}{comma}");
    }
    text + &line + "\n"
}
