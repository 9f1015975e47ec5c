//! HTTP headers, as much of them as this crate needs: names without regard to case, values as text.

use std::fmt;

use secrecy::zeroize::Zeroizing;

/// Headers in the order they were added.
#[derive(Clone, Default)]
pub struct Headers {
    entries: Vec<Header>,
}

#[derive(Clone)]
struct Header {
    /// In lower case.
    name: String,
    /// Wiped when dropped, as one of them is the API key.
    value: Zeroizing<String>,
    sensitive: bool,
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
            entries: Vec::new(),
        }
    }

    /// The first value of a header. Bytes that are not UTF-8 are replaced.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let header = self
            .entries
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))?;
        Some(&header.value)
    }

    /// All names, in lower case, and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.entries
            .iter()
            .map(|header| (header.name.as_str(), header.value.as_str()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds a header. Names and values are checked where they are sent.
    pub fn push(&mut self, name: &str, value: impl Into<String>) {
        self.entries.push(Header {
            name: name.to_ascii_lowercase(),
            value: Zeroizing::new(value.into()),
            sensitive: false,
        });
    }

    /// Adds a header that must not be logged or kept in a compression table.
    pub(crate) fn push_sensitive(&mut self, name: &str, value: String) {
        self.entries.push(Header {
            name: name.to_ascii_lowercase(),
            value: Zeroizing::new(value),
            sensitive: true,
        });
    }

    /// Names, values, and whether a value is secret.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.entries.iter().map(|header| {
            (
                header.name.as_str(),
                header.value.as_str(),
                header.sensitive,
            )
        })
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_map();
        for (name, value, sensitive) in self.entries() {
            if !sensitive && SHOWN.contains(&name) {
                out.entry(&name, &value);
            } else {
                out.entry(&name, &format_args!("[{} bytes]", value.len()));
            }
        }
        out.finish()
    }
}
