//! The keys of a plan file, in one table: the reader, its hints, `planpress new`, the JSON Schema
//! and the documentation are made from it.
//!
//! A row is one line, so that the table can be read as one.
//!
//! The shape (`Table`, `Key`, `Kind`) serves every TOML file of a site; `PLAN` is the root here.

pub use crate::diagnostic::nearest;

/// A table that may stand in a file: what it is called and the keys it knows.
#[derive(Debug)]
pub struct Table {
    /// What a person calls it: "a plan", "a domain".
    pub name: &'static str,
    /// How its heading is written, `[[domains]]`; empty for the file itself.
    pub heading: &'static str,
    pub keys: &'static [Key],
}

/// One key.
#[derive(Debug)]
pub struct Key {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// Of the keys of a table that are marked so, at least one must be there.
    pub either: bool,
    /// One sentence that says what the key is for.
    pub explanation: &'static str,
    /// A value as it would be written.
    pub example: &'static str,
}

/// What kind of value a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Plain text on one line.
    Plain,
    /// A sentence: plain text with emphasis, strong, code and links.
    Sentence,
    /// Markdown of any length.
    Body,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// `true` or `false`.
    Flag,
    /// A year, a month or a day.
    Date,
    /// A BCP 47 language tag.
    Language,
    /// An `https`, `http`, `mailto` or `tel` address.
    Address,
    /// An address on this site, `/strategicplan/`.
    SitePath,
    /// An anchor: the `id` of an element.
    Anchor,
    /// A list; every entry is of the kind inside.
    List(&'static Kind),
    /// A table of its own.
    Table(&'static Table),
    /// A table, or only the text that one of its keys would hold.
    ShortOrTable(&'static str, &'static Table),
    /// Anything at all.
    Open,
}

impl Kind {
    /// What such a value is called in a sentence: "a list", "text".
    pub fn noun(self) -> &'static str {
        match self {
            Kind::Plain | Kind::Sentence | Kind::Body | Kind::Choice(_) | Kind::Language => "text",
            Kind::Address | Kind::SitePath | Kind::Anchor => "text",
            Kind::Flag => "true or false",
            Kind::Date => "a date",
            Kind::List(_) => "a list",
            Kind::Table(_) => "a table",
            Kind::ShortOrTable(..) => "text or a table",
            Kind::Open => "anything",
        }
    }

    /// The table that a value of this kind may be, also inside a list.
    pub fn table(self) -> Option<&'static Table> {
        match self {
            Kind::Table(table) | Kind::ShortOrTable(_, table) => Some(table),
            Kind::List(kind) => kind.table(),
            _ => None,
        }
    }
}

