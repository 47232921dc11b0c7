//! Languages and terms: what a plan calls things, and words that the theme lacks.

use super::{DOMAIN, Site, built, page};

#[test]
fn a_plan_in_a_language_of_the_theme_has_all_its_words() {
    let (page, said) = built(&format!(
        "title = \"Plan\"\nlanguage = \"de\"\nstatus = \"draft\"\nmission = \"Wir.\"\n{DOMAIN}"
    ));
    assert!(said.is_empty(), "{said}");
    assert_eq!(page.attributes("html", "lang"), ["de"]);
    assert!(!page.has("[lang=en]"));
    assert_eq!(page.texts("#mission"), ["Auftrag"]);
    assert!(page.texts(".banner")[0].contains("Entwurf"));
}

#[test]
fn words_that_the_theme_lacks_are_english_marked_as_english_with_one_warning() {
    let (page, said) = built(&format!(
        "title = \"الخطة\"\nlanguage = \"ar\"\nstatus = \"draft\"\nmission = \"نحن.\"\n[terms]\ndomains = \"المجالات\"\n{DOMAIN}"
    ));
    assert_eq!(said.matches("warning[").count(), 1, "{said}");
    assert_eq!(page.attributes("html", "lang"), ["ar"]);
    assert_eq!(page.attributes("html", "dir"), ["rtl"]);
    assert_eq!(page.texts("#mission [lang=en]"), ["Mission"]);
    assert_eq!(page.texts(".banner [lang=en]").len(), 1);
    assert_eq!(page.texts(".skip [lang=en]").len(), 1);
    assert_eq!(page.texts("#domains"), ["المجالات"]);
    assert!(!page.has("#domains [lang]"));
}

#[test]
fn a_languages_words_may_come_from_the_site() {
    let site = Site::new("title = \"Plans\"\n")
        .with(
            "languages/fr.toml",
            "[terms]\nmission = \"Notre mission\"\n",
        )
        .with(
            "content/plan.toml",
            &format!("title = \"Plan\"\nlanguage = \"fr-CA\"\nmission = \"Nous.\"\n{DOMAIN}"),
        );
    site.build(&[]);
    let page = site.page("plan/index.html");
    assert_eq!(page.texts("#mission"), ["Notre mission"]);
    assert!(!page.has("#mission [lang]"));
}

#[test]
fn terms_replace_the_themes_wherever_they_stand() {
    let page = page(
        r#"title = "Plan"
mission = "M."
vision = "V."
values = ["A"]
[terms]
mission = "Purpose"
vision = "Outlook"
values = "Beliefs"
letter = "Foreword"
history = "Course"
domain = "Goal Area"
domains = "Goal Areas"
goal = "Aim"
objective = "Action"
objectives = "Actions"
initiative = "Step"
initiatives = "Steps"
matrix = "Overview"
[letter]
body = "Hello."
[[history]]
event = "adopted"
date = 2006
[[domains]]
name = "Name"
goal = "Be."
objectives = [{ text = "One.", initiatives = ["In."] }, { text = "Two.", initiatives = ["In one.", "In two."] }]
"#,
    );
    assert_eq!(
        page.texts("main h2"),
        [
            "Foreword",
            "Purpose",
            "Outlook",
            "Beliefs",
            "Goal Areas",
            "Overview",
            "Actions per Goal Area: List View",
            "Course"
        ]
    );
    assert_eq!(page.texts("tbody th"), ["Aim", "Actions"]);
    assert_eq!(page.texts("p.initiatives"), ["Step", "Steps"]);
}

#[test]
fn the_list_views_heading_is_a_term_with_places_for_others() {
    let page = page(&format!(
        "title = \"Plan\"\n[terms]\nlist = \"All {{objectives}} of each {{domain}}\"\ndomain = \"Pillar\"\n{DOMAIN}"
    ));
    assert_eq!(
        page.texts("h2#list"),
        ["All Strategic Objectives of each Pillar"]
    );
}

#[test]
fn a_plan_without_a_language_has_the_sites_and_else_english() {
    let plan = format!("title = \"Plan\"\n{DOMAIN}");
    let site = Site::new("title = \"Pläne\"\nlanguage = \"de\"\n").with("content/plan.toml", &plan);
    site.build(&[]);
    assert_eq!(
        site.page("plan/index.html").attributes("html", "lang"),
        ["de"]
    );
    assert_eq!(page(&plan).attributes("html", "lang"), ["en"]);
}
