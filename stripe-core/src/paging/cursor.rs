//! Where the next page is: after or before an object, under a token, or at a URL.

use crate::decode::{Blank, Decode, Slot};
use crate::head::Head;
use crate::list::{List, SearchList, V2List};
use crate::request::Parts;
use crate::value::{Fields, Node, Value};

/// A page that says where the next one is.
pub trait Page: Decode {
    /// What there is on it.
    type Item;

    /// Where the next page is.
    #[doc(hidden)]
    fn next(&self, direction: Direction) -> Next;

    /// What there is on it.
    fn into_items(self) -> Vec<Self::Item>;
}

/// Which way a list is read.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Direction {
    Forward,
    Backward,
}

/// Where the next page is.
#[doc(hidden)]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Next {
    /// There is none.
    End,
    /// The same request with this parameter.
    Cursor(&'static str, String),
    /// At this URL of the same server.
    Url(String),
    /// There is one, but nothing says where.
    Unknown(&'static str),
}

/// How a request for a further page differs from the first.
#[derive(Clone, Debug)]
pub(crate) enum Turn {
    /// This parameter, instead of what it was.
    Cursor(&'static str, String),
    /// This path and query, instead of all parameters.
    Target(String),
}

impl Turn {
    #[inline]
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Cursor(_, text) | Self::Target(text) => text,
        }
    }
}

impl<T: Slot + Blank + Value> Page for List<T> {
    type Item = T;

    #[inline]
    fn next(&self, direction: Direction) -> Next {
        let (name, item) = match direction {
            Direction::Forward => ("starting_after", self.data.last()),
            Direction::Backward => ("ending_before", self.data.first()),
        };
        if !self.has_more {
            return Next::End;
        }
        let Some(item) = item else {
            return Next::Unknown("there are more objects, but none on this page to go on from");
        };
        match id_of(item) {
            Some(id) => Next::Cursor(name, id),
            None => Next::Unknown("there are more objects, but these have no id to go on from"),
        }
    }

    #[inline]
    fn into_items(self) -> Vec<T> {
        self.data
    }
}

impl<T: Slot + Blank + Value> Page for SearchList<T> {
    type Item = T;

    #[inline]
    fn next(&self, _: Direction) -> Next {
        match &self.next_page {
            Some(token) if self.has_more => Next::Cursor("page", token.clone()),
            None if self.has_more => {
                Next::Unknown("there are more objects, but no token to go on from")
            }
            _ => Next::End,
        }
    }

    #[inline]
    fn into_items(self) -> Vec<T> {
        self.data
    }
}

impl<T: Slot + Blank + Value> Page for V2List<T> {
    type Item = T;

    #[inline]
    fn next(&self, _: Direction) -> Next {
        match &self.next_page_url {
            Some(url) => Next::Url(url.clone()),
            None => Next::End,
        }
    }

    #[inline]
    fn into_items(self) -> Vec<T> {
        self.data
    }
}

/// The id of an object, whatever type it is of.
#[inline]
fn id_of(value: &dyn Value) -> Option<String> {
    match value.node() {
        Node::Object(object) => field(object, "id"),
        Node::Raw(raw) => Head::of(raw).ok()?.id,
        _ => None,
    }
}

/// The text of a field, if it has one.
#[inline]
fn field(object: &dyn Value, name: &str) -> Option<String> {
    let mut found = None;
    object.fields(Fields::new(&mut |values, extra| {
        let fields = object.shape().fields.iter().zip(values);
        for (_, value) in fields.filter(|(field, _)| field.wire() == name) {
            if let Node::Text(text) | Node::Symbol(text) | Node::Formatted(text, _) = value.node() {
                found = Some(text.to_owned());
            }
        }
        if let Some(json) = extra.get(name) {
            found = String::decode(json.as_bytes()).ok();
        }
    }));
    found
}

/// The text that a request has for a parameter.
#[inline]
pub(super) fn given(parts: &Parts, name: &str) -> Option<String> {
    let params = parts.params.as_ref();
    let typed = params.and_then(|params| field(params.as_object(), name));
    typed.or_else(|| {
        let extra = parts.extra.as_ref().ok()?.as_ref()?;
        match extra.node(name)? {
            Node::Text(text) => Some(text.to_owned()),
            Node::Raw(raw) => String::decode(raw.get().as_bytes()).ok(),
            _ => None,
        }
    })
}
