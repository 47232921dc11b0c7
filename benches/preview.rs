//! How fast a preview follows: `cargo bench --bench preview`.
//!
//! For sites of 1, 1,000 and 10,000 plans: from the start of the program to the first page, then
//! from the end of a save until a GET returns the new page, for files written in place and for
//! files that replace another by a rename. Prints the median and the maximum, in milliseconds, and
//! how much memory the preview holds in the end. Nothing here passes or fails.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// Saves of each kind for each site.
const SAVES: usize = 100;

/// Between two saves: a person, however quick, lets the preview come to rest.
const PAUSE: Duration = Duration::from_millis(60);

/// Between two requests for the page that is waited for.
const ASK_AGAIN: Duration = Duration::from_micros(500);

/// The plan that is multiplied.
const PLAN: &str = include_str!("../content/ala-2025.toml");

fn main() {
    println!(
        "plans   start to first page   saved in place          replaced by a rename    memory"
    );
    println!("                              median      maximum     median      maximum");
    for plans in [1, 1_000, 10_000] {
        measure(plans);
    }
}

fn measure(plans: usize) {
    let site = TempDir::new().expect("a folder for the site");
    let content = site.path().join("content");
    fs::create_dir(&content).expect("a folder for the plans");
    fs::write(
        site.path().join("planpress.toml"),
        "title = \"Many plans\"\n",
    )
    .expect("the settings");
    for number in 0..plans {
        fs::write(content.join(name(number)), plan(number, "first")).expect("a plan");
    }
    let edited = plans / 2;
    let begun = Instant::now();
    let preview = Preview::start(site.path());
    let path = format!("/{}/", name(edited).trim_end_matches(".toml"));
    assert!(preview.get(&path).contains("<h1"), "a page");
    let start = begun.elapsed();

    let place = content.join(name(edited));
    let in_place = follow(&preview, &path, edited, "written", |text| {
        fs::write(&place, text).expect("the plan is saved");
    });
    let beside = content.join(".plan.toml.new");
    let by_rename = follow(&preview, &path, edited, "renamed", |text| {
        fs::write(&beside, text).expect("the new text is written");
        fs::rename(&beside, &place).expect("the plan is replaced");
    });
    println!(
        "{plans:>6}{:>18.0} ms{:>16.1}{:>13.1}{:>13.1}{:>13.1}{:>11} MiB",
        ms(start),
        median(&in_place),
        maximum(&in_place),
        median(&by_rename),
        maximum(&by_rename),
        preview.memory() >> 10,
    );
}

/// Saves the plan again and again, and says how long its page took to follow each time.
fn follow(
    preview: &Preview,
    path: &str,
    number: usize,
    word: &str,
    save: impl Fn(&str),
) -> Vec<f64> {
    (0..SAVES)
        .map(|round| {
            std::thread::sleep(PAUSE);
            let mark = format!("{word}{round}end");
            save(&plan(number, &mark));
            let saved = Instant::now();
            while !preview.get(path).contains(&mark) {
                assert!(saved.elapsed() < Duration::from_secs(20), "{path} follows");
                std::thread::sleep(ASK_AGAIN);
            }
            ms(saved.elapsed())
        })
        .collect()
}

fn name(number: usize) -> String {
    format!("plan-{number:05}.toml")
}

/// The plan with a title of its own, without what names other plans, and with a word to look for.
fn plan(number: usize, mark: &str) -> String {
    let mut titled = false;
    let mut lines = Vec::new();
    for line in PLAN.lines().filter(|line| !line.starts_with("supersedes")) {
        if line.starts_with("title =") && !titled {
            titled = true;
            lines.push(format!("title = \"Strategic Plan {number}\""));
            lines.push(format!("subtitle = \"{mark}\""));
        } else if !line.starts_with("subtitle =") {
            lines.push(line.to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// A preview that runs until it is dropped.
struct Preview {
    process: Child,
    host: String,
}

impl Preview {
    fn start(root: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_planpress"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the preview starts");
        let mut said = BufReader::new(process.stdout.take().expect("it says something"));
        let mut line = String::new();
        said.read_line(&mut line).expect("it says its address");
        let (_, address) = line.trim_end().split_once("http://").expect("an address");
        let host = address.trim_end_matches('/').to_owned();
        // What it says later is read, so that it never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut said, &mut std::io::sink()));
        Self { process, host }
    }

    fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.host).expect("the preview listens");
        let host = &self.host;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("it takes a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("it answers");
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Memory in use, in KiB; 0 where the system does not say.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()));
        status
            .unwrap_or_default()
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok())
            .unwrap_or(0)
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn ms(took: Duration) -> f64 {
    took.as_secs_f64() * 1_000.0
}

fn median(times: &[f64]) -> f64 {
    let mut sorted = times.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}

fn maximum(times: &[f64]) -> f64 {
    times.iter().copied().fold(0.0, f64::max)
}
