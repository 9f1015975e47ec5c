//! What the types can and cannot do, checked by the compiler.

#![cfg(feature = "client")]

use std::fmt::{Debug, Display};

use stripe_core::paging::{Items, Pages};
use stripe_core::{ApiKey, Call, Client, Error, List, Request, Response};

fn shared<T: Clone + Debug + Send + Sync + Unpin + 'static>() {}
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

// K-1: a key cannot be printed, compared, serialised or taken for a string.
has_none_of!(ApiKey: Display, PartialEq, AsRef<str>, std::ops::Deref, serde::Serialize);
has_none_of!(Client: serde::Serialize, PartialEq);

#[test]
fn k9_clients_and_requests_can_be_shared() {
    shared::<Client>();
    shared::<ApiKey>();
    shared::<Request<List<i64>>>();
}

#[test]
fn what_is_under_way_can_be_sent() {
    sent::<Call<i64>>();
    sent::<Call<Response<i64>>>();
    sent::<Response<i64>>();
    sent::<Pages<List<i64>>>();
    sent::<Items<List<i64>>>();
    sent::<Error>();
    assert_eq!(size_of::<Request<i64>>(), size_of::<usize>());
    assert_eq!(size_of::<Error>(), size_of::<usize>());
}
