//! Rules on hand-written Rust that neither rustfmt nor clippy has. They read lines, not syntax, and count on rustfmt.

use super::tree::{File, Finding};

/// The longest function. Thirty is the aim; what needs more than this has two jobs.
const LONGEST_FUNCTION: usize = 60;

/// Functions fit on a screen.
pub(crate) fn functions_are_short(file: &File) -> Vec<Finding> {
    if !file.is_handwritten_rust() {
        return Vec::new();
    }
    let lines: Vec<&str> = file.text.lines().collect();
    let starts = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| starts_function(line));
    let lengths = starts.map(|(at, line)| {
        (
            at,
            function_length(line, lines.get(at..).unwrap_or_default()),
        )
    });
    lengths
        .filter(|(_, length)| *length > LONGEST_FUNCTION)
        .map(|(at, length)| {
            let what =
                format!("a function of {length} lines, {LONGEST_FUNCTION} are the limit: split it");
            file.finding(at + 1, what)
        })
        .collect()
}

/// Whether a line opens a function: `fn` with nothing before it but qualifiers.
fn starts_function(line: &str) -> bool {
    let mut words = line.trim_start().split([' ', '(']);
    let first = words.by_ref().find(|word| !is_qualifier(word));
    first == Some("fn") && words.next().is_some_and(|name| !name.is_empty())
}

fn is_qualifier(word: &str) -> bool {
    let visibility = word.starts_with("pub") || word.ends_with(')') || word == "in";
    visibility
        || matches!(
            word,
            "async" | "const" | "default" | "unsafe" | "extern" | "\"C\""
        )
}

/// The lines from the opening of a function to the `}` that stands under it.
fn function_length(opening: &str, lines: &[&str]) -> usize {
    let indent = opening.len() - opening.trim_start().len();
    let ends = |line: &&str| line.trim_end() == format!("{}}}", " ".repeat(indent));
    // `fn f() {}` and `fn f();` are over on the line they open on.
    if opening.trim_end().ends_with(['}', ';']) {
        return 1;
    }
    lines.iter().position(ends).map_or(1, |end| end + 1)
}

/// What is left for later stands in the issue tracker, where somebody looks.
pub(crate) fn has_no_postponed_work(file: &File) -> Vec<Finding> {
    // Written in parts, so that this file passes its own rule.
    let marks = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
    ];
    let text = ["rs", "md", "toml", "yml", "yaml", "sh", "run"];
    let is_text = text.iter().any(|kind| file.path.ends_with(kind));
    if file.is_generated() || !is_text {
        return Vec::new();
    }
    let hits = file.lines().flat_map(|(number, line)| {
        marks
            .iter()
            .filter(move |mark| has_word(line, mark))
            .map(move |mark| (number, mark))
    });
    hits.map(|(number, mark)| {
        file.finding(number, format!("`{mark}`: do it now, or open an issue"))
    })
    .collect()
}

fn has_word(line: &str, word: &str) -> bool {
    line.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .any(|it| it == word)
}

/// The oldest supported compiler has no let-chains, and the newest accepts them without a word.
pub(crate) fn has_no_let_chain(file: &File) -> Vec<Finding> {
    if !file.is_rust() {
        return Vec::new();
    }
    let is_code = |line: &str| !line.trim_start().starts_with("//");
    let hits = file
        .lines()
        .filter(|(_, line)| is_code(line) && line.contains(concat!("&& ", "let ")));
    hits.map(|(number, _)| {
        file.finding(
            number,
            "a let-chain: the oldest supported compiler has none",
        )
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::tree::found;

    fn function(opening: &str, lines: usize) -> String {
        let indent = " ".repeat(opening.len() - opening.trim_start().len());
        format!(
            "{opening} {{\n{}{indent}}}\n",
            "        body();\n".repeat(lines - 2)
        )
    }

    #[test]
    fn long_functions_are_found_where_they_open() {
        for opening in [
            "fn f()",
            "    pub(crate) async fn f()",
            "pub(in crate::a) const fn f()",
        ] {
            let text = format!(
                "//! Docs.\n{}{}",
                function(opening, 61),
                function("fn short()", 60)
            );
            let [finding] = &found(functions_are_short, "codegen/src/a.rs", &text)[..] else {
                panic!("one finding for {opening}")
            };
            assert!(
                finding.starts_with("codegen/src/a.rs:2: a function of 61 lines"),
                "{finding}"
            );
        }
    }

    #[test]
    fn what_only_looks_like_a_function_is_left_alone() {
        let tail = "x\n".repeat(80) + "}\n";
        for line in [
            "fn f() {}",
            "fn f();",
            "// fn f() {",
            "let fn_f = 1;",
            "type F = fn(u8) -> u8;",
        ] {
            let text = format!("{line}\n{tail}");
            assert!(
                found(functions_are_short, "xtask/src/a.rs", &text).is_empty(),
                "{line}"
            );
        }
    }

    #[test]
    fn postponed_work_is_found_as_a_word() {
        let mark = concat!("TO", "DO");
        for (path, line, count) in [
            ("xtask/src/a.rs", format!("// {mark}: later"), 1),
            ("CONTRIBUTING.md", format!("{mark}(me)"), 1),
            (".ci/run", format!("# {mark}"), 1),
            ("xtask/src/a.rs", format!("// {mark}S and {mark}_LIST"), 0),
            ("stripe-generated/src/a.rs", format!("// {mark}"), 0),
        ] {
            assert_eq!(
                found(has_no_postponed_work, path, &line).len(),
                count,
                "{path}: {line}"
            );
        }
    }

    #[test]
    fn let_chains_are_found() {
        for (line, count) in [
            (concat!("if let Some(a) = b &&", " let Some(c) = a {"), 1),
            (concat!("    &&", " let Some(c) = a"), 1),
            (concat!("// a &&", " let b"), 0),
            ("if let Some(a) = b {", 0),
        ] {
            assert_eq!(
                found(has_no_let_chain, "stripe-generated/src/a.rs", line).len(),
                count,
                "{line}"
            );
        }
    }
}
