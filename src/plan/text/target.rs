//! Where a link leads.
//!
//! In: a destination as an author wrote it, with Markdown's escapes and entities already undone.
//! Out: a [`Target`] of a kind that is allowed, or what to write instead. May not look whether
//! anything is there: that is known where files and anchors are.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

use super::glance;

/// A destination of a kind that pages may link to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// An `https` or `http` address, ready to be an `href` once it is escaped.
    Web(String),
    /// A `mailto` or `tel` address, ready to be an `href` once it is escaped.
    Other(String),
    /// A place on the same page, percent-decoded, without the `#`.
    Anchor(String),
    /// A file, relative to the one that the link stands in.
    File {
        /// As written, percent-decoded; may begin with `../`. No empty part, no backslash, no colon.
        path: String,
        /// Percent-decoded, without the `#`.
        anchor: Option<String>,
    },
}

/// Why a destination is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetFault {
    /// The name of the diagnostic.
    pub name: &'static str,
    /// What is wrong, one sentence without a closing period.
    pub message: String,
    /// What to write, a sentence.
    pub help: String,
}

/// The name of diagnostics about schemes.
pub(super) const SCHEME: &str = "link-scheme";
/// The name of diagnostics about destinations that cannot be right whatever is there.
pub(super) const DESTINATION: &str = "link-destination";

const ALLOWED: &str = "A link leads to https:, http:, mailto: or tel:, to an #anchor of this \
                       plan, or to a file relative to this one.";

/// Reads a destination; also that of a key which holds an address.
///
/// # Errors
///
/// Where it has a scheme other than `https`, `http`, `mailto` and `tel`, or cannot lead anywhere.
pub fn target(destination: &str) -> Result<Target, TargetFault> {
    // Browsers drop some of these before they read the scheme, so they go first.
    if glance::any(destination, |byte| !byte.is_ascii_graphic())
        && let Some(c) = destination.chars().find(|&c| is_invisible(c))
    {
        return Err(invisible(destination, c));
    }
    if destination.is_empty() {
        return Err(fault("this link leads nowhere", ALLOWED));
    }
    if destination.contains('\\') {
        return Err(fault(
            "a link has no backslashes",
            "Put the file under content/ and write its path relative to this file, with \"/\".",
        ));
    }
    if let Some(anchor) = destination.strip_prefix('#') {
        return match decode(anchor)? {
            anchor if anchor.is_empty() => Err(fault(
                "this link names no anchor",
                "Write the anchor behind the \"#\", such as #domains.",
            )),
            anchor => Ok(Target::Anchor(anchor)),
        };
    }
    let end = destination
        .find(['/', '?', '#'])
        .unwrap_or(destination.len());
    match destination[..end].split_once(':') {
        Some((scheme, _)) => with_scheme(destination, scheme),
        None => relative(destination),
    }
}

fn with_scheme(destination: &str, scheme: &str) -> Result<Target, TargetFault> {
    let rest = &destination[scheme.len() + 1..];
    match scheme.to_ascii_lowercase().as_str() {
        scheme @ ("https" | "http") => match rest.strip_prefix("//").map(host) {
            Some(Some(_)) => Ok(Target::Web([scheme, ":", &encode(rest)].concat())),
            _ => Err(fault(
                format!("this {scheme} address names no host"),
                format!("Write the whole address, such as {scheme}://www.example.org/page."),
            )),
        },
        "mailto" => {
            let address = rest.split('?').next().unwrap_or_default();
            match address.split_once('@') {
                Some((name, host)) if !name.is_empty() && !host.is_empty() => {
                    Ok(Target::Other(format!("mailto:{}", encode(rest))))
                }
                _ => Err(fault(
                    "this mailto link names no e-mail address",
                    "Write the address behind it, such as mailto:office@example.org.",
                )),
            }
        }
        "tel" => {
            let is_number = |c: char| c.is_ascii_alphanumeric() || "+-.();=".contains(c);
            if rest.contains(|c: char| c.is_ascii_digit()) && rest.chars().all(is_number) {
                Ok(Target::Other(format!("tel:{rest}")))
            } else {
                Err(fault(
                    "this tel link names no telephone number",
                    "Write the number with its country code and hyphens, such as \
                     tel:+1-312-555-0100.",
                ))
            }
        }
        letter if letter.len() == 1 && letter.is_ascii() => Err(TargetFault {
            name: SCHEME,
            message: "this is a path on one computer".to_owned(),
            help: "Put the file under content/ and write its path relative to this file."
                .to_owned(),
        }),
        host if host.contains('.') => Err(missing_scheme(destination)),
        _ => Err(TargetFault {
            name: SCHEME,
            message: format!("a link may not lead to \"{scheme}:\""),
            help: ALLOWED.to_owned(),
        }),
    }
}

