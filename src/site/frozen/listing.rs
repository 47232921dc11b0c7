//! The list of a frozen page: which files belong to it, with their digests, and where they are kept.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use blake3::Hash;

use crate::diagnostic::{Diagnostic, SourceText};
use crate::plan::slug::fold_case;
use crate::site::route::{OutputPath, Route};
use crate::source::FROZEN;

/// The list's name in the folder of its plan.
pub(super) const LIST: &str = "planpress.frozen";

/// The folder of what does not lie beside the page. No address of a plan has a period in it, so no
/// other frozen page meets it.
pub(super) const ELSEWHERE: &str = "page.files";

const FIRST_LINE: &str = "planpress-frozen 1";

const REMARK: &str = "\
# The bytes that this folder holds, so that the archived page is shown to be unaltered. Edit
# nothing here: `planpress thaw` undoes it.
";

/// Keeps Git from changing the ends of lines, as it does on Windows: those are bytes, too.
pub const GIT_ATTRIBUTES: &str = "* -text\n";

/// What belongs to a frozen page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Of the plan's file as it was, see [`digest_of_plan`].
    pub plan: Hash,
    /// By place in the output, the digest of the bytes.
    pub files: BTreeMap<OutputPath, Hash>,
}

impl Listing {
    /// The text of the list. The same page gives the same text.
    pub fn to_text(&self) -> String {
        let mut text = format!("{FIRST_LINE}\n{REMARK}plan {}\n", self.plan);
        for (path, digest) in &self.files {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "{digest} {path}");
        }
        text
    }

    /// Reads the list of the page at this route.
    ///
    /// # Errors
    ///
    /// The first line that cannot be understood, or that the page itself is not listed.
    pub fn read(source: &SourceText, route: &Route) -> Result<Self, Box<Diagnostic>> {
        let faulty = |line: usize| {
            let text = source.text();
            let start = text
                .split_inclusive('\n')
                .take(line)
                .map(str::len)
                .sum::<usize>();
            let end = text[start..]
                .find('\n')
                .map_or(text.len(), |end| start + end);
            Box::new(
                Diagnostic::error(
                    "bad-frozen-list",
                    "this list of a frozen page was changed, so that it cannot be understood",
                )
                .at(source, start..end)
                .help(restored(route.as_str())),
            )
        };
        let mut lines = source.text().lines().enumerate();
        if lines.next().is_none_or(|(_, first)| first != FIRST_LINE) {
            return Err(faulty(0));
        }
        let (mut plan, mut files) = (None, BTreeMap::new());
        for (number, line) in lines.filter(|(_, line)| !line.starts_with('#')) {
            let fields = line.split_once(' ').and_then(|(first, rest)| match first {
                "plan" => {
                    plan = Some(Hash::from_hex(rest).ok()?);
                    Some(())
                }
                digest => {
                    let path = OutputPath::new(rest)?;
                    files.insert(path, Hash::from_hex(digest).ok()?);
                    Some(())
                }
            });
            fields.ok_or_else(|| faulty(number))?;
        }
        let plan = plan.ok_or_else(|| faulty(0))?;
        if files.contains_key(&route.file()) {
            Ok(Self { plan, files })
        } else {
            Err(faulty(0))
        }
    }

    /// Every file of the page by its path below the site's root, the list itself last.
    pub fn places(&self, route: &Route) -> Vec<String> {
        let files = self.files.keys().map(|output| place(route, output));
        files.chain([list_of(route)]).collect()
    }
}

/// Where the list of the page at this route lies, below the site's root.
pub fn list_of(route: &Route) -> String {
    format!("{}/{LIST}", folder_of(route))
}

/// The folder of the frozen page at this route, below the site's root.
pub fn folder_of(route: &Route) -> String {
    format!("{FROZEN}/{}", route.as_str())
}

/// The id of the plan whose list this file is.
pub fn plan_of_list(path: &str) -> Option<&str> {
    path.strip_prefix(FROZEN)?
        .strip_prefix('/')?
        .strip_suffix(LIST)?
        .strip_suffix('/')
}

/// Where a file of the page at this route is kept, below the site's root.
pub fn place(route: &Route, output: &OutputPath) -> String {
    let beside = output
        .as_str()
        .strip_prefix(route.as_str())
        .and_then(|rest| rest.strip_prefix('/'));
    let own = |name: &&str| !name.contains('/') && ![ELSEWHERE, LIST].contains(&&*fold_case(name));
    match beside.filter(own) {
        Some(name) => format!("{}/{name}", folder_of(route)),
        None => format!("{}/{ELSEWHERE}/{output}", folder_of(route)),
    }
}

/// The digest of a plan's text, whatever its line ends are.
pub fn digest_of_plan(text: &str) -> Hash {
    blake3::hash(text.replace("\r\n", "\n").as_bytes())
}

pub(super) fn restored(id: &str) -> String {
    format!("Put it back as it was: `git checkout -- {FROZEN}/{id}/`, or a backup of that folder.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route() -> Route {
        Route::new("sub/old").expect("a route")
    }

    fn output(path: &str) -> OutputPath {
        OutputPath::new(path).expect("a path")
    }

    #[test]
    fn no_two_files_and_no_other_page_have_one_place() {
        for (file, expected) in [
            ("sub/old/index.html", "frozen/sub/old/index.html"),
            ("sub/old/plan.csv", "frozen/sub/old/plan.csv"),
            (
                "sub/old/newer/x.svg",
                "frozen/sub/old/page.files/sub/old/newer/x.svg",
            ),
            (
                "sub/old/Page.Files",
                "frozen/sub/old/page.files/sub/old/Page.Files",
            ),
            (
                "sub/old/planpress.frozen",
                "frozen/sub/old/page.files/sub/old/planpress.frozen",
            ),
            (
                "sub/older/x.svg",
                "frozen/sub/old/page.files/sub/older/x.svg",
            ),
            (
                "assets/style.css",
                "frozen/sub/old/page.files/assets/style.css",
            ),
        ] {
            assert_eq!(place(&route(), &output(file)), expected);
        }
    }

    #[test]
    fn a_list_is_read_as_it_was_written() {
        let listing = Listing {
            plan: digest_of_plan("title"),
            files: ["sub/old/index.html", "a b", "ü"]
                .map(|file| (output(file), blake3::hash(file.as_bytes())))
                .into(),
        };
        let text = listing.to_text();
        for text in [text.clone(), text.replace('\n', "\r\n")] {
            let source = SourceText::new("list", text);
            assert_eq!(Listing::read(&source, &route()).as_ref(), Ok(&listing));
        }
        let other = Route::new("other").expect("a route");
        assert!(Listing::read(&SourceText::new("list", text), &other).is_err());
    }

    #[test]
    fn half_a_list_is_none() {
        let listing = Listing {
            plan: digest_of_plan("title"),
            files: [(output("sub/old/index.html"), blake3::hash(b""))].into(),
        };
        let text = listing.to_text();
        for end in 0..text.len() - 1 {
            let source = SourceText::new("list", &text[..end]);
            assert!(Listing::read(&source, &route()).is_err(), "{end}");
        }
    }

    #[test]
    fn the_line_ends_of_a_plan_do_not_matter() {
        assert_eq!(digest_of_plan("a\r\nb\n"), digest_of_plan("a\nb\n"));
        assert_ne!(digest_of_plan("a\nb\n"), digest_of_plan("a\nb"));
    }
}
