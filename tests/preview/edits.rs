//! A thousand edits of a site that is being previewed: every page that comes meanwhile is whole,
//! and in the end each is what a build from nothing writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::served::{LONG, Served};

const EDITS: usize = 1000;
const PLANS: &[&str] = &["plan", "beta", "gamma", "sub/delta"];
/// Files by their paths, each with contents that are sound and one that is not.
const OTHERS: &[(&str, &[&str], &str)] = &[
    (
        "planpress.toml",
        &[
            "title = \"Plans\"\n",
            "title = \"Our plans\"\nlanguage = \"de\"\n",
            "title = \"Plans\"\n[tokens]\naccent = \"#000044\"\n",
        ],
        "title = \"Pl",
    ),
    (
        "templates/plan.html",
        &[
            "{% extends \"parent/plan.html\" %}{% block footer %}<p>One.</p>{% endblock %}",
            "{% extends \"parent/plan.html\" %}{% block footer %}<p>Two.</p>{% endblock %}",
        ],
        "{% extends \"parent/plan.html\" %}{% block footer %}{{ page.nothing }}{% endblock %}",
    ),
    (
        "templates/home.html",
        &["{% extends \"parent/home.html\" %}{% block footer %}<p>Home.</p>{% endblock %}"],
        "{% extends \"parent/home.html\" %}{% block",
    ),
    (
        "static/site.css",
        &["p { margin: 0 }\n", "p { margin: 1em }\n"],
        "@import \"nowhere.css\";\n",
    ),
    ("content/files/a.txt", &["Words.", "More words."], ""),
];

/// Numbers that look like chance and are the same in every run (SplitMix64).
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % count as u64).expect("it is below a usize")
    }
}

/// A plan in one of a few hundred versions; its number stands at both ends, so that a page made
/// of two versions shows.
fn plan(plan: &str, version: usize) -> String {
    let up = if plan.contains('/') { "../" } else { "" };
    let more = match version % 4 {
        0 => format!("mission = \"See [it]({up}plan.toml#advocacy).\"\n"),
        1 => format!("description = \"With [a file]({up}files/a.txt).\"\n"),
        2 => "status = \"draft\"\n".to_owned(),
        _ => "language = \"de\"\n".to_owned(),
    };
    format!(
        "title = \"Plan {version} of {plan}\"\n{more}\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Champion libraries.\"]\n\n[[sections]]\ntitle = \"End\"\nplace = \"after\"\nbody = \"The end of version {version}.\"\n"
    )
}

/// Writes a file in one of the ways in which editors do. A template is always replaced: one that
/// is empty for an instant is a sound template, of an empty page.
fn save(root: &Path, path: &str, text: &str, chance: &mut Chance) {
    let place = root.join(path);
    fs::create_dir_all(place.parent().expect("it lies in a folder")).expect("it can be made");
    if chance.below(2) == 0 && !path.ends_with(".html") {
        fs::write(place, text).expect("it can be written");
        return;
    }
    let name = place.file_name().expect("it has a name").to_string_lossy();
    let beside = place.with_file_name(format!(".{name}.swp"));
    fs::write(&beside, text).expect("it can be written");
    fs::rename(beside, place).expect("it can be moved");
}

fn edit(root: &Path, chance: &mut Chance) {
    if chance.below(3) == 0 {
        let (path, sound, broken) = OTHERS[chance.below(OTHERS.len())];
        match chance.below(4) {
            0 => save(root, path, broken, chance),
            1 if path != "planpress.toml" => {
                let _ = fs::remove_file(root.join(path));
            }
            _ => save(root, path, sound[chance.below(sound.len())], chance),
        }
        return;
    }
    let id = PLANS[chance.below(PLANS.len())];
    let path = format!("content/{id}.toml");
    let version = chance.below(300);
    match chance.below(8) {
        0 => {
            let _ = fs::remove_file(root.join(&path));
        }
        1 => {
            let to = root.join(format!("content/moved-{}.toml", chance.below(2)));
            let _ = fs::rename(root.join(&path), to);
        }
        2 => save(
            root,
            &path,
            &plan(id, version).replace("objectives", "objectivs"),
            chance,
        ),
        3 => {
            let whole = plan(id, version);
            save(root, &path, &whole[..whole.len() / 2], chance);
        }
        _ => save(root, &path, &plan(id, version), chance),
    }
}

