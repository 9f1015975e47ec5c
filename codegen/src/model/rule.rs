//! Rules for values: those of the document, and those that Stripe states elsewhere. What follows from a type alone, as
//! that a currency has three letters, is not among them.

use openapiv3::{ArrayType, IntegerType, NumberType, StringType};

use crate::spec::Pattern;

/// What has to be true of a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    Required,
    /// The operation has no such parameter, although others that share the type do.
    Unknown,
    NotCleared,
    /// In characters.
    MaxLength(u32),
    MinLength(u32),
    Min(i64),
    Max(i64),
    MinItems(u32),
    MaxItems(u32),
    Pattern(Pattern),
    /// Values of the type that are not listed here.
    NotListed(Vec<String>),
    Email,
    Country,
    /// Not together with the parameter of this name.
    Without(String),
}

/// What the document says of a text, but for the most characters.
pub(super) fn of_text(string: &StringType) -> Vec<Rule> {
    let least = string.min_length.and_then(count).map(Rule::MinLength);
    let pattern = string.pattern.as_deref().and_then(Pattern::parse);
    least
        .into_iter()
        .chain(pattern.map(Rule::Pattern))
        .collect()
}

pub(super) fn of_integer(integer: &IntegerType) -> Vec<Rule> {
    let least = integer
        .minimum
        .map(|it| it.saturating_add(i64::from(integer.exclusive_minimum)));
    let most = integer
        .maximum
        .map(|it| it.saturating_sub(i64::from(integer.exclusive_maximum)));
    bounds(least, most)
}

/// Bounds that are whole numbers; of others `spec` warns.
pub(super) fn of_number(number: &NumberType) -> Vec<Rule> {
    let whole = |bound: Option<f64>, exclusive: bool| bound.filter(|_| !exclusive).and_then(whole);
    bounds(
        whole(number.minimum, number.exclusive_minimum),
        whole(number.maximum, number.exclusive_maximum),
    )
}

pub(super) fn of_list(array: &ArrayType) -> Vec<Rule> {
    let least = array.min_items.and_then(count).map(Rule::MinItems);
    let most = array.max_items.and_then(count).map(Rule::MaxItems);
    least.into_iter().chain(most).collect()
}

fn bounds(least: Option<i64>, most: Option<i64>) -> Vec<Rule> {
    let least = least.map(Rule::Min);
    least.into_iter().chain(most.map(Rule::Max)).collect()
}

fn count(number: usize) -> Option<u32> {
    u32::try_from(number).ok()
}

fn whole(number: f64) -> Option<i64> {
    // Display never writes an exponent.
    number.to_string().parse().ok()
}

/// The rules that hold for both of two positions that share a type.
pub(super) fn common(one: &[Rule], other: &[Rule]) -> Vec<Rule> {
    let both = one.iter().filter(|rule| other.contains(rule));
    both.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_of_whole_numbers_are_within() {
        let integer = |minimum, exclusive_minimum| {
            of_integer(&IntegerType {
                minimum,
                exclusive_minimum,
                maximum: minimum,
                exclusive_maximum: exclusive_minimum,
                ..IntegerType::default()
            })
        };
        assert_eq!(integer(Some(3), false), [Rule::Min(3), Rule::Max(3)]);
        assert_eq!(integer(Some(3), true), [Rule::Min(4), Rule::Max(2)]);
        assert_eq!(integer(None, true), []);
    }

    #[test]
    fn bounds_of_other_numbers_are_whole_or_none() {
        let number = |minimum, exclusive_minimum| {
            of_number(&NumberType {
                minimum,
                exclusive_minimum,
                ..NumberType::default()
            })
        };
        assert_eq!(number(Some(-3.0), false), [Rule::Min(-3)]);
        assert_eq!(number(Some(0.5), false), []);
        assert_eq!(number(Some(3.0), true), []);
        assert_eq!(number(Some(1e300), false), []);
    }
}
