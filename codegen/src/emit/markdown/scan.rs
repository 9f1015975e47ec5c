//! The text of a description as tokens: what is code, what is a tag, where blocks begin.
//!
//! It goes over the text once, from left to right. Which brackets and asterisks mean something is not decided here, since
//! that takes the whole block ([`super::inline`]).

use std::collections::BTreeMap;

use super::text::Text;
use super::{html, link};
use crate::diagnostic::is_invisible;

mod blocks;
mod tags;

/// A piece of a description.
pub(super) enum Token {
    /// A character that may mean something in Markdown.
    Char(char),
    /// A character that stands for itself.
    Literal(char),
    Code(String),
    Open(Style),
    Close(Style),
    /// The start of a link to this address, from HTML.
    Link(String),
    LinkEnd,
    Paragraph,
    Item(Item),
    Preformatted(String),
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    Emphasis,
    Strong,
}

/// How a list item is written.
#[derive(Clone, Copy)]
pub(super) struct Item {
    /// In a list inside another one; all deeper ones are shown as this level.
    pub(super) is_nested: bool,
    pub(super) number: Option<u32>,
}

pub(super) fn scan(text: &str) -> Vec<Token> {
    let mut scanner = Scanner {
        text: Text::new(text),
        after_blank: true,
        ..Scanner::default()
    };
    while !scanner.text.is_end(scanner.at) {
        scanner.line();
    }
    scanner.tokens
}

#[derive(Default)]
struct Scanner {
    text: Text,
    at: usize,
    tokens: Vec<Token>,
    /// Whether a block begins with the next line.
    after_blank: bool,
    is_quote: bool,
    /// The indent of the first item of the list at hand, in Markdown.
    list: Option<usize>,
    /// The lists at hand, in HTML, each with the number of its next item.
    lists: Vec<Option<u32>>,
    /// Elements whose end was sought in vain: it is not sought again, which keeps the scan linear.
    endless: Vec<&'static str>,
    /// For each width of backticks, up to where a closing run was sought in vain.
    unclosed: BTreeMap<usize, usize>,
}

impl Scanner {
    /// What stands in a line, and beyond it if a tag or code span does.
    fn inline(&mut self, end: usize) {
        while self.at < end {
            match self.text.get(self.at) {
                '`' => self.code_span(),
                '<' => self.angle(),
                '&' => self.entity(),
                '\\' => self.backslash(),
                c => self.push(Token::Char(c), 1),
            }
        }
        if self.at == end {
            self.push(Token::Char(' '), 1);
        }
    }

    fn push(&mut self, token: Token, width: usize) {
        self.tokens.push(token);
        self.at += width;
    }

    fn backslash(&mut self) {
        match self.text.get(self.at + 1) {
            next if next.is_ascii_punctuation() => self.push(Token::Literal(next), 2),
            _ => self.push(Token::Literal('\\'), 1),
        }
    }

    fn entity(&mut self) {
        match html::entity(&self.text, self.at) {
            Some((c, width)) => {
                let token = if is_invisible(c) || c.is_whitespace() {
                    Token::Char(' ')
                } else {
                    Token::Literal(c)
                };
                self.push(token, width);
            }
            None => self.push(Token::Literal('&'), 1),
        }
    }

    /// A code span up to the next backticks, or backticks that stand for themselves.
    fn code_span(&mut self) {
        let width = self.text.run(self.at, '`');
        let from = self.at + width;
        if let Some((to, next)) = self.code_end(from, width) {
            let content = self.text.slice(from, to).iter().collect();
            self.tokens.push(Token::Code(content));
            self.at = next;
        } else {
            self.tokens.extend((0..width).map(|_| Token::Literal('`')));
            self.at = from;
        }
    }

    /// Where a code span ends and what follows, within its paragraph. A single backtick is closed by whatever comes next,
    /// since a doubled one is a slip there; a run of several only by an equal one.
    fn code_end(&mut self, from: usize, width: usize) -> Option<(usize, usize)> {
        if self.unclosed.get(&width).is_some_and(|end| from <= *end) {
            return None;
        }
        let mut at = from;
        while !self.text.is_end(at) && !self.is_paragraph_end(at) {
            let run = self.text.run(at, '`');
            if run > 0 && (run == width || width == 1) {
                return Some((at, at + run));
            }
            at += run.max(1);
        }
        self.unclosed.insert(width, at);
        None
    }

    /// Whether a line feed stands there and a blank line or nothing behind it.
    fn is_paragraph_end(&self, at: usize) -> bool {
        let is_blank = |line| matches!(self.text.get(line + self.text.run(line, ' ')), '\n' | '\0');
        self.text.get(at) == '\n' && is_blank(at + 1)
    }

    /// A tag, an address in angle brackets, or a character that stands for itself.
    fn angle(&mut self) {
        if let Some(width) = link::angle_width(&self.text, self.at) {
            let text = self.text.slice(self.at + 1, self.at + width - 1);
            let address: String = text.iter().collect();
            let text: Vec<Token> = text.iter().copied().map(Token::Literal).collect();
            self.tokens
                .extend(link::absolute(&address).map(Token::Link));
            self.tokens.extend(text);
            self.tokens.push(Token::LinkEnd);
            self.at += width;
            return;
        }
        let known = html::tag(&self.text, self.at).is_some_and(|tag| self.tag(&tag));
        if !known {
            self.push(Token::Literal('<'), 1);
        }
    }
}
