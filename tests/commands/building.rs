//! `planpress build` and `planpress check`: exit codes, streams, and which site is meant.

use snapbox::str;

use crate::{Place, planpress, text};

#[test]
fn build_publishes_and_says_so_in_one_line() {
    let place = Place::site();
    place
        .run("build")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Published 1 plan on [..] in public/ ([..] files: [..] written, 0 unchanged; no warnings; [..] ms)

"#]]);
    assert!(place.path("public/plan/index.html").exists());
    place
        .run("build")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Published 1 plan on [..] in public/ ([..] files: 0 written, [..] unchanged; no warnings; [..] ms)

"#]]);
}

#[test]
fn build_with_an_error_ends_with_code_1_and_publishes_nothing() {
    let place = Place::site_with_error();
    let before = place.files();
    place
        .run("build")
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[unknown-key]: [..]objectivs[..]
 --> content/plan.toml:5:1
...
Nothing was published: 1 error.

"#]]);
    assert_eq!(place.files(), before);
}

#[test]
fn build_keeps_what_was_published_while_there_is_an_error() {
    let place = Place::site();
    place.run("build").assert().code(0);
    let page = place.read("public/plan/index.html");
    place.write("content/plan.toml", "title = \"Broken\"\nx = ");
    place.run("build").assert().code(1).stdout_eq("");
    assert_eq!(place.read("public/plan/index.html"), page);
}

