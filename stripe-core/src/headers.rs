//! HTTP headers, as much of them as this crate needs: names without regard to case, values as text.

use std::fmt;

use secrecy::zeroize::Zeroizing;

/// Headers in the order they were added, but for a secret one, which comes first.
#[derive(Clone, Default)]
pub struct Headers {
    /// Names, in lower case, and values, one after another.
    text: String,
    ends: Vec<Ends>,
    /// Apart from the others, so that there is one copy to wipe.
    secret: Option<(&'static str, Zeroizing<String>)>,
}

/// Where in the text a name and its value end.
#[derive(Clone, Copy)]
struct Ends {
    name: usize,
    value: usize,
}

/// The headers whose values Debug shows. All others print their length.
const SHOWN: &[&str] = &[
    "content-length",
    "content-type",
    "idempotent-replayed",
    "request-id",
    "retry-after",
    "stripe-should-retry",
    "stripe-version",
    "user-agent",
];

impl Headers {
    /// No header.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            secret: None,
        }
    }

    /// The first value of a header. Bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// All names, in lower case, and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries().map(|(name, value, _)| (name, value))
    }

    /// How many there are.
    #[inline]
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends
            .len()
            .saturating_add(usize::from(self.secret.is_some()))
    }

    /// Whether there is none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds a header. Names and values are checked where they are sent.
    pub fn push(&mut self, name: &str, value: &str) {
        let start = self.text.len();
        self.text.push_str(name);
        if let Some(name) = self.text.get_mut(start..) {
            name.make_ascii_lowercase();
        }
        let name = self.text.len();
        self.text.push_str(value);
        self.ends.push(Ends {
            name,
            value: self.text.len(),
        });
    }

    /// Room for what is to come, so that it is added without copies.
    pub(crate) fn reserve(&mut self, count: usize) {
        const USUAL: usize = 48;
        self.ends.reserve(count);
        self.text.reserve(count.saturating_mul(USUAL));
    }

    /// Sets the header that must not be logged or kept in a compression table.
    pub(crate) fn set_secret(&mut self, name: &'static str, value: String) {
        self.secret = Some((name, Zeroizing::new(value)));
    }

    /// Names, values, and whether a value is secret.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        let secret = self
            .secret
            .iter()
            .map(|(name, value)| (*name, value.as_str(), true));
        let mut start = 0;
        let others = self.ends.iter().map(move |ends| {
            let name = self.text.get(start..ends.name).unwrap_or_default();
            let value = self.text.get(ends.name..ends.value).unwrap_or_default();
            start = ends.value;
            (name, value, false)
        });
        secret.chain(others)
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_map();
        for (name, value, secret) in self.entries() {
            if !secret && SHOWN.contains(&name) {
                out.entry(&name, &value);
            } else {
                out.entry(&name, &format_args!("[{} bytes]", value.len()));
            }
        }
        out.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_no_case_and_the_first_value_counts() {
        let mut headers = Headers::new();
        assert!(headers.is_empty());
        headers.push("Request-Id", "req_1");
        headers.push("x-empty", "");
        headers.push("REQUEST-ID", "req_2");
        headers.set_secret("authorization", "Bearer canary".to_owned());
        assert_eq!(headers.get("request-ID"), Some("req_1"));
        assert_eq!(headers.get("X-Empty"), Some(""));
        assert_eq!(headers.get("none"), None);
        assert_eq!(headers.len(), 4);
        let all: Vec<_> = headers.iter().collect();
        let expected = [
            ("authorization", "Bearer canary"),
            ("request-id", "req_1"),
            ("x-empty", ""),
            ("request-id", "req_2"),
        ];
        assert_eq!(all, expected);
        let shown = format!("{headers:?}");
        assert!(
            shown.contains("req_1") && !shown.contains("canary"),
            "{shown}"
        );
    }
}
