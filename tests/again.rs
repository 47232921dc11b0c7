//! A build after another one in the same folder: it leaves undone what the last one did, and nobody can
//! tell but by the clock. The published bytes, the lock and all that is said are those of a build
//! from nothing.

#[path = "sites_runner/copy.rs"]
mod copy;
#[path = "live/world.rs"]
mod world;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use copy::copied;
use planpress::build::{self, Options, Report};
use planpress::diagnostic::human;
use planpress::source::LOCK;
use tempfile::TempDir;
use walkdir::WalkDir;
use world::{Chance, OTHERS, PLANS, STRAYS, broken, file_of, paths, sound, sound_site};

const STEPS: usize = 200;

/// A site that is built again and again.
struct Site {
    root: TempDir,
    chance: Chance,
}

impl Site {
    fn new(seed: u64) -> Self {
        let mut site = Self {
            root: TempDir::new().expect("a folder for the site"),
            chance: Chance(seed),
        };
        site.mend();
        site
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let place = self.root.path().join(path);
        fs::create_dir_all(place.parent().expect("it lies in a folder")).expect("it can be made");
        fs::write(place, bytes).expect("it can be written");
    }

    fn remove(&self, path: &str) {
        // It need not be there.
        let _ = fs::remove_file(self.root.path().join(path));
    }

    fn mend(&mut self) {
        for path in paths() {
            self.remove(&path);
        }
        for (path, bytes) in sound_site(&mut self.chance) {
            self.write(&path, &bytes);
        }
        self.remove(LOCK);
    }

    /// Something that a person does to a site, in words.
    fn change(&mut self) -> String {
        let plans = PLANS.iter().chain(STRAYS).map(|plan| file_of(plan));
        let plans: Vec<String> = plans.collect();
        let plan = plans[self.chance.below(plans.len())].clone();
        match self.chance.below(18) {
            0..5 => self.save(plan),
            5..7 => {
                let other = self.chance.of(OTHERS);
                self.save(other.to_owned())
            }
            7 => {
                self.remove(&plan);
                format!("remove {plan}")
            }
            8 => {
                let bytes = broken(&plan, &mut self.chance);
                self.write(&plan, &bytes);
                format!("break {plan}")
            }
            9 => {
                let lock = ["/gone/\n/alpha/\n/alpha/#gone\n", "/\n/beta/#gone\n"];
                let lock = self.chance.of(&lock);
                self.write(LOCK, lock.as_bytes());
                format!("promise {lock}")
            }
            10..15 => self.meddle(),
            15 => {
                self.mend();
                "mend everything".to_owned()
            }
            _ => "do nothing".to_owned(),
        }
    }

    fn save(&mut self, path: String) -> String {
        let bytes = sound(&path, &mut self.chance);
        self.write(&path, &bytes);
        format!("save {path}")
    }

    /// Changes a published file by hand.
    fn meddle(&mut self) -> String {
        let output = self.root.path().join("public");
        let published: Vec<_> = tree(&output).into_keys().collect();
        if published.is_empty() {
            return "do nothing".to_owned();
        }
        let name = &published[self.chance.below(published.len())];
        let place = output.join(name);
        let how = self.chance.below(5);
        match how {
            0 => fs::remove_file(&place).expect("it can be removed"),
            1 | 4 => {
                let found = fs::metadata(&place).expect("it is there");
                let mut bytes = fs::read(&place).expect("it can be read");
                if let Some(byte) = bytes.last_mut() {
                    *byte ^= 1;
                }
                fs::write(&place, bytes).expect("it can be written");
                // Only Unix tells that from a file that nobody wrote.
                if how == 4 && cfg!(unix) {
                    let file = fs::File::options().write(true).open(&place);
                    let time = found.modified().expect("the system knows it");
                    let back = file.and_then(|file| file.set_modified(time));
                    back.expect("it can be put back");
                }
            }
            2 => fs::write(&place, "Edited.").expect("it can be written"),
            _ => forbid(&place),
        }
        let ways = [
            "remove",
            "change a letter of",
            "write another text into",
            "forbid to read",
            "change a letter, and put the time back, of",
        ];
        format!("{} public/{name}", ways[how])
    }

    fn options(&mut self) -> Options {
        let base_url = "https://other.example/".to_owned();
        Options {
            root: self.root.path().to_owned(),
            unpublished: self.chance.once_in(12),
            portable: self.chance.once_in(12),
            base_url: self.chance.once_in(12).then_some(base_url),
            ..Options::default()
        }
    }
}

