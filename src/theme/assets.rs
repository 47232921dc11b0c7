//! The theme's static files under names that change with their content, so that a browser may
//! keep them for ever.
//!
//! In: the layers and the design tokens. Out: `style.css` as `assets/style.<hash>.css`, and so
//! on, with the addresses inside stylesheets led to the new names, and the stylesheet of the next
//! layer in the place of `@import "parent/style.css";`. The tokens are written at the
//! end of `style.css`, and so into its hash; no page needs an inline style.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::css;
use super::files_toml::text;
use super::layer::{Layer, LayerFile};
use super::templates::PARENT;
use super::tokens;
use crate::diagnostic::nearest;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::source::beside;

/// The stylesheet that receives the tokens.
const STYLE: &str = "style.css";

/// How many hexadecimal digits of a file's BLAKE3 hash its name carries.
const DIGITS: usize = 10;

/// A static file as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Inside `static/`, as templates call it: `fonts/serif.woff2`.
    pub name: String,
    /// In the output: `assets/fonts/serif.0123456789.woff2`.
    pub output: String,
    pub bytes: Vec<u8>,
}

/// The static files of the chain, by name; a more specific layer's file replaces the one below.
pub fn collect(
    layers: &[Layer],
    tokens: &BTreeMap<String, String>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Asset> {
    let mut files: BTreeMap<&str, Vec<&LayerFile>> = BTreeMap::new();
    for (name, file) in layers.iter().flat_map(|layer| layer.under("static/")) {
        files.entry(name).or_default().push(file);
    }
    let mut work = Work {
        files,
        tokens,
        done: BTreeMap::new(),
        diagnostics,
    };
    let names: Vec<&str> = work.files.keys().copied().collect();
    for name in names {
        work.publish(name, &mut Vec::new());
    }
    work.done.into_values().collect()
}

struct Work<'a> {
    /// Each file as the layers have it, most specific first.
    files: BTreeMap<&'a str, Vec<&'a LayerFile>>,
    tokens: &'a BTreeMap<String, String>,
    done: BTreeMap<&'a str, Asset>,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Work<'a> {
    /// Publishes a file after those that it names. `trail` holds the stylesheets on the way here.
    fn publish(&mut self, name: &'a str, trail: &mut Vec<&'a str>) {
        if self.done.contains_key(name) {
            return;
        }
        let Some(&file) = self.files.get(name).and_then(|files| files.first()) else {
            return;
        };
        let mut bytes = Cow::Borrowed(file.bytes.as_ref());
        if name.ends_with(".css") {
            trail.push(name);
            if let Some(source) = text(file, self.diagnostics) {
                bytes = Cow::Owned(self.rewrite(name, 0, &source, trail).into_bytes());
            }
            trail.pop();
        }
        if name == STYLE {
            bytes
                .to_mut()
                .extend_from_slice(tokens::css(self.tokens).as_bytes());
        }
        let output = hashed_name(name, &bytes);
        let asset = Asset {
            name: name.to_owned(),
            output,
            bytes: bytes.into_owned(),
        };
        self.done.insert(name, asset);
    }

    /// The stylesheet as the layer has it that is the `nth` to have one of this name.
    fn rewrite(
        &mut self,
        name: &'a str,
        nth: usize,
        source: &SourceText,
        trail: &mut Vec<&'a str>,
    ) -> String {
        let css = source.text();
        let mut rewritten = String::with_capacity(css.len());
        let mut copied = 0;
        for address in css::addresses(css) {
            if is_parent(&address.text, name) {
                let import = css::import(css, &address.span);
                let below = self.files[name].get(nth + 1).copied();
                let (Some(import), Some(below)) = (import, below) else {
                    let found = bad_parent(name, below.is_some());
                    self.diagnostics.push(found.at(source, address.span));
                    continue;
                };
                rewritten.push_str(&css[copied..import.start]);
                if let Some(source) = text(below, self.diagnostics) {
                    rewritten.push_str(&self.rewrite(name, nth + 1, &source, trail));
                }
                copied = import.end;
                continue;
            }
            if address.text.starts_with('/') && !address.text.starts_with("//") {
                self.diagnostics
                    .push(from_the_root(name).at(source, address.span));
                continue;
            }
            let Some((path, tail)) = relative(&address.text) else {
                continue;
            };
            let Some(target) = beside(name, path)
                .and_then(|target| Some(*self.files.get_key_value(target.as_str())?.0))
            else {
                let names: Vec<&str> = self.files.keys().copied().collect();
                let mut missing =
                    Diagnostic::error("missing-file", format!("there is no static file `{path}`"))
                        .at(source, address.span.clone())
                        .help(format!(
                            "An address in a stylesheet starts from `static/{name}`."
                        ));
                if let Some(near) = nearest(path, names) {
                    missing = missing.help(format!("Did you mean `{near}`?"));
                }
                self.diagnostics.push(missing);
                continue;
            };
            if trail.contains(&target) {
                self.diagnostics.push(
                    Diagnostic::error(
                        "circular-stylesheet",
                        "these stylesheets import each other in a circle",
                    )
                    .at(source, address.span.clone())
                    .label(format!("{} → {target}", trail.join(" → "))),
                );
                continue;
            }
            self.publish(target, trail);
            let Some(asset) = self.done.get(target) else {
                continue;
            };
            rewritten.push_str(&css[copied..address.span.start]);
            rewritten.push_str(&from_to(name, &asset.output["assets/".len()..]));
            rewritten.push_str(tail);
            copied = address.span.end;
        }
        rewritten.push_str(&css[copied..]);
        rewritten
    }
}

/// True for a stylesheet that takes in the one of its own name in the next layer.
pub fn takes_in_parent(file: &LayerFile, name: &str) -> bool {
    let css = String::from_utf8_lossy(&file.bytes);
    let mut addresses = css::addresses(&css).into_iter();
    name.ends_with(".css") && addresses.any(|address| is_parent(&address.text, name))
}

fn is_parent(address: &str, name: &str) -> bool {
    address.strip_prefix(PARENT) == Some(name)
}

fn from_the_root(name: &str) -> Diagnostic {
    Diagnostic::error(
        "dead-link",
        "this address begins at the root of the host, so it is right below one address only",
    )
    .help(format!(
        "Put the file into static/ and write its path from `static/{name}`."
    ))
}

fn bad_parent(name: &str, is_there: bool) -> Diagnostic {
    if is_there {
        Diagnostic::error(
            "bad-import",
            format!("`{PARENT}{name}` is taken in whole, and only by an `@import`"),
        )
        .help(format!("Write `@import \"{PARENT}{name}\";`."))
    } else {
        Diagnostic::error(
            "missing-file",
            format!("no theme under this one has a static file `{name}`"),
        )
        .help(format!(
            "`{PARENT}{name}` means the next theme in the chain that has it."
        ))
    }
}

/// The path and the rest (`?...`, `#...`) of an address that names a file beside this one; `None`
/// for an address on another host, a `data:` one, an anchor.
fn relative(address: &str) -> Option<(&str, &str)> {
    let scheme = address
        .split(['/', '?', '#'])
        .next()
        .is_some_and(|part| part.contains(':'));
    if address.is_empty() || address.starts_with(['/', '#', '?']) || scheme {
        return None;
    }
    let cut = address.find(['?', '#']).unwrap_or(address.len());
    Some(address.split_at(cut))
}

/// How a file in the folder of `from` names `target`, both inside `static/`.
fn from_to(from: &str, target: &str) -> String {
    format!("{}{target}", "../".repeat(from.matches('/').count()))
}

fn hashed_name(name: &str, bytes: &[u8]) -> String {
    let hash = blake3::hash(bytes).to_hex();
    let (folder, file) = name
        .rsplit_once('/')
        .map_or(("", name), |(folder, file)| (folder, file));
    let slash = if folder.is_empty() { "" } else { "/" };
    match file.rsplit_once('.') {
        Some((stem, suffix)) if !stem.is_empty() => {
            format!("assets/{folder}{slash}{stem}.{}.{suffix}", &hash[..DIGITS])
        }
        _ => format!("assets/{folder}{slash}{file}.{}", &hash[..DIGITS]),
    }
}
