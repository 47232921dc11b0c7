//! `planpress embed`: which plan is meant, where the fragment goes, and what is said about it.

use snapbox::str;

use crate::{Place, text};

/// Two plans that name each other; nothing is known of where they are published.
const OLD: &str = r#"title = "The First Plan"

[[domains]]
name = "Advocacy"
objectives = ["Champion libraries."]
"#;

const NEW: &str = r#"title = "The Second Plan"
supersedes = "plan-2020"

[[sections]]
title = "Background"
body = "See [what came before](plan-2020.toml#advocacy-1), [one](#advocacy-1) and [the top](#top)."

[[domains]]
name = "Advocacy"
objectives = ["Champion libraries again."]
"#;

fn two_plans() -> Place {
    Place::site_with_plan(OLD)
        .with("content/plan-2020.toml", OLD)
        .with("content/plan-2025.toml", NEW)
}

#[test]
fn embed_prints_the_fragment_and_nothing_else_to_standard_output() {
    let place = Place::site();
    let before = place.files();
    let run = place.run("embed plan --profile full").assert().code(0);
    let html = text(&run.get_output().stdout);
    assert!(
        html.starts_with("<div class=\"planpress\" dir=\"ltr\" lang=\"en\">\n"),
        "{html}"
    );
    assert!(html.ends_with("</div>\n"), "{html}");
    run.stderr_eq("");
    assert_eq!(place.files(), before);
}

