//! How a preview starts and ends, and what it says when it cannot start.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::served::{LONG, PLANPRESS, Served};

fn site() -> TempDir {
    let site = TempDir::new().expect("a folder for the site");
    fs::create_dir(site.path().join("content")).expect("a folder for the plans");
    fs::write(
        site.path().join("planpress.toml"),
        "title = \"Our plans\"\n",
    )
    .expect("settings");
    let plan = "title = \"Plan\"\n\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Speak.\"]\n";
    fs::write(site.path().join("content/plan.toml"), plan).expect("a plan");
    site
}

/// Runs a preview that cannot start.
fn refused(root: &Path, arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = Command::new(PLANPRESS)
        .arg("serve")
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::null())
        .output()
        .expect("planpress runs");
    assert_eq!(status.code(), Some(2));
    String::from_utf8(stderr).expect("it speaks text")
}

#[test]
fn it_says_where_it_is_what_it_watches_and_how_to_stop_it() {
    let site = site();
    let served = Served::of(site.path(), &[]);
    let begun = Instant::now();
    while !served.said().contains("Ctrl-C") {
        assert!(begun.elapsed() < LONG, "{}", served.said());
        std::thread::sleep(Duration::from_millis(5));
    }
    let said = served.said();
    let first = said.lines().next().expect("a first line");
    assert_eq!(
        first,
        format!("Preview of \"Our plans\": http://{}/", served.address)
    );
    assert!(said.contains("  1 plan\n"), "{said}");
    assert!(said.contains("  Watching "), "{said}");
    assert!(
        said.contains("Nothing is published. Ctrl-C stops the preview."),
        "{said}"
    );
}

#[test]
fn a_busy_port_leads_to_the_next_free_one_and_is_named() {
    let site = site();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("it has an address").port();
    let served = Served::of(site.path(), &["--port", &port.to_string()]);
    assert!(served.address.port() > port, "{}", served.address);
    let told = format!("Port {port} is in use, so this is the next free one.");
    let begun = Instant::now();
    while !served.said().contains(&told) {
        assert!(begun.elapsed() < LONG, "{}", served.said());
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn what_cannot_be_served_is_said_with_what_to_type_instead() {
    let site = site();
    let nowhere = TempDir::new().expect("a folder");
    for (root, arguments, what, advice) in [
        (
            nowhere.path(),
            &[][..],
            "there is no planpress.toml",
            "planpress init",
        ),
        (
            site.path(),
            &["--root", "elsewhere"],
            "there is no folder elsewhere",
            "Name the folder",
        ),
        (
            site.path(),
            &["--host", ""],
            "is not the name or address of a computer",
            "Leave out",
        ),
        (
            site.path(),
            &["--host", "192.0.2.1"],
            "can be reached by other computers",
            "--lan",
        ),
        (
            site.path(),
            &["--host", "192.0.2.1", "--lan"],
            "not an address of this computer",
            "Leave",
        ),
        (site.path(), &["--port", "70000"], "70000", "0..=65535"),
    ] {
        let said = refused(root, arguments);
        assert!(said.contains(what), "{arguments:?}: {said}");
        assert!(said.contains(advice), "{arguments:?}: {said}");
    }
}

/// The system tells who may use which port, so both outcomes are right, and never a third.
#[cfg(target_os = "linux")]
#[test]
fn a_port_that_belongs_to_the_system_is_refused_to_those_who_may_not_use_it() {
    let first_free = fs::read_to_string("/proc/sys/net/ipv4/ip_unprivileged_port_start");
    let first_free: u16 = first_free
        .expect("it can be read")
        .trim()
        .parse()
        .expect("a number");
    // CAP_NET_BIND_SERVICE, of capabilities(7).
    const MAY_BIND: u64 = 1 << 10;
    let status = fs::read_to_string("/proc/self/status").expect("it can be read");
    let effective = status.lines().find_map(|line| line.strip_prefix("CapEff:"));
    let effective = effective.map(|digits| u64::from_str_radix(digits.trim(), 16));
    let effective = effective.expect("it is told").expect("a number");
    if first_free > 1 && effective & MAY_BIND == 0 {
        let said = refused(site().path(), &["--port", "1"]);
        assert!(said.contains("port 1 may not be used"), "{said}");
        assert!(said.contains("--port 2030"), "{said}");
    } else {
        let site = site();
        let served = Served::of(site.path(), &["--port", "1"]);
        assert!(served.address.port() < 1024, "{}", served.address);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn open_hands_the_address_to_the_browser_of_the_desktop() {
    use std::os::unix::fs::PermissionsExt;

    let site = site();
    let programs = TempDir::new().expect("a folder for a program");
    let opened = programs.path().join("opened");
    let program = programs.path().join("xdg-open");
    let script = format!("#!/bin/sh\necho \"$1\" > {}\n", opened.display());
    fs::write(&program, script).expect("a program");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("it may run");
    let path = format!("{}:/usr/bin:/bin", programs.path().display());
    let mut child = Command::new(PLANPRESS)
        .args(["serve", "--open", "--port", "0", "--root"])
        .arg(site.path())
        .env("PATH", path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .expect("planpress runs");
    let begun = Instant::now();
    let address = loop {
        let text = fs::read_to_string(&opened).unwrap_or_default();
        if text.ends_with('\n') || begun.elapsed() > LONG {
            break text;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let _ = child.kill();
    let _ = child.wait();
    assert!(address.starts_with("http://127.0.0.1:"), "{address:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn ctrl_c_ends_it_with_pages_open() {
    let site = site();
    let mut served = Served::minding_ctrl_c(site.path());
    // Tabs: some idle, some in the middle of a request.
    let mut open: Vec<_> = (0..8).map(|_| served.connect()).collect();
    for stream in open.iter_mut().step_by(2) {
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: ")
            .expect("it can be sent");
    }
    served.get("plan/").expect("it answers");
    assert!(served.interrupt(), "it ended by the signal");
}
