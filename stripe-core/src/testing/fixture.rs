//! Examples of whatever Stripe answers with, made by walking the same places that answers are read into: no type has code
//! of its own for it.

mod fill;
mod kind;
mod number;
mod place;
mod text;
mod value;

use self::fill::fill;
use self::place::Place;
use crate::decode::{Blank, Slot};

/// The moment at which everything in an example happened: 2026-01-01T00:00:00Z.
const TIME: i64 = 1_767_225_600;
const DATE_TIME: &str = "2026-01-01T00:00:00.000Z";

/// An example of a type, for tests.
///
/// Every type that Stripe answers with has one: objects, lists of them, ids, enumerations and unions. It is the same every
/// time, and what Stripe would send if all went well:
///
/// - Ids begin as those of their kind do (`cus_Fixture`), and `object` says the kind.
/// - Amounts are 2000, in `usd`; nothing was refunded or is due. Everything happened at the start of 2026, in test mode.
/// - Enumerations have the value that means success (`succeeded`, `active`, `paid`) if there is one, else the first.
/// - Optional fields are set, but for what tells of a failure, an end or a refund. Optional objects are set two levels deep;
///   where a field `type` says which of several is there, that one alone.
/// - Lists have one item, and are complete.
///
/// All fields are public: change what the test is about.
///
/// ```
/// use stripe_core::testing::Fixture;
///
/// # mod stripe_generated {
/// #     #[derive(Debug)]
/// #     pub enum Customer {}
/// #     pub mod customer {
/// #         stripe_core::object! {
/// #             pub struct Customer {
/// #                 pub balance: Option<i64>,
/// #                 pub email: Option<String>,
/// #                 pub id: stripe_core::Id<super::Customer>,
/// #             }
/// #         }
/// #     }
/// # }
/// use stripe_generated::customer::Customer;
///
/// let mut jenny = Customer::fixture();
/// assert_eq!(jenny.id, "cus_Fixture");
/// assert_eq!(jenny.email.as_deref(), Some("jenny.rosen@example.com"));
/// jenny.balance = Some(-500);
/// ```
pub trait Fixture: Sized {
    /// The example.
    #[must_use]
    fn fixture() -> Self;
}

impl<T: Slot + Blank> Fixture for T {
    fn fixture() -> Self {
        let mut value = T::blank();
        fill(&mut value, Place::root());
        value
    }
}

/// Whether one of the words between underscores is one of these.
fn holds(field: &str, words: &[&str]) -> bool {
    field.split('_').any(|word| words.contains(&word))
}

#[cfg(test)]
#[allow(missing_docs, unreachable_pub, reason = "the subject of the tests")]
mod tests;
