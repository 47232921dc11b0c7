//! Which layers a theme is made of, the words in each language, and the built-in default.

use std::collections::BTreeMap;
use std::path::Path;

use planpress::diagnostic::SourceText;
use planpress::theme::{self, Layer, ThemeName};

use crate::{layer, marked, sound};

const CONFIG: &str = "theme = \"plain\"\n";

fn named(name: &str) -> Option<ThemeName> {
    let source = SourceText::new("planpress.toml", CONFIG.replace("plain", name));
    Some(ThemeName {
        name: name.to_owned(),
        source,
        span: 8..10 + name.len(),
    })
}

/// The chain of a site with these themes: layer names and diagnostics.
fn chain(
    named: Option<ThemeName>,
    themes: &[(&str, &str)],
) -> (Vec<String>, Vec<planpress::diagnostic::Diagnostic>) {
    let known: Vec<String> = themes.iter().map(|(name, _)| (*name).to_owned()).collect();
    let themes: BTreeMap<&str, Layer> = themes
        .iter()
        .map(|(name, toml)| (*name, layer(name, &[("theme.toml", toml)])))
        .collect();
    let site = layer(theme::SITE, &[]);
    let (layers, diagnostics) = theme::chain(site, named, &known, |name| themes.get(name).cloned());
    (
        layers.into_iter().map(|layer| layer.name).collect(),
        diagnostics,
    )
}

#[test]
fn a_site_without_a_theme_gets_the_default() {
    assert_eq!(
        chain(None, &[]),
        (vec!["site".into(), "default".into()], vec![])
    );
    assert_eq!(chain(named("default"), &[]).1, []);
}

#[test]
fn themes_extend_each_other_down_to_the_default() {
    let themes = [
        ("plain", "extends = \"base\""),
        ("base", ""),
        ("unused", ""),
    ];
    let (layers, diagnostics) = chain(named("plain"), &themes);
    assert_eq!(layers, ["site", "plain", "base", "default"]);
    assert_eq!(diagnostics, []);
}

#[test]
fn a_sites_own_default_theme_stands_over_the_built_in_one() {
    assert_eq!(
        chain(None, &[("default", "")]).0,
        ["site", "default", "default"]
    );
    assert_eq!(
        chain(named("default"), &[("default", "")]).0,
        ["site", "default", "default"]
    );
}

#[test]
fn an_unknown_theme_is_told_at_its_name_with_the_nearest_one() {
    let (layers, diagnostics) = chain(named("otehr"), &[("other", "")]);
    assert_eq!(layers, ["site", "default"], "the rest can still be checked");
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].name, "unknown-theme");
    assert_eq!(marked(&diagnostics[0]), "\"otehr\"");
    assert!(diagnostics[0].help[0].contains("`other`"));
    let (_, diagnostics) = chain(named("plian"), &[]);
    assert!(diagnostics[0].help[0].contains("`plain`"), "it is built in");
    let (_, diagnostics) = chain(named("zzzzzz"), &[("other", "")]);
    assert!(diagnostics[0].help[0].contains("`default`, `other`, `plain`"));
}

#[test]
fn an_unknown_theme_that_a_theme_extends_is_told_in_its_theme_toml() {
    let (_, diagnostics) = chain(
        named("plain"),
        &[("plain", "extends = \"bse\"\n"), ("base", "")],
    );
    let place = diagnostics[0].place.as_ref().unwrap();
    assert_eq!(
        (place.path(), place.line_and_column()),
        ("themes/plain/theme.toml", (1, 11))
    );
}

#[test]
fn themes_that_extend_each_other_in_a_circle_are_an_error() {
    let themes = [
        ("plain", "extends = \"base\"\n"),
        ("base", "extends = \"plain\"\n"),
    ];
    let (_, diagnostics) = chain(named("plain"), &themes);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].name, "circular-theme");
    assert_eq!(diagnostics[0].label, "plain → base → plain");
    assert_eq!(
        diagnostics[0].place.as_ref().unwrap().path(),
        "themes/base/theme.toml"
    );
}

#[test]
fn a_built_in_theme_needs_no_folder() {
    assert_eq!(
        chain(named("plain"), &[]),
        (
            vec!["site".into(), "plain".into(), "default".into()],
            vec![]
        )
    );
    let own = [("ours", "extends = \"plain\"")];
    let (layers, diagnostics) = chain(named("ours"), &own);
    assert_eq!(layers, ["site", "ours", "plain", "default"]);
    assert_eq!(diagnostics, []);
}

#[test]
fn a_sites_own_theme_stands_over_the_built_in_one_of_its_name_unless_it_extends_another() {
    let layers = |toml| chain(named("plain"), &[("plain", toml), ("base", "")]).0;
    assert_eq!(layers(""), ["site", "plain", "plain", "default"]);
    assert_eq!(
        layers("extends = \"default\""),
        ["site", "plain", "default"]
    );
    assert_eq!(
        layers("extends = \"base\""),
        ["site", "plain", "base", "default"]
    );
}

