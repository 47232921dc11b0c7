//! What editors leave is no input, neither of a build nor of the preview; what people name is.

use super::*;

#[test]
fn nobody_lists_what_editors_leave() {
    let site = Site::new();
    let before = on_disk(&site.root());
    for name in [
        "plan.toml~",
        ".plan.toml.swp",
        "plan.toml.swp",
        "plan.toml.swx",
        "4913",
        "5036",
        "#plan.toml#",
        ".#plan.toml",
        "plan.toml___jb_tmp___",
        "plan.toml___jb_old___",
        ".DS_Store",
        ".goutputstream-AB12CD",
        ".plan.toml.kate-swp",
        "~$notes.docx",
        "report.pdf.part",
        "Thumbs.db",
        "desktop.ini",
        "plan.toml.tmp",
        "plan.toml.bak",
    ] {
        site.write(&format!("content/{name}"), "left over");
        assert_eq!(on_disk(&site.root()), before, "{name}");
        assert_eq!(
            listed(Tracker::open(&site.root()).snapshot()),
            before.keys().cloned().collect::<Vec<_>>(),
            "{name}"
        );
    }
}

#[test]
fn what_people_name_is_listed() {
    let site = Site::new();
    for path in [
        "content/4913.toml",
        "content/4913/plan.toml",
        "content/2026",
        "content/4914",
        "content/sedatives",
        "content/plan_tmp.toml",
        "content/tmp",
        "content/#1.pdf",
    ] {
        site.write(path, "made by a person");
        assert!(on_disk(&site.root()).contains_key(path), "{path}");
    }
}
