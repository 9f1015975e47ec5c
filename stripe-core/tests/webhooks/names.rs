//! What the generated crate would say: a few events and objects, by hand.

use stripe_core::Attached;
use stripe_core::webhook::{Catalog, EventNames};

stripe_core::open_enum! {
    /// What happened. Sorted, as the generator writes them.
    pub enum EventType {
        BALANCE_AVAILABLE = "balance.available",
        INVOICE_PAID = "invoice.paid",
    }
}

impl EventNames for EventType {
    const CATALOG: &'static Catalog = &Catalog {
        api_version: "2026-05-27.dahlia",
        events: &[
            ("balance.available", &["balance"]),
            ("invoice.paid", &["invoice"]),
        ],
        objects: &[
            ("balance", "Balance", "balance"),
            ("invoice", "Invoice", "invoices"),
        ],
    };

    fn text(&self) -> &str {
        self.as_str()
    }
}

stripe_core::object! {
    /// An object with an id.
    pub struct Invoice {
        pub amount_paid: i64,
        pub id: String,
        pub object: stripe_core::types::ObjectType,
    }
}

impl Attached for Invoice {
    const OBJECT: &'static str = "invoice";
}

stripe_core::object! {
    /// An object without an id.
    pub struct Balance {
        pub livemode: bool,
        pub object: stripe_core::types::ObjectType,
    }
}

impl Attached for Balance {
    const OBJECT: &'static str = "balance";
}

stripe_core::open_enum! {
    /// What happened. Sorted, as the generator writes them.
    pub enum ThinEventType {
        V2_CORE_ACCOUNT_UPDATED = "v2.core.account.updated",
    }
}

impl EventNames for ThinEventType {
    const CATALOG: &'static Catalog = &Catalog {
        api_version: "2026-05-27.dahlia",
        events: &[("v2.core.account.updated", &["v2.core.account"])],
        objects: &[("v2.core.account", "V2CoreAccount", "v2-core-accounts")],
    };

    fn text(&self) -> &str {
        self.as_str()
    }
}
