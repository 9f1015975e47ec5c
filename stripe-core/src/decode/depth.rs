//! How deep JSON is nested, found without a stack.
//!
//! `serde_json` refuses what is nested deeper than 128 levels, but counts from where it starts, and for every value that is
//! looked into before its type is known a new reader starts. This counts over all of them.

/// As deep as `serde_json` goes.
const DEEPEST: usize = 128;

/// Whether a well-formed text is nested deeper than any answer is.
pub(crate) fn is_too_deep(json: &[u8]) -> bool {
    let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_text,
            b'"' => in_text = !in_text,
            _ if in_text => {}
            b'{' | b'[' => {
                depth = depth.saturating_add(1);
                if depth > DEEPEST {
                    return true;
                }
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_and_those_in_texts_do_not() {
        let nested = |depth: usize| format!("{}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(!is_too_deep(nested(128).as_bytes()));
        assert!(is_too_deep(nested(129).as_bytes()));
        let wide = format!("[{}1]", "{\"a\":[]},".repeat(1_000));
        assert!(!is_too_deep(wide.as_bytes()));
        let texts = format!(r#"["{}","\"{0}\\","\\"]"#, "[{".repeat(200));
        assert!(!is_too_deep(texts.as_bytes()));
        let after = format!(r#"["\\",{}]"#, nested(128));
        assert!(is_too_deep(after.as_bytes()));
    }
}
