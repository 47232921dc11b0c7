//! Opens the rooms in their order: the one way in which a site is built, whoever asks.
//!
//! Two passes. The first reads every plan and keeps its card; a plan whose page needs no card that
//! is missing goes straight on and is rendered, audited and handed to the sink while its text is at
//! hand. The second reads again the plans that had to wait, or that stand to others in another way
//! than it seemed. So memory grows with cards, not with pages, and nothing is shared between plans
//! but what was made before them.

mod by_path;
pub mod embed;
mod extras;
mod first_pass;
mod frozen;
mod inputs;
mod links;
pub mod live;
mod made;
mod memo;
mod named;
mod outside;
mod progress;
mod promises;
mod second_pass;
mod sink;
mod walk;
mod workers;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::{self, Diagnostic, Failure, Severity};
use crate::publish::{Protected, Published, Publisher};
use crate::site::Edition;
use crate::source::{self, CONFIG, LOCK, Snapshot};
use crate::theme::{Layer, Theme, TokenOverride};
use inputs::Inputs;
use made::MadePlans;
use memo::{Built, Found, Memo, Past, Repeat};
pub use named::plan_named;
pub use outside::{OutsideLink, OutsideMention, outside_links};
pub use progress::{Progress, Step};
use promises::NewLock;
use sink::{Nothing, Sink};

/// What is asked of a build.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The site's root: the folder that holds `planpress.toml`.
    pub root: PathBuf,
    /// Instead of the site's own `base_url`.
    pub base_url: Option<String>,
    /// Build the plans with `publish = false` too.
    pub unpublished: bool,
    /// Links between pages name `index.html`, for a folder that is opened from a disk.
    pub portable: bool,
    /// Warnings keep a build from publishing.
    pub strict: bool,
    /// How many plans are walked at once; the machine's processors where it is not said. The
    /// bytes that come out are the same for any number.
    pub threads: Option<NonZeroUsize>,
    /// Where to count what is done, for whoever looks on.
    pub progress: Option<Arc<Progress>>,
}

impl Options {
    fn edition(&self) -> Edition {
        Edition {
            unpublished: self.unpublished,
            portable: self.portable,
        }
    }
}

/// What a build came to.
#[derive(Debug)]
pub struct Report {
    /// Everything found, in the order in which a person works through it.
    pub diagnostics: Vec<Diagnostic>,
    /// Plans that have a page in this build.
    pub plans: usize,
    /// Pages made; 0 where errors kept them from being made.
    pub pages: usize,
    /// What was published; `None` after a mere check, or where errors kept it from happening.
    pub published: Option<Outcome>,
}

/// What was published, and where.
#[derive(Debug)]
pub struct Outcome {
    /// The output folder.
    pub output: PathBuf,
    /// What became of its files.
    pub files: Published,
    /// True where `planpress.lock` took in promises that it did not have.
    pub lock_written: bool,
}

impl Report {
    /// How many errors were found.
    pub fn errors(&self) -> usize {
        self.diagnostics
            .iter()
            .filter(|found| found.is_error())
            .count()
    }

    /// How many warnings were found.
    pub fn warnings(&self) -> usize {
        self.diagnostics.len() - self.errors()
    }

    /// True where the content must be mended before it can be published.
    pub fn failed(&self, strict: bool) -> bool {
        self.errors() > 0 || strict && self.warnings() > 0
    }
}

