//! Many pages with one theme. Their templates are made again, with components in the place of their
//! calls, and nobody may see it.

use planpress::diagnostic::Diagnostic;
use planpress::site::context::Html;
use planpress::theme::{self, Theme};
use serde::Serialize;

use crate::context::{address_page, home_page, not_found_page, plan_page, smallest_page};
use crate::sound;

/// The page as it is where there are few, and where there are many.
fn few_and_many(
    theme: &Theme,
    template: &str,
    page: &impl Serialize,
) -> [Result<String, Box<Diagnostic>>; 2] {
    [1, 1_000].map(|pages| {
        theme.expect(template, pages);
        theme.render(template, page)
    })
}

#[test]
fn one_of_many_pages_is_as_one_of_few() {
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
                few_and_many(&maker(), "plan.html", &plan_page(&maker(), "en")),
            ),
            (
                "plan.html, French",
                few_and_many(&maker(), "plan.html", &plan_page(&maker(), "fr")),
            ),
            (
                "plan.html, small",
                few_and_many(&maker(), "plan.html", &smallest_page(&maker())),
            ),
            (
                "home.html",
                few_and_many(&maker(), "home.html", &home_page(&maker())),
            ),
            (
                "404.html",
                few_and_many(&maker(), "404.html", &not_found_page(&maker(), "en")),
            ),
            (
                "address.html",
                few_and_many(&maker(), "address.html", &address_page(&maker(), "en")),
            ),
        ];
        for (name, [few, many]) in pages {
            assert_eq!(few.unwrap(), many.unwrap(), "{name}");
        }
    }
}

#[test]
fn a_component_of_ones_own_is_on_every_page_wherever_it_was() {
    let code = "{% component code(objective) %}<b>{{ objective.code }}</b>{% endcomponent code %}";
    let theme = sound(&[("templates/code.html", code)]);
    let [few, many] = few_and_many(&theme, "plan.html", &plan_page(&theme, "en"));
    // In the matrix and in the list view.
    assert_eq!(few.unwrap().matches("<b>A.2</b>").count(), 2);
    assert_eq!(many.unwrap().matches("<b>A.2</b>").count(), 2);
}

#[test]
fn a_fault_on_one_of_many_pages_is_told_at_its_place() {
    let (theme, _) = crate::site(&[(
        "templates/mine.html",
        "\n{% component value(value) %}{{ value.description }}{{ value.nam }}{% endcomponent %}",
    )]);
    let theme = theme.unwrap();
    let mut page = plan_page(&theme, "en");
    let values = std::mem::take(&mut page.plan.values);
    let [few, many] = few_and_many(&theme, "plan.html", &page);
    assert_eq!(few.unwrap(), many.unwrap());
    page.plan.values = values;
    page.plan.values[0].description = Some(Html("what they are".into()));
    let [few, many] = few_and_many(&theme, "plan.html", &page).map(Result::unwrap_err);
    assert_eq!(few, many);
    assert_eq!(crate::marked(&many), "nam");
    assert_eq!(many.related.len(), 1, "where it is called");
}
