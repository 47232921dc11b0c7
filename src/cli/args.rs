//! The arguments as they were typed: what clap knows about them, and what the help says.
//!
//! Nothing is decided here; [`Job`](super::job::Job) makes decisions of it.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::error::ErrorKind;
use clap::{ColorChoice, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Publishes the strategic plans of associations as an accessible website.
///
/// A site is a folder with a file planpress.toml. It holds one file per plan in its folder
/// content/; planpress makes the pages of them, in the folder public/.
#[derive(Debug, Parser)]
#[command(name = "planpress", version, verbatim_doc_comment, after_help = AFTER_HELP)]
#[command(arg_required_else_help = true)]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) manner: Manner,
    #[command(subcommand)]
    pub(super) command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  planpress init our-plans    Start a site in the new folder our-plans
  planpress serve --open      See it in a browser while you edit it
  planpress check             Say what is not right in its plans yet
  planpress build             Make its pages, in the folder public

Exit codes:
  0  Done.
  1  The content has errors (or warnings, with --strict). Nothing was published.
  2  The command was not understood, or a file or folder could not be read or written.";

impl Args {
    /// The arguments, or what clap has to say instead.
    pub(super) fn parse_from_words(
        words: impl IntoIterator<Item = OsString>,
    ) -> Result<Self, clap::Error> {
        let args = Self::try_parse_from(words)?;
        // clap's own `conflicts_with` overlooks two that stand on both sides of a command's name.
        if args.manner.quiet && args.manner.verbose {
            let message = "--quiet and --verbose contradict each other";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
        }
        Ok(args)
    }
}

/// How the program speaks, whatever it does.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Manner {
    /// Print nothing but errors
    #[arg(short, long, global = true, display_order = 20)]
    pub(super) quiet: bool,
    /// Print every file that is written or removed, too
    #[arg(short, long, global = true, display_order = 21)]
    pub(super) verbose: bool,
    /// Colours: always, never, auto (terminals without NO_COLOR)
    #[arg(
        long,
        global = true,
        display_order = 22,
        value_name = "WHEN",
        default_value = "auto"
    )]
    #[arg(hide_possible_values = true)]
    pub(super) color: ColorChoice,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make the site's pages and publish them in its output folder
    ///
    /// All plans are checked first. While there is an error, nothing is published and nothing
    /// that was published before is touched. Files in the output folder that planpress did not
    /// make are left alone.
    #[command(verbatim_doc_comment, after_help = BUILD_HELP)]
    Build {
        #[command(flatten)]
        site: Site,
        /// Publish in this folder instead of the one named in planpress.toml
        #[arg(long, value_name = "DIR", display_order = 2)]
        output: Option<PathBuf>,
        /// Make the pages for this address instead of the one in planpress.toml
        #[arg(long, value_name = "URL", display_order = 3)]
        #[arg(value_parser = NonEmptyStringValueParser::new())]
        base_url: Option<String>,
        /// Name index.html in links: for a folder that is opened from a disk
        #[arg(long, display_order = 4)]
        portable: bool,
    },
    /// Say what is not right in the site's plans, and write nothing
    ///
    /// The findings go to standard output.
    #[command(after_help = CHECK_HELP)]
    Check {
        #[command(flatten)]
        site: Site,
        /// How to print them
        #[arg(long, value_enum, default_value_t = Format::Human, display_order = 2)]
        format: Format,
        /// Try the links to other sites, too
        #[arg(long, display_order = 3)]
        external: bool,
    },
    /// Show the site in a browser while you edit it
    ///
    /// Pages are made in memory and never written. Save a file, and every open page follows;
    /// make a mistake, and the page says what to mend.
    #[command(verbatim_doc_comment, after_help = SERVE_HELP)]
    Serve {
        #[command(flatten)]
        root: Root,
        /// Open the browser that you use
        #[arg(long, display_order = 2)]
        open: bool,
        /// The port to listen on; the next free one where it is busy
        #[arg(long, value_name = "N", default_value_t = DEFAULT_PORT, display_order = 3)]
        port: u16,
        /// The address or name of this computer to listen on, if not 127.0.0.1
        #[arg(long, value_name = "H", display_order = 4)]
        host: Option<String>,
        /// Let other computers and phones in the same network see the preview
        #[arg(long, display_order = 5)]
        lan: bool,
        /// Include the plans with `publish = false`
        #[arg(long, display_order = 10)]
        unpublished: bool,
    },
    /// Start a site in a new or empty folder
    #[command(after_help = INIT_HELP)]
    Init {
        /// The folder of the site
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Add the workflow that publishes it on GitHub Pages
        #[arg(long)]
        github: bool,
    },
    /// Start a plan: a file in content/ that explains itself
    #[command(after_help = NEW_HELP)]
    New {
        /// The plan's file name, which becomes its address; folders may stand before it
        #[arg(value_name = "PLAN")]
        plan: String,
        #[command(flatten)]
        root: Root,
    },
    /// Print a plan as a fragment of HTML, to paste into the page of another site
    #[command(after_help = EMBED_HELP)]
    Embed {
        /// The plan's file name, without content/ and .toml
        #[arg(value_name = "PLAN")]
        plan: String,
        #[command(flatten)]
        root: Root,
        /// What the other site takes: basic or full
        #[arg(long, value_enum, value_name = "P", default_value_t = Profile::Basic, display_order = 2)]
        #[arg(hide_possible_values = true)]
        profile: Profile,
        /// The level of the fragment's first headings, from 2 to 6
        #[arg(long, value_name = "N", default_value_t = 2, display_order = 3)]
        #[arg(value_parser = clap::value_parser!(u8).range(2..=6))]
        heading_level: u8,
        /// What every id begins with, so that none meets one of the other site's
        #[arg(long, value_name = "P", default_value = "", display_order = 4)]
        #[arg(hide_default_value = true)]
        id_prefix: String,
        /// Write it into this file instead of printing it
        #[arg(long, value_name = "FILE", display_order = 5)]
        out: Option<PathBuf>,
    },
    /// Keep an archived plan's page as it is now, whatever comes later
    #[command(after_help = FREEZE_HELP)]
    Freeze {
        /// The plan's file name, without content/ and .toml
        #[arg(value_name = "PLAN")]
        plan: String,
        #[command(flatten)]
        root: Root,
    },
    /// Make a frozen plan's page anew in every build again
    #[command(after_help = "Example:\n  planpress thaw plan-2006")]
    Thaw {
        /// The plan's file name, without content/ and .toml
        #[arg(value_name = "PLAN")]
        plan: String,
        #[command(flatten)]
        root: Root,
    },
    /// Print the JSON Schema of the plan format, which makes editors complete and explain keys
    #[command(after_help = "Example:\n  planpress schema > plan.schema.json")]
    Schema,
    /// Show what the site's theme is made of, or start from a piece of it
    #[command(subcommand, after_help = THEME_HELP)]
    Theme(ThemeCommand),
    /// Print the file that makes a shell complete planpress commands
    #[command(after_help = COMPLETIONS_HELP)]
    Completions {
        /// The shell to print it for
        shell: Shell,
    },
    /// Print the manual page
    #[command(after_help = "Example:\n  planpress manpage | man -l -")]
    Manpage,
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    /// List what the theme is made of, and which layer each part comes from
    ///
    /// The layers are the site's own templates/, static/ and languages/, the theme that
    /// planpress.toml names, and those that it extends, down to the built-in one. A part that
    /// never reaches a page, because a layer above has its own, is marked as overridden.
    #[command(verbatim_doc_comment, after_help = "Example:\n  planpress theme list")]
    List {
        #[command(flatten)]
        root: Root,
    },
    /// Copy one piece of the theme into the site, to start from
    ///
    /// A file that is there already is never changed.
    #[command(after_help = THEME_COPY_HELP)]
    Copy {
        /// A template, a component, or a static or language file, as `theme list` names it
        #[arg(value_name = "PIECE")]
        piece: String,
        #[command(flatten)]
        root: Root,
    },
}

