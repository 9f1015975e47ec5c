//! Patterns of texts: a row of sets of characters, each repeated. The generator translates what it can of a regular
//! expression to this; there is no regex engine here.

/// A pattern, as generated code states it.
#[derive(Debug, PartialEq, Eq)]
#[doc(hidden)]
#[allow(clippy::exhaustive_structs, reason = "generated code writes it")]
pub struct Pattern {
    /// As it stands in the document.
    pub text: &'static str,
    /// What has to follow each other.
    pub pieces: &'static [Piece],
    /// Whether the text has to begin with it, and to end with it.
    pub anchors: (bool, bool),
}

/// Characters of a set, so many in a row.
#[derive(Debug, PartialEq, Eq)]
#[doc(hidden)]
#[allow(clippy::exhaustive_structs, reason = "generated code writes it")]
pub struct Piece {
    /// The set, as ranges of characters.
    pub ranges: &'static [(char, char)],
    /// Whether it is all characters but these.
    pub negated: bool,
    /// The fewest and the most.
    pub repeats: (u32, u32),
}

impl Piece {
    fn takes(&self, c: char) -> bool {
        let listed = self
            .ranges
            .iter()
            .any(|(from, to)| (*from..=*to).contains(&c));
        listed != self.negated
    }
}

impl Pattern {
    /// Whether a text is of this kind.
    pub(super) fn matches(&self, text: &str) -> bool {
        let (starts, ends) = self.anchors;
        let is_match = |text: &str| follows(text, self.pieces, ends);
        if starts {
            return is_match(text);
        }
        let mut places = text.char_indices().filter_map(|(at, _)| text.get(at..));
        is_match(text) || places.any(is_match) || is_match("")
    }
}

/// Whether the pieces follow each other at the start of a text. Of several ways it finds one if there is one.
fn follows(text: &str, pieces: &[Piece], ends: bool) -> bool {
    let Some((piece, rest)) = pieces.split_first() else {
        return !ends || text.is_empty();
    };
    let (least, most) = piece.repeats;
    let mut after = text;
    let mut count = 0_u32;
    loop {
        if count >= least && follows(after, rest, ends) {
            return true;
        }
        let mut chars = after.chars();
        if count >= most || !chars.next().is_some_and(|c| piece.takes(c)) {
            return false;
        }
        after = chars.as_str();
        count = count.saturating_add(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOWER: &[(char, char)] = &[('a', 'z')];

    const fn piece(ranges: &'static [(char, char)], repeats: (u32, u32)) -> Piece {
        Piece {
            ranges,
            negated: false,
            repeats,
        }
    }

    fn matching(pieces: &'static [Piece], anchors: (bool, bool), texts: &[&str]) -> Vec<bool> {
        let pattern = Pattern {
            text: "",
            pieces,
            anchors,
        };
        texts.iter().map(|text| pattern.matches(text)).collect()
    }

    #[test]
    fn pieces_follow_each_other() {
        const PIECES: &[Piece] = &[
            piece(LOWER, (1, 3)),
            piece(&[('_', '_')], (0, 1)),
            piece(LOWER, (1, 1)),
        ];
        let texts = [
            "", "a", "ab", "a_b", "abc_d", "abcd", "abcde", "a__b", "a_b!", "\u{e9}b",
        ];
        let whole = matching(PIECES, (true, true), &texts);
        assert_eq!(
            whole,
            [
                false, false, true, true, true, true, false, false, false, false
            ]
        );
        let start = matching(PIECES, (true, false), &texts);
        assert_eq!(
            start,
            [
                false, false, true, true, true, true, true, false, true, false
            ]
        );
        let end = matching(
            PIECES,
            (false, true),
            &["!ab", "ab!", "\u{e9}\u{e9}ab", "a"],
        );
        assert_eq!(end, [true, false, true, false]);
        let anywhere = matching(PIECES, (false, false), &["!ab!", "a!b"]);
        assert_eq!(anywhere, [true, false]);
    }

    #[test]
    fn all_characters_but_some() {
        const PIECES: &[Piece] = &[Piece {
            ranges: &[('/', '/')],
            negated: true,
            repeats: (1, u32::MAX),
        }];
        assert_eq!(
            matching(PIECES, (true, true), &["a\u{e9}", "a/b", ""]),
            [true, false, false]
        );
    }
}
