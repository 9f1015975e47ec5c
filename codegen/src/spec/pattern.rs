//! What can be read of the regular expression in `pattern`: a row of sets of characters, each repeated. What needs more,
//! such as groups and alternatives, is not read, and whoever reads the document is told.

/// A pattern, taken apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pattern {
    /// As it stands in the document.
    pub text: String,
    /// What has to follow each other.
    pub pieces: Vec<Piece>,
    /// Whether a text has to begin with it.
    pub starts: bool,
    /// Whether a text has to end with it.
    pub ends: bool,
}

/// Characters of a set, so many in a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Piece {
    /// Ranges of characters.
    pub ranges: Vec<(char, char)>,
    /// Whether it is all characters but these.
    pub negated: bool,
    /// The fewest.
    pub least: u32,
    /// The most.
    pub most: u32,
}

/// What `.` does not take.
const LINE_ENDS: &[(char, char)] = &[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')];
const DIGITS: &[(char, char)] = &[('0', '9')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const SPACE: &[(char, char)] = &[('\t', '\r'), (' ', ' ')];

impl Pattern {
    /// Takes a regular expression apart, if it is of this kind.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (starts, rest) = cut(text.strip_prefix('^'), text);
        let is_escaped = rest.ends_with("\\$");
        let (ends, rest) = cut(rest.strip_suffix('$').filter(|_| !is_escaped), rest);
        let mut chars = rest.chars().peekable();
        let mut pieces = Vec::new();
        while chars.peek().is_some() {
            pieces.push(piece(&mut chars)?);
        }
        Some(Self {
            text: text.to_owned(),
            pieces,
            starts,
            ends,
        })
    }
}

fn cut<'a>(inner: Option<&'a str>, whole: &'a str) -> (bool, &'a str) {
    (inner.is_some(), inner.unwrap_or(whole))
}

type Chars<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn piece(chars: &mut Chars<'_>) -> Option<Piece> {
    let (ranges, negated) = match chars.next()? {
        '.' => (LINE_ENDS.to_vec(), true),
        '[' => class(chars)?,
        '\\' => (escape(chars.next()?)?, false),
        '(' | ')' | '|' | '*' | '+' | '?' | '{' | '}' | ']' | '^' | '$' => return None,
        c => (vec![(c, c)], false),
    };
    let (least, most) = repeats(chars)?;
    Some(Piece {
        ranges,
        negated,
        least,
        most,
    })
}

fn escape(c: char) -> Option<Vec<(char, char)>> {
    Some(match c {
        'd' => DIGITS.to_vec(),
        'w' => WORD.to_vec(),
        's' => SPACE.to_vec(),
        'n' => vec![('\n', '\n')],
        'r' => vec![('\r', '\r')],
        't' => vec![('\t', '\t')],
        c if c.is_ascii_punctuation() => vec![(c, c)],
        _ => return None,
    })
}

/// What stands in brackets, after the first.
fn class(chars: &mut Chars<'_>) -> Option<(Vec<(char, char)>, bool)> {
    let negated = chars.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let from = match chars.next()? {
            ']' if ranges.is_empty() => return None,
            ']' => return Some((ranges, negated)),
            '[' => return None,
            '\\' => match escape(chars.next()?)?.as_slice() {
                [(from, to)] if from == to => *from,
                several => {
                    ranges.extend_from_slice(several);
                    continue;
                }
            },
            c => c,
        };
        ranges.push((from, end_of_range(from, chars)?));
    }
}

/// The end of a range that begins here; of a single character it is the character itself.
fn end_of_range(from: char, chars: &mut Chars<'_>) -> Option<char> {
    let mut ahead = chars.clone();
    if ahead.next() != Some('-') || ahead.peek() == Some(&']') {
        return Some(from);
    }
    *chars = ahead;
    let to = match chars.next()? {
        '\\' => match escape(chars.next()?)?.as_slice() {
            [(from, to)] if from == to => *to,
            _ => return None,
        },
        c => c,
    };
    (from <= to).then_some(to)
}

fn repeats(chars: &mut Chars<'_>) -> Option<(u32, u32)> {
    let repeats = match chars.peek() {
        Some('*') => (0, u32::MAX),
        Some('+') => (1, u32::MAX),
        Some('?') => (0, 1),
        Some('{') => {
            chars.next();
            let counts: String = std::iter::from_fn(|| chars.next_if(|c| *c != '}')).collect();
            counted(&counts)?
        }
        _ => return Some((1, 1)),
    };
    chars.next()?;
    // `a+?` and `a++` are of other kinds.
    match chars.peek() {
        Some('*' | '+' | '?' | '{') => None,
        _ => Some(repeats),
    }
}

/// `3`, `3,` or `3,5`.
fn counted(text: &str) -> Option<(u32, u32)> {
    let (least, most) = match text.split_once(',') {
        None => (text.parse().ok()?, text.parse().ok()?),
        Some((least, "")) => (least.parse().ok()?, u32::MAX),
        Some((least, most)) => (least.parse().ok()?, most.parse().ok()?),
    };
    (least <= most).then_some((least, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces in a short form: `a-z_ 1..3`.
    fn read(text: &str) -> Option<Vec<String>> {
        let pattern = Pattern::parse(text)?;
        let piece = |piece: &Piece| {
            let range = |(from, to): &(char, char)| {
                if from == to {
                    from.to_string()
                } else {
                    format!("{from}-{to}")
                }
            };
            let ranges: String = piece.ranges.iter().map(range).collect();
            let most = if piece.most == u32::MAX {
                String::new()
            } else {
                piece.most.to_string()
            };
            format!(
                "{}{ranges} {}..{most}",
                if piece.negated { "^" } else { "" },
                piece.least
            )
        };
        Some(pattern.pieces.iter().map(piece).collect())
    }

    #[test]
    fn sets_are_read_with_their_repeats() {
        for (text, pieces) in [
            ("", &[][..]),
            ("^ab$", &["a 1..1", "b 1..1"]),
            ("[a-z_]{1,3}", &["a-z_ 1..3"]),
            ("[^/]+", &["^/ 1.."]),
            ("\\d{4}-?", &["0-9 4..4", "- 0..1"]),
            ("[\\d.x-]*", &["0-9.x- 0.."]),
            ("[a\\-z]{2,}", &["a-z 2.."]),
            ("a\\$", &["a 1..1", "$ 1..1"]),
            ("\u{e9}", &["\u{e9} 1..1"]),
        ] {
            let expected: Vec<String> = pieces.iter().map(|it| (*it).to_owned()).collect();
            assert_eq!(read(text), Some(expected), "{text}");
        }
        let anchors = |text: &str| Pattern::parse(text).map(|it| (it.starts, it.ends));
        assert_eq!(anchors("^a"), Some((true, false)));
        assert_eq!(anchors("a$"), Some((false, true)));
        assert_eq!(anchors("a\\$"), Some((false, false)));
    }

    #[test]
    fn what_needs_more_than_sets_is_not_read() {
        for text in [
            "(a)",
            "a|b",
            "(?i)a",
            "a+?",
            "a**",
            "[a",
            "[]",
            "[[:alpha:]]",
            "a{,3}",
            "a{3,2}",
            "a{",
            "\\b",
            "\\1",
            "\\",
            "a^",
            "$a",
            "*a",
            "[z-a]",
            "\\pL",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
