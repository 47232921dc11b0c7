//! The site: addresses, the home page, who comes after whom, and what is not published.

use super::{DOMAIN, Site};

const SITE: &str = "title = \"Plans\"\nbase_url = \"https://example.org/plans/\"\n[organization]\nname = \"The Association\"\nacronym = \"TA\"\n";

fn plan(title: &str, lines: &str) -> String {
    format!("title = \"{title}\"\n{lines}\n{DOMAIN}")
}

#[test]
fn files_become_addresses_and_folders_become_parts_of_them() {
    let site = Site::new(SITE)
        .with("content/ala-2025.toml", &plan("One", ""))
        .with("content/divisions/alcts_2006.toml", &plan("Two", ""))
        .with("content/.hidden.toml", "not a plan");
    site.build(&[]);
    assert!(site.publishes("ala-2025/index.html"));
    assert!(site.publishes("divisions/alcts_2006/index.html"));
    let home = site.page("index.html");
    assert_eq!(
        home.attributes("main a", "href"),
        ["ala-2025/", "divisions/alcts_2006/"]
    );
    let page = site.page("divisions/alcts_2006/index.html");
    assert_eq!(
        page.attributes("link[rel=canonical]", "href"),
        ["https://example.org/plans/divisions/alcts_2006/"]
    );
    assert_eq!(page.texts("title"), ["Two | The Association"]);
}

#[test]
fn a_home_plan_stands_at_both_addresses_and_is_canonical_at_its_own() {
    let site =
        Site::new(&format!("home = \"one\"\n{SITE}")).with("content/one.toml", &plan("One", ""));
    site.build(&[]);
    for path in ["index.html", "one/index.html"] {
        let page = site.page(path);
        assert_eq!(page.texts("h1"), ["One"]);
        assert_eq!(
            page.attributes("link[rel=canonical]", "href"),
            ["https://example.org/plans/one/"]
        );
    }
}

#[test]
fn the_command_line_may_give_the_sites_address() {
    let site = Site::new(SITE).with("content/one.toml", &plan("One", ""));
    site.build(&["--base-url", "https://example.com/"]);
    assert_eq!(
        site.page("one/index.html")
            .attributes("link[rel=canonical]", "href"),
        ["https://example.com/one/"]
    );
}

#[test]
fn a_plan_may_ask_search_engines_to_pass_by() {
    let site = Site::new(SITE)
        .with("content/one.toml", &plan("One", "search = false"))
        .with("content/two.toml", &plan("Two", "search = true"));
    site.build(&[]);
    assert_eq!(
        site.page("one/index.html")
            .attributes("meta[name=robots]", "content"),
        ["noindex"]
    );
    assert!(!site.page("two/index.html").has("meta[name=robots]"));
}

#[test]
fn an_unpublished_plan_is_named_nowhere_and_built_on_demand() {
    let site = Site::new(SITE)
        .with("content/old.toml", &plan("Old", ""))
        .with(
            "content/next.toml",
            &plan("Next", "publish = false\nsupersedes = \"old\""),
        );
    site.build(&[]);
    assert!(!site.publishes("next/index.html"));
    assert!(!site.page("old/index.html").has(".banner"));
    assert_eq!(site.page("index.html").texts("main li h2"), ["Old"]);
    site.build(&["--unpublished"]);
    assert!(site.publishes("next/index.html"));
    assert_eq!(
        site.page("old/index.html").attributes(".banner a", "href"),
        ["../next/"]
    );
}

#[test]
fn a_superseded_plan_says_so_whatever_its_status_is() {
    let site = Site::new(SITE)
        .with("content/old.toml", &plan("Old", "status = \"adopted\""))
        .with(
            "content/new.toml",
            &plan("New", "status = \"adopted\"\nsupersedes = \"old\""),
        );
    let said = site.build(&[]);
    assert!(said.contains("warning[adopted-but-superseded]"), "{said}");
    let old = site.page("old/index.html");
    assert_eq!(old.texts(".banner a"), ["New"]);
    assert_eq!(
        site.page("new/index.html").attributes(".facts a", "href"),
        ["../old/"]
    );
}

#[test]
fn a_predecessor_may_lie_elsewhere() {
    let site = Site::new(SITE).with(
        "content/new.toml",
        &plan(
            "New",
            "supersedes = { title = \"Old\", url = \"https://example.com/old\" }",
        ),
    );
    site.build(&[]);
    let page = site.page("new/index.html");
    assert_eq!(page.texts(".facts a"), ["Old"]);
    assert_eq!(
        page.attributes(".facts a", "href"),
        ["https://example.com/old"]
    );
}

#[test]
fn a_plan_is_never_proposed_as_the_one_before_it() {
    let own = plan("Our Plan", "supersedes = \"old-plan\"");
    let said = Site::new(SITE).with("content/our-plan.toml", &own).refuse();
    assert!(said.contains("there is no plan `old-plan`"), "{said}");
    assert!(!said.contains("did you mean"), "{said}");
}

