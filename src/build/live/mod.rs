//! A site that stays open while it is edited: what earlier builds found out is kept, so that a
//! change costs what it changed.
//!
//! In: where something may have changed. Out: pages, made when they are asked for by the same
//! [`Walk`] and [`SecondPass`] as those of a build from nothing, and to the same bytes. Writes
//! nothing. A file with an error is shown as it last was without one.

mod frame;
mod pages;
mod plans;

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::second_pass::SecondPass;
use super::sink::Nothing;
use super::walk::{Pages, Reading, Walk};
use super::{Options, text_again, workers};
use crate::diagnostic::{self, Diagnostic, SourceText};
use crate::site::route::{BaseUrl, OutputPath, Route};
use crate::site::{self, Neighbours, Relations, Site};
use crate::source::{CONFIG, CONTENT, Changes, Tracker};
use frame::{Frame, Stale, as_diagnostic};
pub use pages::Shown;
use pages::{Ingredients, KeptPages, Memory};
use plans::{KEPT_TEXT, Plans, Read};

/// A site that is open.
pub struct Live {
    options: Options,
    tracker: Tracker,
    frame: Frame,
    plans: Plans,
    relations: Relations,
    /// What was found between plans, and the plans among whose files are errors of this kind.
    found_between: Vec<Diagnostic>,
    accused: HashSet<usize>,
    /// Of every input, as it was last read.
    digests: HashMap<String, blake3::Hash>,
    pages: KeptPages,
    /// Counts what all pages are made with.
    frame_version: u64,
    /// Counts the changes of files that are published as they are.
    files_version: u64,
    findings: Option<Arc<Findings>>,
}

/// What is wrong with the site.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the order in which a person works through them.
    pub list: Vec<Diagnostic>,
    /// Changes with the list.
    pub digest: String,
}

/// What changed, and what came of it.
#[derive(Clone, Debug)]
pub struct Change {
    /// The files that changed or came, relative to the site's root.
    pub files: Vec<String>,
}

/// A file of the site as it would be published.
#[derive(Clone, Debug)]
pub enum Published {
    Page(Arc<Shown>),
    /// A file of the theme or under `content/`.
    File(Arc<[u8]>),
}

/// A plan of the site, for a list of them.
#[derive(Clone, Debug)]
pub struct Listed {
    pub title: String,
    pub route: Route,
    /// False with `publish = false`.
    pub published: bool,
    /// True where the home page leads to it.
    pub on_home_page: bool,
}

/// A page that can be asked for.
#[derive(Clone, Copy)]
enum Wanted {
    Plan(usize),
    /// The plan that is the home page, there.
    HomePlan(usize),
    Home,
}

impl Live {
    /// Opens the site below the root that the options name. What cannot be read is a finding.
    pub fn open(options: Options) -> Self {
        let tracker = Tracker::open(&options.root);
        let frame = Frame::open(tracker.snapshot());
        let mut live = Self {
            options,
            tracker,
            frame,
            plans: Plans::default(),
            relations: Relations::default(),
            found_between: Vec::new(),
            accused: HashSet::new(),
            digests: HashMap::new(),
            pages: KeptPages::default(),
            frame_version: 0,
            files_version: 0,
            findings: None,
        };
        let others: Vec<String> = live.other_inputs().map(str::to_owned).collect();
        live.changed(others);
        let plans: Vec<usize> = (0..live.frame.content.plans.len()).collect();
        let reads = live.read(&plans, true);
        live.arrange(&[], reads);
        live.relate();
        live
    }

    /// Looks again at these files and folders. `None` where nothing is other than it was.
    pub fn look_at(&mut self, paths: &[PathBuf]) -> Option<Change> {
        let changes = self.tracker.look_at(paths);
        self.update(changes)
    }

    /// Looks again at all inputs.
    pub fn look_everywhere(&mut self) -> Option<Change> {
        let changes = self.tracker.look_everywhere();
        self.update(changes)
    }

