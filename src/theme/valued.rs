//! Parts of a context of which there are very many on one page, as Tera has them.
//!
//! In: a part as the documented structs have it. Out: Tera's value of it. What there is of many is made
//! into it early, so that the two are not held at once for ten thousand plans.

use std::marker::PhantomData;
use std::ops::Deref;
use std::sync::LazyLock;

use serde::{Serialize, Serializer};
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

/// A text that all who have it share with the templates that print it.
#[derive(Clone, Debug)]
pub struct SharedText(Value);

impl From<&str> for SharedText {
    fn from(text: &str) -> Self {
        Self(Value::normal_string(text))
    }
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        self.0.as_str().unwrap_or_default()
    }
}

impl PartialEq for SharedText {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for SharedText {}

impl Serialize for SharedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// The same for finished HTML, which templates print as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SharedHtml(SharedText);

impl From<&str> for SharedHtml {
    fn from(html: &str) -> Self {
        Self(SharedText(Value::safe_string(html)))
    }
}

/// Serializes finished HTML so that templates print it as it is.
///
/// # Errors
/// What the serializer finds.
pub fn finished<S: Serializer>(html: impl AsRef<str>, serializer: S) -> Result<S::Ok, S::Error> {
    Value::safe_string(html.as_ref()).serialize(serializer)
}

/// Serializes a list that is empty more often than not.
///
/// # Errors
/// What the serializer finds.
pub fn seldom<T: Serialize, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    static EMPTY: LazyLock<Value> = LazyLock::new(|| Value::from(Vec::<Value>::new()));
    if list.is_empty() {
        EMPTY.serialize(serializer)
    } else {
        list.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize)]
    struct Part {
        #[serde(serialize_with = "finished")]
        html: &'static str,
        text: &'static str,
        #[serde(serialize_with = "seldom")]
        list: Vec<u8>,
    }

    #[test]
    fn finished_html_is_not_escaped_and_is_text_to_others() {
        let mut part = Part {
            html: "<b>",
            text: "<i>",
            list: Vec::new(),
        };
        let json = r#"{"html":"<b>","text":"<i>","list":[]}"#;
        assert_eq!(serde_json::to_string(&part).unwrap(), json);
        let rendered = |part: &Part| {
            let text = "{{ html }} {{ html | safe }} {{ text }} {{ list }}";
            let context = tera::Context::from_serialize(part).unwrap();
            let mut tera = tera::Tera::default();
            tera.add_raw_template("part.html", text).unwrap();
            tera.render("part.html", &context).unwrap()
        };
        assert_eq!(rendered(&part), "<b> <b> &lt;i&gt; []");
        part.list = vec![1];
        assert_eq!(rendered(&part), "<b> <b> &lt;i&gt; [1]");
    }
}
