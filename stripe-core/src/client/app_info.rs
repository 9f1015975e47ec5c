//! What an application says of itself, for Stripe's logs.

use std::fmt::Write;

use crate::json;

/// The name of an application or plugin that is built on this crate, sent along with each request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppInfo {
    name: String,
    version: Option<String>,
    url: Option<String>,
    partner_id: Option<String>,
}

impl AppInfo {
    /// An application of this name.
    #[inline]
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: None,
            url: None,
            partner_id: None,
        }
    }

    /// Its version.
    #[inline]
    #[must_use]
    pub fn version(mut self, version: &str) -> Self {
        self.version = Some(version.to_owned());
        self
    }

    /// Where to read about it.
    #[inline]
    #[must_use]
    pub fn url(mut self, url: &str) -> Self {
        self.url = Some(url.to_owned());
        self
    }

    /// The id of a Stripe partner.
    #[inline]
    #[must_use]
    pub fn partner_id(mut self, id: &str) -> Self {
        self.partner_id = Some(id.to_owned());
        self
    }

    /// Whether all of it can be sent in a header.
    pub(super) fn is_valid(&self) -> bool {
        let texts = [
            Some(&self.name),
            self.version.as_ref(),
            self.url.as_ref(),
            self.partner_id.as_ref(),
        ];
        let printable = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
        texts
            .into_iter()
            .flatten()
            .all(|text| !text.trim().is_empty() && text.bytes().all(printable))
    }

    /// As it stands in `User-Agent`: `name/version (url)`.
    pub(super) fn user_agent(&self) -> String {
        let mut out = self.name.clone();
        // Writing to a string cannot fail.
        if let Some(version) = &self.version {
            let _ = write!(out, "/{version}");
        }
        if let Some(url) = &self.url {
            let _ = write!(out, " ({url})");
        }
        out
    }

    /// As JSON.
    pub(super) fn json(&self, out: &mut String) {
        out.push_str("{\"name\":");
        json::push_text(&self.name, out);
        let rest = [
            ("partner_id", &self.partner_id),
            ("url", &self.url),
            ("version", &self.version),
        ];
        for (name, value) in rest {
            if let Some(value) = value {
                let _ = write!(out, ",\"{name}\":");
                json::push_text(value, out);
            }
        }
        out.push('}');
    }
}
