//! An amount of money to show to a person. It is computed in whole numbers, and never in floating point.

use std::fmt;

use super::Currency;

/// An amount in the minor units of a currency, as Stripe counts: 1234 of `usd` are 12.34 US dollars.
///
/// Display writes the number, with a point and without separators, and the currency's code. How it looks in the language
/// of a reader is for a library of that language.
///
/// ```
/// use stripe_core::types::{Currency, Money};
///
/// assert_eq!(Money::new(1234, Currency::USD).to_string(), "12.34 USD");
/// assert_eq!(Money::new(-5, Currency::EUR).to_string(), "-0.05 EUR");
/// assert_eq!(Money::new(500, Currency::JPY).to_string(), "500 JPY");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    amount: i64,
    currency: Currency,
}

impl Money {
    /// This many minor units.
    #[inline]
    #[must_use]
    pub const fn new(amount: i64, currency: Currency) -> Self {
        Self { amount, currency }
    }

    /// The amount in minor units.
    #[inline]
    #[must_use]
    pub const fn amount(&self) -> i64 {
        self.amount
    }

    /// The currency.
    #[inline]
    #[must_use]
    pub const fn currency(&self) -> &Currency {
        &self.currency
    }

    /// The number alone, such as `12.34`. `None` if it is not known where the point goes
    /// ([`Currency::minor_digits`]).
    #[inline]
    #[must_use]
    pub fn number(&self) -> Option<String> {
        let digits = self.currency.minor_digits()?;
        let unit = 10_u64.checked_pow(digits)?;
        let sign = if self.amount < 0 { "-" } else { "" };
        let size = self.amount.unsigned_abs();
        let whole = size.checked_div(unit)?;
        if digits == 0 {
            return Some(format!("{sign}{whole}"));
        }
        let rest = size.checked_rem(unit)?;
        let width = usize::try_from(digits).ok()?;
        Some(format!("{sign}{whole}.{rest:0width$}"))
    }
}

impl fmt::Display for Money {
    /// Where it is not known where the point goes, it says that the number counts minor units.
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.currency.as_str().to_uppercase();
        match self.number() {
            Some(number) => f.pad(&format!("{number} {code}")),
            None => f.pad(&format!("{} minor units of {code}", self.amount)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_exactly() {
        for (amount, currency, shown) in [
            (0, Currency::USD, "0.00 USD"),
            (1, Currency::USD, "0.01 USD"),
            (-1, Currency::USD, "-0.01 USD"),
            (100, Currency::USD, "1.00 USD"),
            (-1234, Currency::EUR, "-12.34 EUR"),
            (500, Currency::JPY, "500 JPY"),
            (-500, Currency::JPY, "-500 JPY"),
            (5120, Currency::KWD, "5.120 KWD"),
            (7, Currency::KWD, "0.007 KWD"),
            (500, Currency::UGX, "5.00 UGX"),
            (i64::MAX, Currency::USD, "92233720368547758.07 USD"),
            (i64::MIN, Currency::USD, "-92233720368547758.08 USD"),
            (i64::MIN, Currency::KWD, "-9223372036854775.808 KWD"),
            (i64::MIN, Currency::JPY, "-9223372036854775808 JPY"),
            (5, Currency::from("zzz"), "5 minor units of ZZZ"),
            (5, Currency::USDC, "5 minor units of USDC"),
        ] {
            assert_eq!(Money::new(amount, currency).to_string(), shown);
        }
    }

    #[test]
    fn it_can_be_aligned() {
        assert_eq!(
            format!("{:>9}|", Money::new(5, Currency::USD)),
            " 0.05 USD|"
        );
    }
}
