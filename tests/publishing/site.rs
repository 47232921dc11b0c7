//! A site's folder for one test, with what each test asks of it in few words.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use planpress::diagnostic::Failure;
use planpress::publish::{Protected, Published, Publisher};
use planpress::site::route::OutputPath;
use tempfile::TempDir;

/// A site with `content/`, `themes/` and whatever is published into `public/`.
pub struct Site {
    folder: TempDir,
}

impl Site {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["content", "themes/own", "home"] {
            fs::create_dir_all(folder.path().join(name)).unwrap();
        }
        fs::write(folder.path().join("content/plan.toml"), "a plan").unwrap();
        Self { folder }
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn public(&self) -> PathBuf {
        self.root().join("public")
    }

    pub fn protected(&self) -> Protected {
        let inputs = ["content", "themes", "templates"].map(|name| self.root().join(name));
        let mut protected = Protected::new(self.root(), inputs.to_vec());
        protected.home = Some(self.root().join("home"));
        protected
    }

    pub fn open(&self) -> Result<Publisher, Failure> {
        Publisher::open(&self.public(), &self.protected())
    }

    pub fn publish(&self, files: &[(&str, &str)]) -> Result<Published, Failure> {
        let publisher = self.open()?;
        for (path, text) in files {
            publisher.stage(&path_of(path), text.as_bytes())?;
        }
        publisher.commit()
    }

    /// All files below `public/` but the list of what is ours, with their texts.
    pub fn published(&self) -> BTreeMap<String, String> {
        let mut files = tree(&self.public());
        files.remove(".planpress-manifest");
        files
    }

    pub fn manifest(&self) -> String {
        fs::read_to_string(self.public().join(".planpress-manifest")).unwrap()
    }

    /// Writes a file below `public/` as a person would.
    pub fn by_hand(&self, path: &str, text: &str) {
        let path = self.public().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn has_staging(&self) -> bool {
        fs::symlink_metadata(self.public().join(".planpress-staging")).is_ok()
    }
}

pub fn path_of(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

/// All that lies below a folder: a file's text, `-> target` for a symbolic link, `/` for a folder
/// in which nothing lies. A folder that is missing has nothing in it.
pub fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    gather(folder, "", &mut found);
    found
}

fn gather(folder: &Path, prefix: &str, found: &mut BTreeMap<String, String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().unwrap();
        if kind.is_symlink() {
            let target = fs::read_link(entry.path()).unwrap();
            found.insert(name, format!("-> {}", target.display()));
        } else if kind.is_dir() {
            let before = found.len();
            gather(&entry.path(), &format!("{name}/"), found);
            if found.len() == before {
                found.insert(name, "/".to_owned());
            }
        } else {
            let text = String::from_utf8_lossy(&fs::read(entry.path()).unwrap()).into_owned();
            found.insert(name, text);
        }
    }
}

/// A tree as `tree` gives it.
pub fn files<const N: usize>(files: [(&str, &str); N]) -> BTreeMap<String, String> {
    files
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect()
}

/// A failure with all that it says.
pub fn whole(failure: &Failure) -> String {
    format!("{}\n{}", failure.message, failure.help.join("\n"))
}

/// The text of a failure, which must name what failed and say what to do.
#[track_caller]
pub fn failure<T>(outcome: Result<T, Failure>) -> String {
    let failure = outcome.err().expect("this must fail");
    assert!(!failure.help.is_empty(), "says what to do: {failure}");
    whole(&failure)
}

/// Permission bits of a file or folder.
#[cfg(unix)]
pub fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::MetadataExt;
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

/// What a test needs to run itself again as another process.
pub const CHILD: &str = "PLANPRESS_TEST_CHILD";

/// The site that this process, started by a test, works on; `None` in the test itself.
pub fn as_child() -> Option<PathBuf> {
    std::env::var_os(CHILD).map(PathBuf::from)
}

/// The command that runs the test called `name` once more, with `prelude` for a shell in front.
pub fn child(program: &Path, name: &str, site: &Path, prelude: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{prelude}\nexec \"$0\" \"$@\"")])
        .arg(program)
        .args(["--exact", name, "--nocapture", "--test-threads=1"])
        .env(CHILD, site);
    command
}

/// Publishes into `public/` of a site that another process made.
pub fn publish_at(root: &Path, files: &[(&str, &str)]) -> Result<Published, Failure> {
    let protected = Protected::new(root, vec![root.join("content")]);
    let publisher = Publisher::open(&root.join("public"), &protected)?;
    for (path, text) in files {
        publisher.stage(&path_of(path), text.as_bytes())?;
    }
    publisher.commit()
}
