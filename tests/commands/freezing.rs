//! `planpress freeze` and `planpress thaw`: a page that stays as it is, whatever comes later.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use snapbox::str;

use crate::{Place, SITE, SOUND, text};

const SEAL: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

const TEMPLATE: &str = "{% extends \"parent/plan.html\" %}\
{% block head %}{{ super() }}<link rel=\"stylesheet\" href=\"{{ assets[\"old.css\"] }}\">{% endblock %}";

/// A plan that names every kind of file, and a later one that takes its place.
fn archive() -> Place {
    Place::empty()
        .with(
            "planpress.toml",
            &format!("logo = \"files/logo.svg\"\n{SITE}"),
        )
        .with("content/files/logo.svg", SEAL)
        .with("content/files/report.txt", "1 January 2011")
        .with("content/files/unused.txt", "nobody names this")
        .with("templates/plan.html", TEMPLATE)
        .with("static/old.css", "main { background: url(\"img/seal.svg\") }\n")
        .with("static/img/seal.svg", SEAL)
        .with(
            "content/old.toml",
            &format!(
                "mission = \"See [the report](files/report.txt) and [the next plan](new.toml).\"\n{}",
                SOUND.replace("Strategic", "Old")
            ),
        )
        .with(
            "content/new.toml",
            &format!("supersedes = \"old\"\n{}", SOUND.replace("Strategic", "New")),
        )
}

/// Every file of a folder by its path below it.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut names = Vec::new();
    crate::list(folder, "", &mut names);
    let read = |name: String| {
        let bytes = fs::read(folder.join(&name)).unwrap();
        (name, bytes)
    };
    names.into_iter().map(read).collect()
}

fn published(place: &Place) -> BTreeMap<String, Vec<u8>> {
    place.run("build").assert().code(0);
    tree(&place.path("public"))
}

#[test]
fn a_frozen_page_and_all_that_it_is_shown_with_stay_to_the_byte() {
    let place = archive();
    let before = published(&place);
    place
        .run("freeze old")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Froze old: [..] files in frozen/old/

Next: put frozen/old/ into version control. Every build publishes these bytes from
now on; `planpress thaw old` undoes it.

"#]]);
    let kept: Vec<String> = tree(&place.path("frozen/old")).into_keys().collect();
    for part in [
        "index.html",
        "page.files/files/logo.svg",
        "page.files/files/report.txt",
        "page.files/assets/img/seal.",
        "page.files/assets/old.",
        "page.files/assets/style.",
    ] {
        assert!(
            kept.iter().any(|name| name.starts_with(part)),
            "{part}: {kept:?}"
        );
    }
    assert!(
        !kept
            .iter()
            .any(|name| name.contains("unused") || name.contains("new")),
        "{kept:?}"
    );
    // Freezing changes nothing that is published.
    assert_eq!(published(&place), before);

    // Another theme, other colours, other words, other files: all that a later year may bring.
    fs::remove_dir_all(place.path("templates")).unwrap();
    fs::remove_dir_all(place.path("static")).unwrap();
    // The plan's file names the report no more, and it is gone from the site but for this page.
    fs::remove_file(place.path("content/files/report.txt")).unwrap();
    let plan = place
        .read("content/old.toml")
        .replace("[the report](files/report.txt)", "the report");
    place.write(
        "content/old.toml",
        &format!("allow = [\"frozen-plan-changed\"]\n{plan}"),
    );
    place.write(
        "planpress.toml",
        "title = \"Other words\"\ntheme = \"plain\"\nlogo = \"files/logo.svg\"\n\n[tokens]\naccent = \"#004400\"\n",
    );
    let after = published(&place);
    assert_ne!(after["new/index.html"], before["new/index.html"]);
    for name in kept
        .iter()
        .filter(|name| !name.starts_with("planpress.") && !name.starts_with(".git"))
    {
        let output = match name.strip_prefix("page.files/") {
            Some(output) => output.to_owned(),
            None => format!("old/{name}"),
        };
        assert!(after[&output] == before[&output], "{output} is another");
    }
    // The home page still has it, and is made anew.
    assert!(String::from_utf8_lossy(&after["index.html"]).contains("href=\"old/\""));

    place
        .run("thaw content/old.toml")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Thawed old: removed frozen/old/

The next build makes its page anew.

"#]]);
    assert!(!place.path("frozen").exists());
    let thawed = published(&place);
    assert_ne!(thawed["old/index.html"], before["old/index.html"]);
    assert!(
        !thawed.keys().any(|name| name.contains("seal")),
        "{:?}",
        thawed.keys()
    );
}

#[test]
fn freezing_again_gives_the_same_folder() {
    let place = archive();
    place.run("freeze old").assert().code(0);
    let first = tree(&place.path("frozen"));
    place.run("thaw old").assert().code(0);
    place.run("freeze ./content/old.toml").assert().code(0);
    assert_eq!(tree(&place.path("frozen")), first);
}