#[test]
fn the_built_in_themes_are_the_folders_under_themes() {
    fn read(folder: &Path, inside: &str, files: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{inside}{}", entry.file_name().to_str().unwrap());
            if entry.file_type().unwrap().is_dir() {
                read(&entry.path(), &format!("{name}/"), files);
            } else {
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut folders = BTreeMap::new();
    read(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("themes"),
        "",
        &mut folders,
    );
    assert!(folders.remove("README.md").is_some());
    let mut embedded = BTreeMap::new();
    for name in theme::built_in_names() {
        let layer = theme::built_in(name).unwrap();
        assert_eq!(layer.name, name);
        let path = |inside: &str| format!("{name}/{inside}");
        let files = layer.files.into_iter();
        embedded.extend(files.map(|file| (path(&file.inside), file.bytes.into_owned())));
    }
    assert_eq!(theme::built_in(theme::DEFAULT), Some(theme::builtin()));
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&embedded), names(&folders));
    assert!(
        embedded == folders,
        "the embedded bytes are those of the folders"
    );
}

#[test]
fn every_shipped_language_has_every_word() {
    let theme = sound(&[]);
    let languages: Vec<&str> = theme.languages().collect();
    assert_eq!(languages, ["de", "en"]);
    for language in languages {
        let words = theme.words(language);
        assert_eq!(words.missing, Vec::<String>::new(), "{language}");
        assert_eq!(words.fallback, None);
    }
    let words = theme.words("en");
    let terms = "mission vision values letter history domain domains goal goals objective objectives \
                 initiative initiatives matrix list";
    let mut terms: Vec<&str> = terms.split_whitespace().collect();
    terms.sort_unstable();
    assert_eq!(words.terms.keys().collect::<Vec<_>>(), terms);
    assert_eq!(
        words.terms["list"].text,
        "{objectives} per {domain}: List View"
    );
    assert_eq!(words.status.len(), 5);
    assert_eq!(words.events.len(), 9);
    assert_eq!(words.priorities["urgent"].text, "urgent priority");
}

#[test]
fn the_default_templates_use_every_word_there_is() {
    let templates: String = theme::builtin()
        .files
        .iter()
        .filter(|file| file.inside.starts_with("templates/"))
        .map(|file| String::from_utf8_lossy(&file.bytes).into_owned())
        .collect();
    for name in sound(&[]).words("en").words.keys() {
        // A sentence with numbers in it comes with the plan.
        let uses = |group: &str| templates.contains(&format!("{group}.{name}}}"));
        assert!(uses("words") || uses("plan.filter"), "{name} is used");
    }
}

#[test]
fn a_language_is_found_by_ever_shorter_tags() {
    let theme = sound(&[("languages/de-AT.toml", "[terms]\ngoal = \"Zielsatz\"\n")]);
    let words = theme.words("de-AT-1996");
    assert_eq!((words.missing.len(), words.fallback), (0, None));
    assert_eq!(words.terms["goal"].text, "Zielsatz");
    assert_eq!(words.terms["mission"].text, "Auftrag");
    assert_eq!(theme.words("de").terms["goal"].text, "Leitziel");
    assert_eq!(theme.words("en-US").terms["goal"].lang, None);
}

#[test]
fn a_language_the_theme_lacks_is_english_and_says_so() {
    let theme = sound(&[]);
    let words = theme.words("fr");
    assert_eq!(words.fallback, Some("en"));
    assert_eq!(words.terms["vision"].lang.as_deref(), Some("en"));
    let page = theme
        .render("plan.html", &crate::context::plan_page(&theme, "fr"))
        .unwrap();
    assert!(page.contains("<span lang=\"en\" dir=\"auto\">On this page</span>"));
}

#[test]
fn a_word_that_a_language_lacks_is_english_and_marked() {
    let theme = sound(&[("languages/fr.toml", "[terms]\nvision = \"Vision\"\n")]);
    let words = theme.words("fr");
    assert_eq!(words.fallback, None, "the theme has some French");
    assert_eq!(words.terms["vision"].lang, None);
    assert_eq!(words.terms["mission"].lang.as_deref(), Some("en"));
    assert!(words.missing.contains(&"terms.mission".to_owned()));
}

#[test]
fn plans_can_be_rendered_with_one_theme_in_parallel() {
    let theme = sound(&[]);
    let render = || theme.render("plan.html", &crate::context::plan_page(&theme, "en"));
    let [one, other] = std::thread::scope(|scope| {
        [scope.spawn(render), scope.spawn(render)].map(|job| job.join().unwrap())
    });
    assert_eq!(one.unwrap(), other.unwrap());
}