#[derive(Debug, clap::Args)]
pub(super) struct Root {
    /// The site's folder, where it is neither this folder nor one above it
    #[arg(long, value_name = "DIR", display_order = 1)]
    pub(super) root: Option<PathBuf>,
}

/// Which site, and what counts.
#[derive(Debug, clap::Args)]
pub(super) struct Site {
    #[command(flatten)]
    pub(super) root: Root,
    /// Include the plans with `publish = false`
    #[arg(long, display_order = 10)]
    pub(super) unpublished: bool,
    /// Treat warnings as errors
    #[arg(long, display_order = 11)]
    pub(super) strict: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// With the line of the file, for reading
    Human,
    /// One JSON object per line, for other programs
    Json,
    /// Workflow commands, which GitHub Actions shows beside the lines of a pull request
    Github,
}

/// What a fragment may be made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Profile {
    /// Headings, paragraphs and lists: what Drupal's "Basic HTML" lets through
    Basic,
    /// With the table, ids on everything that is cited, and classes
    Full,
}

const EMBED_HELP: &str = "\
Examples:
  planpress embed plan-2025 --out plan.html
  planpress embed plan-2025 --profile full --heading-level 3 --id-prefix plan-

Profiles:
  basic  Headings, paragraphs and lists: what Drupal's text format \"Basic HTML\" lets through
  full   The table, too, with ids on everything that is cited, and classes for a stylesheet

