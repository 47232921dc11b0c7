//! A plan that somebody saves while the site is built, between the two times that it is read.

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use planpress::build::{self, Options, Progress, Step};
use tempfile::TempDir;

/// So many that the build is at it for long after the first of them.
const MANY: usize = 400;
const SOON: Duration = Duration::from_secs(60);

fn plan(number: usize, line: &str) -> String {
    format!(
        "title = \"Plan {number}\"\n{line}\n[[domains]]\nname = \"Access\"\nobjectives = [\"Open.\"]\n"
    )
}

/// The plan that is walked first links to another, so it is read again in the end.
fn site() -> TempDir {
    let site = TempDir::new().expect("a folder for the site");
    let content = site.path().join("content");
    fs::create_dir(&content).expect("a folder for plans");
    let settings = site.path().join("planpress.toml");
    fs::write(settings, "title = \"Plans\"\n").expect("it can be written");
    for number in 0..MANY {
        let link = format!("mission = \"As in [the first](plan-{:03}.toml).\"", 0);
        let line = if number == MANY - 1 { &*link } else { "" };
        let path = content.join(format!("plan-{number:03}.toml"));
        fs::write(path, plan(number, line)).expect("it can be written");
    }
    site
}

fn published(site: &Path) -> bool {
    site.join("public").join("index.html").exists()
}

#[test]
fn nothing_is_published_of_a_plan_that_was_another_when_it_was_read_again() {
    let site = site();
    let progress = Arc::new(Progress::default());
    let options = Options {
        root: site.path().to_owned(),
        threads: NonZeroUsize::new(1),
        progress: Some(progress.clone()),
        ..Options::default()
    };
    let last = site.path().join(format!("content/plan-{}.toml", MANY - 1));
    let began = Instant::now();
    let result = thread::scope(|scope| {
        let building = scope.spawn(|| build::publish(&options, None));
        while !matches!(progress.step(), Step::Plans { done: 1.., .. }) {
            assert!(began.elapsed() < SOON, "it never begins");
            thread::yield_now();
        }
        fs::write(&last, "title = ").expect("it can be written");
        building.join().expect("it does not panic")
    });
    let failure = result.expect_err("what was read does not belong together");
    let said = format!("{failure:?}");
    assert!(
        said.contains("plan-399.toml changed while it was read"),
        "{said}"
    );
    assert!(!published(site.path()));

    fs::write(&last, plan(MANY, "")).expect("it can be written");
    build::publish(&options, None).expect("it is still again");
    assert!(published(site.path()));
}
