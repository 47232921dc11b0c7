//! Anchors: what minutes and board papers cite.

use super::{DOMAIN, Site, built, page, refused};

/// A plan with one domain of these lines.
fn one_domain(lines: &str) -> String {
    format!("title = \"Plan\"\n[[domains]]\n{lines}\n")
}

#[test]
fn a_domain_is_called_by_its_id_name_label_or_goal_whichever_comes_first() {
    let page = page(
        r#"title = "Plan"
[[domains]]
id = "own"
label = "A"
name = "Advocacy"
goal = "We champion."
[[domains]]
label = "B"
name = "Member Experience"
goal = "We welcome."
[[domains]]
label = "Goal Area 3."
goal = "We teach."
[[domains]]
goal = "We are heard by everyone who decides about libraries."
[[domains]]
name = "???"
goal = "!"
"#,
    );
    assert_eq!(
        page.domains(),
        [
            "own",
            "member-experience",
            "goal-area-3",
            "we-are-heard-by-everyone-who",
            "domain-5"
        ]
    );
}

#[test]
fn an_objective_is_its_domains_label_and_its_own_label_or_position() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("A", r#"["One.", "Two."]"#, &["a-1", "a-2"]),
        (
            "Goal Area 1.",
            r#"["One.", "Two."]"#,
            &["goal-area-1-1", "goal-area-1-2"],
        ),
        (
            "I.",
            r#"["One.", { text = "Two.", label = "I.2" }]"#,
            &["i-1", "i-2"],
        ),
        (
            "1",
            r#"[{ text = "One.", label = "1.1" }, { text = "Eleven.", label = "11" }]"#,
            &["1-1", "1-11"],
        ),
        (
            "A-1",
            r#"["One.", { text = "Two.", label = "A-1-b:" }]"#,
            &["a-1-1", "a-1-b"],
        ),
        (
            "Goal 1",
            r#"[{ text = "One.", label = "1.1" }, { text = "Two.", label = "Goal 1.2" }]"#,
            &["goal-1-1-1", "goal-1-2"],
        ),
        (
            "Strategic Priority One:",
            r#"["One.", { text = "Two.", label = "(b)" }]"#,
            &["strategic-priority-one-1", "strategic-priority-one-b"],
        ),
        (
            "***",
            r#"["One.", { text = "Two.", label = "–" }]"#,
            &["name-1", "name-2"],
        ),
        ("أ", r#"["واحد.", "اثنان."]"#, &["أ-1", "أ-2"]),
        (
            "一、",
            r#"["One.", { text = "Two.", label = "（二）" }]"#,
            &["一-1", "一-二"],
        ),
    ];
    for (label, objectives, anchors) in cases {
        let page = page(&one_domain(&format!(
            "label = \"{label}\"\nname = \"Name\"\nobjectives = {objectives}"
        )));
        assert_eq!(page.objectives(), *anchors, "in domain {label}");
    }
}

#[test]
fn a_domain_without_a_label_lends_its_own_anchor() {
    let page = page(&one_domain(
        "name = \"L’accès à l'information\"\nobjectives = [\"Un.\", \"Deux.\"]",
    ));
    assert_eq!(page.domains(), ["laccès-à-linformation"]);
    assert_eq!(
        page.objectives(),
        ["laccès-à-linformation-1", "laccès-à-linformation-2"]
    );
}

#[test]
fn the_count_goes_on_through_groups_and_past_labels() {
    let page = page(&one_domain(
        r#"label = "A"
name = "Name"
objectives = [
  { text = "One.", group = "First" },
  { text = "Two.", group = "First", label = "x" },
  { text = "Three.", group = "Second" },
]"#,
    ));
    assert_eq!(page.objectives(), ["a-1", "a-x", "a-3"]);
}

#[test]
fn an_initiative_adds_a_step_to_what_it_belongs_to() {
    let page = page(&one_domain(
        r#"label = "A"
name = "Name"
objectives = [
  "One.",
  { text = "Two.", label = "A.2", initiatives = [
    { text = "Two one.", initiatives = ["Two one one.", { text = "Two one b.", label = "b" }] },
    { text = "Two two.", label = "A.2.2" },
  ] },
  { id = "own", text = "Three.", initiatives = ["Three one."] },
]"#,
    ));
    assert_eq!(
        page.objectives(),
        [
            "a-1", "a-2", "a-2-1", "a-2-1-1", "a-2-1-b", "a-2-2", "own", "own-1"
        ]
    );
}

