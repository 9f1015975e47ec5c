//! What broke a rule, as data and in words that say what to do. A value is never part of it: only counts are, and numbers
//! and constants, which Debug shows as well.

use std::borrow::Cow;
use std::fmt;

use super::rule::{Format, Rule};
use crate::error::ParamName;

/// A parameter that breaks a rule.
#[derive(Clone, PartialEq, Eq)]
pub struct Violation {
    param: String,
    rule: Rule,
    measure: Option<i64>,
    suggestion: Option<String>,
}

impl Violation {
    pub(super) fn new(param: String, rule: Rule, measure: Option<i64>) -> Self {
        Self {
            param,
            rule,
            measure,
            suggestion: None,
        }
    }

    /// With what may have been meant.
    pub(super) fn suggest(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// The parameter, as Stripe writes it: `line_items[0][price_data][currency]`. It holds the keys of metadata, which
    /// Display and Debug hide.
    #[must_use]
    pub fn param(&self) -> &str {
        &self.param
    }

    /// The rule, with its limit.
    #[inline]
    #[must_use]
    pub const fn rule(&self) -> Rule {
        self.rule
    }

    /// What was counted or compared with the limit: characters, items or keys, or a number itself.
    #[inline]
    #[must_use]
    pub const fn measure(&self) -> Option<i64> {
        self.measure
    }

    /// What may have been meant instead.
    #[inline]
    #[must_use]
    pub fn suggestion(&self) -> Option<&str> {
        self.suggestion.as_deref()
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Cow<'static, str> {
        match &self.suggestion {
            Some(suggestion) => format!("did you mean `{suggestion}`?").into(),
            None => hint(&self.rule),
        }
    }

    /// What is wrong, with the numbers.
    fn wrong(&self) -> Cow<'static, str> {
        let limit = self.rule.limit().unwrap_or_default();
        match self.measure {
            Some(measure) => counted(&self.rule, measure, limit).into(),
            None => wrong(&self.rule),
        }
    }
}

fn counted(rule: &Rule, measure: i64, limit: i64) -> String {
    match rule {
        Rule::MaxLength(_) | Rule::MaxValueLength(_) => {
            format!("it has {measure} characters, and Stripe takes {limit} at most")
        }
        Rule::MinLength(_) => {
            format!("it has {measure} characters, and Stripe wants {limit} or more")
        }
        Rule::MaxItems(_) => format!("it has {measure} items, and Stripe takes {limit} at most"),
        Rule::MinItems(_) => format!("it has {measure} items, and Stripe wants {limit} or more"),
        Rule::MaxKeys(_) => format!("it has {measure} keys, and Stripe keeps {limit} at most"),
        Rule::MaxKeyLength(_) => {
            format!("its key has {measure} characters, and Stripe takes {limit} at most")
        }
        Rule::MaxDepth(_) => format!("it has {measure} names, and Stripe expands {limit} at most"),
        Rule::Min(_) => format!("it is {measure}, and has to be {limit} or more"),
        Rule::Max(_) => format!("it is {measure}, and has to be {limit} or less"),
        rule => wrong(rule).into_owned(),
    }
}

fn wrong(rule: &Rule) -> Cow<'static, str> {
    match rule {
        Rule::Required => "it is missing".into(),
        Rule::Unknown => "this operation has no such parameter".into(),
        Rule::NotCleared => "this operation cannot clear it".into(),
        Rule::NotEmpty => "it is empty, which would clear it".into(),
        Rule::Min(limit) => format!("it has to be {limit} or more").into(),
        Rule::Max(limit) => format!("it has to be {limit} or less").into(),
        Rule::Pattern(pattern) => format!("it is not of the pattern `{}`", pattern.text).into(),
        Rule::Format(format) => written(*format).into(),
        Rule::NotListed(_) => "its value is not one that Stripe lists here".into(),
        Rule::Email => "it is not an email address".into(),
        Rule::Country => "it is not a country code of two letters".into(),
        Rule::Without(other) => format!("it does not go together with `{other}`").into(),
        Rule::KeyName => "its key is empty or has a square bracket".into(),
        Rule::Expandable => "it leads to no field that can be expanded".into(),
        _ => "it is beyond a limit".into(),
    }
}

const fn written(format: Format) -> &'static str {
    match format {
        Format::Currency => "it is not a currency code of three letters",
        Format::Decimal => "it is not a decimal number",
        Format::DateTime => "it is not a time as RFC 3339 writes it",
        Format::UnixTime => "it is no time in seconds since 1970",
    }
}

fn hint(rule: &Rule) -> Cow<'static, str> {
    match rule {
        Rule::Required => "set it; an empty list or object counts as not set",
        Rule::Unknown => "leave it out here",
        Rule::NotCleared => "set it or leave it out",
        Rule::NotEmpty => {
            "to clear it call its `clear_\u{2026}` method (in metadata, `unset`), or leave it out"
        }
        Rule::MaxLength(_) | Rule::MaxValueLength(_) | Rule::MaxKeyLength(_) => "shorten it",
        Rule::MinLength(_) => "write more, or leave it out",
        Rule::Min(_) | Rule::Max(_) => {
            "check the number; amounts are in the minor unit of the currency"
        }
        Rule::MaxItems(_) => "send fewer",
        Rule::MinItems(_) => "send more, or leave it out",
        Rule::MaxKeys(_) => "remove some keys",
        Rule::Pattern(_) => "write it as the pattern says",
        Rule::Format(format) => return example(*format).into(),
        Rule::NotListed(values) => return not_listed(values).into(),
        Rule::Email => "write one address, such as `jenny@example.com`, without a name or spaces",
        Rule::Country => "write an ISO 3166-1 alpha-2 code, such as `DE`",
        Rule::Without(_) => "set only one of the two",
        Rule::KeyName => "rename the key",
        Rule::Expandable => {
            "look the field up in Stripe's reference; in a list, begin with `data.`"
        }
        Rule::MaxDepth(_) => "expand less, and retrieve the rest",
    }
    .into()
}

fn not_listed(values: &[&str]) -> String {
    let mut listed = String::new();
    for value in values {
        let comma = if listed.is_empty() { "" } else { ", " };
        listed.push_str(&format!("{comma}`{value}`"));
    }
    format!("any other than {listed}")
}

const fn example(format: Format) -> &'static str {
    match format {
        Format::Currency => "write an ISO 4217 code, such as `usd`",
        Format::Decimal => {
            "write digits with a point, such as `12.5`: no exponent, and 12 digits after the point at most"
        }
        Format::DateTime => "write it such as `2026-05-27T12:00:00Z`",
        Format::UnixTime => "seconds, not milliseconds",
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (wrong, hint) = (self.wrong(), self.hint());
        write!(f, "{}: {wrong}: {hint}", ParamName(&self.param))
    }
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("param", &format_args!("{}", ParamName(&self.param)))
            .field("rule", &self.rule)
            .field("measure", &self.measure)
            .field("suggestion", &self.suggestion)
            .finish()
    }
}
