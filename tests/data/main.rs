//! Plans for machines: the JSON Schema of the format, `plan.json` and `plan.csv`.

mod plans;
mod published;
mod random;
mod schema;
mod sheet;
