//! What each stage of a plan's way costs: `cargo bench --bench stages`, with a number of plans behind
//! `--` where it is not to be 1,000.
//!
//! Every stage goes over all plans by itself, on one thread and through the library's public doors,
//! ten times. Prints the median cost per plan and the share of the whole. Nothing here passes or fails.

#[path = "generate/plans.rs"]
mod plans;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use planpress::diagnostic::SourceText;
use planpress::plan::{self, Plan, document};
use planpress::publish::{Protected, Publisher};
use planpress::render::{self, Page};
use planpress::site::route::OutputPath;
use planpress::site::{
    self, Card, Config, ContentFiles, Edition, Neighbours, Site, config, data, files, sheet,
};
use planpress::source::{CONFIG, CONTENT, Snapshot};
use planpress::theme::{self, Layer, Theme};
use planpress::{audit, build};
use tempfile::TempDir;

const ROUNDS: usize = 10;

fn main() {
    // Cargo adds options of its own.
    let count = std::env::args().find_map(|argument| argument.parse().ok());
    let folder = in_memory();
    write_site(folder.path(), count.unwrap_or(1_000));
    let bench = Bench::open(folder.path());

    let mut stages = Stages::default();
    for _ in 0..ROUNDS {
        bench.round(&mut stages);
    }
    let options = build::Options {
        root: folder.path().to_owned(),
        ..build::Options::default()
    };
    for _ in 0..ROUNDS {
        stages.time("(a whole check, several plans at once)", || {
            build::check(&options).expect("the site can be read")
        });
    }
    stages.print(bench.content.plans.len());
}

fn write_site(root: &Path, count: usize) {
    let content = root.join(CONTENT);
    fs::create_dir(&content).expect("a folder for the plans");
    fs::write(root.join(CONFIG), plans::SETTINGS).expect("the settings");
    for number in 0..count {
        let text = plans::plan(number, plans::Shape::USUAL);
        fs::write(content.join(plans::file_name(number)), text).expect("a plan");
    }
}

/// What is the same for all plans.
struct Bench {
    root: PathBuf,
    snapshot: Snapshot,
    config: Config,
    content: ContentFiles,
    theme: Theme,
}

impl Bench {
    fn open(root: &Path) -> Self {
        let (snapshot, _) = Snapshot::take(root).expect("the inputs are listed");
        let settings = read(&snapshot, CONFIG);
        let (config, _) = config::read(&settings);
        let (content, _) = files::sort_out(snapshot.below(CONTENT));
        let own = Layer {
            name: theme::SITE.to_owned(),
            files: Vec::new(),
        };
        let (layers, _) = theme::chain(own, None, &[], |_| None);
        let (theme, _) = Theme::new(&layers, None);
        Self {
            root: root.to_owned(),
            snapshot,
            config,
            content,
            theme: theme.expect("the default theme is sound"),
        }
    }

