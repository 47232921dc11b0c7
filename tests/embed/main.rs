//! `planpress embed`: what the two profiles promise of the fragment that is pasted into another site.

mod drupal;
mod fragments;
mod sieve;

use std::collections::BTreeSet;

use drupal::{BASIC, FULL, Format};
use fragments::{
    PROFILES, anchors, faults, fragment, heading_levels, ids, links, plans, seeds, words,
};
use planpress::render::embed::Profile;

fn format(profile: Profile) -> &'static Format {
    match profile {
        Profile::Basic => &BASIC,
        Profile::Full => &FULL,
    }
}

#[test]
fn the_filters_take_out_what_is_not_allowed() {
    let html = "<div class=\"x\"><p style=\"a\" dir=\"auto\">One <a href=\"javascript:x\" id=\"y\">two</a></p></div>";
    assert_eq!(BASIC.filtered(html), "<p>One <a>two</a></p>");
    assert_eq!(BASIC.refused(html).len(), 6);
    assert_eq!(
        FULL.filtered(html),
        "<div class=\"x\"><p>One <a id=\"y\">two</a></p></div>"
    );
}

/// Two texts of a page's length, of which only the first difference is worth showing.
#[track_caller]
fn assert_same(before: &str, after: &str, place: &str) {
    let lines = before.lines().zip(after.lines());
    let differing = lines.into_iter().find(|(before, after)| before != after);
    assert_eq!(differing, None, "{place}");
    assert_eq!(before.len(), after.len(), "{place}");
}

#[test]
fn each_fragment_of_each_sound_plan_passes_its_filter_unchanged() {
    let mut tried = 0;
    for (root, plan) in plans() {
        for (name, profile) in PROFILES {
            let Some(fragment) = fragment(&root, &plan, profile, 2, "plan-") else {
                continue;
            };
            let html = &fragment.html;
            let place = format!("{plan} of {} as {name}", root.display());
            assert_eq!(format(profile).refused(html), [""; 0], "{place}");
            assert_same(html, &format(profile).filtered(html), &place);
            let parsed = scraper::Html::parse_fragment(html);
            assert_same(html, &parsed.root_element().inner_html(), &place);
            assert_eq!(faults(html, 2, "plan-"), [""; 0], "{place}");
            assert!(!words(html).is_empty(), "{place}");
            tried += 1;
        }
    }
    assert!(tried > 60, "only {tried} fragments were made");
}

#[test]
fn headings_begin_at_any_level_and_skip_none() {
    let elements = seeds().join("tests/browser/sites/elements");
    for (_, profile) in PROFILES {
        for level in 2..=6 {
            let made =
                fragment(&elements, "harbour/2027", profile, level, "").expect("it is sound");
            assert_eq!(faults(&made.html, level, ""), [""; 0]);
            let levels: BTreeSet<u8> = heading_levels(&made.html).into_iter().collect();
            // Parts, domains, their objectives, groups: four levels where there is room.
            let expected: BTreeSet<u8> = (level..=6.min(level + 3)).collect();
            assert_eq!(levels, expected);
        }
    }
}

/// Everything that the plans say of an objective, by file.
fn objectives(plan: &str) -> Vec<String> {
    let file = seeds().join("content").join(format!("{plan}.toml"));
    let text = std::fs::read_to_string(file).expect("a seed");
    let plan: toml::Table = text.parse().expect("it is TOML");
    let mut found = Vec::new();
    for domain in plan["domains"].as_array().expect("it has domains") {
        for objective in domain["objectives"].as_array().expect("it has objectives") {
            let text = objective.get("text").unwrap_or(objective);
            found.push(text.as_str().expect("it is a text").to_owned());
        }
    }
    found
}

#[test]
fn basic_says_every_objective_once_and_full_also_in_the_table() {
    for (plan, count) in [("ala-2025", 22), ("alcts-2006-2011", 26)] {
        let objectives = objectives(plan);
        assert_eq!(objectives.len(), count);
        for ((_, profile), times) in PROFILES.into_iter().zip([1, 2]) {
            let made = fragment(&seeds(), plan, profile, 2, "").expect("it is sound");
            // Where a slash may break a line, `full` says so, and `words` sees two.
            let said = words(&made.html.replace("<wbr>", ""));
            for objective in &objectives {
                assert_eq!(
                    said.matches(objective.as_str()).count(),
                    times,
                    "{objective}"
                );
            }
        }
    }
}

