//! The language a plan is written in.
//!
//! In: what an author wrote after `language =`. Out: a [`Language`], a BCP 47 tag (RFC 5646) that
//! is well-formed and in its usual form. May not look at the machine's own language.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use icu_locale::{Locale, LocaleCanonicalizer, LocaleDirectionality};

/// A language tag such as `en-US`, well-formed and canonical. No more than the tag: every plan's
/// card has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Language(Arc<str>);

impl Language {
    /// Reads a tag, whatever its letters' case: `en-us` is `en-US`, and forms that were replaced
    /// (`iw`, `en-UK`) become what they stand for (`he`, `en-GB`).
    ///
    /// # Errors
    ///
    /// What is wrong and what to write, in sentences for a person.
    pub fn parse(tag: &str) -> Result<Self, String> {
        Self::read(tag).ok_or_else(|| advice(tag))
    }

    fn read(tag: &str) -> Option<Self> {
        // The parser takes underscores too, which no browser does.
        let mut locale = Locale::try_from_str(tag)
            .ok()
            .filter(|_| !tag.contains('_'))?;
        if locale.id.language.is_unknown() {
            return None;
        }
        LocaleCanonicalizer::new_extended().canonicalize(&mut locale);
        Some(Self(locale.to_string().into()))
    }

    /// The tag, for `lang` and for looking up words.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `ltr` or `rtl`, for `dir`: how the script runs that this language is usually written in,
    /// or the one that the tag names.
    pub fn direction(&self) -> &'static str {
        let scripts = LocaleDirectionality::new_extended();
        if scripts.is_right_to_left(&self.locale().id) {
            "rtl"
        } else {
            "ltr"
        }
    }

    /// The language and the country, `en_US`, where the tag names one.
    pub fn with_country(&self) -> Option<String> {
        let id = self.locale().id;
        let country = id.region?;
        Some(format!("{}_{country}", id.language))
    }

    /// This tag, then ever more general ones (RFC 4647, 3.4): `zh-Hant-TW`, `zh-Hant`, `zh`.
    pub fn fallbacks(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.as_str()), |tag| {
            let (mut shorter, _) = tag.rsplit_once('-')?;
            // A single letter only announces what came after it.
            while let Some((rest, last)) = shorter.rsplit_once('-')
                && last.len() == 1
            {
                shorter = rest;
            }
            Some(shorter)
        })
    }

    pub(crate) fn locale(&self) -> Locale {
        Locale::try_from_str(&self.0).expect("a tag that was read can be read again")
    }
}

impl Default for Language {
    /// English, which a site without a `language` is in.
    fn default() -> Self {
        Self("en".into())
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Language {
    type Err = String;

    fn from_str(tag: &str) -> Result<Self, String> {
        Self::parse(tag)
    }
}

/// Languages by the names that people write, in English and in the language itself.
const NAMES: &[(&str, &str)] = &[
    ("arabic", "ar"),
    ("american english", "en-US"),
    ("british english", "en-GB"),
    ("chinese", "zh"),
    ("danish", "da"),
    ("dansk", "da"),
    ("deutsch", "de"),
    ("dutch", "nl"),
    ("english", "en"),
    ("español", "es"),
    ("finnish", "fi"),
    ("français", "fr"),
    ("french", "fr"),
    ("german", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("nederlands", "nl"),
    ("norsk", "nb"),
    ("norwegian", "nb"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("português", "pt"),
    ("portuguese", "pt"),
    ("russian", "ru"),
    ("spanish", "es"),
    ("suomi", "fi"),
    ("svenska", "sv"),
    ("swedish", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("welsh", "cy"),
];

fn advice(tag: &str) -> String {
    const WHAT: &str = "A language is written as its short code (BCP 47), such as \"en\", \
                        \"en-US\" or \"fr-CA\".";
    let name = super::slug::fold_case(tag.trim());
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| *known == name) {
        return format!("Write the language's code: \"{code}\".");
    }
    // "en_US.UTF-8" is how computers' settings put it.
    let bare = tag.trim().split(['.', '@']).next().unwrap_or_default();
    match Language::read(&bare.replace(['_', ' '], "-")) {
        Some(meant) => format!("Write it as \"{meant}\"."),
        None => WHAT.to_owned(),
    }
}
