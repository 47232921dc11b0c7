//! What all pages are made with: the settings, the theme, the list of plans and files.
//!
//! While a file of theirs has errors, the pages are made with what last was good.

use std::cell::Cell;

use crate::build::frozen;
use crate::build::inputs::{about_the_site, open_theme, read_config};
use crate::build::promises::Promises;
use crate::diagnostic::{Diagnostic, Failure, SourceText};
use crate::site::files::{self, ContentFiles};
use crate::site::{Config, Edition, Site};
use crate::source::{CONFIG, CONTENT, FROZEN, LOCK, OWN_LAYER, Snapshot, THEMES};
use crate::theme::{self, Theme};

/// Which parts must be read again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stale {
    pub config: bool,
    pub theme: bool,
    /// Files came or went.
    pub listing: bool,
    /// The frozen pages, or files that they need as they were.
    pub frozen: bool,
    /// `planpress.lock`.
    pub promises: bool,
}

impl Stale {
    /// Everything.
    pub const ALL: Self = Self {
        config: true,
        theme: true,
        listing: true,
        frozen: true,
        promises: true,
    };

    /// Notes that this file may have changed.
    pub fn add(&mut self, path: &str) {
        self.config |= path == CONFIG;
        self.theme |= is_of_a_theme(path);
        self.frozen |= path.starts_with(FROZEN) || path.starts_with(CONTENT);
        self.promises |= path == LOCK;
    }

    /// True where no part is.
    pub fn is_empty(self) -> bool {
        !(self.config || self.theme || self.listing || self.frozen || self.promises)
    }
}

/// What came of reading again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Refreshed {
    /// Something is other than before.
    pub any: bool,
    /// The plans' cards are made with something else now.
    pub cards: bool,
}

/// True for the files of themes, and of the site's own layer over its theme.
fn is_of_a_theme(path: &str) -> bool {
    let folder = path.split('/').next().unwrap_or_default();
    folder == THEMES || OWN_LAYER.contains(&folder)
}

/// The settings as they are, and as they last were without an error.
pub struct Frame {
    config: Config,
    pub config_text: SourceText,
    /// Only while `config` has errors.
    good_config: Option<Config>,
    theme: Theme,
    /// The theme before this one, for pages that fail with this one.
    theme_before: Option<Theme>,
    /// True once a page could not be made with the theme.
    pub theme_failed: bool,
    pub content: ContentFiles,
    /// `planpress.lock` as it is, where there is one.
    pub promises: Option<Promises>,
    /// True where a file of the settings or of a theme could not be read.
    unread: bool,
    found_in_config: Vec<Diagnostic>,
    found_in_theme: Vec<Diagnostic>,
    found_in_content: Vec<Diagnostic>,
    found_in_frozen: Vec<Diagnostic>,
    found_about_the_site: Vec<Diagnostic>,
}

impl Frame {
    /// Reads all parts.
    pub fn open(snapshot: &Snapshot) -> Self {
        let empty = SourceText::new(CONFIG, "");
        let (config, _) = crate::site::config::read(&empty);
        let mut frame = Self {
            config,
            config_text: empty,
            good_config: None,
            theme: built_in_theme(),
            theme_before: None,
            theme_failed: false,
            content: ContentFiles::default(),
            promises: None,
            unread: false,
            found_in_config: Vec::new(),
            found_in_theme: Vec::new(),
            found_in_content: Vec::new(),
            found_in_frozen: Vec::new(),
            found_about_the_site: Vec::new(),
        };
        frame.refresh(snapshot, Stale::ALL);
        frame
    }

    /// Reads again what is stale. What was read is compared, not what a file held a moment ago:
    /// it may have been written twice since.
    pub fn refresh(&mut self, snapshot: &Snapshot, stale: Stale) -> Refreshed {
        if stale.is_empty() {
            return Refreshed::default();
        }
        let text = self.config_text.clone();
        let theme = self.theme.digest().to_owned();
        let found: Vec<Diagnostic> = self.findings().cloned().collect();
        let mut cards = false;
        self.unread = false;
        if stale.config && snapshot.contains(CONFIG) {
            cards |= self.read_config(snapshot);
        }
        cards |= self.open_theme(snapshot);
        if stale.listing {
            let (content, found) = files::sort_out(snapshot.below(CONTENT));
            let frozen = std::mem::take(&mut self.content.frozen);
            self.content = ContentFiles { frozen, ..content };
            self.found_in_content = found;
        }
        let mut is_other = false;
        if stale.listing || stale.frozen {
            is_other |= self.read_frozen(snapshot);
            cards |= is_other;
        }
        if stale.listing || stale.promises {
            is_other |= self.read_promises(snapshot);
        }
        self.found_about_the_site = about_the_site(
            &self.config,
            &self.config_text,
            &self.content,
            Some(&self.theme),
        );
        is_other |= stale.listing
            || text.text() != self.config_text.text()
            || theme != self.theme.digest()
            || !self.findings().eq(&found);
        Refreshed {
            any: is_other,
            cards,
        }
    }

