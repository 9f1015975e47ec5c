//! Objects of answers.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, ty};
use crate::plan::item::{Field, Object};

pub(super) fn object(object: &Object) -> TokenStream {
    let name = ident(&object.name);
    let docs = docs::stripe(&object.docs);
    let fields = object.fields.iter().map(field);
    quote! {
        #docs
        pub struct #name {
            #(#fields)*
        }
    }
}

fn field(field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs::stripe(&field.docs);
    let wire = field.wire.as_ref().map(|wire| quote!(#[wire = #wire]));
    let shown = field.shown.then(|| quote!(#[shown = true]));
    let ty = ty(&field.ty);
    quote! {
        #docs
        #wire
        #shown
        pub #name: #ty,
    }
}
