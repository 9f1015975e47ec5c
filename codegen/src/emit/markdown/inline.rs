//! The tokens of one block as words of Markdown: links, emphasis, code, and everything else escaped.
//!
//! A word is what no line break may part, such as a link with its text. Sentences are not known here.

use super::link;
use super::scan::{Style, Token};

mod roles;

use roles::{Role, char_of};

/// Stands for a code span in the plain form of a word.
pub(super) const OPAQUE: char = '\u{fffc}';

/// A run of text without a place to break it.
#[derive(Default)]
pub(super) struct Word {
    /// As Markdown.
    pub(super) text: String,
    /// As it reads.
    pub(super) plain: String,
}

/// The words of a block.
pub(super) fn words(tokens: &[Token]) -> Vec<Word> {
    let roles = roles::roles(tokens);
    let mut writer = Writer::default();
    let mut at = 0;
    while let (Some(token), Some(role)) = (tokens.get(at), roles.get(at)) {
        at += writer.write(tokens, &roles, at, token, role);
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    words: Vec<Word>,
    current: Word,
    /// Marks that wait for the text they stand before.
    pending: String,
    link: Option<Link>,
}

/// The link at hand.
struct Link {
    address: String,
    /// Where the word stood before it, and before the marks that it took along.
    before: usize,
    /// Where its text starts.
    start: usize,
}

impl Writer {
    /// Writes one token and says how many it took.
    fn write(
        &mut self,
        tokens: &[Token],
        roles: &[Role],
        at: usize,
        token: &Token,
        role: &Role,
    ) -> usize {
        match (role, token) {
            (Role::Silent, _) => {}
            (Role::LinkStart(address), _) => self.start_link(address),
            (Role::LinkEnd, _) => self.end_link(),
            (Role::StyleStart(style), _) => self.pending.push_str(mark_of(*style)),
            (Role::StyleEnd(style), _) => self.end_style(mark_of(*style)),
            (Role::Plain, Token::Code(content)) => self.code(content),
            (Role::Plain, Token::Char(c) | Token::Literal(c)) => {
                return self.text(tokens, roles, at, *c);
            }
            (Role::Plain, _) => {}
        }
        1
    }

    fn text(&mut self, tokens: &[Token], roles: &[Role], at: usize, c: char) -> usize {
        if c == ' ' {
            self.space();
            return 1;
        }
        let rest = || {
            let plain = roles
                .iter()
                .skip(at)
                .map(|role| matches!(role, Role::Plain));
            tokens
                .iter()
                .skip(at)
                .zip(plain)
                .map_while(|(token, plain)| char_of(Some(token)).filter(|_| plain))
        };
        if matches!(c, 'h' | 'H') && self.link.is_none() && link::is_bare(rest()) {
            return self.bare(&link::bare(rest()));
        }
        let before = at
            .checked_sub(1)
            .and_then(|before| char_of(tokens.get(before)));
        // At the end of the block a blank follows, as far as Markdown is concerned.
        let end = (at + 1 == tokens.len()).then_some(' ');
        let is_text_of_link = c == ':' && self.link.is_some();
        let escape = if !is_text_of_link && needs_escape(c, before, rest().skip(1).chain(end)) {
            "\\"
        } else {
            ""
        };
        self.push(escape, None);
        self.push(c.encode_utf8(&mut [0; 4]), Some(c));
        1
    }

    fn bare(&mut self, address: &str) -> usize {
        let width = address.chars().count();
        match link::absolute(address) {
            Some(absolute) => self.push(&format!("<{absolute}>"), Some(OPAQUE)),
            None => self.push("", Some(OPAQUE)),
        }
        width.max(1)
    }

    /// Adds to the word at hand.
    fn push(&mut self, text: &str, plain: Option<char>) {
        self.current.text.push_str(&self.pending);
        self.pending.clear();
        self.current.text.push_str(text);
        self.current.plain.extend(plain);
    }

    fn space(&mut self) {
        match &self.link {
            // A link is not parted, nor does its text start with a blank or hold two in a row.
            Some(link)
                if self.current.text.len() > link.start && !self.current.text.ends_with(' ') =>
            {
                self.push(" ", Some(' '));
            }
            Some(_) => {}
            None if self.current.text.is_empty() => {}
            None => self.words.push(std::mem::take(&mut self.current)),
        }
    }

    fn code(&mut self, content: &str) {
        let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
        if content.is_empty() {
            return;
        }
        let fence = "`".repeat(longest_run(&content) + 1);
        let pad = if content.starts_with('`') || content.ends_with('`') {
            " "
        } else {
            ""
        };
        // Two spans side by side would read as one.
        let gap = if self.current.text.ends_with('`') && self.pending.is_empty() {
            " "
        } else {
            ""
        };
        self.push(
            &format!("{gap}{fence}{pad}{content}{pad}{fence}"),
            Some(OPAQUE),
        );
    }

    fn start_link(&mut self, address: &str) {
        let before = self.current.text.len();
        self.current.text.push_str(&self.pending);
        self.pending.clear();
        self.current.text.push('[');
        self.link = Some(Link {
            address: address.to_owned(),
            before,
            start: self.current.text.len(),
        });
    }

    fn end_link(&mut self) {
        let Some(link) = self.link.take() else { return };
        let trimmed = self.current.text.trim_end().len().max(link.start);
        self.current.text.truncate(trimmed);
        if self.current.text.get(link.start..) == Some(link.address.as_str()) {
            self.current.text.insert(link.start, '<');
            self.current.text.remove(link.start - 1);
            self.current.text.push('>');
            return;
        }
        if trimmed > link.start {
            self.current.text.push_str(&format!("]({})", link.address));
            return;
        }
        // Nothing to click on: as if there had been no link.
        self.current.text.truncate(link.start.saturating_sub(1));
        self.pending = self
            .current
            .text
            .split_off(link.before.min(self.current.text.len()));
    }

    /// Marks end a style only right behind its text.
    fn end_style(&mut self, mark: &str) {
        if self.pending.ends_with(mark) {
            self.pending.truncate(self.pending.len() - mark.len());
            return;
        }
        match self.words.last_mut() {
            Some(last) if self.current.text.is_empty() => last.text.push_str(mark),
            _ => self.current.text.push_str(mark),
        }
    }

    fn finish(mut self) -> Vec<Word> {
        if !self.current.text.is_empty() {
            self.words.push(self.current);
        }
        self.words
    }
}

fn mark_of(style: Style) -> &'static str {
    match style {
        Style::Emphasis => "*",
        Style::Strong => "**",
    }
}

/// Whether a character would mean something where it stands.
fn needs_escape(c: char, before: Option<char>, mut after: impl Iterator<Item = char>) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '~' => true,
        '_' => !(is_word(before) && is_word(after.next())),
        '&' => after
            .next()
            .is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
        // In front of a link it would load an image, and what follows may turn out to be nothing.
        '!' => after.next().is_none_or(|c| c == '['),
        // An address that is not fit to be a link should not look like one either.
        ':' => {
            let is_scheme = before.is_some_and(|c| matches!(c, 'p' | 'P' | 's' | 'S'));
            is_scheme && after.next() == Some('/') && after.next() == Some('/')
        }
        _ => false,
    }
}

/// The longest run of backticks.
pub(super) fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`')
        .map(str::len)
        .max()
        .unwrap_or_default()
}
