//! Where in an answer something stands. It costs nothing until it is shown.

use std::fmt;

/// A name and what is around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    name: &'a str,
    around: Option<&'a Self>,
}

impl Place<'_> {
    pub(super) const ROOT: Place<'static> = Place {
        name: "",
        around: None,
    };

    pub(super) fn below<'a>(&'a self, name: &'a str) -> Place<'a> {
        Place {
            name,
            around: Some(self),
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.around {
            Some(around) => write!(f, "{around}/{}", self.name),
            None => Ok(()),
        }
    }
}
