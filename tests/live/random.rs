//! Edits in any order: after each, the open site is compared with a build from nothing.

use std::collections::BTreeSet;

use planpress::diagnostic::Diagnostic;

use crate::edited::Edited;
use crate::world::{Chance, OTHERS, PLANS, STRAYS, broken, file_of, paths, sound, sound_site};

const STEPS: usize = 40;

/// A site under edit, and how often the comparisons were made.
struct Run {
    site: Edited,
    chance: Chance,
    there: BTreeSet<String>,
    published: usize,
    faulty: usize,
}

impl Run {
    fn new(seed: u64) -> Self {
        let mut run = Self {
            site: Edited::open(&[]),
            chance: Chance(seed),
            there: BTreeSet::new(),
            published: 0,
            faulty: 0,
        };
        run.mend_all();
        run
    }

    fn write(&mut self, path: String, bytes: &[u8]) {
        self.site.write(&path, bytes);
        self.there.insert(path);
    }

    fn remove(&mut self, path: &str) {
        self.site.remove(path);
        self.there.remove(path);
    }

    fn mend_all(&mut self) {
        let site = sound_site(&mut self.chance);
        let kept: BTreeSet<&str> = site.iter().map(|(path, _)| path.as_str()).collect();
        let gone = self
            .there
            .iter()
            .filter(|path| !kept.contains(path.as_str()));
        for path in gone.cloned().collect::<Vec<_>>() {
            self.remove(&path);
        }
        for (path, bytes) in site {
            self.write(path, &bytes);
        }
    }

    /// One edit, as a person makes it. Returns what it was, for messages.
    fn edit(&mut self) -> String {
        let all = paths();
        let path = all[self.chance.below(all.len())].clone();
        let is_there = self.there.contains(&path);
        match self.chance.below(10) {
            0 | 1 if is_there => {
                self.remove(&path);
                format!("delete {path}")
            }
            2 if is_there => {
                let plans = [PLANS, STRAYS].concat();
                let to = file_of(plans[self.chance.below(plans.len())]);
                if path == to || !path.starts_with("content/") {
                    return self.change(path);
                }
                self.site.rename(&path, &to);
                self.there.remove(&path);
                self.there.insert(to.clone());
                format!("rename {path} to {to}")
            }
            3 | 4 => {
                let bytes = broken(&path, &mut self.chance);
                self.write(path.clone(), &bytes);
                format!("break {path}")
            }
            5 | 6 => {
                self.mend_all();
                "mend everything".to_owned()
            }
            _ => self.change(path),
        }
    }

    fn change(&mut self, path: String) -> String {
        let bytes = sound(&path, &mut self.chance);
        self.write(path.clone(), &bytes);
        format!("change {path}")
    }

    /// Compares everything.
    fn compare(&mut self, told: &str) {
        let pages = PLANS.iter().chain(STRAYS);
        let pages: Vec<String> = pages.map(|plan| format!("{plan}/index.html")).collect();
        // Findings on pages are those of pages that someone has looked at. What is not published
        // has no page in a build.
        let unpublished: BTreeSet<String> = self
            .site
            .live
            .plans()
            .filter(|plan| !plan.published)
            .map(|plan| plan.route.file().to_string())
            .collect();
        for page in pages.iter().filter(|page| !unpublished.contains(*page)) {
            self.site.live.file(page);
        }
        self.site.live.file("index.html");
        let found = self.site.live.findings();
        let Some(checked) = self.site.checked() else {
            assert!(!self.there.contains("planpress.toml"), "{told}");
            return;
        };
        compare_findings(told, &found.list, &checked);
        if checked.iter().any(Diagnostic::is_error) {
            self.faulty += 1;
            return;
        }
        self.published += 1;
        let files = self
            .site
            .published()
            .unwrap_or_else(|| panic!("{told}: not published"));
        self.site.shows(&files);
        for page in pages {
            let expected = files.contains_key(&page) || unpublished.contains(&page);
            assert_eq!(self.site.has(&page), expected, "{told}: {page}");
        }
        for file in OTHERS
            .iter()
            .filter_map(|path| path.strip_prefix("content/"))
            .chain(["feed.xml", "plans.json", "sitemap.xml"])
        {
            assert_eq!(
                self.site.has(file),
                files.contains_key(file),
                "{told}: {file}"
            );
        }
    }
}

/// The same findings, where the settings can be read. While a theme cannot be used, what depends
/// on its words and pages is found with the last one that could.
fn compare_findings(told: &str, found: &[Diagnostic], checked: &[Diagnostic]) {
    let path = |found: &Diagnostic| found.place.as_ref().map(|place| place.path().to_owned());
    let is_of_settings = |found: &&Diagnostic| {
        found.is_error()
            && path(found).as_deref() == Some("planpress.toml")
            && ![
                "unknown-plan",
                "unpublished-plan",
                "missing-file",
                "unknown-theme",
                "no-plan",
            ]
            .contains(&found.name)
    };
    if checked.iter().any(|found| is_of_settings(&found)) {
        let errors = found.iter().filter(is_of_settings);
        let expected = checked.iter().filter(is_of_settings);
        assert!(
            errors.eq(expected),
            "{told}: {found:#?} instead of {checked:#?}"
        );
        return;
    }
    let is_of_theme = |found: &Diagnostic| {
        found.is_error()
            && (found.name == "unknown-theme"
                || path(found).is_some_and(|path| {
                    ["templates/", "themes/", "static/", "languages/"]
                        .iter()
                        .any(|folder| path.starts_with(folder))
                }))
    };
    let theme_is_broken = checked.iter().any(is_of_theme);
    let counts = |found: &&Diagnostic| {
        let on_a_page = found.message.contains("index.html: ");
        !theme_is_broken || found.is_error() && !on_a_page && !is_of_theme(found)
    };
    let (found, checked): (Vec<_>, Vec<_>) = (
        found.iter().filter(counts).collect(),
        checked.iter().filter(counts).collect(),
    );
    assert_eq!(found, checked, "{told}");
}

#[test]
fn after_any_edits_the_site_is_what_a_build_from_nothing_makes() {
    let (mut published, mut faulty) = (0, 0);
    for seed in 0..10 {
        let mut run = Run::new(seed);
        let mut told = vec![format!("seed {seed}")];
        for _ in 0..STEPS {
            for _ in 0..1 + run.chance.below(2) {
                told.push(run.edit());
            }
            if run.chance.once_in(3) {
                run.site.look_everywhere();
            } else {
                run.site.look();
            }
            // Sometimes nobody looks at a page before the next edit.
            if !run.chance.once_in(4) {
                run.compare(&told.join("\n"));
            }
        }
        run.mend_all();
        run.site.look();
        run.compare(&told.join("\n"));
        assert!(run.published > 0);
        published += run.published;
        faulty += run.faulty;
    }
    println!("{published} sound states, {faulty} with errors");
    assert!(published > 50 && faulty > 50, "{published}, {faulty}");
}
