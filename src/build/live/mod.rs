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
use pages::{Ingredients, KeptPages, Made, Memory};
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
    /// The plan that last was the home page, by its id.
    home: Option<String>,
    /// True while that is not as it is written.
    home_is_kept: bool,
    /// Of every input, as it was last read; `None` where it could not be.
    digests: HashMap<String, Option<blake3::Hash>>,
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
            home: None,
            home_is_kept: false,
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
        live.relate(false);
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
        let mut stale = Stale {
            listing: changes.listing,
            ..Stale::default()
        };
        others.iter().for_each(|path| stale.add(path));
        let mut changed = self.changed(others);
        let of_content = changed.iter().any(|path| path.starts_with(CONTENT));
        self.files_version += u64::from(of_content);
        let refreshed = self.frame.refresh(self.tracker.snapshot(), stale);
        let recard = refreshed.cards;
        self.frame_version += u64::from(refreshed.any);

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
        if changed.is_empty() && !refreshed.any {
            return None;
        }
        let mut related = refreshed.any || self.frames(reads.keys());
        if changes.listing {
            self.arrange(&before, reads);
        } else {
            for (index, read) in reads {
                related |= self.plans.read(index, read);
            }
        }
        if related {
            self.relate(recard);
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
            let input = snapshot.read(path).ok();
            let digest = input.map(|input| blake3::hash(&input.bytes));
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
                    let same = !anyway && self.digests.get(path) == Some(&Some(digest));
                    (!same).then(|| {
                        let read = within_limits(Read::new(&walk, index, input, digest));
                        (index, Some(digest), read)
                    })
                }
                Err(failure) => {
                    let found = as_diagnostic(failure, path);
                    let read = Read::unreadable(&walk, index, found);
                    Some((index, None, read))
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

    /// True where a finding between plans stands in one of these, whose lines may have moved.
    fn frames<'i>(&self, plans: impl Iterator<Item = &'i usize>) -> bool {
        let places = self.found_between.iter().flat_map(|found| {
            let others = found.related.iter().map(|(place, _)| place);
            found.place.iter().chain(others)
        });
        let framed: HashSet<&str> = places.map(|place| place.path()).collect();
        let mut plans = plans.map(|plan| self.frame.content.plans[*plan].path.as_str());
        !framed.is_empty() && plans.any(|path| framed.contains(path))
    }

    /// Finds out how the plans stand to each other, and shows what is good of them; what is shown
    /// as it was, with other cards where they are made with something else now.
    fn relate(&mut self, recard: bool) {
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
        if recard {
            self.card_again();
        }
        self.relations = if self.plans.has_pending() {
            self.relations_and_findings().0
        } else {
            relations
        };
        self.settle_home();
    }

    /// Makes the cards of plans that are shown as they were with the settings and the words of now.
    fn card_again(&mut self) {
        let site = self.frame.site(self.options.unpublished);
        let walk = self.walk(&site, &Nothing);
        let again = |(index, entry): (usize, &plans::Entry)| {
            let text = entry.text.clone().filter(|_| entry.is_pending())?;
            let path = self.frame.content.plans[index].path.as_str();
            let mut card = walk
                .card(index, &Reading::of_text(SourceText::new(path, text)))
                .card;
            // The files that it names may be gone by now, but it was good with them.
            card.faulty = self.plans.cards[index].faulty;
            Some((index, card))
        };
        let entries = self.plans.entries.iter().enumerate();
        let cards: Vec<(usize, site::Card)> = entries.filter_map(again).collect();
        for (index, card) in cards {
            self.plans.show_again(index, card);
        }
    }

    /// Leaves the home page where it was while the settings, or the plan that they name, are not
    /// to be had.
    fn settle_home(&mut self) {
        let content = &self.frame.content;
        let is_found =
            self.relations.home.is_some() || self.frame.config_as_written().home.is_none();
        self.home_is_kept = !(is_found && self.frame.config_is_good());
        if self.home_is_kept {
            let kept = self.home.as_ref().and_then(|id| content.plan(id));
            let shown = |plan: &usize| self.options.unpublished || self.plans.cards[*plan].publish;
            self.relations.home = kept.filter(shown);
        } else {
            let home = self.relations.home;
            self.home = home.map(|plan| content.plans[plan].id.clone());
        }
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
        let mut assets = self.frame.themes().flat_map(|theme| theme.assets());
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
                on_home_page: shown && !card.faulty && home.is_none_or(|home| home == card.plan),
            }
        })
    }

    /// What is wrong with the site, and with the pages that were asked for.
    pub fn findings(&mut self) -> Arc<Findings> {
        if let Some(findings) = &self.findings {
            return findings.clone();
        }
        let mut list = self.tracker.diagnostics();
        list.extend(self.frame.findings().cloned());
        list.extend(self.plans.findings().cloned());
        list.extend(self.found_between.iter().cloned());
        list.extend(self.found_on_pages());
        diagnostic::sort(&mut list);
        let findings = Arc::new(Findings {
            digest: digest(&list),
            list,
        });
        self.findings = Some(findings.clone());
        findings
    }

    /// What was found on the pages that are made of what the files say now.
    fn found_on_pages(&self) -> Vec<Diagnostic> {
        let mut list = Vec::new();
        let mut links = Pages::default();
        for (path, of, shown) in self.pages.iter() {
            let is_present = self.frame.theme_is_good()
                && self.wanted(path).is_some_and(|wanted| {
                    self.ingredients(wanted) == of && !self.is_as_it_was(wanted)
                });
            if is_present {
                list.extend(shown.findings.iter().cloned());
                links.anchored.extend(shown.links.iter().cloned());
            }
        }
        let site = self.frame.site(self.options.unpublished);
        let walk = self.walk(&site, &Nothing);
        list.extend(self.second_pass(&walk).anchors_elsewhere(&links));
        list
    }

    /// True where the page is not of what the files say now, so that what is found on it is said
    /// of nothing that is there.
    fn is_as_it_was(&self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Plan(plan) => self.plans.present(plan).faulty,
            Wanted::HomePlan(plan) => self.home_is_kept || self.plans.present(plan).faulty,
            Wanted::Home => self.home_is_kept,
        }
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
        if let (None, Wanted::Plan(_) | Wanted::HomePlan(_)) = (&text, wanted) {
            // What the file says now has not been looked at yet, or is not to be shown.
            let shown = kept.map(|(_, shown)| shown);
            return shown
                .unwrap_or_else(|| Arc::new(Shown::new(Made::default(), self.frame.theme())));
        }
        let unpublished = self.options.unpublished || self.is_unpublished(wanted);
        let mut made = self.make(&self.frame.site(unpublished), wanted, text.clone());
        let failed = if self.is_as_it_was(wanted) {
            made.bytes.is_none() && !self.is_faulty(wanted)
        } else {
            made.findings.iter().any(Diagnostic::is_error)
        };
        self.frame.theme_failed |= failed;
        let has_findings = !(made.findings.is_empty() && made.links.is_empty());
        if has_findings || self.pages.had_findings(path) {
            self.findings = None;
        }
        let mut theme = self.frame.theme();
        if failed {
            let last = kept.and_then(|(_, shown)| {
                let mut themes = self.frame.themes();
                let theme = themes.find(|theme| theme.digest() == shown.theme)?;
                Some((shown.bytes.as_ref()?.to_vec(), theme))
            });
            let with_theme_before = || {
                let site = self.frame.site_before(unpublished)?;
                Some((self.make(&site, wanted, text).bytes?, site.theme))
            };
            if let Some((bytes, of)) = last.or_else(with_theme_before) {
                made.bytes = Some(bytes);
                theme = of;
            }
        }
        let shown = Arc::new(Shown::new(made, theme));
        self.pages.put(path.clone(), of, shown.clone());
        shown
    }

    /// True for a plan that never was without an error.
    fn is_faulty(&self, wanted: Wanted) -> bool {
        match wanted {
            Wanted::Plan(plan) | Wanted::HomePlan(plan) => self.plans.cards[plan].faulty,
            Wanted::Home => false,
        }
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
        let entry = &self.plans.entries[plan];
        if let Some(text) = &entry.text {
            return Some(text.clone());
        }
        let path = &self.frame.content.plans[plan].path;
        let input = self.tracker.snapshot().read(path).ok()?;
        let same = entry.digest == blake3::hash(&input.bytes);
        let text = String::from_utf8(input.bytes).ok().filter(|_| same)?;
        let text: Arc<str> = text.into();
        self.plans.keep(plan, text.clone());
        Some(text)
    }

    fn make(&self, site: &Site, wanted: Wanted, text: Option<Arc<str>>) -> Made {
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
        Made {
            findings: made.unwrap_or_default(),
            links: pages.anchored,
            bytes: memory.into_bytes(),
        }
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
