//! Doc attributes: the one way in which text of the document becomes documentation.

use proc_macro2::TokenStream;
use quote::quote;

use super::markdown::markdown;

/// A text of the document, as clean Markdown.
pub(super) fn stripe(text: &str) -> TokenStream {
    lines(markdown(text))
}

/// A text of the document and lines of ours after it.
pub(super) fn stripe_and(text: &str, ours: &[String]) -> TokenStream {
    let mut all = markdown(text);
    if !all.is_empty() && !ours.is_empty() {
        all.push(String::new());
    }
    all.extend(ours.iter().cloned());
    lines(all)
}

pub(super) fn lines(lines: impl IntoIterator<Item = String>) -> TokenStream {
    let lines = lines.into_iter().map(|line| {
        if line.is_empty() {
            line
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// Text for a comment: on one line, printable, and too short to hide anything.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_ascii_graphic() || c == ' ' {
                c
            } else {
                '?'
            }
        })
        .take(120)
        .collect()
}
