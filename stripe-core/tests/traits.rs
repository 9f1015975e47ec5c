//! What the types can and cannot do, checked by the compiler.

#![cfg(feature = "client")]

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashMap};
use std::fmt::{Debug, Display};
use std::hash::Hash;
use std::str::FromStr;

use stripe_core::paging::{Items, Pages};
use stripe_core::transport::HttpRequest;
use stripe_core::types::{Currency, FileUpload, Metadata, Money, Timestamp};
use stripe_core::{
    ApiError, ApiKey, Call, Client, DeclineCode, Error, ErrorCode, List, ObjectId, Observation,
    Request, Response, StreamingCall, StreamingResponse,
};

fn shared<T: Clone + Debug + Send + Sync + Unpin + 'static>() {}
fn value<T: Clone + Debug + Eq + Send + Sync + Unpin + 'static>() {}
fn sent<T: Debug + Send + Unpin + 'static>() {}

/// Does not compile if the type has one of the traits: the method would then be ambiguous.
macro_rules! has_none_of {
    ($type:ty: $($trait:path),+) => {
        $(const _: fn() = || {
            trait Ambiguous<A> {
                fn method() {}
            }
            impl<T: ?Sized> Ambiguous<()> for T {}
            struct HasIt;
            #[allow(unused_qualifications, reason = "the trait may be in the prelude")]
            impl<T: ?Sized + $trait> Ambiguous<HasIt> for T {}
            let _ = <$type as Ambiguous<_>>::method;
        };)+
    };
}

/// The compiler decides: there is nothing left to run.
#[test]
fn k1_a_key_is_no_text_and_cannot_be_compared() {
    has_none_of!(ApiKey: Display, PartialEq, AsRef<str>, std::ops::Deref, serde::Serialize);
    has_none_of!(Client: serde::Serialize, PartialEq);
}

#[test]
fn k9_clients_and_requests_can_be_shared() {
    shared::<Client>();
    shared::<ApiKey>();
    shared::<Request<List<i64>>>();
    shared::<FileUpload>();
    shared::<Observation>();
}

#[test]
fn what_is_under_way_can_be_sent() {
    sent::<Call<i64>>();
    sent::<Call<Response<i64>>>();
    sent::<Response<i64>>();
    sent::<Pages<List<i64>>>();
    sent::<Items<List<i64>>>();
    sent::<StreamingCall>();
    sent::<StreamingResponse>();
    #[cfg(feature = "blocking")]
    sent::<stripe_core::Blocking<Items<List<i64>>>>();
    sent::<Error>();
    sent::<HttpRequest>();
    assert_eq!(size_of::<Request<i64>>(), size_of::<usize>());
    assert_eq!(size_of::<Error>(), size_of::<usize>());
    assert_eq!(size_of::<Option<Error>>(), size_of::<usize>());
}

#[test]
fn an_error_goes_where_errors_go() {
    fn error<T: std::error::Error + Send + Sync + Unpin + 'static>() {}
    error::<Error>();
    shared::<ApiError>();
    let _boxed: fn(Error) -> Box<dyn std::error::Error + Send + Sync> = Into::into;
}

#[test]
fn ids_do_what_strings_do() {
    fn id<T>()
    where
        T: Eq + Hash + Ord + Display + AsRef<str> + Borrow<str>,
        T: FromStr + From<&'static str> + From<String> + Into<String>,
    {
    }
    shared::<ObjectId>();
    id::<ObjectId>();
    let id: ObjectId = "cus_1".parse().unwrap();
    assert_eq!(HashMap::from([(id.clone(), 1)]).get("cus_1"), Some(&1));
    assert_eq!(BTreeMap::from([(id.clone(), 1)]).get("cus_1"), Some(&1));
    assert_eq!(format!("{id:>7}|"), "  cus_1|");
}

#[test]
fn small_values_are_values() {
    value::<Currency>();
    value::<DeclineCode<'static>>();
    value::<ErrorCode<'static>>();
    value::<Metadata>();
    value::<Money>();
    value::<Timestamp>();
}
