//! Numbers with many digits: they are read as they were written, not as their neighbours.

#![allow(missing_docs, reason = "the subject of the tests")]
#![allow(clippy::unwrap_used, reason = "tests may panic")]

use stripe_core::decode::Decode;

stripe_core::object! {
    pub struct Rate {
        pub rate: f64,
    }
}

#[test]
fn row_17_no_digit_of_a_fraction_is_lost() {
    for text in [
        "0.9432",
        "1.2345678901234567",
        "0.10000000000000002",
        "-1.0565890622713304e+270",
        "2.2250738585072014e-308",
    ] {
        let read = Rate::decode(format!(r#"{{"rate":{text}}}"#).as_bytes()).unwrap();
        let exact: f64 = text.parse().unwrap();
        assert_eq!(read.rate.to_bits(), exact.to_bits(), "{text}");
    }
}

stripe_core::object! {
    pub struct Payment {
        pub amount: i64,
        pub created: stripe_core::types::Timestamp,
    }
}

fn payment(amount: &str, created: &str) -> Result<Payment, stripe_core::decode::Error> {
    let json = format!(r#"{{"amount":{amount},"created":{created}}}"#);
    Payment::decode(json.as_bytes())
}

#[test]
fn row_17_whole_numbers_are_exact_or_an_error() {
    for exact in [0, 1, -1, 9_007_199_254_740_993, i64::MAX, i64::MIN] {
        let text = exact.to_string();
        let read = payment(&text, &text).unwrap();
        assert_eq!((read.amount, read.created.as_unix()), (exact, exact));
        // A time that no calendar has is printed all the same.
        assert!(!read.created.to_string().is_empty());
    }
    for inexact in [
        "9223372036854775808",
        "-9223372036854775809",
        "1e3",
        "1e400",
        "1.0",
        "1.5",
        "\"1\"",
        "01",
        "+1",
        "0x10",
        "NaN",
        "Infinity",
        "null",
        "true",
    ] {
        assert!(payment(inexact, "0").is_err(), "{inexact}");
        assert!(payment("0", inexact).is_err(), "{inexact}");
    }
    let error = payment("1e3", "0").unwrap_err();
    assert_eq!(
        (error.path(), error.expected()),
        ("amount", "a whole number")
    );
}
