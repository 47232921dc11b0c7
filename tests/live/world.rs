//! What a site under edit may hold: plans, settings, themes and files in sound and in broken
//! versions, drawn by a generator whose numbers are fixed by a seed.

use std::fmt::Write as _;

/// Numbers that look like chance and are the same for the same seed (SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `count`.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).expect("it is below a usize")
    }

    /// True once in `times`.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn of<T: Copy>(&mut self, choice: &[T]) -> T {
        choice[self.below(choice.len())]
    }
}

/// Plans that are there after everything was mended.
pub const PLANS: &[&str] = &["alpha", "beta", "gamma", "sub/delta", "epsilon"];
/// Plans that come and go.
pub const STRAYS: &[&str] = &["omega", "sub/psi"];

/// Every other file that is edited.
pub const OTHERS: &[&str] = &[
    "planpress.toml",
    "content/files/a.svg",
    "content/files/b.txt",
    "static/site.css",
    "languages/eo.toml",
    "templates/plan.html",
    "templates/home.html",
    "themes/own/theme.toml",
    "themes/own/static/style.css",
];

/// The file of a plan.
pub fn file_of(plan: &str) -> String {
    format!("content/{plan}.toml")
}

/// Every path that may hold a file.
pub fn paths() -> Vec<String> {
    let plans = PLANS.iter().chain(STRAYS).map(|plan| file_of(plan));
    plans
        .chain(OTHERS.iter().map(|path| (*path).to_owned()))
        .collect()
}

/// A version of the file that is sound in a site where every file of [`sound_site`] is.
pub fn sound(path: &str, chance: &mut Chance) -> Vec<u8> {
    let plan = path
        .strip_prefix("content/")
        .and_then(|path| path.strip_suffix(".toml"));
    match plan {
        Some(id) => plan_text(id, chance),
        None => other_text(path, chance),
    }
    .into_bytes()
}

/// A whole site without an error. Some files may be absent.
pub fn sound_site(chance: &mut Chance) -> Vec<(String, Vec<u8>)> {
    let optional = |path: &str| {
        path.starts_with("templates/")
            || path.starts_with("languages/")
            || path.starts_with("static/")
    };
    let plans = PLANS.iter().map(|plan| file_of(plan));
    let others = OTHERS.iter().map(|path| (*path).to_owned());
    let mut site = Vec::new();
    for path in plans.chain(others) {
        if !optional(&path) || chance.once_in(2) {
            site.push((path.clone(), sound(&path, chance)));
        }
    }
    site
}

/// A version of the file with a fault in it, or in what it names.
pub fn broken(path: &str, chance: &mut Chance) -> Vec<u8> {
    let sound = String::from_utf8(sound(path, chance)).expect("it is text");
    let last = |end: &str| sound.clone() + end;
    match path {
        _ if path.ends_with("theme.toml") => last("extends = \"nobody\"\n"),
        "planpress.toml" => match chance.below(5) {
            0 => last("[tokens\n"),
            1 => format!("home = \"nobody\"\n{sound}").replacen("home = \"alpha\"", "", 1),
            2 => format!("hme = \"alpha\"\n{sound}"),
            3 => format!(
                "theme = \"none\"\n{}",
                sound.replacen("\ntheme = ", "\n# ", 1)
            ),
            _ => String::new(),
        },
        _ if path.starts_with("languages/") => last("[words]\nnothing_of_the_kind = \"x\"\n"),
        _ if path.ends_with(".html") => {
            let block = chance.of(&[
                "{% block",
                "{{ nothing }}",
                "{{ page.nothing }}",
                "<p id=\"content\">",
            ]);
            format!(
                "{{% extends \"parent/{}\" %}}{{% block footer %}}{block}{{% endblock %}}",
                &path["templates/".len()..]
            )
        }
        _ if path.ends_with(".css") => last("@import \"nowhere.css\";"),
        _ if path.ends_with(".toml") => match chance.below(7) {
            0 => last("[[domains\n"),
            1 => sound.replace("objectives", "objectivs"),
            2 => sound[..sound.len() / 2].to_owned(),
            3 => return [sound.as_bytes(), b"# \xff\n"].concat(),
            4 => format!("supersedes = \"nobody\"\n{}", without(&sound, "supersedes")),
            5 => format!("vision = \"See [it](/content/nobody.toml) or [it](#nothing).\"\n{sound}"),
            _ => String::new(),
        },
        _ => last("?"),
    }
    .into_bytes()
}

fn without(text: &str, key: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with(key));
    lines.fold(String::new(), |mut text, line| {
        text.push_str(line);
        text.push('\n');
        text
    })
}

