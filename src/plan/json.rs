//! A plan as data: in the very keys of its format, with every entry in its long form, every date as
//! ISO 8601 has it, and Markdown as it was written.
//!
//! What is serialized here and read again, as TOML, is the same plan, but for the places in the file.
//! What is made of a plan (anchors, codes) is no part of it.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::date::Date;
use super::language::Language;
use super::model::{
    At, Domain, Event, Letter, Objective, Organization, Period, Plan, Predecessor, Priority,
    Section, Signature, Value,
};
use super::text::Text;

/// A table that is being written. What a plan does not have is left out.
struct Table<S: Serializer>(S::SerializeMap);

impl<S: Serializer> Table<S> {
    fn open(serializer: S) -> Result<Self, S::Error> {
        serializer.serialize_map(None).map(Self)
    }

    fn key(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), S::Error> {
        self.0.serialize_entry(name, value)
    }

    fn maybe(&mut self, name: &str, value: &Option<impl Serialize>) -> Result<(), S::Error> {
        match value {
            Some(value) => self.key(name, value),
            None => Ok(()),
        }
    }

    fn list(&mut self, name: &str, entries: &[impl Serialize]) -> Result<(), S::Error> {
        match entries {
            [] => Ok(()),
            _ => self.key(name, entries),
        }
    }

    /// A flag that is `true` where it is left out.
    fn unless_true(&mut self, name: &str, flag: bool) -> Result<(), S::Error> {
        if flag { Ok(()) } else { self.key(name, &flag) }
    }

    fn close(self) -> Result<S::Ok, S::Error> {
        self.0.end()
    }
}

impl Serialize for Plan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.key("title", &self.title)?;
        table.maybe("subtitle", &self.subtitle)?;
        table.maybe("language", &self.language)?;
        table.maybe("status", &self.status)?;
        table.maybe("period", &self.period)?;
        table.maybe("description", &self.description)?;
        table.maybe("mission", &self.mission)?;
        table.maybe("vision", &self.vision)?;
        table.list("aliases", &self.aliases)?;
        table.maybe("supersedes", &self.supersedes)?;
        table.unless_true("publish", self.publish)?;
        table.unless_true("search", self.search)?;
        table.list("allow", &self.allow)?;
        table.list("values", &self.values)?;
        table.maybe("organization", &self.organization)?;
        if !self.terms.is_empty() {
            table.key("terms", &Terms(&self.terms))?;
        }
        table.maybe("letter", &self.letter)?;
        table.list("sections", &self.sections)?;
        table.list("history", &self.history)?;
        table.list("priorities", &self.priorities)?;
        table.list("domains", &self.domains)?;
        if let Some(source) = &self.source {
            table.key("links", &Links { source })?;
        }
        if self
            .extra
            .as_object()
            .is_some_and(|extra| !extra.is_empty())
        {
            table.key("extra", &self.extra)?;
        }
        table.close()
    }
}

impl Serialize for Domain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.maybe("id", &self.id)?;
        table.list("former_ids", &self.former_ids)?;
        table.maybe("label", &self.label)?;
        table.maybe("name", &self.name)?;
        table.maybe("goal", &self.goal)?;
        table.maybe("question", &self.question)?;
        table.maybe("rationale", &self.rationale)?;
        table.maybe("outcome", &self.outcome)?;
        table.list("owners", &self.owners)?;
        table.maybe("note", &self.note)?;
        table.list("objectives", &self.objectives)?;
        table.close()
    }
}

impl Serialize for Objective {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.maybe("id", &self.id)?;
        table.list("former_ids", &self.former_ids)?;
        table.maybe("label", &self.label)?;
        table.maybe("name", &self.name)?;
        table.maybe("text", &self.text)?;
        table.maybe("priority", &self.priority)?;
        table.maybe("group", &self.group)?;
        table.list("owners", &self.owners)?;
        table.maybe("start", &self.start)?;
        table.maybe("due", &self.due)?;
        table.maybe("outcome", &self.outcome)?;
        table.maybe("note", &self.note)?;
        table.list("initiatives", &self.initiatives)?;
        table.close()
    }
}

impl Serialize for Letter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.maybe("date", &self.date)?;
        table.maybe("salutation", &self.salutation)?;
        table.maybe("body", &self.body)?;
        table.maybe("closing", &self.closing)?;
        table.maybe("signature", &self.signature)?;
        table.close()
    }
}

impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.maybe("name", &self.name)?;
        table.maybe("role", &self.role)?;
        table.close()
    }
}

impl Serialize for Section {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.maybe("id", &self.id)?;
        table.key("title", &self.title)?;
        if self.after {
            table.key("place", "after")?;
        }
        table.maybe("body", &self.body)?;
        table.close()
    }
}

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.key("event", self.event)?;
        table.key("date", &self.date)?;
        table.maybe("by", &self.by)?;
        table.maybe("place", &self.place)?;
        table.maybe("document", &self.document)?;
        table.maybe("vote", &self.vote)?;
        table.maybe("note", &self.note)?;
        table.close()
    }
}

impl Serialize for Priority {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.key("id", &self.id)?;
        table.key("label", &self.label)?;
        table.close()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.maybe("name", &self.name)?;
        table.maybe("description", &self.description)?;
        table.close()
    }
}

impl Serialize for Organization {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.key("name", &self.name)?;
        table.maybe("acronym", &self.acronym)?;
        table.maybe("url", &self.url)?;
        table.close()
    }
}

impl Serialize for Predecessor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (title, url) = match self {
            Self::Here(name) => return name.serialize(serializer),
            Self::Elsewhere { title, url } => (title, url),
        };
        let mut table = Table::<S>::open(serializer)?;
        table.key("title", title)?;
        table.key("url", url)?;
        table.close()
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut table = Table::<S>::open(serializer)?;
        table.maybe("start", &self.start)?;
        table.maybe("end", &self.end)?;
        table.close()
    }
}

/// `terms`
struct Terms<'p>(&'p [(&'static str, String)]);

impl Serialize for Terms<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, term)| (name, term)))
    }
}

/// `links`
#[derive(Serialize)]
struct Links<'p> {
    source: &'p str,
}

impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.source())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
