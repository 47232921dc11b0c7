//! Addresses: where a page lives on the site, where its file lies in the output, and where the
//! site stands.

use std::fmt;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// A file's place in the output folder: relative, `/` on every system, no empty, `.` or `..`
/// segment, no backslash, no control character.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct OutputPath(String);

impl TryFrom<String> for OutputPath {
    type Error = &'static str;

    fn try_from(path: String) -> Result<Self, Self::Error> {
        Self::new(path).ok_or("this is no path of an output file")
    }
}

impl OutputPath {
    /// Takes a path that keeps the rules above; `None` for any other.
    pub fn new(path: impl Into<String>) -> Option<Self> {
        let path = path.into();
        Self::is_sound(&path).then_some(Self(path))
    }

    /// True for a path that keeps the rules above.
    pub fn is_sound(path: &str) -> bool {
        let sound = |segment: &str| {
            !segment.is_empty()
                && segment != "."
                && segment != ".."
                && !segment.contains(|c: char| c == '\\' || c.is_control())
        };
        path.split('/').all(sound)
    }

    /// The path as text, with `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The address of a page below the site's own: the empty one is the home page, `ala-2025` lives
/// at `/ala-2025/`. A route has the rules of an [`OutputPath`].
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route(Box<str>);

impl Route {
    /// The home page.
    pub fn home() -> Self {
        Self(Box::default())
    }

    /// A route from segments joined by `/`, without one at either end.
    pub fn new(segments: &str) -> Option<Self> {
        OutputPath::is_sound(segments).then(|| Self(segments.into()))
    }

    /// The segments, joined by `/`; empty for the home page.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The page's file: `ala-2025/index.html`.
    pub fn file(&self) -> OutputPath {
        OutputPath(if self.0.is_empty() {
            "index.html".to_owned()
        } else {
            format!("{}/index.html", self.0)
        })
    }

    /// A file of such a name beside the page's own: `ala-2025/plan.json`. The home page has none.
    pub(super) fn file_beside(&self, name: &'static str) -> Option<OutputPath> {
        (!self.0.is_empty()).then(|| OutputPath([&*self.0, "/", name].concat()))
    }

    /// `/ala-2025/`, as it is shown to people.
    pub fn path(&self) -> String {
        if self.0.is_empty() {
            "/".to_owned()
        } else {
            format!("/{}/", self.0)
        }
    }
}

/// `#anchor`, encoded for an address. What a plan's anchor is made of stays as it is in the `id`
/// that it leads to, also beyond ASCII (URL Standard, URL code points), as in the templates.
pub fn fragment(anchor: &str) -> String {
    let mut fragment = String::with_capacity(anchor.len() + 1);
    push_fragment(&mut fragment, anchor);
    fragment
}

/// The same behind an address.
pub(super) fn push_fragment(address: &mut String, anchor: &str) {
    use GeneralCategoryGroup::{Letter, Mark, Number};
    address.push('#');
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if anchor.bytes().all(is_plain) {
        return address.push_str(anchor);
    }
    for c in anchor.chars() {
        match c.general_category_group() {
            Letter | Mark | Number => address.push(c),
            _ => address.push_str(&encode(c.encode_utf8(&mut [0; 4]))),
        }
    }
}

/// Percent-encodes what a path cannot hold (RFC 3986, 3.3); `/` stays. Letters beyond ASCII are
/// encoded too, so that the address is one for every program.
pub(super) fn encode(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b':' => {
                encoded.push(char::from(byte))
            }
            _ => {
                // Writing to a string cannot fail.
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

/// Percent-encodes letters beyond ASCII, and nothing else.
fn encode_beyond_ascii(path: &str) -> String {
    let mut encoded = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            c if c.is_ascii() => encoded.push(c),
            c => encoded.push_str(&encode(c.encode_utf8(&mut [0; 4]))),
        }
    }
    encoded
}

/// Undoes percent-encoding; what is not UTF-8 afterwards stays as it was.
pub fn decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let code = (first == b'%').then(|| behind.get(..2)).flatten();
        match code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &behind[2..];
            }
            None => {
                bytes.push(first);
                rest = behind;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Where the site stands: `https://example.org/plans/`, or only a path, `/plans/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    /// `https://example.org`; `None` where only a path is known.
    origin: Option<String>,
    /// Begins and ends with `/`.
    path: String,
}

impl Default for BaseUrl {
    fn default() -> Self {
        Self {
            origin: None,
            path: "/".to_owned(),
        }
    }
}

/// The name of a host as it stands in an address, maybe with its port; letter case means nothing.
fn host_of(written: &str) -> Result<String, String> {
    let name = written.split(':').next().unwrap_or_default();
    if name.is_empty() {
        return Err(
            "Behind the `://` comes the name of the web server: \"https://example.org/plans/\"."
                .to_owned(),
        );
    }
    if let Some((_, host)) = written.rsplit_once('@') {
        return Err(format!(
            "A name or a password would be on every page: write only \"{host}\"."
        ));
    }
    Ok(written.to_ascii_lowercase())
}

/// The host without the port that its scheme has anyway.
fn without_usual_port(host: &str) -> &str {
    let bare = host
        .strip_suffix(":443")
        .or_else(|| host.strip_suffix(":80"));
    bare.unwrap_or(host)
}

/// What to do about an address that begins with neither `https://` nor `/`.
fn without_scheme(text: &str) -> String {
    let rest = text
        .trim_start_matches("https:")
        .trim_start_matches("http:");
    let rest = rest.trim_start_matches('/');
    let first = rest.split('/').next().unwrap_or_default();
    match () {
        () if first.is_empty() => {
            "Write the whole address, \"https://example.org/plans/\", or only its path, \"/plans/\"."
                .to_owned()
        }
        () if first.contains(['.', ':']) => {
            format!("It does not begin with `https://`: write \"https://{rest}\".")
        }
        () => format!(
            "It begins with neither `https://` nor a slash: write \"/{rest}\" for this path, whatever the web server is called."
        ),
    }
}

