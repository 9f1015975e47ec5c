//! Why JSON could not be read into a type: the place and the expectation, never the value.

use std::fmt;

/// JSON that did not fit the type it was read into.
#[derive(Clone)]
pub struct Error(Box<Inner>);

#[derive(Clone)]
struct Inner {
    path: String,
    type_name: &'static str,
    expected: &'static str,
    found: &'static str,
    line: usize,
    column: usize,
}

/// The way to the place that failed, collected from the inside outwards.
#[derive(Default)]
pub(crate) struct Trail {
    steps: Vec<String>,
    pub(crate) expected: Option<&'static str>,
    pub(crate) found: Option<&'static str>,
    pub(crate) type_name: Option<&'static str>,
    /// Whether the reader may be any, which cannot give raw JSON.
    #[cfg(feature = "serde")]
    pub(crate) from_any: bool,
}

impl Trail {
    /// Adds the field that holds what failed, or `[*]` for an entry, whose name is data.
    pub(crate) fn within(&mut self, step: &str) {
        self.steps.push(step.to_owned());
    }

    /// Adds the array position that holds what failed.
    pub(crate) fn at(&mut self, index: usize) {
        self.steps.push(format!("[{index}]"));
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in self.steps.iter().rev() {
            if !path.is_empty() && !step.starts_with('[') {
                path.push('.');
            }
            // A name may come from the server: nothing that could confuse a terminal or a log stays in it.
            path.extend(
                step.chars()
                    .take(100)
                    .map(|c| if c.is_control() { '\u{fffd}' } else { c }),
            );
        }
        path
    }

    /// The error, if it was a value that did not fit.
    #[cfg(feature = "serde")]
    pub(crate) fn mismatch(&self) -> Option<Error> {
        let mut error = Error::new(self.type_name.unwrap_or(""), self.expected?, self.found?);
        error.0.path = self.path();
        Some(error)
    }

    /// The error, once the reader has given up with `cause`.
    pub(crate) fn error(&self, cause: &serde_json::Error) -> Error {
        let not_json = match cause.classify() {
            serde_json::error::Category::Syntax => Some("JSON that is not well formed"),
            serde_json::error::Category::Eof => Some("JSON that ends too early"),
            _ => None,
        };
        Error(Box::new(Inner {
            path: self.path(),
            type_name: self.type_name.unwrap_or(""),
            expected: self.expected.unwrap_or("valid JSON"),
            found: not_json.or(self.found).unwrap_or("something else"),
            line: cause.line(),
            column: cause.column(),
        }))
    }
}

impl Error {
    /// The place, such as `data[3].amount`; empty where the whole value did not fit. A name that is data is `[*]`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// What the type needs there, such as `a whole number`.
    #[must_use]
    pub fn expected(&self) -> &'static str {
        self.0.expected
    }

    /// The kind of JSON that was there instead, such as `a string`.
    #[must_use]
    pub fn found(&self) -> &'static str {
        self.0.found
    }

    /// The name of the object type that was being read, empty outside of any.
    #[must_use]
    pub fn type_name(&self) -> &'static str {
        self.0.type_name
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.0.line
    }

    /// The column in bytes, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.0.column
    }

    pub(crate) fn new(
        type_name: &'static str,
        expected: &'static str,
        found: &'static str,
    ) -> Self {
        let path = String::new();
        Self(Box::new(Inner {
            path,
            type_name,
            expected,
            found,
            line: 0,
            column: 0,
        }))
    }

    /// Copies what this error knows into a trail, when reading a part of its own failed inside another value.
    pub(crate) fn continue_in(&self, trail: &mut Trail) {
        trail.expected = Some(self.0.expected);
        trail.found = Some(self.0.found);
        // Where no object was read yet, the one that holds the value says its name.
        trail.type_name = Some(self.0.type_name).filter(|name| !name.is_empty());
        if !self.0.path.is_empty() {
            trail.within(&self.0.path);
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            path,
            type_name,
            expected,
            found,
            line,
            column,
        } = &*self.0;
        write!(f, "expected {expected}, found {found}")?;
        if !path.is_empty() {
            write!(f, " at {path}")?;
        }
        if !type_name.is_empty() {
            write!(f, " in {type_name}")?;
        }
        if *line > 0 {
            write!(f, " (line {line}, column {column})")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "decode::Error({self})")
    }
}

impl std::error::Error for Error {}
