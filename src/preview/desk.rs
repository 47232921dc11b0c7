//! Which address gets which answer: pages of the site below its own path, and a few routes of the
//! preview's own under `/__planpress/`.
//!
//! The site stays open behind a lock. A page is made in about a millisecond, so requests and
//! rebuilds take turns; what is sent is shared bytes, so a slow reader holds nothing.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde_json::json;

use super::client::{SCRIPT, STYLE};
use super::injected::inject;
use super::media::media_type;
use super::own_pages::{Link, OwnPage, frame};
use super::server::{Answer, Respond};
use crate::build::live::{Change, Findings, Listed, Live, Published, Shown};
use crate::diagnostic::{Diagnostic, Tally};
use crate::site::route::{BaseUrl, Route, decode};
use crate::source::{Changes, Tracker};

/// Where the preview's own routes begin. No site has an address there.
const OWN: &str = "/__planpress/";

/// How many findings, or plans, are told in one answer.
const TOLD: usize = 100;

/// A sheet with a turned-down corner of lines that are not finished.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M3 1h7l3 3v11H3z" fill="#fff" stroke="#0a5ea8"/><path d="M5 6h6M5 9h6M5 12h3" stroke="#0a5ea8" stroke-dasharray="2 1"/></svg>"##;

/// Answers for an open site.
pub struct Desk {
    live: Mutex<Live>,
    /// Tells one run of the preview from another.
    run: String,
    changed: Mutex<Instant>,
    /// Where the site stood before `base_url` was edited: pages that are open there move on.
    left: Mutex<Vec<BaseUrl>>,
}

/// What came of a change.
pub struct Rebuilt {
    pub change: Change,
    pub tally: Tally,
    /// The first error.
    pub error: Option<Diagnostic>,
    /// The path of the home page, where it is another than before.
    pub moved: Option<String>,
}

impl Desk {
    /// A desk for this site.
    pub fn new(live: Live) -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Self {
            live: Mutex::new(live),
            run: format!("{:x}", since.unwrap_or_default().as_nanos()),
            changed: Mutex::new(Instant::now()),
            left: Mutex::default(),
        }
    }

    /// Takes in what changed among the inputs.
    pub fn update(&self, tracker: &Tracker, changes: Changes) -> Option<Rebuilt> {
        let mut live = self.live();
        let before = live.base_url().clone();
        let change = live.update(tracker, changes)?;
        *self.changed.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
        let moved = (before != *live.base_url()).then(|| home(&live));
        if moved.is_some() {
            let mut left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
            left.retain(|known| known != live.base_url());
            left.push(before);
        }
        live.prove();
        let findings = live.findings();
        Some(Rebuilt {
            change,
            tally: Tally::of(&findings.list),
            error: findings.list.iter().find(|found| found.is_error()).cloned(),
            moved,
        })
    }

    /// The site's title, the path of its home page, how many plans there are, what was found.
    pub fn summary(&self) -> (String, String, usize, Tally) {
        let mut live = self.live();
        live.prove();
        let plans = live.plans().count();
        let tally = Tally::of(&live.findings().list);
        (live.title().to_owned(), home(&live), plans, tally)
    }

    /// The site. A panic while it was locked was in making one page, and the next one starts anew:
    /// one in a rebuild ends the process.
    fn live(&self) -> MutexGuard<'_, Live> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn own(&self, name: &str, query: &str) -> Answer {
        match name {
            "preview.js" => Answer::ok(media_type("preview.js"), SCRIPT.as_bytes()),
            "preview.css" => Answer::ok(media_type("preview.css"), STYLE.as_bytes()),
            "state" => self.state(query),
            "findings" => self.findings(),
            "plans" => self.plans(),
            _ => self.nothing_here(),
        }
    }

    /// How a page is now, for the script on it. Small, since it is asked for again and again.
    fn state(&self, query: &str) -> Answer {
        let page = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("page="))
            .map(decode)
            .map(|path| decode(&path));
        let mut live = self.live();
        let shown = page.and_then(|path| match seek(&mut live, &path) {
            Sought::Page(shown) => Some(shown),
            _ => None,
        });
        let findings = live.findings();
        let digests = shown.map(|shown| digests(&live, &shown, &findings));
        let (page, content) = digests.unzip();
        let tally = Tally::of(&findings.list);
        drop(live);
        let changed = *self.changed.lock().unwrap_or_else(PoisonError::into_inner);
        json_answer(&json!({
            "run": self.run,
            "page": page,
            "content": content,
            "findings": findings.digest,
            "errors": tally.errors,
            "warnings": tally.warnings,
            "changed": u64::try_from(changed.elapsed().as_millis()).unwrap_or(u64::MAX),
        }))
    }

    /// Everything that was found, errors first.
    fn findings(&self) -> Answer {
        let findings = self.live().findings();
        let tally = Tally::of(&findings.list);
        let (errors, warnings): (Vec<_>, Vec<_>) =
            findings.list.iter().partition(|found| found.is_error());
        let told: Vec<_> = errors
            .into_iter()
            .chain(warnings)
            .take(TOLD)
            .map(|found| {
                json!({
                    "severity": if found.is_error() { "error" } else { "warning" },
                    "name": found.name,
                    "message": found.message,
                    "path": found.place.as_ref().map(|place| place.path()),
                    "frame": frame(found),
                })
            })
            .collect();
        json_answer(&json!({
            "findings": findings.digest,
            "errors": tally.errors,
            "warnings": tally.warnings,
            "list": told,
        }))
    }

    /// The plans that the published home page does not lead to.
    fn plans(&self) -> Answer {
        let live = self.live();
        let hidden: Vec<_> = live.plans().filter(|plan| !plan.on_home_page).collect();
        let told: Vec<_> = hidden
            .iter()
            .take(TOLD)
            .map(|plan| {
                let why = match plan {
                    Listed { faulty: true, .. } => "has errors",
                    Listed {
                        published: false, ..
                    } => "not published",
                    Listed { .. } => "not on the home page",
                };
                json!({
                    "title": plan.title,
                    "href": live.base_url().path_to(&plan.route),
                    "why": why,
                })
            })
            .collect();
        json_answer(&json!({
            "home": home(&live),
            "plans": told,
            "more": hidden.len() - told.len(),
        }))
    }

    fn nothing_here(&self) -> Answer {
        let live = self.live();
        let to_home = Link {
            href: home(&live),
            text: live.title().to_owned(),
            note: ", the home page",
        };
        let to_plans = live.plans().take(TOLD).map(|plan| Link {
            href: live.base_url().path_to(&plan.route),
            text: plan.title,
            note: "",
        });
        let page = OwnPage {
            title: "Nothing is at this address",
            text: "The site has no page and no file here. A plan's address is the name of its file: was the file renamed, or taken away? These are here:",
            links: std::iter::once(to_home).chain(to_plans).collect(),
            findings: Vec::new(),
        };
        drop(live);
        Answer {
            status: 404,
            ..html(&page.html(), "none", "none")
        }
    }

    /// In the place of a page that never was without an error.
    fn nothing_yet(&self, live: &mut Live, shown: &Shown) -> Answer {
        let findings = live.findings();
        let (page, content) = digests(live, shown, &findings);
        let errors = findings.list.iter().filter(|found| found.is_error());
        let own = OwnPage {
            title: "This page cannot be shown yet",
            text: "Its files have errors. Mend them and save: the page then appears by itself.",
            links: vec![Link {
                href: home(live),
                text: live.title().to_owned(),
                note: ", the home page",
            }],
            findings: errors.take(TOLD).map(frame).collect(),
        };
        html(&own.html(), &page, &content)
    }
}

