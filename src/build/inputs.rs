//! What a build starts from: the settings, the theme, and the list of plans and files.

use std::borrow::Cow;

use super::{Options, frozen};
use crate::diagnostic::{Diagnostic, Failure, SourceText};
use crate::plan::language::Language;
use crate::site::config::{self, Config};
use crate::site::files::{self, ContentFiles};
use crate::site::is_image;
use crate::site::route::BaseUrl;
use crate::source::{CONFIG, CONTENT, Input, OWN_LAYER, Snapshot, THEMES};
use crate::theme::{self, Layer, LayerFile, Theme, ThemeName, Words};

/// Everything that is the same for all plans.
pub struct Inputs {
    pub snapshot: Snapshot,
    pub config: Config,
    pub config_text: SourceText,
    /// `None` where a template is faulty.
    pub theme: Option<Theme>,
    pub content: ContentFiles,
    pub diagnostics: Vec<Diagnostic>,
}

impl Inputs {
    /// Reads all but the plans.
    pub fn open(options: &Options) -> Result<Self, Failure> {
        let (snapshot, found) = Snapshot::take(&options.root)?;
        Self::of(options, snapshot, found)
    }

    /// The same from a list of inputs, and what was found when it was made.
    pub fn of(
        options: &Options,
        snapshot: Snapshot,
        mut diagnostics: Vec<Diagnostic>,
    ) -> Result<Self, Failure> {
        let (mut config, config_text, found) = read_config(&snapshot)?;
        diagnostics.extend(found);
        if let Some(given) = &options.base_url {
            config.base_url = BaseUrl::parse(given).map_err(|help| {
                Failure::new(format!(
                    "--base-url: `{given}` cannot be the address of a site"
                ))
                .help(help)
            })?;
        }
        let (mut content, found) = files::sort_out(snapshot.below(CONTENT));
        diagnostics.extend(found);
        let (frozen, found) = frozen::open(&snapshot, &content)?;
        content.frozen = frozen;
        diagnostics.extend(found);
        let (theme, found) = open_theme(&snapshot, &config, &config_text)?;
        diagnostics.extend(found);
        diagnostics.extend(about_the_site(
            &config,
            &config_text,
            &content,
            theme.as_ref(),
        ));
        Ok(Self {
            snapshot,
            config,
            config_text,
            theme,
            content,
            diagnostics,
        })
    }
}

/// Reads the site's own settings.
pub fn read_config(snapshot: &Snapshot) -> Result<(Config, SourceText, Vec<Diagnostic>), Failure> {
    let (text, mut diagnostics) = match snapshot.read(CONFIG)?.text() {
        Ok(text) => (text, Vec::new()),
        Err((text, found)) => (text, vec![*found]),
    };
    let (config, found) = config::read(&text);
    diagnostics.extend(found);
    Ok((config, text, diagnostics))
}

/// A file as text, with a mark for each byte that is none.
pub fn lossy_text(input: Input) -> SourceText {
    match input.text() {
        Ok(text) | Err((text, _)) => text,
    }
}

/// Puts the site's theme together.
pub fn open_theme(
    snapshot: &Snapshot,
    config: &Config,
    config_text: &SourceText,
) -> Result<(Option<Theme>, Vec<Diagnostic>), Failure> {
    let (layers, mut diagnostics) = theme_layers(snapshot, config, config_text)?;
    let (theme, found) = Theme::new(&layers, Some((config_text, &config.tokens)));
    diagnostics.extend(found);
    Ok((theme, diagnostics))
}

/// Reads the layers of the site's theme, most specific first.
pub fn theme_layers(
    snapshot: &Snapshot,
    config: &Config,
    config_text: &SourceText,
) -> Result<(Vec<Layer>, Vec<Diagnostic>), Failure> {
    let mut own = Layer {
        name: theme::SITE.to_owned(),
        files: Vec::new(),
    };
    for folder in OWN_LAYER {
        own.files.extend(layer_files(snapshot, folder, "")?);
    }
    let mut known: Vec<String> = snapshot
        .below(THEMES)
        .filter_map(|path| Some(path.split('/').nth(1)?.to_owned()))
        .filter(|name| !name.contains('.'))
        .collect();
    known.dedup();
    let mut themes = Vec::new();
    for name in &known {
        let folder = format!("{THEMES}/{name}");
        themes.push(Layer {
            name: name.clone(),
            files: layer_files(snapshot, &folder, &folder)?,
        });
    }
    let named = config.theme.as_ref().map(|name| ThemeName {
        name: name.value.clone(),
        source: config_text.clone(),
        span: name.span.clone(),
    });
    Ok(theme::chain(own, named, &known, |name| {
        themes.iter().find(|layer| layer.name == name).cloned()
    }))
}

/// The files below a folder; `cut` is taken off their paths to get those inside the layer.
fn layer_files(snapshot: &Snapshot, folder: &str, cut: &str) -> Result<Vec<LayerFile>, Failure> {
    let file = |path: &str| {
        let inside = path
            .strip_prefix(cut)
            .unwrap_or(path)
            .trim_start_matches('/')
            .to_owned();
        Ok(LayerFile {
            path: path.to_owned(),
            inside,
            bytes: Cow::Owned(snapshot.read(path)?.bytes),
        })
    };
    snapshot.below(folder).map(file).collect()
}

/// What is wrong with the site as a whole.
pub fn about_the_site(
    config: &Config,
    config_text: &SourceText,
    content: &ContentFiles,
    theme: Option<&Theme>,
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if content.plans.is_empty() {
        diagnostics.push(
            Diagnostic::error("no-plan", format!("there is no plan under {CONTENT}/"))
                .in_file(CONFIG)
                .help("Every .toml file there is a plan. `planpress new my-plan` makes one with comments that explain it."),
        );
    }
    if let Some(logo) = &config.logo {
        let fault = match content.file(&logo.value) {
            None => Some(Diagnostic::error("missing-file", format!("there is no file {CONTENT}/{}", logo.value)).help(format!("Put the logo under {CONTENT}/ and write its path from there: \"files/logo.svg\"."))),
            Some(_) if !is_image(&logo.value) => Some(Diagnostic::error("not-an-image", format!("`{}` is no image that browsers show", logo.value)).help("Use an SVG or PNG file.")),
            Some(_) => None,
        };
        diagnostics.extend(fault.map(|fault| fault.at(config_text, logo.span.clone())));
    }
    if let (Some(theme), Some(span)) = (theme, &config.language_span) {
        diagnostics.extend(
            lacking_language(
                theme,
                &config.language,
                &theme.words(config.language.as_str()),
            )
            .map(|found| found.at(config_text, span.clone())),
        );
    }
    diagnostics
}

/// The warning that the theme's own words are English on a page in this language.
/// `words` are the theme's in this language.
pub fn lacking_language(theme: &Theme, language: &Language, words: &Words) -> Option<Diagnostic> {
    words.fallback?;
    let mut known: Vec<&str> = theme.languages().collect();
    known.sort_unstable();
    Some(
        Diagnostic::warning("theme-lacks-language", format!("the theme has no words in the language `{language}`, so its own words are English"))
            .help(format!("It knows: {}. A file languages/{language}.toml in the site adds the words; [terms] in the plan replaces its terms.", known.join(", "))),
    )
}
