//! How domains are headed and objectives cited: labels are text, and nothing is said twice.

use super::{page, seen, text};

#[test]
fn a_label_stands_before_the_name_as_written() {
    let cases = [
        ("A", "A. Name"),
        ("1", "1. Name"),
        ("I.", "I. Name"),
        ("Goal 1", "Goal 1. Name"),
        ("Goal Area 1.", "Goal Area 1. Name"),
        ("Strategic Priority One:", "Strategic Priority One: Name"),
        ("(b)", "(b) Name"),
        ("A-1", "A-1. Name"),
        ("第一", "第一. Name"),
        ("一、", "一、 Name"),
        ("أ", "أ. Name"),
    ];
    for (label, heading) in cases {
        let page = page(&format!(
            "title = \"Plan\"\n[[domains]]\nlabel = \"{label}\"\nname = \"Name\"\nobjectives = [\"One.\"]\n"
        ));
        let everywhere = [
            page.texts("section.domains h3"),
            page.texts("thead th"),
            page.texts("section.list h3"),
            page.texts("nav.contents li li"),
        ];
        for found in everywhere {
            assert_eq!(found, [heading], "label {label}");
        }
    }
}

#[test]
fn an_objectives_code_joins_short_labels_and_leaves_long_ones_to_hidden_words() {
    // The domain's label, the objective's, what is seen, what stands hidden before it.
    let cases = [
        ("A", "", "A.1", ""),
        ("A.", "3.", "A.3", ""),
        ("A)", "b)", "A.b", ""),
        ("I.", "", "I.1", ""),
        ("1", "1.1", "1.1", ""),
        ("1.", "1.1.", "1.1", ""),
        ("1", "11", "1.11", ""),
        ("A-1", "A-1.2", "A-1.2", ""),
        ("A-1", "", "A-1.1", ""),
        ("ABCD", "", "ABCD.1", ""),
        ("ABCDE", "", "1.", "ABCDE. Name"),
        ("Goal Area 1.", "", "1.", "Goal Area 1. Name"),
        ("Goal 1", "1.1", "1.1.", "Goal 1. Name"),
        ("Goal 1", "1a)", "1a)", "Goal 1. Name"),
        (
            "Strategic Priority One:",
            "A:",
            "A:",
            "Strategic Priority One: Name",
        ),
        ("", "", "1.", "Name"),
        ("", "b", "b.", "Name"),
        ("أ", "", "أ.1", ""),
    ];
    for (domain, objective, code, hidden) in cases {
        let label = |label: &str| match label {
            "" => String::new(),
            label => format!("label = \"{label}\"\n"),
        };
        let page = page(&format!(
            "title = \"Plan\"\n[[domains]]\n{}name = \"Name\"\n[[domains.objectives]]\n{}text = \"One.\"\n",
            label(domain),
            label(objective)
        ));
        for view in ["table", "section.list"] {
            let link = page.one(&format!("{view} a.code"));
            assert_eq!(seen(link), code, "{domain:?} with {objective:?}");
            let whole = format!("{hidden} {code}");
            assert_eq!(text(link), whole.trim(), "{domain:?} with {objective:?}");
        }
    }
}

#[test]
fn a_code_leads_from_the_matrix_to_the_item_in_the_list_view() {
    let page = page(
        "title = \"Plan\"\n[[domains]]\nlabel = \"A\"\nname = \"Name\"\nobjectives = [\"One.\", \"Two.\"]\n",
    );
    assert_eq!(page.attributes("table a.code", "href"), ["#a-1", "#a-2"]);
    for id in ["a-1", "a-2"] {
        let item = page.id(id);
        assert_eq!(item.value().name(), "li");
        assert_eq!(item.attr("tabindex"), Some("-1"));
        assert!(page.has(&format!("section.list li#{id}")));
    }
}

#[test]
fn an_initiatives_code_goes_on_from_its_objectives() {
    let page = page(
        r#"title = "Plan"
[[domains]]
label = "A"
name = "Name"
objectives = [{ text = "One.", initiatives = ["In.", { text = "Out.", label = "b)", initiatives = ["Deep."] }] }]
[[domains]]
label = "2"
name = "Other"
objectives = [{ text = "Two.", label = "2.1", initiatives = [{ text = "In.", label = "2.1.1" }] }]
"#,
    );
    assert_eq!(
        page.codes(),
        ["A.1", "A.1.1", "A.1.b", "A.1.b.1", "2.1", "2.1.1"]
    );
    assert_eq!(page.all("table a.code").len(), 2);
}

#[test]
fn a_domain_with_neither_label_nor_name_is_headed_by_its_goal_said_once() {
    let page = page(
        "title = \"Plan\"\n[[domains]]\ngoal = \"We are *heard*.\"\nobjectives = [\"Speak.\"]\n",
    );
    assert_eq!(page.texts("section.domains h3"), ["We are heard."]);
    assert!(!page.has("section.domains p.goal"));
    assert_eq!(page.all("tbody tr").len(), 1);
}

#[test]
fn a_domain_with_a_label_alone_is_headed_by_the_label_as_written() {
    let page = page(
        "title = \"Plan\"\n[[domains]]\nlabel = \"Goal Area 1.\"\ngoal = \"Lead.\"\nobjectives = [\"Go.\"]\n",
    );
    assert_eq!(page.texts("section.domains h3"), ["Goal Area 1."]);
    assert_eq!(page.texts("section.domains p.goal"), ["Lead."]);
    assert_eq!(text(page.one("table a.code")), "Goal Area 1. 1.");
}

#[test]
fn marks_stand_in_words_in_both_views_and_in_the_legend() {
    let page = page(
        r#"title = "Plan"
[[priorities]]
id = "later"
label = "can wait"
[[priorities]]
id = "unused"
label = "never"
[[domains]]
label = "A"
name = "Name"
objectives = [{ text = "One.", priority = "urgent" }, { text = "Two.", priority = "later" }, "Three."]
"#,
    );
    assert_eq!(
        page.texts("table .mark"),
        ["(urgent priority)", "(can wait)"]
    );
    assert_eq!(
        page.texts("section.list li .mark"),
        ["(urgent priority)", "(can wait)"]
    );
    for legend in page.texts("p.legend") {
        assert!(legend.contains("can wait") && legend.contains("urgent priority"));
        assert!(!legend.contains("never"), "{legend}");
    }
}

#[test]
fn a_plan_may_call_the_urgent_ones_something_else() {
    let page = page(
        "title = \"Plan\"\n[[priorities]]\nid = \"urgent\"\nlabel = \"year one\"\n[[domains]]\nname = \"Name\"\nobjectives = [{ text = \"One.\", priority = \"urgent\" }]\n",
    );
    assert_eq!(page.texts("section.list li .mark"), ["(year one)"]);
    assert_eq!(
        page.attributes("section.list li .mark", "data-priority"),
        ["urgent"]
    );
}
