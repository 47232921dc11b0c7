//! An editor saves, and the page has the new words.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use crate::editors::{self, Save};
use crate::served::{LONG, Served};

/// Saves ten times in a row, and waits each time until the page has the new words.
fn ten(save: Save) {
    let served = Served::start();
    let plan = served.path("content/plan.toml");
    let text = fs::read_to_string(&plan).expect("there is a plan");
    for number in 0..10 {
        let words = format!("Be heard, version {number}.");
        save(&plan, &text.replace("Be heard.", &words));
        let begun = Instant::now();
        while !page(&served).contains(&words) {
            assert!(
                begun.elapsed() < LONG,
                "after save {number}:\n{}",
                page(&served)
            );
            thread::sleep(Duration::from_millis(2));
        }
    }
}

fn page(served: &Served) -> String {
    served.get("plan/").expect("there is an answer").text()
}

#[test]
fn vim() {
    ten(editors::vim);
}

#[test]
fn emacs() {
    ten(editors::emacs);
}

#[test]
fn visual_studio_code() {
    ten(editors::visual_studio_code);
}

#[test]
fn jetbrains() {
    ten(editors::jetbrains);
}
