//! Help, usage errors, colours, and readers that go away.

use std::process::{Command, Stdio};

use snapbox::str;

use crate::{PLANPRESS, Place, planpress, text};

const COMMANDS: [&str; 13] = [
    "build",
    "check",
    "serve",
    "init",
    "new",
    "embed",
    "freeze",
    "thaw",
    "schema",
    "theme list",
    "theme copy",
    "completions",
    "manpage",
];

#[test]
fn the_help_lists_every_command_and_the_exit_codes() {
    for words in ["--help", "-h"] {
        let output = Place::empty()
            .run(words)
            .assert()
            .code(0)
            .stderr_eq("")
            .get_output()
            .clone();
        let help = text(&output.stdout);
        for command in COMMANDS {
            let command = command.split(' ').next().unwrap_or_default();
            assert!(
                help.contains(&format!("\n  {command} ")),
                "{command} is not in:\n{help}"
            );
        }
        assert!(help.contains("\nExit codes:\n  0  Done.\n  1  ") && help.contains("\n  2  "));
    }
}

#[test]
fn the_help_of_every_command_has_an_example() {
    for command in COMMANDS {
        for flag in ["--help", "-h"] {
            let output = Place::empty()
                .run(&format!("{command} {flag}"))
                .assert()
                .code(0);
            let help = text(&output.get_output().stdout);
            assert!(help.contains("Example") && help.contains(&format!("\n  planpress {command}")));
            let is_long = |line: &&str| line.chars().count() > 100;
            assert_eq!(
                help.lines().find(is_long),
                None,
                "a line that a window breaks"
            );
        }
    }
}

#[test]
fn help_is_a_command_too() {
    for command in COMMANDS {
        let said = |words: String| {
            let output = Place::empty().run(&words).assert().code(0);
            text(&output.get_output().stdout).to_owned()
        };
        assert_eq!(
            said(format!("help {command}")),
            said(format!("{command} --help"))
        );
    }
}

#[test]
fn the_version_is_the_packages() {
    let version = format!("planpress {}\n", env!("CARGO_PKG_VERSION"));
    Place::empty()
        .run("--version")
        .assert()
        .code(0)
        .stdout_eq(version)
        .stderr_eq("");
}

#[test]
fn wrong_usage_ends_with_code_2_and_says_what_was_meant() {
    let place = Place::empty();
    place
        .run("bild")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: unrecognized subcommand 'bild'

  tip: a similar subcommand exists: 'build'

Usage: planpress [OPTIONS] <COMMAND>

For more information, try '--help'.

"#]]);
    place
        .run("build --outptu x")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: unexpected argument '--outptu' found

  tip: a similar argument exists: '--output'

Usage: planpress build --output <DIR>

For more information, try '--help'.

"#]]);
    place
        .run("check --format xml")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: invalid value 'xml' for '--format <FORMAT>'
  [possible values: human, json, github]

For more information, try '--help'.

"#]]);
    for words in [
        "",
        "new",
        "init",
        "build extra",
        "build --base-url=",
        "build --root=",
    ] {
        place.run(words).assert().code(2).stdout_eq("");
    }
}

#[test]
fn a_root_that_is_no_site_is_told_for_what_it_is() {
    let place = Place::site();
    for (root, said) in [
        ("planpress.toml", "planpress.toml is a file, not a folder"),
        (
            "content",
            "there is no planpress.toml in the folder content",
        ),
        ("gone", "there is no folder gone"),
    ] {
        let output = place.run(&format!("check --root {root}")).assert().code(2);
        let stderr = text(&output.stdout_eq("").get_output().stderr);
        assert!(stderr.starts_with(&format!("error: {said}\n")), "{stderr}");
        assert!(
            stderr.contains("Name the folder that holds planpress.toml."),
            "{stderr}"
        );
    }
}

