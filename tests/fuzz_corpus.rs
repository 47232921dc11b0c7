//! Every input of the fuzz targets' corpus, run on a stable compiler.

#[path = "fuzz/bodies.rs"]
mod bodies;

use std::path::Path;

fn run(target: &str, body: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(target);
    let mut inputs = 0;
    for entry in std::fs::read_dir(&folder).expect("the corpus is there") {
        let path = entry.expect("its entries can be read").path();
        // Shown when the input fails.
        println!("{}", path.display());
        body(&std::fs::read(&path).expect("its files can be read"));
        inputs += 1;
    }
    assert!(inputs > 0, "no inputs in {}", folder.display());
}

#[test]
fn every_text_is_read_without_a_panic() {
    run("text", bodies::text);
}

#[test]
fn every_plan_is_read_without_a_panic() {
    run("plan_reader", bodies::plan_reader);
}
