//! The `serde` feature: `Serialize` and `Deserialize` for whatever Stripe answers with, through the same tables that the client
//! uses, so that they cost no derive.
//!
//! What has a field is kept exactly, in any format that describes itself. What is kept as JSON (unknown fields,
//! [`Json`](crate::types::Json), expanded objects, and in reading what is looked into before its type is known) goes through
//! `serde_json::Value`: its objects are sorted by name, and its numbers are kept as `i64`, `u64` or `f64`, so that `1.10`
//! becomes `1.1`. For JSON to the byte there is [`json::write`](crate::json::write).

/// One line per type: the serde impls of a type that has a [`Value`](crate::value::Value) and a
/// [`Slot`](crate::decode::Slot).
#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_through_json {
    ($name:ident) => {
        $crate::serde_through_json!(@ [] $name);
    };
    ($name:ident<$($param:ident),+>) => {
        $crate::serde_through_json!(@ [$($param),+] $name<$($param),+>);
    };
    (@ [$($param:ident),*] $ty:ty) => {
        impl<$($param),*> $crate::through_json::Serialize for $ty
        where
            Self: $crate::value::Value,
        {
            #[inline]
            fn serialize<Out: $crate::through_json::Serializer>(&self, serializer: Out) -> Result<Out::Ok, Out::Error> {
                $crate::through_json::write(self, serializer)
            }
        }

        impl<'de, $($param),*> $crate::through_json::Deserialize<'de> for $ty
        where
            Self: $crate::decode::Slot + $crate::decode::Blank,
        {
            #[inline]
            fn deserialize<In: $crate::through_json::Deserializer<'de>>(deserializer: In) -> Result<Self, In::Error> {
                $crate::through_json::read(deserializer)
            }
        }
    };
}

/// Without the `serde` feature there is nothing to add.
#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! serde_through_json {
    ($name:ident $(<$($param:ident),+>)?) => {};
}

#[cfg(feature = "serde")]
mod implementation;

#[cfg(feature = "serde")]
pub use implementation::{Deserialize, Deserializer, Serialize, Serializer, read, write};