    fn update(&mut self, changes: Changes) -> Option<Change> {
        if changes.is_empty() {
            return None;
        }
        let before: Vec<String> = if changes.listing {
            let plans = &self.frame.content.plans;
            plans.iter().map(|plan| plan.path.clone()).collect()
        } else {
            Vec::new()
        };
        let (of_plans, others): (Vec<String>, Vec<String>) =
            changes.files.into_iter().partition(|path| is_plan(path));
        let mut changed = self.changed(others);
        let mut stale = Stale {
            listing: changes.listing,
            ..Stale::default()
        };
        changed.iter().for_each(|path| stale.add(path));
        let of_content = changed.iter().any(|path| path.starts_with(CONTENT));
        self.files_version += u64::from(of_content);
        let recard = !stale.is_empty() && self.frame.refresh(self.tracker.snapshot(), stale);
        self.frame_version += u64::from(!stale.is_empty());

        let content = &self.frame.content;
        let index =
            |path: &String| content.plan(path.strip_prefix("content/")?.strip_suffix(".toml")?);
        let reads = if recard {
            let all: Vec<usize> = (0..content.plans.len()).collect();
            self.read(&all, true)
        } else {
            let named: Vec<usize> = of_plans.iter().filter_map(index).collect();
            self.read(&named, false)
        };
        changed.extend(
            reads
                .keys()
                .map(|index| content_path(&self.frame, *index))
                .filter(|path| !recard || of_plans.contains(path)),
        );
        if changed.is_empty() && !changes.listing {
            return None;
        }
        let mut related = stale.config || changes.listing || recard;
        if changes.listing {
            self.arrange(&before, reads);
        } else {
            for (index, read) in reads {
                related |= self.plans.read(index, read);
            }
        }
        if related {
            self.relate();
        } else {
            self.plans.show(&self.accused);
        }
        self.findings = None;
        changed.sort_unstable();
        Some(Change { files: changed })
    }

    /// Of these files, none of them a plan, the ones that hold something else than before.
    fn changed(&mut self, files: Vec<String>) -> Vec<String> {
        let snapshot = self.tracker.snapshot();
        let digests = &mut self.digests;
        let differs = |path: &String| {
            let bytes = snapshot.read(path).map(|input| input.bytes);
            let digest = blake3::hash(&bytes.unwrap_or_default());
            digests.insert(path.clone(), digest) != Some(digest)
        };
        files.into_iter().filter(differs).collect()
    }

    fn other_inputs(&self) -> impl Iterator<Item = &str> {
        let snapshot = self.tracker.snapshot();
        let folders = crate::source::input_folders();
        let below = folders.flat_map(|folder| snapshot.below(folder));
        std::iter::once(CONFIG)
            .filter(|path| snapshot.contains(path))
            .chain(below)
            .filter(|path| !is_plan(path))
    }

    /// Reads these plans, several at once; those whose text is the same as before only where they
    /// are read `anyway`.
    fn read(&mut self, plans: &[usize], anyway: bool) -> HashMap<usize, Read> {
        let site = self.frame.site(self.options.unpublished);
        let walk = self.walk(&site, &Nothing);
        let kept = AtomicUsize::new(0);
        let within_limits = |read: Read| {
            let before = kept.fetch_add(read.length(), Ordering::Relaxed);
            if before + read.length() <= KEPT_TEXT {
                read
            } else {
                read.without_text()
            }
        };
        let read = workers::run(self.options.threads, plans.len(), |at| {
            let index = plans[at];
            let path = &self.frame.content.plans[index].path;
            Ok(match self.tracker.snapshot().read(path) {
                Ok(input) => {
                    let digest = blake3::hash(&input.bytes);
                    let same = !anyway && self.digests.get(path) == Some(&digest);
                    (!same).then(|| (index, digest, within_limits(Read::new(&walk, index, input))))
                }
                Err(failure) => {
                    let found = as_diagnostic(failure, path);
                    let read = Read::unreadable(&walk, index, found);
                    Some((index, blake3::hash(&[]), read))
                }
            })
        });
        let read = read.unwrap_or_default();
        let mut reads = HashMap::with_capacity(read.len());
        for (index, digest, read) in read.into_iter().flatten() {
            self.digests
                .insert(content_path(&self.frame, index), digest);
            reads.insert(index, read);
        }
        reads
    }

    /// Puts the plans in the order of the site's files, and forgets those that went.
    fn arrange(&mut self, before: &[String], mut reads: HashMap<usize, Read>) {
        let known: HashSet<&str> = before.iter().map(String::as_str).collect();
        let plans = &self.frame.content.plans;
        let missing: Vec<usize> = (0..plans.len())
            .filter(|index| {
                !reads.contains_key(index) && !known.contains(plans[*index].path.as_str())
            })
            .collect();
        reads.extend(self.read(&missing, true));
        let (snapshot, content) = (self.tracker.snapshot(), &self.frame.content);
        let references = |card: &site::Card| {
            let text = text_again(snapshot, &content.plans[card.plan].path);
            site::check_references(&text, card, content)
        };
        self.plans.arrange(before, content, reads, &references);
        let snapshot = self.tracker.snapshot();
        self.digests.retain(|path, _| snapshot.contains(path));
    }

