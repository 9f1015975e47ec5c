//! What the tests check: parameters of an operation, with some of every kind.

use stripe_core::params;
use stripe_core::types::{Currency, DateTime, Decimal, Json, Map, Metadata, Timestamp};

stripe_core::open_enum! {
    pub enum Usage {
        OFF = "off",
        ON = "on",
    }
}

params! {
    #[new(currency: Currency)]
    pub struct Price {
        #[set(required)]
        pub currency: Currency,
        pub unit_amount: i64,
        pub unit_amount_decimal: Decimal,
        pub usage: Usage,
    }
}

params! {
    #[new()]
    pub struct Item {
        #[set(boxed)]
        pub price_data: Price,
        pub quantity: i64,
    }
}

params! {
    #[new(name: &str)]
    #[check("amount", Min(0))]
    #[check("amount", Max(99))]
    #[check("codes", MaxItems(2))]
    #[check("country", Country)]
    #[check("email", Email)]
    #[check("items.price_data.unit_amount", Without("unit_amount_decimal"))]
    #[check("items.price_data.usage", NotListed(&["on"]))]
    #[check("items.quantity", Unknown)]
    #[check("note", NotCleared)]
    #[check("reason", Required)]
    #[check("usage", NotListed(&["off"]))]
    pub struct Create {
        pub amount: i64,
        #[max = 3]
        #[set(texts)]
        pub codes: Vec<String>,
        #[set(text)]
        pub country: String,
        pub created: Timestamp,
        #[max = 20]
        #[set(text)]
        pub email: String,
        pub ends: DateTime,
        pub items: Vec<Item>,
        pub labels: Map<String>,
        pub metadata: Metadata,
        #[max = 5]
        #[set(required)]
        pub name: String,
        #[set(clear_text, clear_note)]
        pub note: String,
        pub raw: Json,
        #[set(clear_text, clear_reason)]
        pub reason: String,
        pub usage: Usage,
    }
}

/// Parameters that break no rule.
pub(crate) fn create() -> Create {
    Create::new("name").reason("because")
}
