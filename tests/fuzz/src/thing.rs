//! An object with a field of every kind that answers have.

use stripe_core::types::{DateTime, Decimal, Json, Map, Timestamp};
use stripe_core::{Expandable, Id, MaybeDeleted};

/// Marks the ids of things.
#[derive(Debug)]
pub(crate) enum Kind {}

pub(crate) type ThingId = Id<Kind>;

impl stripe_core::Expand for Kind {
    type Object = Thing;
}

stripe_core::object! {
    pub struct Thing {
        pub amount: Option<i64>,
        pub at: Option<Timestamp>,
        pub date: Option<DateTime>,
        pub either: Option<Either>,
        pub flag: Option<bool>,
        pub free: Option<Json>,
        pub id: String,
        pub kind: Option<Known>,
        pub list: Option<Vec<Thing>>,
        pub map: Option<Map<Thing>>,
        pub maybe: Option<Box<MaybeDeleted<Thing>>>,
        pub other: Option<Expandable<ThingId>>,
        pub part: Option<Box<Thing>>,
        pub rate: Option<f64>,
        pub tagged: Option<Tagged>,
        pub total: Option<Decimal>,
    }
}

stripe_core::union! {
    pub enum Tagged {
        Thing(Thing) = "thing",
    }
}

stripe_core::either! {
    pub enum Either {
        Number(i64),
        Thing(Box<Thing>),
        Text(String),
    }
}

stripe_core::open_enum! {
    pub enum Known {
        A = "a",
        B = "b",
    }
}
