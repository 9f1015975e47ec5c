//! From method and path to an operation, on exact path segments. No prefix, no trailing slash, no case folding.

use std::collections::HashMap;

use crate::document::{Document, Method, Segment};
use crate::percent;

/// The operations as a tree of path segments.
#[derive(Debug, Default)]
pub(crate) struct Router {
    steps: Vec<Step>,
}

#[derive(Debug, Default)]
struct Step {
    literals: HashMap<String, usize>,
    parameter: Option<usize>,
    operations: Vec<(Method, usize)>,
}

/// An operation, and the values of the parameters in its path in their order.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) operation: usize,
    pub(crate) parameters: Vec<String>,
}

/// Why a path that has a route cannot be taken.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Miss {
    /// No operation has such a path and method.
    Unknown,
    /// A parameter in the path is not percent-encoded UTF-8.
    BadEncoding,
}

impl Router {
    /// The routes of a document.
    pub(crate) fn new(document: &Document) -> Self {
        let mut router = Self {
            steps: vec![Step::default()],
        };
        for (number, operation) in document.operations().iter().enumerate() {
            let mut at = 0;
            for segment in &operation.segments {
                at = router.step(at, segment);
            }
            if let Some(step) = router.steps.get_mut(at) {
                step.operations.push((operation.method, number));
            }
        }
        router
    }

    fn step(&mut self, at: usize, segment: &Segment) -> usize {
        let next = self.steps.len();
        let Some(step) = self.steps.get_mut(at) else {
            return at;
        };
        let found = match segment {
            Segment::Literal(text) => *step.literals.entry(text.clone()).or_insert(next),
            Segment::Parameter(_) => *step.parameter.get_or_insert(next),
        };
        if found == next {
            self.steps.push(Step::default());
        }
        found
    }

    /// Finds the operation. A literal segment comes before a parameter.
    pub(crate) fn find(&self, method: &str, path: &str) -> Result<Match, Miss> {
        let method = Method::named(method).ok_or(Miss::Unknown)?;
        let mut segments = path.split('/');
        if segments.next() != Some("") {
            return Err(Miss::Unknown);
        }
        let segments: Vec<&str> = segments.collect();
        let mut raw = Vec::new();
        let operation = self.walk(0, method, &segments, &mut raw);
        let operation = operation.ok_or(Miss::Unknown)?;
        let decoded = raw.into_iter().map(percent::decode_segment);
        let parameters: Option<Vec<String>> = decoded.collect();
        Ok(Match {
            operation,
            parameters: parameters.ok_or(Miss::BadEncoding)?,
        })
    }

    fn walk<'a>(
        &self,
        at: usize,
        method: Method,
        segments: &[&'a str],
        raw: &mut Vec<&'a str>,
    ) -> Option<usize> {
        let step = self.steps.get(at)?;
        let Some((first, rest)) = segments.split_first() else {
            let found = step.operations.iter().find(|(it, _)| *it == method);
            return found.map(|(_, operation)| *operation);
        };
        let literal = step.literals.get(*first);
        if let Some(found) = literal.and_then(|next| self.walk(*next, method, rest, raw)) {
            return Some(found);
        }
        if first.is_empty() {
            return None;
        }
        raw.push(first);
        let found = step
            .parameter
            .and_then(|next| self.walk(next, method, rest, raw));
        if found.is_none() {
            raw.pop();
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::default_document;

    #[test]
    fn every_operation_is_found_by_its_own_path() {
        let document = default_document().unwrap();
        let router = Router::new(&document);
        for (number, operation) in document.operations().iter().enumerate() {
            let fill = |it: &Segment| match it {
                Segment::Literal(text) => text.clone(),
                Segment::Parameter(name) => format!("{name}%2F%C3%A9"),
            };
            let segments: Vec<String> = operation.segments.iter().map(fill).collect();
            let path = format!("/{}", segments.join("/"));
            let found = router.find(operation.method(), &path).unwrap();
            assert_eq!(found.operation, number, "{path}");
            assert!(
                found.parameters.iter().all(|it| it.ends_with("/é")),
                "{found:?}"
            );
        }
    }

    #[test]
    fn paths_are_matched_segment_by_segment() {
        let document = default_document().unwrap();
        let router = Router::new(&document);
        let path = |number: usize| document.operations()[number].path();
        for (method, given, expected) in [
            ("GET", "/v1/customers", Some("/v1/customers")),
            ("GET", "/v1/customers/search", Some("/v1/customers/search")),
            ("GET", "/v1/customers/x", Some("/v1/customers/{customer}")),
            // There is no such search, but there may be such a customer.
            (
                "POST",
                "/v1/customers/search",
                Some("/v1/customers/{customer}"),
            ),
            ("GET", "/v1/customers/", None),
            ("GET", "/v1/customers//sources", None),
            ("GET", "//v1/customers", None),
            ("GET", "/v1/Customers", None),
            ("GET", "/v1/custom%65rs", None),
            ("GET", "v1/customers", None),
            ("GET", "/", None),
            ("PUT", "/v1/customers", None),
            ("get", "/v1/customers", None),
            ("DELETE", "/v1/customers", None),
        ] {
            let found = router.find(method, given).ok();
            assert_eq!(
                found.map(|it| path(it.operation)),
                expected,
                "{method} {given}"
            );
        }
        let bad = router.find("GET", "/v1/customers/%zz");
        assert_eq!(bad, Err(Miss::BadEncoding));
    }
}
