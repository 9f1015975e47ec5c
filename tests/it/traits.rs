//! What every type can do, as bounds: a trait that is lost fails to compile here, where no user sees it first.
//!
//! The bounds on responses hold for all component schemas: `decode::samples` asks for them with every type in its list.

use std::borrow::Borrow;
use std::fmt::{Debug, Display};
use std::future::IntoFuture;
use std::hash::Hash;
use std::ops::Deref;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;
use stripe_generated::stripe_core::{
    ApiError, Expandable, Headers, Id, List, MaybeDeleted, ObjectId, SearchList, V2List,
};
use stripe_generated::types::{
    Binary, Clearable, Currency, DateTime, Decimal, Deleted, FileUpload, Int64, Json, Metadata,
    ObjectType, RangeQuery, Timestamp,
};
use stripe_generated::{
    ApiKey, Client, Error, ErrorKind, Request, Response, checkout, customer, event, id, invoice,
    payment_intent, v2,
};

use crate::calls;

/// What can be kept, shown and moved anywhere.
pub(crate) trait Everywhere: Clone + Debug + Send + Sync + Unpin + 'static {}

impl<T: Clone + Debug + Send + Sync + Unpin + 'static> Everywhere for T {}

/// What feature `serde` adds.
pub(crate) trait Stored: Serialize + DeserializeOwned {}

impl<T: Serialize + DeserializeOwned> Stored for T {}

/// What can be compared, put into a map and shown to people.
trait Key: Everywhere + Eq + Hash + Display {}

impl<T: Everywhere + Eq + Hash + Display> Key for T {}

macro_rules! all {
    ($bound:path: $($ty:ty),* $(,)?) => {{
        fn check<T: $bound>() {}
        $(check::<$ty>();)*
    }};
}

#[test]
fn responses_can_be_kept_shown_sent_and_stored() {
    all!(Everywhere:
        customer::Customer, payment_intent::PaymentIntent, checkout::session::CheckoutSession, event::Event,
        v2::core::account::V2CoreAccount, stripe_generated::schema::PaymentSource, List<customer::Customer>,
        SearchList<customer::Customer>, V2List<v2::core::event::V2CoreEvent>, MaybeDeleted<customer::Customer>, Deleted,
        Expandable<id::CustomerId>, Binary, Json, DateTime, Timestamp, Decimal, Int64, ObjectType,
    );
    all!(Stored:
        customer::Customer, event::Event, stripe_generated::schema::PaymentSource, Deleted, Json, DateTime, Timestamp, Decimal, Int64,
        ObjectType, Currency, customer::CustomerTaxExempt, id::CustomerId,
        List<customer::Customer>, SearchList<customer::Customer>, V2List<v2::core::event::V2CoreEvent>,
        MaybeDeleted<customer::Customer>, Expandable<id::CustomerId>,
    );
}

#[test]
fn parameters_can_be_kept_shown_and_sent() {
    all!(Everywhere:
        customer::Create, customer::Update, customer::List, customer::Search, customer::Address, invoice::List,
        payment_intent::Create, payment_intent::PaymentMethodData, checkout::session::Create,
        v2::core::account::Update, Metadata, RangeQuery, FileUpload, Clearable<String>, Currency,
    );
}

#[test]
fn ids_can_be_compared_sorted_hashed_and_made_from_text() {
    trait Text:
        Key
        + Ord
        + AsRef<str>
        + Borrow<str>
        + Deref<Target = str>
        + FromStr
        + for<'a> From<&'a str>
        + From<String>
        + Into<String>
    {
    }
    impl<T> Text for T where
        T: Key
            + Ord
            + AsRef<str>
            + Borrow<str>
            + Deref<Target = str>
            + FromStr
            + for<'a> From<&'a str>
            + From<String>
            + Into<String>
    {
    }
    all!(Text: id::CustomerId, id::PaymentIntentId, id::EventId, ObjectId, Id<id::kind::Customer>);
}

#[test]
fn open_values_can_be_compared_hashed_and_shown() {
    all!(Key:
        Currency, customer::TaxExempt, customer::CustomerTaxExempt, payment_intent::PaymentIntentStatus,
        v2::core::account::Include, Decimal, DateTime, ObjectType,
    );
}

#[test]
fn the_client_and_its_parts_can_be_shared() {
    all!(Everywhere: Client, ApiKey, Headers, ApiError, ErrorKind);
    all!(Send: Error, Response<customer::Customer>, Request<customer::Customer>);
    all!(Sync: Error, Response<customer::Customer>);
    all!(Unpin: Error, Response<customer::Customer>, Request<customer::Customer>);
}

#[test]
fn an_error_is_one_word() {
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), Error>>(), size_of::<usize>());
}

#[test]
fn constants_of_open_values_are_patterns() {
    let word = |value: &customer::CustomerTaxExempt| match *value {
        customer::CustomerTaxExempt::EXEMPT => "exempt",
        customer::CustomerTaxExempt::NONE | customer::CustomerTaxExempt::REVERSE => "taxed",
        _ => "new",
    };
    for (text, expected) in [
        ("exempt", "exempt"),
        ("reverse", "taxed"),
        ("reversed", "new"),
        ("", "new"),
    ] {
        assert_eq!(word(&text.into()), expected, "{text}");
    }
    assert!(matches!(Currency::from("usd"), Currency::USD));
}

/// A call is a small value that needs nothing of the place where it was made.
fn is_small_and_free<T>(request: Request<T>)
where
    Request<T>: IntoFuture<IntoFuture: Send + 'static> + Send + 'static,
{
    assert_eq!(size_of_val(&request), size_of::<usize>());
    let call = request.into_future();
    assert!(size_of_val(&call) < 2048, "{} bytes", size_of_val(&call));
}

#[tokio::test]
async fn calls_are_small_and_free() {
    let stripe = calls::nowhere();
    let list = customer::List::new();
    is_small_and_free(stripe.customers().retrieve("cus_1"));
    is_small_and_free(stripe.customers().list(list));
    is_small_and_free(stripe.customers().search(customer::Search::new("x")));
    is_small_and_free(
        stripe
            .v2()
            .core()
            .events()
            .list(v2::core::event::List::new()),
    );
    is_small_and_free(stripe.quotes().pdf("qt_1"));
    let sent = stripe.customers().retrieve("cus_1").send();
    assert!(size_of_val(&sent) < 2048);
}
