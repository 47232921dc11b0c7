//! The names of diagnostics, read back from where they were noted.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Deserializer};

/// Reads a name. Each of the few dozens that there are is kept for the rest of the run.
pub fn known<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    static KNOWN: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let name = String::deserialize(from)?;
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(name) = known.get(name.as_str()) {
        return Ok(name);
    }
    let name: &'static str = name.leak();
    known.insert(name);
    Ok(name)
}
