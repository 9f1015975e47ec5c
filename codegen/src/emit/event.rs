//! What is known of events, as data for the core.

use proc_macro2::TokenStream;
use quote::quote;

use super::ty;
use crate::plan::item::Catalog;

pub(super) fn catalog(catalog: &Catalog) -> TokenStream {
    let names = ty(&catalog.names);
    let events = catalog
        .events
        .iter()
        .map(|(event, objects)| quote!((#event, &[#(#objects),*])));
    let objects = catalog
        .objects
        .iter()
        .map(|(object, name, feature)| quote!((#object, #name, #feature)));
    quote! {
        impl stripe_core::webhook::EventNames for #names {
            const CATALOG: &'static stripe_core::webhook::Catalog = &stripe_core::webhook::Catalog {
                api_version: crate::API_VERSION,
                events: &[#(#events,)*],
                objects: &[#(#objects,)*],
            };

            fn text(&self) -> &str {
                self.as_str()
            }
        }
    }
}