The page that it is pasted into has the plan's title as its heading. Links to other plans and
files need base_url in planpress.toml.";

const FREEZE_HELP: &str = "\
Example:
  planpress freeze plan-2006

The page, and what it is shown with, are copied to frozen/plan-2006/, which belongs into version
control like the plans. Every later build publishes those bytes. `planpress thaw` undoes it.";

const BUILD_HELP: &str = "\
Examples:
  planpress build
  planpress build --strict --base-url https://example.org/plans/
  planpress build --unpublished --output /tmp/preview

Findings go to standard error, the summary to standard output.

Environment:
  PLANPRESS_THREADS  How many plans are worked on at once; otherwise as many as the computer
                     has processors. The pages are the same.";

const CHECK_HELP: &str = "\
Examples:
  planpress check
  planpress check --strict --format github
  planpress check --format json | jq -r .message

Each JSON object has severity, name, message, file, line, column, end_line, end_column, source,
label, help and related. Lines and columns count from 1, columns in characters.";

/// Where the preview listens, if nothing else is said.
const DEFAULT_PORT: u16 = 2030;

const SERVE_HELP: &str = "\
Examples:
  planpress serve --open
  planpress serve --port 8080
  planpress serve --lan               Show it on a phone, too

Ctrl-C stops it. Plans with `publish = false` can be opened from the home page; with
--unpublished the pages are those of `build --unpublished`.";

const INIT_HELP: &str = "\
Examples:
  planpress init our-plans
  planpress init our-plans --github
  planpress init . --github            In the folder of a site: adds what GitHub Pages needs

The plan it makes shows every part that a plan can have, with an explanation of each.";

const NEW_HELP: &str = "\
Examples:
  planpress new plan-2030              makes content/plan-2030.toml, shown at /plan-2030/
  planpress new libraries/plan-2030    makes content/libraries/plan-2030.toml

A plan that is there already is never changed.";

const THEME_HELP: &str = "\
Examples:
  planpress theme list            Show every part of the theme that can be changed
  planpress theme copy mark       Start from the component called mark";

const THEME_COPY_HELP: &str = "\
Examples:
  planpress theme copy mark        one component, into templates/components/mark.html
  planpress theme copy plan.html   a whole template, into templates/plan.html
  planpress theme copy de.toml     a language file, into languages/de.toml

What is in a copy no longer follows the theme, so keep in it only what you change.";

const COMPLETIONS_HELP: &str = "\
Examples:
  planpress completions bash > ~/.local/share/bash-completion/completions/planpress
  planpress completions fish > ~/.config/fish/completions/planpress.fish";
