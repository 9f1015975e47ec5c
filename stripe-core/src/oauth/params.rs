//! What the calls of OAuth take.

crate::params! {
    /// What [`OAuth::authorize_url`](super::OAuth::authorize_url) takes.
    ///
    /// The `state` is a text that cannot be guessed, new for every user, and kept in that user's session: Stripe sends it
    /// back with the code, and a code without it is not the user's. It is no place for a secret, as it goes through the
    /// user's browser.
    #[new(state: &str)]
    pub struct Authorize {
        /// Whether the owner is asked even if the account is connected already.
        pub always_prompt: bool,
        /// Where Stripe sends the owner back to: one of the addresses in the settings of Connect.
        #[set(text)]
        pub redirect_uri: String,
        /// What to ask for: `read_write`, or `read_only`.
        #[set(text)]
        pub scope: String,
        /// A text that cannot be guessed, kept in the owner's session.
        #[set(required)]
        pub state: String,
        /// Where an owner without a session begins: `login` or `register`.
        #[set(text)]
        pub stripe_landing: String,
        /// What is known of the owner, to be filled into the form beforehand.
        #[set(boxed)]
        pub stripe_user: StripeUser,
        /// What an Express account should be able to do, such as `transfers`.
        #[set(texts)]
        pub suggested_capabilities: Vec<String>,
    }
}

crate::params! {
    /// What is known of an account's owner and their business. It goes through the owner's browser.
    #[new()]
    pub struct StripeUser {
        /// The block, in kana (Japan).
        #[set(text)]
        pub block_kana: String,
        /// The block, in kanji (Japan).
        #[set(text)]
        pub block_kanji: String,
        /// The building, in kana (Japan).
        #[set(text)]
        pub building_kana: String,
        /// The building, in kanji (Japan).
        #[set(text)]
        pub building_kanji: String,
        /// The legal name of the business.
        #[set(text)]
        pub business_name: String,
        /// The legal form of the business, such as `sole_prop`, `corporation`, `non_profit`, `partnership` or `llc`.
        #[set(text)]
        pub business_type: String,
        /// The city of the business.
        #[set(text)]
        pub city: String,
        /// The country of the business: two letters, such as `US`.
        #[set(text)]
        pub country: String,
        /// The currency of the account: three letters, such as `usd`.
        #[set(text)]
        pub currency: String,
        /// The day on which the owner was born: 1 to 31.
        pub dob_day: i64,
        /// The month in which the owner was born: 1 to 12.
        pub dob_month: i64,
        /// The year in which the owner was born, with four digits.
        pub dob_year: i64,
        /// The owner's email address.
        #[set(text)]
        pub email: String,
        /// The owner's first name.
        #[set(text)]
        pub first_name: String,
        /// The owner's first name, in kana (Japan).
        #[set(text)]
        pub first_name_kana: String,
        /// The owner's first name, in kanji (Japan).
        #[set(text)]
        pub first_name_kanji: String,
        /// The owner's gender, `female` or `male` (Japan).
        #[set(text)]
        pub gender: String,
        /// The owner's last name.
        #[set(text)]
        pub last_name: String,
        /// The owner's last name, in kana (Japan).
        #[set(text)]
        pub last_name_kana: String,
        /// The owner's last name, in kanji (Japan).
        #[set(text)]
        pub last_name_kanji: String,
        /// The phone number of the business: digits only.
        #[set(text)]
        pub phone_number: String,
        /// Whether the business sells things that are sent to people.
        pub physical_product: bool,
        /// What the business sells.
        #[set(text)]
        pub product_description: String,
        /// The state or province of the business: two letters.
        #[set(text)]
        pub state: String,
        /// The street of the business, with the number.
        #[set(text)]
        pub street_address: String,
        /// The website of the business.
        #[set(text)]
        pub url: String,
        /// The postal code of the business.
        #[set(text)]
        pub zip: String,
    }
}

crate::params! {
    /// What [`OAuth::token`](super::OAuth::token) takes: see [`from_code`](Self::from_code) and
    /// [`from_refresh_token`](Self::from_refresh_token).
    #[new(grant_type: &str)]
    pub struct Token {
        /// What the account has to be able to do; an error if it is not.
        #[set(texts)]
        pub assert_capabilities: Vec<String>,
        /// The code that the owner came back with.
        #[set(text)]
        pub code: String,
        /// What `code` or `refresh_token` is given: `authorization_code` or `refresh_token`.
        #[set(required)]
        pub grant_type: String,
        /// The token that is to be renewed.
        #[set(text)]
        pub refresh_token: String,
        /// What to ask for when renewing; no more than was granted.
        #[set(text)]
        pub scope: String,
    }
}

impl Token {
    /// For the code that an account's owner came back with. Check the `state` that came with it first.
    #[inline]
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        Self::new("authorization_code").code(code)
    }

    /// To renew what was granted: for a smaller scope, or for test data instead of live data.
    #[inline]
    #[must_use]
    pub fn from_refresh_token(token: &str) -> Self {
        Self::new("refresh_token").refresh_token(token)
    }
}
