//! Addresses on this site, as `aliases` and `[[addresses]]` give them.
//!
//! In: what a person wrote. Out: a path that begins with `/`, stays on the site and can be a page
//! in a folder on any system; or what is wrong with it, and what to write instead.

use super::misfits::shown;
use super::{Fields, Item, Reader};
use crate::plan::keys::Kind;
use crate::plan::model::At;

/// What is wrong with an address, and what to do.
type Fault = (String, String);

/// Where nothing better can be proposed.
const HOW: &str =
    "Write what follows the site's own address, from the slash on: \"/strategicplan/\".";

/// The longest name that a file can have, in bytes of UTF-8.
const LONGEST_STEP: usize = 255;

impl<'s> Reader<'s> {
    /// One address on this site.
    pub fn site_path(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Option<At<String>> {
        let (key, value) = self.value(fields, name)?;
        self.one_site_path(key.name, key.kind, value)
    }

    pub(super) fn one_site_path(
        &mut self,
        key: &str,
        kind: Kind,
        value: Item,
    ) -> Option<At<String>> {
        let word = self.words(key, kind, value)?;
        let fault = of_the_whole(&word.value)
            .or_else(|| of_a_step(&word.value))
            .or_else(|| of_the_ending(&word.value));
        let Some((what, help)) = fault else {
            return Some(word);
        };
        let message = format!("`{}` {what}", shown(&word.value));
        self.error("bad-address", word.span, message, help);
        None
    }
}

/// What keeps the text from being a path below the site.
fn of_the_whole(address: &str) -> Option<Fault> {
    let steps = || address.trim_matches('/').split('/');
    let no_address = "is no address on this site".to_owned();
    if address.contains("://") {
        return Some((no_address, HOW.to_owned()));
    }
    if let Some(at) = address.find(['?', '#']) {
        let sign = &address[at..=at];
        let help = match &address[..at] {
            path if path.len() > 1 && path.starts_with('/') => {
                format!("Write what stands before it: \"{path}\".")
            }
            _ => HOW.to_owned(),
        };
        return Some((
            format!("has a `{sign}`: a web server finds pages by what stands before it"),
            help,
        ));
    }
    if steps().any(|step| step == "..") {
        return Some((
            "leads out of the site".to_owned(),
            "Only addresses below the site's own can lead here; one beside it is led here by the web server that has it.".to_owned(),
        ));
    }
    if address.trim_matches('/').is_empty() {
        return Some((
            "is the home page, which stands there already".to_owned(),
            HOW.to_owned(),
        ));
    }
    if !address.starts_with('/') {
        let with_slash = format!("/{address}");
        let help = match of_a_step(&with_slash) {
            None => format!("Begin with the slash: \"{with_slash}\"."),
            Some(_) => HOW.to_owned(),
        };
        return Some((no_address, help));
    }
    None
}

/// What one of the names between the slashes cannot be.
fn of_a_step(address: &str) -> Option<Fault> {
    let path = address
        .strip_prefix('/')
        .map_or(address, |rest| rest.strip_suffix('/').unwrap_or(rest));
    for step in path.split('/') {
        if step.is_empty() {
            return Some((
                "has two slashes in a row".to_owned(),
                "Take one of them out.".to_owned(),
            ));
        }
        if let Some(bad) = step
            .chars()
            .find(|c| c.is_whitespace() || "\\%:*\"<>|".contains(*c))
        {
            let what = if bad.is_whitespace() {
                "holds a space".to_owned()
            } else {
                format!("holds `{bad}`")
            };
            let help = if bad == '%' {
                "Write the letters themselves: \"/pläne/\", not \"/pl%C3%A4ne/\"."
            } else {
                "Not every web server can have a file of that name: have such an address led here in the web server's own settings."
            };
            return Some((what, help.to_owned()));
        }
        if step.len() > LONGEST_STEP {
            return Some((
                "has a part that is too long".to_owned(),
                format!(
                    "The name of a file has at most {LONGEST_STEP} bytes: have such an address led here in the web server's own settings."
                ),
            ));
        }
        if step.starts_with('.') || step.ends_with('.') {
            return Some((
                format!("has the part `{step}`, which begins or ends with a period"),
                "Web servers hide such files, or cannot have them.".to_owned(),
            ));
        }
    }
    None
}

/// An ending by which a web server would send the page as something else.
fn of_the_ending(address: &str) -> Option<Fault> {
    let name = address.rsplit('/').next().unwrap_or_default();
    let (_, ending) = name.rsplit_once('.')?;
    let is_a_page = ["html", "htm"]
        .iter()
        .any(|page| ending.eq_ignore_ascii_case(page));
    (!is_a_page).then(|| {
        (
            format!("cannot be a page: web servers send what ends in `.{ending}` as something else"),
            format!("With a slash at its end, \"{address}/\", it is a folder with a page, to which most web servers lead from the address without the slash. Otherwise have it led here in the web server's own settings."),
        )
    })
}
