//! JSON pointers (RFC 6901): the names of places in the document. Nothing is looked up here.

/// One segment, escaped.
pub(crate) fn escape(segment: &str) -> String {
    segment.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tildes_and_slashes_are_escaped() {
        for (given, expected) in [
            ("name", "name"),
            ("/v1/x", "~1v1~1x"),
            ("a~/b", "a~0~1b"),
            ("~1", "~01"),
        ] {
            assert_eq!(escape(given), expected);
        }
    }
}
