//! The generated regions of README.md and of the guide: text between `<!-- NAME:start -->` and `<!-- NAME:end -->`.
//!
//! Everything outside the markers belongs to people and is never touched.

/// The text with the named region's content replaced, or what is wrong with the markers.
pub(crate) fn replace_region(text: &str, name: &str, content: &str) -> Result<String, String> {
    let (start, end) = (
        format!("<!-- {name}:start -->"),
        format!("<!-- {name}:end -->"),
    );
    let (before, rest) = once(text, &start)?;
    let (_, after) = once(rest, &end)?;
    Ok(format!("{before}{start}\n{}\n{end}{after}", content.trim()))
}

/// Splits at the one occurrence of a marker.
fn once<'text>(text: &'text str, marker: &str) -> Result<(&'text str, &'text str), String> {
    match text.split_once(marker) {
        Some((before, after)) if !after.contains(marker) => Ok((before, after)),
        Some(_) => Err(format!(
            "the marker `{marker}` stands more than once: keep one"
        )),
        None => Err(format!(
            "the marker `{marker}` is missing, or stands before its start: put it back on its own line"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_region_changes() {
        let text = "# A\n<!-- t:start -->\nold\n<!-- t:end -->\nB\n";
        let replaced = replace_region(text, "t", "new\n\n").unwrap();
        assert_eq!(replaced, "# A\n<!-- t:start -->\nnew\n<!-- t:end -->\nB\n");
        assert_eq!(replace_region(&replaced, "t", "new").unwrap(), replaced);
    }

    #[test]
    fn broken_markers_are_named() {
        for (text, complaint) in [
            ("none", "`<!-- t:start -->` is missing"),
            ("<!-- t:start -->", "`<!-- t:end -->` is missing"),
            (
                "<!-- t:end --><!-- t:start -->",
                "`<!-- t:end -->` is missing",
            ),
            (
                "<!-- t:start --><!-- t:start --><!-- t:end -->",
                "more than once",
            ),
            (
                "<!-- t:start --><!-- t:end --><!-- t:end -->",
                "more than once",
            ),
        ] {
            let error = replace_region(text, "t", "").unwrap_err();
            assert!(error.contains(complaint), "{text}: {error}");
        }
    }
}
