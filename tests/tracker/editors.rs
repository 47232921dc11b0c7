//! What editors do with the files in a folder when a person saves.

use std::fs;
use std::path::Path;

/// Saves a text under a path.
pub type Save = fn(&Path, &str);

/// vim with `writebackup`, where it may rename: a swap file all the while, a probe, a backup, a new
/// file, and the backup goes.
pub fn vim(plan: &Path, text: &str) {
    let swap = plan.with_file_name(".plan.toml.swp");
    let probe = plan.with_file_name("4913");
    let backup = plan.with_file_name("plan.toml~");
    write(&swap, text);
    write(&probe, "");
    remove(&probe);
    rename(plan, &backup);
    write(plan, text);
    remove(&backup);
    remove(&swap);
}

/// Emacs: a lock that is a link to nowhere, an auto-save file, a backup, and a new file.
pub fn emacs(plan: &Path, text: &str) {
    let lock = plan.with_file_name(".#plan.toml");
    let auto_save = plan.with_file_name("#plan.toml#");
    #[cfg(unix)]
    std::os::unix::fs::symlink("someone@somewhere.1234", &lock).expect("it can be made");
    #[cfg(not(unix))]
    write(&lock, "");
    write(&auto_save, text);
    rename(plan, &plan.with_file_name("plan.toml~"));
    write(plan, text);
    remove(&auto_save);
    remove(&lock);
}

/// Visual Studio Code: the file is emptied and written in place.
pub fn visual_studio_code(plan: &Path, text: &str) {
    write(plan, text);
}

/// JetBrains: a new file beside it takes its place, and the old one leaves under another name.
pub fn jetbrains(plan: &Path, text: &str) {
    let new = plan.with_file_name("plan.toml___jb_tmp___");
    let old = plan.with_file_name("plan.toml___jb_old___");
    write(&new, text);
    rename(plan, &old);
    rename(&new, plan);
    remove(&old);
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("it can be written");
}

fn rename(from: &Path, to: &Path) {
    fs::rename(from, to).expect("it can be renamed");
}

fn remove(path: &Path) {
    fs::remove_file(path).expect("it can be removed");
}
