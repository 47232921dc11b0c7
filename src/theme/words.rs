//! The words that a theme adds to a plan, in the plan's language.
//!
//! In: the files `languages/<tag>.toml` of every layer. Out: for any language, every word there
//! is, each marked where it had to be taken from English. The built-in English file is complete
//! and says which words there are; a theme's English file may add `[words]` of its own.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::files_toml::{Entry, LanguageFile, Table};
use super::layer::Layer;
use super::shared::Shared;
use crate::diagnostic::hint;
use crate::diagnostic::{Diagnostic, SourceText};

/// The language that has every word.
pub const ENGLISH: &str = "en";

/// The tables of a language file.
const TABLES: [&str; 5] = ["words", "terms", "status", "events", "priorities"];

/// A word or a few, and their language where it is not the one asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    pub text: String,
    /// `"en"` where the theme lacks the word in the language asked for (WCAG 3.1.2).
    pub lang: Option<String>,
}

/// All words of a theme in one language. Every key of the English file is in here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Labels, banners, links.
    pub words: Shared<BTreeMap<String, Word>>,
    /// What a plan's parts are called where the plan does not say otherwise. A term in braces
    /// (`{objectives} per {domain}`) stands for what the plan calls it.
    pub terms: BTreeMap<String, Word>,
    /// `draft`, `proposed` ...
    pub status: BTreeMap<String, Word>,
    /// `planned`, `drafted` ...
    pub events: BTreeMap<String, Word>,
    /// `urgent`.
    pub priorities: BTreeMap<String, Word>,
    /// What the language lacks and is shown in English: `terms.matrix`. Empty for a language
    /// that is complete.
    pub missing: Vec<String>,
    /// `None` where the theme has the language in some form; else `Some("en")`.
    pub fallback: Option<&'static str>,
}

/// Table, then word, then text.
type Dictionary = BTreeMap<String, BTreeMap<String, String>>;

/// The words of every layer, most specific first, by lower-cased language tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Languages {
    layers: Vec<BTreeMap<String, Dictionary>>,
}

impl Languages {
    /// Reads the language files of the layers (most specific first).
    pub fn new(layers: &[Layer], diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut files: Vec<Vec<(String, LanguageFile)>> = Vec::new();
        for layer in layers {
            let mut of_layer = Vec::new();
            for (name, file) in layer.under("languages/") {
                let Some(tag) = name.strip_suffix(".toml").filter(|tag| is_tag(tag)) else {
                    diagnostics.push(
                        Diagnostic::error("bad-file-name", "this is no name for a language file")
                            .in_file(&file.path)
                            .help("Name it by its language: `de.toml`, `pt-BR.toml`."),
                    );
                    continue;
                };
                let (read, found) = LanguageFile::read(file);
                diagnostics.extend(found);
                of_layer.extend(read.map(|read| (tag.to_ascii_lowercase(), read)));
            }
            files.push(of_layer);
        }
        let known = known(layers, &files);
        let layers = files
            .iter()
            .map(|files| {
                files
                    .iter()
                    .map(|(tag, file)| (tag.clone(), dictionary(file, &known, diagnostics)))
                    .collect()
            })
            .collect();
        Self { layers }
    }

    /// All words in a language (BCP 47). `de-AT` is looked for, then `de`, then English: in the
    /// most specific layer first, so that a site's own `de.toml` counts for all its German plans.
    pub fn words(&self, language: &str) -> Words {
        let asked = truncations(language);
        let is_english = asked.last().is_some_and(|tag| tag == ENGLISH);
        let present = self
            .layers
            .iter()
            .any(|files| asked.iter().any(|t| files.contains_key(t)));
        let mut missing = Vec::new();
        let mut table = |table: &str| {
            let mut words = BTreeMap::new();
            for name in self.names(table) {
                let word = match self.find(&asked, table, &name) {
                    Some(text) => Word { text, lang: None },
                    None => {
                        let Some(text) = self.find(&[ENGLISH.to_owned()], table, &name) else {
                            continue;
                        };
                        missing.push(format!("{table}.{name}"));
                        Word {
                            text,
                            lang: (!is_english).then(|| ENGLISH.to_owned()),
                        }
                    }
                };
                words.insert(name, word);
            }
            words
        };
        let [words, terms, status, events, priorities] = TABLES.map(&mut table);
        Words {
            words: words.into(),
            terms,
            status,
            events,
            priorities,
            missing,
            fallback: (!present && !is_english).then_some(ENGLISH),
        }
    }