/// The host of what follows the `//`, where there is a valid one.
fn host(rest: &str) -> Option<&str> {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host_and_port = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match host_and_port.rsplit_once(':') {
        // The colons of [::1] are its own.
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (host_and_port, ""),
    };
    let is_address = host.len() > 2
        && host.starts_with('[')
        && host.ends_with(']')
        && host[1..host.len() - 1]
            .bytes()
            .all(|b| b.is_ascii_hexdigit() || b":.".contains(&b));
    let is_name = !host.is_empty()
        && !host.starts_with('.')
        && !host.as_bytes().windows(2).any(|pair| pair == b"..")
        && host
            .chars()
            .all(|c| c.is_alphanumeric() || "-._".contains(c) || !c.is_ascii());
    ((is_address || is_name)
        && port.bytes().all(|b| b.is_ascii_digit())
        && (port.is_empty() || port.parse::<u16>().is_ok()))
    .then_some(host)
}

fn relative(destination: &str) -> Result<Target, TargetFault> {
    if destination.starts_with("//") {
        return Err(fault(
            "this address lacks its beginning",
            format!("Write \"https:{destination}\"."),
        ));
    }
    if destination.starts_with('/') {
        return Err(fault(
            "a link to this site does not begin with a slash",
            "Write the path of the file relative to this one, such as other-plan.toml: it \
             becomes the link to its page, wherever the site is published.",
        ));
    }
    let (path, anchor) = match destination.split_once('#') {
        Some((path, anchor)) => (
            path,
            Some(decode(anchor)?).filter(|anchor| !anchor.is_empty()),
        ),
        None => (destination, None),
    };
    let first = path.split(['/', '?']).next().unwrap_or_default();
    if first.contains('@') {
        return Err(fault(
            "this e-mail address lacks its beginning",
            format!("Write \"mailto:{destination}\"."),
        ));
    }
    if looks_like_host(first) {
        return Err(missing_scheme(destination));
    }
    if path.contains('?') {
        return Err(fault(
            "a file of this site has no \"?\" in its address",
            "Write the path of the file alone; for another site, begin with https://.",
        ));
    }
    let path = decode_path(path)?;
    let last = path.rsplit('/').next().unwrap_or_default();
    if path.split('/').any(str::is_empty) || matches!(last, "." | "..") {
        return Err(fault(
            "this link names no file",
            "Write the path down to the file's name.",
        ));
    }
    Ok(Target::File { path, anchor })
}

fn looks_like_host(first: &str) -> bool {
    let lower = first.to_ascii_lowercase();
    lower.starts_with("www.")
        || [".com", ".edu", ".gov", ".int", ".net", ".org"]
            .iter()
            .any(|end| {
                lower
                    .strip_suffix(end)
                    .is_some_and(|name| !name.trim_matches('.').is_empty())
            })
}

fn missing_scheme(destination: &str) -> TargetFault {
    fault(
        "this address lacks its beginning",
        format!("Write \"https://{destination}\"."),
    )
}

