//! Strings of an open list: the values that Stripe documents are constants to match on, any other value is kept as it is.
//!
//! An unknown value never fails a decode, and a new value in a later version of the document is never a breaking change.

use std::fmt;

use crate::validate::Format;

/// A string that is one of a known list, or any other.
///
/// The types that hold one keep it private and normal: a known text is always held as its constant, so that equality and
/// patterns on constants are right. Its variants are here for the constants, of which there are thousands: a call of a
/// function in each would be run by the compiler.
#[doc(hidden)]
#[derive(Clone, PartialEq, Eq, Hash)]
#[allow(
    clippy::exhaustive_enums,
    reason = "only the declarations of types make one"
)]
pub enum Symbol {
    /// A text of the list.
    Known(&'static str),
    /// Any other.
    Other(Box<str>),
}

impl Symbol {
    /// The constant in `known`, which is sorted, that reads `text`, or any other text.
    #[must_use]
    pub fn new(text: &str, known: &[&'static str]) -> Self {
        match known.binary_search(&text) {
            Ok(index) => known
                .get(index)
                .map_or_else(|| Self::other(text), |known| Self::Known(known)),
            Err(_) => Self::other(text),
        }
    }

    /// The same value as texts of this format are written: currencies in lower case.
    #[must_use]
    pub fn formatted(self, format: Format, known: &[&'static str]) -> Self {
        let text = self.as_str();
        let is_upper = |byte: u8| byte.is_ascii_uppercase();
        if format == Format::Currency && text.bytes().any(is_upper) {
            return Self::new(&text.to_ascii_lowercase(), known);
        }
        self
    }

    fn other(text: &str) -> Self {
        Self::Other(text.into())
    }

    /// The text, as Stripe writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(text) => text,
            Self::Other(text) => text,
        }
    }

    /// Whether the text is in the list.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// Declares an open enumeration. The body reads as a Rust enum whose discriminants are the texts; what is declared is a
/// struct with one constant for each. `#[format(…)]` says that all its values are written in a certain way.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    (
        $(#[doc = $doc:literal])*
        $(#[format($format:ident)])?
        pub enum $name:ident {
            $($value:ident = $text:literal,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Hash)]
        pub struct $name($crate::open_enum::Symbol);

        impl $name {
            $(#[doc = concat!("`", $text, "`")] pub const $value: Self = Self($crate::open_enum::Symbol::Known($text));)*

            /// The documented values, sorted.
            pub const KNOWN: &'static [&'static str] = &[$($text),*];

            /// The text, as Stripe writes it.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        // `derive(Eq)` would add a function to each of thousands of types.
        impl Eq for $name {}

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                Self($crate::open_enum::Symbol::new(text, Self::KNOWN)$(.formatted($crate::validate::Format::$format, Self::KNOWN))?)
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(&self.0, f)
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::value::Value for $name {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                $crate::value::Node::Symbol(self.as_str())$(.formatted($crate::validate::Format::$format))?
            }
        }

        impl $crate::decode::Slot for $name {
            #[inline]
            fn target(&mut self) -> $crate::decode::Target<'_> {
                $crate::decode::Target::Symbol(&mut self.0, Self::KNOWN)
            }
        }

        impl $crate::decode::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self($crate::open_enum::Symbol::Known(""))
            }
        }

        $crate::serde_through_json!($name);
    };
}

#[cfg(test)]
#[allow(missing_docs, unreachable_pub, reason = "the subject of the tests")]
mod tests {
    crate::open_enum! {
        pub enum Status {
            ACTIVE = "active",
            PAST_DUE = "past_due",
        }
    }

    #[test]
    fn constants_work_in_patterns() {
        let status = Status::from("past_due");
        assert!(matches!(status, Status::PAST_DUE));
        assert!(!matches!(
            Status::from("paused"),
            Status::ACTIVE | Status::PAST_DUE
        ));
    }

    #[test]
    fn an_unknown_value_is_kept() {
        assert_eq!(Status::from("paused").as_str(), "paused");
        assert_ne!(Status::from("paused"), Status::ACTIVE);
        assert_eq!(Status::from("paused"), Status::from("paused"));
    }
}
