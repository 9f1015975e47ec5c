//! What is wrong with a text that is to be a key, in words that do not repeat it.

/// The first fault found; none if it may be a key. A prefix that is not known is no fault: Stripe may have a new kind.
pub(super) fn find_fault(key: &str) -> Option<&'static str> {
    if key.is_empty() {
        return Some("the API key is empty: check where it is read from");
    }
    if key.trim() != key {
        return Some("the API key has white space around it: remove that where the key is read");
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some(
            "the API key contains a space, a control or a non-ASCII character: copy the key anew, and alone",
        );
    }
    if key.starts_with("pk_") {
        return Some(
            "this is a publishable key; calls from a server need a secret (sk_) or restricted (rk_) key",
        );
    }
    if key.starts_with("whsec_") {
        return Some(
            "this is the secret of a webhook endpoint; API calls need a secret (sk_) or restricted (rk_) key",
        );
    }
    if key.starts_with("ek_") {
        return Some(
            "this is an ephemeral key for a mobile app; API calls need a secret (sk_) or restricted (rk_) key",
        );
    }
    if key.contains("_secret_") {
        return Some(
            "this is the client secret of an object; API calls need a secret (sk_) or restricted (rk_) key",
        );
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::ApiKey;
    use crate::{Error, ErrorKind};

    fn shown(error: &Error) -> String {
        assert_eq!(error.kind(), ErrorKind::Config);
        format!("{error} {error:?} {error:#?}")
    }

    fn assert_not_repeated(key: &str, shown: &str) {
        let repeats = key
            .as_bytes()
            .windows(8)
            .any(|part| shown.as_bytes().windows(8).any(|window| window == part));
        assert!(!repeats, "{key:?}: {shown}");
    }

    #[test]
    fn k2_what_is_not_a_server_key_is_refused_with_a_hint() {
        for (key, hint) in [
            ("", "empty"),
            (" ", "around"),
            (" sk_test_FAKE0123456789", "around"),
            ("sk_test_FAKE0123456789\n", "around"),
            ("sk_test_FAKE0123456789\u{a0}", "around"),
            ("sk_test_FAKE 0123456789", "a space"),
            ("Bearer sk_test_FAKE0123456789", "a space"),
            ("sk_test_\0FAKE0123456789", "control"),
            ("sk_test_FAKE0123456789\x7f", "control"),
            ("sk_test_FAK\u{c9}0123456789", "non-ASCII"),
            ("sk_test_FAKE\u{10a}0123456789", "non-ASCII"),
            ("sk_test_FAKE\r\nX: 1", "control"),
            ("pk_test_FAKE0123456789", "publishable key"),
            ("pk_live_FAKE0123456789", "publishable key"),
            ("whsec_FAKE0123456789abcd", "webhook endpoint"),
            ("ek_test_FAKE0123456789", "ephemeral key"),
            ("pi_FAKE012345_secret_FAKE6789", "client secret"),
            ("seti_FAKE012345_secret_FAKE6789", "client secret"),
            ("cs_test_FAKE012345_secret_FAKE6789", "client secret"),
        ] {
            let shown = shown(&ApiKey::new(key).unwrap_err());
            assert!(shown.contains(hint), "{key:?}: {shown}");
            assert_not_repeated(key, &shown);
        }
        for key in ["a_new_kind_of_key", "sk_", "sk_test_x"] {
            assert_eq!(find_fault(key), None);
        }
    }

    /// Every kind of fault around hundreds of random texts.
    #[test]
    fn k2_no_error_repeats_eight_characters_of_the_key() {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
        };
        for _ in 0..500 {
            let mut secret = |length: usize| -> String {
                (0..length)
                    .map(|_| char::from(ALPHABET[random(ALPHABET.len())]))
                    .collect()
            };
            let (first, second) = (secret(30), secret(90));
            let bad = [" ", "\n", "\0", "\u{e9}", "\u{1f4a9}"][random(5)];
            let key = match random(7) {
                0 => format!("pk_live_{second}"),
                1 => format!("whsec_{second}"),
                2 => format!("ek_live_{second}"),
                3 => format!("pi_{first}_secret_{second}"),
                4 => format!("{bad}{first}"),
                5 => format!("{first}{bad}"),
                _ => format!("sk_live_{first}{bad}{second}"),
            };
            assert_not_repeated(&key, &shown(&ApiKey::new(key.as_str()).unwrap_err()));
        }
    }
}
