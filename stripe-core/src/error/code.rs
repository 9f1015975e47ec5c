//! The codes by which Stripe tells errors apart: open lists, with constants to match on.
//!
//! A code is a view of the text that Stripe sent. No list decides what is kept, so that a code that is new is as good as
//! one that is known, and any crate can add constants: those of version 2 of the API are generated from Stripe's document.

mod api;
mod decline;

use std::fmt;

macro_rules! code {
    ($(#[doc = $doc:literal])* pub struct $name:ident;) => {
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name<'a>(&'a str);

        impl<'a> $name<'a> {
            /// The code of this text, as Stripe writes it.
            #[inline]
            #[must_use]
            pub const fn new(text: &'a str) -> Self {
                Self(text)
            }

            /// The text, as Stripe writes it.
            #[inline]
            #[must_use]
            pub const fn as_str(self) -> &'a str {
                self.0
            }
        }

        impl<'a> From<&'a str> for $name<'a> {
            #[inline]
            fn from(text: &'a str) -> Self {
                Self(text)
            }
        }

        impl PartialEq<str> for $name<'_> {
            #[inline]
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name<'_> {
            #[inline]
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Debug for $name<'_> {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(self.0, f)
            }
        }

        impl fmt::Display for $name<'_> {
            #[inline]
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.0)
            }
        }
    };
}

/// Declares the constants of a code, each under its text in capitals.
macro_rules! constants {
    ($name:ident: $($constant:ident = $text:literal,)*) => {
        impl super::$name<'static> {
            $(#[doc = concat!("`", $text, "`")] pub const $constant: Self = Self::new($text);)*
        }

        #[cfg(test)]
        mod tests {
            #[test]
            fn constants_are_sorted_and_named_after_their_texts() {
                let texts = [$($text),*];
                assert!(texts.is_sorted_by(|a, b| a < b));
                let names = [$(stringify!($constant)),*];
                assert_eq!(texts.map(str::to_uppercase), names);
            }
        }
    };
}

use constants;

code! {
    /// What went wrong, for programs: `resource_missing`. See [`Error::code`](crate::Error::code).
    ///
    /// The constants are those of <https://docs.stripe.com/error-codes> and of OAuth; Stripe's OpenAPI document does not
    /// list them. The codes of version 2 of the API, which it does list, are constants in `stripe_generated::error_code`.
    /// Any other code can be compared as text.
    ///
    /// ```
    /// use stripe_core::{Error, ErrorCode};
    ///
    /// fn is_gone(error: &Error) -> bool {
    ///     match error.code() {
    ///         Some(ErrorCode::RESOURCE_MISSING | ErrorCode::NO_ACCOUNT) => true,
    ///         Some(other) => other == "a_code_that_is_new",
    ///         None => false,
    ///     }
    /// }
    /// ```
    pub struct ErrorCode;
}

code! {
    /// Why a payment was declined: `insufficient_funds`. See [`Error::decline_code`](crate::Error::decline_code).
    ///
    /// The constants are those of <https://docs.stripe.com/declines/codes>. What a code says is for you: Stripe asks to
    /// show a person who pays nothing but its message ([`Error::user_message`](crate::Error::user_message)), above all for
    /// `lost_card`, `stolen_card` and `fraudulent`.
    pub struct DeclineCode;
}

code! {
    /// What to do about a decline, <https://docs.stripe.com/declines/card#retrying-issuer-declines>. See
    /// [`Error::advice_code`](crate::Error::advice_code).
    pub struct AdviceCode;
}

impl AdviceCode<'static> {
    /// `confirm_card_data`: let the person who pays check what they entered, or enter another card.
    pub const CONFIRM_CARD_DATA: Self = Self::new("confirm_card_data");
    /// `do_not_try_again`: this card will not work.
    pub const DO_NOT_TRY_AGAIN: Self = Self::new("do_not_try_again");
    /// `try_again_later`: the same card may work at another time.
    pub const TRY_AGAIN_LATER: Self = Self::new("try_again_later");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_work_in_patterns_whatever_the_text_is_borrowed_from() {
        const NEW: ErrorCode<'static> = ErrorCode::new("of_another_crate");
        let class = |text: String| match ErrorCode::new(&text) {
            ErrorCode::CARD_DECLINED | ErrorCode::EXPIRED_CARD => 1,
            NEW => 2,
            other if other == "as_text" => 3,
            _ => 4,
        };
        let classes =
            ["card_declined", "of_another_crate", "as_text", "unknown"].map(str::to_owned);
        assert_eq!(classes.map(class), [1, 2, 3, 4]);
    }

    #[test]
    fn e6_a_code_prints_no_control_characters_in_debug() {
        let code = ErrorCode::new("a\x1b[2J");
        assert_eq!(format!("{code:?}"), "\"a\\u{1b}[2J\"");
        assert_eq!(code.as_str(), "a\x1b[2J");
    }
}
