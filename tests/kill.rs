//! A build that is killed at any moment leaves every published file whole, old or new, and the
//! next build mends what is left.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PLANS: usize = 200;
const KILLS: u32 = 50;

type Tree = BTreeMap<String, Vec<u8>>;

/// The same plans in two versions, and what each is published as.
struct Version {
    root: PathBuf,
    published: Tree,
    /// How long it takes to publish it over the other.
    takes: Duration,
}

/// Numbers that look random and are the same in every run (a linear congruential generator).
struct Moments(u64);

impl Moments {
    fn within(&mut self, longest: Duration) -> Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let part =
            f64::from(u32::try_from(self.0 >> 33).unwrap_or_default()) / f64::from(1_u32 << 31);
        longest.mul_f64(part)
    }
}

fn write_site(root: &Path, version: usize) {
    let content = root.join("content");
    fs::create_dir_all(&content).expect("the folder can be made");
    fs::write(
        root.join("planpress.toml"),
        format!("title = \"Plans, version {version}\"\n"),
    )
    .expect("the site can be written");
    // Writing these takes long enough for a kill to come in the middle.
    for number in 0..4 {
        let bytes = vec![b'0' + u8::try_from(version).expect("it is 0 or 1"); 4 << 20];
        fs::write(content.join(format!("large-{number}.bin")), bytes).expect("it can be written");
    }
    for number in 0..PLANS {
        // Each version has plans that the other has not, so that pages come and go.
        if number % 10 == version {
            continue;
        }
        let text = format!(
            "title = \"Plan {number}\"\nmission = \"Version {version}.\"\n\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"Be heard.\"]\n"
        );
        fs::write(content.join(format!("plan-{number}.toml")), text)
            .expect("the plan can be written");
    }
}

fn build(root: &Path, output: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_planpress"));
    command
        .args(["build", "--quiet", "--root"])
        .arg(root)
        .arg("--output")
        .arg(output)
        .stdout(Stdio::null())
        .stderr(Stdio::inherit());
    command
}

fn build_whole(root: &Path, output: &Path) -> Duration {
    let started = Instant::now();
    let status = build(root, output).status().expect("the program runs");
    assert!(status.success(), "{status}");
    started.elapsed()
}

/// Every file below a folder, also hidden ones, and every folder as a name with `/` behind it.
fn tree(folder: &Path) -> Tree {
    let mut found = Tree::new();
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let entry = entry.expect("the folder can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            found.insert(format!("{name}/"), Vec::new());
            for (below, bytes) in tree(&entry.path()) {
                found.insert(format!("{name}/{below}"), bytes);
            }
        } else {
            found.insert(name, fs::read(entry.path()).expect("it can be read"));
        }
    }
    found
}

#[test]
fn a_build_killed_at_any_moment_leaves_every_published_file_whole() {
    let place = TempDir::new().expect("a folder for the sites");
    let output = place.path().join("public");
    let roots = [0, 1].map(|version| {
        let root = place.path().join(format!("site-{version}"));
        write_site(&root, version);
        root
    });
    let versions = [0, 1].map(|version| {
        let cold = place.path().join(format!("cold-{version}"));
        build_whole(&roots[version], &cold);
        build_whole(&roots[1 - version], &output);
        let takes = build_whole(&roots[version], &output);
        Version {
            root: roots[version].clone(),
            published: tree(&cold),
            takes,
        }
    });

    let mut moments = Moments(0x706c_616e);
    let mut killed = 0;
    // A machine's pace changes: where a build is over before its moment comes, the moments move
    // closer together.
    let mut published = 1;
    let mut pace = versions[0].takes.max(versions[1].takes);
    for round in 0..KILLS * 8 {
        if killed == KILLS {
            break;
        }
        // The version that is not there, so that there is always something to publish.
        let version = &versions[1 - published];
        let started = Instant::now();
        let mut running = build(&version.root, &output).spawn().expect("it runs");
        // Files change at the very end, so most moments lie there.
        let moment = match round % 4 {
            0 => moments.within(pace),
            _ => pace.mul_f64(0.8) + moments.within(pace.mul_f64(0.2)),
        };
        while started.elapsed() < moment {
            if running.try_wait().expect("it can be asked").is_some() {
                pace = started.elapsed();
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        // SIGKILL: the program has no chance to clean up.
        running.kill().expect("it can be killed");
        if running.wait().expect("it ended").success() {
            published = 1 - published;
        } else {
            killed += 1;
        }
        for (name, bytes) in published_files(&output) {
            let whole = versions
                .iter()
                .any(|version| version.published.get(&name) == Some(&bytes));
            assert!(whole, "round {round}: {name} is neither old nor new");
        }
    }
    assert_eq!(killed, KILLS, "so many builds were killed in time");

    for version in &versions {
        build_whole(&version.root, &output);
        assert!(
            tree(&output) == version.published,
            "the next whole build leaves something else than a first one"
        );
    }
}

/// What a web server would give out: everything but hidden files, such as the staging folder.
fn published_files(output: &Path) -> Tree {
    tree(output)
        .into_iter()
        .filter(|(name, _)| {
            !name.ends_with('/') && !name.split('/').any(|part| part.starts_with('.'))
        })
        .collect()
}
