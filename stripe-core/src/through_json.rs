//! The `serde` feature: `Serialize` and `Deserialize` for every generated type, through the same tables that the client
//! uses, so that they lose nothing and cost no derive.

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
            Self: $crate::decode::Decode,
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
mod implementation {
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::decode::Decode;
    use crate::value::{Node, Value};

    /// Writes a value into any serializer.
    ///
    /// # Errors
    ///
    /// If the serializer refuses it.
    pub fn write<S: Serializer>(value: &dyn Value, serializer: S) -> Result<S::Ok, S::Error> {
        Written(value.node()).serialize(serializer)
    }

    /// Reads a value from any deserializer of a self-describing format.
    ///
    /// # Errors
    ///
    /// If the deserializer fails or the value does not fit.
    pub fn read<'de, D: Deserializer<'de>, T: Decode>(deserializer: D) -> Result<T, D::Error> {
        // Raw JSON can only be had from JSON text, so any other format is turned into that first.
        let value = serde_json::Value::deserialize(deserializer)?;
        T::decode(value.to_string().as_bytes()).map_err(serde::de::Error::custom)
    }

    struct Written<'a>(Node<'a>);

    impl Serialize for Written<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::Error;
            let text = crate::json::write(self.0).map_err(S::Error::custom)?;
            let value: serde_json::Value =
                serde_json::from_slice(text.as_ref()).map_err(S::Error::custom)?;
            value.serialize(serializer)
        }
    }
}

#[cfg(feature = "serde")]
pub use implementation::{Deserialize, Deserializer, Serialize, Serializer, read, write};
