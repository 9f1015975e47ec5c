//! Complaints about a document: where, what, and what to do next.
//!
//! Every stage collects its complaints here instead of stopping at the first one. Nothing in this module decides
//! whether something is wrong, and nothing here prints: the caller shows the collection through `Display`.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

mod pointer;

pub use pointer::Pointer;

/// How many complaints are printed; the rest is only counted, since nobody reads on.
const SHOWN: usize = 50;
/// How many complaints are kept, so that a hostile document cannot fill the memory with them.
const KEPT: usize = 10_000;
/// How much of a piece of document text is shown.
const QUOTED_CHARS: usize = 120;
/// How much of a whole line is shown: a pointer or message may hold several pieces.
const LINE_CHARS: usize = 800;

/// Whether a complaint stops the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing may be generated from this document.
    Error,
    /// Worth a look, the run goes on.
    Warning,
}

/// One complaint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The place in the document.
    pub pointer: Pointer,
    /// Whether it stops the run.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl Ord for Diagnostic {
    /// Errors first: the cap on printed lines must never hide an error behind warnings.
    fn cmp(&self, other: &Self) -> Ordering {
        self.severity
            .cmp(&other.severity)
            .then_with(|| self.pointer.cmp(&other.pointer))
            .then_with(|| self.message.cmp(&other.message))
            .then_with(|| self.help.cmp(&other.help))
    }
}

impl PartialOrd for Diagnostic {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The complaints about one document: sorted, without repetitions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    name: String,
    kept: BTreeSet<Diagnostic>,
    dropped: usize,
    fatal: bool,
}

impl Diagnostics {
    /// An empty collection for the document that the user knows by this name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            ..Self::default()
        }
    }

    /// Adds one complaint.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.fatal |= diagnostic.severity == Severity::Error;
        if self.kept.len() < KEPT {
            self.kept.insert(diagnostic);
        } else if !self.kept.contains(&diagnostic) {
            self.dropped = self.dropped.saturating_add(1);
        }
    }

    /// Adds something that stops the run.
    pub fn error(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.add(Severity::Error, at, message.into(), help.into());
    }

    /// Adds something worth a look.
    pub fn warning(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.add(Severity::Warning, at, message.into(), help.into());
    }

    fn add(&mut self, severity: Severity, at: &Pointer, message: String, help: String) {
        self.push(Diagnostic {
            pointer: at.clone(),
            severity,
            message,
            help,
        });
    }

    /// Takes over the complaints of a later stage about the same document.
    pub fn extend(&mut self, other: Self) {
        for diagnostic in other.kept {
            self.push(diagnostic);
        }
        self.dropped = self.dropped.saturating_add(other.dropped);
        self.fatal |= other.fatal;
    }

    /// Whether the run has to stop.
    #[must_use]
    pub fn is_fatal(&self) -> bool {
        self.fatal
    }

    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// The number of complaints.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.len().saturating_add(self.dropped)
    }

    /// The complaints, errors first, then by place.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.kept.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.kept.iter().take(SHOWN).enumerate() {
            if index > 0 {
                f.write_char('\n')?;
            }
            f.write_str(&line(&self.name, diagnostic))?;
        }
        match self.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            rest => write!(f, "\n... and {rest} more"),
        }
    }
}

impl std::error::Error for Diagnostics {}

/// `FILE#/json/pointer: what (what to do)`.
fn line(name: &str, diagnostic: &Diagnostic) -> String {
    let mut text = escaped(name, LINE_CHARS);
    if !diagnostic.pointer.is_root() {
        text.push('#');
        text.push_str(&escaped(&diagnostic.pointer.to_string(), LINE_CHARS));
    }
    text.push_str(match diagnostic.severity {
        Severity::Error => ": ",
        Severity::Warning => ": warning: ",
    });
    text.push_str(&escaped(&diagnostic.message, LINE_CHARS));
    if !diagnostic.help.is_empty() {
        text.push_str(" (");
        text.push_str(&escaped(&diagnostic.help, LINE_CHARS));
        text.push(')');
    }
    text
}

/// A piece of document text for a message: in backticks, without control characters, and short.
#[must_use]
pub fn quoted(text: &str) -> String {
    format!("`{}`", escaped(text, QUOTED_CHARS))
}

/// The text with everything invisible spelled out, cut after so many characters.
fn escaped(text: &str, limit: usize) -> String {
    let mut out = String::new();
    for (index, c) in text.chars().enumerate() {
        if index == limit {
            out.push('…');
            break;
        }
        if is_invisible(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a character has no place in anything a person reads: control characters (they can drive a terminal), line
/// separators, and the zero-width and bidirectional marks that make text look other than it is.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Diagnostics {
        let mut all = Diagnostics::new("api.json");
        let root = Pointer::root();
        all.warning(&root.key("a"), "odd", "look");
        all.error(&root.key("z").index(10), "wrong", "repair it");
        all.error(&root.key("z").index(2), "wrong", "repair it");
        all.error(&root.key("z").index(2), "wrong", "repair it");
        all
    }

    #[test]
    fn errors_come_first_then_places_in_document_order_and_nothing_twice() {
        let expected = "api.json#/z/2: wrong (repair it)\napi.json#/z/10: wrong (repair it)\napi.json#/a: warning: odd (look)";
        assert_eq!(sample().to_string(), expected);
        assert!(sample().is_fatal());
    }

    #[test]
    fn warnings_alone_are_not_fatal() {
        let mut all = Diagnostics::new("api.json");
        assert!(all.is_empty() && !all.is_fatal());
        all.warning(&Pointer::root(), "odd", "");
        assert!(!all.is_fatal());
        assert_eq!(all.to_string(), "api.json: warning: odd");
        let mut more = Diagnostics::new("other");
        more.error(&Pointer::root(), "bad", "");
        all.extend(more);
        assert!(all.is_fatal());
        assert_eq!(all.len(), 2);
    }

    #[test]
    fn long_lists_are_cut_and_counted() {
        let mut all = Diagnostics::new("api.json");
        for index in 0..KEPT + 7 {
            all.error(&Pointer::root().index(index), "wrong", "");
        }
        assert_eq!(all.len(), KEPT + 7);
        let text = all.to_string();
        assert_eq!(text.lines().count(), SHOWN + 1);
        assert!(
            text.ends_with(&format!("... and {} more", KEPT + 7 - SHOWN)),
            "{text}"
        );
    }

    #[test]
    fn document_text_can_neither_drive_a_terminal_nor_flood_it() {
        let table = [
            ("plain", "`plain`"),
            ("a\nb", "`a\\nb`"),
            ("\u{1b}[31mred", "`\\u{1b}[31mred`"),
            ("x\u{202e}y\u{200b}", "`x\\u{202e}y\\u{200b}`"),
            ("\u{9b}", "`\\u{9b}`"),
        ];
        for (text, expected) in table {
            assert_eq!(quoted(text), expected);
        }
        assert_eq!(quoted(&"é".repeat(5_000)).chars().count(), QUOTED_CHARS + 3);
        let mut all = Diagnostics::new("na\u{7}me");
        all.error(&Pointer::root().key("k\u{1b}"), "m\r", "h\u{2028}");
        assert_eq!(all.to_string(), "na\\u{7}me#/k\\u{1b}: m\\r (h\\u{2028})");
    }
}