impl BaseUrl {
    /// Reads an address that begins with `https://`, `http://` or `/`.
    ///
    /// # Errors
    ///
    /// A sentence or two that say what is wrong with it, and what to write.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(at) = text.find(['?', '#']) {
            let (before, rest) = text.split_at(at);
            return Err(format!(
                "Pages are put below this address, so it ends before the `{}`: \"{before}\".",
                &rest[..1]
            ));
        }
        if let Some(bad) = text
            .chars()
            .find(|c| c.is_whitespace() || c.is_control() || "\\\"<>^`{|}".contains(*c))
        {
            return Err(match bad {
                ' ' => "An address has no spaces: copy it from the browser, where a folder's name with a space has `%20` in its place.".to_owned(),
                '\\' => "An address has slashes, /, no backslashes.".to_owned(),
                bad if bad.is_whitespace() || bad.is_control() => {
                    "It holds a character that cannot be seen: write it anew.".to_owned()
                }
                bad => format!("An address cannot hold `{bad}`."),
            });
        }
        let (origin, path) = match text.split_once("://") {
            Some((scheme, rest)) if matches!(scheme, "https" | "http") => {
                let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
                (Some(format!("{scheme}://{}", host_of(host)?)), path)
            }
            Some((scheme, rest)) => {
                return Err(format!(
                    "Web pages are not at `{scheme}://`: write \"https://{rest}\", or only the path, \"/plans/\"."
                ));
            }
            None if text.starts_with('/') && !text.starts_with("//") => (None, &text[1..]),
            None => return Err(without_scheme(text)),
        };
        let path = path.trim_matches('/');
        if path.split('/').any(|segment| matches!(segment, "." | "..")) {
            return Err(
                "`.` and `..` have no meaning here: write the whole path, /plans/.".to_owned(),
            );
        }
        if path.contains("//") {
            return Err("It has two slashes in a row: take one of them out.".to_owned());
        }
        let path = if path.is_empty() {
            "/".to_owned()
        } else {
            format!("/{path}/")
        };
        Ok(Self { origin, path })
    }

    /// True where the host is known, so that there are absolute addresses.
    pub fn has_host(&self) -> bool {
        self.origin.is_some()
    }

    /// The path below the host, with `/` at both ends.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The address of a page below the host: `/plans/ala-2025/`.
    pub fn path_to(&self, route: &Route) -> String {
        let home = encode_beyond_ascii(&self.path);
        match route.as_str() {
            "" => home,
            segments => format!("{home}{}/", encode(segments)),
        }
    }

    /// What a path below the host, decoded, is below the site: `ala-2025/` for `/plans/ala-2025/`.
    pub fn strip<'p>(&self, path: &'p str) -> Option<&'p str> {
        path.strip_prefix(decode(&self.path).as_str())
    }

    /// What a path below the host is below the site, as it is written: `ala-2025/#a` for
    /// `/plans/ala-2025/#a`.
    pub fn below_host<'a>(&self, path: &'a str) -> Option<&'a str> {
        let encoded = encode_beyond_ascii(&self.path);
        for home in [self.path.as_str(), encoded.as_str()] {
            if let Some(below) = path.strip_prefix(home) {
                return Some(below);
            }
            // A server leads from the folder's name to the folder.
            let bare = path.strip_prefix(home.trim_end_matches('/'));
            if let Some(below) = bare.filter(|rest| rest.is_empty() || rest.starts_with(['#', '?']))
            {
                return Some(below);
            }
        }
        None
    }

    /// The same for a whole address, `https://example.org/plans/ala-2025/#a`, whichever of the two
    /// schemes it has. `None` for one of another site, and where no host is known.
    pub fn below<'a>(&self, address: &'a str) -> Option<&'a str> {
        let (_, own) = self.origin.as_ref()?.split_once("://")?;
        let rest = address.strip_prefix("//").or_else(|| {
            let (scheme, rest) = address.split_once("://")?;
            let is_web = ["https", "http"]
                .iter()
                .any(|web| scheme.eq_ignore_ascii_case(web));
            is_web.then_some(rest)
        })?;
        let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
        without_usual_port(host)
            .eq_ignore_ascii_case(without_usual_port(own))
            .then(|| self.below_host(path))
            .flatten()
    }

    /// The address of a file of the output below the host: `/plans/assets/style.css`.
    pub fn path_to_file(&self, file: &OutputPath) -> String {
        format!("{}{}", encode_beyond_ascii(&self.path), encode(&file.0))
    }

    /// The absolute address of a file of the output; `None` where no host is known.
    pub fn file(&self, file: &OutputPath) -> Option<String> {
        let origin = self.origin.as_ref()?;
        Some(format!("{origin}{}", self.path_to_file(file)))
    }

    /// The absolute address at which a web server has the page in this file; `None` where no host
    /// is known.
    pub fn at(&self, file: &OutputPath) -> Option<String> {
        let address = self.file(file)?;
        let folder = address.strip_suffix("index.html");
        let folder = folder.filter(|folder| folder.ends_with('/'));
        Some(folder.unwrap_or(&address).to_owned())
    }

    /// The absolute address of a page; `None` where no host is known.
    pub fn page(&self, route: &Route) -> Option<String> {
        let origin = self.origin.as_ref()?;
        Some(format!("{origin}{}", self.path_to(route)))
    }
}
