//! The rules as data: what the generated code states of parameters, and what a violation says was broken. It checks
//! nothing.

use super::pattern::Pattern;

/// A rule for what stands at a path within an object: the generated code has one line for each.
#[derive(Debug)]
#[doc(hidden)]
#[allow(clippy::exhaustive_structs, reason = "generated code writes it")]
pub struct Check {
    /// Names separated by dots; lists and maps on the way are not named. Empty for what holds everywhere.
    pub path: &'static str,
    /// What has to be true there.
    pub rule: Rule,
}

/// A rule that parameters have to follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// It has to be given.
    Required,
    /// This operation has no such parameter, although others of the service do.
    Unknown,
    /// It cannot be cleared in this operation.
    NotCleared,
    /// It may not be an empty text: Stripe would take that for an order to clear it.
    NotEmpty,
    /// The most characters.
    MaxLength(u32),
    /// The fewest characters.
    MinLength(u32),
    /// The least number.
    Min(i64),
    /// The greatest number.
    Max(i64),
    /// The fewest items.
    MinItems(u32),
    /// The most items.
    MaxItems(u32),
    /// What a text has to look like.
    Pattern(&'static Pattern),
    /// How a text or a number is written.
    Format(Format),
    /// Values of the type that the document does not list at this place.
    NotListed(&'static [&'static str]),
    /// An email address, as far as obvious mistakes go.
    Email,
    /// A two-letter country code.
    Country,
    /// Not together with the parameter of this name beside it.
    Without(&'static str),
    /// The most keys of metadata.
    MaxKeys(u32),
    /// The most characters of a key of metadata.
    MaxKeyLength(u32),
    /// The most characters of a value of metadata.
    MaxValueLength(u32),
    /// A name in a map may not be empty or hold a square bracket.
    KeyName,
    /// A path to expand has to lead to a field that can be.
    Expandable,
    /// The most names in a path to expand.
    MaxDepth(u32),
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Three ASCII letters, or one of the longer codes that Stripe has.
    Currency,
    /// A decimal number without an exponent, with at most 12 digits after the point.
    Decimal,
    /// RFC 3339.
    DateTime,
    /// Seconds since 1970, within the years 1 to 9999: a time in milliseconds is not.
    UnixTime,
}

impl Rule {
    /// The number in the rule, such as the most characters.
    #[must_use]
    pub fn limit(&self) -> Option<i64> {
        match *self {
            Self::Min(limit) | Self::Max(limit) => Some(limit),
            Self::MaxLength(limit)
            | Self::MinLength(limit)
            | Self::MinItems(limit)
            | Self::MaxItems(limit)
            | Self::MaxKeys(limit)
            | Self::MaxKeyLength(limit)
            | Self::MaxValueLength(limit)
            | Self::MaxDepth(limit) => Some(i64::from(limit)),
            _ => None,
        }
    }
}

/// The part of `checks` that is about one object, whose path is cut off.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    /// Sorted by the names in their paths, as fields are by theirs.
    checks: &'static [Check],
    /// Where the rest of each path begins.
    from: usize,
}

impl Scope {
    pub(super) const NONE: Self = Self {
        checks: &[],
        from: 0,
    };

    pub(super) const fn new(checks: &'static [Check]) -> Self {
        Self { checks, from: 0 }
    }

    /// Takes off what is about the field of this name; fields are asked for in their order.
    pub(super) fn take(&mut self, wire: &str) -> Self {
        while let Some((first, rest)) = self.checks.split_first() {
            if self.name(first) >= wire {
                break;
            }
            self.checks = rest;
        }
        let all = self.checks;
        while let Some((first, rest)) = self.checks.split_first() {
            if self.name(first) != wire {
                break;
            }
            self.checks = rest;
        }
        let end = all.len().saturating_sub(self.checks.len());
        let taken = all.get(..end).unwrap_or_default();
        Self {
            checks: taken,
            from: self.from.saturating_add(wire.len()).saturating_add(1),
        }
    }

    fn name(self, check: &Check) -> &'static str {
        let rest = check.path.get(self.from..).unwrap_or_default();
        rest.split_once('.').map_or(rest, |(name, _)| name)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.checks.is_empty()
    }

    /// The rules for what stands right here.
    pub(super) fn here(self) -> &'static [Check] {
        let end = self.checks.len().saturating_sub(self.inside().checks.len());
        self.checks.get(..end).unwrap_or_default()
    }

    /// What is about the inside of the object that stands here.
    pub(super) fn inside(mut self) -> Self {
        while let Some((first, rest)) = self.checks.split_first() {
            if first.path.len() >= self.from {
                break;
            }
            self.checks = rest;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn check(path: &'static str, limit: u32) -> Check {
        let rule = Rule::MaxLength(limit);
        Check { path, rule }
    }

    fn limits(scope: Scope) -> Vec<i64> {
        let rules = scope.here().iter().map(|check| &check.rule);
        rules.filter_map(Rule::limit).collect()
    }

    #[test]
    fn checks_are_found_by_the_way_to_their_field() {
        const CHECKS: &[Check] = &[
            check("a", 1),
            check("a", 2),
            check("a.b", 3),
            check("a.b.c", 4),
            check("a.d", 5),
            check("a_b", 6),
            check("b", 7),
        ];
        let mut all = Scope::new(CHECKS);
        assert_eq!(limits(all.take("0")), [0_i64; 0]);
        let a = all.take("a");
        assert_eq!(limits(a), [1, 2]);
        let mut inside = a.inside();
        let b = inside.take("b");
        assert_eq!(limits(b), [3]);
        assert_eq!(limits(b.inside().take("c")), [4]);
        assert_eq!(limits(inside.take("c")), [0_i64; 0]);
        assert_eq!(limits(inside.take("d")), [5]);
        assert_eq!(limits(all.take("a_b")), [6]);
        assert_eq!(limits(all.take("b")), [7]);
        assert_eq!(limits(all.take("c")), [0_i64; 0]);
    }
}
