//! Stripe's error object: in the body of an error, and in objects that remember why something failed
//! (`last_payment_error`).

use super::{AdviceCode, DeclineCode, ErrorCode};
use crate::decode::{self, Decode};

crate::object! {
    /// Stripe's own account of an error. Objects that come with it, such as the payment intent, are kept as JSON: see
    /// [`attached`](Self::attached).
    pub struct ApiError {
        /// What to do about a decline: `confirm_card_data`, `do_not_try_again` or `try_again_later`.
        #[shown = true]
        pub advice_code: Option<String>,
        /// The id of the charge that failed.
        #[shown = true]
        pub charge: Option<String>,
        /// What went wrong, for programs, such as `resource_missing`.
        #[shown = true]
        pub code: Option<String>,
        /// Why the bank declined, such as `insufficient_funds`.
        #[shown = true]
        pub decline_code: Option<String>,
        /// Where the code is explained.
        #[shown = true]
        pub doc_url: Option<String>,
        /// What went wrong, in words. For card errors it may be shown to the person who pays.
        pub message: Option<String>,
        /// What the card network advises.
        #[shown = true]
        pub network_advice_code: Option<String>,
        /// Why the card network declined.
        #[shown = true]
        pub network_decline_code: Option<String>,
        /// The parameter that is wrong. It may be named after a key of metadata, which is data.
        pub param: Option<String>,
        /// The type of the payment method, if a payment failed.
        #[shown = true]
        pub payment_method_type: Option<String>,
        /// The request in the dashboard's logs.
        pub request_log_url: Option<String>,
        /// The class of the error, such as `card_error`.
        #[wire = "type"]
        #[shown = true]
        pub error_type: Option<String>,
        /// What may be shown to the user, in version 2 of the API.
        pub user_message: Option<String>,
    }
}

impl ApiError {
    /// What went wrong, for programs, as something to match on.
    #[must_use]
    pub fn code(&self) -> Option<ErrorCode<'_>> {
        self.code.as_deref().map(ErrorCode::new)
    }

    /// Why the payment was declined, as something to match on.
    #[must_use]
    pub fn decline_code(&self) -> Option<DeclineCode<'_>> {
        self.decline_code.as_deref().map(DeclineCode::new)
    }

    /// What to do about a decline, as something to match on.
    #[inline]
    #[must_use]
    pub fn advice_code(&self) -> Option<AdviceCode<'_>> {
        self.advice_code.as_deref().map(AdviceCode::new)
    }

    /// An object that came with the error, by the name that it has there: `payment_intent`, `payment_method`,
    /// `setup_intent`, `source`, or one that is new. `None` if there is none of that name. Where the type is known,
    /// [`object_as`](Self::object_as) needs no name.
    ///
    /// # Errors
    ///
    /// If it is not what a `T` is read from.
    pub fn attached<T: Decode>(&self, name: &str) -> Option<Result<T, decode::Error>> {
        let json = self.extra.get(name)?;
        Some(T::decode(json.as_bytes()))
    }
}