#[test]
fn faults_between_plans_are_errors() {
    /// The lines of a plan and its name.
    type Plan<'p> = (&'p str, &'p str);
    let cases: &[(&str, &[Plan], &str)] = &[
        (
            "",
            &[("supersedes = \"nothing\"", "a")],
            "there is no plan `nothing`",
        ),
        (
            "",
            &[("supersedes = \"b\"", "a"), ("supersedes = \"a\"", "b")],
            "in a circle",
        ),
        (
            "",
            &[
                ("", "a"),
                ("supersedes = \"a\"", "b"),
                ("supersedes = \"a\"", "c"),
            ],
            "two plans say",
        ),
        ("home = \"x\"", &[("", "a")], "there is no plan `x`"),
        ("home = \"a\"", &[("publish = false", "a")], "not published"),
        ("", &[("aliases = [\"/b/\"]", "a"), ("", "b")], "is taken"),
        (
            "",
            &[
                ("aliases = [\"/old/\"]", "a"),
                ("aliases = [\"/old/\"]", "b"),
            ],
            "is taken",
        ),
    ];
    for (config, plans, message) in cases {
        let site = Site::new(&format!("{config}\n{SITE}"));
        let site = plans.iter().fold(site, |site, (lines, name)| {
            site.with(&format!("content/{name}.toml"), &plan(name, lines))
        });
        let said = site.refuse();
        assert!(said.contains(message), "{message}: {said}");
    }
}

#[test]
fn where_names_of_plans_are_wrong_nothing_is_said_of_pages_that_go_by_them() {
    let template = "{% extends \"parent/plan.html\" %}{% block banners %}\
        {% if plan.superseded_by %}<a href=\"after-{{ plan.superseded_by.title }}/\">x</a>{% endif %}\
        {% if plan.supersedes %}<a href=\"before-{{ plan.supersedes.title }}/\">x</a>{% endif %}\
        {% endblock %}";
    /// Names, and the lines that stand in them.
    type Plans<'p> = &'p [(&'p str, &'p str)];
    let site = |plans: Plans| {
        let site = Site::new(SITE).with("templates/plan.html", template);
        plans.iter().fold(site, |site, (name, lines)| {
            site.with(&format!("content/{name}.toml"), &plan(name, lines))
        })
    };
    let all = ["after-a", "after-b", "after-c", "before-a", "before-b"];
    let cases: &[(Plans, &[&str])] = &[
        // Of two that claim a plan the first has it, in whatever order they are read.
        (
            &[
                ("a", ""),
                ("b", "supersedes = \"a\""),
                ("c", "supersedes = \"a\""),
            ],
            &["after-b", "before-a"],
        ),
        (
            &[("a", "supersedes = \"b\""), ("b", "supersedes = \"a\"")],
            &[],
        ),
        (
            &[
                ("a", ""),
                ("b", "supersedes = \"a\""),
                ("c", "supersedes = \"b\"\nstatus = \"none\""),
            ],
            &["after-b", "before-a"],
        ),
    ];
    for (plans, expected) in cases {
        let said = site(plans).refuse();
        let found = all.into_iter().filter(|link| said.contains(link));
        assert_eq!(found.collect::<Vec<_>>(), *expected, "{said}");
    }
}

#[test]
fn a_stable_address_needs_one_adopted_plan_at_most() {
    let address = "[[addresses]]\norganization = \"ta\"\npath = \"/ta/\"\n";
    let site = |second: &str| {
        Site::new(&format!("{SITE}{address}"))
            .with("content/old.toml", &plan("Old", "status = \"adopted\""))
            .with("content/new.toml", &plan("New", second))
    };
    site("status = \"draft\"").build(&[]);
    site("status = \"adopted\"\nsupersedes = \"old\"").build(&[]);
    let said = site("status = \"adopted\"").refuse();
    assert!(said.contains("two"), "{said}");
}

#[test]
fn the_sites_own_things_stand_on_every_page() {
    let site = Site::new(&format!(
        "logo = \"files/logo.svg\"\n{SITE}[footer]\ncontact = \"mailto:web@example.org\"\naccessibility_statement = \"https://example.org/a11y\"\n[tokens]\naccent = \"#00549b\"\n"
    ))
    .with("content/files/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
    .with("content/one.toml", &plan("One", ""));
    site.build(&[]);
    for path in ["index.html", "one/index.html"] {
        let page = site.page(path);
        assert!(page.has("header img[alt='']"));
        assert!(page.has("footer a[href='mailto:web@example.org']"));
        assert!(page.has("footer a[href='https://example.org/a11y']"));
        let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
        let style =
            std::fs::read_to_string(site.path("public").join(style.trim_start_matches("../")))
                .unwrap();
        assert!(style.contains("#00549b"));
    }
}

#[test]
fn an_error_in_one_plan_says_nothing_about_pages_that_would_name_it() {
    let site = Site::new(SITE)
        .with(
            "content/old.toml",
            "[[domains]]\nname = \"Advocacy\"\ngoal = \"Lead.\"\n",
        )
        .with("content/new.toml", &plan("New", "supersedes = \"old\""));
    let said = site.refuse();
    assert!(said.contains("`title` is missing"), "{said}");
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert_eq!(said.matches("warning[").count(), 0, "{said}");
}

#[test]
fn two_things_at_one_address_are_an_error() {
    let cases = [
        ("content/index.html", "the home page"),
        ("content/Index.html", "the home page"),
        ("content/one/index.html", "content/one.toml"),
        ("content/ONE.toml", "letter case only"),
        ("content/one", "content/one"),
    ];
    for (path, message) in cases {
        let said = Site::new(SITE)
            .with("content/one.toml", &plan("One", ""))
            .with(path, &plan("Two", ""))
            .refuse();
        assert!(said.contains("error[address-collision]"), "{path}: {said}");
        assert!(said.contains(message), "{path}: {said}");
    }
}