/// What a site's theme is put together from, before it is.
#[derive(Debug)]
pub struct ThemeInputs {
    /// Most specific first.
    pub layers: Vec<Layer>,
    /// The `[tokens]` of `planpress.toml`.
    pub tokens: Vec<TokenOverride>,
    /// What is wrong with the theme and the site's settings.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the theme of the site at `root`, whatever is wrong with it.
///
/// # Errors
///
/// Where the inputs cannot be read.
pub fn theme_inputs(root: &Path) -> Result<ThemeInputs, Failure> {
    let (snapshot, _) = Snapshot::take(root)?;
    let (config, text, mut diagnostics) = inputs::read_config(&snapshot)?;
    let (layers, found) = inputs::theme_layers(&snapshot, &config, &text)?;
    diagnostics.extend(found);
    diagnostics.extend(Theme::new(&layers, Some((&text, &config.tokens))).1);
    Ok(ThemeInputs {
        layers,
        tokens: config.tokens,
        diagnostics,
    })
}

/// Finds everything that is wrong, and writes nothing. A promise that would be broken is an error
/// here, so that a pull request shows it before it is published.
///
/// # Errors
///
/// Where the inputs cannot be read.
pub fn check(options: &Options) -> Result<Report, Failure> {
    let inputs = Inputs::open(options)?;
    Ok(run(options, inputs, None, &Nothing, Severity::Error, None)?.report)
}

/// Finds what a build would find, and writes nothing.
///
/// # Errors
///
/// Where the inputs cannot be read.
pub fn rehearse(options: &Options) -> Result<Report, Failure> {
    let inputs = Inputs::open(options)?;
    Ok(run(options, inputs, None, &Nothing, Severity::Warning, None)?.report)
}

/// Builds the site into `output`, or the folder that `planpress.toml` names. Where anything is
/// wrong, nothing that is already published changes. Then `planpress.lock` takes in what the site
/// promises from now on.
///
/// # Errors
///
/// Where the inputs cannot be read, or the output folder cannot be written or must not be.
pub fn publish(options: &Options, output: Option<&Path>) -> Result<Report, Failure> {
    let (snapshot, found) = Snapshot::take(&options.root)?;
    let (config, ..) = inputs::read_config(&snapshot)?;
    let root = snapshot.root().to_owned();
    let output = output.map_or_else(|| root.join(&config.output), Path::to_owned);
    let folders = source::input_folders()
        .map(|folder| root.join(folder))
        .collect();
    let lock = root.join(LOCK);
    let protected = Protected::new(root, folders);
    let shown = output.to_string_lossy().into_owned();
    let memo = Memo::read(options, &shown);
    let mut publisher = Publisher::open(&output, &protected)?;
    if let Some(memo) = memo.as_ref().filter(|_| found.is_empty()) {
        if let Some(known) = memo.repeat(options, &snapshot, &publisher)? {
            return repeat(options, &known, publisher, output);
        }
        publisher.begin_anew();
    }
    let inputs = Inputs::of(options, snapshot, found)?;
    let ran = run(
        options,
        inputs,
        memo.as_ref(),
        &publisher,
        Severity::Warning,
        Some(&lock),
    )?;
    // It is much, and of no more use.
    drop(memo);
    let mut report = ran.report;
    if report.failed(options.strict) {
        return Ok(report);
    }
    // What was made of the one and of the other need not belong together.
    if let Some(path) = ran.built.snapshot.changed_while_read() {
        return Err(Failure::new(format!("{path} changed while it was read"))
            .help("Nothing was published. Build again once nobody writes to it."));
    }
    if let Some(progress) = &options.progress {
        progress.publish();
    }
    let (files, outputs) = publisher.commit_all()?;
    let lock = ran.new_lock.map(NewLock::place).transpose().map_err(|failure| {
        failure.help(format!(
            "The site is published. Its new addresses are not in {LOCK} yet: build again once this is put right."
        ))
    })?;
    ran.built.keep(options, &shown, lock, &outputs);
    report.published = Some(Outcome {
        output,
        files,
        lock_written: lock.is_some(),
    });
    Ok(report)
}

/// Publishes once more what lies there already.
fn repeat(
    options: &Options,
    known: &Repeat,
    publisher: Publisher,
    output: PathBuf,
) -> Result<Report, Failure> {
    let found = known.found();
    let mut report = Report {
        diagnostics: found.diagnostics.clone(),
        plans: found.plans,
        pages: found.pages,
        published: None,
    };
    if !report.failed(options.strict) {
        let (files, outputs) = publisher.commit_all()?;
        known.keep(options, &outputs);
        report.published = Some(Outcome {
            output,
            files,
            lock_written: false,
        });
    }
    Ok(report)
}

/// What a run through all rooms came to.
struct Ran {
    report: Report,
    /// Where `planpress.lock` is to have another text.
    new_lock: Option<NewLock>,
    built: Built,
}

/// `lock` is the place of `planpress.lock`, where a new one is to be written.
fn run(
    options: &Options,
    inputs: Inputs,
    memo: Option<&Memo>,
    sink: &dyn Sink,
    broken_promise: Severity,
    lock: Option<&Path>,
) -> Result<Ran, Failure> {
    let Inputs {
        snapshot,
        config,
        config_text,
        theme,
        content,
        mut diagnostics,
    } = inputs;
    // Nothing of this will be published, and files whose addresses collide cannot even be staged.
    let hopeless = diagnostics.iter().any(Diagnostic::is_error);
    let sink: &dyn Sink = if hopeless { &Nothing } else { sink };
    if let Some(theme) = &theme {
        let plans = content.plans.len();
        theme.expect(crate::render::PLAN, plans);
        // Eight plans in its list take as long as a page.
        theme.expect(crate::render::HOME, plans / 8);
    }
    let site = theme
        .as_ref()
        .map(|theme| crate::site::Site::new(&config, &content, theme, options.edition()));
    let frame = memo::frame(options, &snapshot, &content);
    let walk = walk::Walk {
        snapshot: &snapshot,
        config: &config,
        content: &content,
        site: site.as_ref(),
        sink,
        past: Past::new(memo, frame),
        in_common: walk::InCommon::default(),
    };
    let walks = first_pass::FirstPass::run(options, &walk)?;
    let cards = walks.cards;
    diagnostics.extend(walks.diagnostics);
    let mut made = MadePlans {
        plans: walks.made,
        home: None,
    };
    let rest = second_pass::SecondPass {
        options,
        walk: &walk,
        cards: &cards,
        config_text: &config_text,
    };
    let (found, pages) = rest.run(&mut made)?;
    diagnostics.extend(found);
    let in_doubt = diagnostics.iter().any(is_about_settings);
    let promises = workers::apart(|| rest.compare_promises(in_doubt, broken_promise))?;
    diagnostics.extend(promises.diagnostics);
    diagnostic::sort(&mut diagnostics);
    let shown = cards
        .iter()
        .filter(|card| options.unpublished || card.publish)
        .count();
    let report = Report {
        diagnostics,
        plans: shown,
        pages,
        published: None,
    };
    let new_lock = lock
        .filter(|_| !report.failed(options.strict))
        .and_then(|lock| workers::apart(|| rest.draft_lock(promises.update, lock)));
    let found = Found {
        diagnostics: report.diagnostics.clone(),
        plans: report.plans,
        pages: report.pages,
    };
    Ok(Ran {
        report,
        new_lock,
        built: Built {
            snapshot,
            frame,
            made,
            found,
        },
    })
}

/// True for an error on a line of the site's own settings.
fn is_about_settings(found: &Diagnostic) -> bool {
    let on_a_line = |place: &diagnostic::Place| place.path() == CONFIG && place.excerpt().is_some();
    found.is_error() && found.place.as_ref().is_some_and(on_a_line)
}

/// The text of an input once more, to frame a finding in it. Empty where it is gone by now.
fn text_again(snapshot: &Snapshot, path: &str) -> diagnostic::SourceText {
    let again = snapshot.read(path).map(source::Input::text);
    match again {
        Ok(Ok(text) | Err((text, _))) => text,
        Err(_) => diagnostic::SourceText::new(path, ""),
    }
}
