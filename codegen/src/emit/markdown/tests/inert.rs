//! Whatever a description says, its Markdown does nothing: for the pinned document, and for text stranger than any.

use std::path::Path;
use std::time::Instant;

use serde_json::Value;

use super::super::markdown;

#[test]
fn every_description_of_the_pinned_document_is_inert() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/openapi.json");
    let document: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut count = 0;
    let mut waiting = vec![&document];
    while let Some(value) = waiting.pop() {
        if let Some(text) = value.get("description").and_then(Value::as_str) {
            inert(text);
            count += 1;
        }
        match value {
            Value::Object(members) => waiting.extend(members.values()),
            Value::Array(elements) => waiting.extend(elements),
            _ => {}
        }
    }
    assert!(count > 10_000, "{count}");
}

/// Pieces of which stranger texts are made than any real one.
const FRAGMENTS: &[&str] = &[
    "a",
    "B. ",
    "_",
    "**",
    "`",
    "``",
    "```\n",
    "~~~",
    "[",
    "]",
    "](",
    "[x](/y)",
    "[x](http://a.b/c)",
    "<",
    ">",
    "<p>",
    "<a href=\"/x\">",
    "</a>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<ul>",
    "</ul>",
    "<li>",
    "<em>",
    "</em>",
    "<strong>",
    "</strong>",
    "<script>",
    "&lt;",
    "&#42;",
    "&#x200b;",
    "\\",
    "\n",
    "\n\n",
    "\n    ",
    "\n- ",
    "\n1. ",
    "\n# ",
    "\n> ",
    "\n---\n",
    "\n===\n",
    "\n| a |\n|---|\n",
    "http://",
    "https://a.b/c.",
    "!",
    "[^1]: x",
    "\u{202e}",
    "\0",
    "é",
    " ",
];

/// Fragments in all orders, far stranger than any real text.
#[test]
fn any_text_at_all_is_inert() {
    let mut state = 1_u64;
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..20_000 {
        let length = 1 + next(12);
        let text: String = (0..length)
            .map(|_| FRAGMENTS[next(FRAGMENTS.len())])
            .collect();
        inert(&text);
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the time is what is tested")]
fn a_megabyte_of_anything_takes_no_time() {
    let fragments = [
        "a. B ",
        "`",
        "` ``",
        "[",
        "](",
        "[a](b",
        "![a](/b)",
        "*a ",
        "**a _b ",
        "<",
        "<a href=x>",
        "</a>",
        "<code>",
        "<pre>",
        "<ul><li>",
        "<strong><em>",
        "&",
        "\\",
        "\n",
        "\n- a",
        "\n    a",
        "|a\n|-|\n",
        "http://",
        "https://a.b/((",
        "\n> ",
        "\n# a",
        "\u{200b}",
        "[x](http://a.b((",
        " ",
    ];
    let mut texts: Vec<String> = fragments
        .iter()
        .map(|it| it.repeat(1_000_000 / it.len()))
        .collect();
    texts.push((1..1_400).map(|width| "`".repeat(width) + "a").collect());
    texts.push(format!("`{}", " ".repeat(1_000_000)));
    texts.push(format!("`{}", "\n".repeat(1_000_000)));
    texts.push(format!("`{}", " \n a".repeat(250_000)));
    texts.push(format!("<code>{}", "</code".repeat(150_000)));
    texts.push(format!("[a]({}", "x(".repeat(500_000)));
    for text in texts {
        let start = Instant::now();
        markdown(&text);
        let start_of_text: String = text.chars().take(20).collect();
        // Linear work takes a tenth of this without optimisation; quadratic work takes minutes.
        assert!(start.elapsed().as_secs() < 10, "{start_of_text:?}");
    }
}

/// Whatever the text says, its Markdown holds nothing that rustdoc runs, resolves, loads or warns about.
pub(super) fn inert(text: &str) {
    let lines = markdown(text);
    let complain = |what: &str, line: &str| panic!("{what}: {line:?} in {lines:#?} from {text:?}");
    let mut fence: Option<&str> = None;
    for line in &lines {
        if line.chars().any(crate::diagnostic::is_invisible) || line.ends_with(' ') {
            complain("an invisible character", line);
        }
        if let Some(mark) = fence {
            fence = fence.filter(|_| line != mark);
            continue;
        }
        fence = line
            .strip_suffix("text")
            .filter(|mark| mark.len() >= 3 && mark.chars().all(|c| c == '`'));
        if fence.is_some() {
            continue;
        }
        if line.starts_with("    ")
            || line.starts_with("```") && !line.trim_start_matches('`').contains('`')
        {
            complain("a code block", line);
        }
        if let Some(place) = live(line) {
            complain("something live", place);
        }
    }
    if fence.is_some()
        || lines.first().is_some_and(String::is_empty)
        || lines.last().is_some_and(String::is_empty)
    {
        complain("an open end", "");
    }
}

/// The first bracket or angle that is neither escaped, nor in a code span, nor part of a link to a page or a mail.
fn live(line: &str) -> Option<&str> {
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let next = match c {
            '\\' => rest.get(2..),
            '`' => after_code(rest),
            '<' if rest.get(1..).is_some_and(is_address) => {
                rest.split_once('>').map(|(_, rest)| rest)
            }
            ']' => rest
                .strip_prefix("](")
                .filter(|rest| is_address(rest))
                .and_then(|rest| rest.split_once(')'))
                .map(|(_, rest)| rest),
            '[' if live_link(rest) => rest.get(1..),
            '<' | '[' => None,
            '!' if rest.starts_with("![") => None,
            c => rest.get(c.len_utf8()..),
        };
        match next {
            Some(next) => rest = next,
            None => return Some(rest),
        }
    }
    None
}

fn live_link(rest: &str) -> bool {
    rest.contains("](http")
        || rest.contains("](mailto:")
        || rest.to_ascii_lowercase().contains("](http")
}

/// What follows the code span at the start.
fn after_code(rest: &str) -> Option<&str> {
    let fence: String = rest.chars().take_while(|c| *c == '`').collect();
    let mut content = rest.strip_prefix(&fence)?;
    loop {
        let (_, after) = content.split_at_checked(content.find('`')?)?;
        content = after.trim_start_matches('`');
        if after.len() - content.len() == fence.len() {
            return Some(content);
        }
    }
}

fn is_address(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["http://", "https://", "mailto:"]
        .iter()
        .any(|scheme| text.starts_with(scheme))
}
