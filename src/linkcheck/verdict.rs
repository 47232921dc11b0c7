//! What became of a link, and how that is said to the person who can mend it.

use super::Options;
use super::hosts::host;
use crate::build::OutsideLink;
use crate::diagnostic::Diagnostic;

/// What became of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Arrives,
    /// It arrives, but the page has another address for good.
    Moved(String),
    /// It does not arrive, or nobody can say.
    Trouble {
        /// Where it had led on to.
        at: Option<String>,
        trouble: Trouble,
    },
}

/// Why a link does not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// A status that is no good answer (RFC 9110, 15).
    Status(u16),
    NoName,
    Refused,
    Silent,
    Lost,
    Insecure(String),
    TooManyRedirects,
    /// It leads on to an address that is no `http` or `https` one.
    LeavesTheWeb(String),
    Other(String),
}

const DEAD: &str = "dead-outside-link";
const MOVED: &str = "moved-outside-link";
const UNSURE: &str = "unsure-outside-link";

const MEND: &str = "Look for the page's new address, or take the link out.";
const LOOK: &str = "Open it in a browser to see whether it is there.";
const LATER: &str =
    "It may be there again tomorrow: check it once more before you change the link.";

impl Verdict {
    /// The finding about it, at every place where the link stands and the warning is not silenced.
    pub fn finding(&self, link: &OutsideLink, options: &Options) -> Option<Diagnostic> {
        let (name, message, help) = match self {
            Self::Arrives => return None,
            Self::Moved(to) => {
                let to = with_fragment(to, &link.address);
                let message = format!("{} has moved for good, to {to}", link.address);
                (MOVED, message, format!("Write the new address: {to}"))
            }
            Self::Trouble { at, trouble } => {
                let end = at.as_ref().unwrap_or(&link.target);
                let (name, what, help) = trouble.words(end, options);
                let message = match at {
                    Some(at) => format!("{} leads on to {at}, and {what}", link.address),
                    None => format!("{}: {what}", link.address),
                };
                (name, message, help.to_owned())
            }
        };
        let mut mentions = link
            .mentions
            .iter()
            .filter(|mention| !mention.allow.iter().any(|allowed| allowed == name));
        let mut found = Diagnostic::warning(name, message).help(help);
        found.place = Some(mentions.next()?.place.clone());
        Some(mentions.fold(found, |found, mention| {
            found.also(mention.place.clone(), "here, too")
        }))
    }
}

impl Trouble {
    /// The warning's name, what is wrong, and what to do.
    fn words(&self, address: &str, options: &Options) -> (&'static str, String, &'static str) {
        let host = host(address);
        match self {
            Self::Status(404) => (DEAD, "the page is not there (404)".to_owned(), MEND),
            Self::Status(410) => (
                DEAD,
                "the page was taken away for good (410)".to_owned(),
                MEND,
            ),
            Self::Status(status @ (429 | 503)) => (
                UNSURE,
                format!("{host} asks to come back later ({status})"),
                LATER,
            ),
            Self::Status(status @ (401 | 403)) => (
                UNSURE,
                format!("{host} does not show the page to everyone ({status})"),
                LOOK,
            ),
            Self::Status(status @ 500..600) => (
                UNSURE,
                format!("the server of {host} has an error of its own ({status})"),
                LATER,
            ),
            Self::Status(status) => (
                UNSURE,
                format!("{host} answers in an unexpected way ({status})"),
                LOOK,
            ),
            Self::NoName => (
                DEAD,
                format!("there is no site called {host}"),
                "Is it spelt right? Otherwise look for the page's new address, or take the link out.",
            ),
            Self::Refused => (DEAD, format!("{host} takes no connections"), LATER),
            Self::Silent => {
                let seconds = options.patience.as_secs_f32();
                (
                    UNSURE,
                    format!("{host} did not answer within {seconds} s"),
                    LATER,
                )
            }
            Self::Lost => (
                UNSURE,
                format!("{host} closed the connection without an answer that makes sense"),
                LOOK,
            ),
            Self::Insecure(why) => (
                DEAD,
                format!("no secure connection to {host} can be made ({why})"),
                "Browsers warn readers of this, too. Tell whoever runs that site, or link to another page.",
            ),
            Self::TooManyRedirects => {
                let most = options.redirects;
                (
                    DEAD,
                    format!("it leads on and on, more than {most} times"),
                    LOOK,
                )
            }
            Self::LeavesTheWeb(to) => (
                DEAD,
                format!("it leads on to {to}, which is no web page"),
                MEND,
            ),
            Self::Other(why) => (UNSURE, format!("it could not be tried ({why})"), LOOK),
        }
    }
}

/// A new address with the anchor of the old one, where it has none of its own.
fn with_fragment(to: &str, old: &str) -> String {
    match old.split_once('#') {
        Some((_, fragment)) if !to.contains('#') => format!("{to}#{fragment}"),
        _ => to.to_owned(),
    }
}
