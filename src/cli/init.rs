//! `planpress init`: a new site, or what GitHub Pages needs beside one, and what comes next.

use std::fmt::Write;
use std::path::Path;

use super::Outcome;
use super::terminal::Terminal;
use crate::diagnostic::Failure;
use crate::scaffold::{self, Started};

/// What only the person can do, for it happens on github.com.
const ON_GITHUB: &str = r#"
To publish it on GitHub Pages:
  Run `planpress build` once: it writes planpress.lock, which keeps addresses.
  Push this folder to github.com, to the branch main of a repository of its own,
  with the files whose names begin with a dot. (With a free account the
  repository must be public.) Then two clicks are left, once, on its page:
  1. Settings > Pages > Build and deployment > Source: choose "GitHub Actions".
  2. Actions > Publish the plans > Run workflow. (The run that the push started
     has failed, for there were no Pages yet.)
  From then on every push publishes the plans, and every pull request checks them.
"#;

/// Starts a site.
pub(super) fn init(
    folder: &Path,
    github: bool,
    terminal: &mut Terminal,
) -> Result<Outcome, Failure> {
    let shown = folder.display();
    let mut text = String::new();
    match scaffold::init(folder, github)? {
        Started::Site(files) => {
            let _ = writeln!(text, "Started a site in {shown}:");
            list(&mut text, &files);
            text.push_str("\nNext:\n");
            if folder != Path::new(".") {
                let _ = writeln!(text, "  cd {}", quoted(folder));
            }
            text.push_str("  planpress serve --open\n");
        }
        Started::Added { files, present } => {
            if !files.is_empty() {
                let _ = writeln!(text, "Added to the site in {shown}:");
                list(&mut text, &files);
            }
            if !present.is_empty() {
                text.push_str("There already, and left as it is:\n");
                list(&mut text, &present);
            }
        }
    }
    if github {
        text.push_str(ON_GITHUB);
    }
    terminal.say(&text);
    Ok(Outcome::Done)
}

fn list(text: &mut String, files: &[&str]) {
    for file in files {
        let _ = writeln!(text, "  {file}");
    }
}

/// A path that can be copied into a shell.
fn quoted(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/\\:._-~".contains(c);
    if path.chars().all(plain) {
        path
    } else {
        format!("\"{path}\"")
    }
}
