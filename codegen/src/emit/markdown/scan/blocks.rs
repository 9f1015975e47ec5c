//! Where blocks begin and end in Markdown: items, fences, indented text, tables, rules, headings, quotes.
//!
//! Looked at once for each line, before what stands in it.

use super::{Item, Scanner, Style, Token};

impl Scanner {
    /// One line, or a block of several that is taken as it is.
    pub(super) fn line(&mut self) {
        let indent = self.text.run(self.at, ' ');
        let start = self.at + indent;
        let end = self.text.line_end(start);
        if start == end {
            self.after_blank = true;
            self.is_quote = false;
            self.at = end + 1;
            return;
        }
        let in_list = self.list.is_some() || !self.lists.is_empty();
        let is_code = self.after_blank && indent >= 4 && !in_list;
        if self.fence(start) || (is_code && self.indented()) || self.table(start) {
            return;
        }
        let item = self.item(start, indent);
        self.separate(indent, item.is_some());
        self.at = start;
        if let Some((item, width)) = item {
            self.list = Some(self.list.unwrap_or(indent));
            self.push(Token::Item(item), width);
            self.inline(end);
        } else if self.is_rule(start, end) {
            self.block_ends();
            self.at = end + 1;
        } else if let Some(width) = self.heading(start) {
            self.block_ends();
            self.push(Token::Open(Style::Strong), width);
            self.inline(end);
            self.tokens.push(Token::Close(Style::Strong));
            self.block_ends();
        } else {
            self.at += self.quote_width(start, end);
            self.inline(end);
        }
        self.after_blank = false;
    }

    /// After a blank line either the item at hand goes on, or a block begins.
    fn separate(&mut self, indent: usize, is_item: bool) {
        if !self.after_blank {
            return;
        }
        if !self.lists.is_empty() || (self.list.is_some() && indent >= 2 && !is_item) {
            self.tokens.push(Token::Char(' '));
            return;
        }
        self.tokens.push(Token::Paragraph);
        if !is_item {
            self.list = None;
        }
    }

    /// The marks of a quote, which is shown as a paragraph. In the middle of one they are signs for "greater".
    fn quote_width(&mut self, start: usize, end: usize) -> usize {
        self.is_quote |= self.after_blank && self.text.get(start) == '>';
        let marks = self.text.slice(start, end).iter();
        let width = marks.take_while(|c| matches!(c, '>' | ' ')).count();
        if self.is_quote { width } else { 0 }
    }

    /// The item that starts there, and how wide its marker is.
    fn item(&self, start: usize, indent: usize) -> Option<(Item, usize)> {
        let is_nested = self.list.is_some_and(|first| indent >= first + 2);
        if matches!(self.text.get(start), '-' | '*' | '+') && self.text.get(start + 1) == ' ' {
            let is_rule = self.is_rule(start, self.text.line_end(start));
            return (!is_rule).then_some((
                Item {
                    is_nested,
                    number: None,
                },
                2,
            ));
        }
        let digits: String = self
            .text
            .slice_up_to(start, 9)
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .collect();
        let number = digits.parse().ok()?;
        let width = digits.len() + 2;
        let is_marker = matches!(self.text.get(start + digits.len()), '.' | ')')
            && self.text.get(start + digits.len() + 1) == ' ';
        // A year at the start of a wrapped line is no marker.
        let may_start = self.after_blank || self.list.is_some() || number == 1;
        (is_marker && may_start).then_some((
            Item {
                is_nested,
                number: Some(number),
            },
            width,
        ))
    }

    /// A fenced block, taken as it is up to the end of the fence or of the text.
    fn fence(&mut self, start: usize) -> bool {
        let mark = self.text.get(start);
        let width = self.text.run(start, mark);
        let info_end = self.text.line_end(start);
        let info = self.text.slice(start + width, info_end);
        if !matches!(mark, '`' | '~') || width < 3 || info.contains(&'`') {
            return false;
        }
        let mut at = info_end + 1;
        let from = at;
        let mut to = from;
        while !self.text.is_end(at) {
            let line = at + self.text.run(at, ' ');
            let end = self.text.line_end(line);
            let run = self.text.run(line, mark);
            at = end + 1;
            if run >= width && self.text.slice(line + run, end).iter().all(|c| *c == ' ') {
                break;
            }
            to = end;
        }
        self.preformatted(from, to, at);
        true
    }

    /// An indented block, up to the first line that is not.
    fn indented(&mut self) -> bool {
        let from = self.at;
        let (mut at, mut to) = (from, from);
        while !self.text.is_end(at) {
            let indent = self.text.run(at, ' ');
            let end = self.text.line_end(at);
            let is_blank = at + indent == end;
            if !is_blank && indent < 4 {
                break;
            }
            if !is_blank {
                to = end;
            }
            at = end + 1;
        }
        self.preformatted(from, to, at);
        true
    }

    /// A table: its columns line up only as it stands, so it is kept as it stands.
    fn table(&mut self, start: usize) -> bool {
        let delimiter = self.text.line_end(start) + 1;
        let delimiter_end = self.text.line_end(delimiter);
        let line = self.text.slice(delimiter, delimiter_end);
        let is_delimiter = line.iter().all(|c| matches!(c, '|' | '-' | ':' | ' '))
            && line.contains(&'|')
            && line.contains(&'-');
        if self.text.get(start) != '|' || !is_delimiter {
            return false;
        }
        let from = self.at;
        let (mut at, mut to) = (delimiter_end + 1, delimiter_end);
        while self.text.get(at + self.text.run(at, ' ')) == '|' {
            to = self.text.line_end(at);
            at = to + 1;
        }
        self.preformatted(from, to, at);
        true
    }

    fn preformatted(&mut self, from: usize, to: usize, next: usize) {
        let content = self.text.slice(from, to).iter().collect();
        self.tokens.push(Token::Preformatted(content));
        self.at = next;
        self.after_blank = true;
    }

    /// A rule, or the line under a heading: it only ends what stands before.
    fn is_rule(&self, start: usize, end: usize) -> bool {
        let mark = self.text.get(start);
        let count = self
            .text
            .slice(start, end)
            .iter()
            .filter(|c| **c == mark)
            .count();
        let is_only_that = self
            .text
            .slice(start, end)
            .iter()
            .all(|c| *c == mark || *c == ' ');
        matches!(mark, '-' | '*' | '_' | '=') && count >= 3 && is_only_that
    }

    fn heading(&self, start: usize) -> Option<usize> {
        let level = self.text.run(start, '#');
        ((1..=6).contains(&level) && self.text.get(start + level) == ' ').then_some(level + 1)
    }
}
