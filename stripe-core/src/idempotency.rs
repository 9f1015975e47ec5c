//! Idempotency keys. Every request that could act twice has one, the same on every attempt, so that a repetition after
//! a lost answer has no second effect.
//!
//! They come from the cryptographic generator of the TLS provider: a key that someone else happens to draw as well would
//! give them the answer to this request.

use crate::error::Error;

/// A source of random bytes that nobody can predict.
pub(crate) trait Random: Send + Sync + 'static {
    /// Fills all of `bytes`, or fails.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomFailed>;
}

/// The system gave no random bytes.
#[derive(Debug)]
pub(crate) struct RandomFailed;

/// The longest key that Stripe takes.
const LONGEST: usize = 255;

/// A new key: a version 4 UUID.
pub(crate) fn generate(random: &dyn Random) -> Result<String, Error> {
    let mut bytes = [0; 16];
    match random.fill(&mut bytes) {
        Ok(()) => Ok(format_uuid(u128::from_be_bytes(bytes))),
        Err(RandomFailed) => Err(Error::config(
            "the TLS provider gave no random bytes for an idempotency key or a boundary: let the process use the system's",
        )),
    }
}

fn format_uuid(random: u128) -> String {
    const VERSION: u128 = 0xf << 76;
    const VARIANT: u128 = 0b11 << 62;
    let bits = random & !VERSION & !VARIANT | 0x4 << 76 | 0b10 << 62;
    let mut text = String::with_capacity(36);
    for index in 0..32_u32 {
        if matches!(index, 8 | 12 | 16 | 20) {
            text.push('-');
        }
        let shift = 124_u32.saturating_sub(index.saturating_mul(4));
        let digit = u32::try_from(bits >> shift & 0xf).unwrap_or_default();
        text.extend(char::from_digit(digit, 16));
    }
    text
}

/// What is wrong with a key that was given, if anything.
#[inline]
pub(crate) fn find_fault(key: &str) -> Option<&'static str> {
    if key.is_empty() || key.len() > LONGEST {
        return Some("it has to have 1 to 255 characters");
    }
    if !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some("it has to be of visible ASCII characters");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_the_layout_of_uuids() {
        assert_eq!(format_uuid(0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(
            format_uuid(u128::MAX),
            "ffffffff-ffff-4fff-bfff-ffffffffffff"
        );
        assert_eq!(
            format_uuid(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef),
            "01234567-89ab-4def-8123-456789abcdef"
        );
    }

    /// No two keys are the same, and none of the 122 bits that are not fixed is likelier to be set than not: a counter, a
    /// clock or a generator with a short seed would show.
    #[cfg(any(feature = "aws-lc-rs", feature = "ring"))]
    #[test]
    fn row_22_keys_are_random_in_every_bit() {
        const COUNT: usize = 20_000;
        let random = crate::transport::hyper::ProviderRandom::new().unwrap();
        let keys: std::collections::BTreeSet<u128> = (0..COUNT)
            .map(|_| generate(&random).unwrap().replace('-', ""))
            .map(|key| u128::from_str_radix(&key, 16).unwrap())
            .collect();
        assert_eq!(keys.len(), COUNT);
        let set = |bit: u32| keys.iter().filter(|key| **key >> bit & 1 == 1).count();
        let spread =
            (0..128).filter(|bit| (COUNT * 45 / 100..COUNT * 55 / 100).contains(&set(*bit)));
        assert_eq!(spread.count(), 122);
    }

    #[test]
    fn no_random_bytes_is_an_error() {
        struct Dry;
        impl Random for Dry {
            fn fill(&self, _: &mut [u8]) -> Result<(), RandomFailed> {
                Err(RandomFailed)
            }
        }
        assert_eq!(generate(&Dry).unwrap_err().kind(), crate::ErrorKind::Config);
    }

    #[test]
    fn given_keys_are_checked() {
        assert_eq!(find_fault("order-42"), None);
        assert_eq!(find_fault(&"x".repeat(255)), None);
        for key in ["", " ", "a b", "a\n", "\u{e9}", "a\u{10a}", "\x7f"] {
            assert!(find_fault(key).is_some(), "{key:?}");
        }
        assert!(find_fault(&"x".repeat(256)).is_some());
    }
}
