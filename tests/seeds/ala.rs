//! The ALA Strategic Plan, draft of June 2025: nothing of it is lost, and where the draft contradicts
//! itself the page says what the table of differences says.

use super::page::{Page, below, standings, visible_words, words};
use super::seed::{self, Wording};
use super::{assert_said, site};

/// A place where ALA's draft contradicts itself, and what is published.
struct Difference {
    place: &'static str,
    matrix: &'static str,
    /// In the list of goals (names and goal statements) or the list view (objectives).
    lists: &'static str,
    published: &'static str,
}

/// Every place where the two views of ALA's draft differ. Published is the lists' wording, with a
/// closing period wherever either view has one; domain D alone takes its name from the table,
/// because the list view has it too.
const DIFFERENCES: [Difference; 6] = [
    Difference {
        place: "A goal",
        matrix: "Champion libraries and empower advocates to support our core values",
        lists: "Champion libraries and empower advocates to support our core values.",
        published: "Champion libraries and empower advocates to support our core values.",
    },
    Difference {
        place: "A-1",
        matrix: "Develop a unified, proactive advocacy strategy centered on ALA's values of access, equity, and intellectual freedom.",
        lists: "Develop a unified, proactive advocacy strategy centered on ALA's values of access, equity, and intellectual freedom",
        published: "Develop a unified, proactive advocacy strategy centered on ALA's values of access, equity, and intellectual freedom.",
    },
    Difference {
        place: "A-2",
        matrix: "Expand partnerships with aligned organizations to impact ALA's reach, credibility, public visibility, and policy influence",
        lists: "Expand partnerships with aligned organizations to impact ALA's reach, credibility, public visibility, and policy influence.",
        published: "Expand partnerships with aligned organizations to impact ALA's reach, credibility, public visibility, and policy influence.",
    },
    Difference {
        place: "C-4",
        matrix: "Implement consistent onboarding, training and leadership development programs for Board members and staff in alignment with association and non profit management best practices.",
        lists: "Implement consistent onboarding, training and leadership development programs for Board members and staff in alignment with association and non-profit management best practices.",
        published: "Implement consistent onboarding, training and leadership development programs for Board members and staff in alignment with association and non-profit management best practices.",
    },
    Difference {
        place: "D name",
        matrix: "Financial Sustainability",
        lists: "Financial Stability",
        published: "Financial Sustainability",
    },
    Difference {
        place: "D goal",
        matrix: "Optimize ALA's capacity for impact through disciplined financial stewardship, streamlined operations, and resource allocation into mission-aligned growth.",
        lists: "Optimize ALA's capacity for impact through disciplined financial stewardship, streamlined operations, and resource allocation into mission-aligned growth",
        published: "Optimize ALA's capacity for impact through disciplined financial stewardship, streamlined operations, and resource allocation into mission-aligned growth.",
    },
];

fn ala_page() -> Page {
    Page::new(&site().ala)
}

/// What ALA's page must say at each place: the lists' wording, or the table's of differences.
fn published() -> Vec<Wording> {
    let resolved = |(place, lists): Wording| {
        let difference = DIFFERENCES
            .iter()
            .find(|difference| difference.place == place);
        (
            place,
            difference.map_or(lists, |difference| difference.published.to_owned()),
        )
    };
    seed::ala().lists.into_iter().map(resolved).collect()
}

/// The wordings of the places that end in `end`: " name" or " goal".
fn ending(wordings: &[Wording], end: &str) -> Vec<String> {
    wordings
        .iter()
        .filter(|(place, _)| place.ends_with(end))
        .map(|(_, text)| text.clone())
        .collect()
}

/// The wordings of the objectives, with their anchors.
fn objectives(wordings: &[Wording]) -> Vec<(String, String)> {
    wordings
        .iter()
        .filter(|(place, _)| place.contains('-'))
        .map(|(place, text)| (place.to_lowercase(), text.clone()))
        .collect()
}

/// "A. Advocacy" for each name.
fn headings(names: &[String]) -> Vec<String> {
    ["A", "B", "C", "D", "E"]
        .iter()
        .zip(names)
        .map(|(label, name)| format!("{label}. {name}"))
        .collect()
}

#[test]
fn alas_letter_stands_whole_in_order_and_once() {
    let page = ala_page();
    let seed = seed::ala();
    assert_eq!(
        seed.letter.len(),
        18,
        "the letter's date, salutation, sentences and signature"
    );
    assert_said(page.part("letter"), &seed.letter);
    assert_eq!(
        below(page.part("letter"), "time[datetime='2025-06-09']").len(),
        1
    );
}

#[test]
fn what_alas_letter_emphasises_stays_emphasised_and_nothing_else_is() {
    let page = ala_page();
    let emphasised: Vec<_> = below(page.part("letter"), "em")
        .into_iter()
        .map(words)
        .collect();
    assert_eq!(emphasised, seed::ala().emphasised);
    assert_eq!(emphasised.len(), 2);
}

#[test]
fn alas_mission_vision_and_values_stand_once_in_their_parts() {
    let page = ala_page();
    let seed = seed::ala();
    assert_said(page.part("mission"), &[seed.mission]);
    assert_said(page.part("vision"), &[seed.vision]);
    let values: Vec<_> = below(page.part("values"), "li")
        .into_iter()
        .map(words)
        .collect();
    assert_eq!(values, seed.values);
    assert_eq!(values.len(), 5);
}

