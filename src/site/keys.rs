//! The keys of `planpress.toml`, in one table of the same shape as the plan's.

use crate::plan::keys::{Kind, ORGANIZATION, Table, key, required};

/// `planpress.toml`
#[rustfmt::skip]
pub static SITE: Table = Table {
    name: "the site",
    heading: "",
    keys: &[
        key("title", Kind::Plain, r#""Strategic plans""#, "The site's name."),
        key("base_url", Kind::Plain, r#""https://example.org/plans/""#, "Where the site will stand; may have a path."),
        key("language", Kind::Language, r#""en""#, "The language of the home page, and of plans that name none."),
        key("theme", Kind::Plain, r#""default""#, "The theme: built in, or a folder under themes/."),
        key("home", Kind::Plain, r#""ala-2025""#, "The plan that is the home page; without it the home page lists the plans."),
        key("output", Kind::Plain, r#""public""#, "The folder that the site is published into."),
        key("logo", Kind::Plain, r#""files/logo.svg""#, "An image under content/."),
        key("organization", Kind::Table(&ORGANIZATION), r#"{ name = "American Library Association" }"#, "Whose plans these are, where a plan does not say."),
        key("tokens", Kind::Open, "", "The theme's design tokens, overridden."),
        key("footer", Kind::Table(&FOOTER), "", "What stands at the foot of every page."),
        key("addresses", Kind::List(&Kind::Table(&ADDRESS)), "", "Stable addresses that lead to an association's adopted plan."),
    ],
};

/// `footer`
#[rustfmt::skip]
pub static FOOTER: Table = Table {
    name: "the footer",
    heading: "[footer]",
    keys: &[
        key("contact", Kind::Address, r#""mailto:webmaster@example.org""#, "Whom to write to about the site."),
        key("accessibility_statement", Kind::Address, r#""https://example.org/accessibility""#, "The accessibility statement."),
    ],
};

/// An entry of `addresses`
#[rustfmt::skip]
pub static ADDRESS: Table = Table {
    name: "an address",
    heading: "[[addresses]]",
    keys: &[
        required("organization", Kind::Plain, r#""ALA""#, "The association, by acronym or name."),
        required("path", Kind::SitePath, r#""/ala/""#, "The address that always leads to its adopted plan."),
    ],
};
