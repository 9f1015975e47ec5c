//! What brackets, asterisks, underscores and tags do in a block: which of them belong together as a link or a style.
//!
//! What has no counterpart stands for itself. Nothing is written here.

use std::collections::BTreeMap;

use super::super::link;
use super::super::scan::{Style, Token};

/// What a token does in its block, where that takes more than the token to tell.
#[derive(Clone, Default)]
pub(super) enum Role {
    /// It stands for itself.
    #[default]
    Plain,
    /// Taken care of by another token.
    Silent,
    LinkStart(String),
    LinkEnd,
    StyleStart(Style),
    StyleEnd(Style),
}

/// What each token of a block does.
pub(super) fn roles(tokens: &[Token]) -> Vec<Role> {
    let mut roles = vec![Role::Plain; tokens.len()];
    let spans = links(tokens, &mut roles);
    styles(tokens, &spans, &mut roles);
    roles
}

pub(super) fn char_of(token: Option<&Token>) -> Option<char> {
    match token {
        Some(Token::Char(c) | Token::Literal(c)) => Some(*c),
        _ => None,
    }
}

fn set(roles: &mut [Role], at: usize, role: Role) {
    if let Some(place) = roles.get_mut(at) {
        *place = role;
    }
}

/// A link found: from its start to its end, and the token after its address.
struct Span {
    start: usize,
    end: usize,
    next: usize,
    address: String,
}

/// Finds the links; of links in links the outer ones stay. Gives for each token the link it stands in.
fn links(tokens: &[Token], roles: &mut [Role]) -> Vec<usize> {
    let mut found = candidates(tokens);
    found.sort_by_key(|span| span.start);
    let mut spans = vec![0; tokens.len()];
    let mut free = 0;
    for (index, span) in found.into_iter().enumerate() {
        if span.start < free {
            continue;
        }
        free = span.next;
        for place in spans.iter_mut().take(span.end).skip(span.start) {
            *place = index + 1;
        }
        for at in span.end..span.next {
            set(roles, at, Role::Silent);
        }
        set(roles, span.start, Role::LinkStart(span.address));
        set(roles, span.end, Role::LinkEnd);
    }
    spans
}

fn candidates(tokens: &[Token]) -> Vec<Span> {
    let mut found = Vec::new();
    let mut brackets = Vec::new();
    let mut elements: Vec<(usize, &String)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Char('[') => brackets.push(at),
            Token::Char(']') => {
                let Some(start) = brackets.pop() else {
                    continue;
                };
                let rest = tokens
                    .iter()
                    .skip(at + 1)
                    .map_while(|token| char_of(Some(token)));
                let Some((address, width)) = link::destination(rest) else {
                    continue;
                };
                if let Some(address) = link::absolute(&address) {
                    found.push(Span {
                        start,
                        end: at,
                        next: at + 1 + width,
                        address,
                    });
                }
            }
            Token::Link(address) => elements.push((at, address)),
            Token::LinkEnd => {
                if let Some((start, address)) = elements.pop() {
                    found.push(Span {
                        start,
                        end: at,
                        next: at + 1,
                        address: address.clone(),
                    });
                }
            }
            _ => {}
        }
    }
    found
}

/// A run of asterisks or underscores that waits for its end.
struct Opener {
    at: usize,
    kind: Kind,
}

/// Which end a style waits for: a mark of so many characters, or a tag, in the same link.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Mark(char, usize, usize),
    Tag(Style, usize),
}

/// Finds emphasis, written with marks or tags; what has no counterpart in the same link stands for itself.
fn styles(tokens: &[Token], spans: &[usize], roles: &mut [Role]) {
    let mut open: Vec<Opener> = Vec::new();
    let mut waiting: BTreeMap<Kind, usize> = BTreeMap::new();
    let mut at = 0;
    while let (Some(token), Some(role)) = (tokens.get(at), roles.get(at)) {
        let span = spans.get(at).copied().unwrap_or_default();
        let mark = mark(tokens, at).filter(|_| matches!(role, Role::Plain));
        let (kind, can_open, can_close, width) = match (token, mark) {
            (Token::Open(style), _) => (Kind::Tag(*style, span), true, false, 1),
            (Token::Close(style), _) => (Kind::Tag(*style, span), false, true, 1),
            (_, Some(mark)) => (
                Kind::Mark(mark.c, mark.width, span),
                mark.can_open,
                mark.can_close,
                mark.width,
            ),
            _ => {
                at += 1;
                continue;
            }
        };
        if can_close && waiting.get(&kind).is_some_and(|count| *count > 0) {
            close(kind, at, width, &mut open, &mut waiting, roles);
        } else if can_open {
            *waiting.entry(kind).or_default() += 1;
            open.push(Opener { at, kind });
        }
        at += width;
    }
}

/// Pairs the end with the last start of its kind; what was opened in between has no end.
fn close(
    kind: Kind,
    at: usize,
    width: usize,
    open: &mut Vec<Opener>,
    waiting: &mut BTreeMap<Kind, usize>,
    roles: &mut [Role],
) {
    while let Some(opener) = open.pop() {
        if let Some(count) = waiting.get_mut(&opener.kind) {
            *count = count.saturating_sub(1);
        }
        if opener.kind != kind {
            continue;
        }
        let style = match kind {
            Kind::Tag(style, _) => style,
            Kind::Mark(_, 1, _) => Style::Emphasis,
            Kind::Mark(..) => Style::Strong,
        };
        for offset in 1..width {
            set(roles, opener.at + offset, Role::Silent);
            set(roles, at + offset, Role::Silent);
        }
        set(roles, opener.at, Role::StyleStart(style));
        set(roles, at, Role::StyleEnd(style));
        return;
    }
}

struct Mark {
    c: char,
    width: usize,
    can_open: bool,
    can_close: bool,
}

/// The run of one or two asterisks or underscores that starts there and may mean emphasis.
fn mark(tokens: &[Token], at: usize) -> Option<Mark> {
    let Some(Token::Char(c @ ('*' | '_'))) = tokens.get(at) else {
        return None;
    };
    let is_same = |token: &&Token| matches!(token, Token::Char(other) if other == c);
    let width = tokens.iter().skip(at).take(3).take_while(is_same).count();
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    if width > 2 || before.is_some_and(|before| is_same(&before)) {
        return None;
    }
    let is_blank =
        |token: Option<&Token>| token.is_none_or(|token| matches!(token, Token::Char(' ')));
    let is_word = |token: Option<&Token>| {
        char_of(token).is_some_and(char::is_alphanumeric) || matches!(token, Some(Token::Code(_)))
    };
    let after = tokens.get(at + width);
    Some(Mark {
        c: *c,
        width,
        can_open: !is_blank(after) && !is_word(before),
        can_close: !is_blank(before) && !is_word(after),
    })
}
