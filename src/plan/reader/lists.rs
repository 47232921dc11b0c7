//! Values that hold others: lists, tables, and entries that are written short or long.

use toml::de::DeValue;

use super::{Entry, Fields, Item, Reader, first_line};
use crate::plan::keys::Kind;
use crate::plan::model::At;

impl<'s> Reader<'s> {
    /// The entries of a list, which is not empty. A single table is no list.
    pub fn list<'t>(&mut self, fields: &Fields<'t, 's>, name: &'static str) -> Vec<Item<'t, 's>> {
        let Some((key, value)) = self.value(fields, name) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(items) if items.is_empty() => {
                self.error(
                    "empty",
                    value.span(),
                    format!("`{name}` is an empty list"),
                    "Leave the key out: what a plan does not have leaves no trace on the page.",
                );
                Vec::new()
            }
            DeValue::Array(items) => items.iter().collect(),
            _ => {
                self.wrong_kind(name, key.kind, value);
                Vec::new()
            }
        }
    }

    /// A list of plain texts.
    pub fn plains(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Vec<At<String>> {
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.words(name, Kind::Plain, item))
            .collect()
    }

    /// A list of anchors.
    pub fn anchors(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Vec<At<String>> {
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.one_anchor(name, Kind::Anchor, item))
            .collect()
    }

    /// A table of its own, which is not empty.
    pub fn table<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Option<Fields<'t, 's>> {
        let (key, value) = self.value(fields, name)?;
        self.one_table(name, key.kind, value)
    }

    pub(super) fn one_table<'t>(
        &mut self,
        name: &str,
        kind: Kind,
        value: Item<'t, 's>,
    ) -> Option<Fields<'t, 's>> {
        let (DeValue::Table(table), Some(spec)) = (value.get_ref(), kind.table()) else {
            self.wrong_kind(name, kind, value);
            return None;
        };
        let span = first_line(self.source.text(), value.span());
        if table.is_empty() && !self.is_partial() {
            self.error(
                "empty",
                span,
                format!("`{name}` is empty"),
                "Leave the table out, or fill it.",
            );
            return None;
        }
        Some(self.fields(spec, table, span))
    }

    /// A list of tables.
    pub fn tables<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Vec<Fields<'t, 's>> {
        let kind = fields.spec.key(name).map_or(Kind::Open, |key| key.kind);
        let Kind::List(inner) = kind else {
            return Vec::new();
        };
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.one_table(name, *inner, item))
            .collect()
    }

    /// A list whose entries are written short or long.
    pub fn entries<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Vec<Entry<'t, 's>> {
        let kind = fields.spec.key(name).map_or(Kind::Open, |key| key.kind);
        let Kind::List(inner) = kind else {
            return Vec::new();
        };
        let items = self.list(fields, name);
        items
            .into_iter()
            .filter_map(|item| self.one_entry(name, *inner, item))
            .collect()
    }

    /// A value that is written short or long.
    pub fn entry<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Option<Entry<'t, 's>> {
        let (key, value) = self.value(fields, name)?;
        self.one_entry(name, key.kind, value)
    }

    pub(super) fn one_entry<'t>(
        &mut self,
        name: &str,
        kind: Kind,
        value: Item<'t, 's>,
    ) -> Option<Entry<'t, 's>> {
        match value.get_ref() {
            DeValue::String(_) => self.characters(name, kind, value).map(Entry::Short),
            DeValue::Table(_) => self.one_table(name, kind, value).map(Entry::Long),
            _ => {
                self.wrong_kind(name, kind, value);
                None
            }
        }
    }
}
