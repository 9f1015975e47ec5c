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
    pub struct Charge {
        pub amount: i64,
    }
}

#[test]
fn row_17_whole_numbers_are_exact_or_an_error() {
    for exact in [0, 1, -1, 9_007_199_254_740_993, i64::MAX, i64::MIN] {
        let read = Charge::decode(format!(r#"{{"amount":{exact}}}"#).as_bytes()).unwrap();
        assert_eq!(read.amount, exact);
    }
    for inexact in [
        "9223372036854775808",
        "-9223372036854775809",
        "1e3",
        "1.0",
        "1.5",
        "\"1\"",
        "01",
        "+1",
        "NaN",
        "true",
    ] {
        let read = Charge::decode(format!(r#"{{"amount":{inexact}}}"#).as_bytes());
        assert!(read.is_err(), "{inexact}");
    }
}
