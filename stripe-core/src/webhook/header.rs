//! The header `Stripe-Signature`, read strictly: `t=1700000000,v1=…,v1=…,v0=…`.
//!
//! Whoever can reach the endpoint can send one, so it has limits, and what Stripe does not write is refused instead of
//! read leniently. Whether a signature fits is not decided here.

use super::error::{Error, ErrorKind};
use crate::types::Timestamp;

/// As long as a header may be, in bytes. Stripe's have about 160, and twice that while a secret is rolled.
const LONGEST: usize = 4_096;

/// As many signatures as a header may have, of any scheme.
const MOST_SIGNATURES: usize = 16;

/// A signature, as bytes.
pub(super) type Signature = [u8; 32];

/// What the header says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Header<'a> {
    /// The time as it is written, which is what was signed.
    pub(super) time_text: &'a str,
    pub(super) time: Timestamp,
    /// The signatures of scheme `v1`, at least one. Other schemes are passed over.
    pub(super) signatures: Vec<Signature>,
}

impl<'a> Header<'a> {
    pub(super) fn parse(header: &'a [u8]) -> Result<Self, Error> {
        if header.is_empty() {
            return Err(Error::new(
                ErrorKind::MissingSignature,
                "there is no Stripe-Signature header: the request is not from Stripe, or a proxy removed the header",
            ));
        }
        if header.len() > LONGEST {
            return Err(malformed("it is too long"));
        }
        if !header.iter().all(u8::is_ascii_graphic) {
            return Err(malformed(
                "it holds something else than visible ASCII characters",
            ));
        }
        let text = std::str::from_utf8(header).map_err(|_not_ascii| malformed("it is not text"))?;
        Items::read(text)?.header()
    }
}

/// The items of the header, before it is known whether there is one of each kind that is needed.
#[derive(Default)]
struct Items<'a> {
    time: Option<&'a str>,
    signatures: Vec<Signature>,
    count: usize,
}

impl<'a> Items<'a> {
    fn read(text: &'a str) -> Result<Self, Error> {
        let mut items = Self::default();
        for item in text.split(',') {
            let (name, value) = item
                .split_once('=')
                .ok_or_else(|| malformed("an item has no equals sign"))?;
            items.add(name, value)?;
        }
        Ok(items)
    }

    fn add(&mut self, name: &str, value: &'a str) -> Result<(), Error> {
        if name == "t" {
            return match self.time.replace(value) {
                None => Ok(()),
                Some(_) => Err(malformed("it has two times")),
            };
        }
        self.count = self.count.saturating_add(1);
        if self.count > MOST_SIGNATURES {
            return Err(malformed("it has too many signatures"));
        }
        if name == "v1" {
            let signature = signature(value)
                .ok_or_else(|| malformed("a signature is not 64 hexadecimal digits"))?;
            self.signatures.push(signature);
        }
        Ok(())
    }

    fn header(self) -> Result<Header<'a>, Error> {
        let time_text = self.time.ok_or_else(|| malformed("it has no time"))?;
        let time = time(time_text).ok_or_else(|| malformed("its time is not a whole number"))?;
        if self.signatures.is_empty() {
            return Err(Error::new(
                ErrorKind::MissingSignature,
                "the Stripe-Signature header has no signature of scheme v1",
            ));
        }
        Ok(Header {
            time_text,
            time,
            signatures: self.signatures,
        })
    }
}

/// Unix seconds as Stripe writes them: digits alone, none of them needless.
fn time(text: &str) -> Option<Timestamp> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_canonical = text == "0" || !text.starts_with('0');
    let seconds = text.parse().ok().filter(|_| is_plain && is_canonical)?;
    Some(Timestamp::from_unix(seconds))
}

/// Reads 64 hexadecimal digits. It may take a time that depends on them: they are the sender's, and no secret.
fn signature(text: &str) -> Option<Signature> {
    if text.len() != 64 {
        return None;
    }
    let mut signature = Signature::default();
    for (byte, digits) in signature.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
        let [high, low] = digits else { return None };
        *byte = digit(*high)?
            .saturating_mul(16)
            .saturating_add(digit(*low)?);
    }
    Some(signature)
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}