fn plan_text(id: &str, chance: &mut Chance) -> String {
    let up = if id.contains('/') { "../" } else { "" };
    let mut text = chance
        .of(&["", "", "# A remark\n", "# A\n#remark\n"])
        .to_owned();
    let title = chance.of(&["A plan", "Another plan", "Plan of three years"]);
    let _ = writeln!(text, "title = \"{title} for {id}\"");
    // Only such as lead to no circle, and no two to one plan.
    let before = PLANS
        .iter()
        .position(|plan| *plan == id)
        .and_then(|at| at.checked_sub(1));
    if let Some(before) = before
        && chance.once_in(3)
    {
        let _ = writeln!(text, "supersedes = \"{}\"", PLANS[before]);
    }
    // Nobody links to it, and it is not the home page.
    if id == "epsilon" && chance.once_in(3) {
        text.push_str("publish = false\n");
    }
    if chance.once_in(4) {
        let language = chance.of(&["de", "eo", "ar", "pt-BR"]);
        let _ = writeln!(text, "language = \"{language}\"");
    }
    if chance.once_in(3) {
        let status = chance.of(&["draft", "adopted", "superseded"]);
        let _ = writeln!(text, "status = \"{status}\"");
    }
    if chance.once_in(3) {
        let year = 2000 + chance.below(4);
        let _ = writeln!(text, "period = {{ start = {year}, end = {} }}", year + 3);
    }
    if chance.once_in(4) {
        let name = id.replace('/', "-");
        let _ = writeln!(text, "aliases = [\"/old/{name}/\"]");
    }
    if chance.once_in(4) {
        text.push_str("allow = [\"adopted-but-superseded\"]\n");
    }
    if chance.once_in(3) {
        let other = chance.of(&["alpha", "beta", "gamma", "sub/delta"]);
        let anchor = chance.of(&["", "#advocacy", "#list"]);
        let _ = writeln!(
            text,
            "mission = \"See [another plan]({up}{other}.toml{anchor}).\""
        );
    }
    if chance.once_in(3) {
        let _ = writeln!(text, "description = \"With [a file]({up}files/b.txt).\"");
    }
    if chance.once_in(3) {
        text.push_str("organization = { name = \"Another Association\" }\n");
    }
    if chance.once_in(3) {
        let _ = writeln!(
            text,
            "[[sections]]\ntitle = \"Picture\"\nbody = \"![A tree]({up}files/a.svg)\"\n"
        );
    }
    text.push_str("[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Champion libraries.\"]\n");
    if chance.once_in(2) {
        let name = chance.of(&["Outreach", "Learning", "Letters"]);
        let goal = chance.below(100);
        let _ = writeln!(
            text,
            "\n[[domains]]\nname = \"{name}\"\ngoal = \"Reach {goal} people.\"\nobjectives = [\"Listen.\"]"
        );
    }
    text
}

fn other_text(path: &str, chance: &mut Chance) -> String {
    let number = chance.below(100);
    match path {
        "planpress.toml" => settings(chance),
        "languages/eo.toml" => format!("[words]\non_this_page = \"Enhavo {number}\"\n"),
        "templates/plan.html" => {
            let block = chance.of(&[
                "<p>Printed copies at the desk.</p>",
                "<h6>A heading too low</h6>",
                "{{ super() }}",
                "<p><a href=\"{{ site.home }}alpha/#advocacy\">Advocacy</a></p>",
            ]);
            format!(
                "{{% extends \"parent/plan.html\" %}}{{% block footer %}}<p>{number}</p>{block}{{% endblock %}}"
            )
        }
        "templates/home.html" => {
            format!(
                "{{% extends \"parent/home.html\" %}}{{% block footer %}}<p>{number}</p>{{% endblock %}}"
            )
        }
        "themes/own/theme.toml" => format!(
            "name = \"own\"\ndescription = \"A theme.\"\n\n[tokens]\nborder = \"#0000{:02}\"\n",
            number
        ),
        _ if path.ends_with(".css") => format!("p {{ margin: {number}px }}\n"),
        _ => format!("words {number}"),
    }
}

fn settings(chance: &mut Chance) -> String {
    let mut text = format!("title = \"{}\"\n", chance.of(&["Plans", "Our plans"]));
    if chance.once_in(3) {
        text.push_str("base_url = \"https://example.org/plans/\"\n");
    }
    if chance.once_in(3) {
        let language = chance.of(&["de", "eo"]);
        let _ = writeln!(text, "language = \"{language}\"");
    }
    if chance.once_in(3) {
        text.push_str("home = \"alpha\"\n");
    }
    if chance.once_in(2) {
        let theme = chance.of(&["own", "own", "plain"]);
        let _ = writeln!(text, "theme = \"{theme}\"");
    }
    if chance.once_in(3) {
        text.push_str("logo = \"files/a.svg\"\n");
    }
    if chance.once_in(2) {
        text.push_str("\n[organization]\nname = \"An Association\"\n");
    }
    if chance.once_in(2) {
        let number = chance.below(100);
        let _ = writeln!(text, "\n[tokens]\naccent = \"#0000{number:02}\"");
    }
    text
}
