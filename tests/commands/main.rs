//! The program as a person meets it: what is typed, what is printed where, and the exit code.
//!
//! Every test runs the real program in a folder of its own.

mod beginning;
mod building;
mod embedding;
mod external;
mod freezing;
mod lock;
#[allow(dead_code, reason = "the tests of links use the rest of it")]
#[path = "../links/server.rs"]
mod server;
mod speaking;
mod themes;
mod waiting;

use std::fs;
use std::path::{Path, PathBuf};

use snapbox::cmd::Command;
use tempfile::TempDir;

const PLANPRESS: &str = env!("CARGO_BIN_EXE_planpress");

const SITE: &str = r#"title = "Plans"

[organization]
name = "An Association"
"#;

const SOUND: &str = r#"title = "Strategic Plan"

[[domains]]
name = "Advocacy"
objectives = ["Champion libraries."]
"#;

const FAULTY: &str = r#"title = "Strategic Plan"

[[domains]]
name = "Advocacy"
objectivs = ["Champion libraries."]
goal = "Libraries are heard."
"#;

const DOUBTFUL: &str = r#"title = "Strategic Plan"

[[domains]]
name = "Financial Stability"
objectives = ["Save."]

[[domains]]
name = "Financial Sustainability"
objectives = ["Earn."]
"#;

/// A folder in which commands are run. It goes when the test ends.
struct Place {
    folder: TempDir,
}

impl Place {
    /// An empty folder, not inside any site.
    fn empty() -> Self {
        Self {
            folder: TempDir::new().expect("a folder for the test"),
        }
    }

    /// A site with one plan, which has nothing wrong with it.
    fn site() -> Self {
        Self::site_with_plan(SOUND)
    }

    /// A site with one error: a key that does not exist.
    fn site_with_error() -> Self {
        Self::site_with_plan(FAULTY)
    }

    /// A site with one warning: two domains whose names are nearly the same.
    fn site_with_warning() -> Self {
        Self::site_with_plan(DOUBTFUL)
    }

    fn site_with_plan(plan: &str) -> Self {
        Self::empty()
            .with("planpress.toml", SITE)
            .with("content/plan.toml", plan)
    }

    fn with(self, path: &str, text: &str) -> Self {
        self.write(path, text);
        self
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).unwrap();
        fs::write(path, text).unwrap();
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// Every file in the folder, with `/`, sorted.
    fn files(&self) -> Vec<String> {
        let mut files = Vec::new();
        list(self.folder.path(), "", &mut files);
        files.sort();
        files
    }

    /// `planpress` with these words, run in the folder.
    fn run(&self, words: &str) -> Command {
        self.run_in(".", words)
    }

    /// The same in a folder below.
    fn run_in(&self, folder: &str, words: &str) -> Command {
        planpress()
            .args(words.split_whitespace())
            .current_dir(self.path(folder))
    }
}

/// The program, without what the tester's own surroundings would tell it.
fn planpress() -> Command {
    let told = [
        "http_proxy",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "PLANPRESS_THREADS",
        "GITHUB_WORKSPACE",
    ];
    told.into_iter()
        .fold(Command::new(PLANPRESS), Command::env_remove)
        .env("TERM", "xterm")
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            list(&entry.path(), &format!("{name}/"), files);
        } else {
            files.push(name);
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("what is printed is Unicode")
}
