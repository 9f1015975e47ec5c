//! Parameters made from data, for tests: with the feature `testing` every type of parameters can be read from JSON, so that
//! a test can fill all of them without a line of code for each. Without the feature there is nothing here.
//!
//! This is not how an application sends what has no type: that is [`Request::extra_param`](crate::Request::extra_param).

/// Two lines per type: the places that the parameters of a `params!` are read into.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! params_from_data {
    ($name:ident { $($field:ident),* }) => {
        impl $crate::decode::Blank for $name {
            fn blank() -> Self {
                Self { $($field: $crate::decode::Blank::blank()),* }
            }
        }

        impl $crate::decode::Slot for $name {
            fn slots(&mut self, take: $crate::decode::Slots<'_>) {
                let shape = $crate::value::Value::shape(self);
                $crate::from_data::closed(shape, |extra| take.all(&mut [$(&mut self.$field),*], extra))
            }
        }
    };
}

/// Without the feature nothing is read.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! params_from_data {
    ($name:ident { $($field:ident),* }) => {};
}

/// What a `choice!` is read as: one of its texts, or the first arm that has a place for all of it.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! choice_from_data {
    ($name:ident { $($arm:ident $(($ty:ty))? $(= $text:literal)?,)* }) => {
        impl $crate::decode::Blank for $name {
            fn blank() -> Self {
                $crate::first_arm!($($arm $(($ty))?,)*)
            }
        }

        impl $crate::decode::RawSink for $name {
            fn accept(&mut self, raw: Box<$crate::RawValue>) -> Result<(), $crate::decode::Error> {
                $($(if $crate::from_data::is_text(&raw, $text) {
                    *self = Self::$arm;
                    return Ok(());
                })?)*
                $($(if let Some(value) = $crate::from_data::arm::<$ty>(&raw) {
                    *self = Self::$arm(value);
                    return Ok(());
                })?)*
                Err($crate::from_data::no_arm(stringify!($name)))
            }
        }

        impl $crate::decode::Slot for $name {
            fn target(&mut self) -> $crate::decode::Target<'_> {
                $crate::decode::Target::Raw(self)
            }
        }
    };
}

/// Without the feature nothing is read.
#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! choice_from_data {
    ($name:ident { $($arm:ident $(($ty:ty))? $(= $text:literal)?,)* }) => {};
}

/// A value before anything was read.
#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! first_arm {
    ($arm:ident ($ty:ty), $($rest:tt)*) => {
        Self::$arm(<$ty as $crate::decode::Blank>::blank())
    };
    ($arm:ident, $($rest:tt)*) => {
        Self::$arm
    };
}

#[cfg(feature = "testing")]
mod places;
#[cfg(feature = "testing")]
mod unknown;

#[cfg(feature = "testing")]
pub use unknown::{arm, closed, is_text, no_arm, noting};

#[cfg(feature = "testing")]
pub(crate) use unknown::note_symbol;
