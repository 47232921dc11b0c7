//! The list of what is ours, `.planpress-manifest`.

use std::fs;

use crate::site::{Site, failure, files, tree};

/// A line of the list.
fn line(mark: &str, path: &str, text: &str) -> String {
    format!(
        "{mark}{} {} {path}\n",
        blake3::hash(text.as_bytes()),
        text.len()
    )
}

/// A list with these lines.
fn list(lines: &[String]) -> String {
    let text = format!("planpress-manifest 1\n{}", lines.concat());
    let end = blake3::hash(text.as_bytes());
    format!("{text}end {end}\n")
}

#[test]
fn the_list_names_each_file_with_its_digest_and_size_sorted_by_path() {
    let site = Site::new();
    site.publish(&[("b c", "two"), ("a/x", "one"), ("a-b", ""), ("ü", "é")])
        .unwrap();
    let lines = [("a-b", ""), ("a/x", "one"), ("b c", "two"), ("ü", "é")];
    assert_eq!(
        site.manifest(),
        list(&lines.map(|(path, text)| line("", path, text)))
    );
    site.publish(&[]).unwrap();
    assert_eq!(site.manifest(), list(&[]));
}

#[test]
fn a_list_that_is_not_sound_is_never_guessed_at() {
    let site = Site::new();
    site.publish(&[("a", "one"), ("b", "two"), ("c", "three")])
        .unwrap();
    let good = site.manifest();
    let lines: Vec<_> = good.lines().collect();
    let without_b = good.replace(&line("", "b", "two"), "");
    let broken = [
        String::new(),
        "planpress-manifest 1\n".to_owned(),
        "a letter to the members\n".to_owned(),
        good[..good.len() - 1].to_owned(),
        good[..good.len() / 2].to_owned(),
        lines[..3].join("\n") + "\n",
        without_b,
        format!("<<<<<<< HEAD\n{good}=======\n"),
        good.replace(" 3 b", " 4 b"),
        good.replace(" b\n", " B\n"),
        format!("{good}{}", line("", "d", "four")),
        format!("{good}\n"),
        list(&[line("", "b", "two"), line("", "a", "one")]),
        list(&[line("", "a", "one"), line("", "a", "one")]),
        list(&[line("", "../content/plan.toml", "a plan")]),
        list(&[line("", "/etc/hosts", "")]),
        list(&[line("", ".git/HEAD", "")]),
        list(&[line("", ".planpress-staging/lock", "")]),
        list(&[line("", "a", "one").to_uppercase()]),
        list(&["nonsense\n".to_owned()]),
        list(&["\n".to_owned()]),
    ];
    for broken in broken {
        site.by_hand(".planpress-manifest", &broken);
        let before = tree(&site.public());
        let text = failure(site.publish(&[("a", "new")]));
        assert!(text.contains(".planpress-manifest"), "{text}");
        assert_eq!(tree(&site.public()), before, "{broken}");
    }
    fs::write(
        site.public().join(".planpress-manifest"),
        b"planpress-manifest 1\n\xff\n",
    )
    .unwrap();
    assert!(failure(site.open()).contains("is not text"));
    site.by_hand(".planpress-manifest", &good);
    assert_eq!(site.publish(&[("a", "new")]).unwrap().removed.len(), 2);
}

#[test]
fn a_list_of_another_version_is_told_apart() {
    let site = Site::new();
    site.by_hand(".planpress-manifest", "planpress-manifest 2\nwho knows\n");
    assert!(failure(site.open()).contains("was written by another version of planpress"));
}

#[test]
fn line_ends_that_git_changed_on_the_way_do_no_harm() {
    let site = Site::new();
    site.publish(&[("a", "one"), ("b", "two")]).unwrap();
    let good = site.manifest();
    site.by_hand(".planpress-manifest", &good.replace('\n', "\r\n"));
    let published = site.publish(&[("a", "one")]).unwrap();
    assert_eq!((published.unchanged, published.removed.len()), (1, 1));
    assert_eq!(site.manifest(), list(&[line("", "a", "one")]));
}

