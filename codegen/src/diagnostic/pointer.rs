//! A place in a document, as a JSON pointer (RFC 6901).
//!
//! Extending a pointer shares everything before it, so that a walk can make one for every node. It does not look
//! anything up.

use std::cmp::Ordering;
use std::fmt::{self, Write as _};
use std::sync::Arc;

/// A place in a document.
#[derive(Clone, Default)]
pub struct Pointer(Option<Arc<Step>>);

struct Step {
    parent: Pointer,
    token: Token,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Token {
    Index(usize),
    Key(Box<str>),
}

impl Pointer {
    /// The whole document.
    #[must_use]
    pub fn root() -> Self {
        Self(None)
    }

    /// The member of the object here.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.step(Token::Key(key.into()))
    }

    /// The element of the array here.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Token::Index(index))
    }

    /// Whether this is the whole document.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_none()
    }

    fn step(&self, token: Token) -> Self {
        Self(Some(Arc::new(Step {
            parent: self.clone(),
            token,
        })))
    }

    /// From the root down.
    fn tokens(&self) -> Vec<&Token> {
        let mut tokens = Vec::new();
        let mut here = self;
        while let Some(step) = &here.0 {
            tokens.push(&step.token);
            here = &step.parent;
        }
        tokens.reverse();
        tokens
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for token in self.tokens() {
            f.write_char('/')?;
            match token {
                Token::Index(index) => write!(f, "{index}")?,
                Token::Key(key) => f.write_str(&key.replace('~', "~0").replace('/', "~1"))?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.to_string())
    }
}

impl PartialEq for Pointer {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pointer {}

impl Ord for Pointer {
    /// Element 2 stands before element 10, as in the document.
    fn cmp(&self, other: &Self) -> Ordering {
        self.tokens().cmp(&other.tokens())
    }
}

impl PartialOrd for Pointer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_follows_rfc_6901() {
        let root = Pointer::root();
        let table = [
            (root.clone(), ""),
            (root.key("foo").index(0), "/foo/0"),
            (root.key(""), "/"),
            (root.key("a/b"), "/a~1b"),
            (root.key("m~n"), "/m~0n"),
            (root.key("~1"), "/~01"),
            (root.key("paths").key("/v1/x/{id}"), "/paths/~1v1~1x~1{id}"),
        ];
        for (pointer, expected) in table {
            assert_eq!(pointer.to_string(), expected);
        }
    }

    #[test]
    fn extending_leaves_the_parent_as_it_was() {
        let parent = Pointer::root().key("a");
        let child = parent.key("b");
        assert_eq!(parent.to_string(), "/a");
        assert!(parent < child && parent != child);
        assert_eq!(child, Pointer::root().key("a").key("b"));
    }
}
