//! Many pages with one theme. After the first ones the templates are made again, with small
//! components in the place of their calls, and nobody may see it.

use planpress::diagnostic::Diagnostic;
use planpress::site::context::Html;
use planpress::theme::{self, Theme};
use serde::Serialize;

use crate::context::{address_page, home_page, not_found_page, plan_page, smallest_page};
use crate::sound;

/// The page as it comes first, and after many others.
fn first_and_last(
    theme: &Theme,
    template: &str,
    page: &impl Serialize,
) -> [Result<String, Box<Diagnostic>>; 2] {
    let page = || theme.render(template, page);
    let first = page();
    let mut last = page();
    for _ in 0..40 {
        last = page();
    }
    [first, last]
}

#[test]
fn the_last_of_many_pages_is_as_the_first() {
    let plain = [theme::built_in("plain").unwrap(), theme::builtin()];
    let makers: [&dyn Fn() -> Theme; 3] = [
        &|| sound(&[]),
        &|| Theme::new(&plain, None).0.unwrap(),
        &|| {
            let words = "{% component phrase(of) %}<i>{{ of.text }}</i>{% endcomponent phrase %}";
            let mark = "{% component mark(priority) -%}
                <b>{{ <phrase of={priority.label} /> }}</b> {%- endcomponent mark %}";
            sound(&[("templates/a.html", words), ("templates/b/mark.html", mark)])
        },
    ];
    for maker in makers {
        let pages = [
            (
                "plan.html",
                first_and_last(&maker(), "plan.html", &plan_page(&maker(), "en")),
            ),
            (
                "plan.html, French",
                first_and_last(&maker(), "plan.html", &plan_page(&maker(), "fr")),
            ),
            (
                "plan.html, small",
                first_and_last(&maker(), "plan.html", &smallest_page(&maker())),
            ),
            (
                "home.html",
                first_and_last(&maker(), "home.html", &home_page(&maker())),
            ),
            (
                "404.html",
                first_and_last(&maker(), "404.html", &not_found_page(&maker(), "en")),
            ),
            (
                "address.html",
                first_and_last(&maker(), "address.html", &address_page(&maker(), "en")),
            ),
        ];
        for (name, [first, last]) in pages {
            assert_eq!(first.unwrap(), last.unwrap(), "{name}");
        }
    }
}

#[test]
fn a_component_of_ones_own_is_on_every_page_wherever_it_was() {
    let code = "{% component code(objective) %}<b>{{ objective.code }}</b>{% endcomponent code %}";
    let theme = sound(&[("templates/code.html", code)]);
    let [first, last] = first_and_last(&theme, "plan.html", &plan_page(&theme, "en"));
    // In the matrix and in the list view.
    assert_eq!(first.unwrap().matches("<b>A.2</b>").count(), 2);
    assert_eq!(last.unwrap().matches("<b>A.2</b>").count(), 2);
}

#[test]
fn a_fault_that_only_a_later_page_meets_is_told_at_its_place() {
    let (theme, _) = crate::site(&[(
        "templates/mine.html",
        "\n{% component value(value) %}{{ value.description }}{{ value.nam }}{% endcomponent %}",
    )]);
    let theme = theme.unwrap();
    let mut page = plan_page(&theme, "en");
    let values = std::mem::take(&mut page.plan.values);
    let [first, last] = first_and_last(&theme, "plan.html", &page);
    assert_eq!(first.unwrap(), last.unwrap());
    page.plan.values = values;
    page.plan.values[0].description = Some(Html("what they are".to_owned()));
    let [first, last] = first_and_last(&theme, "plan.html", &page).map(Result::unwrap_err);
    assert_eq!(first, last);
    assert_eq!(crate::marked(&last), "nam");
    assert_eq!(last.related.len(), 1, "where it is called");
}
