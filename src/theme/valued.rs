//! Parts of a context of which there are very many on one page, once.
//!
//! In: a part as the documented structs have it. Out: nothing but Tera's value of it, so that the two
//! are not held at once for ten thousand plans.

use std::marker::PhantomData;

use serde::ser::{Serialize, Serializer};
use tera::Value;

/// The value for templates of what was a `T`.
#[derive(Clone, Debug)]
pub struct Valued<T>(Value, PhantomData<fn() -> T>);

impl<T: Serialize> From<T> for Valued<T> {
    fn from(content: T) -> Self {
        Self(Value::from_serializable(&content), PhantomData)
    }
}

impl<T> Serialize for Valued<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Tera takes a value as it is, without looking into it.
        self.0.serialize(serializer)
    }
}
