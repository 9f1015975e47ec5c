//! Parameters of requests.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, ident, rule, ty};
use crate::plan::item::{Param, Params, Set};

pub(super) fn params(params: &Params) -> TokenStream {
    let name = ident(&params.name);
    let docs = docs::stripe_and(&params.docs, &params.limits);
    let required = required(params);
    let checks = params.checks.iter().map(rule::check);
    let fields = params.fields.iter().map(field);
    quote! {
        #docs
        #required
        #(#checks)*
        pub struct #name {
            #(#fields)*
        }
    }
}

fn required(params: &Params) -> Option<TokenStream> {
    if params.required.is_empty() {
        return None;
    }
    let names = params.required.iter().map(|(name, _)| ident(name));
    let types = params.required.iter().map(|(_, of)| ty(of));
    Some(quote!(#[new(#(#names: #types),*)]))
}

fn field(field: &Param) -> TokenStream {
    let name = ident(&field.name);
    let docs = docs::stripe_and(&field.docs, &field.limits);
    let wire = field.wire.as_ref().map(|wire| quote!(#[wire = #wire]));
    let max = (field.max > 0).then(|| {
        let max = Literal::u32_unsuffixed(field.max);
        quote!(#[max = #max])
    });
    let set = set(&field.set);
    let ty = ty(&field.ty);
    quote! {
        #docs
        #wire
        #max
        #set
        pub #name: #ty,
    }
}

fn set(set: &Set) -> Option<TokenStream> {
    let kind = |kind: &str| {
        let kind = ident(kind);
        quote!(#[set(#kind)])
    };
    Some(match set {
        Set::Value => return None,
        Set::Required => kind("required"),
        Set::Text => kind("text"),
        Set::Texts => kind("texts"),
        Set::Boxed => kind("boxed"),
        Set::Clear(inner, clear) => {
            let kind = ident(clear_kind(inner));
            let clear = ident(clear);
            quote!(#[set(#kind, #clear)])
        }
    })
}

const fn clear_kind(inner: &Set) -> &'static str {
    match inner {
        Set::Text => "clear_text",
        Set::Texts => "clear_texts",
        Set::Boxed => "clear_boxed",
        _ => "clear",
    }
}