#[test]
fn basic_says_on_standard_error_which_anchors_it_cannot_carry() {
    Place::site()
        .run("embed plan")
        .assert()
        .code(0)
        .stdout_eq(str![[r#"
<p lang="en"><strong>Strategic Plan</strong><br>An Association</p>
<h2 id="domains" lang="en">Domains and Goal Statements</h2>
<h3 id="advocacy" lang="en">Advocacy</h3>
<h4 id="list-advocacy" lang="en">Strategic Objective</h4>
<ol lang="en">
<li>Champion libraries.</li>
</ol>

"#]])
        .stderr_eq(str![[r##"
note: 3 anchors of the plan's page are not in the fragment. The profile basic can have them on
  headings only; links within it lead to the heading above instead.
  below #domains: #matrix, #list
  below #list-advocacy: #advocacy-1
  With `--profile full` every anchor is in its place.

"##]]);
    Place::site()
        .run("embed plan --quiet")
        .assert()
        .code(0)
        .stderr_eq("");
}

#[test]
fn a_plan_is_named_as_its_file_is_in_any_way() {
    let place = Place::site();
    let printed = |name: &str| {
        let run = place.run(&format!("embed {name}")).assert().code(0);
        text(&run.get_output().stdout)
    };
    let html = printed("plan");
    assert!(html.contains("Champion libraries."));
    for name in [
        "plan.toml",
        "content/plan.toml",
        "./content/plan.toml",
        "content/plan",
    ] {
        assert_eq!(printed(name), html, "{name}");
    }
}

#[test]
fn an_unknown_plan_names_the_plans_there_are_and_the_nearest() {
    two_plans()
        .run("embed plan-2026")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: there is no plan `plan-2026`
 |
 = help: Did you mean `plan-2020`?
 = help: The plans there are: `plan`, `plan-2020`, `plan-2025`.

"#]]);
}

#[test]
fn a_plan_with_an_error_is_not_embedded_but_one_beside_it_is() {
    let place = Place::site_with_error().with("content/sound.toml", OLD);
    place
        .run("embed plan")
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[unknown-key]: [..]objectivs[..]
 --> content/plan.toml:5:1
...
"#]]);
    place.run("embed sound").assert().code(0);
    place.write(
        "planpress.toml",
        "title = \"Plans\"\nbase_url = \"example.org\"\n",
    );
    place
        .run("embed sound")
        .assert()
        .code(1)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error[..]
 --> planpress.toml:2:12
...
"#]]);
}

#[test]
fn links_that_need_the_address_of_the_site_lose_it_and_are_named() {
    let place = two_plans();
    let run = place.run("embed plan-2025 --profile full").assert().code(0);
    let html = text(&run.get_output().stdout);
    assert!(
        html.contains("See what came before, <a href=\"#advocacy-1\">one</a> and the top."),
        "{html}"
    );
    assert!(html.contains("<dd>The First Plan</dd>"), "{html}");
    run.stderr_eq(str![[r##"
note: base_url in planpress.toml names no host, so 2 links cannot be followed from another
  site. The words are there without a link:
  The First Plan (/plan-2020/)
  what came before (/plan-2020/#advocacy-1)
  Set it to where the plans are published: base_url = "https://example.org/plans/"
note: 1 link leads to what only the plan's own page has. The words are there without a link:
  the top (#top)

"##]]);
    let known = format!(
        "base_url = \"https://example.org/plans/\"\n{}",
        place.read("planpress.toml")
    );
    place.write("planpress.toml", &known);
    let run = place.run("embed plan-2025").assert().code(0);
    let html = text(&run.get_output().stdout);
    assert!(
        html.contains("<a href=\"https://example.org/plans/plan-2020/#advocacy-1\">what came before</a>, <a href=\"#list-advocacy\">one</a>"),
        "{html}"
    );
    // The older plan says that it is one.
    let run = place.run("embed plan-2020").assert().code(0);
    let html = text(&run.get_output().stdout);
    assert!(
        html.contains("<strong>This plan has been superseded. The later plan is</strong> <a href=\"https://example.org/plans/plan-2025/\">The Second Plan</a>"),
        "{html}"
    );
}

#[test]
fn a_plan_that_is_not_published_is_embedded_with_a_word_about_it() {
    let unpublished = format!("publish = false\n{OLD}");
    Place::site_with_plan(&unpublished)
        .run("embed plan --profile full")
        .assert()
        .code(0)
        .stderr_eq(str![[r#"
note: content/plan.toml says `publish = false`, so the site itself does not show this plan.

"#]]);
}

#[test]
fn a_file_is_written_whole_and_replaces_an_earlier_fragment() {
    let place = Place::site();
    place
        .run("embed plan --out pasted/plan.html --profile full")
        .assert()
        .code(0)
        .stdout_eq("Wrote pasted/plan.html\n")
        .stderr_eq("");
    let first = place.read("pasted/plan.html");
    place.write("content/plan.toml", OLD);
    for profile in ["full", "basic", "full"] {
        place
            .run(&format!(
                "embed plan --out pasted/plan.html --profile {profile} -q"
            ))
            .assert()
            .code(0)
            .stdout_eq("");
    }
    let second = place.read("pasted/plan.html");
    assert_ne!(first, second);
    assert!(second.contains("The First Plan"));
    let pasted: Vec<String> = place.files();
    let pasted: Vec<_> = pasted
        .iter()
        .filter(|file| file.starts_with("pasted/"))
        .collect();
    assert_eq!(pasted, ["pasted/plan.html"]);
}

#[test]
fn nothing_but_an_earlier_fragment_is_replaced() {
    let place = Place::site();
    place
        .run("embed plan --out content/plan.toml")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: `[..]content/plan.toml` exists already, and holds something else
 |
 = help: Choose another name, or move what is there to another place first.

"#]]);
    assert!(place.read("content/plan.toml").starts_with("title = "));
    place
        .run("embed plan --out content")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: `[..]content` is a folder
 |
 = help: Add the name of a file that is to lie in it.

"#]]);
}

#[test]
fn a_prefix_or_level_that_cannot_be_one_is_refused() {
    let place = Place::site();
    place
        .run("embed plan --id-prefix plan:")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: `plan:` cannot stand at the beginning of an id
 |
 = help: Use letters from a to z, digits, - and _ only: `--id-prefix plan-`.

"#]]);
    for level in ["1", "7", "two"] {
        place
            .run(&format!("embed plan --heading-level {level}"))
            .assert()
            .code(2)
            .stdout_eq("");
    }
}
