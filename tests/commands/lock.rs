//! `planpress.lock`: what a site has promised, and what happens where it would be broken.

use std::fs;

use snapbox::str;

use crate::{Place, SITE, SOUND, text};

const LABELLED: &str = r#"title = "Strategic Plan"

[[domains]]
name = "Advocacy"
label = "A"
objectives = ["Champion libraries.", "Be heard."]
"#;

fn lock(place: &Place) -> String {
    let text = place.read("planpress.lock");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_build_writes_every_address_and_anchor_sorted_and_then_leaves_the_file_alone() {
    let place = Place::site_with_plan(&format!(
        "aliases = [\"/old\", \"/a/old.html\"]\n{LABELLED}"
    ))
    .with(
        "planpress.toml",
        &format!(
            "{SITE}acronym = \"AA\"\n\n[[addresses]]\norganization = \"AA\"\npath = \"/now/\"\n"
        ),
    )
    .with(
        "content/sub/later.toml",
        &format!("status = \"adopted\"\n{SOUND}"),
    );
    place.run("build").assert().code(0).stderr_eq("");
    let lines: Vec<String> = lock(&place).lines().map(str::to_owned).collect();
    for line in [
        "/",
        "/old/",
        "/a/old.html",
        "/now/",
        "/plan/",
        "/plan/#a-1",
        "/plan/#a-2",
        "/plan/#advocacy",
        "/plan/#list-advocacy",
        "/plan/#matrix",
        "/sub/later/",
        "/sub/later/#advocacy-1",
    ] {
        assert!(lines.iter().any(|known| known == line), "{line}: {lines:?}");
    }
    assert!(
        !lines
            .iter()
            .any(|line| line.starts_with("/old/#") || line.starts_with("/now/#"))
    );
    let mut sorted = lines.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(lines, sorted);

    // What someone adds, and their line ends, stay while there is nothing new.
    let own = format!(
        "# ours\r\n{}",
        place.read("planpress.lock").replace('\n', "\r\n")
    );
    place.write("planpress.lock", own.trim_end());
    place.run("build").assert().code(0);
    assert_eq!(place.read("planpress.lock"), own.trim_end());
}

#[test]
fn any_order_of_plans_and_builds_leads_to_the_same_lock() {
    let plans = ["delta", "alpha", "sub/beta", "gamma"];
    let locks: Vec<String> = (0..plans.len())
        .map(|first| {
            let place = Place::empty().with("planpress.toml", SITE);
            for step in 0..plans.len() {
                let plan = plans[(first + step) % plans.len()];
                let text = SOUND.replace("Strategic", plan);
                place.write(&format!("content/{plan}.toml"), &text);
                place.run("build").assert().code(0).stderr_eq("");
            }
            place.read("planpress.lock")
        })
        .collect();
    assert!(locks.iter().all(|lock| *lock == locks[0]), "{locks:#?}");
}

#[test]
fn a_lock_in_any_order_and_spelling_is_left_alone_while_nothing_is_new() {
    let place = Place::empty()
        .with("planpress.toml", SITE)
        .with("content/caf\u{e9}.toml", SOUND);
    place.run("build").assert().code(0);
    let written = place.read("planpress.lock");
    assert!(written.contains("/caf\u{e9}/#advocacy\n"), "{written}");
    let spelled = written.replace('\u{e9}', "e\u{301}");
    let mut reversed: Vec<&str> = written.lines().rev().collect();
    reversed.push(reversed[0]);
    for text in [spelled, reversed.join("\n")] {
        place.write("planpress.lock", &text);
        place.run("build --strict").assert().code(0).stderr_eq("");
        assert_eq!(place.read("planpress.lock"), text);
        // With something new, each promise is written once, as the site itself writes it.
        place.write("content/new.toml", &SOUND.replace("Strategic", "New"));
        place.run("build").assert().code(0).stderr_eq("");
        let all = place.read("planpress.lock");
        let old: Vec<&str> = all
            .lines()
            .filter(|line| !line.starts_with("/new/"))
            .collect();
        assert_eq!(old, written.lines().collect::<Vec<_>>());
        fs::remove_file(place.path("content/new.toml")).unwrap();
    }
}

#[test]
fn what_is_kept_in_another_way_stays_in_the_lock_in_its_place() {
    let place = Place::site_with_plan(LABELLED);
    place.run("build").assert().code(0);
    let before = lock(&place);
    fs::rename(
        place.path("content/plan.toml"),
        place.path("content/a-later.toml"),
    )
    .unwrap();
    // `!` sorts before the `#` of the anchors.
    let aliases = "aliases = [\"/plan/\", \"/a-later/!/\"]";
    place.write("content/a-later.toml", &format!("{aliases}\n{LABELLED}"));
    place.run("build --strict").assert().code(0).stderr_eq("");
    let after = lock(&place);
    let mut lines: Vec<&str> = after.lines().collect();
    assert!(before.lines().all(|line| lines.contains(&line)), "{after}");
    let at = |line| lines.iter().position(|known| *known == line).unwrap();
    assert_eq!(at("/a-later/!/") + 1, at("/a-later/#a-1"));
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines, after.lines().collect::<Vec<_>>());
    let text = place.read("planpress.lock");
    place.run("build --strict").assert().code(0).stderr_eq("");
    assert_eq!(place.read("planpress.lock"), text);
}

