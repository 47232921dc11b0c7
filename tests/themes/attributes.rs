//! Finished HTML in attributes, where it does not belong. One with double quotes keeps a build from
//! publishing (`tests/sites/html-in-an-attribute`); one with single quotes nothing ends.

use planpress::plan::text::{Kind, parse};
use planpress::site::context::Html;
use scraper::{Html as Page, Selector};

use crate::context::plan_page;
use crate::sound;

#[test]
fn finished_html_in_single_quotes_is_one_value_whatever_a_plan_says() {
    let theme = sound(&[(
        "templates/plan.html",
        "{% extends \"parent/plan.html\" %}{% block title %}<p title='{{ plan.description }}'>x</p>{% endblock %}",
    )]);
    let source = "Our members' [plan's](https://example.org/a'onclick=b 'c \" d') 'onclick='x";
    let (text, _) = parse(source, Kind::Sentence);
    let html = text.html(&mut |_| "../a' onclick=b".to_owned(), 2);
    let mut page = plan_page(&theme, "en");
    page.plan.description = Some(Html(html));
    let page = Page::parse_document(&theme.render("plan.html", &page).unwrap());
    let titled = Selector::parse("p[title]").expect("a selector");
    let element = page.select(&titled).next().expect("it is there").value();
    let attributes: Vec<(&str, &str)> = element.attrs().collect();
    assert_eq!(
        attributes,
        [(
            "title",
            "Our members' <a href=\"../a' onclick=b\" title=\"c \" d\">plan's</a> 'onclick='x"
        )]
    );
}
