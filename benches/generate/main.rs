//! Writes a site of N generated plans:
//! `cargo run --release -p planpress-benches --bin generate -- N FOLDER [--objectives N] [--parts N] [--levels N]`.
//!
//! Without options the plans are as most are. With them each has so many objectives, of so many
//! parts of a sentence, over so many levels of initiatives.

mod plans;

use std::path::PathBuf;
use std::{env, fs, io, process};

use plans::Shape;

fn main() -> io::Result<()> {
    let Some((count, folder, shape)) = understand(env::args().skip(1).collect()) else {
        eprintln!("usage: generate N FOLDER [--objectives N] [--parts N] [--levels N]");
        process::exit(2);
    };
    let content = folder.join("content");
    fs::create_dir_all(&content)?;
    fs::write(folder.join("planpress.toml"), plans::SETTINGS)?;
    for number in 0..count {
        let plan = plans::plan(number, shape);
        fs::write(content.join(plans::file_name(number)), plan)?;
    }
    Ok(())
}

fn understand(arguments: Vec<String>) -> Option<(usize, PathBuf, Shape)> {
    let (plain, options) = arguments.split_at_checked(2)?;
    let mut shape = Shape::USUAL;
    for option in options.chunks(2) {
        let value = option.get(1)?.parse().ok()?;
        match option[0].as_str() {
            "--objectives" => shape.objectives = Some(value),
            "--parts" => shape.parts = value,
            "--levels" => shape.levels = Some(value),
            _ => return None,
        }
    }
    Some((plain[0].parse().ok()?, PathBuf::from(&plain[1]), shape))
}
