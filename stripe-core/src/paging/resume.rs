//! Resume tokens: where in a list to go on, as a text that can be kept, and that only fits the request it is from.
//!
//! A token is `rt1_`, a fingerprint of the request, and the place. It is not a secret and not a proof: what it says is
//! checked as if the server had said it, and is only ever followed within the same list.

use super::cursor::Turn;
use super::pager::target;
use crate::encode::Additions;
use crate::error::Error;
use crate::form;
use crate::options::Setting;
use crate::request::Parts;

/// The form of the token; another number if that changes.
const PREFIX: &str = "rt1_";

/// The parameters that a place can be named by, each with its letter.
const CURSORS: [(&str, &str); 3] = [
    ("a", "starting_after"),
    ("b", "ending_before"),
    ("p", "page"),
];

const START: &str = "s";

const URL: &str = "u";

/// A token, and what reads it: a function that only [`Resume::at`] names, so that who never resumes does not compile it.
#[derive(Clone)]
pub(crate) struct Resume {
    token: String,
    read: fn(&str, &Parts) -> Result<Option<Turn>, Error>,
}

impl Resume {
    #[inline]
    pub(super) fn at(token: &str) -> Self {
        Self {
            token: token.to_owned(),
            read,
        }
    }

    /// The page that `parts` are for; none for the first.
    pub(crate) fn turn(&self, parts: &Parts) -> Result<Option<Turn>, Error> {
        (self.read)(&self.token, parts)
    }
}

/// The token for a page of the list that `parts` ask for.
#[inline]
pub(super) fn token(parts: &Parts, place: Option<&Turn>) -> String {
    let (letter, text) = match place {
        None => (START, ""),
        Some(Turn::Target(target)) => (URL, target.as_str()),
        Some(Turn::Cursor(name, value)) => {
            let found = CURSORS.iter().find(|(_, cursor)| cursor == name);
            (found.map_or(START, |(letter, _)| letter), value.as_str())
        }
    };
    let mut token = format!("{PREFIX}{:016x}{letter}", fingerprint(parts));
    form::escape_all(text, &mut token);
    token
}

/// The page of the list that `parts` ask for that a token is for; none for the first.
#[inline]
fn read(token: &str, parts: &Parts) -> Result<Option<Turn>, Error> {
    let (fingerprint_text, letter, text) = split(token).ok_or_else(|| refuse(NO_TOKEN))?;
    if fingerprint_text != format!("{:016x}", fingerprint(parts)) {
        return Err(refuse(OTHER_REQUEST));
    }
    let text = form::unescape(text);
    if letter == START && text.is_empty() {
        return Ok(None);
    }
    if letter == URL {
        return within(parts, &text).map(Some);
    }
    match CURSORS.iter().find(|(known, _)| *known == letter) {
        Some((_, name)) if !text.is_empty() => Ok(Some(Turn::Cursor(name, text))),
        _ => Err(refuse(NO_TOKEN)),
    }
}

/// The fingerprint, the letter and the place.
#[inline]
fn split(token: &str) -> Option<(&str, &str, &str)> {
    let (fingerprint, rest) = token.strip_prefix(PREFIX)?.split_at_checked(16)?;
    let (letter, text) = rest.split_at_checked(1)?;
    Some((fingerprint, letter, text))
}

/// An address of the same list. Without that, a token from outside could have any path of the API read.
#[inline]
fn within(parts: &Parts, text: &str) -> Result<Turn, Error> {
    let base = parts.client.inner().bases.get(parts.operation.host);
    let target = target(base, text).map_err(|_paging| refuse(NO_TOKEN))?;
    let path = |target: &str| target.split('?').next().map(str::to_owned);
    match &parts.path {
        Ok(own) if path(own) == path(&target) => Ok(Turn::Target(target)),
        _ => Err(refuse(OTHER_REQUEST)),
    }
}

const NO_TOKEN: &str = "it is not a resume token of this version";

const OTHER_REQUEST: &str = "the token is of another request: operation, ids, parameters, account and context have to be \
    those of the request that it is from";

#[inline]
fn refuse(reason: &'static str) -> Error {
    Error::validation("resume", reason)
}

/// A hash of what makes a list what it is. It has to be the same in every process, which the standard library's is not.
#[inline]
fn fingerprint(parts: &Parts) -> u64 {
    let additions = Additions {
        expand: &parts.expand.paths,
        cursor: None,
        extra: parts.extra.as_ref().ok().and_then(Option::as_deref),
    };
    let params = parts.params.as_ref().map(|params| params.as_object());
    // Parameters that cannot be written are refused when the request is sent.
    let params = form::encode_with(params, additions).unwrap_or_default();
    let defaults = &parts.client.inner().options;
    let or_default =
        |own: &Setting, default: &Setting| own.or(default).unwrap_or_default().to_owned();
    let texts = [
        parts.operation.method.as_str().to_owned(),
        parts.path.clone().unwrap_or_default(),
        params,
        or_default(&parts.options.account, &defaults.account),
        or_default(&parts.options.context, &defaults.context),
    ];
    fnv(texts.join("\0").as_bytes())
}

/// FNV-1a, which is short and the same everywhere.
#[inline]
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn tokens_are_taken_apart_anywhere() {
        assert_eq!(
            split("rt1_0123456789abcdefaid"),
            Some(("0123456789abcdef", "a", "id"))
        );
        for text in [
            "",
            "rt1_",
            "rt1_0123456789abcdef",
            "rt2_0123456789abcdefs",
            "rt1_0123456789abcde\u{e9}s",
        ] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
