//! Stage 5: tokens to text, the same on every machine: `prettyplease` prints each item by itself, and what is the body of
//! a macro is printed as the item it reads as, then wrapped.

use crate::diagnostic::{Diagnostics, Pointer};
use crate::emit::{Piece, Source};

/// The text of a file.
pub(crate) fn format(source: &Source, diagnostics: &mut Diagnostics) -> String {
    let mut text = source.head.clone();
    let mut after_line = false;
    for piece in &source.pieces {
        let printed = match print(piece) {
            Ok(printed) => printed,
            Err(error) => {
                let at = Pointer::root().key(&source.path);
                diagnostics.error(
                    &at,
                    format!("emitted code does not parse: {error}"),
                    "this is a bug of the generator",
                );
                continue;
            }
        };
        // Declarations of one line stand together; everything else has air around it.
        let one_line = printed
            .trim_end()
            .lines()
            .filter(|line| !line.starts_with("#["))
            .count()
            == 1;
        if !(one_line && after_line) {
            text.push('\n');
        }
        after_line = one_line;
        text.push_str(&printed);
    }
    text
}

fn print(piece: &Piece) -> syn::Result<String> {
    let printed = prettyplease::unparse(&syn::parse2(piece.tokens.clone())?);
    let Some(wrapper) = piece.wrapper else {
        return Ok(spaced(&printed));
    };
    let mut text = format!("{wrapper}! {{\n");
    for line in printed.lines() {
        if !line.is_empty() {
            text.push_str("    ");
            text.push_str(line);
        }
        text.push('\n');
    }
    text.push_str("}\n");
    Ok(text)
}

/// `prettyplease` sets items and methods without blank lines between them.
fn spaced(printed: &str) -> String {
    let mut text = String::with_capacity(printed.len());
    let mut ended = false;
    for line in printed.lines() {
        if ended && !line.trim_start().starts_with('}') {
            text.push('\n');
        }
        ended = line == "}" || line == "    }";
        text.push_str(line);
        text.push('\n');
    }
    text
}