/// Lets nobody but the owner read a file.
fn forbid(place: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::Permissions::from_mode(0o600);
        fs::set_permissions(place, mode).expect("its mode can be set");
    }
    #[cfg(not(unix))]
    let _ = place;
}

/// Every published file with its bytes and its mode; the publisher's own files are not.
fn tree(folder: &Path) -> BTreeMap<String, (Vec<u8>, u32)> {
    let entries = WalkDir::new(folder).into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let below = entry.path().strip_prefix(folder).expect("it lies there");
            let mode = entry.metadata().expect("it has a mode").permissions();
            #[cfg(unix)]
            let mode = std::os::unix::fs::PermissionsExt::mode(&mode);
            #[cfg(not(unix))]
            let mode = u32::from(mode.readonly());
            let bytes = fs::read(entry.path()).expect("it can be read");
            (below.to_string_lossy().into_owned(), (bytes, mode))
        })
        .filter(|(path, _)| !path.starts_with(".planpress"))
        .collect()
}

/// All that a build says, but for how much it had to write.
fn said(report: &Report) -> (String, usize, usize, bool, bool) {
    let findings: String = report.diagnostics.iter().map(human).collect();
    let published = report.published.as_ref();
    let lock_written = published.is_some_and(|done| done.lock_written);
    let (plans, pages) = (report.plans, report.pages);
    (findings, plans, pages, published.is_some(), lock_written)
}

#[test]
fn after_any_changes_a_build_publishes_and_says_what_one_from_nothing_does() {
    let mut site = Site::new(6);
    let mut history = Vec::new();
    let mut published = 0;
    for _ in 0..STEPS {
        for _ in 0..site.chance.below(3) {
            let change = site.change();
            history.push(change);
        }
        let options = site.options();
        let recently = history.len().saturating_sub(8);
        let told = format!("{options:?} {:#?}", &history[recently..]);
        let fresh = copied(site.root.path());
        let from_nothing = Options {
            root: fresh.path().to_owned(),
            ..options.clone()
        };
        let [cold, warm] = [&from_nothing, &options].map(|options| {
            build::publish(options, None).unwrap_or_else(|failure| panic!("{failure:?}\n{told}"))
        });
        assert_eq!(said(&warm), said(&cold), "{told}");
        let lock = |root: &Path| fs::read_to_string(root.join(LOCK)).unwrap_or_default();
        assert_eq!(lock(site.root.path()), lock(fresh.path()), "{told}");
        let Some(done) = &warm.published else {
            continue;
        };
        // What was changed by hand and is no longer needed stays, and that person takes it away.
        for kept in &done.files.kept {
            site.remove(&format!("public/{kept}"));
        }
        published += 1;
        let [cold, warm] = [&fresh, &site.root].map(|root| tree(&root.path().join("public")));
        for (path, file) in &cold {
            assert_eq!(warm.get(path), Some(file), "{path}: {told}");
        }
        let superfluous = warm.keys().find(|path| !cold.contains_key(*path));
        assert_eq!(superfluous, None, "{told}");
    }
    assert!(
        published > STEPS / 3,
        "too few sites were sound: {published}"
    );
}

#[test]
fn where_nothing_changed_nothing_is_written() {
    let site = Site::new(1);
    let options = Options {
        root: site.root.path().to_owned(),
        ..Options::default()
    };
    let build = || build::publish(&options, None).expect("it can be built");
    let first = build().published.expect("it is published");
    let second = build().published.expect("it is published");
    assert!(first.files.written.len() > PLANS.len());
    assert_eq!(second.files.written, []);
    assert_eq!(second.files.unchanged, first.files.written.len());
}

#[test]
fn a_note_that_makes_no_sense_is_no_note() {
    let site = Site::new(2);
    let options = Options {
        root: site.root.path().to_owned(),
        ..Options::default()
    };
    let build = || build::publish(&options, None).expect("it can be built");
    build();
    let place = site.root.path().join(".planpress/build");
    let note = fs::read(&place).expect("a build leaves a note");
    let before = tree(&site.root.path().join("public"));
    for spoiled in [&b""[..], b"nonsense", &note[..note.len() / 2]] {
        fs::write(&place, spoiled).expect("it can be written");
        let report = build();
        assert!(report.published.is_some());
        assert_eq!(tree(&site.root.path().join("public")), before);
    }
    fs::remove_file(&place).expect("it is there");
    fs::create_dir(&place).expect("a folder can take its place");
    assert!(build().published.is_some(), "a note is not needed");
}
