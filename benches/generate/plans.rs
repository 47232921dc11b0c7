//! Plans that no association adopted: as many as are wanted, each with words of its own, always the
//! same ones. A usual one is 8 to 12 KB of TOML with what most real plans have: mission, vision, values, six
//! domains with their goal statements, some thirty objectives, and a few initiatives.

use std::fmt::Write;

/// Every so many plans there is one that supersedes the plan before it, so that both name another.
pub const SUPERSEDES_EVERY: usize = 10;

/// So many plans belong to one association.
pub const PER_ASSOCIATION: usize = 20;

/// The settings of a site with such plans.
pub const SETTINGS: &str = "title = \"Plans of many associations\"\n\
                            base_url = \"https://plans.example.org/\"\n";

/// The name of a plan's file.
pub fn file_name(number: usize) -> String {
    format!("plan-{number:05}.toml")
}

/// How large and how deep a plan is.
#[derive(Clone, Copy)]
pub struct Shape {
    /// Objectives in all; four to six a domain where it is not said.
    pub objectives: Option<usize>,
    /// How many parts the text of an objective is put together from.
    pub parts: usize,
    /// How many levels of initiatives every objective has; where it is not said, some have one.
    pub levels: Option<usize>,
}

impl Shape {
    /// As most plans are.
    pub const USUAL: Self = Self {
        objectives: None,
        parts: 9,
        levels: None,
    };
}

/// The text of a plan.
pub fn plan(number: usize, shape: Shape) -> String {
    Author::new(number, shape).plan(number)
}

const DOMAINS: [&str; 6] = [
    "Advocacy",
    "Member Experience",
    "Organizational Redesign",
    "Financial Sustainability",
    "Professional Development",
    "Access & Equity",
];

const OPENINGS: [&str; 12] = [
    "Develop",
    "Expand",
    "Build",
    "Strengthen",
    "Review",
    "Launch",
    "Redesign",
    "Support",
    "Centralize",
    "Improve",
    "Explore",
    "Advance",
];

const WORDS: [&str; 48] = [
    "a unified strategy",
    "for libraries",
    "and library workers",
    "in every community",
    "with local partners",
    "that members value",
    "at the state level",
    "across all divisions",
    "reliable data",
    "open collections",
    "for lifelong learning",
    "its governance structure",
    "mentoring and leadership",
    "with clear measures",
    "accessible services",
    "in rural areas",
    "the annual conference",
    "new ways of working",
    "“shared” standards",
    "digital preservation",
    "with the public",
    "intellectual freedom",
    "for children & families",
    "a reserve fund",
    "toolkits and templates",
    "a national campaign",
    "for the coming decade",
    "together with councils",
    "cataloguing practice",
    "the association’s finances",
    "to reach new readers",
    "through research",
    "under one roof",
    "with care",
    "a résumé of good practice",
    "inclusive hiring",
    "onboarding of staff",
    "for volunteers",
    "within two years",
    "an open archive",
    "in Zürich and Kraków",
    "public awareness",
    "of professional ethics",
    "the library profession",
    "and its friends",
    "by the members",
    "multilingual guides",
    "fair licences",
];

/// Draws words, the same ones for the same number (SplitMix64).
struct Author {
    drawn: u64,
    shape: Shape,
}

impl Author {
    fn new(number: usize, shape: Shape) -> Self {
        Self {
            drawn: number as u64 + 1,
            shape,
        }
    }

    fn draw(&mut self, below: usize) -> usize {
        self.drawn = self.drawn.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.drawn;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) % below as u64) as usize
    }

    fn sentence(&mut self, parts: usize) -> String {
        let mut text = OPENINGS[self.draw(OPENINGS.len())].to_owned();
        for _ in 0..parts {
            text.push(' ');
            text.push_str(WORDS[self.draw(WORDS.len())]);
        }
        text.push('.');
        text
    }

    fn plan(&mut self, number: usize) -> String {
        let association = number / PER_ASSOCIATION;
        let start = 2000 + number % PER_ASSOCIATION;
        let mut text = String::with_capacity(12 * 1024);
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "title = \"Strategic Plan {number}\"");
        let status = if number.is_multiple_of(SUPERSEDES_EVERY) {
            "superseded"
        } else {
            "adopted"
        };
        let _ = writeln!(text, "language = \"en\"\nstatus = \"{status}\"");
        let _ = writeln!(text, "period = {{ start = {start}, end = {} }}", start + 5);
        if number % SUPERSEDES_EVERY == 1 {
            let before = file_name(number - 1);
            let _ = writeln!(
                text,
                "supersedes = \"{}\"",
                before.trim_end_matches(".toml")
            );
        }
        let _ = writeln!(text, "description = \"{}\"", self.sentence(5));
        let _ = writeln!(
            text,
            "mission = \"*{}* {}\"",
            self.sentence(4),
            self.sentence(4)
        );
        let _ = writeln!(text, "vision = \"{}\"", self.sentence(6));
        text.push_str(
            "values = [\"Access\", \"Equity\", \"Intellectual Freedom\", \"Public Good\"]\n",
        );
        let _ = write!(
            text,
            "\n[organization]\nname = \"Library Association {association}\"\nacronym = \"LA{association}\"\n"
        );
        let _ = write!(
            text,
            "\n[[history]]\nevent = \"adopted\"\ndate = \"{start}-{:02}\"\nby = \"Council\"\n",
            1 + number % 12
        );
        for (at, name) in DOMAINS.iter().enumerate() {
            let label = char::from(b'A' + at as u8);
            let _ = write!(
                text,
                "\n[[domains]]\nlabel = \"{label}\"\nname = \"{name}\"\ngoal = \"{}\"\nobjectives = [\n",
                self.sentence(7)
            );
            let objectives = match self.shape.objectives {
                Some(all) => (all + at) / DOMAINS.len(),
                None => 4 + self.draw(3),
            };
            for _ in 0..objectives {
                self.objective(&mut text);
            }
            text.push_str("]\n");
        }
        text
    }

    fn objective(&mut self, text: &mut String) {
        if let Some(levels) = self.shape.levels {
            text.push_str("  ");
            self.nested(text, levels);
            text.push_str(",\n");
            return;
        }
        let words = self.sentence(self.shape.parts);
        match self.draw(5) {
            0 => {
                let _ = writeln!(text, "  {{ text = \"{words}\", priority = \"urgent\" }},");
            }
            1 => {
                let _ = writeln!(
                    text,
                    "  {{ text = \"{words}\", initiatives = [\"{}\", \"{}\"] }},",
                    self.sentence(5),
                    self.sentence(5)
                );
            }
            2 => {
                let _ = writeln!(
                    text,
                    "  \"{words} See [the report](https://example.org/reports/{}).\",",
                    self.draw(1_000)
                );
            }
            _ => {
                let _ = writeln!(text, "  \"{words}\",");
            }
        }
    }

    /// An objective with so many levels of initiatives, one on each.
    fn nested(&mut self, text: &mut String, levels: usize) {
        let words = self.sentence(self.shape.parts);
        if levels == 0 {
            let _ = write!(text, "\"{words}\"");
            return;
        }
        let _ = write!(text, "{{ text = \"{words}\", initiatives = [");
        self.nested(text, levels - 1);
        text.push_str("] }");
    }
}
