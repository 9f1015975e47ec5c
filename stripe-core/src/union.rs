//! Values of several types: objects told apart by their `object` field in responses (`union!`), and parameters that take
//! more than one kind of value (`choice!`). Debug prints the value without the name of its arm, and hides texts as that
//! of objects does.

use serde_json::value::RawValue;

use crate::decode::{self, Decode, Error};
use crate::head::Head;

/// The `object` field of a union's JSON, by which its arm is chosen.
#[doc(hidden)]
pub fn tag(raw: &RawValue) -> Result<String, Error> {
    Ok(Head::of(raw)?.object.unwrap_or_default())
}

/// Reads one arm of a union.
#[doc(hidden)]
pub fn arm<T: Decode>(raw: &RawValue) -> Result<Box<T>, Error> {
    decode::part(raw).map(Box::new)
}

/// Reads one kind of a value that has more than one.
#[doc(hidden)]
pub fn kind<T: Decode>(raw: &RawValue) -> Result<T, Error> {
    decode::part(raw)
}

/// Declares a union of response objects; each arm's discriminant is its `object` value. An object of another kind is
/// kept as JSON.
#[doc(hidden)]
#[macro_export]
macro_rules! union {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($arm:ident($ty:ty) = $tag:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("An object of the kind `", $tag, "`.")] $arm(Box<$ty>),)*
            /// An object of a kind that is not known here.
            Other($crate::types::Json),
        }

        impl $crate::decode::RawSink for $name {
            #[inline]
            fn accept(&mut self, raw: Box<$crate::RawValue>) -> Result<(), $crate::decode::Error> {
                *self = match $crate::union::tag(&raw)?.as_str() {
                    $($tag => Self::$arm($crate::union::arm(&raw)?),)*
                    _ => Self::Other(raw.into()),
                };
                Ok(())
            }

            $crate::first_kind! { $($arm(Box<$ty>),)* }
        }

        impl $crate::decode::Slot for $name {
            #[inline]
            fn target(&mut self) -> $crate::decode::Target<'_> {
                $crate::decode::Target::Raw(self)
            }
        }

        impl $crate::decode::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::Other($crate::decode::Blank::blank())
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::debug::value(self, f)
            }
        }

        impl $crate::value::Value for $name {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                match self {
                    $(Self::$arm(object) => object.node(),)*
                    Self::Other(json) => json.node(),
                }
            }
        }

        $crate::serde_through_json!($name);
    };
}

/// Declares a parameter that takes more than one kind of value: an arm with a discriminant is that very string.
#[doc(hidden)]
#[macro_export]
macro_rules! choice {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($arm:ident $(($ty:ty))? $(= $text:literal)?,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = concat!("The text `", $text, "`.")])? $(#[doc = concat!("A `", stringify!($ty), "`.")])? $arm $(($ty))?,)*
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::debug::value(self, f)
            }
        }

        impl $crate::value::Value for $name {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                match self {
                    $($(Self::$arm(value) => <$ty as $crate::value::Value>::node(value),)?)*
                    $($(Self::$arm => $crate::value::Node::Symbol($text),)?)*
                }
            }
        }

        $crate::choice_from_data!($name { $($arm $(($ty))? $(= $text)?,)* });
    };
}

/// Declares a value of an answer that has more than one kind, told apart by its JSON: the first arm that it fits, from
/// the narrowest to the widest. What fits none is kept as JSON.
#[doc(hidden)]
#[macro_export]
macro_rules! either {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $($arm:ident($ty:ty),)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub enum $name {
            $(#[doc = concat!("A `", stringify!($ty), "`.")] $arm($ty),)*
            /// A value of a kind that is not known here.
            Other($crate::types::Json),
        }

        impl $crate::decode::RawSink for $name {
            #[inline]
            fn accept(&mut self, raw: Box<$crate::RawValue>) -> Result<(), $crate::decode::Error> {
                $(if let Ok(value) = $crate::union::kind::<$ty>(&raw) {
                    *self = Self::$arm(value);
                    return Ok(());
                })*
                *self = Self::Other(raw.into());
                Ok(())
            }

            $crate::first_kind! { $($arm($ty),)* }
        }

        impl $crate::decode::Slot for $name {
            #[inline]
            fn target(&mut self) -> $crate::decode::Target<'_> {
                $crate::decode::Target::Raw(self)
            }
        }

        impl $crate::decode::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self::Other($crate::decode::Blank::blank())
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::debug::value(self, f)
            }
        }

        impl $crate::value::Value for $name {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                match self {
                    $(Self::$arm(value) => <$ty as $crate::value::Value>::node(value),)*
                    Self::Other(json) => json.node(),
                }
            }
        }

        $crate::serde_through_json!($name);
    };
}

/// The kind that an example of a union is of.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! first_kind {
    ($arm:ident($ty:ty), $($rest:tt)*) => {
        fn first_kind(&mut self) -> Option<&mut dyn $crate::decode::Slot> {
            *self = Self::$arm(<$ty as $crate::decode::Blank>::blank());
            match self {
                Self::$arm(value) => Some(value),
                _ => None,
            }
        }
    };
}

/// Without the `testing` feature nobody asks for one.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! first_kind {
    ($($arms:tt)*) => {};
}