    /// True where other pages are frozen than before, or in other words.
    fn read_frozen(&mut self, snapshot: &Snapshot) -> bool {
        let opened = frozen::open(snapshot, &self.content);
        let (frozen, found) = opened.unwrap_or_else(|failure| {
            self.unread = true;
            let found = vec![as_diagnostic(failure, FROZEN)];
            (self.content.frozen.clone(), found)
        });
        self.found_in_frozen = found;
        let is_other = frozen != self.content.frozen;
        self.content.frozen = frozen;
        is_other
    }

    /// True where something else is promised than before, or on other lines.
    fn read_promises(&mut self, snapshot: &Snapshot) -> bool {
        let before = self.promises.take();
        self.promises = Promises::read(snapshot).unwrap_or_else(|_| {
            self.unread = true;
            before.clone()
        });
        let text = |promises: &Option<Promises>| {
            let text = promises.as_ref().map(|promises| promises.text.text());
            text.map(str::to_owned)
        };
        text(&before) != text(&self.promises)
    }

    fn read_config(&mut self, snapshot: &Snapshot) -> bool {
        let (config, text, found) = read_config(snapshot).unwrap_or_else(|failure| {
            self.unread = true;
            let found = vec![as_diagnostic(failure, CONFIG)];
            (self.config.clone(), self.config_text.clone(), found)
        });
        let faulty = has_errors(&found);
        let before = std::mem::replace(&mut self.config, config);
        let was_faulty = has_errors(&self.found_in_config);
        self.config_text = text;
        self.found_in_config = found;
        let shown_before = self.good_config.take();
        if faulty {
            self.good_config = shown_before.or((!was_faulty).then_some(before));
            return false;
        }
        let before = shown_before.unwrap_or(before);
        before.title != self.config.title
            || before.language != self.config.language
            || before.organization != self.config.organization
    }

    fn open_theme(&mut self, snapshot: &Snapshot) -> bool {
        let unread = Cell::new(false);
        let open = |config| {
            let opened = open_theme(snapshot, config, &self.config_text);
            // The file may have gone while it was read: the next look says what is there.
            opened.unwrap_or_else(|failure| {
                unread.set(true);
                (None, vec![as_diagnostic(failure, THEMES)])
            })
        };
        let (mut theme, found) = open(&self.config);
        let mut faulty = has_errors(&found);
        if let Some(good) = &self.good_config {
            let (of_good, found) = open(good);
            theme = of_good;
            faulty = has_errors(&found);
        }
        self.found_in_theme = found;
        self.unread |= unread.get();
        let Some(theme) = theme.filter(|theme| !faulty && theme.digest() != self.theme.digest())
        else {
            return false;
        };
        let other_words = !theme.speaks_like(&self.theme);
        let before = std::mem::replace(&mut self.theme, theme);
        if !self.theme_failed {
            self.theme_before = Some(before);
        }
        self.theme_failed = false;
        other_words
    }

    /// The settings that pages are made with.
    pub fn config(&self) -> &Config {
        self.good_config.as_ref().unwrap_or(&self.config)
    }

    /// The settings as they are written now.
    pub fn config_as_written(&self) -> &Config {
        &self.config
    }

    /// True where something could not be read and must be tried again.
    pub fn is_unread(&self) -> bool {
        self.unread
    }

    /// True while the settings are as they are written.
    pub fn config_is_good(&self) -> bool {
        self.good_config.is_none()
    }

    /// The theme that pages are made with.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }

    /// True while the theme is as its files say.
    pub fn theme_is_good(&self) -> bool {
        !has_errors(&self.found_in_theme)
    }

    /// The themes that pages which are shown can be made with.
    pub fn themes(&self) -> impl Iterator<Item = &Theme> {
        std::iter::once(&self.theme).chain(&self.theme_before)
    }

    /// The site that pages are made with.
    pub fn site(&self, unpublished: bool) -> Site<'_> {
        Site::new(
            self.config(),
            &self.content,
            &self.theme,
            edition(unpublished),
        )
    }

    /// The same with the theme before this one.
    pub fn site_before(&self, unpublished: bool) -> Option<Site<'_>> {
        let theme = self.theme_before.as_ref()?;
        Some(Site::new(
            self.config(),
            &self.content,
            theme,
            edition(unpublished),
        ))
    }

    /// What is wrong with all this.
    pub fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found_in_config
            .iter()
            .chain(&self.found_in_theme)
            .chain(&self.found_in_content)
            .chain(&self.found_in_frozen)
            .chain(
                self.promises
                    .iter()
                    .flat_map(|promises| &promises.diagnostics),
            )
            .chain(&self.found_about_the_site)
    }
}

/// A preview has an address, so its links need no `index.html`.
fn edition(unpublished: bool) -> Edition {
    Edition {
        unpublished,
        portable: false,
    }
}

fn has_errors(found: &[Diagnostic]) -> bool {
    found.iter().any(Diagnostic::is_error)
}

/// The built-in theme alone, for a site whose own was never good.
fn built_in_theme() -> Theme {
    Theme::new(&[theme::builtin()], None)
        .0
        .expect("the built-in theme compiles, as every build shows")
}

/// A file that cannot be read keeps a command from running; in a preview it is one more thing to
/// be mended.
pub fn as_diagnostic(failure: Failure, path: &str) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("unreadable", failure.message).in_file(path);
    diagnostic.help = failure.help;
    diagnostic
}