    /// The languages that some layer has a file for, lower-cased.
    pub fn tags(&self) -> BTreeSet<&str> {
        self.layers
            .iter()
            .flat_map(BTreeMap::keys)
            .map(String::as_str)
            .collect()
    }

    fn names(&self, table: &str) -> BTreeSet<String> {
        self.layers
            .iter()
            .filter_map(|files| files.get(ENGLISH)?.get(table))
            .flat_map(|words| words.keys().cloned())
            .collect()
    }

    fn find(&self, tags: &[String], table: &str, name: &str) -> Option<String> {
        self.layers.iter().find_map(|files| {
            tags.iter()
                .find_map(|tag| files.get(tag)?.get(table)?.get(name))
                .cloned()
        })
    }
}

/// `de-AT-x-y` as `de-at-x-y`, `de-at-x`, `de-at`, `de` (RFC 4647, 3.4 Lookup).
fn truncations(language: &str) -> Vec<String> {
    let mut tag = language.to_ascii_lowercase();
    let mut tags = Vec::new();
    loop {
        tags.push(tag.clone());
        let Some(cut) = tag.rfind('-') else {
            return tags;
        };
        tag.truncate(cut);
    }
}

fn is_tag(tag: &str) -> bool {
    let sound = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    tag.split('-').all(sound) && tag.split('-').next().is_some_and(|part| part.len() >= 2)
}

/// Which words there are: the English ones of all themes. A site adds none: its own words would
/// have no place in a theme's templates.
fn known(
    layers: &[Layer],
    files: &[Vec<(String, LanguageFile)>],
) -> BTreeMap<String, BTreeSet<String>> {
    let lowest = layers.len().saturating_sub(1);
    let mut known: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (at, (layer, files)) in layers.iter().zip(files).enumerate() {
        let english = files
            .iter()
            .filter(|(tag, _)| tag == ENGLISH && !layer.is_site());
        for table in english.flat_map(|(_, file)| &file.tables) {
            if at == lowest || table.name == "words" {
                let names = table.entries.iter().map(|entry| entry.name.clone());
                known.entry(table.name.clone()).or_default().extend(names);
            }
        }
    }
    known
}

fn dictionary(
    file: &LanguageFile,
    known: &BTreeMap<String, BTreeSet<String>>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Dictionary {
    let mut ignored = Vec::new();
    let diagnostics = if file.sound {
        diagnostics
    } else {
        &mut ignored
    };
    let mut dictionary = Dictionary::new();
    for Table {
        name: table,
        name_span,
        entries,
    } in &file.tables
    {
        let Some(names) = known
            .get(table)
            .filter(|_| TABLES.contains(&table.as_str()))
        else {
            diagnostics.push(
                Diagnostic::error("unknown-key", format!("a language file has no `[{table}]`"))
                    .at(&file.source, name_span.clone())
                    .help(hint(table, TABLES, "tables")),
            );
            continue;
        };
        let words = dictionary.entry(table.clone()).or_default();
        for entry in entries {
            if names.contains(&entry.name) {
                if table == "terms" {
                    placeholders(&file.source, entry, names, diagnostics);
                }
                words.insert(entry.name.clone(), entry.value.clone());
            } else {
                diagnostics.push(
                    Diagnostic::error(
                        "unknown-word",
                        format!("the theme has no word `{}` in `[{table}]`", entry.name),
                    )
                    .at(&file.source, entry.name_span.clone())
                    .help(hint(
                        &entry.name,
                        names.iter().map(String::as_str),
                        "words",
                    )),
                );
            }
        }
    }
    dictionary
}

/// A brace in a term names another term.
fn placeholders(
    source: &SourceText,
    entry: &Entry,
    names: &BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut rest = entry.value.as_str();
    while let Some(open) = rest.find('{') {
        rest = &rest[open + 1..];
        let name = rest.split('}').next().unwrap_or(rest);
        if !names.contains(name) || name == entry.name {
            diagnostics.push(
                Diagnostic::error("unknown-word", format!("there is no term `{{{name}}}`"))
                    .at(source, entry.value_span.clone())
                    .help(hint(name, names.iter().map(String::as_str), "terms")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_looked_for_with_ever_fewer_subtags() {
        assert_eq!(truncations("zh-Hant-TW"), ["zh-hant-tw", "zh-hant", "zh"]);
    }

    #[test]
    fn a_file_is_named_by_a_language_tag() {
        for (tag, sound) in [
            ("de", true),
            ("pt-BR", true),
            ("", false),
            ("d", false),
            ("de_AT", false),
        ] {
            assert_eq!(is_tag(tag), sound, "{tag}");
        }
    }
}
