//! `planpress init` and `planpress new`.

use std::fs;

use planpress::scaffold::{PLAN, SITE};
use snapbox::str;

use crate::{Place, planpress, text};

const STARTER: [&str; 5] = [
    ".gitignore",
    "README.md",
    "content/strategic-plan.toml",
    "plan.schema.json",
    "planpress.toml",
];

/// A site of the tests with what GitHub Pages needs.
const SITE_ON_GITHUB: [&str; 4] = [
    ".github/workflows/publish.yml",
    ".nojekyll",
    "content/plan.toml",
    "planpress.toml",
];

/// The starter file with every example in it put to use.
fn with_every_example(file: &str) -> String {
    let lines = file.lines().map(|line| match line.strip_prefix('#') {
        Some(example) if !example.starts_with(' ') => example,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn init_makes_a_site_in_a_new_folder_and_says_what_comes_next() {
    let place = Place::empty();
    place
        .run("init sites/ours")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Started a site in sites/ours:
  planpress.toml
  content/strategic-plan.toml
  plan.schema.json
  README.md
  .gitignore

Next:
  cd sites/ours
  planpress serve --open

"#]]);
    assert_eq!(
        place.files(),
        STARTER.map(|file| format!("sites/ours/{file}"))
    );
}

#[test]
fn init_takes_an_empty_folder_that_is_there_even_the_current_one() {
    let place = Place::empty();
    let output = place
        .run("init .")
        .assert()
        .code(0)
        .stderr_eq("")
        .get_output()
        .clone();
    assert!(!text(&output.stdout).contains("cd "));
    assert_eq!(place.files(), STARTER);

    let place = Place::empty();
    fs::create_dir(place.path("our plans")).unwrap();
    let command = planpress()
        .args(["init", "our plans"])
        .current_dir(place.path("."));
    let output = command.assert().code(0).get_output().clone();
    assert!(text(&output.stdout).contains("\n  cd \"our plans\"\n"));
    assert_eq!(place.files().len(), STARTER.len());
}

#[test]
fn init_refuses_a_folder_that_is_not_empty_and_leaves_it_as_it_is() {
    let place = Place::empty().with("site/.hidden", "mine");
    place
        .run("init site")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: the folder site is not empty: it holds .hidden
 |
 = help: Name a folder that does not exist yet, as in `planpress init our-plans`.
 = help: To add a plan to a site that is there, use `planpress new`.
 = help: To fill a repository that has files, make the site elsewhere and move what is in its folder, names with a dot included, to the top of the repository.

"#]]);
    assert_eq!(place.files(), ["site/.hidden"]);
}

#[test]
fn init_refuses_a_file() {
    let place = Place::empty().with("site", "mine");
    place.run("init site").assert().code(2).stdout_eq("");
    place.run("init site/below").assert().code(2).stdout_eq("");
    assert_eq!(place.read("site"), "mine");
}

/// What a repository looks like that was made on GitHub and cloned to put a site into it.
#[test]
fn init_takes_a_folder_in_which_there_is_nothing_but_a_repository() {
    let place = Place::empty().with("site/.git/HEAD", "ref: refs/heads/main\n");
    place.run("init site").assert().code(0).stderr_eq("");
    assert_eq!(place.read("site/.git/HEAD"), "ref: refs/heads/main\n");
    assert_eq!(place.files().len(), STARTER.len() + 1);
}

/// A limit on the size of files stands for a disk that is full: the first small files are written,
/// the plan is not.
#[cfg(target_os = "linux")]
#[test]
fn init_makes_all_or_nothing() {
    let place = Place::empty();
    fs::create_dir(place.path("there")).unwrap();
    for words in ["new/site", "there", "new/site --github"] {
        let script = format!("trap '' XFSZ; ulimit -f 2; exec \"$0\" init {words}");
        snapbox::cmd::Command::new("sh")
            .args(["-c", &script, crate::PLANPRESS])
            .current_dir(place.path("."))
            .assert()
            .code(2)
            .stdout_eq("");
        assert_eq!(place.files(), [""; 0], "{words}");
    }
    assert!(!place.path("new").exists(), "a folder was left behind");
    assert!(
        place.path("there").exists(),
        "a folder that was there is gone"
    );
}

#[test]
fn init_adds_what_github_pages_needs_and_says_which_clicks_are_left() {
    let place = Place::empty();
    place
        .run("init --github ours")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Started a site in ours:
  planpress.toml
  content/strategic-plan.toml
  plan.schema.json
  README.md
  .gitignore
  .nojekyll
  .github/workflows/publish.yml

Next:
  cd ours
  planpress serve --open

To publish it on GitHub Pages:
  Run `planpress build` once: it writes planpress.lock, which keeps addresses.
  Push this folder to github.com, to the branch main of a repository of its own,
  with the files whose names begin with a dot. (With a free account the
  repository must be public.) Then two clicks are left, once, on its page:
  1. Settings > Pages > Build and deployment > Source: choose "GitHub Actions".
  2. Actions > Publish the plans > Run workflow. (The run that the push started
     has failed, for there were no Pages yet.)
  From then on every push publishes the plans, and every pull request checks them.

"#]]);
    assert_eq!(
        place.files(),
        [
            "ours/.github/workflows/publish.yml",
            "ours/.gitignore",
            "ours/.nojekyll",
            "ours/README.md",
            "ours/content/strategic-plan.toml",
            "ours/plan.schema.json",
            "ours/planpress.toml",
        ]
    );
    place
        .run_in("ours", "build --strict")
        .assert()
        .code(0)
        .stderr_eq("");
}

#[test]
fn init_adds_to_a_site_that_is_there_only_what_github_pages_needs() {
    let place = Place::site();
    place
        .run("init . --github")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Added to the site in .:
  .github/workflows/publish.yml
  .nojekyll

To publish it on GitHub Pages:
  Run `planpress build` once: it writes planpress.lock, which keeps addresses.
  Push this folder to github.com, to the branch main of a repository of its own,
  with the files whose names begin with a dot. (With a free account the
  repository must be public.) Then two clicks are left, once, on its page:
  1. Settings > Pages > Build and deployment > Source: choose "GitHub Actions".
  2. Actions > Publish the plans > Run workflow. (The run that the push started
     has failed, for there were no Pages yet.)
  From then on every push publishes the plans, and every pull request checks them.

"#]]);
    assert_eq!(place.files(), SITE_ON_GITHUB);
    place.write(".github/workflows/publish.yml", "mine");
    fs::remove_file(place.path(".nojekyll")).unwrap();
    place
        .run("init . --github")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Added to the site in .:
  .nojekyll
There already, and left as it is:
  .github/workflows/publish.yml

To publish it on GitHub Pages:
  Run `planpress build` once: it writes planpress.lock, which keeps addresses.
  Push this folder to github.com, to the branch main of a repository of its own,
  with the files whose names begin with a dot. (With a free account the
  repository must be public.) Then two clicks are left, once, on its page:
  1. Settings > Pages > Build and deployment > Source: choose "GitHub Actions".
  2. Actions > Publish the plans > Run workflow. (The run that the push started
     has failed, for there were no Pages yet.)
  From then on every push publishes the plans, and every pull request checks them.

"#]]);
    assert_eq!(place.files(), SITE_ON_GITHUB);
    assert_eq!(place.read(".github/workflows/publish.yml"), "mine");
}

#[test]
fn init_with_github_refuses_a_folder_that_is_neither_empty_nor_a_site() {
    let place = Place::empty().with("site/letter.docx", "mine");
    let output = place.run("init site --github").assert().code(2);
    assert!(text(&output.get_output().stderr).contains("is not empty: it holds letter.docx"));
    assert_eq!(place.files(), ["site/letter.docx"]);
}

#[test]
fn init_and_new_are_silent_with_quiet() {
    let place = Place::empty();
    place
        .run("init --quiet site")
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq("");
    place
        .run_in("site", "new plan-2030 -q")
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq("");
    assert!(place.path("site/content/plan-2030.toml").exists());
}

#[test]
fn a_new_site_builds_without_a_warning() {
    let place = Place::empty();
    place.run("init site").assert().code(0);
    place
        .run_in("site", "check --strict --quiet")
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq("");
    place
        .run_in("site", "build --strict")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Published 1 plan on [..] in public/ ([..]; no warnings; [..])

"#]]);
    assert!(place.path("site/public/strategic-plan/index.html").exists());
}

#[test]
fn new_plans_build_without_a_warning_beside_the_first_one() {
    let place = Place::empty();
    place.run("init .").assert().code(0);
    place.run("new plan-2030").assert().code(0);
    place.run("new libraries/plan-2031.toml").assert().code(0);
    place
        .run("build --strict")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Published 3 plans on [..]; no warnings; [..])

"#]]);
}

#[test]
fn the_output_of_a_new_site_is_ignored_by_git() {
    let place = Place::empty();
    place.run("init .").assert().code(0);
    let ignored = place.read(".gitignore");
    assert!(ignored.lines().any(|line| line == "/public/"), "{ignored}");
}

#[test]
fn every_example_of_the_starter_files_is_well_formed() {
    for file in [PLAN, SITE] {
        let used = with_every_example(file);
        let parsed = used.parse::<toml::Table>();
        assert!(parsed.is_ok(), "{}\n{used}", parsed.unwrap_err());
        assert!(parsed.unwrap().len() > file.parse::<toml::Table>().unwrap().len());
    }
}

/// A person takes the `#` from the lines that look like examples, each by itself.
#[test]
fn every_example_of_the_starter_files_is_one_line() {
    for file in [PLAN, SITE] {
        let examples = file.lines().filter_map(|line| line.strip_prefix('#'));
        for example in examples.filter(|line| !line.starts_with(' ') && !line.is_empty()) {
            let parsed = example.parse::<toml::Table>();
            assert!(parsed.is_ok(), "{example}: {}", parsed.unwrap_err());
        }
    }
}

#[test]
fn a_plan_that_uses_every_example_at_once_has_no_error() {
    let place = Place::empty();
    place.run("init .").assert().code(0);
    place.write("content/strategic-plan.toml", &with_every_example(PLAN));
    place
        .run("check --quiet")
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq("");
}

#[test]
fn new_makes_a_plan_that_explains_itself_and_says_what_comes_next() {
    let place = Place::site();
    place
        .run("new libraries/plan-2030")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Started a plan in content/libraries/plan-2030.toml
Wrote plan.schema.json, which explains the keys to editors

Next: open it in a text editor, put your own words in, and see it with
  planpress serve --open

"#]]);
    let plan = place.read("content/libraries/plan-2030.toml");
    assert!(plan.contains("\ntitle = \"Plan 2030\"\n"), "{plan}");
    let (head, plan) = plan.split_at(plan.find(&PLAN[..40]).expect("the starter plan"));
    assert!(
        head.starts_with("#:schema ../../plan.schema.json\n# The line"),
        "{head}"
    );
    assert_eq!(plan.replace("\"Plan 2030\"", "\"Strategic Plan\""), PLAN);
}

/// Editors that know Taplo's directives look for the schema from the folder of the plan.
#[test]
fn plans_name_the_schema_that_lies_in_the_site() {
    let schema = planpress()
        .arg("schema")
        .assert()
        .code(0)
        .stderr_eq("")
        .get_output()
        .clone();
    let schema = text(&schema.stdout);
    let place = Place::empty();
    place.run("init .").assert().code(0);
    place
        .run("new a/b/plan")
        .assert()
        .code(0)
        .stdout_eq(str![[r#"
Started a plan in content/a/b/plan.toml

Next: [..]
...
"#]]);
    for plan in ["content/strategic-plan.toml", "content/a/b/plan.toml"] {
        let first = place
            .read(plan)
            .lines()
            .next()
            .map(str::to_owned)
            .unwrap_or_default();
        let path = first
            .strip_prefix("#:schema ")
            .expect("the directive comes first");
        let named = place.path(plan).parent().unwrap().join(path);
        assert_eq!(fs::read_to_string(named).unwrap(), schema, "{plan}");
    }
}

#[test]
fn new_never_changes_a_schema_that_is_there() {
    let place = Place::site().with("plan.schema.json", "mine");
    place.run("new plan-2030").assert().code(0);
    assert_eq!(place.read("plan.schema.json"), "mine");
}

#[test]
fn new_finds_the_site_from_a_folder_below_or_where_root_says() {
    let place = Place::site();
    place
        .run_in("content", "new a-plan.toml")
        .assert()
        .code(0)
        .stderr_eq("");
    assert!(place.path("content/a-plan.toml").exists());

    let elsewhere = Place::empty();
    let command = elsewhere.run("new b-plan --root").arg(place.path("."));
    command.assert().code(0).stderr_eq("");
    assert!(place.path("content/b-plan.toml").exists());
    assert_eq!(elsewhere.files(), [""; 0]);

    elsewhere
        .run("new c-plan")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: there is no planpress.toml in this folder, nor in one above it
...
 = help: To start a new site, use `planpress init our-plans`.

"#]]);
}

#[test]
fn new_never_changes_a_plan_that_is_there() {
    let place = Place::site();
    let before = place.read("content/plan.toml");
    for name in ["plan", "plan.toml"] {
        place
            .run(&format!("new {name}"))
            .assert()
            .code(2)
            .stdout_eq("")
            .stderr_eq(str![[r#"
error: there is a plan content/plan.toml already
 |
 = help: Nothing was changed. Choose another name for the new plan.

"#]]);
    }
    assert_eq!(place.read("content/plan.toml"), before);
}

#[test]
fn new_refuses_a_name_that_cannot_be_an_address_and_proposes_one() {
    let place = Place::site();
    let before = place.files();
    for (name, proposed) in [
        ("Plan 2030", "plan-2030"),
        ("plan.v2", "plan-v2"),
        ("../../outside", "outside"),
        ("/etc/plan", "etc/plan"),
        ("a\\b", "a/b"),
        ("board/", "board"),
        ("Über & Co.toml", "über-co"),
        ("", "strategic-plan"),
        ("plans", "plans-plan"),
        ("assets/x", "assets-plan/x"),
        ("Feed", "feed-plan"),
        ("content/plan-2030", "plan-2030"),
        ("plan\u{1b}[31m", "plan-31m"),
    ] {
        let command = planpress().args(["new", name]).current_dir(place.path("."));
        let output = command.assert().code(2).stdout_eq("").get_output().clone();
        let said = text(&output.stderr);
        let help = format!(" = help: Try `planpress new {proposed}`.\n");
        assert!(said.contains(&help), "for {name:?}:\n{said}");
        assert!(!said.contains('\u{1b}'), "{said:?}");
    }
    assert_eq!(place.files(), before);
}

#[test]
fn new_refuses_a_name_that_differs_from_another_in_case_alone() {
    let place = Place::site().with("content/Board/a.toml", "");
    place
        .run("new Plan")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: `Plan.toml` and the existing `plan.toml` differ only in upper and lower case
 |
 = help: Try `planpress new plan-2`.

"#]]);
    place
        .run("new board/b")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: `board` and the existing `Board` differ only in upper and lower case
 |
 = help: Try `planpress new Board/b`.

"#]]);
    assert_eq!(
        place.files(),
        [
            "content/Board/a.toml",
            "content/plan.toml",
            "planpress.toml"
        ]
    );
}