    /// Finds out how the plans stand to each other, and shows what is good of them.
    fn relate(&mut self) {
        self.plans.swap_pending();
        let (relations, found) = self.relations_and_findings();
        self.plans.swap_pending();
        let content = &self.frame.content;
        self.accused = found
            .iter()
            .filter(|found| found.is_error())
            .filter_map(|found| {
                let path = found.place.as_ref()?.path();
                content.plan(path.strip_prefix("content/")?.strip_suffix(".toml")?)
            })
            .collect();
        self.found_between = found;
        self.plans.show(&self.accused);
        self.relations = if self.plans.has_pending() {
            self.relations_and_findings().0
        } else {
            relations
        };
    }

    fn relations_and_findings(&self) -> (Relations, Vec<Diagnostic>) {
        let site = self.frame.site(self.options.unpublished);
        let walk = Walk {
            config: self.frame.config_as_written(),
            ..self.walk(&site, &Nothing)
        };
        let rest = self.second_pass(&walk);
        let (relations, mut found) = rest.relate();
        found.extend(rest.titles(&site));
        (relations, found)
    }

    fn walk<'w>(&'w self, site: &'w Site<'w>, sink: &'w dyn super::Sink) -> Walk<'w> {
        Walk {
            snapshot: self.tracker.snapshot(),
            config: self.frame.config(),
            content: &self.frame.content,
            site: Some(site),
            sink,
        }
    }

    fn second_pass<'p>(&'p self, walk: &'p Walk<'p>) -> SecondPass<'p> {
        SecondPass {
            options: &self.options,
            walk,
            cards: &self.plans.cards,
            config_text: &self.frame.config_text,
        }
    }
}

/// Asking an open site.
impl Live {
    /// Where the site will be published.
    pub fn base_url(&self) -> &BaseUrl {
        &self.frame.config().base_url
    }

    /// Counts the changes of files that are published as they are.
    pub fn files_version(&self) -> u64 {
        self.files_version
    }

    /// The site's title.
    pub fn title(&self) -> &str {
        &self.frame.config().title
    }

    /// A file of the output by its path there.
    pub fn file(&mut self, path: &str) -> Option<Published> {
        let path = OutputPath::new(path)?;
        if let Some(wanted) = self.wanted(&path) {
            return Some(Published::Page(self.page(&path, wanted)));
        }
        if let Some(file) = self.frame.content.file(path.as_str()) {
            let input = self.tracker.snapshot().read(&file.path).ok()?;
            return Some(Published::File(input.bytes.into()));
        }
        let mut assets = self.frame.theme().assets().iter();
        let asset = assets.find(|asset| asset.output == path.as_str())?;
        Some(Published::File(asset.bytes.as_slice().into()))
    }

    /// True where a plan's page has this address.
    pub fn has_page(&self, route: &Route) -> bool {
        self.frame.content.plan(route.as_str()).is_some()
    }

    /// Every plan, in the order of their files.
    pub fn plans(&self) -> impl Iterator<Item = Listed> {
        let home = self.relations.home;
        self.plans.cards.iter().map(move |card| {
            let shown = self.options.unpublished || card.publish;
            Listed {
                title: card.title.clone(),
                route: self.frame.content.plans[card.plan].route.clone(),
                published: card.publish,
                on_home_page: shown && home.is_none_or(|home| home == card.plan),
            }
        })
    }

    /// What is wrong with the site, and with the pages that were asked for.
    pub fn findings(&mut self) -> Arc<Findings> {
        if let Some(findings) = &self.findings {
            return findings.clone();
        }
        let of_pages = self
            .pages
            .iter()
            .filter(|(path, of, _)| {
                self.wanted(path)
                    .is_some_and(|wanted| self.ingredients(wanted) == *of)
            })
            .flat_map(|(.., shown)| &shown.findings);
        let mut list = self.tracker.diagnostics();
        list.extend(self.frame.findings().cloned());
        list.extend(self.plans.findings().cloned());
        list.extend(self.found_between.iter().cloned());
        list.extend(of_pages.cloned());
        diagnostic::sort(&mut list);
        let findings = Arc::new(Findings {
            digest: digest(&list),
            list,
        });
        self.findings = Some(findings.clone());
        findings
    }

    fn wanted(&self, path: &OutputPath) -> Option<Wanted> {
        let file = path.as_str();
        if *path == Route::home().file() {
            return Some(self.relations.home.map_or(Wanted::Home, Wanted::HomePlan));
        }
        let index = self.frame.content.plan(file.strip_suffix("/index.html")?)?;
        Some(Wanted::Plan(index))
    }

    fn ingredients(&self, wanted: Wanted) -> Ingredients {
        let version = |plan: usize| self.plans.entries[plan].version;
        match wanted {
            Wanted::Home => Ingredients {
                frame: self.frame_version,
                plans: self.plans.version,
                neighbours: [None, None],
            },
            Wanted::Plan(plan) | Wanted::HomePlan(plan) => Ingredients {
                frame: self.frame_version,
                plans: version(plan),
                neighbours: [
                    self.relations.predecessors[plan],
                    self.relations.successors[plan],
                ]
                .map(|plan| plan.map(version)),
            },
        }
    }

