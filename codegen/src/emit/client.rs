//! The client, the version and the frame of the crate.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Piece, service};
use crate::plan::Plan;
use crate::plan::item::Accessor;

/// The client type, how it gets at the core's, and its methods.
pub(super) fn client(accessors: &[Accessor]) -> [TokenStream; 4] {
    let accessors = accessors.iter().map(service::accessor);
    let client = quote! {
        /// The client: cheap to clone, one for the whole program. It dereferences to [`stripe_core::Client`], which has
        /// what is not about a single service.
        #[derive(Clone, Debug)]
        pub struct Client(stripe_core::Client);
    };
    let deref = quote! {
        impl std::ops::Deref for Client {
            type Target = stripe_core::Client;

            fn deref(&self) -> &stripe_core::Client {
                &self.0
            }
        }
    };
    let imports = quote!(
        use stripe_core::{ApiKey, ClientBuilder, Error, KeyProvider};
    );
    [imports, client, deref, methods(accessors)]
}

/// How a client is made, and the accessors of its services.
fn methods(accessors: impl Iterator<Item = TokenStream>) -> TokenStream {
    quote! {
        impl Client {
            /// A client for the key in `STRIPE_SECRET_KEY`, or in `STRIPE_API_KEY` if that is not set.
            ///
            /// # Errors
            ///
            /// If there is no key, or what is there is not a secret or restricted key.
            pub fn from_env() -> Result<Self, Error> {
                Self::build(Self::builder(ApiKey::from_env()?))
            }

            /// A client for this secret or restricted key.
            ///
            /// # Errors
            ///
            /// If it is not one.
            pub fn new(key: impl Into<String>) -> Result<Self, Error> {
                Self::build(Self::builder(ApiKey::new(key)?))
            }

            /// Starts a client with other settings, for [`build`](Self::build).
            pub fn builder(key: ApiKey) -> ClientBuilder {
                stripe_core::Client::builder(key)
            }

            /// Starts a client that asks for its key before its first request, and again if Stripe refuses it.
            pub fn builder_with_key_provider(provider: impl KeyProvider) -> ClientBuilder {
                stripe_core::Client::builder_with_key_provider(provider)
            }

            /// A client with these settings. Unless they name another version of the API, it is the one that this crate
            /// was made from.
            ///
            /// # Errors
            ///
            /// If the settings do not go together.
            pub fn build(settings: ClientBuilder) -> Result<Self, Error> {
                settings
                    .default_api_version(crate::API_VERSION)
                    .expansions(include_str!("expansions.txt"))
                    .build()
                    .map(Self)
            }

            #(#accessors)*
        }
    }
}

pub(super) fn version(version: &str) -> TokenStream {
    quote! {
        /// The version of Stripe's API that this crate was made from, sent with every request.
        pub const API_VERSION: &str = #version;
    }
}

/// The top of `lib.rs`.
pub(super) fn crate_head() -> String {
    "#![doc = include_str!(\"../README.md\")]\n#![cfg_attr(docsrs, feature(doc_cfg))]\n".to_owned()
}

/// What the root re-exports.
pub(super) fn crate_tail(_: &Plan) -> Vec<Piece> {
    vec![
        Piece::plain(quote!(
            #[cfg(feature = "client")]
            pub use client::Client;
        )),
        Piece::plain(quote!(
            pub use stripe_core::{self, DeclineCode, Error, ErrorCode, ErrorKind, types};
        )),
        Piece::plain(quote!(
            #[cfg(feature = "client")]
            pub use stripe_core::{
                ApiKey, ClientBuilder, KeyFuture, KeyProvider, Request, Response, StripeContext,
            };
        )),
        Piece::plain(quote!(
            #[cfg(feature = "testing")]
            pub use stripe_core::testing;
        )),
        Piece::plain(quote!(
            pub use version::API_VERSION;
        )),
    ]
}