#[test]
fn a_plan_that_is_in_force_is_frozen_with_a_note() {
    let place = Place::site();
    place
        .run("freeze plan")
        .assert()
        .code(0)
        .stderr_eq(str![[r#"
Note: plan does not say that it is archived. If it is, thaw it, write
status = "archived" in content/plan.toml, and freeze it again.

"#]]);
}

#[test]
fn what_cannot_be_frozen_is_refused_and_nothing_is_written() {
    let place = archive().with(
        "content/draft.toml",
        &format!("publish = false\n{}", SOUND.replace("Strategic", "Draft")),
    );
    place
        .run("freeze odl")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: there is no plan `odl`
 |
 = help: Did you mean `old`?
 = help: The plans there are: `draft`, `new`, `old`.

"#]]);
    place
        .run("freeze draft")
        .assert()
        .code(2)
        .stderr_eq("error: `draft` is not published, so there is nothing to keep\n...\n");
    place.run("thaw old").assert().code(2).stderr_eq(str![[r#"
error: `old` is not frozen
 |
 = help: No plan is frozen.

"#]]);
    place.write("content/new.toml", "title = \n");
    place
        .run("freeze old")
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq("error[[..]\n...\nNothing was frozen: [..].\n");
    assert!(!place.path("frozen").exists());

    let place = archive();
    place.run("freeze old").assert().code(0);
    let before = tree(&place.path("frozen"));
    place
        .run("freeze old")
        .assert()
        .code(2)
        .stderr_eq("error: `old` is frozen already\n...\n");
    place
        .run("thaw new")
        .assert()
        .code(2)
        .stderr_eq("...\n = help: Frozen are: `old`.\n");
    assert_eq!(tree(&place.path("frozen")), before);
}

#[test]
fn thawing_removes_nothing_that_freezing_did_not_put_there() {
    let place = archive().with("content/old/er.toml", &SOUND.replace("Strategic", "Older"));
    place.run("freeze old").assert().code(0);
    place.run("freeze old/er").assert().code(0);
    place.write("frozen/old/mine.txt", "a person's");
    let before = tree(&place.path("frozen"));
    place.run("thaw old").assert().code(2).stderr_eq(
        "error: frozen/old/ holds what is not part of the frozen page: frozen/old/mine.txt\n...\n",
    );
    assert_eq!(tree(&place.path("frozen")), before);
    fs::remove_file(place.path("frozen/old/mine.txt")).unwrap();
    place.run("thaw old").assert().code(0);
    let left: Vec<String> = tree(&place.path("frozen")).into_keys().collect();
    assert!(
        left.iter().all(|name| name.starts_with("old/er/")),
        "{left:?}"
    );
    place.run("check --strict").assert().code(0);
}

#[test]
fn thawing_a_page_whose_plan_is_gone_says_that_the_page_goes_too() {
    let place = archive();
    place.run("freeze old").assert().code(0);
    fs::remove_file(place.path("content/old.toml")).unwrap();
    place.run("thaw old").assert().code(0).stdout_eq(
        "Thawed old: removed frozen/old/\n\nIts plan is gone, so the next build has no such page.\n",
    );
}

#[test]
fn what_was_written_is_taken_back_where_the_rest_cannot_be() {
    let place = archive();
    // The list is written last, and here something is in its place that is no input.
    fs::create_dir_all(place.path("frozen/old")).unwrap();
    fs::create_dir(place.path("frozen/old/planpress.frozen")).unwrap();
    place
        .run("freeze old")
        .assert()
        .code(2)
        .stderr_eq("error: [..]planpress.frozen` exists already\n...\n");
    assert!(tree(&place.path("frozen")).is_empty());
    assert!(!place.path("frozen/old/page.files").exists());
}

#[test]
fn altered_bytes_publish_nothing_and_can_be_put_back_or_thawed() {
    let place = archive();
    place.run("freeze old").assert().code(0);
    let before = published(&place);
    let page = place.read("frozen/old/index.html");
    place.write(
        "frozen/old/index.html",
        &page.replace("Advocacy", "Lobbying"),
    );
    let built = place.run("build").assert().code(1);
    let told = text(&built.get_output().stderr);
    assert!(told.contains("error[frozen-file-altered]"), "{told}");
    assert!(told.contains("--> frozen/old/index.html"), "{told}");
    assert!(told.contains("git checkout -- frozen/old/"), "{told}");
    assert_eq!(tree(&place.path("public")), before);
    place.write("frozen/old/index.html", &page);
    assert_eq!(published(&place), before);

    fs::remove_file(place.path("frozen/old/index.html")).unwrap();
    let built = place.run("build").assert().code(1);
    assert!(text(&built.get_output().stderr).contains("error[frozen-file-missing]"));
    place.run("thaw old").assert().code(0);
    assert_eq!(published(&place), before);
}

#[test]
fn a_frozen_page_keeps_its_promises_and_not_those_of_its_file() {
    let place = archive();
    place.run("build").assert().code(0);
    place.run("freeze old").assert().code(0);
    place.run("check --strict").assert().code(0);
    let plan = place.read("content/old.toml");
    let renamed = plan.replace("Advocacy", "Outreach");
    place.write(
        "content/old.toml",
        &format!("allow = [\"frozen-plan-changed\"]\n{renamed}"),
    );
    let before = place.read("planpress.lock");
    place.run("build --strict").assert().code(0).stderr_eq("");
    assert_eq!(place.read("planpress.lock"), before);
}

#[test]
fn the_output_cannot_lie_among_frozen_pages() {
    let place = archive();
    place.run("freeze old").assert().code(0);
    place
        .run("build --output frozen/public")
        .assert()
        .code(2)
        .stderr_eq("error: [..]a folder inside `frozen`[..]\n...\n");
}

#[test]
fn a_plan_that_is_hidden_takes_its_frozen_page_with_it() {
    let place = archive();
    place.run("freeze old").assert().code(0);
    let plan = place.read("content/old.toml");
    place.write(
        "content/old.toml",
        &format!("publish = false\nallow = [\"frozen-plan-changed\"]\n{plan}"),
    );
    let hidden = published(&place);
    assert!(!hidden.contains_key("old/index.html"));
    place.run("build --unpublished").assert().code(0);
    assert_eq!(
        place.read("public/old/index.html"),
        place.read("frozen/old/index.html")
    );
}
