//! Carries out a [`Job`]: one call into the library, and what a person is told about it.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::job::{Job, Style};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Outcome, embed, external, freeze, init, manual, schema, themes};
use crate::build::{self, Options, Outcome as Built, Report};
use crate::diagnostic::{Diagnostic, Failure, Tally, counted, github, human, json};
use crate::preview::{self, Started, Told};
use crate::scaffold;
use crate::site::route::OutputPath;
use crate::source::LOCK;

/// Does the job. `here` is the current folder: paths are shown as seen from it.
pub(super) fn carry_out(
    job: Job,
    here: &Path,
    terminal: &mut Terminal,
) -> Result<Outcome, Failure> {
    match job {
        Job::Build { options, output } => build(&options, output.as_deref(), here, terminal),
        Job::Check {
            options,
            format,
            external,
        } => check(&options, &format, external, here, terminal),
        Job::Serve(options) => serve(options, terminal),
        Job::Init { folder, github } => init::init(&folder, github, terminal),
        Job::Embed(wish) => embed::embed(wish, here, terminal),
        Job::Freeze { root, plan } => freeze::freeze(&root, &plan, terminal),
        Job::Thaw { root, plan } => freeze::thaw(&root, &plan, terminal),
        Job::Schema => schema::schema(terminal),
        Job::New { root, plan } => new(&root, &plan, here, terminal),
        Job::ThemeList { root } => themes::list(&root, terminal),
        Job::ThemeCopy { root, piece } => themes::copy(&root, &piece, here, terminal),
        Job::Completions(shell) => {
            terminal.print_bytes(&manual::completions(shell));
            Ok(Outcome::Done)
        }
        Job::Manpage => {
            terminal.print_bytes(&manual::page());
            Ok(Outcome::Done)
        }
    }
}

fn build(
    options: &Options,
    output: Option<&Path>,
    here: &Path,
    terminal: &mut Terminal,
) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    terminal.say_in_detail(&format!(
        "Reading the site in {}\n",
        folder(here, &options.root)
    ));
    let line = progress_of(options, terminal);
    let report = build::publish(options, output);
    drop(line);
    let report = report?;
    terminal.complain(&findings(
        &report,
        options,
        &Style::Human,
        terminal.is_quiet(),
    ));
    let Some(published) = report
        .published
        .as_ref()
        .filter(|_| !report.failed(options.strict))
    else {
        if !terminal.is_quiet() {
            terminal.complain(&format!("Nothing was published: {}.\n", reason(&report)));
        }
        return Ok(Outcome::ContentHasErrors);
    };
    let place = folder(here, &published.output);
    let lines = |verb: &str, paths: &[OutputPath], why: &str| -> String {
        paths
            .iter()
            .map(|path| format!("{verb} {place}{path}{why}\n"))
            .collect()
    };
    terminal.say_in_detail(&lines("Wrote", &published.files.written, ""));
    terminal.say_in_detail(&lines("Removed", &published.files.removed, ""));
    if published.lock_written {
        let lock = seen_from(here, &options.root.join(LOCK));
        terminal.say_in_detail(&format!("Wrote {}\n", lock.display()));
    }
    terminal.say(&lines(
        "Left",
        &published.files.kept,
        ", which is no longer needed but was changed by hand",
    ));
    terminal.say(&summary(&report, published, &place, begun.elapsed()));
    Ok(Outcome::Done)
}

/// Shows how far a build has come, where somebody waits for it.
fn progress_of(options: &Options, terminal: &Terminal) -> Option<Line> {
    let progress = options.progress.as_ref()?;
    (!terminal.is_quiet())
        .then(|| Line::on_terminal(progress))
        .flatten()
}

fn check(
    options: &Options,
    format: &Style,
    external: bool,
    here: &Path,
    terminal: &mut Terminal,
) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    if matches!(format, Style::Human) {
        terminal.say_in_detail(&format!(
            "Reading the site in {}\n",
            folder(here, &options.root)
        ));
    }
    let line = progress_of(options, terminal);
    let report = build::check(options);
    drop(line);
    let mut report = report?;
    let tried = external
        .then(|| external::try_links(options, &mut report, terminal))
        .transpose()?;
    terminal.print(&findings(&report, options, format, terminal.is_quiet()));
    if matches!(format, Style::Human) {
        if let Some(tried) = tried {
            terminal.say(&format!("{tried}\n"));
        }
        terminal.say(&format!(
            "Checked {}, {}: {} ({})\n",
            counted(report.plans, "plan"),
            counted(report.pages, "page"),
            if report.failed(options.strict) {
                reason(&report)
            } else {
                Tally::of(&report.diagnostics).to_string()
            },
            words(begun.elapsed()),
        ));
    }
    Ok(if report.failed(options.strict) {
        Outcome::ContentHasErrors
    } else {
        Outcome::Done
    })
}

fn serve(options: preview::Options, terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let place = options.build.root.display().to_string();
    let ended = preview::serve(options, &mut |told| match told {
        Told::Started(started) => {
            // Without its address a preview is of no use, however quiet it is to be.
            terminal.print(&format!("{}\n", headline(&started)));
            terminal.say(&beginning(&started, &place));
        }
        Told::Rebuilt {
            files,
            gone,
            tally,
            error,
            moved,
            took,
        } => {
            let changed = changes(&files, &gone);
            let first = error.map(|error| first_error(&error)).unwrap_or_default();
            let now = moved
                .map(|now| format!(", now at {now}"))
                .unwrap_or_default();
            let line = format!("{changed}{now}: {tally}{first} ({})\n", words(took));
            if tally.errors > 0 {
                terminal.print(&line);
            } else {
                terminal.say(&line);
            }
        }
        Told::Notice(notice) => terminal.complain(&format!("{notice}\n")),
    })?;
    match ended {}
}

