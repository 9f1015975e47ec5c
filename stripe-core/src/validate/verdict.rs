//! Whether one value keeps one rule, and by how much it does not: a pure function. Where the value stands is the walk's.

use super::rule::Rule;
use super::text;
use crate::value::Node;

/// What came of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Kept,
    /// With what was counted or compared, where that is a number.
    Broken(Option<i64>),
}

/// Judges a value that is no list, map or object. A rule that is not about such values is kept.
pub(super) fn value(rule: &Rule, node: Node<'_>) -> Verdict {
    match (rule, node) {
        (Rule::MinLength(least), Node::Text(text)) => at_least(text.chars().count(), *least),
        (Rule::MaxLength(most), Node::Text(text)) => length(text, *most),
        (Rule::Min(least), Node::Int(number)) => compared(number >= *least, number),
        (Rule::Max(most), Node::Int(number)) => compared(number <= *most, number),
        (Rule::Min(least), Node::Float(number)) => told(number >= float(*least)),
        (Rule::Max(most), Node::Float(number)) => told(number <= float(*most)),
        (Rule::Pattern(pattern), Node::Text(text)) => told(pattern.matches(text)),
        (Rule::NotListed(values), Node::Symbol(text)) => told(!values.contains(&text)),
        // An empty text is a mistake of its own.
        (Rule::Email, Node::Text(text)) => told(text.is_empty() || text::is_email(text)),
        (Rule::Country, Node::Text(text)) => told(text.is_empty() || text::is_country(text)),
        _ => Verdict::Kept,
    }
}

/// Judges the number of items of a list.
pub(super) fn items(rule: &Rule, count: usize) -> Verdict {
    match rule {
        Rule::MinItems(least) => at_least(count, *least),
        Rule::MaxItems(most) => at_most(count, *most),
        _ => Verdict::Kept,
    }
}

/// Whether a text has at most so many characters. It has at least as many bytes, which are counted already.
pub(super) fn length(text: &str, most: u32) -> Verdict {
    match at_most(text.len(), most) {
        Verdict::Kept => Verdict::Kept,
        Verdict::Broken(_) => at_most(text.chars().count(), most),
    }
}

pub(super) fn at_most(count: usize, most: u32) -> Verdict {
    let count = number(count);
    compared(count <= i64::from(most), count)
}

fn at_least(count: usize, least: u32) -> Verdict {
    let count = number(count);
    compared(count >= i64::from(least), count)
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

const fn compared(is_kept: bool, measure: i64) -> Verdict {
    if is_kept {
        Verdict::Kept
    } else {
        Verdict::Broken(Some(measure))
    }
}

const fn told(is_kept: bool) -> Verdict {
    if is_kept {
        Verdict::Kept
    } else {
        Verdict::Broken(None)
    }
}

/// Bounds are small: the nearest floating-point number is the number itself.
#[expect(clippy::cast_precision_loss, reason = "bounds are small")]
const fn float(bound: i64) -> f64 {
    bound as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const BROKEN: Verdict = Verdict::Broken(None);

    #[test]
    fn bounds_are_within() {
        for (rule, node, verdict) in [
            (
                Rule::MinLength(2),
                Node::Text("\u{e9}\u{e9}"),
                Verdict::Kept,
            ),
            (
                Rule::MinLength(2),
                Node::Text("\u{e9}"),
                Verdict::Broken(Some(1)),
            ),
            (
                Rule::MaxLength(2),
                Node::Text("\u{e9}\u{e9}"),
                Verdict::Kept,
            ),
            (
                Rule::MaxLength(2),
                Node::Text("\u{e9}\u{e9}a"),
                Verdict::Broken(Some(3)),
            ),
            (Rule::MaxLength(2), Node::Symbol("long"), Verdict::Kept),
            (Rule::Min(-1), Node::Int(-1), Verdict::Kept),
            (Rule::Min(-1), Node::Int(-2), Verdict::Broken(Some(-2))),
            (Rule::Max(5), Node::Int(5), Verdict::Kept),
            (Rule::Max(5), Node::Int(6), Verdict::Broken(Some(6))),
            (Rule::Min(0), Node::Float(0.0), Verdict::Kept),
            (Rule::Min(0), Node::Float(-0.5), BROKEN),
            (Rule::Max(100), Node::Float(100.0), Verdict::Kept),
            (Rule::Max(100), Node::Float(100.5), BROKEN),
            (Rule::Max(100), Node::Float(f64::NAN), BROKEN),
            (Rule::Max(5), Node::Absent, Verdict::Kept),
            (Rule::Max(5), Node::Null, Verdict::Kept),
        ] {
            assert_eq!(value(&rule, node), verdict, "{rule:?}");
        }
    }

    #[test]
    fn constants_of_other_places_are_told_from_all_else() {
        const RULE: Rule = Rule::NotListed(&["a", "b"]);
        assert_eq!(value(&RULE, Node::Symbol("a")), BROKEN);
        assert_eq!(value(&RULE, Node::Symbol("c")), Verdict::Kept);
        assert_eq!(value(&RULE, Node::Text("a")), Verdict::Kept);
    }

    #[test]
    fn addresses_and_countries_are_texts_that_say_something() {
        for (rule, text, verdict) in [
            (Rule::Email, "jenny@example.com", Verdict::Kept),
            (Rule::Email, "jenny", BROKEN),
            (Rule::Email, "", Verdict::Kept),
            (Rule::Country, "DE", Verdict::Kept),
            (Rule::Country, "DEU", BROKEN),
            (Rule::Country, "", Verdict::Kept),
        ] {
            assert_eq!(value(&rule, Node::Text(text)), verdict, "{rule:?} {text}");
        }
    }

    #[test]
    fn items_are_counted() {
        for (rule, count, verdict) in [
            (Rule::MinItems(1), 1, Verdict::Kept),
            (Rule::MinItems(1), 0, Verdict::Broken(Some(0))),
            (Rule::MaxItems(2), 2, Verdict::Kept),
            (Rule::MaxItems(2), 3, Verdict::Broken(Some(3))),
            (Rule::MaxLength(2), 3, Verdict::Kept),
        ] {
            assert_eq!(items(&rule, count), verdict, "{rule:?}");
        }
    }
}
