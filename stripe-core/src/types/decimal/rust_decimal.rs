//! Numbers of the `rust_decimal` crate, and back (feature `rust_decimal`).

use crate::types::Decimal;

impl From<rust_decimal::Decimal> for Decimal {
    /// With all its digits: `1.50` stays `1.50`.
    fn from(number: rust_decimal::Decimal) -> Self {
        number.to_string().into()
    }
}

impl TryFrom<&Decimal> for rust_decimal::Decimal {
    type Error = rust_decimal::Error;

    /// # Errors
    ///
    /// If it is not a number, or has more digits than fit (28 or 29): nothing is rounded.
    fn try_from(number: &Decimal) -> Result<Self, rust_decimal::Error> {
        Self::from_str_exact(number.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_go_both_ways_with_all_their_digits() {
        for text in ["0.05", "1.50", "-7", "0", "0.0000000000000000000000000001"] {
            let number = rust_decimal::Decimal::try_from(&Decimal::from(text)).unwrap();
            assert_eq!(Decimal::from(number).as_str(), text);
        }
    }

    #[test]
    fn what_would_lose_a_digit_is_an_error() {
        for text in [
            "0.00000000000000000000000000001",
            "99999999999999999999999999999999",
            "x",
            "",
        ] {
            let number = rust_decimal::Decimal::try_from(&Decimal::from(text));
            assert!(number.is_err(), "{text}");
        }
    }
}