/// The first line of a preview, which ends with its address.
fn headline(started: &Started) -> String {
    let address = started.addresses.first().map_or("", String::as_str);
    format!("Preview of \"{}\": {address}", started.title)
}

/// What else is said when a preview starts.
fn beginning(started: &Started, place: &str) -> String {
    let mut text = String::new();
    if let Some(busy) = started.busy_port {
        let _ = writeln!(
            text,
            "  Port {busy} is in use, so this is the next free one."
        );
    }
    for other in started.addresses.iter().skip(1) {
        let _ = writeln!(text, "  From other computers and phones: {other}");
    }
    if started.lan {
        text.push_str(
            "  Everyone in this network can see the preview, drafts too, until you stop it.\n",
        );
    }
    let found = match started.tally {
        Tally {
            errors: 0,
            warnings: 0,
        } => String::new(),
        tally => format!(", {tally}: see the page"),
    };
    let _ = writeln!(text, "  {}{found}", counted(started.plans, "plan"));
    let _ = writeln!(
        text,
        "  Watching the site in {place}: save a file, and the browser follows."
    );
    text.push_str("  Nothing is published. Ctrl-C stops the preview.\n");
    text
}

/// What changed, on one line.
fn changes(files: &[String], gone: &[String]) -> String {
    let listed = |files: &[String]| match files {
        [] => None,
        [file] => Some(file.clone()),
        [first, others @ ..] => Some(format!(
            "{first} and {}",
            counted(others.len(), "other file")
        )),
    };
    match (listed(files), listed(gone)) {
        (Some(files), Some(gone)) => format!("{files}, without {gone}"),
        (Some(files), None) => files,
        (None, Some(gone)) => format!("Without {gone}"),
        (None, None) => "The site's folders".to_owned(),
    }
}

/// The first error, where it stands and what it is, to go behind how many there are.
fn first_error(error: &Diagnostic) -> String {
    let place = error.place.as_ref().map(|place| match place.excerpt() {
        Some(excerpt) => format!("{}:{}: ", place.path(), excerpt.line),
        None => format!("{}: ", place.path()),
    });
    let message = error.message.replace(|c: char| c.is_control(), " ");
    format!(": {}{message}", place.unwrap_or_default())
}

fn new(root: &Path, plan: &str, here: &Path, terminal: &mut Terminal) -> Result<Outcome, Failure> {
    let files = scaffold::new_plan(root, plan)?;
    let shown = |file: &String| seen_from(here, &root.join(file)).display().to_string();
    let mut files = files.iter().map(shown);
    let plan = files.next().unwrap_or_default();
    let schema = files.map(|file| format!("Wrote {file}, which explains the keys to editors\n"));
    terminal.say(&format!(
        "Started a plan in {plan}\n{}\n\
         Next: open it in a text editor, put your own words in, and see it with\n  planpress serve --open\n",
        schema.collect::<String>()
    ));
    Ok(Outcome::Done)
}

/// Every finding that is to be shown. With `--quiet` that is what makes the command fail.
fn findings(report: &Report, options: &Options, format: &Style, quiet: bool) -> String {
    let mut text = String::new();
    let shown = report
        .diagnostics
        .iter()
        .filter(|d| !quiet || d.is_error() || options.strict);
    for diagnostic in shown {
        match format {
            Style::Human => {
                text.push_str(&human(diagnostic));
                text.push('\n');
            }
            Style::Json => text.push_str(&json(diagnostic)),
            Style::Github(folder) => text.push_str(&github(diagnostic, folder)),
        }
    }
    text
}

fn reason(report: &Report) -> String {
    let tally = Tally::of(&report.diagnostics);
    match (tally.errors, tally.warnings) {
        (0, 1) => "1 warning, and --strict treats it as an error".to_owned(),
        (0, _) => format!("{tally}, and --strict treats them as errors"),
        _ => tally.to_string(),
    }
}

/// `Published 2 plans on 3 pages in public/ (6 files: 3 written, 3 unchanged; no warnings; 12 ms)`
fn summary(report: &Report, published: &Built, place: &str, took: Duration) -> String {
    let written = published.files.written.len();
    let mut files = format!(
        "{}: {written} written, {} unchanged",
        counted(written + published.files.unchanged, "file"),
        published.files.unchanged
    );
    if !published.files.removed.is_empty() {
        let _ = write!(files, ", {} removed", published.files.removed.len());
    }
    format!(
        "Published {} on {} in {place} ({files}; {}; {})\n",
        counted(report.plans, "plan"),
        counted(report.pages, "page"),
        counted(report.warnings(), "warning"),
        words(took),
    )
}

fn words(took: Duration) -> String {
    match took.as_millis() {
        millis @ 0..1000 => format!("{millis} ms"),
        _ => format!("{:.1} s", took.as_secs_f64()),
    }
}

/// A folder as seen from the current one, with a `/` at its end.
fn folder(here: &Path, folder: &Path) -> String {
    let shown = seen_from(here, folder);
    let shown = if shown.as_os_str().is_empty() {
        Path::new(".")
    } else {
        &shown
    };
    format!(
        "{}/",
        shown.display().to_string().trim_end_matches(['/', '\\'])
    )
}

/// The path without what it shares with the current folder; whole, where it lies elsewhere.
pub(super) fn seen_from(here: &Path, path: &Path) -> PathBuf {
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
