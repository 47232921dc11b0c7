//! The rooms under `src/` stand in a row: each imports only those before it, one reads inputs,
//! one writes. See ARCHITECTURE.md.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in their order. `diagnostic` imports none of the others, and any may import it.
const ROOMS: &[&str] = &[
    "diagnostic",
    "source",
    "plan",
    "theme",
    "site",
    "render",
    "audit",
    "publish",
    "build",
    "linkcheck",
    "preview",
    "scaffold",
    "cli",
];

/// Ways to a file system. Of these a room may use only what the table below gives it.
const DISK: &[&str] = &["std::fs", "walkdir::", "OpenOptions"];

/// Which rooms may touch the disk, and with what; `source` reads, `publish` writes.
const MAY: &[(&str, &[&str])] = &[
    (
        "source",
        &[
            "fs::read",
            "fs::File::open",
            "fs::symlink_metadata",
            "walkdir::",
            "WalkDir",
        ],
    ),
    ("publish", &[""]),
    // It looks whether something is there already, and takes back what it made itself through
    // `publish` where the rest cannot be made.
    (
        "scaffold",
        &[
            "fs::read_dir",
            "fs::remove_file",
            "fs::remove_dir",
            "use std::fs;",
        ],
    ),
];

struct Line {
    room: String,
    place: String,
    text: String,
}

/// Every line of code of every room; comments and tests are left out.
fn lines() -> Vec<Line> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut lines = Vec::new();
    for file in files(&src) {
        let below = file.strip_prefix(&src).expect("it lies in src");
        let first = below.iter().next().expect("it has a name");
        let room = first.to_string_lossy().trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(&file).expect("the source can be read");
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in code.lines().enumerate() {
            let line = line.trim();
            if !line.starts_with("//") {
                lines.push(Line {
                    room: room.clone(),
                    place: format!("src/{}:{}", below.display(), number + 1),
                    text: line.to_owned(),
                });
            }
        }
    }
    lines
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("src can be listed") {
        let path = entry.expect("src can be listed").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn order(room: &str) -> Option<usize> {
    ROOMS.iter().position(|known| *known == room)
}

/// The rooms that a line names as `crate::room`, also in `crate::{one, two::x}`.
fn named(line: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    line.match_indices("crate::")
        .flat_map(|(at, path)| {
            let rest = &line[at + path.len()..];
            match rest.strip_prefix('{') {
                Some(list) => list.split(',').map(word).collect(),
                None => vec![word(rest)],
            }
        })
        .collect()
}

#[test]
fn a_room_imports_only_rooms_before_it() {
    let mut imports = 0;
    let mut faults = Vec::new();
    for line in lines() {
        let Some(own) = order(&line.room) else {
            continue;
        };
        for other in named(&line.text).iter().filter_map(|room| order(room)) {
            imports += 1;
            if other > own {
                faults.push(format!(
                    "{}: {} imports {}, which comes after it",
                    line.place, line.room, ROOMS[other]
                ));
            }
        }
    }
    assert!(imports > 50, "only {imports} imports were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_folder_under_src_is_a_room() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders: Vec<String> = fs::read_dir(&src)
        .expect("src can be listed")
        .map(|entry| entry.expect("src can be listed"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let mut rooms = ROOMS.to_vec();
    folders.sort();
    rooms.sort_unstable();
    assert_eq!(folders, rooms);
}

#[test]
fn only_source_reads_inputs_and_only_publish_writes() {
    let mut uses = 0;
    let mut faults = Vec::new();
    for line in lines() {
        let touches = DISK.iter().any(|way| line.text.contains(way))
            || line.text.starts_with("fs::")
            || [" fs::", "(fs::", "!fs::", "=fs::", " File::", "(File::"]
                .iter()
                .any(|way| line.text.contains(way));
        if !touches {
            continue;
        }
        uses += 1;
        let may = MAY
            .iter()
            .find(|(room, _)| *room == line.room)
            .is_some_and(|(_, ways)| ways.iter().any(|way| line.text.contains(way)));
        if !may {
            faults.push(format!(
                "{}: {} touches the disk: {}",
                line.place, line.room, line.text
            ));
        }
    }
    assert!(uses > 20, "only {uses} uses of the disk were found");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
