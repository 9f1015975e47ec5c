//! The small value types of Stripe's API: times, money, decimals, metadata, free JSON, and the three states of a
//! parameter.

mod binary;
mod clearable;
mod currency;
mod decimal;
mod file;
mod json;
mod metadata;
mod money;
mod range;
mod tag;
mod time;

pub use binary::Binary;
pub use clearable::{Clearable, Store, owned};
pub use currency::Currency;
pub use decimal::{Decimal, Int64};
pub use file::FileUpload;
pub use json::{Json, Map};
pub use metadata::Metadata;
pub use money::Money;
pub use range::{Bound, RangeQuery};
pub use tag::ObjectType;
pub use time::{DateTime, Timestamp};

pub use crate::extra::Extra;
pub use crate::id::{Id, ObjectId};
pub use crate::maybe_deleted::{Deleted, MaybeDeleted};

#[cfg(feature = "client")]
pub(crate) use file::FileContent;