#[test]
fn basic_shows_codes_marks_and_goals_in_words() {
    let made = fragment(&seeds(), "ala-2025", Profile::Basic, 2, "").expect("it is sound");
    let html = &made.html;
    assert!(html.contains("<li>A.3 Build an infrastructure to rapidly respond to opportunities and crises. <strong>(urgent priority)</strong></li>"));
    assert_eq!(html.matches("(urgent priority)").count(), 5);
    assert!(html.contains("<h3 id=\"advocacy\" lang=\"en-US\">A. Advocacy</h3>\n<p lang=\"en-US\">Champion libraries and empower advocates to support our core values.</p>\n<h4 id=\"list-advocacy\" lang=\"en-US\">Strategic Objectives</h4>\n<ul lang=\"en-US\">\n<li>A.1 "));
    // Codes that only count are what a numbered list shows by itself.
    let made = fragment(&seeds(), "alcts-2006-2011", Profile::Basic, 2, "").expect("it is sound");
    assert!(
        made.html
            .contains("<ol lang=\"en-US\">\n<li>identifies trends and major issues</li>")
    );
}

#[test]
fn full_carries_every_anchor_of_the_page_and_basic_names_those_that_it_cannot() {
    // What only a page of its own has.
    let page = ["top", "content", "contents"];
    let mut tried = 0;
    for (root, plan) in plans() {
        let Some(full) = fragment(&root, &plan, Profile::Full, 2, "") else {
            continue;
        };
        let basic = fragment(&root, &plan, Profile::Basic, 2, "").expect("it is sound");
        let promised: BTreeSet<String> = anchors(&root, &plan)
            .into_iter()
            .filter(|anchor| !page.contains(&anchor.as_str()))
            .collect();
        let carried: BTreeSet<String> = ids(&full.html).into_iter().collect();
        assert_eq!(carried, promised, "{plan} of {}", root.display());
        assert!(full.lost.is_empty());
        let lost = basic.lost.iter().flat_map(|group| group.anchors.clone());
        let told: BTreeSet<String> = ids(&basic.html).into_iter().chain(lost).collect();
        assert_eq!(told, promised, "{plan} of {}", root.display());
        tried += promised.len();
    }
    assert!(tried > 500, "only {tried} anchors were looked for");
}

#[test]
fn a_link_to_an_anchor_that_basic_cannot_carry_leads_to_the_heading_above() {
    let elements = seeds().join("tests/browser/sites/elements");
    let basic = fragment(&elements, "harbour/2027", Profile::Basic, 2, "").expect("it is sound");
    let full = fragment(&elements, "harbour/2027", Profile::Full, 2, "").expect("it is sound");
    assert!(links(&full.html).contains(&"#a-2".to_owned()));
    assert!(!links(&basic.html).contains(&"#a-2".to_owned()));
    assert!(links(&basic.html).contains(&"#list-doors".to_owned()));
}

#[test]
fn the_prefix_stands_before_every_id_and_in_every_link_to_one() {
    let elements = seeds().join("tests/browser/sites/elements");
    let made = fragment(&elements, "harbour/2027", Profile::Full, 2, "hla_").expect("it is sound");
    assert!(links(&made.html).contains(&"#hla_a-2".to_owned()));
    assert!(ids(&made.html).contains(&"hla_a-2".to_owned()));
    // Another plan's page has its own anchors, without it.
    let other = "https://plans.example.org/coast/harbour/2022/#1-1".to_owned();
    assert!(links(&made.html).contains(&other));
}

#[test]
fn a_plan_that_is_not_english_says_so_on_each_outermost_element() {
    let arabic = seeds().join("tests/browser/sites/extremes");
    let made = fragment(&arabic, "arabic", Profile::Basic, 2, "").expect("it is sound");
    let parsed = scraper::Html::parse_fragment(&made.html);
    let mut outermost = 0;
    for child in parsed.root_element().child_elements() {
        outermost += 1;
        assert!(child.attr("lang").is_some(), "{}", child.html());
        assert_eq!(child.attr("dir"), Some("rtl"), "{}", child.html());
    }
    assert!(outermost > 10);
    let made = fragment(&arabic, "arabic", Profile::Full, 2, "").expect("it is sound");
    assert!(
        made.html
            .starts_with("<div class=\"planpress\" dir=\"rtl\" lang=\"ar"),
        "{}",
        &made.html[..60]
    );
}

#[test]
fn the_hostile_plan_says_its_words_and_does_nothing() {
    let hostile = seeds().join("tests/sites/hostile");
    for (_, profile) in PROFILES {
        let made = fragment(&hostile, "hostile", profile, 2, "").expect("it is sound");
        let said = words(&made.html.replace("<wbr>", ""));
        for attack in [
            "<script>ran(\"title\")</script>",
            "Mission javascript:ran(\"mission\") <script>ran(\"mission\")</script>",
            "<iframe src=value-frame></iframe>",
            "{{ 7*7 }} {% raw %} {{ page.title }}",
            "<script>ran(\"section\")</script>",
            "<script>ran(\"objective label\")</script>",
        ] {
            assert!(said.contains(attack), "{attack}");
        }
    }
}
