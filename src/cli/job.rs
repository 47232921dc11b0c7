//! The arguments with every question settled: which site, which folder, how many threads.
//!
//! In: [`Args`](super::args::Args) and the surroundings. Out: a [`Job`] that can be carried out
//! as it stands, or a failure that says what to type instead.

use std::ffi::OsStr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf, absolute};
use std::sync::Arc;

use clap_complete::Shell;

use super::args::{Command, Format, Site, ThemeCommand};
use super::embed;
use crate::build;
use crate::diagnostic::Failure;
use crate::preview::{self, server::Asked};

/// The file that makes a folder a site.
const SITE_FILE: &str = "planpress.toml";

/// One call into the library.
pub(super) enum Job {
    Build {
        options: build::Options,
        output: Option<PathBuf>,
    },
    Check {
        options: build::Options,
        format: Style,
        /// The links to other sites are tried, too.
        external: bool,
    },
    Serve(preview::Options),
    Init {
        folder: PathBuf,
        /// With what GitHub Pages needs.
        github: bool,
    },
    Embed(embed::Wish),
    Freeze {
        root: PathBuf,
        plan: String,
    },
    Thaw {
        root: PathBuf,
        plan: String,
    },
    Schema,
    New {
        root: PathBuf,
        plan: String,
    },
    ThemeList {
        root: PathBuf,
    },
    ThemeCopy {
        root: PathBuf,
        piece: String,
    },
    Completions(Shell),
    Manpage,
}

/// How findings are printed.
pub(super) enum Style {
    Human,
    Json,
    /// With the site's folder in the repository, with `/`.
    Github(String),
}

/// What the program is told without arguments.
pub(super) struct Surroundings<'a> {
    /// The current folder.
    pub(super) here: &'a Path,
    /// `PLANPRESS_THREADS`
    pub(super) threads: Option<&'a OsStr>,
    /// `GITHUB_WORKSPACE`: where GitHub Actions has the repository.
    pub(super) workspace: Option<&'a OsStr>,
}

impl Job {
    pub(super) fn new(command: Command, around: &Surroundings<'_>) -> Result<Self, Failure> {
        Ok(match command {
            Command::Build {
                site,
                output,
                base_url,
                portable,
            } => {
                let options = build::Options {
                    base_url,
                    portable,
                    ..options(site, around)?
                };
                let output = output
                    .map(|output| within(around.here, &output))
                    .transpose()?;
                Self::Build { options, output }
            }
            Command::Check {
                site,
                format,
                external,
            } => {
                let options = options(site, around)?;
                let format = match format {
                    Format::Human => Style::Human,
                    Format::Json => Style::Json,
                    Format::Github => Style::Github(folder_in_repository(&options.root, around)),
                };
                Self::Check {
                    options,
                    format,
                    external,
                }
            }
            Command::Serve {
                root,
                open,
                port,
                host,
                lan,
                unpublished,
            } => Self::Serve(preview::Options {
                build: build::Options {
                    root: site_root(root.root, around)?,
                    unpublished,
                    threads: threads(around.threads)?,
                    ..build::Options::default()
                },
                listen: Asked { host, port, lan },
                open,
            }),
            Command::Init { folder, github } => Self::Init { folder, github },
            Command::Embed {
                plan,
                root,
                profile,
                heading_level,
                id_prefix,
                out,
            } => Self::Embed(embed::Wish {
                options: build::Options {
                    root: site_root(root.root, around)?,
                    threads: threads(around.threads)?,
                    ..build::Options::default()
                },
                plan,
                profile,
                heading_level,
                id_prefix,
                out: out.map(|out| within(around.here, &out)).transpose()?,
            }),
            Command::Freeze { plan, root } => Self::Freeze {
                root: site_root(root.root, around)?,
                plan,
            },
            Command::Thaw { plan, root } => Self::Thaw {
                root: site_root(root.root, around)?,
                plan,
            },
            Command::Schema => Self::Schema,
            Command::New { plan, root } => Self::New {
                root: site_root(root.root, around)?,
                plan,
            },
            Command::Theme(ThemeCommand::List { root }) => Self::ThemeList {
                root: site_root(root.root, around)?,
            },
            Command::Theme(ThemeCommand::Copy { piece, root }) => Self::ThemeCopy {
                root: site_root(root.root, around)?,
                piece,
            },
            Command::Completions { shell } => Self::Completions(shell),
            Command::Manpage => Self::Manpage,
        })
    }
}

fn options(site: Site, around: &Surroundings<'_>) -> Result<build::Options, Failure> {
    Ok(build::Options {
        root: site_root(site.root.root, around)?,
        unpublished: site.unpublished,
        strict: site.strict,
        threads: threads(around.threads)?,
        progress: Some(Arc::default()),
        ..build::Options::default()
    })
}

/// The folder named, or else the nearest one upwards that is a site.
fn site_root(named: Option<PathBuf>, around: &Surroundings<'_>) -> Result<PathBuf, Failure> {
    let is_site = |folder: &Path| folder.join(SITE_FILE).is_file();
    let Some(named) = named else {
        return around
            .here
            .ancestors()
            .find(|folder| is_site(folder))
            .map(Path::to_owned)
            .ok_or_else(|| {
                Failure::new(format!(
                    "there is no {SITE_FILE} in this folder, nor in one above it"
                ))
                .help("Go to the folder of your site first, or name it with `--root`.")
                .help("To start a new site, use `planpress init our-plans`.")
            });
    };
    let root = within(around.here, &named)?;
    let shown = named.display();
    if is_site(&root) {
        Ok(root)
    } else if root.is_dir() {
        Err(
            Failure::new(format!("there is no {SITE_FILE} in the folder {shown}"))
                .help(format!("Name the folder that holds {SITE_FILE}."))
                .help("To start a new site, use `planpress init our-plans`."),
        )
    } else if root.exists() {
        Err(Failure::new(format!("{shown} is a file, not a folder"))
            .help(format!("Name the folder that holds {SITE_FILE}.")))
    } else {
        Err(Failure::new(format!("there is no folder {shown}"))
            .help(format!("Name the folder that holds {SITE_FILE}.")))
    }
}

/// A path as the shell means it: from the current folder.
fn within(here: &Path, path: &Path) -> Result<PathBuf, Failure> {
    absolute(here.join(path))
        .map_err(|error| Failure::new(format!("`{}` is no path: {error}", path.display())))
}

fn threads(value: Option<&OsStr>) -> Result<Option<NonZeroUsize>, Failure> {
    // Shells cannot easily take a variable away, so an empty one counts as none.
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    match value.to_str().and_then(|value| value.parse().ok()) {
        Some(number) => Ok(Some(number)),
        None => Err(Failure::new(format!(
            "the environment variable PLANPRESS_THREADS is `{}`, which is no number of threads",
            value.display()
        ))
        .help("Set it to 1 or more, or leave it out.")),
    }
}

/// Where the site lies in its repository: annotations name files from the repository's root. The
/// current folder stands for that outside GitHub Actions, and where the site is not in it, the
/// site is taken to be the repository.
fn folder_in_repository(root: &Path, around: &Surroundings<'_>) -> String {
    let repository = around
        .workspace
        .filter(|folder| !folder.is_empty())
        .map(Path::new);
    let repository = repository.unwrap_or(around.here);
    let (Ok(root), Ok(repository)) = (root.canonicalize(), repository.canonicalize()) else {
        return String::new();
    };
    let Ok(folder) = root.strip_prefix(repository) else {
        return String::new();
    };
    let steps: Vec<_> = folder.iter().map(OsStr::to_string_lossy).collect();
    steps.join("/")
}
