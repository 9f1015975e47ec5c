//! Which signatures are taken: against signatures of another implementation, in both directions, and with several secrets
//! and signatures at once.

use stripe_core::types::Timestamp;
use stripe_core::webhook::{ErrorKind, Verifier, WebhookSecret, sign};

use crate::{NOW, PAYLOAD, other_secret, secret, verifier};

/// Secret, time, payload and signature; `vectors.py` says how they were made.
fn vectors() -> Vec<(WebhookSecret, Timestamp, Vec<u8>, &'static str)> {
    let lines = include_str!("vectors.txt").lines();
    let vectors: Vec<_> = lines
        .map(|line| {
            let parts: Vec<_> = line.split(' ').collect();
            let secret = WebhookSecret::from_raw(parts[0]).unwrap();
            let time = Timestamp::from_unix(parts[1].parse().unwrap());
            (secret, time, bytes(parts[2]), parts[3])
        })
        .collect();
    assert_eq!(vectors.len(), 120);
    vectors
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex.trim_start_matches('-').as_bytes().chunks(2);
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap();
    digits.map(byte).collect()
}

#[test]
fn w9_what_another_implementation_signs_is_verified() {
    for (secret, time, payload, signature) in vectors() {
        let header = format!("t={},v1={signature}", time.as_unix());
        let verified = Verifier::new(secret).verify_at(&payload, header, time);
        let verified = verified.unwrap();
        assert_eq!(verified.payload(), payload);
        assert_eq!(verified.signed_at(), Some(time));
    }
}

#[test]
fn w9_what_is_signed_here_is_what_another_implementation_signs() {
    for (secret, time, payload, signature) in vectors() {
        let expected = format!("t={},v1={signature}", time.as_unix());
        assert_eq!(sign(&payload, &secret, time), expected);
    }
}

/// Made with `printf '1700000000.{"id":"evt_é"}' | openssl dgst -sha256 -hmac whsec_test_secret`, and the other likewise.
#[test]
fn w9_the_fixed_vectors_of_the_official_libraries_hold() {
    for (payload, signature) in [
        (
            PAYLOAD,
            "d95c6b7477fbd7e9f90b1b0ef5f9c7ac25abca5382460e0d988c2b2a5b71b990",
        ),
        (
            "{\"id\":\"evt_\u{e9}\"}".as_bytes(),
            "fe6845a55ee5e7a14643acd768fec75a93832051ecf9dbadbf4c7af1a62a75ee",
        ),
    ] {
        let header = format!("t=1700000000,v1={signature}");
        assert_eq!(sign(payload, &secret(), NOW), header);
        assert!(verifier().verify(payload, header).is_ok());
    }
}

/// The part of a header after the time.
fn v1(payload: &[u8], secret: &WebhookSecret) -> String {
    sign(payload, secret, NOW)
        .split_once(',')
        .unwrap()
        .1
        .to_owned()
}

#[test]
fn w3_any_signature_under_any_secret_will_do() {
    let both = verifier().and_secret(other_secret());
    let (mine, theirs) = (v1(PAYLOAD, &secret()), v1(PAYLOAD, &other_secret()));
    let foreign = v1(PAYLOAD, &WebhookSecret::new("whsec_nobody_knows").unwrap());
    let upper = mine.to_uppercase().replace("V1", "v1");
    for (signatures, one, two) in [
        (mine.clone(), true, true),
        (theirs.clone(), false, true),
        (foreign.clone(), false, false),
        (format!("{foreign},{mine}"), true, true),
        (format!("{mine},{foreign}"), true, true),
        (format!("{foreign},{theirs}"), false, true),
        (format!("v0=abc,{mine}"), true, true),
        (upper, true, true),
    ] {
        let header = format!("t={},{signatures}", NOW.as_unix());
        for (verifier, expected) in [(verifier(), one), (both.clone(), two)] {
            let result = verifier.verify(PAYLOAD, &header);
            assert_eq!(result.is_ok(), expected, "{header}");
            if let Err(error) = result {
                assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
            }
        }
    }
}

#[test]
fn w1_a_verifier_shows_how_many_secrets_it_has_and_none_of_them() {
    let shown = format!("{:?}", verifier().and_secret(other_secret()));
    assert_eq!(shown, "Verifier { secrets: 2, tolerance: Some(300s), .. }");
}

#[test]
fn row_24_a_signature_of_scheme_v0_is_never_enough() {
    let header = sign(PAYLOAD, &secret(), NOW).replace("v1=", "v0=");
    let error = verifier().verify(PAYLOAD, header).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingSignature);
}

#[test]
fn row_26_no_header_does_not_verify() {
    let headers: [Option<&[u8]>; 2] = [None, Some(b"")];
    for header in headers {
        let error = verifier().verify(PAYLOAD, header.unwrap_or_default());
        assert_eq!(error.unwrap_err().kind(), ErrorKind::MissingSignature);
    }
}

#[test]
fn row_27_the_payload_is_bytes_and_need_not_be_text_or_json() {
    for payload in [&b"\xff\xfe\0"[..], b"", b"not json", b"{\"a\": 1}"] {
        let header = sign(payload, &secret(), NOW);
        assert_eq!(
            verifier().verify(payload, header).unwrap().payload(),
            payload
        );
    }
}

#[test]
fn row_27_a_payload_that_was_written_again_does_not_verify() {
    let header = sign(br#"{"id": "evt_1"}"#, &secret(), NOW);
    let error = verifier().verify(br#"{"id":"evt_1"}"#, header).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SignatureMismatch);
    assert!(error.to_string().contains("byte for byte"), "{error}");
}

#[test]
fn w5_no_error_holds_the_payload_the_signature_or_the_secret() {
    let payload = br#"{"id":"evt_CANARY","email":"jenny@CANARY.com"}"#;
    let secret = WebhookSecret::new("whsec_CANARY").unwrap();
    let verifier = Verifier::new(secret).with_clock(|| NOW);
    assert!(!format!("{verifier:?}").contains("CANARY"));
    let good = sign(payload, &other_secret(), NOW);
    let (_, signature) = good.split_once("v1=").unwrap();
    for header in [
        good.as_str(),
        "t=CANARY,v1=CANARY",
        "CANARY",
        "t=1",
        &format!("t=1700000000,v1={signature}"),
        &format!("t=1700000000,CANARY,v1={signature}"),
    ] {
        let error = verifier.verify(payload, header).unwrap_err();
        let shown = format!("{error} {error:?} {error:#?}");
        assert!(!shown.contains("CANARY"), "{shown}");
        assert!(!shown.contains(signature.get(..8).unwrap()), "{shown}");
    }
}

#[test]
fn a_verified_payload_can_be_queued_and_shows_only_its_length() {
    let header = sign(PAYLOAD, &secret(), NOW);
    let body = PAYLOAD.to_vec();
    let verified = verifier().verify(body, header).unwrap().into_owned();
    assert_eq!(
        format!("{verified:?}"),
        "Verified(<42 bytes>, signed at Some(1700000000))"
    );
    assert_eq!(verified.into_payload(), PAYLOAD);
}