#[test]
fn alas_two_views_differ_exactly_where_the_table_of_differences_says() {
    let seed = seed::ala();
    assert_eq!(seed.matrix.len(), 5 + 5 + 22);
    let places = |view: &[Wording]| {
        view.iter()
            .map(|(place, _)| place.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(places(&seed.matrix), places(&seed.lists));
    let found: Vec<_> = seed
        .matrix
        .iter()
        .zip(&seed.lists)
        .filter(|(matrix, list)| matrix.1 != list.1)
        .map(|((place, matrix), (_, list))| (place.as_str(), matrix.as_str(), list.as_str()))
        .collect();
    let written: Vec<_> = DIFFERENCES
        .iter()
        .map(|d| (d.place, d.matrix, d.lists))
        .collect();
    assert_eq!(found, written);
}

#[test]
fn alas_page_shows_the_resolved_wording_and_no_other() {
    let text = words(ala_page().one("main"));
    for Difference {
        place,
        matrix,
        lists,
        published,
    } in DIFFERENCES
    {
        assert!(
            !standings(&text, published).is_empty(),
            "{place}: {published:?} is missing"
        );
        for other in [matrix, lists]
            .into_iter()
            .filter(|wording| *wording != published)
        {
            assert!(
                standings(&text, other).is_empty(),
                "{place}: {other:?} is shown"
            );
        }
    }
}

#[test]
fn alas_domains_stand_with_their_goal_statements() {
    let page = ala_page();
    let published = published();
    let names = ending(&published, " name");
    let part = page.part("domains");
    let found: Vec<_> = below(part, "h3").into_iter().map(words).collect();
    assert_eq!(found, headings(&names));
    let anchors = ["advocacy", "member-experience", "organizational-redesign"];
    for (anchor, heading) in anchors.iter().zip(&found) {
        assert_eq!(words(page.one(&format!("h3[id='{anchor}']"))), *heading);
    }
    assert_said(part, &ending(&published, " goal"));
}

#[test]
fn alas_matrix_says_what_the_draft_says_once_and_in_order() {
    let page = ala_page();
    let published = published();
    let table = below(page.part("matrix"), "table")[0];

    let columns: Vec<_> = below(table, "thead th").into_iter().map(words).collect();
    let expected = headings(&ending(&published, " name"));
    assert_eq!(columns[columns.len() - 5..], expected);

    let rows: Vec<Vec<_>> = below(table, "tbody tr")
        .into_iter()
        .map(|row| below(row, "td"))
        .collect();
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [5, 5]);
    let goals: Vec<_> = rows[0].iter().map(|cell| words(*cell)).collect();
    assert_eq!(goals, ending(&published, " goal"));
    for (cell, label) in rows[1].iter().zip('a'..) {
        let of_domain = |(id, _): &(String, String)| id.starts_with(label);
        let expected: Vec<_> = objectives(&published)
            .into_iter()
            .filter(of_domain)
            .collect();
        assert_eq!(below(*cell, "ol > li").len(), expected.len());
        let sentences: Vec<_> = expected.into_iter().map(|(_, text)| text).collect();
        assert_said(*cell, &sentences);
    }
}

#[test]
fn alas_list_view_says_what_the_draft_says_once_and_in_order() {
    let page = ala_page();
    let part = page.part("list");
    let found: Vec<_> = below(part, "h3").into_iter().map(words).collect();
    assert_eq!(found, headings(&seed::ala().list_names));
    assert_eq!(words(page.one("h3[id='list-advocacy']")), "A. Advocacy");

    let expected = objectives(&published());
    assert_eq!(expected.len(), 22);
    let ids: Vec<_> = below(part, "li[id]")
        .into_iter()
        .filter_map(|item| item.value().id())
        .collect();
    assert_eq!(ids, expected.iter().map(|(id, _)| id).collect::<Vec<_>>());
    let sentences: Vec<_> = expected.iter().map(|(_, text)| text).collect();
    assert_said(part, &sentences);
}

#[test]
fn alas_objectives_have_the_same_words_and_code_in_the_matrix_and_the_list() {
    let page = ala_page();
    for (id, sentence) in objectives(&published()) {
        assert_said(page.objective(&id), &[&sentence]);
        assert_said(page.matrix_objective(&id), &[&sentence]);
        let code = page.one(&format!("table a[href='#{id}']"));
        assert_eq!(visible_words(code), id.to_uppercase().replace('-', "."));
    }
}

#[test]
fn exactly_alas_five_urgent_objectives_say_urgent_priority_in_each_view() {
    let page = ala_page();
    let seed = seed::ala();
    assert_eq!(seed.urgent, ["A-3", "C-1", "C-3", "D-1", "D-4"]);
    for (id, _) in objectives(&published()) {
        let expected = usize::from(seed.urgent.contains(&id.to_uppercase()));
        for (view, item) in [
            ("matrix", page.matrix_objective(&id)),
            ("list", page.objective(&id)),
        ] {
            let marks = visible_words(item)
                .to_lowercase()
                .matches("urgent priority")
                .count();
            assert_eq!(marks, expected, "{id} in the {view}");
        }
    }
}

#[test]
fn alas_page_tells_that_it_is_a_draft_and_where_it_stands() {
    let page = ala_page();
    let title = words(page.one("title")).to_lowercase();
    assert!(title.contains("draft"), "{title}");
    let course = page.part("history");
    let text = words(course);
    for wanted in [
        "ALA Executive Board",
        "ALA Council",
        "Annual Conference",
        "Council III",
    ] {
        assert!(text.contains(wanted), "no {wanted:?} in: {text}");
    }
    let dates: Vec<_> = below(course, "time")
        .into_iter()
        .filter_map(|time| time.attr("datetime"))
        .collect();
    assert_eq!(dates, ["2025-06-09", "2025-06-30"]);
}
