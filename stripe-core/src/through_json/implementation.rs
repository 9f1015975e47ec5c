//! The two walks: a [`Node`] into any serializer, and any deserializer into a [`Slot`].

use serde::ser::{Error as _, SerializeMap, SerializeSeq};
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::decode::{Blank, Slot, from_any};
use crate::encode;
use crate::value::{List, Map, Node, Value};

/// Writes a value into any serializer.
///
/// # Errors
///
/// If the serializer refuses it, a number is not finite, or it holds a file.
pub fn write<S: Serializer>(value: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
    Written(value.node()).serialize(serializer)
}

/// Reads a value from any deserializer of a self-describing format.
///
/// # Errors
///
/// If the deserializer fails or the value does not fit.
pub fn read<'de, D: Deserializer<'de>, T: Slot + Blank>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::blank();
    from_any(deserializer, &mut value)?;
    Ok(value)
}

struct Written<'a>(Node<'a>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Absent | Node::Null => serializer.serialize_none(),
            Node::Bool(value) => serializer.serialize_bool(value),
            Node::Int(number) | Node::Time(number) => serializer.serialize_i64(number),
            Node::Float(number) if number.is_finite() => serializer.serialize_f64(number),
            Node::Float(_) => Err(S::Error::custom("a number is not finite")),
            Node::Text(text) | Node::Symbol(text) | Node::Formatted(text, _) => {
                serializer.serialize_str(text)
            }
            Node::Raw(raw) => {
                // Raw JSON has a serialization of its own that only `serde_json` understands.
                let value: serde_json::Value = serde_json::from_slice(raw.get().as_bytes())
                    .map_err(|_hidden| S::Error::custom("JSON is nested too deeply"))?;
                value.serialize(serializer)
            }
            Node::File(_) => Err(S::Error::custom("a file cannot be written")),
            Node::List(items) => list(items, serializer),
            Node::Map(entries) => map(entries, serializer),
            Node::Object(fields) => object(fields, serializer),
        }
    }
}

fn list<S: Serializer>(list: &dyn List, serializer: S) -> Result<S::Ok, S::Error> {
    let mut out = serializer.serialize_seq(Some(list.len()))?;
    for index in 0..list.len() {
        out.serialize_element(&Written(list.item(index)))?;
    }
    out.end()
}

fn map<S: Serializer>(map: &dyn Map, serializer: S) -> Result<S::Ok, S::Error> {
    let mut count = 0_usize;
    map.entries(&mut |_, node| count = count.saturating_add(present(node)));
    let mut out = serializer.serialize_map(Some(count))?;
    let mut result = Ok(());
    map.entries(&mut |name, node| {
        if result.is_ok() && present(node) > 0 {
            result = out.serialize_entry(name, &Written(node));
        }
    });
    result?;
    out.end()
}

fn object<S: Serializer>(object: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
    let mut count = 0_usize;
    // What is called back never fails, so that neither does the walk.
    let _ = encode::each_field(object, &mut |_, node| {
        count = count.saturating_add(present(node));
        Ok(())
    });
    let mut out = serializer.serialize_map(Some(count))?;
    let mut result = Ok(());
    let _ = encode::each_field(object, &mut |name, node| {
        if result.is_ok() && present(node) > 0 {
            result = out.serialize_entry(name.as_str(), &Written(node));
        }
        Ok(())
    });
    result?;
    out.end()
}

/// How many entries a value makes.
fn present(node: Node<'_>) -> usize {
    usize::from(!matches!(node, Node::Absent))
}
