//! Rules of parameters, as the attributes that `params!` reads.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident;
use crate::plan::item::{Check, Rule};
use crate::spec::{Pattern, Piece};

/// `#[check("items.quantity", Min(0))]`
pub(super) fn check(check: &Check) -> TokenStream {
    let path = check.path.join(".");
    let rule = rule(&check.rule);
    quote!(#[check(#path, #rule)])
}

fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Required => quote!(Required),
        Rule::Unknown => quote!(Unknown),
        Rule::NotCleared => quote!(NotCleared),
        Rule::MaxLength(most) => counted("MaxLength", *most),
        Rule::MinLength(least) => counted("MinLength", *least),
        Rule::Min(least) => number("Min", *least),
        Rule::Max(most) => number("Max", *most),
        Rule::MinItems(least) => counted("MinItems", *least),
        Rule::MaxItems(most) => counted("MaxItems", *most),
        Rule::Pattern(it) => pattern(it),
        Rule::NotListed(values) => quote!(NotListed(&[#(#values),*])),
        Rule::Email => quote!(Email),
        Rule::Country => quote!(Country),
        Rule::Without(other) => quote!(Without(#other)),
    }
}

fn counted(name: &str, count: u32) -> TokenStream {
    number(name, i64::from(count))
}

fn number(name: &str, number: i64) -> TokenStream {
    let name = ident(name);
    let number = Literal::i64_unsuffixed(number);
    quote!(#name(#number))
}

fn pattern(pattern: &Pattern) -> TokenStream {
    let Pattern {
        text, starts, ends, ..
    } = pattern;
    let pieces = pattern.pieces.iter().map(piece);
    quote! {
        Pattern(&stripe_core::validate::Pattern {
            text: #text,
            pieces: &[#(#pieces),*],
            anchors: (#starts, #ends),
        })
    }
}

fn piece(piece: &Piece) -> TokenStream {
    let ranges = piece.ranges.iter().map(|(from, to)| quote!((#from, #to)));
    let negated = piece.negated;
    let [least, most] = [piece.least, piece.most].map(Literal::u32_unsuffixed);
    quote! {
        stripe_core::validate::Piece {
            ranges: &[#(#ranges),*],
            negated: #negated,
            repeats: (#least, #most),
        }
    }
}
