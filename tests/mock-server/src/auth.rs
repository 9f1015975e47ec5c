//! Who asks: an API key as a bearer token or as the user name of Basic. Any key of the right kind is good; none is
//! ever printed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::fault::Fault;

/// Judges the value of `Authorization`. `any_token` is for the operation that takes the token of a session.
pub(crate) fn check(header: Option<&[u8]>, any_token: bool) -> Result<(), Fault> {
    let Some(header) = header else {
        return Err(Fault::unauthorized(
            "You did not provide an API key. You need to provide your API key in the Authorization header, using \
             Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY').",
        ));
    };
    let key = key(header).ok_or_else(|| {
        Fault::unauthorized(
            "Invalid Authorization header: use Bearer, or Basic with the key as the user name.",
        )
    })?;
    if key.starts_with("pk_") {
        let fault = Fault::unauthorized(
            "This API call cannot be made with a publishable API key. Please use a secret API key.",
        );
        return Err(Fault {
            status: 403,
            ..fault.code("secret_key_required")
        });
    }
    let secret = ["sk_test_", "sk_live_", "rk_test_", "rk_live_", "sk_org_"];
    let good = any_token
        || secret
            .iter()
            .any(|start| key.strip_prefix(start).is_some_and(|rest| !rest.is_empty()));
    good.then_some(())
        .ok_or_else(|| Fault::unauthorized("Invalid API Key provided."))
}

fn key(header: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(header).ok()?;
    let (scheme, rest) = text.split_once(' ')?;
    let key = if scheme.eq_ignore_ascii_case("bearer") {
        rest.to_owned()
    } else if scheme.eq_ignore_ascii_case("basic") {
        let pair = String::from_utf8(STANDARD.decode(rest).ok()?).ok()?;
        pair.strip_suffix(':')?.to_owned()
    } else {
        return None;
    };
    let visible = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_graphic());
    visible.then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_taken_as_bearer_and_as_basic() {
        for (header, status) in [
            (Some("Bearer sk_test_x"), None),
            (Some("bearer rk_live_x"), None),
            // `sk_test_x:`
            (Some("Basic c2tfdGVzdF94Og=="), None),
            // `sk_test_x:password`
            (Some("Basic c2tfdGVzdF94OnBhc3N3b3Jk"), Some(401)),
            (Some("Basic %%"), Some(401)),
            (Some("Bearer pk_test_x"), Some(403)),
            (Some("Bearer sk_test_"), Some(401)),
            (Some("Bearer token"), Some(401)),
            (Some("Bearer sk_test_x y"), Some(401)),
            (Some("Bearer"), Some(401)),
            (Some("sk_test_x"), Some(401)),
            (None, Some(401)),
        ] {
            let outcome = check(header.map(str::as_bytes), false);
            assert_eq!(
                outcome.err().map(|fault| fault.status),
                status,
                "{header:?}"
            );
        }
    }

    #[test]
    fn a_session_token_is_good_where_one_is_asked_for() {
        assert!(check(Some(b"Bearer token"), true).is_ok());
        assert!(check(Some(b"Bearer pk_test_x"), true).is_err());
    }

    #[test]
    fn no_message_holds_the_key() {
        let fault = check(Some(b"Bearer abracadabra"), false).unwrap_err();
        assert!(!fault.message.contains("abracadabra"), "{fault:?}");
    }
}
