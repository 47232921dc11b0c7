//! One fixture: its site set up in a folder of its own, checked and built by the real program.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::expected::{Expected, Found};
use crate::folder;

/// A site with nothing wrong, whose published pages stand where a faulty one would be published.
const SOUND_SITE: &str = "smallest";

/// A folder under `tests/sites`.
#[derive(Clone, Debug)]
pub struct Fixture {
    pub name: String,
    folder: PathBuf,
}

impl Fixture {
    pub fn open(folder: &Path) -> Self {
        let slug = folder.file_name().unwrap_or_default().to_string_lossy();
        let name = fs::read_to_string(folder.join("name.txt"))
            .map_or_else(|_| slug.replace('-', " "), |name| name.trim().to_owned());
        Self {
            name: format!("{slug}: {name}"),
            folder: folder.to_owned(),
        }
    }

    /// True where an error is expected of it.
    pub fn is_faulty(&self) -> bool {
        fs::read_to_string(self.folder.join("diagnostics.txt"))
            .is_ok_and(|text| text.lines().any(|line| line.starts_with("error[")))
    }

    /// Compares what the program does with what is expected.
    pub fn run(&self) -> Result<(), String> {
        let place = TempDir::new().map_err(|error| error.to_string())?;
        let (site, output) = (place.path().join("site"), place.path().join("public"));
        self.set_up(&site);

        let check = planpress(&site, &["check"]);
        let diagnostics = without_last_line(&stdout(&check));
        let any = |test: fn(&str) -> bool| diagnostics.lines().any(test);
        expect_code(&check, i32::from(any(is_error)))?;
        let faulty = any(|line| is_error(line) && !is_broken_promise(line));
        for frame in frames(&diagnostics) {
            teaches(frame)?;
        }
        if faulty {
            keeps_what_was_published(&site, &output)?;
        } else {
            expect_code(&build(&site, &output), 0)?;
        }
        let found = Found {
            diagnostics,
            published: (!faulty).then(|| folder::files(&output)),
        };
        Expected::of(&self.folder).compare(&found)
    }

    fn set_up(&self, site: &Path) {
        let own = self.folder.join("site");
        let from = if own.is_dir() { &own } else { &self.folder };
        folder::write(site, &folder::files(from));
        let steps = fs::read_to_string(self.folder.join("setup.txt")).unwrap_or_default();
        for step in steps.lines() {
            let (verb, paths) = step.split_once(' ').expect("a verb and two paths");
            let (from, to) = paths.split_once(" -> ").expect("two paths");
            match verb {
                "copy" => {
                    let to = site.join(to);
                    fs::create_dir_all(to.parent().expect("it lies in the site"))
                        .expect("the folder can be made");
                    fs::copy(site.join(from), to).expect("the file can be copied");
                }
                "link" => std::os::unix::fs::symlink(to, site.join(from)).expect("a link is made"),
                _ => panic!("`{verb}` is no step of a setup.txt"),
            }
        }
    }
}

fn is_error(line: &str) -> bool {
    line.starts_with("error[")
}

/// A promise that would be broken is an error in a check and a warning in a build.
fn is_broken_promise(line: &str) -> bool {
    line.starts_with("error[lost-")
}

/// Every finding says where it is, and what to do.
fn teaches(frame: &str) -> Result<(), String> {
    let place = frame
        .lines()
        .find_map(|line| line.trim_start().strip_prefix("--> "))
        .ok_or_else(|| format!("this names no file:\n{frame}"))?;
    let has_column = place
        .rsplitn(3, ':')
        .take(2)
        .all(|part| part.parse::<usize>().is_ok_and(|number| number > 0));
    // What is wrong with a file's name, or with there being such a file, has no line.
    let about_a_file = frame.lines().nth(2).is_none_or(|line| !line.contains('|'));
    if !has_column && !about_a_file {
        return Err(format!("this names no line and column:\n{frame}"));
    }
    if !frame.contains("= help: ") {
        return Err(format!("this says not what to do:\n{frame}"));
    }
    Ok(())
}

fn frames(diagnostics: &str) -> impl Iterator<Item = &str> {
    diagnostics
        .split("\n\n")
        .filter(|frame| !frame.trim().is_empty())
}

/// A build with an error changes no byte of what is published.
fn keeps_what_was_published(site: &Path, output: &Path) -> Result<(), String> {
    static PUBLISHED: OnceLock<std::collections::BTreeMap<String, Vec<u8>>> = OnceLock::new();
    let before = PUBLISHED.get_or_init(|| {
        let place = TempDir::new().expect("a folder for the site");
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
        // A build writes beside the plans what they promise.
        let sound = place.path().join("site");
        folder::write(
            &sound,
            &folder::files(&fixtures.join(SOUND_SITE).join("site")),
        );
        let output = place.path().join("public");
        let built = build(&sound, &output);
        assert_eq!(built.status.code(), Some(0), "{built:?}");
        folder::files(&output)
    });
    folder::write(output, before);
    expect_code(&build(site, output), 1)?;
    if folder::files(output) != *before {
        return Err("a build with an error changed what is published".to_owned());
    }
    Ok(())
}

fn build(site: &Path, output: &Path) -> Output {
    planpress(site, &["build", "--output", &output.to_string_lossy()])
}

fn planpress(site: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_planpress"))
        .args(arguments)
        .arg("--root")
        .arg(site)
        .current_dir(site)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

fn expect_code(output: &Output, code: i32) -> Result<(), String> {
    if output.status.code() == Some(code) {
        return Ok(());
    }
    Err(format!(
        "the program ended with {}, not with {code}:\n{}{}",
        output.status,
        stdout(output),
        String::from_utf8_lossy(&output.stderr)
    ))
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The last line tells the time that it took.
fn without_last_line(text: &str) -> String {
    let end = text.trim_end().rfind('\n').map_or(0, |at| at + 1);
    text[..end].to_owned()
}
