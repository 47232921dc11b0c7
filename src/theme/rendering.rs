//! From compiled templates and a context to the text of a page.
//!
//! In: the templates as Tera has them, and what they were made of. Out: pages, or what Tera finds
//! wrong. Where many pages are to be made, the templates are made again with components in the
//! place of their calls; that takes as long as it saves on some thirty pages.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use tera::{Context, Tera, TeraResult};

use super::explain::Sources;
use super::inline;

/// From so many pages on it pays.
const MANY: usize = 40;

/// The compiled templates and their texts, for messages.
pub struct TeraTemplates {
    pub sources: Sources,
    tera: Tera,
    texts: Texts,
    many: AtomicBool,
    quick: OnceLock<Option<Tera>>,
}

/// Templates as Tera is given them.
pub struct Texts {
    /// What stands before the names of each layer's templates, most specific first.
    pub prefixes: Vec<String>,
    /// The layer, the name and the text of each.
    pub templates: Vec<(usize, String, String)>,
}

impl Texts {
    /// Compiles them.
    ///
    /// # Errors
    /// What Tera finds first.
    pub fn compile(&self) -> TeraResult<Tera> {
        let texts = self.templates.iter().map(|(_, _, text)| text.as_str());
        self.with(texts)
    }

    /// Compiles them with components in the place of their calls.
    fn quick(&self) -> Option<Tera> {
        let texts = self.templates.iter();
        let texts = inline::expand(texts.map(|(layer, _, text)| (*layer, text.as_str())))?;
        self.with(texts.iter().map(String::as_str)).ok()
    }

    fn with<'t>(&self, texts: impl Iterator<Item = &'t str>) -> TeraResult<Tera> {
        let mut tera = Tera::default();
        // Whatever its suffix, a template's output is escaped.
        tera.autoescape_on([""]);
        tera.set_fallback_prefixes(self.prefixes.clone())?;
        let names = self.templates.iter().map(|(_, name, _)| name.as_str());
        tera.add_raw_templates(names.zip(texts).collect::<Vec<_>>())?;
        Ok(tera)
    }
}

impl TeraTemplates {
    /// Templates that were compiled.
    pub fn new(tera: Tera, texts: Texts, sources: Sources) -> Self {
        Self {
            sources,
            tera,
            texts,
            many: AtomicBool::new(false),
            quick: OnceLock::new(),
        }
    }

    /// Tells how many pages will be made. Which templates make a page must not hang on chance, such
    /// as on which thread comes first.
    pub fn expect(&self, pages: usize) {
        self.many.store(pages >= MANY, Ordering::Relaxed);
    }

    /// Renders a template.
    ///
    /// # Errors
    /// What Tera finds, with its place in the template as it is written.
    pub fn render(&self, template: &str, context: &Context) -> TeraResult<String> {
        let render = |tera: &Tera| {
            // Most pages need not move while they grow.
            let mut page = Vec::with_capacity(32 * 1024);
            tera.render_to(template, context, &mut page)?;
            Ok(String::from_utf8(page)?)
        };
        if self.many.load(Ordering::Relaxed)
            && let Some(quick) = self.quick.get_or_init(|| self.texts.quick())
            && let Ok(page) = render(quick)
        {
            return Ok(page);
        }
        render(&self.tera)
    }
}

impl std::fmt::Debug for TeraTemplates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TeraTemplates")
            .field(&self.sources.keys())
            .finish()
    }
}
