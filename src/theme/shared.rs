//! Parts of a context that stand in many places: on all pages, or twice on one.
//!
//! In: a part as the documented structs have it. Out: the same to whoever reads or serializes it,
//! but Tera's value of it, which costs far more than the rendering of it, is made only once.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

use serde::ser::{Error, Serialize, Serializer};
use tera::Value;

/// A part of a context whose value for templates is made once, however often it is copied.
#[derive(Clone, Debug, Default)]
pub struct Shared<T>(Arc<Part<T>>);

#[derive(Debug, Default)]
struct Part<T> {
    content: T,
    value: OnceLock<Value>,
}

impl<T> From<T> for Part<T> {
    fn from(content: T) -> Self {
        Self {
            content,
            value: OnceLock::new(),
        }
    }
}

/// What is copied in order to be changed has no value yet.
impl<T: Clone> Clone for Part<T> {
    fn clone(&self) -> Self {
        Self::from(self.content.clone())
    }
}

impl<T> From<T> for Shared<T> {
    fn from(content: T) -> Self {
        Self(Arc::new(content.into()))
    }
}

impl<T: PartialEq> PartialEq for Shared<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0.content == other.0.content
    }
}

impl<T: Eq> Eq for Shared<T> {}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.content
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        let part = Arc::make_mut(&mut self.0);
        part.value = OnceLock::new();
        &mut part.content
    }
}

impl<T: Serialize> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Part { content, value } = &*self.0;
        if let Some(value) = value.get() {
            return value.serialize(serializer);
        }
        let made = Value::try_from_serializable(content).map_err(S::Error::custom)?;
        // Tera takes a value as it is, without looking into it.
        value.get_or_init(|| made).serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_and_changed_is_not_what_it_was() {
        let first = Shared::from(vec!["a"]);
        assert_eq!(serde_json::to_string(&first).unwrap(), r#"["a"]"#);
        let mut second = first.clone();
        assert_eq!(serde_json::to_string(&second).unwrap(), r#"["a"]"#);
        second.push("b");
        assert_eq!(serde_json::to_string(&second).unwrap(), r#"["a","b"]"#);
        assert_eq!(serde_json::to_string(&first).unwrap(), r#"["a"]"#);
    }
}
