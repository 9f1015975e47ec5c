//! Paths of rules: `/v1/customers/{customer}` is every customer's.

/// A path in which parts in braces stand for any one segment.
#[derive(Clone, Debug)]
pub(super) struct Pattern(String);

impl Pattern {
    pub(super) fn new(path: &str) -> Self {
        Self(path.to_owned())
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands in the place of each part in braces, if the path is such a one.
    pub(super) fn captures(&self, path: &str) -> Option<Vec<(String, String)>> {
        let mut captures = Vec::new();
        let (mut wanted, mut given) = (self.0.split('/'), path.split('/'));
        loop {
            let (want, segment) = match (wanted.next(), given.next()) {
                (None, None) => return Some(captures),
                (Some(want), Some(segment)) => (want, segment),
                _ => return None,
            };
            let name = want
                .strip_prefix('{')
                .and_then(|want| want.strip_suffix('}'));
            match name {
                Some(name) => captures.push((name.to_owned(), super::form::decoded(segment))),
                None if want == segment => {}
                None => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_matched_segment_by_segment() {
        for (pattern, path, captured) in [
            ("/v1/customers", "/v1/customers", Some("")),
            ("/v1/customers", "/v1/customers/cus_1", None),
            ("/v1/customers/{id}", "/v1/customers", None),
            ("/v1/customers/{id}", "/v1/customers/a%20b", Some("id=a b")),
            ("/v1/customers/cus_1", "/v1/customers/cus_2", None),
            ("/v1/{a}/x/{b}", "/v1/1/x/2", Some("a=1,b=2")),
        ] {
            let found = Pattern::new(pattern).captures(path).map(|captures| {
                let pairs = captures
                    .iter()
                    .map(|(name, value)| format!("{name}={value}"));
                pairs.collect::<Vec<_>>().join(",")
            });
            assert_eq!(found.as_deref(), captured, "{pattern} {path}");
        }
    }
}