impl Table {
    /// The key of that name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Every table below this one, each once, this one first.
    pub fn all(&'static self) -> Vec<&'static Table> {
        let mut found: Vec<&'static Table> = vec![self];
        let mut next = 0;
        while next < found.len() {
            for key in found[next].keys {
                if let Some(table) = key.kind.table()
                    && !found.iter().any(|known| std::ptr::eq(*known, table))
                {
                    found.push(table);
                }
            }
            next += 1;
        }
        found
    }
}

/// A row of a table: a key that may be left out.
pub(crate) const fn key(
    name: &'static str,
    kind: Kind,
    example: &'static str,
    explanation: &'static str,
) -> Key {
    Key {
        name,
        kind,
        required: false,
        either: false,
        explanation,
        example,
    }
}

/// A row of a table: a key that must be there.
pub(crate) const fn required(
    name: &'static str,
    kind: Kind,
    example: &'static str,
    explanation: &'static str,
) -> Key {
    Key {
        name,
        kind,
        required: true,
        either: false,
        explanation,
        example,
    }
}

/// A row of a table: a key that may be left out where another row of this sort is there.
pub(crate) const fn either(
    name: &'static str,
    kind: Kind,
    example: &'static str,
    explanation: &'static str,
) -> Key {
    Key {
        name,
        kind,
        required: false,
        either: true,
        explanation,
        example,
    }
}

/// Where a plan stands in its life.
pub const STATUSES: &[&str] = &["draft", "proposed", "adopted", "superseded", "archived"];

/// What can have happened to a plan.
pub const EVENTS: &[&str] = &[
    "planned",
    "drafted",
    "proposed",
    "adopted",
    "amended",
    "reaffirmed",
    "extended",
    "superseded",
    "archived",
];

/// A plan file.
#[rustfmt::skip]
pub static PLAN: Table = Table {
    name: "a plan",
    heading: "",
    keys: &[
        required("title", Kind::Plain, r#""Strategic Plan""#, "The plan's name, as it stands on its cover."),
        key("subtitle", Kind::Plain, r#""Draft for Council""#, "A second line under the title."),
        key("language", Kind::Language, r#""en-US""#, "The language of the plan, as a BCP 47 tag."),
        key("status", Kind::Choice(STATUSES), r#""draft""#, "Where the plan stands in its life."),
        key("period", Kind::Table(&PERIOD), "{ start = 2025, end = 2028 }", "The time the plan is for; either end may be missing."),
        key("description", Kind::Sentence, r#""The plan in one sentence.""#, "One or two sentences for search engines and cards."),
        key("mission", Kind::Sentence, r#""Empowering libraries.""#, "What the association is for."),
        key("vision", Kind::Sentence, r#""Libraries thrive so everyone can succeed.""#, "The world the association works for."),
        key("aliases", Kind::List(&Kind::SitePath), r#"["/strategicplan/"]"#, "Old addresses on this site that lead here."),
        key("supersedes", Kind::ShortOrTable("title", &PREDECESSOR), r#""alcts-2001-2005""#, "The plan before this one: its file's name, or its title and address elsewhere."),
        key("publish", Kind::Flag, "true", "With false the plan is built only with --unpublished."),
        key("search", Kind::Flag, "true", "With false search engines are asked to leave the plan out."),
        key("allow", Kind::List(&Kind::Choice(super::WARNINGS)), r#"["near-duplicate-name"]"#, "Warnings that are silenced in this plan."),
        key("values", Kind::List(&Kind::ShortOrTable("name", &VALUE)), r#"["Access", "Equity"]"#, "What the association holds to."),
        key("organization", Kind::Table(&ORGANIZATION), r#"{ name = "American Library Association" }"#, "Whose plan it is."),
        key("terms", Kind::Table(&TERMS), r#"{ domain = "Goal Area" }"#, "What this association calls things, where it differs."),
        key("letter", Kind::Table(&LETTER), "", "A cover letter."),
        key("sections", Kind::List(&Kind::Table(&SECTION)), "", "Free prose: a preamble, background, an appendix."),
        key("history", Kind::List(&Kind::Table(&EVENT)), "", "What happened to the plan, oldest first."),
        key("priorities", Kind::List(&Kind::Table(&PRIORITY)), "", "Marks that objectives may carry, besides the built-in \"urgent\"."),
        required("domains", Kind::List(&Kind::Table(&DOMAIN)), "", "The plan's domains with their goal statements and objectives."),
        key("links", Kind::Table(&LINKS), r#"{ source = "https://example.org/plan.pdf" }"#, "Where the plan comes from."),
        key("extra", Kind::Open, "", "Anything else; handed to the theme untouched."),
    ],
};

/// `period`
#[rustfmt::skip]
pub static PERIOD: Table = Table {
    name: "a period",
    heading: "[period]",
    keys: &[
        key("start", Kind::Date, "2025", "The first year, month or day."),
        key("end", Kind::Date, "2028", "The last year, month or day."),
    ],
};

/// `supersedes` in its long form
#[rustfmt::skip]
pub static PREDECESSOR: Table = Table {
    name: "a plan elsewhere",
    heading: "[supersedes]",
    keys: &[
        required("title", Kind::Plain, r#""Strategic Plan 2001-2005""#, "The earlier plan's title."),
        required("url", Kind::Address, r#""https://example.org/plan-2001/""#, "The earlier plan's address."),
    ],
};

/// An entry of `values`
#[rustfmt::skip]
pub static VALUE: Table = Table {
    name: "a value",
    heading: "[[values]]",
    keys: &[
        either("name", Kind::Plain, r#""Equity""#, "The value's name."),
        either("description", Kind::Sentence, r#""Everyone has access.""#, "A sentence that says what it means."),
    ],
};

/// `organization`, in a plan and for the whole site
#[rustfmt::skip]
pub static ORGANIZATION: Table = Table {
    name: "an organization",
    heading: "[organization]",
    keys: &[
        required("name", Kind::Plain, r#""American Library Association""#, "The association's full name."),
        key("acronym", Kind::Plain, r#""ALA""#, "Its acronym."),
        key("url", Kind::Address, r#""https://www.ala.org/""#, "Its home page."),
    ],
};

/// `terms`
#[rustfmt::skip]
pub static TERMS: Table = Table {
    name: "the terms",
    heading: "[terms]",
    keys: &[
        key("mission", Kind::Plain, r#""Mission""#, "The heading over the mission."),
        key("vision", Kind::Plain, r#""Vision""#, "The heading over the vision."),
        key("values", Kind::Plain, r#""Core Values""#, "The heading over the values."),
        key("letter", Kind::Plain, r#""Letter""#, "The heading over the letter."),
        key("history", Kind::Plain, r#""History""#, "The heading over the history."),
        key("domain", Kind::Plain, r#""Goal Area""#, "What one domain is called."),
        key("domains", Kind::Plain, r#""Goal Areas""#, "The heading over the domains."),
        key("goal", Kind::Plain, r#""Goal Statement""#, "What a goal statement is called."),
        key("goals", Kind::Plain, r#""Goal Statements""#, "What several goal statements are called."),
        key("objective", Kind::Plain, r#""Strategic Objective""#, "What one objective is called."),
        key("objectives", Kind::Plain, r#""Strategic Objectives""#, "What several objectives are called."),
        key("initiative", Kind::Plain, r#""Tactical Initiative""#, "What one initiative is called."),
        key("initiatives", Kind::Plain, r#""Tactical Initiatives""#, "What several initiatives are called."),
        key("matrix", Kind::Plain, r#""Plan at a Glance""#, "The heading over the matrix."),
        key("list", Kind::Plain, r#""{objectives} per {domain}: List View""#, "The heading over the list view; other terms may stand in it in braces."),
    ],
};

/// `letter`
#[rustfmt::skip]
pub static LETTER: Table = Table {
    name: "a letter",
    heading: "[letter]",
    keys: &[
        key("date", Kind::Date, "2025-06-09", "The date of the letter."),
        key("salutation", Kind::Plain, r#""Dear Council,""#, "Whom the letter greets."),
        key("body", Kind::Body, "\"\"\"\nMarkdown paragraphs.\n\"\"\"", "The letter's text."),
        key("closing", Kind::Plain, r#""Sincerely,""#, "The words before the signature."),
        key("signature", Kind::Table(&SIGNATURE), r#"{ name = "Sam Helmick", role = "President-elect" }"#, "Who signed."),
    ],
};

/// `signature` of a letter
#[rustfmt::skip]
pub static SIGNATURE: Table = Table {
    name: "a signature",
    heading: "[letter.signature]",
    keys: &[
        key("name", Kind::Plain, r#""Sam Helmick""#, "The name of who signed."),
        key("role", Kind::Plain, r#""President-elect""#, "Their office."),
    ],
};

/// An entry of `sections`
#[rustfmt::skip]
pub static SECTION: Table = Table {
    name: "a section",
    heading: "[[sections]]",
    keys: &[
        key("id", Kind::Anchor, r#""preamble""#, "The section's anchor; otherwise made from its title."),
        required("title", Kind::Plain, r#""Preamble""#, "The section's heading."),
        key("place", Kind::Choice(&["before", "after"]), r#""before""#, "Before or after the plan's own parts."),
        required("body", Kind::Body, "\"\"\"\nMarkdown.\n\"\"\"", "The section's text."),
    ],
};

/// An entry of `history`
#[rustfmt::skip]
pub static EVENT: Table = Table {
    name: "a history entry",
    heading: "[[history]]",
    keys: &[
        required("event", Kind::Choice(EVENTS), r#""adopted""#, "What happened."),
        required("date", Kind::Date, r#""2006-06""#, "When it happened."),
        key("by", Kind::Plain, r#""Executive Board""#, "Who did it."),
        key("place", Kind::Plain, r#""New Orleans""#, "Where."),
        key("document", Kind::Plain, r#""CD#53""#, "The document that records it."),
        key("vote", Kind::Plain, r#""135-1""#, "How the vote went."),
        key("note", Kind::Sentence, r#""With one amendment.""#, "A remark."),
    ],
};

/// An entry of `priorities`
#[rustfmt::skip]
pub static PRIORITY: Table = Table {
    name: "a priority",
    heading: "[[priorities]]",
    keys: &[
        required("id", Kind::Plain, r#""urgent""#, "What `priority` names."),
        required("label", Kind::Plain, r#""urgent priority""#, "The words of the mark."),
    ],
};

/// An entry of `domains`
#[rustfmt::skip]
pub static DOMAIN: Table = Table {
    name: "a domain",
    heading: "[[domains]]",
    keys: &[
        key("id", Kind::Anchor, r#""advocacy""#, "The domain's anchor; otherwise made from its name."),
        key("former_ids", Kind::List(&Kind::Anchor), r#"["advocating"]"#, "Anchors it had before."),
        key("label", Kind::Plain, r#""A""#, "What stands before the name."),
        either("name", Kind::Plain, r#""Advocacy""#, "The domain's name."),
        either("goal", Kind::Sentence, r#""Champion libraries.""#, "The goal statement."),
        key("question", Kind::Sentence, r#""How can we be heard?""#, "The question the domain answers."),
        key("rationale", Kind::Sentence, r#""In order to be heard.""#, "Why the domain is there."),
        key("outcome", Kind::Sentence, r#""Advocates are equipped.""#, "What is different when the goal is met."),
        key("owners", Kind::List(&Kind::Plain), r#"["Public Policy Office"]"#, "Who answers for it."),
        key("note", Kind::Sentence, r#""Reviewed yearly.""#, "A remark."),
        key("objectives", Kind::List(&Kind::ShortOrTable("text", &OBJECTIVE)), r#"["Expand partnerships."]"#, "The domain's objectives, in the short form or as [[domains.objectives]]."),
    ],
};

/// An entry of `objectives` or `initiatives`
#[rustfmt::skip]
pub static OBJECTIVE: Table = Table {
    name: "an objective",
    heading: "[[domains.objectives]]",
    keys: &[
        key("id", Kind::Anchor, r#""membership-model""#, "The objective's anchor; otherwise made from its domain and position."),
        key("former_ids", Kind::List(&Kind::Anchor), r#"["membership"]"#, "Anchors it had before."),
        key("label", Kind::Plain, r#""1.""#, "Its number or letter, as the association writes it."),
        either("name", Kind::Plain, r#""Membership model""#, "A short name."),
        either("text", Kind::Sentence, r#""Redesign the membership model.""#, "What is to be done."),
        key("priority", Kind::Plain, r#""urgent""#, "The mark it carries."),
        key("group", Kind::Plain, r#""Belonging""#, "A sub-heading that consecutive objectives share."),
        key("owners", Kind::List(&Kind::Plain), r#"["Membership Committee"]"#, "Who answers for it."),
        key("start", Kind::Date, "2026", "When it begins."),
        key("due", Kind::Date, r#""2027-06""#, "When it is to be done."),
        key("outcome", Kind::Sentence, r#""Members renew.""#, "What is different afterwards."),
        key("note", Kind::Sentence, r#""See the minutes.""#, "A remark."),
        key("initiatives", Kind::List(&Kind::ShortOrTable("text", &OBJECTIVE)), r#"["Survey members."]"#, "The initiatives that carry it out; each may hold initiatives of its own."),
    ],
};

/// `links`
#[rustfmt::skip]
pub static LINKS: Table = Table {
    name: "the links",
    heading: "[links]",
    keys: &[key("source", Kind::Address, r#""https://www.ala.org/""#, "The document or page this plan was taken from.")],
};
