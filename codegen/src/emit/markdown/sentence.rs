//! Words to lines, one sentence each.
//!
//! A line may begin with anything, so what would start a heading, a list, a quote, a rule or a table there is escaped.

use super::inline::{OPAQUE, Word};

/// After these a capital letter does not start a sentence.
const ABBREVIATIONS: [&str; 12] = [
    "approx.", "cf.", "e.g.", "esp.", "etc.", "i.e.", "incl.", "no.", "u.k.", "u.s.", "viz.", "vs.",
];

/// The sentences of a block.
pub(super) fn lines(words: &[Word]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let next = words.iter().skip(1).map(Some).chain([None]);
    for (word, next) in words.iter().zip(next) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word.text);
        if next.is_none_or(|next| ends(&word.plain) && starts(&next.plain)) {
            lines.push(guarded(std::mem::take(&mut line)));
        }
    }
    lines
}

/// Whether a sentence may end with this word.
fn ends(word: &str) -> bool {
    let word = word.trim_end_matches([')', ']', '"', '\'', '”', '’', '»']);
    let lower = word
        .trim_start_matches(['(', '[', '"', '\'', '“', '‘'])
        .to_lowercase();
    let is_initial = lower.chars().count() == 2 && lower.starts_with(char::is_alphabetic);
    word.ends_with(['!', '?', '…'])
        || (word.ends_with('.') && !is_initial && !ABBREVIATIONS.contains(&lower.as_str()))
}

/// Whether a sentence may start with this word.
fn starts(word: &str) -> bool {
    let first = word
        .trim_start_matches(['(', '[', '"', '\'', '“', '‘', '«'])
        .chars()
        .next();
    first.is_some_and(|c| c == OPAQUE || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase()))
}

/// The line with its start made harmless.
fn guarded(line: String) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let (number, rest) = line.split_at_checked(digits).unwrap_or(("", &line));
    if digits > 0 && rest.starts_with(['.', ')']) {
        return format!("{number}\\{rest}");
    }
    let is_row = line
        .chars()
        .all(|c| matches!(c, '|' | ':' | '-' | '=' | '+' | ' '));
    let is_item = line.starts_with("- ") || line.starts_with("+ ");
    if is_row || is_item || line.starts_with('#') {
        format!("\\{line}")
    } else {
        line
    }
}
