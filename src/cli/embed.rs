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
    if !without_host.is_empty() {
        let _ = writeln!(
            text,
            "note: base_url in planpress.toml names no host, so {} cannot be followed from another\n  \
             site. The words are there without a link:\n{}  \
             Set it to where the plans are published: base_url = \"https://example.org/plans/\"",
            counted(without_host.len(), "link"),
            listed(&without_host),
        );
    }
    if !only_here.is_empty() {
        let verb = if only_here.len() == 1 {
            "leads"
        } else {
            "lead"
        };
        let _ = write!(
            text,
            "note: {} {verb} to what only the plan's own page has. The words are there without a link:\n{}",
            counted(only_here.len(), "link"),
            listed(&only_here),
        );
    }
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
        let names: Vec<String> = group
            .anchors
            .iter()
            .map(|name| format!("#{name}"))
            .collect();
        text.push_str(&wrapped(&place, &names));
    }
    text.push_str("  With `--profile full` every anchor is in its place.\n");
    text
}

fn listed(links: &[&Unlinked]) -> String {
    let lines = links
        .iter()
        .map(|link| format!("  {} ({})\n", link.words, link.address));
    lines.collect()
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