#[test]
fn warnings_are_published_unless_strict() {
    let place = Place::site_with_warning();
    place
        .run("build --strict")
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
warning[near-duplicate-name]: [..]
...
Nothing was published: 1 warning, and --strict treats it as an error.

"#]]);
    assert!(!place.path("public").exists());
    let published = place.run("build").assert().code(0).stderr_eq(str![[r#"
warning[near-duplicate-name]: [..]
...
"#]]);
    published.stdout_eq(str![[r#"
Published 1 plan on [..]; 1 warning; [..])

"#]]);
    place.run("check").assert().code(0);
    place
        .run("check --strict")
        .assert()
        .code(1)
        .stdout_eq(str![[r#"
warning[near-duplicate-name]: [..]
...
Checked 1 plan, 2 pages: 1 warning, and --strict treats it as an error ([..])

"#]]);
}

#[test]
fn quiet_says_nothing_but_errors() {
    Place::site()
        .run("build -q")
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq("");
    Place::site()
        .run("check -q")
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq("");
    Place::site_with_warning()
        .run("-q build")
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq("");
    let strict = Place::site_with_warning()
        .run("build -q --strict")
        .assert()
        .code(1);
    strict
        .stdout_eq("")
        .stderr_eq("warning[near-duplicate-name]: [..]\n...\n");
    let faulty = Place::site_with_error()
        .run("build -q")
        .assert()
        .code(1)
        .stdout_eq("");
    let said = text(&faulty.get_output().stderr);
    assert!(said.starts_with("error[unknown-key]") && !said.contains("Nothing was published"));
}

#[test]
fn verbose_says_which_files_were_written_and_removed() {
    let place = Place::site();
    let output = place.run("build --verbose").assert().code(0).stderr_eq("");
    let said = text(&output.get_output().stdout);
    assert!(said.starts_with("Reading the site in "), "{said}");
    assert!(said.contains("\nWrote public/plan/index.html\n"), "{said}");

    let plan = place.read("content/plan.toml");
    std::fs::remove_file(place.path("content/plan.toml")).unwrap();
    place.write("content/other.toml", &plan);
    let output = place.run("build -v").assert().code(0);
    let said = text(&output.get_output().stdout);
    assert!(said.contains("\nWrote planpress.lock\n"), "{said}");
    assert!(
        said.contains("\nRemoved public/plan/index.html\n"),
        "{said}"
    );
    assert!(said.contains("removed; 1 warning; "), "{said}");
}

#[test]
fn build_finds_the_site_from_a_folder_below() {
    let place = Place::site().with("content/deep/er/x.txt", "");
    place
        .run_in("content/deep/er", "build")
        .assert()
        .code(0)
        .stderr_eq("");
    assert!(place.path("public/plan/index.html").exists());
    assert!(!place.path("content/deep/er/public").exists());
}

#[test]
fn the_nearest_site_upwards_is_meant() {
    let inner = "title = \"Inner\"\n";
    let place = Place::site_with_error().with("sites/inner/planpress.toml", inner);
    place.write(
        "sites/inner/content/p.toml",
        &Place::site().read("content/plan.toml"),
    );
    place
        .run_in("sites/inner/content", "check")
        .assert()
        .code(0)
        .stderr_eq("");
    place.run_in("sites", "check").assert().code(1);
}

#[test]
fn root_names_the_site_and_is_not_searched_upwards() {
    let place = Place::site();
    let elsewhere = Place::empty();
    elsewhere
        .run("build --root")
        .arg(place.path("."))
        .assert()
        .code(0)
        .stderr_eq("");
    assert!(place.path("public/plan/index.html").exists());
    assert_eq!(elsewhere.files(), [""; 0]);

    place
        .run("build --root content")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: there is no planpress.toml in the folder content
 |
 = help: Name the folder that holds planpress.toml.
 = help: To start a new site, use `planpress init our-plans`.

"#]]);
    place
        .run("check --root nowhere")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: there is no folder nowhere
 |
 = help: Name the folder that holds planpress.toml.

"#]]);
}

#[test]
fn outside_a_site_the_first_step_is_named() {
    for command in ["build", "check", "check --format json"] {
        Place::empty()
            .run(command)
            .assert()
            .code(2)
            .stdout_eq("")
            .stderr_eq(str![[r#"
error: there is no planpress.toml in this folder, nor in one above it
 |
 = help: Go to the folder of your site first, or name it with `--root`.
 = help: To start a new site, use `planpress init our-plans`.

"#]]);
    }
}

#[test]
fn output_is_meant_from_the_current_folder() {
    let place = Place::site().with("desk/x.txt", "");
    let output = place
        .run_in("desk", "build --output made")
        .assert()
        .code(0)
        .stderr_eq("");
    let said = text(&output.get_output().stdout);
    assert!(said.contains(" in made/ ("), "{said}");
    assert!(place.path("desk/made/plan/index.html").exists());
    assert!(!place.path("public").exists());
}

#[test]
fn unpublished_plans_are_built_only_when_asked_for() {
    let place = Place::site();
    let hidden = format!("publish = false\n{}", place.read("content/plan.toml"));
    place.write("content/hidden.toml", &hidden);
    place.run("build").assert().code(0);
    assert!(!place.path("public/hidden").exists());
    place.run("build --unpublished").assert().code(0);
    assert!(place.path("public/hidden/index.html").exists());
}

#[test]
fn base_url_takes_the_place_of_the_sites_own() {
    let place = Place::site();
    place
        .run("build --base-url https://example.org/there/")
        .assert()
        .code(0)
        .stderr_eq("");
    let page = place.read("public/plan/index.html");
    assert!(
        page.contains("https://example.org/there/plan/"),
        "no canonical address in:\n{page}"
    );
}

#[test]
fn check_prints_findings_to_standard_output_and_writes_nothing() {
    let place = Place::site_with_error();
    let before = place.files();
    place
        .run("check")
        .assert()
        .code(1)
        .stderr_eq("")
        .stdout_eq(str![[r#"
error[unknown-key]: [..]objectivs[..]
 --> content/plan.toml:5:1
...
Checked [..]: 1 error ([..])

"#]]);
    assert_eq!(place.files(), before);
    Place::site()
        .run("check")
        .assert()
        .code(0)
        .stderr_eq("")
        .stdout_eq(str![[r#"
Checked 1 plan, [..] page[..]: no errors, no warnings ([..])

"#]]);
}

#[test]
fn check_as_json_prints_one_object_per_line_and_nothing_else() {
    Place::site()
        .run("check --format json")
        .assert()
        .code(0)
        .stdout_eq("")
        .stderr_eq("");
    let output = Place::site_with_error()
        .run("check --format json")
        .assert()
        .code(1);
    let output = output.stderr_eq("").get_output().clone();
    let said = text(&output.stdout);
    let findings: Vec<serde_json::Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();
    let finding = findings
        .iter()
        .find(|one| one["name"] == "unknown-key")
        .expect("it is found");
    assert_eq!(finding["file"], "content/plan.toml");
    assert_eq!(
        (&finding["line"], &finding["column"]),
        (&5.into(), &1.into())
    );
    assert_eq!(finding["source"], "objectivs = [\"Champion libraries.\"]");
}

#[test]
fn check_for_github_names_files_from_the_repository() {
    let site = Place::site_with_error();
    let repository = Place::empty();
    for path in ["planpress.toml", "content/plan.toml"] {
        repository.write(&format!("sites/ours/{path}"), &site.read(path));
    }
    let annotated = |folder: &str, words: &str, workspace: Option<&str>| {
        let command = planpress().args(words.split_whitespace());
        let command = command.current_dir(repository.path(folder));
        let command = match workspace {
            Some(workspace) => command.env("GITHUB_WORKSPACE", repository.path(workspace)),
            None => command,
        };
        text(&command.assert().code(1).stderr_eq("").get_output().stdout)
    };
    let check = "check --format github";
    for said in [
        annotated("sites/ours/content", check, Some(".")),
        annotated(".", "check --format github --root sites/ours", Some(".")),
        annotated(".", "check --format github --root sites/ours", None),
    ] {
        let start =
            "::error file=sites/ours/content/plan.toml,line=5,endLine=5,col=1,endColumn=10,";
        assert!(said.starts_with(start), "{said}");
    }
    let said = annotated("sites/ours", check, None);
    assert!(
        said.starts_with("::error file=content/plan.toml,line=5,"),
        "{said}"
    );
}

#[test]
fn one_thread_and_many_make_the_same_site() {
    let place = Place::site_with_warning();
    let plan = place.read("content/plan.toml");
    for number in 0..12 {
        place.write(&format!("content/plan-{number}.toml"), &plan);
    }
    let mut made = Vec::new();
    for threads in ["1", "7"] {
        let command = place.run(&format!("build --output made-{threads}"));
        let output = command.env("PLANPRESS_THREADS", threads).assert().code(0);
        let findings = text(&output.get_output().stderr);
        let prefix = format!("made-{threads}/");
        let files: Vec<_> = place
            .files()
            .into_iter()
            .filter_map(|path| path.strip_prefix(&prefix).map(str::to_owned))
            .map(|path| {
                (
                    std::fs::read(place.path(&format!("{prefix}{path}"))).unwrap(),
                    path,
                )
            })
            .collect();
        assert!(files.len() > 12);
        made.push((findings, files));
    }
    assert!(
        made[0] == made[1],
        "the number of threads shows in what is made"
    );
}
