//! Pages are made in another way where there are many of them, and nobody may see it: every plan of every
//! fixture site, and of this repository's own, comes out the same in both.

use std::fs;
use std::path::{Path, PathBuf};

use planpress::build;
use planpress::diagnostic::SourceText;
use planpress::plan;
use planpress::render;
use planpress::site::{self, Card, Edition, Neighbours, Site, config, files};
use planpress::source::{CONFIG, CONTENT, Snapshot};
use planpress::theme::Theme;

/// As many pages as no fixture site has.
const MANY: usize = 1_000;

fn read(root: &Path, path: &str) -> SourceText {
    let bytes = fs::read(root.join(path)).expect("an input can be read");
    SourceText::new(path, String::from_utf8_lossy(&bytes).into_owned())
}

/// How many plans of the site were compared.
fn compare(root: &Path) -> usize {
    let Ok(inputs) = build::theme_inputs(root) else {
        return 0;
    };
    let settings = read(root, CONFIG);
    let (Some(theme), _) = Theme::new(&inputs.layers, Some((&settings, &inputs.tokens))) else {
        return 0;
    };
    let (snapshot, _) = Snapshot::take(root).expect("a site that was read can be listed");
    let (config, _) = config::read(&settings);
    let (content, _) = files::sort_out(snapshot.below(CONTENT));
    let site = Site::new(&config, &content, &theme, Edition::default());
    for (index, file) in content.plans.iter().enumerate() {
        let (plan, _) = plan::read(&read(root, &file.path));
        let card = Card::new(index, &plan, &content, &config);
        // As if it had taken its own place: then everything is on the page.
        let neighbours = Neighbours {
            predecessor: Some(&card),
            successor: Some(&card),
        };
        for neighbours in [Neighbours::default(), neighbours] {
            let context = site::plan_page(&site, &card, &plan, neighbours, &file.route);
            let [few, many] = [1, MANY].map(|pages| {
                theme.expect(render::PLAN, pages);
                render::page(&theme, render::PLAN, &context, &file.route)
            });
            assert_eq!(few, many, "{} in {}", file.path, root.display());
        }
    }
    content.plans.len()
}

#[test]
fn one_of_many_pages_is_as_one_of_few_whatever_the_plan_and_the_theme() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let fixtures = fs::read_dir(repository.join("tests/sites")).expect("there are fixture sites");
    let fixtures = fixtures.map(|entry| entry.expect("it can be listed").path().join("site"));
    let sites: Vec<PathBuf> = fixtures.chain([repository.to_owned()]).collect();
    let compared: usize = sites.iter().map(|root| compare(root)).sum();
    assert!(
        compared > sites.len(),
        "only {compared} plans were compared"
    );
}
