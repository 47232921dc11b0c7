//! The page that the default theme makes: what `accessibility.md`'s readers depend on, and what
//! other sites cite.

use std::collections::BTreeSet;

use planpress::site::context::DomainDetails;
use planpress::theme;

use crate::context::{current_and_draft, home_page, phrase, plan_page, smallest_page};
use crate::sound;

fn full() -> String {
    let theme = sound(&[]);
    theme.render("plan.html", &plan_page(&theme, "en")).unwrap()
}

fn smallest() -> String {
    let theme = sound(&[]);
    theme.render("plan.html", &smallest_page(&theme)).unwrap()
}

fn home() -> String {
    let theme = sound(&[]);
    theme.render("home.html", &home_page(&theme)).unwrap()
}

/// What stands between the first `from` and the next `to`.
fn between<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page
        .find(from)
        .unwrap_or_else(|| panic!("{from} is on the page"));
    let end = page[start..]
        .find(to)
        .unwrap_or_else(|| panic!("{to} follows {from}"));
    &page[start..start + end]
}

/// The levels of the headings, in order.
fn headings(page: &str) -> Vec<u8> {
    let bytes = page.as_bytes();
    page.match_indices("<h")
        .map(|(at, _)| bytes[at + 2])
        .filter(u8::is_ascii_digit)
        .map(|digit| digit - b'0')
        .collect()
}

fn in_order(page: &str, marks: &[&str]) {
    let mut from = 0;
    for mark in marks {
        let at = page[from..]
            .find(mark)
            .unwrap_or_else(|| panic!("{mark} comes in its order"));
        from += at + mark.len();
    }
}

#[test]
fn the_skip_link_comes_first_and_leads_to_main() {
    for page in [full(), smallest(), home()] {
        let body = between(&page, "<body", "<header");
        assert!(body.contains("<a class=\"skip\" href=\"#content\">Skip to main content</a>"));
        in_order(
            &page,
            &[
                "class=\"skip\"",
                "<header",
                "<main id=\"content\" tabindex=\"-1\">",
                "<footer",
            ],
        );
        for landmark in ["<header", "<main", "<footer", "<h1"] {
            assert_eq!(page.matches(landmark).count(), 1, "{landmark}");
        }
    }
}

#[test]
fn the_contents_stand_before_main_and_are_named_by_a_paragraph() {
    let page = full();
    in_order(
        &page,
        &[
            "<nav class=\"contents\" aria-labelledby=\"contents\">",
            "<p id=\"contents\">",
            "<main",
        ],
    );
    assert_eq!(page.matches("<nav").count(), 1);
    assert!(
        !home().contains("<nav"),
        "a page without contents has no empty box"
    );
}

#[test]
fn the_parts_come_in_the_order_of_the_plan_format() {
    in_order(
        &full(),
        &[
            "<h1>ALA Strategic Plan</h1>",
            "<dt>Status</dt>",
            "<h2 id=\"preamble\"",
            "<h2 id=\"letter\"",
            "<h2 id=\"mission\"",
            "<h2 id=\"vision\"",
            "<h2 id=\"values\"",
            "<h2 id=\"domains\"",
            "<h3 id=\"advocacy\"",
            "<h2 id=\"matrix\"",
            "<table>",
            "<h2 id=\"list\"",
            "<h3 id=\"list-advocacy\"",
            "<li id=\"a-1\"",
            "<h2 id=\"appendix\"",
            "<h2 id=\"history\"",
        ],
    );
}

#[test]
fn no_heading_level_is_skipped() {
    for page in [full(), smallest(), home()] {
        let levels = headings(&page);
        assert_eq!(levels[0], 1);
        for pair in levels.windows(2) {
            assert!(pair[1] >= 2 && pair[1] <= pair[0] + 1, "{levels:?}");
        }
    }
    assert!(
        headings(&full()).contains(&4),
        "a group has a heading of its own"
    );
}

#[test]
fn a_heading_that_a_link_leads_to_takes_the_focus() {
    let page = full();
    for id in between(&page, "<nav", "</nav>").split("href=\"#").skip(1) {
        let id = id.split('"').next().unwrap();
        let target = page.find(&format!(" id=\"{id}\" tabindex=\"-1\""));
        assert!(target.is_some(), "{id}");
    }
}

#[test]
fn every_id_is_there_once_and_every_anchor_link_finds_one() {
    for page in [full(), smallest(), home()] {
        let ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap())
            .collect();
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len());
        for link in page.split("href=\"#").skip(1) {
            let id = link.split('"').next().unwrap();
            assert!(once.contains(id), "#{id}");
        }
    }
}

