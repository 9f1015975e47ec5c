//! Descriptions of the document as rustdoc Markdown.
//!
//! A description is HTML and Markdown mixed, and foreign text: whatever it says, it may neither run as a doctest nor
//! link into the crate, load an image, or hide characters. So it is read into a few kinds of pieces and written anew
//! with everything else escaped, instead of being patched in place. One sentence stands on one line, so that an edited
//! sentence is a diff of one line. No rewording happens here, and no doc attribute is made.

mod html;
mod inline;
mod link;
mod scan;
mod sentence;
#[cfg(test)]
mod tests;
mod text;

use inline::words;
use scan::{Item, Token};

/// A part of a description that stands on lines of its own.
enum Block {
    Paragraph(Vec<Token>),
    Item(Item, Vec<Token>),
    Preformatted(String),
}

/// The description as lines of Markdown, without an empty one at either end.
pub(crate) fn markdown(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut after_item = false;
    for block in blocks(text) {
        let (block_lines, is_item) = match block {
            Block::Paragraph(tokens) => (sentence::lines(&words(&tokens)), false),
            Block::Item(item, tokens) => (item_lines(item, &tokens), true),
            Block::Preformatted(content) => (fenced(&content), false),
        };
        if block_lines.is_empty() {
            continue;
        }
        let goes_on = is_item && after_item;
        if !lines.is_empty() && !goes_on {
            lines.push(String::new());
        }
        lines.extend(block_lines);
        after_item = is_item;
    }
    lines
}

fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = vec![Block::Paragraph(Vec::new())];
    for token in scan::scan(text) {
        match token {
            Token::Paragraph => blocks.push(Block::Paragraph(Vec::new())),
            Token::Item(item) => blocks.push(Block::Item(item, Vec::new())),
            Token::Preformatted(content) => {
                blocks.push(Block::Preformatted(content));
                blocks.push(Block::Paragraph(Vec::new()));
            }
            inline => match blocks.last_mut() {
                Some(Block::Paragraph(tokens) | Block::Item(_, tokens)) => tokens.push(inline),
                _ => blocks.push(Block::Paragraph(vec![inline])),
            },
        }
    }
    blocks
}

/// Only items of the outermost bulleted list have a sentence per line: deeper lines would look like indented code.
fn item_lines(item: Item, tokens: &[Token]) -> Vec<String> {
    let sentences = sentence::lines(&words(tokens));
    let indent = if item.is_nested { "  " } else { "" };
    match item.number {
        _ if sentences.is_empty() => Vec::new(),
        Some(number) => vec![format!("{indent}{number}. {}", sentences.join(" "))],
        None if item.is_nested => vec![format!("{indent}- {}", sentences.join(" "))],
        None => {
            let markers = std::iter::once("- ").chain(std::iter::repeat("  "));
            markers
                .zip(sentences)
                .map(|(marker, sentence)| format!("{marker}{sentence}"))
                .collect()
        }
    }
}

/// Preformatted text behind a fence that says it is text: rustdoc would compile and run it otherwise.
fn fenced(content: &str) -> Vec<String> {
    let lines: Vec<&str> = content.lines().map(str::trim_end).collect();
    let indent = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| line.len() - line.trim_start().len())
        .min();
    let Some(indent) = indent else {
        return Vec::new();
    };
    let first = lines
        .iter()
        .position(|line| !line.is_empty())
        .unwrap_or_default();
    let last = lines
        .iter()
        .rposition(|line| !line.is_empty())
        .unwrap_or_default();
    let fence = "`".repeat(inline::longest_run(content).saturating_add(1).max(3));
    let mut fenced = vec![format!("{fence}text")];
    // All white space is blanks by now, so that the bytes of the indent are characters.
    let content = lines.iter().take(last + 1).skip(first);
    fenced.extend(content.map(|line| line.get(indent..).unwrap_or_default().to_owned()));
    fenced.push(fence);
    fenced
}
