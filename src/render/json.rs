//! JSON that a person can read, too, as `serde_json` lays it out. In: a value. Out: bytes.
//!
//! `serde_json` looks at every byte by itself. Here a text that needs no escape, as nearly all, is
//! copied as a whole. May not know what it writes; of kinds that no file of a site holds it says so.

use serde::Serialize;
use serde::ser::{self, Impossible, Serializer};
use serde_json::Error;

use crate::plan::text::glance;

/// Writes a value, with room for `room` bytes before they have to move.
///
/// # Errors
///
/// Where a value has no such form: bytes, keys that are no text, kinds that hold others.
pub fn pretty(value: &impl Serialize, room: usize) -> Result<Vec<u8>, Error> {
    let mut writer = Writer {
        bytes: Vec::with_capacity(room),
        depth: 0,
    };
    value.serialize(&mut writer)?;
    Ok(writer.bytes)
}

struct Writer {
    bytes: Vec<u8>,
    depth: usize,
}

impl Writer {
    fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.bytes.extend_from_slice(bytes);
        Ok(())
    }

    /// Writes what others know how to write.
    fn leave(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        serde_json::to_writer(&mut self.bytes, value)
    }

    fn new_line(&mut self) {
        const SPACES: &[u8] = &[b' '; 32];
        self.bytes.push(b'\n');
        let mut missing = 2 * self.depth;
        while missing > 0 {
            let some = missing.min(SPACES.len());
            self.bytes.extend_from_slice(&SPACES[..some]);
            missing -= some;
        }
    }

    /// Opens a list or an object.
    fn open(&mut self, open: u8, close: u8) -> Entries<'_> {
        self.bytes.push(open);
        self.depth += 1;
        Entries {
            writer: self,
            close,
            empty: true,
        }
    }
}

/// A list or an object that is being written.
struct Entries<'w> {
    writer: &'w mut Writer,
    close: u8,
    empty: bool,
}

impl Entries<'_> {
    /// Begins another entry.
    fn begin(&mut self) {
        if !std::mem::take(&mut self.empty) {
            self.writer.bytes.push(b',');
        }
        self.writer.new_line();
    }

    fn close(self) -> Result<(), Error> {
        self.writer.depth -= 1;
        if !self.empty {
            self.writer.new_line();
        }
        self.writer.bytes.push(self.close);
        Ok(())
    }
}

fn no_json<T>() -> Result<T, Error> {
    Err(ser::Error::custom("this has no form in JSON here"))
}

/// The methods for what is written as `serde_json` does.
macro_rules! left {
    ($($method:ident($kind:ty))*) => {
        $(fn $method(self, value: $kind) -> Result<(), Error> {
            self.leave(&value)
        })*
    };
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Entries<'w>;
    type SerializeTuple = Entries<'w>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Entries<'w>;
    type SerializeStruct = Entries<'w>;
    type SerializeStructVariant = Impossible<(), Error>;

    left! {
        serialize_bool(bool) serialize_char(char)
        serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_f32(f32) serialize_f64(f64)
    }

    fn serialize_str(self, text: &str) -> Result<(), Error> {
        let is_escaped = |byte| (byte < b' ') | glance::one_of(byte, b"\"\\");
        if glance::any(text, is_escaped) {
            return self.leave(text);
        }
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b'"');
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Result<(), Error> {
        no_json()
    }

    fn serialize_none(self) -> Result<(), Error> {
        self.write(b"null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Error> {
        self.write(b"null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Error> {
        self.write(b"null")
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<(), Error> {
        self.serialize_str(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Error> {
        no_json()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Entries<'w>, Error> {
        Ok(self.open(b'[', b']'))
    }

    fn serialize_tuple(self, _: usize) -> Result<Entries<'w>, Error> {
        Ok(self.open(b'[', b']'))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Error> {
        no_json()
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Error> {
        no_json()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries<'w>, Error> {
        Ok(self.open(b'{', b'}'))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries<'w>, Error> {
        Ok(self.open(b'{', b'}'))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Error> {
        no_json()
    }
}

impl ser::SerializeSeq for Entries<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.begin();
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl ser::SerializeTuple for Entries<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        ser::SerializeSeq::serialize_element(self, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl ser::SerializeMap for Entries<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        self.begin();
        let start = self.writer.bytes.len();
        key.serialize(&mut *self.writer)?;
        if self.writer.bytes.get(start) == Some(&b'"') {
            Ok(())
        } else {
            no_json()
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.writer.bytes.extend_from_slice(b": ");
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl ser::SerializeStruct for Entries<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        // A field is called as in the program, where names need no escapes.
        self.begin();
        self.writer.bytes.push(b'"');
        self.writer.bytes.extend_from_slice(name.as_bytes());
        self.writer.bytes.extend_from_slice(b"\": ");
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn value() -> impl Strategy<Value = Value> {
        let text = "[a é/\"\\\\\n\t\u{0}\u{1f}\u{7f}\u{2028}\u{1f600}]{0,6}";
        let scalar = prop_oneof![
            text.prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<Option<bool>>().prop_map(|flag| json!(flag)),
        ];
        scalar.prop_recursive(20, 40, 3, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec((text, inner), 0..4)
                    .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn it_is_written_as_others_write_it(value in value()) {
            let others = serde_json::to_vec_pretty(&value).expect("it is JSON");
            prop_assert_eq!(pretty(&value, 0).expect("it is JSON"), others);
        }
    }

    #[test]
    fn a_key_is_a_text() {
        assert!(pretty(&BTreeMap::from([(1, 2)]), 0).is_err());
        assert!(pretty(&BTreeMap::from([("1", (2, "b"))]), 0).is_ok());
    }
}