#[test]
fn the_matrix_is_a_table_with_a_caption_and_headers_for_rows_and_columns() {
    let page = full();
    let matrix = between(&page, "<div class=\"scroll\"", "</div>");
    assert!(matrix.contains("role=\"region\" tabindex=\"0\" aria-labelledby=\"matrix/caption\""));
    in_order(
        matrix,
        &[
            "<table>",
            "<caption>",
            "id=\"matrix/caption\"",
            "<thead>",
            "<tbody>",
        ],
    );
    assert_eq!(matrix.matches("<th scope=\"col\">").count(), 4);
    assert_eq!(matrix.matches("<th scope=\"row\">").count(), 2);
    assert_eq!(
        matrix.matches("<tr>").count(),
        3,
        "domains, goal statements, objectives"
    );
    assert_eq!(matrix.matches("<ol>").count(), 4);
    let above = between(&page, "<h2 id=\"matrix\"", "<div class=\"scroll\"");
    assert!(above.contains("<a href=\"#list\">Strategic Objectives per Domain: List View</a>"));
}

#[test]
fn a_plan_without_goal_statements_has_no_row_for_them() {
    let page = smallest();
    assert_eq!(page.matches("<th scope=\"row\">").count(), 1);
    assert!(!page.contains("Goal Statement<"));
}

#[test]
fn a_code_in_the_matrix_leads_to_the_objective_in_the_list() {
    let page = full();
    let matrix = between(&page, "<table>", "</table>");
    let code =
        "<a class=\"code\" href=\"#a-2\"><span class=\"visually-hidden\">Advocacy </span>A.2</a>";
    assert!(matrix.contains(code));
    let list = &page[page.find("<h2 id=\"list\"").unwrap()..];
    assert!(list.contains("<li id=\"a-2\" tabindex=\"-1\"><span id=\"a-2-old\"></span>"));
    assert!(page.contains("<span id=\"advocating\"></span><h3 id=\"advocacy\""));
}

#[test]
fn a_mark_says_its_priority_in_matrix_list_and_legends() {
    let page = full();
    let mark = "urgent priority<span class=\"bracket\">)</span></strong>";
    assert_eq!(page.matches(mark).count(), 4);
    let matrix = between(&page, "<h2 id=\"matrix\"", "</table>");
    in_order(matrix, &["class=\"legend\"", mark, "Build an infra", mark]);
    let list = &page[page.find("<h2 id=\"list\"").unwrap()..];
    in_order(list, &["id=\"list/filter\"", mark, "Build an infra", mark]);
    assert!(!smallest().contains("legend"));
}

#[test]
fn initiatives_are_lists_inside_their_objective() {
    let page = full();
    in_order(
        &page,
        &["<li id=\"a-2\"", "Tactical Initiative<", "<li id=\"a-2-1\""],
    );
    // Said once: the steps below an initiative are initiatives themselves.
    let item = between(&page, "<li id=\"a-2\"", "<li id=\"a-3\"");
    assert_eq!(item.matches("Tactical Initiative").count(), 1);
    in_order(
        &page,
        &["<li id=\"a-2-1-1\"", "<li id=\"a-2-1-2\"", "<li id=\"a-3\""],
    );
}

#[test]
fn banners_stand_in_the_header_in_words() {
    let theme = sound(&[]);
    let page = full();
    let header = between(&page, "<header", "</header>");
    assert!(header.contains("Draft: this plan has not been adopted yet."));
    assert!(header.contains(
        "<a href=\"../ala-2029/\" lang=\"fr\" hreflang=\"fr\" dir=\"auto\">Plan 2029</a>"
    ));
    for (status, words) in [
        ("proposed", "banner_proposed"),
        ("superseded", "banner_superseded"),
        ("archived", "banner_archived"),
    ] {
        let mut page = plan_page(&theme, "en");
        page.plan.superseded_by = None;
        page.plan.status.as_mut().unwrap().id = status.into();
        let html = theme.render("plan.html", &page).unwrap();
        let words = &theme.words("en").words[words].text;
        assert_eq!(html.matches("class=\"banner\"").count(), 1, "{status}");
        assert!(html.contains(words), "{status}");
    }
    assert!(!smallest().contains("banner"));
}

#[test]
fn what_a_plan_does_not_have_leaves_no_trace() {
    let page = smallest();
    for trace in [
        "letter",
        "mission",
        "vision",
        "values",
        "history",
        "<dl",
        "organization",
        "subtitle",
        "<h4",
        "initiatives",
        "description",
        "canonical",
        "robots",
        "<time",
        "<ul></ul>",
        "<p></p>",
        "mailto",
    ] {
        assert!(!page.contains(trace), "{trace}");
    }
}

