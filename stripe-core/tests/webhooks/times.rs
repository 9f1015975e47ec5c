//! Which times are taken: those near now, on both sides.

use std::time::Duration;

use stripe_core::types::Timestamp;
use stripe_core::webhook::{ErrorKind, Verifier, sign};

use crate::{NOW, PAYLOAD, secret, verifier};

/// What comes of a signature that is made so many seconds after now.
fn outcome(verifier: &Verifier, offset: i64) -> Result<(), ErrorKind> {
    let time = Timestamp::from_unix(NOW.as_unix() + offset);
    let header = sign(PAYLOAD, &secret(), time);
    let verified = verifier.verify(PAYLOAD, header);
    verified.map(drop).map_err(|error| error.kind())
}

#[test]
fn row_25_a_signature_is_good_for_as_long_before_as_after() {
    for (offset, expected) in [
        (0, Ok(())),
        (-299, Ok(())),
        (-300, Ok(())),
        (-301, Err(ErrorKind::TooOld)),
        (299, Ok(())),
        (300, Ok(())),
        (301, Err(ErrorKind::InFuture)),
        (-NOW.as_unix(), Err(ErrorKind::TooOld)),
        (i64::MAX - NOW.as_unix(), Err(ErrorKind::InFuture)),
    ] {
        assert_eq!(outcome(&verifier(), offset), expected, "{offset}");
    }
}

#[test]
fn row_25_no_clock_and_no_time_overflow() {
    for now in [i64::MIN, -1, 0, i64::MAX] {
        let verifier = verifier().with_clock(move || Timestamp::from_unix(now));
        for time in [0, i64::MAX] {
            let header = sign(PAYLOAD, &secret(), Timestamp::from_unix(time));
            let is_near = now.abs_diff(time) <= 300;
            assert_eq!(verifier.verify(PAYLOAD, header).is_ok(), is_near);
        }
    }
}

/// Signed with the right secret, but in a way that Stripe never writes a time.
#[test]
fn row_25_a_negative_time_is_refused_though_it_is_signed() {
    let time = Timestamp::from_unix(-5);
    let header = sign(PAYLOAD, &secret(), time);
    let verifier = verifier().with_clock(move || time);
    let error = verifier.verify(PAYLOAD, header).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MalformedSignature);
}

#[test]
fn the_tolerance_can_be_set_and_the_time_ignored() {
    let day = Duration::from_secs(86_400);
    for (verifier, offset, expected) in [
        (verifier().tolerance(day), -86_400, Ok(())),
        (verifier().tolerance(day), -86_401, Err(ErrorKind::TooOld)),
        (verifier().tolerance(Duration::ZERO), 0, Ok(())),
        (
            verifier().tolerance(Duration::ZERO),
            1,
            Err(ErrorKind::InFuture),
        ),
        (verifier().tolerance(Duration::MAX), -1_700_000_000, Ok(())),
        (verifier().danger_ignore_timestamp(), -1_700_000_000, Ok(())),
    ] {
        assert_eq!(outcome(&verifier, offset), expected, "{offset}");
    }
}

#[test]
fn a_delivery_that_waited_is_judged_by_when_it_came() {
    let early = Timestamp::from_unix(NOW.as_unix() - 5_000);
    let header = sign(PAYLOAD, &secret(), early);
    assert!(verifier().verify(PAYLOAD, &header).is_err());
    assert!(verifier().verify_at(PAYLOAD, &header, early).is_ok());
}

/// A wrong signature is not told whether its time would have been right.
#[test]
fn row_24_the_time_is_judged_after_the_signature() {
    let mut forged = sign(PAYLOAD, &secret(), Timestamp::from_unix(5)).into_bytes();
    let last = forged.last_mut().unwrap();
    *last = if *last == b'0' { b'1' } else { b'0' };
    let error = verifier().verify(PAYLOAD, forged).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the subject of the test")]
fn the_system_clock_is_the_one_that_is_asked() {
    let now = Timestamp::from(std::time::SystemTime::now());
    let header = sign(PAYLOAD, &secret(), now);
    assert!(Verifier::new(secret()).verify(PAYLOAD, header).is_ok());
}
