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