#[test]
fn quiet_and_verbose_contradict_each_other_wherever_they_stand() {
    let place = Place::site();
    for words in [
        "build -q -v",
        "-q -v build",
        "--quiet build --verbose",
        "-v check -q",
    ] {
        place
            .run(words)
            .assert()
            .code(2)
            .stdout_eq("")
            .stderr_eq(str![[r#"
error: --quiet and --verbose contradict each other
...
"#]]);
    }
}

#[test]
fn a_number_of_threads_that_is_none_ends_with_code_2() {
    let place = Place::site();
    for value in ["many", "0", "-1", "1.5"] {
        place
            .run("build")
            .env("PLANPRESS_THREADS", value)
            .assert()
            .code(2)
            .stdout_eq("")
            .stderr_eq(str![[r#"
error: the environment variable PLANPRESS_THREADS is `[..]`, which is no number of threads
 |
 = help: Set it to 1 or more, or leave it out.

"#]]);
    }
    place
        .run("check")
        .env("PLANPRESS_THREADS", "")
        .assert()
        .code(0);
    place
        .run("check")
        .env("PLANPRESS_THREADS", "3")
        .assert()
        .code(0);
}

#[test]
fn every_shell_gets_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = Place::empty()
            .run(&format!("completions {shell}"))
            .assert()
            .code(0);
        let output = output.stderr_eq("").get_output().clone();
        let script = text(&output.stdout);
        assert!(
            script.contains("base-url") && script.contains("unpublished"),
            "{shell}:\n{script}"
        );
    }
    Place::empty()
        .run("completions dos")
        .assert()
        .code(2)
        .stdout_eq("");
}

#[test]
fn the_manual_page_has_every_command_and_option() {
    let output = Place::empty()
        .run("manpage")
        .assert()
        .code(0)
        .stderr_eq("")
        .get_output()
        .clone();
    let page = text(&output.stdout);
    assert!(page.contains(".TH planpress 1"), "{page}");
    for command in COMMANDS {
        assert!(
            page.contains(&format!(".SH PLANPRESS {}\n", command.to_uppercase())),
            "{page}"
        );
    }
    for option in [
        "base\\-url",
        "unpublished",
        "strict",
        "format",
        "root",
        "output",
        "quiet",
    ] {
        assert!(page.contains(option), "{option} is not in:\n{page}");
    }
    assert_eq!(
        page.matches("\\fB\\-\\-quiet\\fR").count(),
        2,
        "said once, not for each command"
    );
}

#[test]
fn there_are_no_colours_in_a_pipe_unless_they_are_asked_for() {
    let place = Place::empty();
    let stderr = |words: &str, no_color: &str| {
        let command = place.run(words).env("NO_COLOR", no_color);
        text(&command.assert().code(2).get_output().stderr)
    };
    assert!(!stderr("build", "").contains('\u{1b}'));
    assert!(!stderr("build", "1").contains('\u{1b}'));
    assert!(!stderr("build --color never", "").contains('\u{1b}'));
    assert!(stderr("build --color always", "").contains("\u{1b}["));
    assert!(
        stderr("build --color always", "1").contains("\u{1b}["),
        "a flag outdoes a variable"
    );
}

/// `script` (of util-linux) is a terminal for the program it runs.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_gets_colours_unless_no_color_is_set() {
    let place = Place::empty();
    let shown = |no_color: Option<&str>, flags: &str| {
        let mut command = Command::new("script");
        command.args([
            "--quiet",
            "--return",
            "--command",
            &format!("{PLANPRESS} build {flags}"),
        ]);
        command
            .arg("/dev/null")
            .current_dir(place.path("."))
            .env("TERM", "xterm");
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command.envs(no_color.map(|value| ("NO_COLOR", value)));
        let output = command
            .stdin(Stdio::null())
            .output()
            .expect("util-linux is installed");
        assert_eq!(output.status.code(), Some(2));
        text(&output.stdout)
    };
    assert!(shown(None, "").contains("\u{1b}["));
    assert!(!shown(Some("1"), "").contains('\u{1b}'));
    assert!(!shown(None, "--color never").contains('\u{1b}'));
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let place = Place::site();
    let site = place.path(".");
    for words in [
        &["completions", "zsh"][..],
        &["manpage"],
        &["--help"],
        &["--version"],
        &["check", "--verbose"],
        &["build", "--verbose"],
    ] {
        let mut child = Command::new(PLANPRESS)
            .args(words)
            .current_dir(&site)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(text(&output.stderr), "", "{words:?}");
        assert_eq!(output.status.code(), Some(0), "{words:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    let place = Place::site();
    for words in [&["completions", "zsh"][..], &["check"]] {
        let full = std::fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let mut command = Command::new(PLANPRESS);
        command
            .args(words)
            .current_dir(place.path("."))
            .stdout(full);
        let output = command.stderr(Stdio::piped()).output().unwrap();
        assert!(text(&output.stderr).starts_with("error: cannot write to standard output"));
        assert_eq!(output.status.code(), Some(2));
    }
}

#[cfg(unix)]
#[test]
fn arguments_that_are_not_unicode_are_refused_or_used_as_paths() {
    use std::os::unix::ffi::OsStrExt;
    let odd = std::ffi::OsStr::from_bytes(b"x\xff");
    planpress()
        .arg("check")
        .arg("--root")
        .arg(odd)
        .assert()
        .code(2)
        .stdout_eq("");
    planpress()
        .arg("new")
        .arg(odd)
        .assert()
        .code(2)
        .stdout_eq("");
    planpress().arg(odd).assert().code(2).stdout_eq("");
}
