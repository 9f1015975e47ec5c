//! Lists of values, unions, choices and ids.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, path, ty};
use crate::plan::item::{Choice, ChoiceArm, Enum, Ty, Union};

pub(super) fn enumeration(list: &Enum) -> TokenStream {
    let name = ident(&list.name);
    let docs = docs::stripe(&list.docs);
    let constants = list.values.iter().map(|(constant, _)| ident(constant));
    let texts = list.values.iter().map(|(_, text)| text);
    quote! {
        #docs
        pub enum #name {
            #(#constants = #texts,)*
        }
    }
}

pub(super) fn union(union: &Union) -> TokenStream {
    let name = ident(&union.name);
    let docs = docs::stripe(&union.docs);
    let arms = union.arms.iter().map(|(arm, of, tag)| {
        let arm = ident(arm);
        let of = ty(of);
        quote!(#arm(#of) = #tag,)
    });
    quote! {
        #docs
        pub enum #name {
            #(#arms)*
        }
    }
}

pub(super) fn choice(choice: &Choice) -> TokenStream {
    let name = ident(&choice.name);
    let docs = docs::stripe(&choice.docs);
    let arms = choice.arms.iter().map(|(arm, of)| {
        let arm = ident(arm);
        match of {
            ChoiceArm::Type(of) => {
                let of = ty(of);
                quote!(#arm(#of),)
            }
            ChoiceArm::Text(text) => quote!(#arm = #text,),
        }
    });
    quote! {
        #docs
        pub enum #name {
            #(#arms)*
        }
    }
}

pub(super) fn alias(name: &str, docs: &str, of: &Ty) -> TokenStream {
    let name = ident(name);
    let docs = docs::stripe(docs);
    let of = ty(of);
    quote! {
        #docs
        pub type #name = #of;
    }
}

/// The marks by which the type checker tells ids apart. They print nothing, as there is nothing to print: everybody compiles
/// all of them.
pub(super) fn kinds(kinds: &[String]) -> TokenStream {
    let kinds = kinds.iter().map(|kind| ident(kind));
    quote! {
        /// What ids are of: marks for the type checker, of which there are no values.
        pub mod kind {
            #(pub enum #kinds {})*
        }
    }
}

pub(super) fn id(name: &str, kind: &str, what: &str) -> TokenStream {
    let name = ident(name);
    let kind = ident(kind);
    let docs = docs::lines([format!("The id of a `{}`.", docs::one_line(what))]);
    quote! {
        #docs
        pub type #name = stripe_core::Id<kind::#kind>;
    }
}

pub(super) fn attached(name: &str, tag: &str) -> TokenStream {
    let name = ident(name);
    quote! {
        impl stripe_core::Attached for #name {
            const OBJECT: &'static str = #tag;
        }
    }
}

pub(super) fn error_codes(codes: &[(String, String)]) -> TokenStream {
    let constants = codes.iter().map(|(constant, _)| ident(constant));
    let texts = codes.iter().map(|(_, text)| text);
    quote! {
        #(pub const #constants: ErrorCode<'static> = ErrorCode::new(#texts);)*
    }
}

pub(super) fn expand(kind: &str, object: &str) -> TokenStream {
    let kind = path(kind);
    let object = ident(object);
    quote! {
        impl stripe_core::Expand for #kind {
            type Object = #object;
        }
    }
}
