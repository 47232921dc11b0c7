//! Plans for machines: the JSON Schema of the format, `plan.json` and `plan.csv`.

#[path = "../sites_runner/copy.rs"]
mod copy;
mod plans;
mod published;
mod random;
mod schema;
mod sheet;