/// A site as a build leaves it that was killed while it replaced `old` by `new`: `there` is what
/// it came to.
fn killed(old: &[(&str, &str)], new: &[(&str, &str)], there: &[(&str, &str)]) -> Site {
    let site = Site::new();
    let own = old
        .iter()
        .map(|(path, text)| (*path, 0, line("", path, text)));
    let coming = new.iter().filter(|file| !old.contains(file));
    let coming = coming.map(|(path, text)| (*path, 1, line("+", path, text)));
    let mut lines: Vec<_> = own.chain(coming).collect();
    lines.sort();
    let lines: Vec<_> = lines.into_iter().map(|(.., line)| line).collect();
    for (path, text) in there {
        site.by_hand(path, text);
    }
    site.by_hand(".planpress-manifest", &list(&lines));
    site.by_hand(".planpress-staging/lock", "");
    site.by_hand(".planpress-staging/17", "half a pa");
    fs::create_dir(site.public().join(".planpress-staging/18")).unwrap();
    site
}

#[test]
fn a_build_killed_half_way_is_healed_by_the_next() {
    let old = [("a", "1"), ("b/x", "1"), ("gone/x", "1"), ("same", "1")];
    let new = [("a", "2"), ("b/x", "2"), ("came/x", "2"), ("same", "1")];
    let half = [
        ("a", "2"),
        ("b/x", "1"),
        ("came/x", "2"),
        ("gone/x", "1"),
        ("same", "1"),
    ];
    let third = [("a", "3"), ("other/x", "3")];
    for next in [&old[..], &new, &third, &[]] {
        let site = killed(&old, &new, &half);
        let published = site.publish(next).unwrap();
        assert_eq!(published.kept, []);
        let expected = next
            .iter()
            .map(|(p, t)| (p.to_string(), t.to_string()))
            .collect();
        assert_eq!(site.published(), expected);
        let mut lines = next.to_vec();
        lines.sort();
        let lines: Vec<_> = lines
            .iter()
            .map(|(path, text)| line("", path, text))
            .collect();
        assert_eq!(site.manifest(), list(&lines));
    }
}

#[test]
fn folders_emptied_by_a_killed_build_are_healed() {
    let old = [("a/b/x", "1"), ("c", "1")];
    let new = [("a", "2"), ("c/d/x", "2")];
    // `a/b` was removed and `a` not yet; of `c/d` only `c` was made.
    for next in [&old[..], &new, &[]] {
        let site = killed(&old, &new, &[]);
        fs::create_dir(site.public().join("a")).unwrap();
        fs::create_dir(site.public().join("c")).unwrap();
        let published = site.publish(next).unwrap();
        assert_eq!(published.kept, []);
        let expected = next
            .iter()
            .map(|(p, t)| (p.to_string(), t.to_string()))
            .collect();
        assert_eq!(site.published(), expected);
    }
}

#[test]
fn a_file_made_by_hand_where_a_killed_build_was_about_to_write_is_foreign() {
    let site = killed(
        &[("a", "1")],
        &[("a", "1"), ("b", "2")],
        &[("a", "1"), ("b", "by hand")],
    );
    assert!(failure(site.publish(&[("a", "1"), ("b", "2")])).contains("public/b`"));
    let published = site.publish(&[("a", "1")]).unwrap();
    assert_eq!(published.kept, [], "it never was ours");
    assert_eq!(site.published(), files([("a", "1"), ("b", "by hand")]));
}

#[test]
fn a_file_that_a_killed_build_wrote_first_is_ours_to_replace() {
    let site = killed(
        &[("a", "1")],
        &[("a", "1"), ("b", "2")],
        &[("a", "1"), ("b", "2")],
    );
    site.publish(&[("a", "1"), ("b", "3")]).unwrap();
    assert_eq!(site.published(), files([("a", "1"), ("b", "3")]));
}

#[test]
fn a_build_given_up_cleans_what_a_killed_one_left() {
    let site = killed(&[("a", "1")], &[("a", "2")], &[("a", "1")]);
    drop(site.open().unwrap());
    assert_eq!(site.published(), files([("a", "1")]));
}

#[test]
fn a_first_build_killed_before_its_list_was_written_is_healed() {
    let site = Site::new();
    site.by_hand(".planpress-staging/lock", "");
    site.by_hand(".planpress-staging/0", "half a pa");
    site.publish(&[("a", "1")]).unwrap();
    assert_eq!(site.published(), files([("a", "1")]));
    let other = Site::new();
    fs::create_dir_all(other.public().join(".planpress-staging")).unwrap();
    other.publish(&[("a", "1")]).unwrap();
    assert_eq!(other.published(), files([("a", "1")]));
}
