//! Values with a meaning of their own: one of a few words, a date, a language, an address, an
//! anchor.

use toml::de::DeValue;

use super::misfits::shown;
use super::{Fields, Item, Reader};
use crate::diagnostic::{Diagnostic, nearest};
use crate::plan::date::{self, Date};
use crate::plan::keys::Kind;
use crate::plan::language::Language;
use crate::plan::model::{At, LinkUse};
use crate::plan::slug;
use crate::plan::text::{self, Target};

impl<'s> Reader<'s> {
    /// One of the words that the key allows.
    pub fn choice(
        &mut self,
        fields: &Fields<'_, 's>,
        name: &'static str,
    ) -> Option<At<&'static str>> {
        let (key, value) = self.value(fields, name)?;
        let word = self.words(key.name, key.kind, value)?;
        let Kind::Choice(choices) = key.kind else {
            return None;
        };
        if let Some(choice) = choices.iter().find(|choice| **choice == word.value) {
            return Some(At {
                value: choice,
                span: word.span,
            });
        }
        let diagnostic = Diagnostic::error(
            "unknown-value",
            format!("`{}` is no {name}", shown(&word.value)),
        )
        .at(self.source, word.span.clone())
        .did_you_mean(nearest(&word.value, choices.iter().copied()))
        .help(format!("Write one of: {}.", choices.join(", ")));
        self.report(word.span, diagnostic);
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<bool> {
        let (key, value) = self.value(fields, name)?;
        if let DeValue::Boolean(flag) = value.get_ref() {
            return Some(*flag);
        }
        self.wrong_kind(key.name, key.kind, value);
        None
    }

    /// A year, a month or a day.
    pub fn date(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<At<Date>> {
        let (key, value) = self.value(fields, name)?;
        let span = value.span();
        let date = match value.get_ref() {
            // Whatever is no number of this size is no year either.
            DeValue::Integer(year) => Date::from_year(
                i64::from_str_radix(year.as_str(), year.radix()).unwrap_or(i64::MAX),
            ),
            DeValue::String(_) => self.words(key.name, key.kind, value)?.value.parse(),
            DeValue::Datetime(day) => Date::from_toml(day),
            _ => {
                self.wrong_kind(key.name, key.kind, value);
                return None;
            }
        };
        match date {
            Ok(value) => Some(At { value, span }),
            Err(fault) => {
                self.error("bad-date", span, fault.message, fault.help);
                None
            }
        }
    }

    /// Two dates of a table, the second not before the first. Gives both as they are.
    pub fn span_of_time(
        &mut self,
        fields: &Fields<'_, 's>,
        start: &'static str,
        end: &'static str,
    ) -> (Option<Date>, Option<Date>) {
        let (from, to) = (self.date(fields, start), self.date(fields, end));
        if let (Some(from), Some(to)) = (&from, &to)
            && date::ends_before_it_starts(&from.value, &to.value)
        {
            let diagnostic = Diagnostic::error(
                "end-before-start",
                format!(
                    "`{end}` ({}) is before `{start}` ({})",
                    to.value.iso(),
                    from.value.iso()
                ),
            )
            .at(self.source, to.span.clone())
            .help("Put the two dates in order.")
            .also(self.source.place(from.span.clone()), "the start");
            self.report(to.span.clone(), diagnostic);
        }
        (from.map(|date| date.value), to.map(|date| date.value))
    }

    /// A BCP 47 language tag.
    pub fn language(
        &mut self,
        fields: &Fields<'_, 's>,
        name: &'static str,
    ) -> Option<At<Language>> {
        let (key, value) = self.value(fields, name)?;
        let word = self.words(key.name, key.kind, value)?;
        match Language::parse(&word.value) {
            Ok(value) => Some(At {
                value,
                span: word.span,
            }),
            Err(help) => {
                self.error(
                    "bad-language",
                    word.span,
                    format!("`{}` is no language tag", shown(&word.value)),
                    help,
                );
                None
            }
        }
    }

    /// An address elsewhere: `https`, `http`, `mailto` or `tel`.
    pub fn address(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<String> {
        let (key, value) = self.value(fields, name)?;
        let word = self.words(key.name, key.kind, value)?;
        match text::target(&word.value) {
            Ok(target @ (Target::Web(_) | Target::Other(_))) => {
                self.links.push(LinkUse {
                    target: target.clone(),
                    image: false,
                    span: word.span,
                });
                match target {
                    Target::Web(address) | Target::Other(address) => Some(address),
                    Target::Anchor(_) | Target::File { .. } => None,
                }
            }
            Ok(_) => {
                self.error(
                    "link-destination",
                    word.span,
                    format!("`{}` is no whole address", shown(&word.value)),
                    "Write the address as the browser shows it, beginning with https://.",
                );
                None
            }
            Err(fault) => {
                self.error(fault.name, word.span, fault.message, fault.help);
                None
            }
        }
    }

    /// An anchor: what a link may name behind its `#`.
    pub fn anchor(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<At<String>> {
        let (key, value) = self.value(fields, name)?;
        self.one_anchor(key.name, key.kind, value)
    }

    pub(super) fn one_anchor(&mut self, key: &str, kind: Kind, value: Item) -> Option<At<String>> {
        let word = self.characters(key, kind, value)?.text;
        // HTML forbids white space in an id; the others would need escaping in every link to it.
        if let Some(bad) = word.value.chars().find(|c| {
            !c.is_alphanumeric()
                && !"-_.:".contains(*c)
                && !unicode_normalization::char::is_combining_mark(*c)
        }) {
            let proposal = slug::slug(&word.value);
            self.error(
                "bad-anchor",
                word.span,
                format!(
                    "an anchor cannot hold {}",
                    if bad == ' ' {
                        "a space".to_owned()
                    } else {
                        format!("`{}`", shown(&bad.to_string()))
                    }
                ),
                if proposal.is_empty() {
                    "Use letters, digits and hyphens.".to_owned()
                } else {
                    format!("Write \"{proposal}\".")
                },
            );
            return None;
        }
        Some(word)
    }
}
