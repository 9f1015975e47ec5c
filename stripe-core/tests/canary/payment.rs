//! A payment as applications know it: a card, a person and a bank account among the parameters, and an answer that could
//! be used to confirm it.

use stripe_core::Operation;
use stripe_core::types::{Json, Map, Metadata};

pub(crate) const SEARCH: Operation = Operation::get("/v1/things/search");

stripe_core::object! {
    /// What is answered.
    pub struct Payment {
        pub amount: i64,
        pub client_secret: Option<String>,
        pub free: Option<Json>,
        #[shown = true]
        pub id: String,
        pub metadata: Option<Map<String>>,
        pub number: Option<String>,
    }
}

stripe_core::params! {
    /// A card, a person or an account.
    pub struct Method {
        #[set(text)]
        pub cvc: String,
        #[set(text)]
        pub iban: String,
        #[set(text)]
        pub number: String,
        #[set(text)]
        pub ssn: String,
    }
}

stripe_core::params! {
    /// What is asked with.
    pub struct Pay {
        #[set(text)]
        pub email: String,
        pub free: Json,
        pub list: Vec<Method>,
        pub metadata: Metadata,
        #[set(boxed)]
        pub method: Method,
    }
}

pub(crate) fn pay() -> Pay {
    let card = Method::new().number("4242canaryCARD").cvc("canaryCVC");
    let person = Method::new().ssn("canarySSN");
    let account = Method::new().iban("DE89canaryIBAN");
    Pay::new()
        .email("canaryEMAIL@example.com")
        .free(r#"{"canaryEMAIL":["canarySSN"]}"#.parse().unwrap())
        .list(vec![person, account])
        .metadata(Metadata::new().set("canaryEMAIL", "canarySSN"))
        .method(card)
}

/// Parameters of a GET, which stand in its address.
pub(crate) fn query() -> Pay {
    Pay::new().email("canaryQUERY@example.com")
}
