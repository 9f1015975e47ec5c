//! The patterns of the document: literal text with `[^/]+` in it, anchored at the start. Not a regex engine.

/// A pattern that this module can check.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The literal pieces; between two of them stands a path segment of any name.
    pieces: Vec<Box<str>>,
}

const SEGMENT: &str = "[^/]+";

impl Pattern {
    /// Reads a pattern; `None` for one of another kind, which is then not checked.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let pieces: Vec<Box<str>> = text
            .strip_prefix('^')?
            .split(SEGMENT)
            .map(Box::from)
            .collect();
        let literal = |piece: &str| {
            piece
                .chars()
                .all(|letter| letter.is_ascii_alphanumeric() || "/_".contains(letter))
        };
        pieces
            .iter()
            .all(|piece| literal(piece))
            .then_some(Self { pieces })
    }

    /// Whether `text` begins as the pattern says.
    pub(crate) fn matches(&self, text: &str) -> bool {
        let mut rest = text;
        for (index, piece) in self.pieces.iter().enumerate() {
            if index > 0 {
                let end = rest.find('/').unwrap_or(rest.len());
                if end == 0 {
                    return false;
                }
                rest = rest.get(end..).unwrap_or_default();
            }
            let Some(after) = rest.strip_prefix(&**piece) else {
                return false;
            };
            rest = after;
        }
        true
    }

    /// A text that matches.
    pub(crate) fn example(&self) -> String {
        self.pieces.join("mock")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_matched_from_the_start() {
        for (pattern, text, matches) in [
            ("^/v1/customers", "/v1/customers", true),
            ("^/v1/customers", "/v1/customers/cus_1/sources", true),
            ("^/v1/customers", "x/v1/customers", false),
            ("^/v1/tax/[^/]+/lines", "/v1/tax/calc_1/lines", true),
            ("^/v1/tax/[^/]+/lines", "/v1/tax//lines", false),
            ("^/v1/tax/[^/]+/lines", "/v1/tax/calc_1", false),
        ] {
            let pattern = Pattern::parse(pattern).unwrap();
            assert_eq!(pattern.matches(text), matches, "{pattern:?} {text}");
            assert!(pattern.matches(&pattern.example()), "{pattern:?}");
        }
    }

    #[test]
    fn patterns_of_another_kind_are_not_guessed() {
        for pattern in ["/v1", "^a+$", "^[a-z]", "^a|b"] {
            assert!(Pattern::parse(pattern).is_none(), "{pattern}");
        }
    }
}