impl Respond for Desk {
    fn respond(&self, path: &str, query: &str) -> Answer {
        if let Some(name) = path.strip_prefix(OWN) {
            return self.own(name, query);
        }
        let mut live = self.live();
        match self.seek(&mut live, path) {
            Sought::Page(shown) => match &shown.bytes {
                Some(bytes) => {
                    let findings = live.findings();
                    let (page, content) = digests(&live, &shown, &findings);
                    drop(live);
                    html_bytes(inject(bytes, &page, &content))
                }
                None => self.nothing_yet(&mut live, &shown),
            },
            Sought::File(bytes) => Answer::ok(media_type(path), bytes),
            Sought::Elsewhere(address) => Answer::redirect(address),
            // Browsers ask for it unasked. It also tells a preview from the site itself.
            Sought::Nothing if path == "/favicon.ico" => {
                Answer::ok(media_type("icon.svg"), ICON.as_bytes())
            }
            Sought::Nothing => {
                drop(live);
                self.nothing_here()
            }
        }
    }
}

impl Desk {
    /// Looks where the site stands, and then where it stood.
    fn seek(&self, live: &mut Live, path: &str) -> Sought {
        let left = self.left.lock().unwrap_or_else(PoisonError::into_inner);
        match seek(live, path) {
            Sought::Nothing => left
                .iter()
                .rev()
                .find_map(|base| {
                    let below = base.strip(path)?.trim_end_matches('/');
                    let route = Route::new(below).filter(|route| live.has_page(route));
                    let route = route.or_else(|| below.is_empty().then(Route::home))?;
                    Some(Sought::Elsewhere(live.base_url().path_to(&route)))
                })
                .unwrap_or(Sought::Nothing),
            found => found,
        }
    }
}

/// What is at an address of the site.
enum Sought {
    Page(Arc<Shown>),
    File(Arc<[u8]>),
    /// The address of what was meant.
    Elsewhere(String),
    Nothing,
}

/// Looks for what a web server would publish at this path, decoded.
fn seek(live: &mut Live, path: &str) -> Sought {
    let Some(below) = live.base_url().strip(path) else {
        let is_above = path == "/" || live.base_url().strip(&format!("{path}/")) == Some("");
        return if is_above {
            Sought::Elsewhere(home(live))
        } else {
            Sought::Nothing
        };
    };
    let file = if below.is_empty() || below.ends_with('/') {
        format!("{below}index.html")
    } else {
        below.to_owned()
    };
    match live.file(&file) {
        Some(Published::Page(shown)) => Sought::Page(shown),
        Some(Published::File(bytes)) => Sought::File(bytes),
        None => match Route::new(below).filter(|route| live.has_page(route)) {
            Some(route) => Sought::Elsewhere(live.base_url().path_to(&route)),
            None => Sought::Nothing,
        },
    }
}

fn home(live: &Live) -> String {
    BaseUrl::path_to(live.base_url(), &Route::home())
}

/// The digests of a page for its script. An image at the same address may have changed too; in the
/// place of a page that never was without an error stand the errors.
fn digests(live: &Live, shown: &Shown, findings: &Findings) -> (String, String) {
    let whole = |digest: &str| {
        let files = live.files_version();
        match shown.bytes {
            Some(_) => format!("{digest}-{files}"),
            None => format!("none-{}", findings.digest),
        }
    };
    (whole(&shown.digest), whole(&shown.content_digest))
}

fn html(page: &str, digest: &str, content_digest: &str) -> Answer {
    html_bytes(inject(page.as_bytes(), digest, content_digest))
}

fn html_bytes(bytes: Vec<u8>) -> Answer {
    Answer::ok(media_type("index.html"), bytes)
}

fn json_answer(value: &serde_json::Value) -> Answer {
    Answer::ok(media_type("state.json"), value.to_string().into_bytes())
}
