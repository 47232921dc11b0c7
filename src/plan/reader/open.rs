//! The one key that takes anything: handed on as JSON, in order.

use toml::de::DeValue;

use super::{Fields, Reader};

impl<'s> Reader<'s> {
    /// The value of an open key as JSON, in order. Dates become text.
    pub fn open(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> serde_json::Value {
        match fields.get(name) {
            Some(value) if matches!(value.get_ref(), DeValue::Table(_)) => json(value.get_ref()),
            Some(value) => {
                self.error(
                    "wrong-type",
                    value.span(),
                    format!("`{name}` must be a table"),
                    format!("Write a heading, [{name}], and keys of your own below it."),
                );
                serde_json::Value::Object(serde_json::Map::new())
            }
            None => serde_json::Value::Object(serde_json::Map::new()),
        }
    }
}

/// A value of TOML as JSON, in order. Dates become text, and so do numbers that JSON lacks.
pub(in crate::plan) fn json(value: &DeValue) -> serde_json::Value {
    use serde_json::Value;
    match value {
        DeValue::String(text) => Value::String(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or_else(|_| Value::String(number.to_string()), Value::from),
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .ok()
            .and_then(serde_json::Number::from_f64)
            .map_or_else(|| Value::String(number.to_string()), Value::Number),
        DeValue::Boolean(flag) => Value::Bool(*flag),
        DeValue::Datetime(date) => Value::String(date.to_string()),
        DeValue::Array(items) => {
            Value::Array(items.iter().map(|item| json(item.get_ref())).collect())
        }
        DeValue::Table(table) => Value::Object(
            table
                .iter()
                .map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref())))
                .collect(),
        ),
    }
}
