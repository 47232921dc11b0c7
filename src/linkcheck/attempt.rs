//! One link, followed to where it ends. In: its address. Out: a [`Verdict`].
//!
//! A page is asked for with HEAD, and with GET where the answer may mean that the server knows no HEAD.

use super::Options;
use super::curl::{self, Answer, Method};
use super::hosts::Hosts;
use super::verdict::{Trouble, Verdict};
use crate::diagnostic::Failure;

/// What an attempt needs.
pub struct Attempt<'a> {
    pub hosts: &'a Hosts,
    pub options: &'a Options,
}

impl Attempt<'_> {
    /// Follows the link.
    pub fn verdict(&self, address: &str) -> Result<Verdict, Failure> {
        let mut at = address.to_owned();
        // Where it has moved for good: the end of the permanent redirects that it begins with.
        let mut moved = None;
        let mut all_permanent = true;
        for _ in 0..=self.options.redirects {
            let answer = self.ask(&at)?;
            let trouble = match answer {
                Answer::Status(200..300 | 304, _) => {
                    return Ok(match moved {
                        Some(to) => Verdict::Moved(to),
                        None => Verdict::Arrives,
                    });
                }
                Answer::Status(status @ 300..400, Some(to)) => {
                    if !is_web(&to) {
                        return Ok(trouble(address, at, Trouble::LeavesTheWeb(to)));
                    }
                    all_permanent &= matches!(status, 301 | 308);
                    if all_permanent {
                        moved = Some(to.clone());
                    }
                    at = to;
                    continue;
                }
                Answer::Status(status, _) => Trouble::Status(status),
                Answer::NoName => Trouble::NoName,
                Answer::Refused => Trouble::Refused,
                Answer::Silent => Trouble::Silent,
                Answer::Lost => Trouble::Lost,
                Answer::Insecure(why) => Trouble::Insecure(why),
                Answer::Other(why) => Trouble::Other(why),
            };
            return Ok(self::trouble(address, at, trouble));
        }
        Ok(trouble(address, at, Trouble::TooManyRedirects))
    }

    fn ask(&self, address: &str) -> Result<Answer, Failure> {
        let by = |method| {
            let ask = || curl::ask(address, method, self.options.patience);
            self.hosts.ask(address, ask)
        };
        match by(Method::Head)? {
            // These are clear, or would be asked in vain.
            answer @ (Answer::Status(0..400 | 410 | 429 | 503, _)
            | Answer::NoName
            | Answer::Refused
            | Answer::Silent
            | Answer::Insecure(_)
            | Answer::Other(_)) => Ok(answer),
            Answer::Status(..) | Answer::Lost => by(Method::Get),
        }
    }
}

fn trouble(address: &str, at: String, trouble: Trouble) -> Verdict {
    Verdict::Trouble {
        at: (at != address).then_some(at),
        trouble,
    }
}

fn is_web(address: &str) -> bool {
    let scheme = address.split("://").next().unwrap_or_default();
    ["https", "http"]
        .iter()
        .any(|web| scheme.eq_ignore_ascii_case(web))
}
