//! The bare program that planpress is measured against (benches/README.md):
//! `cargo run --release -p planpress-benches --bin bare -- SITE OUT`.
//!
//! In: a site of generated plans. Out: for each plan the same files as planpress publishes, with the
//! same words in them, and the home page, `plans.json`, the sitemap, the feed and the manifest. It uses the same
//! libraries, on as many threads as there are processors, and does nothing else: it believes whatever
//! it reads, looks at nothing that it made, and has one template for each kind of page.

mod data;
mod pages;
mod plan;

use std::collections::HashMap;
use std::error::Error;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, process, thread};

use plan::{Card, Plan};
use toml::de::DeTable;

/// The address of the site.
pub const ADDRESS: &str = "https://plans.example.org/";

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Result<()> {
    let folders: Vec<PathBuf> = env::args_os().skip(1).map(PathBuf::from).collect();
    let [site, out] = folders.as_slice() else {
        eprintln!("usage: bare SITE OUT");
        process::exit(2);
    };
    let mut files: Vec<PathBuf> = fs::read_dir(site.join("content"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<std::io::Result<_>>()?;
    files.sort_unstable();
    let program = Program {
        templates: pages::templates()?,
        out,
    };

    // A plan that names another, or that another names, waits until all titles are known.
    let read = each(&files, |file| {
        let (card, written) = with_plan(file, |plan| {
            let waits = plan.supersedes.is_some() || plan.status == "superseded";
            let written = (!waits).then(|| program.publish(plan, None, None));
            Ok((plan.card(), written.transpose()?))
        })?;
        Ok((card, written))
    })?;
    let (cards, mut written): (Vec<Card>, Vec<_>) = read.into_iter().unzip();
    let places: HashMap<&str, usize> = cards.iter().map(|card| &*card.id).zip(0..).collect();
    let mut later: Vec<Option<&Card>> = vec![None; cards.len()];
    let mut earlier = later.clone();
    for (place, card) in cards.iter().enumerate() {
        if let Some(&before) = card.supersedes.as_deref().and_then(|id| places.get(id)) {
            later[before] = Some(card);
            earlier[place] = Some(&cards[before]);
        }
    }
    let waiting: Vec<usize> = (0..cards.len())
        .filter(|&at| written[at].is_none())
        .collect();
    let now = each(&waiting, |&at| {
        with_plan(&files[at], |plan| {
            program.publish(plan, earlier[at], later[at])
        })
    })?;
    for (at, lines) in waiting.into_iter().zip(now) {
        written[at] = Some(lines);
    }

    let mut manifest: Vec<String> = written.into_iter().flatten().flatten().collect();
    for (name, bytes) in pages::of_the_site(&program.templates, &cards, &earlier, &later)? {
        manifest.push(program.write(name, &bytes)?);
    }
    manifest.sort_unstable_by(|a, b| a[65..].cmp(&b[65..]));
    fs::write(out.join(".manifest"), manifest.concat())?;
    Ok(())
}

/// What the files of a plan are made with.
struct Program<'p> {
    templates: tera::Tera,
    out: &'p Path,
}

impl Program<'_> {
    /// Writes the files of a plan, and says what the manifest holds of them.
    fn publish(
        &self,
        plan: &Plan,
        earlier: Option<&Card>,
        later: Option<&Card>,
    ) -> Result<[String; 3]> {
        fs::create_dir_all(self.out.join(plan.id))?;
        let page = pages::plan(&self.templates, plan, earlier, later)?;
        Ok([
            self.write(&format!("{}/index.html", plan.id), page.as_bytes())?,
            self.write(&format!("{}/plan.json", plan.id), &data::json(plan)?)?,
            self.write(&format!("{}/plan.csv", plan.id), &data::csv(plan)?)?,
        ])
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<String> {
        fs::write(self.out.join(name), bytes)?;
        Ok(format!("{} {name}\n", blake3::hash(bytes).to_hex()))
    }
}

/// Reads and digests a plan's file, and parses it.
fn with_plan<T>(file: &Path, job: impl FnOnce(&Plan) -> Result<T>) -> Result<T> {
    let text = fs::read_to_string(file)?;
    // Nobody asks for it here; planpress knows its inputs by their digests.
    std::hint::black_box(blake3::hash(text.as_bytes()));
    let table = DeTable::parse(&text)?;
    let id = file.file_stem().and_then(|stem| stem.to_str());
    job(&Plan::new(id.unwrap_or_default(), table.get_ref()))
}

/// Does the job for each, several at once, and gives the results in order.
fn each<I: Sync, T: Send>(items: &[I], job: impl Fn(&I) -> Result<T> + Sync) -> Result<Vec<T>> {
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, item)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            items.get(at).map(|item| (at, item))
        } {
            done.push((at, job(item)?));
        }
        Ok(done)
    };
    let done: Result<Vec<Vec<(usize, T)>>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let ended = workers.into_iter().map(|worker| worker.join());
        ended
            .map(|ended| ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    });
    let mut done: Vec<(usize, T)> = done?.into_iter().flatten().collect();
    done.sort_unstable_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}