    /// All plans through one stage after the other.
    fn round(&self, stages: &mut Stages) {
        let plans = &self.content.plans;
        self.theme.expect(render::PLAN, plans.len());
        let site = Site::new(&self.config, &self.content, &self.theme, Edition::default());
        let sources: Vec<SourceText> = stages.time("read", || {
            let read = plans.iter().map(|plan| read(&self.snapshot, &plan.path()));
            read.collect()
        });
        stages.time("parse", || {
            for source in &sources {
                black_box(document::parse(source));
            }
        });
        let read: Vec<(Plan, _)> = stages.time("parse and validate", || {
            sources.iter().map(plan::read).collect()
        });
        let cards: Vec<Card> = stages.time("make the card", || {
            let card = |(index, (plan, _)): (usize, &(Plan, _))| {
                let card = Card::new(index, plan, &self.content, &self.config);
                black_box(site::check_references(
                    &sources[index],
                    &card,
                    &self.content,
                ));
                black_box(site::page_title(&site, &card));
                card
            };
            read.iter().enumerate().map(card).collect()
        });
        let pages: Vec<Page> = stages.time("render", || {
            let page = |(card, (plan, _)): (&Card, &(Plan, _))| {
                let route = &plans[card.plan].route;
                let context = site::plan_page(&site, card, plan, Neighbours::default(), route);
                render::page(&self.theme, render::PLAN, &context, route).expect("a sound theme")
            };
            cards.iter().zip(&read).map(page).collect()
        });
        let tables: Vec<[Vec<u8>; 2]> = stages.time("JSON and CSV", || {
            let both = |(card, (plan, _)): (&Card, &(Plan, _))| {
                let json = data::plan_json(&site, card, plan, Neighbours::default());
                [
                    render::json(&json),
                    render::csv(&sheet::sheet(&site, card, plan)),
                ]
            };
            cards.iter().zip(&read).map(both).collect()
        });
        let terms = audit::Terms {
            reading: audit::Reading::Quick,
            base: &self.config.base_url,
            portable: false,
            is_there: &|_| true,
            anchors: None,
        };
        stages.time("audit", || {
            for (page, plan) in pages.iter().zip(plans) {
                black_box(audit::audit(
                    page,
                    &plan.path(),
                    audit::Seen::InItsPlace,
                    terms,
                ));
            }
        });
        self.publish(stages, &pages, &tables);
    }

    fn publish(&self, stages: &mut Stages, pages: &[Page], tables: &[[Vec<u8>; 2]]) {
        let output = in_memory();
        let protected = Protected::new(&self.root, Vec::new());
        let publisher = Publisher::open(output.path(), &protected).expect("it is empty");
        let stage = |path: &OutputPath, bytes: &[u8]| {
            publisher.stage(path, bytes).expect("there is room");
        };
        stages.time("stage", || {
            for ((page, tables), plan) in pages.iter().zip(tables).zip(&self.content.plans) {
                stage(&page.path, &page.bytes);
                for (data, bytes) in data::Data::ALL.into_iter().zip(tables) {
                    stage(&data.path(&plan.route).expect("a short name"), bytes);
                }
            }
        });
        stages.time("commit", || publisher.commit().expect("it is published"));
    }
}

/// A folder that is no disk, where the system has such.
fn in_memory() -> TempDir {
    TempDir::new_in("/dev/shm")
        .or_else(|_| TempDir::new())
        .expect("a folder to work in")
}

fn read(snapshot: &Snapshot, path: &str) -> SourceText {
    let input = snapshot.read(path).expect("it is there");
    input.text().expect("it is text")
}

/// How long each stage took, each time.
#[derive(Default)]
struct Stages(Vec<(&'static str, Vec<Duration>)>);

impl Stages {
    fn time<T>(&mut self, name: &'static str, job: impl FnOnce() -> T) -> T {
        let begun = Instant::now();
        let result = job();
        let took = begun.elapsed();
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some((_, times)) => times.push(took),
            None => self.0.push((name, vec![took])),
        }
        result
    }

    fn print(mut self, plans: usize) {
        let median = |times: &mut Vec<Duration>| {
            times.sort_unstable();
            times[times.len() / 2].as_secs_f64() * 1e6 / plans as f64
        };
        let medians: Vec<(&str, f64)> = self
            .0
            .iter_mut()
            .map(|(name, times)| (*name, median(times)))
            .collect();
        // What is a part of another stage, or holds them all, is no part of the sum.
        let counts = |name: &str| name != "parse" && !name.starts_with('(');
        let all: f64 = medians
            .iter()
            .filter(|(name, _)| counts(name))
            .map(|(_, took)| took)
            .sum();
        println!("| {:<38} | per plan | share |", format!("{plans} plans"));
        println!("|{}|---------:|------:|", "-".repeat(40));
        for (name, took) in medians {
            let share = if counts(name) {
                format!("{:.0} %", took / all * 100.0)
            } else {
                String::new()
            };
            println!("| {name:<38} | {took:>5.0} µs | {share:>5} |");
        }
    }
}
