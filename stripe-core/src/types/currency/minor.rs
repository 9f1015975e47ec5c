//! Minor units: how many digits an amount has after the point, and which amounts Stripe takes,
//! <https://docs.stripe.com/currencies>.
//!
//! These are Stripe's rules, not those of ISO 4217: `isk` and `ugx` have no minor unit any more, and Stripe still counts
//! in hundredths of them. Whoever sends `500` for 500 shillings charges 5.

use super::Currency;

impl Currency {
    /// How many digits an amount has after the point: 2 for `usd`, where 1234 is 12.34; 0 for `jpy`; 3 for `kwd`. `None`
    /// for a currency that this list does not have, and for the stablecoins, of which the page says nothing.
    ///
    /// ```
    /// use stripe_core::types::Currency;
    ///
    /// assert_eq!(Currency::USD.minor_digits(), Some(2));
    /// assert_eq!(Currency::JPY.minor_digits(), Some(0));
    /// assert_eq!(Currency::from("zzz").minor_digits(), None);
    /// ```
    #[must_use]
    pub fn minor_digits(&self) -> Option<u32> {
        match *self {
            Self::BIF
            | Self::CLP
            | Self::DJF
            | Self::GNF
            | Self::JPY
            | Self::KMF
            | Self::KRW
            | Self::MGA
            | Self::PYG
            | Self::RWF
            | Self::VND
            | Self::VUV
            | Self::XAF
            | Self::XOF
            | Self::XPF => Some(0),
            Self::BHD | Self::JOD | Self::KWD | Self::OMR | Self::TND => Some(3),
            Self::USDB | Self::USDC => None,
            _ if Self::KNOWN.contains(&self.as_str()) => Some(2),
            _ => None,
        }
    }

    /// What the amount of a payment, a refund or a dispute has to be a multiple of: 10 for the currencies with three
    /// digits, whose last one has to be 0; 100 for `isk` and `ugx`, which have whole units only; else 1. `None` where
    /// [`minor_digits`](Self::minor_digits) is.
    #[must_use]
    pub fn amount_step(&self) -> Option<i64> {
        match *self {
            Self::ISK | Self::UGX => Some(100),
            _ => Some(if self.minor_digits()? == 3 { 10 } else { 1 }),
        }
    }

    /// What the amount of a payout has to be a multiple of: 100 for `huf` and `twd` too, which can be charged in
    /// hundredths and paid out in whole units only.
    #[must_use]
    pub fn payout_step(&self) -> Option<i64> {
        match *self {
            Self::HUF | Self::TWD => Some(100),
            _ => self.amount_step(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_steps_are_those_of_stripe() {
        for (currency, digits, amount, payout) in [
            (Currency::USD, 2, 1, 1),
            (Currency::EUR, 2, 1, 1),
            (Currency::JPY, 0, 1, 1),
            (Currency::XPF, 0, 1, 1),
            (Currency::BHD, 3, 10, 10),
            (Currency::TND, 3, 10, 10),
            (Currency::ISK, 2, 100, 100),
            (Currency::UGX, 2, 100, 100),
            (Currency::HUF, 2, 1, 100),
            (Currency::TWD, 2, 1, 100),
        ] {
            assert_eq!(currency.minor_digits(), Some(digits), "{currency}");
            assert_eq!(currency.amount_step(), Some(amount), "{currency}");
            assert_eq!(currency.payout_step(), Some(payout), "{currency}");
        }
    }

    #[test]
    fn of_what_is_not_documented_nothing_is_said() {
        for text in ["usdc", "usdb", "zzz", "", "usdx"] {
            let currency = Currency::from(text);
            assert_eq!(currency.minor_digits(), None, "{text}");
            assert_eq!(currency.amount_step(), None, "{text}");
            assert_eq!(currency.payout_step(), None, "{text}");
        }
    }

    #[test]
    fn there_are_fifteen_without_and_five_with_three_digits() {
        let count = |digits| {
            let all = Currency::KNOWN.iter().map(|text| Currency::from(*text));
            all.filter(|it| it.minor_digits() == Some(digits)).count()
        };
        assert_eq!((count(0), count(3)), (15, 5));
        assert_eq!(count(2), Currency::KNOWN.len() - 15 - 5 - 2);
    }
}
