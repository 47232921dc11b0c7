//! The theme's words in the languages of the plans, each made once.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use super::context::{Phrase, Shared, Terms};
use crate::theme::{Theme, Words};

/// Words by language tag.
#[derive(Default)]
pub struct Wordings {
    known: Mutex<HashMap<String, Arc<Wording>>>,
}

/// The theme's words in one language.
pub struct Wording {
    pub words: Arc<Words>,
    /// What a plan without terms of its own calls things.
    pub terms: Terms,
}

impl Wordings {
    /// The theme's words in a language.
    pub fn of(&self, theme: &Theme, language: &str) -> Arc<Wording> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(wording) = known.get(language) {
            return wording.clone();
        }
        let words = theme.words(language);
        let wording = Arc::new(Wording {
            terms: terms(&[], &words),
            words: Arc::new(words),
        });
        known.insert(language.to_owned(), wording.clone());
        wording
    }
}

/// The words of a table by the name of an entry. A name that the theme lacks stands for itself.
pub fn pick(table: &BTreeMap<String, Phrase>, name: &str) -> Phrase {
    table.get(name).cloned().unwrap_or_else(|| Phrase {
        text: name.to_owned(),
        lang: None,
    })
}

/// What the plan calls a thing. A name that the theme lacks stands for itself.
pub fn term(terms: &Terms, name: &str) -> Shared<Phrase> {
    terms.get(name).cloned().unwrap_or_else(|| {
        let text = name.to_owned();
        Phrase { text, lang: None }.into()
    })
}

/// What the plan calls things: its own terms over the theme's, with the terms that stand in
/// braces inside others put in (`{objectives} per {domain}: List View`).
pub fn terms(own: &[(&'static str, String)], words: &Words) -> Terms {
    let mut terms = words.terms.clone();
    for (name, text) in own {
        terms.insert(
            (*name).to_owned(),
            Phrase {
                text: text.clone(),
                lang: None,
            },
        );
    }
    let plain = terms.clone();
    for phrase in terms
        .values_mut()
        .filter(|phrase| phrase.text.contains('{'))
    {
        for (name, other) in &plain {
            let place = format!("{{{name}}}");
            if phrase.text.contains(&place) && !other.text.contains('{') {
                phrase.text = phrase.text.replace(&place, &other.text);
            }
        }
    }
    let shared = terms.into_iter().map(|(name, term)| (name, term.into()));
    shared.collect::<BTreeMap<_, _>>().into()
}
