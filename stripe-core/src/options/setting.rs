//! A value that a client can have, and that a request can change or do without.

/// What a client or a request says of a value.
#[derive(Clone, Default)]
pub(crate) enum Setting {
    /// Nothing: what the client says counts, or there is none.
    #[default]
    Unset,
    /// That there is to be none.
    None,
    Value(String),
}

impl Setting {
    /// The value of a request, where `client` is the client's.
    pub(crate) fn or<'a>(&'a self, client: &'a Self) -> Option<&'a str> {
        match self {
            Self::Unset => client.value(),
            Self::None | Self::Value(_) => self.value(),
        }
    }

    pub(crate) fn value(&self) -> Option<&str> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unset | Self::None => None,
        }
    }
}

impl std::fmt::Debug for Setting {
    /// Without the value: whatever was given by mistake, a key perhaps, would be shown with it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unset => f.write_str("unset"),
            Self::None => f.write_str("none"),
            Self::Value(value) => write!(f, "[{} bytes]", value.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_comes_first_and_can_do_without() {
        let [a, b] = ["a", "b"].map(|text| Setting::Value(text.to_owned()));
        for (request, client, value) in [
            (&Setting::Unset, &Setting::Unset, None),
            (&Setting::Unset, &b, Some("b")),
            (&a, &b, Some("a")),
            (&a, &Setting::Unset, Some("a")),
            (&a, &Setting::None, Some("a")),
            (&Setting::None, &b, None),
        ] {
            assert_eq!(request.or(client), value, "{request:?} {client:?}");
        }
    }
}