    /// A page as it is shown: made anew where anything that it is made of changed.
    fn page(&mut self, path: &OutputPath, wanted: Wanted) -> Arc<Shown> {
        let of = self.ingredients(wanted);
        let kept = self.pages.get(path);
        if let Some((known, shown)) = &kept
            && *known == of
        {
            return shown.clone();
        }
        let text = self.text(wanted);
        if let (None, Wanted::Plan(_) | Wanted::HomePlan(_), Some((_, shown))) =
            (&text, wanted, &kept)
        {
            // The file changed this moment, and what it says now has not been looked at.
            return shown.clone();
        }
        let site = |before: bool| {
            let unpublished = self.options.unpublished || self.is_unpublished(wanted);
            if before {
                self.frame.site_before(unpublished)
            } else {
                Some(self.frame.site(unpublished))
            }
        };
        let make = |before: bool| site(before).map(|site| self.make(&site, wanted, text.clone()));
        let (mut bytes, findings) = make(false).unwrap_or_default();
        let failed = findings.iter().any(Diagnostic::is_error);
        if failed {
            let last = kept.and_then(|(_, shown)| shown.bytes.as_ref().map(|bytes| bytes.to_vec()));
            let with_theme_before = || make(true).and_then(|(bytes, _)| bytes);
            bytes = last.or_else(with_theme_before).or(bytes);
        }
        self.frame.theme_failed |= failed;
        if !findings.is_empty() || self.pages.had_findings(path) {
            self.findings = None;
        }
        let shown = Arc::new(Shown::new(bytes, findings, self.frame.theme().assets()));
        self.pages.put(path.clone(), of, shown.clone());
        shown
    }

    fn is_unpublished(&self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Plan(plan) => !self.plans.cards[plan].publish,
            Wanted::HomePlan(_) | Wanted::Home => false,
        }
    }

    /// The text of a plan as it is shown; `None` where that was not kept and is gone.
    fn text(&mut self, wanted: Wanted) -> Option<Arc<str>> {
        let (Wanted::Plan(plan) | Wanted::HomePlan(plan)) = wanted else {
            return None;
        };
        if let Some(text) = &self.plans.entries[plan].text {
            return Some(text.clone());
        }
        let path = &self.frame.content.plans[plan].path;
        let input = self.tracker.snapshot().read(path).ok()?;
        let same = self.digests.get(path) == Some(&blake3::hash(&input.bytes));
        let text = String::from_utf8(input.bytes).ok().filter(|_| same)?;
        let text: Arc<str> = text.into();
        if !self.plans.entries[plan].is_pending() {
            self.plans.keep(plan, text.clone());
        }
        Some(text)
    }

    fn make(
        &self,
        site: &Site,
        wanted: Wanted,
        text: Option<Arc<str>>,
    ) -> (Option<Vec<u8>>, Vec<Diagnostic>) {
        let memory = Memory::default();
        let walk = self.walk(site, &memory);
        let rest = self.second_pass(&walk);
        let mut pages = Pages::default();
        let made = match (wanted, text) {
            (Wanted::Home, _) => rest.home(site, &self.relations, &mut pages),
            (Wanted::Plan(plan) | Wanted::HomePlan(plan), Some(text)) => {
                let file = &self.frame.content.plans[plan];
                let reading = Reading::of_text(SourceText::new(file.path.as_str(), text));
                let route = match wanted {
                    Wanted::HomePlan(_) => Route::home(),
                    _ => file.route.clone(),
                };
                let neighbours: Neighbours = rest.neighbours(plan, &self.relations);
                walk.page(
                    &self.plans.cards[plan],
                    &reading.plan,
                    neighbours,
                    &route,
                    &mut pages,
                )
            }
            (_, None) => Ok(Vec::new()),
        };
        let mut findings = made.unwrap_or_default();
        findings.extend(rest.anchors_elsewhere(&pages));
        (memory.into_bytes(), findings)
    }
}

fn is_plan(path: &str) -> bool {
    path.starts_with("content/") && path.ends_with(".toml")
}

fn content_path(frame: &Frame, index: usize) -> String {
    frame.content.plans[index].path.clone()
}

fn digest(list: &[Diagnostic]) -> String {
    let mut hasher = blake3::Hasher::new();
    for found in list {
        let place = found.place.as_ref();
        let at = place.map(|place| (place.path(), place.line_and_column()));
        hasher.update(format!("{at:?} {} {}\n", found.name, found.message).as_bytes());
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