fn decode_path(path: &str) -> Result<String, TargetFault> {
    let decoded = decode(path)?;
    // An encoded separator would lead somewhere else than it seems to.
    let separators = |text: &str| text.matches('/').count();
    if decoded.contains(['\\', ':']) || separators(&decoded) != separators(path) {
        return Err(fault(
            "a file's name here has no \"/\", \"\\\" or \":\"",
            "Rename the file with letters, digits, hyphens and underscores.",
        ));
    }
    Ok(decoded)
}

/// Undoes percent-encoding (RFC 3986, 2.1).
fn decode(text: &str) -> Result<String, TargetFault> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let pair = tail
            .get(..2)
            .filter(|pair| pair.iter().all(u8::is_ascii_hexdigit));
        let code = pair
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let Some(code) = code else {
            return Err(fault(
                "a \"%\" in a link is followed by two digits",
                "Write \"%25\" for the sign itself.",
            ));
        };
        bytes.push(code);
        rest = &tail[2..];
    }
    match String::from_utf8(bytes) {
        // A space may be encoded; what cannot be seen may not.
        Ok(text) if !text.chars().any(|c| c != ' ' && is_invisible(c)) => Ok(text),
        _ => Err(fault(
            "what is encoded with \"%\" in this link is no text",
            "Write the characters themselves; only a space has to be written as \"%20\".",
        )),
    }
}

/// Encodes what no URL may hold (WHATWG URL, "URL code points"), and leaves the rest alone.
fn encode(rest: &str) -> String {
    let may_change = |byte: u8| glance::one_of(byte, b"\"<>`{}|^[]%#") | !byte.is_ascii();
    if !glance::any(rest, may_change) {
        return rest.to_owned();
    }
    let authority = rest.strip_prefix("//").map_or(0, |rest| {
        rest.find(['/', '?', '#']).unwrap_or(rest.len()) + 2
    });
    let mut encoded = String::with_capacity(rest.len());
    let mut in_fragment = false;
    for (at, c) in rest.char_indices() {
        let is_escape = || {
            let pair = rest.as_bytes().get(at + 1..at + 3);
            pair.is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit))
        };
        let is_foreign = match c {
            '"' | '<' | '>' | '`' | '{' | '}' | '|' | '^' => true,
            // A host that is an IPv6 address stands in brackets.
            '[' | ']' => at >= authority,
            '%' => !is_escape(),
            '#' => std::mem::replace(&mut in_fragment, true),
            _ => is_noncharacter(c),
        };
        if is_foreign {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        } else {
            encoded.push(c);
        }
    }
    encoded
}

fn is_invisible(c: char) -> bool {
    if c.is_ascii() {
        return c == ' ' || c.is_ascii_control();
    }
    // The joiners are letters' neighbours in Persian and many Indian languages.
    c.is_whitespace()
        || c.is_control()
        || (c.general_category() == GeneralCategory::Format
            && !matches!(c, '\u{200c}' | '\u{200d}'))
}

fn is_noncharacter(c: char) -> bool {
    let code = u32::from(c);
    code & 0xfffe == 0xfffe || (0xfdd0..=0xfdef).contains(&code)
}

fn invisible(destination: &str, c: char) -> TargetFault {
    let trimmed = destination.trim();
    if trimmed.is_empty() {
        fault("this link leads nowhere", ALLOWED)
    } else if c == ' ' && trimmed.len() == destination.len() {
        fault("a link has no spaces", "Write \"%20\" for each space.")
    } else if c.is_whitespace() {
        fault(
            "a link has no spaces or line breaks",
            "Write it without them, on one line.",
        )
    } else {
        fault(
            format!(
                "this link contains an invisible character (U+{:04X})",
                u32::from(c)
            ),
            "Type the link anew: it probably came along when the text was copied.",
        )
    }
}

fn fault(message: impl Into<String>, help: impl Into<String>) -> TargetFault {
    TargetFault {
        name: DESTINATION,
        message: message.into(),
        help: help.into(),
    }
}