fn malformed(fault: &str) -> Error {
    Error::new(
        ErrorKind::MalformedSignature,
        format!("the Stripe-Signature header is not one that Stripe writes: {fault}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    fn kind(header: &str) -> ErrorKind {
        Header::parse(header.as_bytes()).unwrap_err().kind()
    }

    #[test]
    fn all_v1_signatures_are_read_and_other_schemes_are_passed_over() {
        let upper = "00FF".repeat(16);
        let text = format!("v0=x,t=1700000000,v1={A},v2=,v1={upper}");
        let header = Header::parse(text.as_bytes()).unwrap();
        assert_eq!(header.time, Timestamp::from_unix(1_700_000_000));
        assert_eq!(header.signatures[0], [0xaa; 32]);
        assert_eq!(header.signatures[1][..2], [0x00, 0xff]);
        assert_eq!(header.signatures.len(), 2);
    }

    #[test]
    fn row_26_a_missing_signature_is_a_failure_of_its_own() {
        for header in ["", "t=1700000000", "t=1700000000,v0=ab", "v0=,t=5"] {
            assert_eq!(kind(header), ErrorKind::MissingSignature, "{header}");
        }
    }

    #[test]
    fn row_25_a_time_is_plain_digits_that_fit() {
        for time in [
            "",
            "-5",
            "+5",
            " 5",
            "5 ",
            "05",
            "00",
            "0x5",
            "5.0",
            "1e9",
            "\u{661}",
            "9223372036854775808",
            "-9223372036854775808",
            "18446744073709551616",
        ] {
            let header = format!("t={time},v1={A}");
            assert_eq!(kind(&header), ErrorKind::MalformedSignature, "{time:?}");
        }
        for time in ["0", "1", "9223372036854775807"] {
            let header = format!("t={time},v1={A}");
            assert_eq!(Header::parse(header.as_bytes()).unwrap().time_text, time);
        }
    }

    #[test]
    fn row_24_what_stripe_does_not_write_is_refused() {
        let short = A.get(1..).unwrap();
        for header in [
            "garbage".to_owned(),
            format!("v1={A}"),
            format!("t=1,t=1,v1={A}"),
            format!("t=1,v1={short}"),
            format!("t=1,v1={A}a"),
            format!("t=1,v1={short}g"),
            format!("t=1,v1={short}\u{e9}"),
            format!("t=1, v1={A}"),
            format!("t=1,v1={A},"),
            format!("t=1,v1={A},v1"),
            format!("t=1,v1={A}\n"),
            format!("t=1,v1={A}{}", format!(",v1={A}").repeat(16)),
            format!("t=1,v1={A}{}", ",v0=x".repeat(16)),
            format!("t=1,v1={A},v0={}", "x".repeat(4_096)),
        ] {
            assert_eq!(kind(&header), ErrorKind::MalformedSignature, "{header}");
        }
        let most = format!("t=1{}", format!(",v1={A}").repeat(16));
        assert_eq!(Header::parse(most.as_bytes()).unwrap().signatures.len(), 16);
    }

    #[test]
    fn row_24_a_header_has_4096_bytes_at_most() {
        let header = |length: usize| {
            let start = format!("t=1,v1={A},v0=");
            start.clone() + &"x".repeat(length - start.len())
        };
        assert!(Header::parse(header(4_096).as_bytes()).is_ok());
        assert_eq!(kind(&header(4_097)), ErrorKind::MalformedSignature);
    }

    #[test]
    fn row_28_bytes_that_are_no_text_are_refused() {
        for header in [&b"t=1,v1=\xff\xfe"[..], b"\x80", b"\0", b"t=1\r\nx: y"] {
            let error = Header::parse(header).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::MalformedSignature);
        }
    }
}
