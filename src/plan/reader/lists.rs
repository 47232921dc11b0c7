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

    /// The entries of a list, each read by `read` as of the kind that the key's entries have.
    fn each<'t, T>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
        read: impl Fn(&mut Self, &str, Kind, Item<'t, 's>) -> Option<T>,
    ) -> Vec<T> {
        let key = fields.spec.key(name);
        let Some(Kind::List(kind)) = key.map(|key| key.kind) else {
            return Vec::new();
        };
        let items = self.list(fields, name).into_iter();
        items
            .filter_map(|item| read(self, name, *kind, item))
            .collect()
    }

    /// A list of plain texts.
    pub fn plains(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Vec<At<String>> {
        self.each(fields, name, Self::words)
    }

    /// A list of anchors.
    pub fn anchors(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Vec<At<String>> {
        self.each(fields, name, Self::one_anchor)
    }

    /// A list of addresses on this site.
    pub fn site_paths(&mut self, fields: &Fields<'_, 's>, name: &'static str) -> Vec<At<String>> {
        self.each(fields, name, Self::one_site_path)
    }

    /// A list of tables.
    pub fn tables<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Vec<Fields<'t, 's>> {
        self.each(fields, name, Self::one_table)
    }

    /// A list whose entries are written short or long.
    pub fn entries<'t>(
        &mut self,
        fields: &Fields<'t, 's>,
        name: &'static str,
    ) -> Vec<Entry<'t, 's>> {
        self.each(fields, name, Self::one_entry)
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
