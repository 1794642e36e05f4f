//! One line's object: its cells go straight to what is received of a unit.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{self, Deserializer, MapAccess, SeqAccess, Visitor};

use super::is_number;
use crate::format::{Column, Received, same_language};

/// How the header of an alignment file is told from what is read here.
pub(super) const ALIGNMENT_FILE: &str = "the header of an alignment file";

/// An object as it is read: its cells go straight to `into`.
pub(super) struct Object<'r> {
    languages: [&'r str; 2],
    passed_over: &'r mut BTreeSet<String>,
    into: &'r mut Received,
    /// The columns that were read, a bit for each.
    seen: u64,
    /// The other keys.
    others: Vec<String>,
}

impl<'r> Object<'r> {
    /// An object of which nothing is read yet. What is in no column is noted in `passed_over`.
    pub fn new(
        languages: [&'r str; 2],
        passed_over: &'r mut BTreeSet<String>,
        into: &'r mut Received,
    ) -> Self {
        Object { languages, passed_over, into, seen: 0, others: Vec::new() }
    }

    /// Notes that a column was read; it may be so once.
    fn once<E: de::Error>(&mut self, column: Column) -> Result<(), E> {
        let bit = 1 << column as u64;
        if self.seen & bit != 0 {
            return Err(E::custom(format_args!("the key `{column}` twice")));
        }
        self.seen |= bit;
        Ok(())
    }

    /// Notes a key that is no column.
    fn other<E: de::Error>(&mut self, key: String) -> Result<(), E> {
        if self.others.contains(&key) {
            return Err(E::custom(format_args!("the key `{key}` twice")));
        }
        self.others.push(key);
        Ok(())
    }
}

impl<'de> Visitor<'de> for &mut Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `translation`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            if key == "translation" {
                self.other(key.into_owned())?;
                map.next_value_seed(Translation(&mut *self))?;
            } else if let Ok(column) = key.parse::<Column>() {
                self.once(column)?;
                map.next_value_seed(Cell { column, into: self.into })?;
            } else if key == "enregard" {
                return Err(de::Error::custom(ALIGNMENT_FILE));
            } else {
                self.passed_over.insert(format!("key `{key}`"));
                self.other(key.into_owned())?;
                let Passed = map.next_value()?;
            }
        }
        Ok(())
    }
}

/// The object under `translation`: texts by language.
struct Translation<'o, 'r>(&'o mut Object<'r>);

impl<'de> de::DeserializeSeed<'de> for Translation<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Translation<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [source, target] = self.0.languages;
        write!(f, "an object with `{source}` and `{target}`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Translation(object) = self;
        while let Some(Key(key)) = map.next_key()? {
            let place = object.languages.iter().position(|language| same_language(language, &key));
            if let Some(place) = place {
                let column = [Column::Fr, Column::En][place];
                object.once(column)?;
                map.next_value_seed(Cell { column, into: object.into })?;
            } else {
                object.passed_over.insert(format!("language `{key}`"));
                object.other(key.into_owned())?;
                let Passed = map.next_value()?;
            }
        }
        Ok(())
    }
}

/// A key, borrowed where it can be.
struct Key<'k>(std::borrow::Cow<'k, str>);

impl<'de> de::Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = Key<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }
            fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
                Ok(Key(key.into()))
            }
            fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
                Ok(Key(key.to_owned().into()))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// A value that goes to a column: text, a number, or nothing.
struct Cell<'r> {
    column: Column,
    into: &'r mut Received,
}

impl<'de> de::DeserializeSeed<'de> for Cell<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text for `{}`", self.column)
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.into.push(self.column, text);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<(), E> {
        self.visit_f64(number as f64)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<(), E> {
        self.visit_f64(number as f64)
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<(), E> {
        if self.column == Column::Score || is_number(self.column) {
            self.into.push(self.column, &number.to_string());
            return Ok(());
        }
        Err(E::invalid_type(de::Unexpected::Float(number), &self))
    }
}

/// Any value, read to its end for the sake of its faults, and dropped.
struct Passed;

impl<'de> de::Deserialize<'de> for Passed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Passed)
    }
}

impl<'de> Visitor<'de> for Passed {
    type Value = Passed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_str<E>(self, _: &str) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_unit<E>(self) -> Result<Passed, E> {
        Ok(Passed)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Passed, A::Error> {
        while let Some(Passed) = seq.next_element()? {}
        Ok(Passed)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Passed, A::Error> {
        while let Some((Passed, Passed)) = map.next_entry()? {}
        Ok(Passed)
    }
}