#[test]
fn an_anchor_that_is_taken_gets_something_in_front_and_a_warning() {
    let (page, said) = built(
        r#"title = "Plan"
[[sections]]
title = "History"
body = "Long."
[[sections]]
title = "List of members"
body = "Short."
[[domains]]
name = "Values"
goal = "One."
[[domains]]
name = "Values"
goal = "Two."
[[domains]]
label = "A"
name = "Advocacy"
objectives = [{ id = "a-2", text = "One." }, "Two."]
"#,
    );
    assert_eq!(
        page.attributes("section.prose h2", "id"),
        ["section-history", "section-list-of-members"]
    );
    assert_eq!(
        page.domains(),
        ["domain-values", "domain-values-2", "advocacy"]
    );
    assert_eq!(page.objectives(), ["a-2", "advocacy-a-2"]);
    assert_eq!(
        said.matches("warning[anchor-collision]").count(),
        5,
        "{said}"
    );
    assert!(said.contains("id = \"advocacy-a-2\""), "{said}");
}

#[test]
fn sections_claim_before_domains_and_explicit_ids_before_all() {
    let (page, _) = built(
        r#"title = "Plan"
[[sections]]
title = "Advocacy"
body = "Text."
[[sections]]
title = "Equity"
body = "Text."
[[domains]]
name = "Advocacy"
goal = "One."
[[domains]]
id = "equity"
name = "Fairness"
goal = "Two."
"#,
    );
    assert_eq!(
        page.attributes("section.prose h2", "id"),
        ["advocacy", "section-equity"]
    );
    assert_eq!(page.domains(), ["domain-advocacy", "equity"]);
}

#[test]
fn former_ids_stand_just_before_and_take_no_focus() {
    let page = page(&one_domain(
        r#"former_ids = ["advocating"]
name = "Advocacy"
objectives = [{ text = "One.", former_ids = ["first", "erstes"], initiatives = [{ text = "In.", former_ids = ["inner"] }] }]"#,
    ));
    for id in ["advocating", "first", "erstes", "inner"] {
        let element = page.id(id);
        assert_eq!(element.text().count(), 0, "{id} has words");
        assert_eq!(element.attr("tabindex"), None, "{id} takes the focus");
    }
    assert!(page.has("[id='advocating'] + h3#advocacy"));
    assert!(page.has("li#advocacy-1 > [id='first'] + [id='erstes'] + p"));
    assert!(page.has("li#advocacy-1-1 > [id='inner'] + p"));
}

#[test]
fn links_lead_to_former_ids_from_the_plan_itself_and_from_others() {
    let old = "title = \"Old\"\nmission = \"As [below](#spoken).\"\n[[domains]]\nname = \"Advocacy\"\nformer_ids = [\"advocating\"]\nobjectives = [{ text = \"Speak.\", former_ids = [\"spoken\"] }]\n";
    let new = |anchor: &str| {
        format!("title = \"New\"\nmission = \"See [it](old.toml#{anchor}).\"\n{DOMAIN}")
    };
    let site = |anchor: &str| {
        Site::new("title = \"Plans\"\n")
            .with("content/old.toml", old)
            .with("content/new.toml", &new(anchor))
    };
    for anchor in ["advocating", "spoken"] {
        let site = site(anchor);
        site.build(&[]);
        let mission = "section.mission a";
        let old = site.page("old/index.html");
        assert_eq!(old.attributes(mission, "href"), ["#spoken"]);
        let link = format!("../old/#{anchor}");
        let new = site.page("new/index.html");
        assert_eq!(new.attributes(mission, "href"), [link]);
        assert!(old.has(&format!("span[id='{anchor}']:empty")));
    }
    let said = site("advocatin").refuse();
    assert!(said.contains("did you mean `#advocating`?"), "{said}");
}

#[test]
fn ids_that_clash_with_each_other_or_with_parts_are_errors() {
    let cases = [
        (
            r#"id = "a""#,
            r#"id = "a""#,
            "the anchor `a` is there twice",
        ),
        (r#"id = "matrix""#, "", "`matrix` is reserved"),
        (r#"id = "list-a""#, "", "`list-a` is reserved"),
        (r#"id = "a""#, r#"former_ids = ["a"]"#, "former anchor `a`"),
        ("", r#"former_ids = ["first"]"#, "former anchor `first`"),
        (
            r#"former_ids = ["x"]"#,
            r#"former_ids = ["x"]"#,
            "the anchor `x` is there twice",
        ),
    ];
    for (first, second, message) in cases {
        let said = refused(&format!(
            "title = \"Plan\"\n[[domains]]\nname = \"First\"\ngoal = \"One.\"\n{first}\n[[domains]]\nname = \"Second\"\ngoal = \"Two.\"\n{second}\n"
        ));
        assert!(said.contains(message), "{first} and {second}: {said}");
    }
}

#[test]
fn a_domain_heads_its_objectives_under_an_anchor_of_the_list_view() {
    let page = page(&one_domain("name = \"Über uns\"\nobjectives = [\"Eins.\"]"));
    assert_eq!(page.domains(), ["über-uns"]);
    assert_eq!(page.attributes("section.list h3", "id"), ["list-über-uns"]);
    assert!(page.has("nav a[href='#über-uns']"));
    assert!(page.has("table a.code[href='#über-uns-1']"));
}
