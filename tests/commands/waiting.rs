//! What a person sees while a long build is going on, and what a program does not.

use std::process::{Command, Output, Stdio};

use crate::{PLANPRESS, Place};

#[path = "../../benches/generate/plans.rs"]
mod plans;

/// So many that even a quick machine is at it for more than a second, with one thread and a
/// program that was not built to be fast.
const MANY: usize = 300;

/// Lets a program run at a terminal, and gives on what it shows there.
const TERMINAL: &str = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)";

fn site_of_many_plans() -> Place {
    let site = Place::empty();
    site.write("planpress.toml", plans::SETTINGS);
    for number in 0..MANY {
        let path = format!("content/{}", plans::file_name(number));
        site.write(&path, &plans::plan(number, plans::Shape::USUAL));
    }
    site
}

fn check(site: &Place, command: &mut Command) -> Output {
    let output = command
        .current_dir(site.path("."))
        .env("PLANPRESS_THREADS", "1")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    assert!(output.status.success(), "{output:?}");
    output
}

fn at_a_terminal() -> Command {
    let mut command = Command::new("python3");
    command.args(["-c", TERMINAL, PLANPRESS]).env_remove("CI");
    command
}

#[test]
fn a_long_build_says_how_far_it_is_at_a_terminal_and_nowhere_else() {
    let site = site_of_many_plans();
    let counts = format!(" of {MANY} plans");

    let shown = check(&site, at_a_terminal().arg("check"));
    let shown = String::from_utf8_lossy(&shown.stdout);
    assert!(shown.contains(&counts), "{shown:?}");
    let (_, last) = shown.rsplit_once('\r').expect("the line is overwritten");
    let last = last.trim_end_matches('\n');
    assert!(last.is_empty() || last.starts_with("Checked "), "{shown:?}");

    let in_ci = check(&site, at_a_terminal().arg("check").env("CI", "true"));
    assert!(!String::from_utf8_lossy(&in_ci.stdout).contains(&counts));

    let piped = check(&site, Command::new(PLANPRESS).arg("check").env_remove("CI"));
    assert!(piped.stderr.is_empty(), "{piped:?}");
    assert!(!String::from_utf8_lossy(&piped.stdout).contains('\r'));
}
