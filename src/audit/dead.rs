//! What is said of a link to another file of the site that does not arrive.
//!
//! A relative one was put together by a theme, and is an error. One that is written as a whole
//! address of the site is a warning: what else stands on its host is not known here.

use super::{Findings, Reference};
use crate::diagnostic::Diagnostic;

/// Why a link does not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The site has no such file.
    NoFile,
    /// The site has one whose name differs in upper and lower case.
    OtherCase(String),
    /// It is the page of a plan that is not published.
    Unpublished,
    /// It is a folder with a page, written without the slash.
    NoSlash,
    /// The page has no such anchor.
    NoAnchor,
}

/// A link that does not arrive: the page it stands on, and the input that this is shown under.
#[derive(Clone, Copy, Debug)]
pub struct Dead<'d> {
    pub page: &'d str,
    pub owner: &'d str,
    pub reference: &'d Reference,
}

impl Dead<'_> {
    /// The finding about it.
    pub fn because(&self, fault: &Fault) -> Diagnostic {
        let place = Findings {
            owner: self.owner,
            page: self.page,
        };
        let Reference {
            file,
            anchor,
            whole,
        } = self.reference;
        let anchor = anchor.as_deref().unwrap_or_default();
        let leads = match whole {
            Some(address) => format!("the link {address}, an address of this site,"),
            None => "a link".to_owned(),
        };
        let said = match fault {
            Fault::NoFile => format!("{leads} leads to \"{file}\", which the site does not have"),
            Fault::OtherCase(real) => format!(
                "{leads} leads to \"{file}\", but the site has \"{real}\", in other upper and lower case"
            ),
            Fault::Unpublished => {
                format!("{leads} leads to \"{file}\", the page of a plan that is not published")
            }
            Fault::NoSlash => {
                format!(
                    "{leads} leads to the page of the folder \"{file}\" without a slash at its end"
                )
            }
            Fault::NoAnchor => {
                format!("{leads} leads to \"{file}#{anchor}\", but that page has no such anchor")
            }
        };
        match (fault, whole) {
            (Fault::NoSlash, _) => place.warning((
                "link-without-slash",
                said,
                "Add the slash: without it, servers have to lead on to the page, and from a disk it does not open.",
            )),
            (_, Some(_)) => place.warning((
                "dead-own-address",
                said,
                "In a plan, link to the other plan's file instead, such as other-plan.toml#anchor: that is checked, and right below any address.",
            )),
            (Fault::OtherCase(_), None) => place.error(
                "dead-link",
                said,
                "Write it as the site has it: most web servers tell the two apart.",
            ),
            (_, None) => place.error(
                "dead-link",
                said,
                "Was the address put together in a template? Use the addresses that the context gives.",
            ),
        }
    }
}