#[test]
fn dates_are_times_and_words_of_another_language_say_so() {
    let page = full();
    assert!(page.contains("<time datetime=\"2006-06\">June 2006</time>"));
    assert!(
        page.contains("<time datetime=\"2025\">2025</time>–<time datetime=\"2028\">2028</time>")
    );
    assert!(home().contains("From <time datetime=\"2025\">2025</time>"));
    let theme = sound(&[]);
    let mut context = plan_page(&theme, "de");
    context.parts.mission.as_mut().unwrap().heading.lang = Some("en".into());
    let page = theme.render("plan.html", &context).unwrap();
    assert!(page.starts_with("<!doctype html>\n<html lang=\"de\" dir=\"ltr\">"));
    assert!(page.contains("tabindex=\"-1\"><span lang=\"en\" dir=\"auto\">Auftrag</span></h2>"));
}

#[test]
fn hostile_text_stays_text_in_every_place() {
    let theme = sound(&[]);
    let evil = "\"><script>alert(1)</script>'";
    let mut context = plan_page(&theme, "en");
    let plan = &mut context.plan;
    plan.title = evil.into();
    plan.subtitle = Some(evil.into());
    plan.domains[0].details = Some(DomainDetails {
        owners: vec![evil.into()],
        ..DomainDetails::default()
    });
    plan.domains[0].former_ids = vec![evil.into()];
    plan.priorities[0].id = evil.into();
    plan.priorities[0].label = phrase(evil);
    plan.history[0].by = Some(evil.into());
    plan.source = Some(evil.into());
    context.common.site.title = evil.into();
    context.common.page.title = evil.into();
    context.common.page.description = Some(evil.into());
    context.navigation[0].text = phrase(evil).into();
    let page = theme.render("plan.html", &context).unwrap();
    assert!(!page.contains("<script>") && !page.contains("\"\">"));
    assert!(page.matches("&lt;script&gt;").count() > 10);
}

#[test]
fn no_script_holds_a_page_up_and_none_stands_inside_it_nor_does_a_style() {
    for page in [full(), smallest(), home()] {
        assert!(!page.contains("style=") && !page.contains("<style"));
        let scripts = page.split("<script").skip(1);
        // Data runs nothing and holds nothing up.
        for script in scripts.filter(|script| !script.starts_with(" type=\"application/ld+json\">"))
        {
            assert!(script.starts_with(" src=\"") && script.contains("\" defer></script>"));
        }
    }
}

#[test]
fn the_home_page_lists_plans_with_status_and_years() {
    let page = home();
    in_order(
        &page,
        &[
            "<h1>Strategic plans</h1>",
            "<h2>American Library Association</h2>",
            "<h3>Current plans</h3>",
            "<h4><a href=\"ala-2025/\">ALA Plan 2020</a></h4>",
            "<h3>Drafts and proposals</h3>",
            "<h4><a href=\"ala-2025/\">ALA Strategic Plan</a></h4>",
            "<span class=\"tag\" data-status=\"draft\">Draft</span> From <time",
            "<h2>ALCTS</h2>",
        ],
    );
    let theme = sound(&[]);
    let mut context = home_page(&theme);
    context.home.groups = vec![current_and_draft(None).into()];
    let page = theme.render("home.html", &context).unwrap();
    assert_eq!(headings(&page), [1, 2, 3, 2, 3]);
    assert!(page.contains("<p class=\"organization\">American Library Association</p>"));
}

/// Relative luminance (WCAG 2.2, "relative luminance") of `#rrggbb`.
fn luminance(color: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&color[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

#[test]
fn the_default_colours_keep_their_contrast_in_light_and_dark() {
    let theme = sound(&[]);
    let token = |name: &str| luminance(&theme.tokens()[name]);
    for twin in ["", "-dark"] {
        for under in ["background", "surface"] {
            for (over, least) in [
                ("text", 7.0),
                ("accent", 7.0),
                ("mark", 7.0),
                ("border", 3.0),
            ] {
                let (a, b) = (
                    token(&format!("{over}{twin}")),
                    token(&format!("{under}{twin}")),
                );
                let ratio = (a.max(b) + 0.05) / (a.min(b) + 0.05);
                assert!(ratio >= least, "{over}{twin} on {under}{twin}: {ratio:.2}");
            }
        }
    }
    let style = theme::builtin();
    let style =
        String::from_utf8_lossy(&style.file("static/style.css").unwrap().bytes).into_owned();
    assert!(!style.contains("list-style: none") && !style.contains("list-style-type: none"));
}

#[test]
fn an_objective_says_when_it_starts_and_when_it_is_due() {
    in_order(
        &full(),
        &[
            "<dt>Start</dt><dd><time datetime=\"2026\">2026</time></dd>",
            "<dt>Due</dt><dd><time datetime=\"2027-06\">June 2027</time></dd>",
        ],
    );
}
