//! What is said of links to other sites, and how politely they are tried, against servers on this
//! machine. The real curl asks.

mod answers;
mod manners;
mod memory;
mod secure;
mod server;

use std::time::Duration;

use planpress::build::{OutsideLink, OutsideMention};
use planpress::diagnostic::{Diagnostic, Place};
use planpress::linkcheck::{Options, Tried, check};
use tempfile::TempDir;

/// A site's root, and how far the trying goes there.
struct Site {
    folder: TempDir,
    options: Options,
}

impl Site {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder for the test");
        let options = Options {
            pause: Duration::ZERO,
            // Only a limit for giving up: the machine may be busy.
            patience: Duration::from_secs(30),
            ..Options::new(folder.path())
        };
        Self { folder, options }
    }

    fn tries(&self, addresses: &[String]) -> Tried {
        let links: Vec<OutsideLink> = addresses.iter().map(|address| link(address)).collect();
        check(&links, &self.options).expect("curl is there")
    }
}

fn link(address: &str) -> OutsideLink {
    OutsideLink {
        address: address.to_owned(),
        target: address.split('#').next().unwrap_or_default().to_owned(),
        mentions: vec![OutsideMention {
            place: Place::file("content/plan.toml"),
            allow: Vec::new(),
        }],
    }
}

/// What is found about one address: the warning's name and its message.
fn found(address: &str) -> Option<(&'static str, String)> {
    let tried = Site::new().tries(&[address.to_owned()]);
    assert!(tried.diagnostics.len() <= 1, "{:?}", tried.diagnostics);
    let one = tried.diagnostics.into_iter().next()?;
    Some(named(one))
}

fn named(found: Diagnostic) -> (&'static str, String) {
    assert!(!found.is_error(), "{}", found.message);
    (found.name, found.message)
}
