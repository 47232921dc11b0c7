//! One request, made by the program `curl`. In: an address. Out: the status and where it leads on,
//! or what went wrong. No shell is involved, and the address is never an argument: it comes in by the
//! standard input, so that nothing in it can be taken for an option.

use std::io::{ErrorKind, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::diagnostic::Failure;

/// How much is read of a page, in bytes: that it comes is all that matters.
const ENOUGH: u64 = 64 * 1024;

/// What the line begins with in which curl says how it ended.
const SAYS: &str = "planpress:";

/// How the page is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Head,
    Get,
}

/// What came of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A status (RFC 9110, 15), and the whole address that it leads on to.
    Status(u16, Option<String>),
    /// There is no host of this name.
    NoName,
    /// Nothing takes connections there.
    Refused,
    /// No answer in time.
    Silent,
    /// The connection was closed without an answer, or with one that makes no sense.
    Lost,
    /// The connection cannot be made secure; why, in curl's words.
    Insecure(String),
    /// Anything else, in curl's words.
    Other(String),
}

impl Answer {
    /// True for what has nothing to do with the page that was asked for.
    pub fn holds_for_the_host(&self) -> bool {
        matches!(
            self,
            Self::NoName | Self::Refused | Self::Insecure(_) | Self::Status(429 | 503, _)
        )
    }
}

/// Asks for a page.
///
/// # Errors
///
/// Where curl cannot be started.
pub fn ask(address: &str, method: Method, patience: Duration) -> Result<Answer, Failure> {
    // A program that reads lines must not be told a second one.
    if address.contains(|c: char| c.is_control() || c.is_whitespace()) {
        return Ok(Answer::Other("the address holds a space".to_owned()));
    }
    let mut command = Command::new("curl");
    command
        // First, or a file of the person's own settings is read.
        .arg("-q")
        .args(["--silent", "--show-error", "--globoff"])
        .args(["--proto", "=http,https", "--proto-redir", "=http,https"])
        .args(["--max-redirs", "0", "--max-time"])
        .arg(format!("{:.3}", patience.as_secs_f64()))
        .arg("--user-agent")
        .arg(concat!("planpress/", env!("CARGO_PKG_VERSION")))
        .arg("--write-out")
        .arg(format!(
            "%{{stderr}}\n{SAYS} %{{http_code}} %{{redirect_url}}\n"
        ));
    if method == Method::Head {
        command.arg("--head");
    }
    let mut child = command
        .args(["--config", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| cannot_start(&error))?;
    let said = talk(&mut child, address);
    let ended = child.wait().map_err(|error| cannot_start(&error))?;
    Ok(understand(ended.code().unwrap_or_default(), &said))
}

/// Tells curl the address, and returns what it says on standard error.
fn talk(child: &mut Child, address: &str) -> String {
    if let Some(mut input) = child.stdin.take() {
        let quoted = address.replace('\\', "\\\\").replace('"', "\\\"");
        // Where curl ended already, it says why.
        let _ = writeln!(input, "url = \"{quoted}\"");
    }
    if let Some(page) = child.stdout.take() {
        // What is not read when the pipe closes is never fetched.
        let _ = page.take(ENOUGH).read_to_end(&mut Vec::new());
    }
    let mut said = Vec::new();
    if let Some(mut errors) = child.stderr.take() {
        let _ = errors.read_to_end(&mut said);
    }
    String::from_utf8_lossy(&said).into_owned()
}

fn understand(code: i32, said: &str) -> Answer {
    let result = said.lines().find_map(|line| line.strip_prefix(SAYS));
    let mut words = result.unwrap_or_default().split_whitespace();
    let status = words.next().and_then(|status| status.parse().ok());
    if let Some(status @ 100..) = status {
        return Answer::Status(status, words.next().map(str::to_owned));
    }
    let why = || {
        let line = said.lines().find_map(|line| line.strip_prefix("curl: "));
        let line = line.unwrap_or_default();
        let line = line.split_once(") ").map_or(line, |(_, words)| words);
        line.trim().to_owned()
    };
    // The exit codes stand in curl's manual.
    match code {
        6 => Answer::NoName,
        7 => Answer::Refused,
        28 => Answer::Silent,
        1 | 8 | 16 | 18 | 52 | 55 | 56 | 61 | 92 | 95 => Answer::Lost,
        35 | 51 | 53 | 54 | 58 | 59 | 60 | 64 | 66 | 77 | 80 | 82 | 83 | 90 | 91 => {
            Answer::Insecure(why())
        }
        _ => Answer::Other(why()),
    }
}

fn cannot_start(error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::NotFound {
        Failure::new("links to other sites are tried with the program curl, which is not there")
            .help("Windows (since 10) and macOS have it; on Debian and Ubuntu install the package curl: sudo apt install curl")
            .help("Without --external, everything else is checked.")
    } else {
        Failure::new(format!("the program curl cannot be started: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_counts_even_where_its_page_was_cut_short() {
        let said = "curl: (23) Failed writing body\n\nplanpress: 200 \n";
        assert_eq!(understand(23, said), Answer::Status(200, None));
    }

    #[test]
    fn where_it_leads_on_is_told() {
        let said = "\nplanpress: 301 https://example.org/new\n";
        let to = Some("https://example.org/new".to_owned());
        assert_eq!(understand(0, said), Answer::Status(301, to));
    }

    #[test]
    fn without_an_answer_the_reason_is_told() {
        let said =
            "curl: (60) SSL certificate problem: expired\nMore details here\n\nplanpress: 000 \n";
        let why = "SSL certificate problem: expired".to_owned();
        assert_eq!(understand(60, said), Answer::Insecure(why));
        assert_eq!(understand(6, "\nplanpress: 000 \n"), Answer::NoName);
    }
}
