//! The page: its parts in order, each only where the plan has it, and a navigation that lists
//! exactly those.

use super::{Page, page};

const WHOLE: &str = r##"title = "The Plan"
subtitle = "Draft for Council"
language = "en-US"
status = "draft"
period = { start = 2025, end = 2028 }
mission = "Our mission."
vision = "Our vision."
values = ["Access", { name = "Equity", description = "Everyone." }, { description = "We are open." }]
[organization]
name = "The Association"
url = "https://example.org/"
[letter]
date = 2025-06-09
salutation = "Dear Council,"
body = "One.\n\nTwo."
closing = "Yours,"
signature = { name = "Sam", role = "President" }
[[sections]]
title = "Appendix"
place = "after"
body = "Last."
[[sections]]
title = "Preamble"
body = "First."
[[history]]
event = "drafted"
date = 2025-06-09
[[history]]
event = "planned"
date = "2025-06"
by = "Council"
place = "Philadelphia"
document = "CD#53"
vote = "135-1"
note = "With *one* amendment."
[[domains]]
label = "A"
name = "Advocacy"
goal = "Champion."
objectives = [{ text = "One.", group = "Belonging" }, { text = "Two.", group = "Belonging" }, { text = "Three.", group = "Doing" }]
[[domains]]
label = "B"
name = "Belonging"
goal = "Welcome."
[links]
source = "https://example.org/plan.pdf"
"##;

fn headings(page: &Page) -> Vec<String> {
    page.all("main h1, main h2")
        .into_iter()
        .map(super::text)
        .collect()
}

#[test]
fn a_whole_plan_stands_on_the_page_in_the_formats_order() {
    let page = page(WHOLE);
    assert_eq!(
        headings(&page),
        [
            "The Plan",
            "Preamble",
            "Letter",
            "Mission",
            "Vision",
            "Values",
            "Domains and Goal Statements",
            "Plan at a Glance",
            "Strategic Objectives per Domain: List View",
            "Appendix",
            "History",
        ]
    );
    assert_eq!(page.attributes("html", "lang"), ["en-US"]);
    assert_eq!(page.texts("p.subtitle"), ["Draft for Council"]);
    assert!(page.texts("header .banner")[0].contains("Draft"));
    assert_eq!(
        page.texts("title"),
        ["The Plan 2025–2028, Draft | The Association"]
    );
}

#[test]
fn the_navigation_lists_exactly_the_parts_in_their_words_and_order() {
    for plan in [
        WHOLE,
        "title = \"Plan\"\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"One.\"]\n",
        "title = \"Plan\"\nvision = \"See.\"\n[[domains]]\nname = \"Advocacy\"\ngoal = \"Lead.\"\n",
    ] {
        let page = page(plan);
        let linked: Vec<(String, String)> = page
            .all("nav.contents a")
            .into_iter()
            .map(|link| {
                (
                    link.attr("href").unwrap_or_default().to_owned(),
                    super::text(link),
                )
            })
            .collect();
        let there: Vec<(String, String)> = page
            .all("main h2, section.domains h3")
            .into_iter()
            .map(|heading| {
                let id = heading.attr("id").unwrap_or_default();
                assert_eq!(heading.attr("tabindex"), Some("-1"), "{id}");
                (format!("#{id}"), super::text(heading))
            })
            .collect();
        assert_eq!(linked, there);
    }
}

#[test]
fn what_a_plan_does_not_have_leaves_no_trace() {
    let page = page(
        "title = \"Plan\"\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Champion libraries.\"]\n",
    );
    assert_eq!(
        headings(&page),
        [
            "Plan",
            "Domains and Goal Statements",
            "Plan at a Glance",
            "Strategic Objectives per Domain: List View"
        ]
    );
    assert!(!page.has("dl, time, .banner, .mark, .legend, .goal, .subtitle"));
    assert!(!page.has("meta[name=robots], meta[name=description], link[rel=canonical]"));
    assert_eq!(page.all("tbody tr").len(), 1);
}