#[test]
fn a_renamed_plan_warns_until_it_has_the_alias_that_the_help_names() {
    let place = Place::site_with_plan(LABELLED);
    place.run("build").assert().code(0);
    let before = place.read("planpress.lock");
    fs::rename(
        place.path("content/plan.toml"),
        place.path("content/plans-2030.toml"),
    )
    .unwrap();
    let expected = str![[r#"
warning[lost-address]: /plan/ is promised, but no longer there, and 10 anchors with it
 --> planpress.lock:5:1
  |
5 | /plan/
  | ^^^^^^
  |
  = help: If content/plans-2030.toml took its place, add this line there, above the first heading: aliases = ["/plan/"]
  = help: To take the promise back, delete this line from planpress.lock, and those that begin with /plan/#.


"#]];
    place
        .run("build")
        .assert()
        .code(0)
        .stderr_eq(expected.clone());
    // The promise stays, so the next build says it again.
    let after = place.read("planpress.lock");
    assert!(before.lines().all(|line| after.contains(line)));
    assert!(after.contains("/plans-2030/#a-1\n"));
    place.run("build").assert().code(0).stderr_eq(expected);
    place
        .run("check")
        .assert()
        .code(1)
        .stdout_eq("error[lost-address]: /plan/ is promised[..]\n...\n");
    place
        .run("build --strict")
        .assert()
        .code(1)
        .stderr_eq("...\nNothing was published: 1 warning, and --strict treats it as an error.\n");

    place.write(
        "content/plans-2030.toml",
        &format!("aliases = [\"/plan/\"]\n{LABELLED}"),
    );
    place.run("build --strict").assert().code(0).stderr_eq("");
    place.run("check --strict").assert().code(0);
}

#[test]
fn an_alias_keeps_the_anchors_only_where_the_new_page_has_them() {
    let place = Place::site_with_plan(LABELLED);
    place.run("build").assert().code(0);
    fs::remove_file(place.path("content/plan.toml")).unwrap();
    let later = LABELLED.replace(", \"Be heard.\"", "");
    place.write(
        "content/later.toml",
        &format!("aliases = [\"/plan/\"]\n{later}"),
    );
    place
        .run("build")
        .assert()
        .code(0)
        .stderr_eq("warning[lost-anchor]: #a-2 of /plan/ is promised, but no longer there\n...\n");
}

#[test]
fn an_anchor_is_kept_by_former_ids() {
    let place = Place::site_with_plan(LABELLED);
    place.run("build").assert().code(0);
    let renamed = LABELLED.replace("label = \"A\"", "label = \"B\"");
    place.write("content/plan.toml", &renamed);
    let found = place.run("check").assert().code(1);
    let found = text(&found.get_output().stdout);
    assert!(
        found.contains("error[lost-anchor]: #a-1 of /plan/ is promised"),
        "{found}"
    );
    assert!(
        found.contains("Add to what is #b-1 now, in content/plan.toml: former_ids = [\"a-1\"]."),
        "{found}"
    );
    let kept = renamed.replace(
        "objectives = [\"Champion libraries.\", \"Be heard.\"]",
        "objectives = [\n  { text = \"Champion libraries.\", former_ids = [\"a-1\"] },\n  { text = \"Be heard.\", former_ids = [\"a-2\"] },\n]",
    );
    place.write("content/plan.toml", &kept);
    place.run("check --strict").assert().code(0);
}

#[test]
fn where_several_may_have_been_meant_the_help_names_none() {
    let domain = |id: &str, label: &str| {
        format!(
            "\n[[domains]]\nid = \"{id}\"\nlabel = \"{label}\"\nname = \"The {id}\"\nobjectives = [\"Be {id}.\"]\n"
        )
    };
    let plan = |first, second| {
        let domains = [domain("first", first), domain("second", second)];
        format!("title = \"Plan\"\n{}", domains.concat())
    };
    let place = Place::site_with_plan(&plan("A", "B"));
    place.run("build").assert().code(0);
    place.write("content/plan.toml", &plan("1", "2"));
    let found = place.run("check").assert().code(1);
    let found = text(&found.get_output().stdout);
    assert!(found.contains("#b-1 of /plan/ is promised"), "{found}");
    assert!(!found.contains("what is #"), "{found}");
}

#[test]
fn a_domain_that_is_renamed_keeps_both_its_anchors_by_the_line_that_the_help_names() {
    let place = Place::site_with_plan(LABELLED);
    place.run("build").assert().code(0);
    let renamed = LABELLED.replace("\"Advocacy\"", "\"Lobby\"");
    place.write("content/plan.toml", &renamed);
    let found = place.run("check").assert().code(1);
    let found = text(&found.get_output().stdout);
    assert!(
        found.contains("#advocacy and #list-advocacy of /plan/ are promised"),
        "{found}"
    );
    let line = "former_ids = [\"advocacy\"]";
    assert!(found.contains(line), "{found}");
    let kept = renamed.replace("label = \"A\"", &format!("label = \"A\"\n{line}"));
    place.write("content/plan.toml", &kept);
    place.run("check --strict").assert().code(0);
    place.run("build --strict").assert().code(0).stderr_eq("");
    let page = place.read("public/plan/index.html");
    assert!(page.contains("<span id=\"list-advocacy\"></span><h3 id=\"list-lobby\""));
}

#[test]
fn an_objective_that_went_from_the_middle_is_told_of_those_that_moved_up() {
    let place = Place::site_with_plan(LABELLED);
    place.run("build").assert().code(0);
    place.write(
        "content/plan.toml",
        &LABELLED.replace("\"Champion libraries.\", ", ""),
    );
    let found = place.run("check").assert().code(1);
    let found = text(&found.get_output().stdout);
    assert!(
        found.contains("#a-2 of /plan/ is promised") && found.contains("have moved up"),
        "{found}"
    );
}

#[test]
fn where_two_plans_may_have_taken_the_place_none_is_proposed() {
    let place = Place::site_with_plan(LABELLED)
        .with(
            "content/other/b.toml",
            &LABELLED.replace("Strategic", "Other"),
        )
        .with("content/uno.toml", &LABELLED.replace("Strategic", "First"));
    place.run("build").assert().code(0);
    fs::remove_file(place.path("content/plan.toml")).unwrap();
    let found = place.run("check").assert().code(1);
    let found = text(&found.get_output().stdout);
    assert!(
        found.contains("In the file of the plan that took its place, add: aliases = [\"/plan/\"]"),
        "{found}"
    );
}

#[test]
fn a_promise_is_taken_back_by_deleting_its_line() {
    let place = Place::site_with_plan(LABELLED);
    place.run("build").assert().code(0);
    place.write(
        "content/plan.toml",
        &LABELLED.replace(", \"Be heard.\"", ""),
    );
    place.run("check").assert().code(1);
    let text = place.read("planpress.lock").replace("/plan/#a-2\n", "");
    place.write("planpress.lock", &text);
    place.run("check --strict").assert().code(0);
    place.run("build --strict").assert().code(0).stderr_eq("");
    assert_eq!(place.read("planpress.lock"), text);
}

#[test]
fn unpublished_plans_promise_nothing() {
    let place = Place::site().with(
        "content/draft.toml",
        &format!("publish = false\n{}", SOUND.replace("Strategic", "Draft")),
    );
    place.run("build --unpublished --strict").assert().code(0);
    assert!(!place.path("planpress.lock").exists());
    place.run("build").assert().code(0);
    assert!(!place.read("planpress.lock").contains("draft"));

    // What was promised is lost in every edition, for it is the published one that others see.
    place.write("content/plan.toml", &format!("publish = false\n{SOUND}"));
    let before = place.read("planpress.lock");
    place
        .run("build --unpublished")
        .assert()
        .code(0)
        .stderr_eq("warning[lost-address]: /plan/ is promised[..]\n...\n  = help: Take `publish = false` out of content/plan.toml.\n...\n");
    assert_eq!(place.read("planpress.lock"), before);
}

#[test]
fn a_build_that_publishes_nothing_promises_nothing() {
    for (place, words) in [
        (Place::site_with_error(), "build"),
        (Place::site_with_warning(), "build --strict"),
        (Place::site(), "check"),
    ] {
        let _ = place.run(words).assert();
        assert!(!place.path("planpress.lock").exists(), "{words}");
    }
}

#[test]
fn a_plan_with_errors_is_not_said_to_break_its_promises() {
    let place = Place::site_with_plan(LABELLED);
    place.run("build").assert().code(0);
    place.write("content/plan.toml", "title = \"Plan\"\nx = \n");
    let found = place.run("check").assert().code(1);
    let found = text(&found.get_output().stdout);
    assert!(!found.contains("lost-"), "{found}");
}

#[test]
fn a_merge_conflict_publishes_nothing_and_is_never_written_over() {
    let place = Place::site();
    let conflict = "/plan/\n<<<<<<< HEAD\n/a/\n=======\n/b/\n>>>>>>> other\n";
    place.write("planpress.lock", conflict);
    place
        .run("build")
        .assert()
        .code(1)
        .stderr_eq("error[lock-conflict]: [..]\n...\nNothing was published: 1 error.\n");
    assert_eq!(place.read("planpress.lock"), conflict);
    assert!(!place.path("public").exists());
}

#[cfg(unix)]
#[test]
fn a_lock_that_cannot_be_written_is_told_after_the_site_is_published() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::site().with("public/.gitignore", "");
    let root = place.path(".");
    let mode = |mode| fs::set_permissions(&root, fs::Permissions::from_mode(mode)).unwrap();
    mode(0o555);
    // Whoever may write everywhere sees nothing of it.
    let may_write = fs::write(place.path("probe"), "").is_ok();
    let built = place.run("build").assert();
    mode(0o755);
    if may_write {
        built.code(0);
        return;
    }
    built
        .code(2)
        .stderr_eq("error: [..]planpress.lock[..]\n...\n[..]The site is published.[..]\n");
    assert!(place.path("public/plan/index.html").exists());
}

#[test]
fn something_else_of_that_name_is_an_error_before_anything_is_published() {
    let place = Place::site();
    fs::create_dir(place.path("planpress.lock")).unwrap();
    place
        .run("build")
        .assert()
        .code(1)
        .stderr_eq("error[not-a-file]: [..]\n--> planpress.lock\n...\n");
    assert!(!place.path("public").exists());
}
