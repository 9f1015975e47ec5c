//! What the two writers, [`form`](crate::form) and [`json`], have in common: the walk over fields, and why a
//! value cannot be written.

use std::fmt;

use crate::error::ParamName;
use crate::json;
use crate::untyped::Untyped;
use crate::value::{Fields, List, Node, Value};

/// What a request adds to its parameters.
#[derive(Clone, Copy, Default)]
pub(crate) struct Additions<'a> {
    /// Added to what the parameters expand themselves.
    pub(crate) expand: &'a [String],
    /// Written instead of the parameter of that name.
    pub(crate) cursor: Option<(&'a str, &'a str)>,
    /// Merged into the parameters.
    pub(crate) extra: Option<&'a dyn Untyped>,
}

/// The name of a value in an object.
#[derive(Clone, Copy)]
pub(crate) enum Name<'a> {
    /// Of a field.
    Field(&'static str),
    /// Of a value that has no field: it is data.
    Other(&'a str),
}

impl<'a> Name<'a> {
    pub(crate) fn as_str(self) -> &'a str {
        match self {
            Self::Field(name) => name,
            Self::Other(name) => name,
        }
    }
}

/// Takes one value of an object.
pub(crate) type Visit<'a> = &'a mut dyn FnMut(Name<'_>, Node<'_>) -> Result<(), Error>;

/// Calls `visit` for each value of an object until it fails.
pub(crate) fn each_field(object: &dyn Value, visit: Visit<'_>) -> Result<(), Error> {
    let mut result = Ok(());
    object.fields(Fields::new(&mut |values, extra| {
        let fields = object.shape().fields.iter().zip(values);
        let fields = fields.map(|(field, value)| (Name::Field(field.wire()), value.node()));
        let others = extra
            .raw()
            .map(|(name, raw)| (Name::Other(name), Node::Raw(raw)));
        for (name, node) in fields.chain(others) {
            if result.is_ok() {
                result = visit(name, node);
            }
        }
    }));
    result
}

/// Calls `visit` for each parameter but those that something is added to, and gives what is to be expanded.
pub(crate) fn each_param(
    object: Option<&dyn Value>,
    additions: Additions<'_>,
    visit: Visit<'_>,
) -> Result<Vec<String>, Error> {
    let mut expanded = Vec::new();
    let cursor = additions.cursor.map(|(name, _)| name);
    each_of_all(
        object,
        additions.extra,
        &mut |name, node| match (name.as_str(), node) {
            (name, _) if Some(name) == cursor => Ok(()),
            ("expand", Node::List(list)) => texts(list, &mut expanded),
            ("expand", Node::Raw(raw)) => {
                let list: Vec<String> = json::parsed(raw.get()).ok_or_else(no_texts)?;
                expanded.extend(list);
                Ok(())
            }
            _ => visit(name, node),
        },
    )?;
    for path in additions.expand {
        // Stripe refuses a path that is expanded twice.
        if !expanded.contains(path) {
            expanded.push(path.clone());
        }
    }
    Ok(expanded)
}

/// Calls `visit` for each parameter, of which some may be merged from two sources.
fn each_of_all(
    object: Option<&dyn Value>,
    extra: Option<&dyn Untyped>,
    visit: Visit<'_>,
) -> Result<(), Error> {
    match (extra, object) {
        (Some(extra), object) => extra.each_with(object, visit),
        (None, Some(object)) => each_field(object, visit),
        (None, None) => Ok(()),
    }
}

fn texts(list: &dyn List, into: &mut Vec<String>) -> Result<(), Error> {
    for index in 0..list.len() {
        match list.item(index) {
            Node::Text(text) | Node::Symbol(text) | Node::Formatted(text, _) => {
                into.push(text.to_owned());
            }
            _ => return Err(no_texts()),
        }
    }
    Ok(())
}

fn no_texts() -> Error {
    Error::new("expand", "it is not a list of strings")
}

/// Why a value could not be written. It names the parameter, never a value.
#[derive(Clone, PartialEq, Eq)]
pub struct Error {
    param: String,
    reason: &'static str,
}

impl Error {
    pub(crate) fn new(param: impl Into<String>, reason: &'static str) -> Self {
        Self {
            param: param.into(),
            reason,
        }
    }

    /// The same, seen from the value that holds the refused one under `name`.
    pub(crate) fn within(self, name: &str) -> Self {
        let param = if self.param.is_empty() {
            name.to_owned()
        } else {
            format!("{name}.{}", self.param)
        };
        Self { param, ..self }
    }

    /// The parameter; empty if it is the whole value.
    #[must_use]
    pub fn param(&self) -> &str {
        &self.param
    }

    /// What is wrong with it.
    #[must_use]
    pub const fn reason(&self) -> &'static str {
        self.reason
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "parameter `{}`: {}", ParamName(&self.param), self.reason)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Error({self})")
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "the macro declares what users call"
)]
mod tests {
    use super::*;
    use crate::form;

    crate::params! {
        /// Which part of a list is wanted.
        pub struct Wanted {
            #[set(text)]
            pub ending_before: String,
            #[set(texts)]
            pub expand: Vec<String>,
            #[set(text)]
            pub starting_after: String,
        }
    }

    #[test]
    fn what_is_added_stands_in_place_of_the_parameter_of_its_name() {
        let wanted = Wanted::new()
            .ending_before("c")
            .expand(&["data.a"])
            .starting_after("a");
        let expand = ["data.b".to_owned(), "data.a".to_owned()];
        let additions = Additions {
            expand: &expand,
            cursor: Some(("starting_after", "b")),
            extra: None,
        };
        let expected = "ending_before=c&expand[0]=data.a&expand[1]=data.b&starting_after=b";
        let form = form::encode_with(Some(&wanted), additions);
        assert_eq!(form.unwrap(), expected);
    }
}
