//! `planpress theme`: what a theme is made of, as a table that fits a window of 80 columns, and
//! what to do with a piece of it.

use std::fmt::Write;
use std::path::Path;

use super::Outcome;
use super::commands::seen_from;
use super::terminal::Terminal;
use crate::build;
use crate::diagnostic::{Failure, Tally, counted};
use crate::scaffold;
use crate::theme::Overview;
use crate::theme::overview::{Holds, LayerShown, Part, Version};
use crate::theme::pieces::{Piece, What};

/// How wide the table is, in columns.
const WIDTH: usize = 80;

/// Names longer than this move the rest of their line to the side.
const LONGEST_NAME: usize = 24;

/// Lists every layer of the site's theme and every part of them.
pub(super) fn list(root: &Path, terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let theme = build::theme_inputs(root)?;
    let overview = Overview::new(&theme.layers, &theme.tokens);
    terminal.print(&Table::new(&overview).text());
    terminal.say("\n`planpress theme copy NAME` puts one of them into the site, to start from.\n");
    let tally = Tally::of(&theme.diagnostics);
    if tally.errors > 0 {
        terminal.complain(&format!(
            "There is something to mend, {}: `planpress check` shows where.\n",
            counted(tally.errors, "error")
        ));
    }
    Ok(Outcome::Done)
}

/// Copies one piece of the theme into the site.
pub(super) fn copy(
    root: &Path,
    name: &str,
    here: &Path,
    terminal: &mut Terminal,
) -> Result<Outcome, Failure> {
    let piece = scaffold::theme_copy(root, name)?;
    let path = seen_from(here, &root.join(&piece.path));
    terminal.say(&format!(
        "Copied from the theme {} to {}\n\n{}",
        piece.theme,
        path.display(),
        advice(&piece)
    ));
    Ok(Outcome::Done)
}

/// How to keep what one does not change in step with the theme.
fn advice(piece: &Piece) -> String {
    let name = piece.path.split_once('/').map_or("", |(_, name)| name);
    match &piece.what {
        What::Template { blocks, .. } if !blocks.is_empty() => {
            let block = ["footer", "title"]
                .into_iter()
                .find(|block| blocks.iter().any(|known| known == block))
                .unwrap_or(&blocks[0]);
            format!(
                "What is in a copy no longer gets better with planpress. To change one block\n\
                 alone, let the file hold nothing but this:\n  \
                 {{% extends \"parent/{name}\" %}}\n  \
                 {{% block {block} %}}{{{{ super() }}}}<p>And this.</p>{{% endblock {block} %}}\n"
            )
        }
        What::Components => {
            "Keep the components that you change and delete the others: what is in a copy\n\
                             no longer gets better with planpress.\n"
                .to_owned()
        }
        What::Language => {
            "Keep the words that you change and delete the others: they go on coming from\n\
                           the theme.\n"
                .to_owned()
        }
        What::Static if name == "style.css" => {
            "It stands in place of the theme's whole stylesheet. For a few rules of your own,\n\
             delete it and put them in static/site.css, which comes after the theme's.\n"
                .to_owned()
        }
        What::Template { .. } | What::Static | What::Component => {
            "It stands in place of the theme's. Delete it, and the theme's counts again.\n"
                .to_owned()
        }
    }
}

struct Table<'a> {
    overview: &'a Overview,
    /// The columns of names and of layers.
    names: usize,
    layers: usize,
}

impl<'a> Table<'a> {
    fn new(overview: &'a Overview) -> Self {
        let parts = [
            &overview.templates,
            &overview.components,
            &overview.statics,
            &overview.languages,
            &overview.tokens,
        ];
        let names = parts.into_iter().flatten().map(|part| &part.name);
        let names = names.map(|name| name.chars().count()).max();
        let layers = overview
            .layers
            .iter()
            .map(|layer| layer.name.chars().count())
            .max();
        Self {
            overview,
            names: names.unwrap_or(0).min(LONGEST_NAME),
            layers: layers.unwrap_or(0),
        }
    }

    fn text(&self) -> String {
        let overview = self.overview;
        let mut text =
            "The layers of this site's theme. Of two parts with one name, the upper counts.\n\n"
                .to_owned();
        for layer in &overview.layers {
            self.layer(layer, &mut text);
        }
        for (heading, parts) in [
            (
                "Templates, with the blocks that each fills",
                &overview.templates,
            ),
            ("Components", &overview.components),
            ("Static files", &overview.statics),
            ("Words", &overview.languages),
            ("Tokens", &overview.tokens),
        ] {
            if !parts.is_empty() {
                let _ = writeln!(text, "\n{heading}");
            }
            for part in parts {
                self.part(part, &mut text);
            }
        }
        text
    }

    fn layer(&self, layer: &LayerShown, text: &mut String) {
        let place = match (&layer.folders[..], layer.is_built_in) {
            (_, true) => "built in".to_owned(),
            ([], _) => "nothing of its own yet".to_owned(),
            (folders, _) => folders.join(", "),
        };
        let mut rest = place;
        if let Some(description) = &layer.description {
            let _ = write!(rest, ": {description}");
        }
        row(&[(&layer.name, self.names)], &rest, text);
    }

    /// One line for each layer of which something reaches a page, the first under the part's name.
    fn part(&self, part: &Part, text: &mut String) {
        let layer = |version: &Version| self.overview.layers[version.layer].name.as_str();
        let mut cell = part.name.as_str();
        for version in &part.versions {
            let note = match &version.holds {
                Holds::Nothing | Holds::Value(_) if version.overridden => continue,
                Holds::Nothing => {
                    let others = part.versions.iter().skip(1).map(layer);
                    match others.collect::<Vec<_>>().join(", ") {
                        others if others.is_empty() => others,
                        others => format!("overrides {others}"),
                    }
                }
                Holds::Value(value) => value.clone(),
                Holds::Words(words) => counted(*words, "word"),
                Holds::Blocks(..) if version.overridden => "overridden".to_owned(),
                Holds::Blocks(blocks, components) => {
                    let components = (*components > 0).then(|| counted(*components, "component"));
                    let parts = blocks.iter().cloned().chain(components);
                    parts.collect::<Vec<_>>().join(", ")
                }
            };
            let cells = [(cell, self.names), (layer(version), self.layers)];
            row(&cells, &note, text);
            cell = "";
        }
    }
}

/// Cells at their widths, two columns apart, and a text that is wrapped behind them.
fn row(cells: &[(&str, usize)], last: &str, text: &mut String) {
    // The names of files are the site's own, and may hold anything.
    let plain = |text: &str| text.replace(|c: char| c.is_control(), " ");
    let mut line = String::from("  ");
    for (cell, width) in cells {
        let _ = write!(line, "{:<width$}  ", plain(cell));
    }
    let indent = 2 + cells.iter().map(|(_, width)| width + 2).sum::<usize>();
    let mut is_first = true;
    for word in plain(last).split_whitespace() {
        if !is_first && line.chars().count() + word.chars().count() > WIDTH {
            text.push_str(line.trim_end());
            text.push('\n');
            line = " ".repeat(indent);
        }
        let _ = write!(line, "{word} ");
        is_first = false;
    }
    text.push_str(line.trim_end());
    text.push('\n');
}
