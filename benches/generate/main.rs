//! Writes a site of N generated plans: `cargo run --release --example generate -- N FOLDER`.

mod plans;

use std::path::PathBuf;
use std::{env, fs, io, process};

fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let count = arguments.next().and_then(|count| count.parse().ok());
    let (Some(count), Some(folder)) = (count, arguments.next().map(PathBuf::from)) else {
        eprintln!("usage: generate N FOLDER");
        process::exit(2);
    };
    let content = folder.join("content");
    fs::create_dir_all(&content)?;
    fs::write(folder.join("planpress.toml"), plans::SETTINGS)?;
    for number in 0..count {
        fs::write(content.join(plans::file_name(number)), plans::plan(number))?;
    }
    Ok(())
}
