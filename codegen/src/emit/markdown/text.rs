//! A description as characters that can be looked at anywhere, and only those that a reader sees.

use crate::diagnostic::is_invisible;

/// The characters of a description, without those that no reader sees.
#[derive(Default)]
pub(super) struct Text(Vec<char>);

impl Text {
    pub(super) fn new(text: &str) -> Self {
        let mut chars = Vec::with_capacity(text.len());
        let mut source = text.chars().peekable();
        while let Some(c) = source.next() {
            match c {
                '\r' if source.peek() == Some(&'\n') => {}
                '\n' | '\r' => chars.push('\n'),
                '\t' => chars.extend([' '; 4]),
                '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => chars.push(' '),
                c if is_invisible(c) => {}
                c if c.is_whitespace() => chars.push(' '),
                c => chars.push(c),
            }
        }
        Self(chars)
    }

    /// The character there; beyond the end a NUL, which does not occur in the text.
    pub(super) fn get(&self, at: usize) -> char {
        self.0.get(at).copied().unwrap_or('\0')
    }

    pub(super) fn slice(&self, from: usize, to: usize) -> &[char] {
        self.0.get(from..to).unwrap_or_default()
    }

    /// At most so many characters from there on.
    pub(super) fn slice_up_to(&self, from: usize, count: usize) -> &[char] {
        self.slice(from, from.saturating_add(count).min(self.0.len()))
    }

    pub(super) fn is_end(&self, at: usize) -> bool {
        at >= self.0.len()
    }

    /// How often the character stands there in a row.
    pub(super) fn run(&self, at: usize, c: char) -> usize {
        self.0
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take_while(|found| **found == c)
            .count()
    }

    /// The end of the line, where the line feed or nothing stands.
    pub(super) fn line_end(&self, at: usize) -> usize {
        let rest = self.0.get(at..).unwrap_or_default();
        at + rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())
    }
}
