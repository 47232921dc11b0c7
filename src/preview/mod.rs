//! The site in a browser while it is being edited.
//!
//! In: a site's root and an address to listen on. Out: pages from memory, made by `build` when
//! they are asked for, and again when an input changes. Writes nothing; may not build in a way of
//! its own.

mod client;
mod desk;
mod injected;
mod media;
mod own_pages;
pub mod server;
pub mod watch;

use std::convert::Infallible;
use std::panic::resume_unwind;
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::build;
use crate::build::live::Live;
use crate::diagnostic::{Diagnostic, Failure, Tally};
use crate::source::Tracker;
use desk::Desk;
use server::{Asked, Listening};
use watch::{Look, Watch};

/// What a preview is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is built.
    pub build: build::Options,
    /// Where the preview listens.
    pub listen: Asked,
    /// Show it in the browser that the person uses.
    pub open: bool,
}

/// What a person at the terminal is told.
#[derive(Debug)]
pub enum Told {
    Started(Started),
    Rebuilt {
        /// The files that changed or came, relative to the site's root.
        files: Vec<String>,
        /// The files that went.
        gone: Vec<String>,
        tally: Tally,
        /// The first error.
        error: Option<Box<Diagnostic>>,
        /// Where the home page is now, where that changed.
        moved: Option<String>,
        took: Duration,
    },
    /// Something that the person should know once.
    Notice(String),
}

/// Where the preview is, and of what.
#[derive(Debug)]
pub struct Started {
    pub title: String,
    /// The addresses of the home page; the one on this computer first.
    pub addresses: Vec<String>,
    /// The port that was asked for, where it was busy.
    pub busy_port: Option<u16>,
    /// True where other computers can reach it.
    pub lan: bool,
    pub plans: usize,
    pub tally: Tally,
}

/// Previews a site until the process ends. Whatever is to be told goes to `tell`.
///
/// # Errors
///
/// Where the address cannot be listened on.
pub fn serve(options: Options, tell: &mut dyn FnMut(Told)) -> Result<Infallible, Failure> {
    let listening = Listening::open(&options.listen)?;
    // What changes while both begin is found by the first look, which is at everything.
    let root = options.build.root.clone();
    let watching = thread::spawn(move || Watch::start(&root));
    let mut tracker = Tracker::open(&options.build.root);
    let desk = Arc::new(Desk::new(Live::open(options.build, &tracker)));
    let mut watch = watching.join().unwrap_or_else(|panic| resume_unwind(panic));
    let started = started(&desk, &listening, options.listen.lan);
    let address = started.addresses.first().cloned();
    let origin = listening.origins().into_iter().next().unwrap_or_default();
    let answering = desk.clone();
    let (gave_up, given_up) = mpsc::channel();
    thread::Builder::new()
        .name("server".to_owned())
        .spawn(move || match listening.run(answering) {
            Ok(never) => match never {},
            // Whoever listened for it is gone only when the process ends.
            Err(failure) => drop(gave_up.send(failure)),
        })
        .map_err(|error| Failure::new(format!("the preview cannot start: {error}")))?;
    tell(Told::Started(started));
    if let Some(address) = address.filter(|_| options.open)
        && let Err(error) = open::that_detached(&address)
    {
        let notice = format!("No browser could be opened: open {address} in yours. ({error})");
        tell(Told::Notice(notice));
    }
    loop {
        if let Some(notice) = watch.notice() {
            tell(Told::Notice(notice));
        }
        let look = watch.next();
        if let Ok(failure) = given_up.try_recv() {
            return Err(failure);
        }
        let begun = Instant::now();
        // Requests are answered meanwhile: of many thousand files this takes its time.
        let changes = match look {
            Look::At(paths) => tracker.look_at(&paths),
            Look::Everywhere => match tracker.look_everywhere_unless(&mut || watch.has_news()) {
                Some(changes) => {
                    watch.looked(begun.elapsed());
                    changes
                }
                None => {
                    watch.gave_way();
                    continue;
                }
            },
        };
        if let Some(rebuilt) = desk.update(&tracker, changes) {
            tell(Told::Rebuilt {
                files: rebuilt.change.files,
                gone: rebuilt.change.gone,
                tally: rebuilt.tally,
                error: rebuilt.error.map(Box::new),
                moved: rebuilt.moved.map(|home| format!("{origin}{home}")),
                took: begun.elapsed(),
            });
        }
    }
}

fn started(desk: &Desk, listening: &Listening, lan: bool) -> Started {
    let (title, home, plans, tally) = desk.summary();
    Started {
        title,
        addresses: listening
            .origins()
            .into_iter()
            .map(|origin| format!("{origin}{home}"))
            .collect(),
        busy_port: listening.moved_from(),
        lan,
        plans,
        tally,
    }
}
