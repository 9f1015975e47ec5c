//! What the known HTML tags mean; all others are text.

use super::super::html::{self, Tag};
use super::{Item, Scanner, Style, Token};

impl Scanner {
    /// Takes a tag if it is a known one.
    pub(super) fn tag(&mut self, tag: &Tag) -> bool {
        let start = self.at;
        self.at = tag.end;
        let style = |style| {
            if tag.is_end {
                Token::Close(style)
            } else {
                Token::Open(style)
            }
        };
        match tag.name.as_str() {
            "br" | "p" | "div" | "blockquote" | "hr" | "table" | "tbody" | "thead" | "tr" => {
                self.block_ends();
            }
            "td" | "th" => self.tokens.push(Token::Char(' ')),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if tag.is_end => {
                self.tokens.push(Token::Close(Style::Strong));
                self.block_ends();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block_ends();
                self.tokens.push(Token::Open(Style::Strong));
            }
            "ul" | "ol" if tag.is_end => {
                self.lists.pop();
                self.block_ends();
            }
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(1)),
            "li" => self.html_item(tag),
            "em" | "i" => self.tokens.push(style(Style::Emphasis)),
            "strong" | "b" => self.tokens.push(style(Style::Strong)),
            "a" if tag.is_end => self.tokens.push(Token::LinkEnd),
            "a" => self.tokens.extend(tag.address().map(Token::Link)),
            "code" | "pre" if tag.is_end => {}
            "code" | "pre" if self.element(tag) => {}
            // Wrappers that carry no meaning of their own, two of them Stripe's.
            "amount" | "currency" | "small" | "span" | "sub" | "sup" | "u" => {}
            _ => {
                self.at = start;
                return false;
            }
        }
        true
    }

    /// Ends the block at hand; inside an item it only separates.
    pub(super) fn block_ends(&mut self) {
        self.tokens.push(if self.lists.is_empty() {
            Token::Paragraph
        } else {
            Token::Char(' ')
        });
    }

    fn html_item(&mut self, tag: &Tag) {
        if tag.is_end {
            return self.tokens.push(Token::Char(' '));
        }
        let is_nested = self.lists.len() > 1;
        let mut number = None;
        if let Some(Some(next)) = self.lists.last_mut() {
            number = Some(*next);
            *next = next.saturating_add(1);
        }
        self.tokens.push(Token::Item(Item { is_nested, number }));
    }

    /// An element whose content is taken as text, up to its end tag.
    fn element(&mut self, tag: &Tag) -> bool {
        let (name, is_block) = if tag.name == "pre" {
            ("pre", true)
        } else {
            ("code", false)
        };
        if self.endless.contains(&name) {
            return false;
        }
        let Some((end, next)) = html::end_tag(&self.text, tag.end, name) else {
            self.endless.push(name);
            return false;
        };
        let content = html::plain(&self.text, tag.end, end);
        self.tokens.push(if is_block {
            Token::Preformatted(content)
        } else {
            Token::Code(content)
        });
        self.at = next;
        true
    }
}