#[test]
fn a_plan_of_goals_alone_has_no_list_view() {
    let page = page("title = \"Plan\"\n[[domains]]\nname = \"Advocacy\"\ngoal = \"Lead.\"\n");
    assert_eq!(headings(&page), ["Plan", "Domains and Goal Statements"]);
    assert!(!page.has("table, #list, a[href='#list']"));
}

#[test]
fn the_three_forms_of_a_value_stand_as_they_are() {
    assert_eq!(
        page(WHOLE).texts(".values li"),
        ["Access", "EquityEveryone.", "We are open."]
    );
}

#[test]
fn the_matrix_has_a_column_per_domain_with_goals_and_then_objectives() {
    let page = page(WHOLE);
    assert_eq!(
        page.texts("thead th[scope=col]"),
        ["A. Advocacy", "B. Belonging"]
    );
    assert_eq!(
        page.texts("tbody th[scope=row]"),
        ["Goal Statement", "Strategic Objectives"]
    );
    assert_eq!(
        page.texts("tbody tr:first-child td"),
        ["Champion.", "Welcome."]
    );
    assert_eq!(
        page.texts("tbody tr:last-child li"),
        ["A.1 One.", "A.2 Two.", "A.3 Three."]
    );
    assert_eq!(page.all("caption").len(), 1);
}

#[test]
fn consecutive_objectives_share_a_sub_heading() {
    let page = page(WHOLE);
    assert_eq!(page.texts("section.list h4"), ["Belonging", "Doing"]);
    assert_eq!(page.codes(), ["A.1", "A.2", "A.3"]);
    assert_eq!(page.texts("section.list h3"), ["A. Advocacy"]);
}

#[test]
fn the_letter_and_the_history_say_all_they_have() {
    let page = page(WHOLE);
    assert_eq!(
        page.texts(".letter p"),
        [
            "June 9, 2025",
            "Dear Council,",
            "One.",
            "Two.",
            "Yours,",
            "SamPresident"
        ]
    );
    let history = page.texts(".history li");
    assert_eq!(history.len(), 2);
    assert!(history[0].contains("Drafted") && history[0].contains("June 9, 2025"));
    for word in [
        "Planned",
        "June 2025",
        "Council",
        "Philadelphia",
        "CD#53",
        "135-1",
        "With one amendment.",
    ] {
        assert!(history[1].contains(word), "{word}: {}", history[1]);
    }
}

#[test]
fn every_status_but_adopted_has_a_banner() {
    for (status, banners) in [
        ("draft", 1),
        ("proposed", 1),
        ("adopted", 0),
        ("superseded", 1),
        ("archived", 1),
    ] {
        let page = page(&format!(
            "title = \"Plan\"\nstatus = \"{status}\"\n{}",
            super::DOMAIN
        ));
        assert_eq!(page.all("header .banner").len(), banners, "{status}");
    }
}

#[test]
fn an_objective_says_all_it_has() {
    let page = page(
        r#"title = "Plan"
[[domains]]
label = "A"
name = "Name"
[[domains.objectives]]
name = "Membership model"
text = "Redesign it."
priority = "urgent"
owners = ["Committee", "Staff"]
start = 2026
due = "2027-06"
outcome = "Members renew."
note = "Yearly."
[[domains.objectives.initiatives]]
text = "Survey members."
initiatives = ["Write the survey.", "Ask for consent."]
"#,
    );
    let item = super::text(page.id("a-1"));
    for word in [
        "Membership model",
        "Redesign it.",
        "urgent priority",
        "Committee",
        "Staff",
        "2026–June 2027",
        "Members renew.",
        "Yearly.",
        "Tactical Initiative",
        "Survey members.",
        "Ask for consent.",
    ] {
        assert!(item.contains(word), "{word}: {item}");
    }
    assert_eq!(page.objectives(), ["a-1", "a-1-1", "a-1-1-1", "a-1-1-2"]);
}
