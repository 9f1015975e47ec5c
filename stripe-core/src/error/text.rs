//! Text from a server, made safe to print: it could otherwise hide or forge log lines.

use std::fmt::{self, Write};

/// Shows control characters, and those that change the direction of text, as escapes.
pub(crate) struct Escaped<'a>(pub(crate) &'a str);

/// Longer text is cut when shown; accessors have it in full.
const LONGEST: usize = 500;

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars();
        for c in chars.by_ref().take(LONGEST) {
            if is_harmful(c) {
                write!(f, "{}", c.escape_unicode())?;
            } else {
                f.write_char(c)?;
            }
        }
        if chars.next().is_some() {
            f.write_str("\u{2026}")
        } else {
            Ok(())
        }
    }
}

fn is_harmful(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moves_the_cursor_or_the_line_is_escaped() {
        let shown = Escaped("a\x1b[2Jb\r\nc\u{9b}d\u{202e}e\u{2028}f\0g\u{e9}").to_string();
        assert_eq!(
            shown,
            "a\\u{1b}[2Jb\\u{d}\\u{a}c\\u{9b}d\\u{202e}e\\u{2028}f\\u{0}g\u{e9}"
        );
    }

    #[test]
    fn long_text_is_cut() {
        assert_eq!(
            Escaped(&"x".repeat(10_000)).to_string().chars().count(),
            LONGEST + 1
        );
    }
}