/// Every file but the plans as it is when all is well.
fn mend(root: &Path, chance: &mut Chance) {
    for number in 0..2 {
        let _ = fs::remove_file(root.join(format!("content/moved-{number}.toml")));
    }
    for (path, sound, _) in OTHERS {
        save(root, path, sound[chance.below(sound.len())], chance);
    }
}

/// The same for the plans, apart from what all pages are made with.
fn mend_plans(root: &Path, chance: &mut Chance) {
    for id in PLANS {
        let text = plan(id, chance.below(300));
        save(root, &format!("content/{id}.toml"), &text, chance);
    }
}

/// A page without the one element that the preview adds.
fn without_script(page: &str) -> String {
    let (before, rest) = page
        .split_once("<script src=\"/__planpress/preview.js\"")
        .unwrap_or_else(|| panic!("the script is missing: {page}"));
    let (_, after) = rest.split_once("</script>").expect("the element ends");
    assert!(!after.contains("/__planpress/"), "it stands there once");
    format!("{before}{after}")
}

/// A page that is there to the end and of one version of its plan.
fn is_whole(path: &str, status: u16, page: &str) {
    assert!([200, 404].contains(&status), "{path}: {status}");
    assert!(page.starts_with("<!doctype html>"), "{path}: {page}");
    assert!(page.trim_end().ends_with("</html>"), "{path}: {page}");
    let page = without_script(page);
    let number = |before: &str| {
        let (_, rest) = page.split_once(before)?;
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        (!digits.is_empty()).then_some(digits)
    };
    if let (Some(title), Some(end)) = (number("<h1>Plan "), number("The end of version ")) {
        assert_eq!(title, end, "{path} mixes two versions");
    }
}

fn built(root: &Path, output: &Path) -> BTreeMap<String, String> {
    let done = Command::new(env!("CARGO_BIN_EXE_planpress"))
        .arg("build")
        .arg("--root")
        .arg(root)
        .arg("--output")
        .arg(output)
        .output()
        .expect("planpress can be started");
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(
        done.status.success(),
        "the mended site can be built: {told}"
    );
    let pages = std::iter::once("").chain(PLANS.iter().copied());
    pages
        .map(|page| {
            let path = if page.is_empty() {
                String::new()
            } else {
                format!("{page}/")
            };
            let file = output.join(format!("{path}index.html"));
            let text = fs::read_to_string(file).expect("the page is published");
            (path, text)
        })
        .collect()
}

#[test]
fn a_thousand_edits_end_in_the_pages_that_a_build_writes() {
    let served = Served::start();
    let root = served.path("");
    let mut chance = Chance(1);
    mend(&root, &mut chance);
    mend_plans(&root, &mut chance);
    let mut done = 0;
    let (mut pages, mut missing) = (0, 0);
    while done < EDITS {
        let burst = [1, 1, 2, 25][chance.below(4)];
        for _ in 0..burst {
            edit(&root, &mut chance);
        }
        done += burst;
        let page = PLANS[chance.below(PLANS.len())];
        for path in [format!("{page}/"), String::new()] {
            let reply = served.get(&path).expect("there is an answer");
            is_whole(&path, reply.status, &reply.text());
            match reply.status {
                200 => pages += 1,
                _ => missing += 1,
            }
        }
        if chance.below(4) == 0 {
            std::thread::sleep(Duration::from_millis(chance.below(40) as u64));
        }
    }
    assert!(
        pages > 100 && missing > 0,
        "{pages} pages, {missing} missing"
    );
    mend(&root, &mut chance);
    mend_plans(&root, &mut chance);
    // Pages of before are at hand when the plans change, and must not be shown again.
    std::thread::sleep(Duration::from_millis(300));
    for page in PLANS {
        served.get(&format!("{page}/")).expect("there is an answer");
    }
    served.get("").expect("there is an answer");
    mend_plans(&root, &mut chance);
    let output = tempfile::tempdir().expect("a folder can be made");
    let built = built(&root, &output.path().join("public"));
    let begun = Instant::now();
    for (path, expected) in &built {
        loop {
            let reply = served.get(path).expect("there is an answer");
            let shown = without_script(&reply.text());
            if shown == *expected {
                break;
            }
            assert!(
                begun.elapsed() < LONG,
                "/{path} stays\n{shown}\ninstead of\n{expected}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
    for (path, _) in built {
        let text = served.get(&path).expect("there is an answer").text();
        assert!(
            !text.contains("moved-"),
            "{path} leads to what is gone: {text}"
        );
    }
}
