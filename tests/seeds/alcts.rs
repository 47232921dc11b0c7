//! The ALCTS Strategic Plan 2006-2011: nothing of it is lost, and nothing is made up.

use super::page::{Page, below, visible_words, words};
use super::{assert_said, seed, site};

fn alcts_page() -> Page {
    Page::new(&site().alcts)
}

#[test]
fn alctss_preamble_mission_and_vision_stand_whole_and_once() {
    let page = alcts_page();
    let seed = seed::alcts();
    assert_eq!(words(page.one("h1")), seed.title);
    assert_eq!(seed.preamble.len(), 6);
    assert_said(page.part("preamble"), &seed.preamble);
    assert_eq!(below(page.part("preamble"), "p").len(), 3);
    assert_said(page.part("mission"), &[seed.mission]);
    assert_said(page.part("vision"), &[seed.vision]);
}

#[test]
fn alctss_goal_areas_stand_once_in_each_view() {
    let page = alcts_page();
    let areas = seed::alcts().areas;
    let counts: Vec<_> = areas.iter().map(|area| area.objectives.len()).collect();
    assert_eq!(counts, [6, 3, 5, 5, 7]);
    let labels: Vec<_> = areas.iter().map(|area| area.label.clone()).collect();
    let goals: Vec<_> = areas.iter().map(|area| area.goal.clone()).collect();

    for part in ["domains", "list"] {
        let found: Vec<_> = below(page.part(part), "h3")
            .into_iter()
            .map(words)
            .collect();
        assert_eq!(found, labels, "{part}");
    }
    assert_said(page.part("domains"), &goals);

    let table = below(page.part("matrix"), "table")[0];
    let columns: Vec<_> = below(table, "thead th").into_iter().map(words).collect();
    assert_eq!(columns[columns.len() - 5..], labels);
    let rows: Vec<Vec<_>> = below(table, "tbody tr")
        .into_iter()
        .map(|row| below(row, "td"))
        .collect();
    assert_eq!(rows.iter().map(Vec::len).collect::<Vec<_>>(), [5, 5]);
    for (column, area) in areas.iter().enumerate() {
        assert_eq!(words(rows[0][column]), area.goal);
        assert_said(rows[1][column], &area.objectives);
    }
    let sentences: Vec<_> = areas.iter().flat_map(|area| &area.objectives).collect();
    assert_said(page.part("list"), &sentences);
}

#[test]
fn alctss_objectives_have_the_same_words_and_code_in_the_matrix_and_the_list() {
    let page = alcts_page();
    let mut count = 0;
    for (area, number) in seed::alcts().areas.iter().zip(1..) {
        for (objective, position) in area.objectives.iter().zip(1..) {
            let id = format!("goal-area-{number}-{position}");
            assert_said(page.objective(&id), &[objective]);
            assert_said(page.matrix_objective(&id), &[objective]);
            let code = page.one(&format!("table a[href='#{id}']"));
            assert_eq!(visible_words(code), format!("{position}."));
            count += 1;
        }
    }
    assert_eq!(count, 26);
    assert!(
        !words(page.one("main"))
            .to_lowercase()
            .contains("urgent priority")
    );
}

#[test]
fn alctss_page_has_no_values_heading_and_no_link_to_one() {
    let page = alcts_page();
    assert!(page.all("[id='values'], a[href$='#values']").is_empty());
    let headings: Vec<_> = page
        .all("h1, h2, h3, h4, nav a")
        .into_iter()
        .map(|element| words(element))
        .collect();
    assert!(headings.contains(&"Mission".to_owned()), "{headings:?}");
    assert!(!headings.contains(&"Values".to_owned()), "{headings:?}");
}

#[test]
fn alctss_page_tells_when_by_whom_and_where_it_was_adopted() {
    let page = alcts_page();
    let course = page.part("history");
    let text = words(course);
    for wanted in ["June 2006", "ALCTS Executive Board", "New Orleans"] {
        assert!(text.contains(wanted), "no {wanted:?} in: {text}");
    }
    assert_eq!(below(course, "time[datetime='2006-06']").len(), 1);
}
