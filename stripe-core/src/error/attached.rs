//! Objects that come with something else, and the search for one in an error: the payment intent whose confirmation
//! failed, for example.

use crate::decode::{self, Decode};
use crate::error::ApiError;
use crate::head::Head;

/// An object that can be attached to an error or an event, and is told by its field `object`. The generated crate
/// implements it for the types that Stripe's document names in an error, and those that events are about.
pub trait Attached: Decode {
    /// The value of its field `object`.
    const OBJECT: &'static str;
}

impl ApiError {
    /// The object of this type that came with the error; `None` if there is none.
    ///
    /// # Errors
    ///
    /// If there is one, and it is not what a `T` is read from.
    pub fn object_as<T: Attached>(&self) -> Result<Option<T>, decode::Error> {
        for (_, raw) in self.extra.raw() {
            if Head::of(raw)?.object.as_deref() == Some(T::OBJECT) {
                return T::decode(raw.get().as_bytes()).map(Some);
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
#[allow(missing_docs, unreachable_pub, reason = "the subjects of the tests")]
mod tests {
    use super::*;

    crate::object! {
        pub struct Intent {
            pub amount: i64,
        }
    }

    crate::object! {
        pub struct Card {
            pub brand: String,
        }
    }

    impl Attached for Intent {
        const OBJECT: &'static str = "payment_intent";
    }

    impl Attached for Card {
        const OBJECT: &'static str = "card";
    }

    fn error(fields: &str) -> ApiError {
        let json = format!(r#"{{"type":"card_error",{fields}}}"#);
        ApiError::decode(json.as_bytes()).unwrap()
    }

    #[test]
    fn an_object_is_found_by_what_it_says_it_is() {
        let error = error(
            r#""source":{"brand":"visa","object":"card"},"payment_intent":{"object":"payment_intent","amount":7},"n":1"#,
        );
        assert_eq!(error.object_as::<Intent>().unwrap().unwrap().amount, 7);
        assert_eq!(error.object_as::<Card>().unwrap().unwrap().brand, "visa");
    }

    #[test]
    fn an_object_of_another_kind_is_not_taken_for_it() {
        let account =
            error(r#""source":{"object":"bank_account","brand":"no"},"x":[{"object":"card"}]"#);
        assert!(account.object_as::<Card>().unwrap().is_none());
        assert!(account.object_as::<Intent>().unwrap().is_none());
    }

    #[test]
    fn an_object_that_does_not_fit_is_an_error() {
        let broken = error(r#""payment_intent":{"object":"payment_intent","amount":"canary"}"#);
        let error = broken.object_as::<Intent>().unwrap_err();
        assert_eq!(error.path(), "amount");
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}
