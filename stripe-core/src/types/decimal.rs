//! Numbers that travel as strings, so that no digit is lost.

#[cfg(feature = "rust_decimal")]
mod rust_decimal;

use std::fmt;

use crate::decode::{Blank, ParsedText, Slot, Target};
use crate::value::{Node, Value};

/// Declares a string whose content is safe to print and kept as it was written.
#[doc(hidden)]
#[macro_export]
macro_rules! symbol_text {
    ($(#[doc = $doc:literal])* $(#[format($format:ident)])? pub struct $name:ident;) => {
        $(#[doc = $doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text as Stripe writes it.
            #[inline]
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(text: String) -> Self {
                Self(text)
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
                f.pad(&self.0)
            }
        }

        impl $crate::value::Value for $name {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                $crate::value::Node::Symbol(&self.0)$(.formatted($crate::validate::Format::$format))?
            }
        }

        impl $crate::decode::Slot for $name {
            fn target(&mut self) -> $crate::decode::Target<'_> {
                $crate::decode::Target::Text(&mut self.0)
            }
        }

        impl $crate::decode::Blank for $name {
            fn blank() -> Self {
                Self(String::new())
            }
        }

        $crate::serde_through_json!($name);
    };
}

symbol_text! {
    /// A decimal number, such as a unit price of `0.05` minor units. Kept as it was written, with all its digits.
    ///
    /// Stripe reads at most 12 digits after the point.
    #[format(Decimal)]
    pub struct Decimal;
}

impl From<i64> for Decimal {
    #[inline]
    fn from(number: i64) -> Self {
        Self(number.to_string())
    }
}

/// A whole number that v2 writes as a string, since JSON readers in other languages lose digits of large numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Int64 {
    number: i64,
    text: Digits,
}

/// A number's decimal text, held inline so that writing needs no allocation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Digits {
    bytes: [u8; 20],
    len: u8,
}

impl Int64 {
    /// The number.
    #[inline]
    #[must_use]
    pub const fn get(self) -> i64 {
        self.number
    }
}

impl From<i64> for Int64 {
    fn from(number: i64) -> Self {
        let mut text = Digits {
            bytes: [0; 20],
            len: 0,
        };
        for (slot, byte) in text.bytes.iter_mut().zip(number.to_string().bytes()) {
            *slot = byte;
            text.len = text.len.saturating_add(1);
        }
        Self { number, text }
    }
}

impl fmt::Debug for Int64 {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number.fmt(f)
    }
}

impl fmt::Display for Int64 {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.number, f)
    }
}

impl Value for Int64 {
    #[inline]
    fn node(&self) -> Node<'_> {
        let digits = self
            .text
            .bytes
            .get(..usize::from(self.text.len))
            .unwrap_or_default();
        Node::Symbol(std::str::from_utf8(digits).unwrap_or_default())
    }
}

impl ParsedText for Int64 {
    fn parse(&mut self, text: &str) -> Result<(), &'static str> {
        let number: i64 = text
            .parse()
            .map_err(|_hidden| "a whole number in a string")?;
        *self = Self::from(number);
        Ok(())
    }
}

impl Slot for Int64 {
    fn target(&mut self) -> Target<'_> {
        Target::Parsed(self)
    }
}

impl Blank for Int64 {
    fn blank() -> Self {
        Self::from(0)
    }
}

crate::serde_through_json!(Int64);
