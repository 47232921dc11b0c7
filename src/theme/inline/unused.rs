//! Components that nothing calls any more. Tera would compile them for nothing.

use std::collections::BTreeSet;

use super::parts::Part;
use super::{name, opened};

/// Takes them out of templates, which are all that there are.
pub fn drop(templates: &mut [&mut Vec<Part>]) {
    let mut called = BTreeSet::new();
    loop {
        let before = called.len();
        for parts in templates.iter() {
            let mut within = None;
            for part in parts.iter() {
                let inner = match part {
                    Part::Text(_) => continue,
                    Part::Print(inner) | Part::Tag(inner) => inner,
                };
                if let Some(head) = opened(inner) {
                    within = Some(name(head).to_owned());
                }
                if within.as_ref().is_none_or(|name| called.contains(name)) {
                    called.extend(calls(inner).map(str::to_owned));
                }
                if inner.starts_with("endcomponent") {
                    within = None;
                }
            }
        }
        if called.len() == before {
            break;
        }
    }
    for parts in templates {
        let mut keep = true;
        parts.retain(|part| {
            let Part::Tag(tag) = part else { return keep };
            if let Some(head) = opened(tag) {
                keep = called.contains(name(head));
            }
            let kept = keep;
            keep |= tag.starts_with("endcomponent");
            kept
        });
    }
}

/// Whatever might be called in a tag: all that is behind a `<`.
fn calls(inner: &str) -> impl Iterator<Item = &str> {
    inner.split('<').skip(1).map(|rest| {
        let rest = rest.trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>'));
        &rest[..end.unwrap_or(rest.len())]
    })
}
