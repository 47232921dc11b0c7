//! `planpress.toml`: what holds for the whole site.

use std::ops::Range;

use toml::de::DeValue;

use super::keys;
use super::route::BaseUrl;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::plan::document;
use crate::plan::language::Language;
use crate::plan::model::{At, LinkUse, Organization};
use crate::plan::reader::{Fields, Reader};
use crate::theme::TokenOverride;

/// The site's own settings, each with its default.
#[derive(Clone, Debug)]
pub struct Config {
    pub title: String,
    pub base_url: BaseUrl,
    pub language: Language,
    /// Where the language stands, if it does.
    pub language_span: Option<Range<usize>>,
    /// The theme's name and where it stands; the default where the site names none.
    pub theme: Option<At<String>>,
    /// The plan that is the home page.
    pub home: Option<At<String>>,
    /// The output folder, relative to the root or absolute.
    pub output: String,
    /// An image, relative to `content/`.
    pub logo: Option<At<String>>,
    pub organization: Option<Organization>,
    pub tokens: Vec<TokenOverride>,
    pub contact: Option<String>,
    pub accessibility_statement: Option<String>,
    pub addresses: Vec<StableAddress>,
    /// Every whole address among the settings.
    pub links: Vec<LinkUse>,
}

/// An address that always leads to an association's adopted plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StableAddress {
    pub organization: At<String>,
    pub path: At<String>,
}

/// Reads `planpress.toml`.
pub fn read(source: &SourceText) -> (Config, Vec<Diagnostic>) {
    let document = document::parse(source);
    let mut reader = Reader::new(source, &keys::SITE, &document);
    let root = reader.fields(&keys::SITE, document.root.get_ref(), document.root.span());
    let footer = reader.table(&root, "footer");
    let language = reader.language(&root, "language");
    let mut config = Config {
        title: reader
            .plain(&root, "title")
            .map_or_else(|| "Strategic plans".to_owned(), |title| title.value),
        base_url: base_url(&mut reader, &root).unwrap_or_default(),
        language_span: language.as_ref().map(|language| language.span.clone()),
        language: language.map_or_else(Language::default, |language| language.value),
        theme: reader.plain(&root, "theme"),
        home: reader.plain(&root, "home"),
        output: output(&mut reader, &root).unwrap_or_else(|| "public".to_owned()),
        logo: reader.plain(&root, "logo"),
        organization: crate::plan::organization(&mut reader, &root),
        tokens: tokens(&mut reader, &root),
        contact: footer
            .as_ref()
            .and_then(|footer| reader.address(footer, "contact")),
        accessibility_statement: footer
            .as_ref()
            .and_then(|footer| reader.address(footer, "accessibility_statement")),
        addresses: addresses(&mut reader, &root),
        links: Vec::new(),
    };
    config.links = std::mem::take(&mut reader.links);
    let mut diagnostics = document.diagnostics;
    diagnostics.extend(reader.into_diagnostics());
    (config, diagnostics)
}

/// The output folder. A shell's `~` means nothing in a file, and would become a folder's name.
fn output<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Option<String> {
    let text = reader.plain(root, "output")?;
    if text.value.starts_with('~') {
        reader.error(
            "bad-output",
            text.span,
            "`~` does not stand for your home folder here",
            "Write the whole path, or one relative to this file, such as \"public\".",
        );
        return None;
    }
    Some(text.value)
}

fn base_url<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Option<BaseUrl> {
    let text = reader.plain(root, "base_url")?;
    match BaseUrl::parse(&text.value) {
        Ok(url) => Some(url),
        Err(help) => {
            reader.error(
                "bad-base-url",
                text.span,
                format!("`{}` cannot be the address of a site", text.value),
                help,
            );
            None
        }
    }
}

fn tokens<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<TokenOverride> {
    let Some(value) = root.get("tokens") else {
        return Vec::new();
    };
    let DeValue::Table(table) = value.get_ref() else {
        reader.error(
            "wrong-type",
            value.span(),
            "`tokens` must be a table",
            "Write a heading, [tokens], and below it lines such as: accent = \"#00549b\"",
        );
        return Vec::new();
    };
    let mut tokens = Vec::new();
    for (name, value) in table {
        let span: Range<usize> = value.span();
        match value.get_ref() {
            DeValue::String(text) => tokens.push(TokenOverride {
                name: name.get_ref().to_string(),
                name_span: name.span(),
                value: text.to_string(),
                value_span: span,
            }),
            _ => reader.error(
                "wrong-type",
                span,
                format!("the token `{}` must be text", name.get_ref()),
                "Put the value in quotes: \"#00549b\".",
            ),
        }
    }
    tokens
}

fn addresses<'s>(reader: &mut Reader<'s>, root: &Fields<'_, 's>) -> Vec<StableAddress> {
    let tables = reader.tables(root, "addresses");
    let address = |fields: Fields<'_, 's>| {
        let organization = reader.plain(&fields, "organization");
        let path = reader.site_path(&fields, "path");
        Some(StableAddress {
            organization: organization?,
            path: path?,
        })
    };
    tables.into_iter().filter_map(address).collect()
}
