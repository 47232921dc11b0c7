//! From compiled templates and a context to the text of a page.
//!
//! In: the templates as Tera has them, and what they were made of. Out: pages, or what Tera finds
//! wrong. Where a template makes many pages, it is made again with components in the place of
//! their calls, which takes as long as it saves on some twenty pages.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use tera::{Context, Tera, TeraResult};

use super::explain::Sources;
use super::inline::{self, Named};

/// From so many pages on it pays.
const MANY: usize = 25;

/// The compiled templates and their texts, for messages.
pub struct TeraTemplates {
    pub sources: Sources,
    tera: Tera,
    texts: Texts,
    quick: BTreeMap<String, Quick>,
}

/// What one template is rendered with where it makes many pages.
#[derive(Default)]
struct Quick {
    wanted: AtomicBool,
    tera: OnceLock<Option<Tera>>,
}

/// Templates as Tera is given them.
pub struct Texts {
    /// What stands before the names of each layer's templates, most specific first.
    pub prefixes: Vec<String>,
    /// The name with that of the layer, and the text of each; most specific layer first.
    pub templates: Vec<Named>,
}

impl Texts {
    /// Compiles them.
    ///
    /// # Errors
    /// What Tera finds first.
    pub fn compile(&self) -> TeraResult<Tera> {
        self.with(&self.templates)
    }

    /// Compiles one and all that it needs, with components in the place of their calls.
    fn quick(&self, template: &str) -> Option<Tera> {
        let texts = inline::expand(template, &self.templates, |name| self.find(name))?;
        self.with(&texts).ok()
    }

    /// The template that Tera takes for a name.
    fn find(&self, name: &str) -> Option<usize> {
        let prefixes = self.prefixes.iter().map(String::as_str);
        std::iter::once("").chain(prefixes).find_map(|prefix| {
            let is_meant = |(id, _): &Named| id.strip_prefix(prefix) == Some(name);
            self.templates.iter().position(is_meant)
        })
    }

    fn with(&self, templates: &[Named]) -> TeraResult<Tera> {
        let mut tera = Tera::default();
        // Whatever its suffix, a template's output is escaped.
        tera.autoescape_on([""]);
        tera.set_fallback_prefixes(self.prefixes.clone())?;
        tera.add_raw_templates(templates.iter().map(|(name, text)| (name, text)))?;
        Ok(tera)
    }
}

impl TeraTemplates {
    /// Templates that were compiled.
    pub fn new(tera: Tera, texts: Texts, sources: Sources) -> Self {
        let names = texts.templates.iter();
        let names = names.filter_map(|(id, _)| Some(id.split_once('/')?.1.to_owned()));
        Self {
            quick: names.map(|name| (name, Quick::default())).collect(),
            sources,
            tera,
            texts,
        }
    }

    /// Tells how many pages a template will make, which decides what they are rendered with. The choice must not
    /// depend on chance, such as on which thread comes first.
    pub fn expect(&self, template: &str, pages: usize) {
        if let Some(quick) = self.quick.get(template) {
            quick.wanted.store(pages >= MANY, Ordering::Relaxed);
        }
    }

    /// Renders a template, to text, with room for so many bytes before they have to move.
    ///
    /// # Errors
    /// What Tera finds, with its place in the template as it is written.
    pub fn render(&self, template: &str, context: &Context, room: usize) -> TeraResult<Vec<u8>> {
        let render = |tera: &Tera| {
            let mut page = Vec::with_capacity(room);
            tera.render_to(template, context, &mut page)?;
            Ok(page)
        };
        match self.quick(template).map(render) {
            Some(Ok(page)) => Ok(page),
            _ => render(&self.tera),
        }
    }

    /// Renders a template to where it goes, in one way alone.
    ///
    /// # Errors
    /// What Tera finds, perhaps not with its place in the template as it is written; what `out` says.
    pub fn render_to(
        &self,
        template: &str,
        context: &Context,
        out: &mut dyn Write,
    ) -> TeraResult<()> {
        let tera = self.quick(template).unwrap_or(&self.tera);
        tera.render_to(template, context, out)
    }

    /// The templates that a template is rendered with where it makes many pages.
    fn quick(&self, template: &str) -> Option<&Tera> {
        let quick = self.quick.get(template)?;
        let wanted = quick.wanted.load(Ordering::Relaxed);
        let made = || self.texts.quick(template);
        wanted.then(|| quick.tera.get_or_init(made).as_ref())?
    }
}

impl std::fmt::Debug for TeraTemplates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("TeraTemplates")
            .field(&self.sources.keys())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{builtin, templates};

    #[test]
    fn every_template_of_the_default_theme_can_make_many_pages() {
        let compiled = templates::compile(&[builtin()], &mut Vec::new());
        let compiled = compiled.expect("it is sound");
        for template in compiled.quick.keys() {
            assert!(compiled.texts.quick(template).is_some(), "{template}");
        }
    }
}
