//! The exceptions in `NO_PROXY`: a list of names, addresses and networks, as curl reads it.

use std::net::IpAddr;

/// Servers that are reached without the proxy.
#[derive(Default)]
pub(super) struct Bypass(Vec<Rule>);

enum Rule {
    Everything,
    /// The name and all below it; with a port, only there.
    Name(String, Option<u16>),
    /// Addresses whose first bits are those of this one.
    Network(IpAddr, u8),
}

impl Bypass {
    #[inline]
    pub(super) fn parse(list: &str) -> Self {
        let entries = list.split(',').map(str::trim);
        Self(
            entries
                .filter(|entry| !entry.is_empty())
                .map(Rule::parse)
                .collect(),
        )
    }

    #[inline]
    pub(super) fn covers(&self, host: &str, port: u16) -> bool {
        self.0.iter().any(|rule| rule.covers(host, port))
    }
}

impl Rule {
    /// What is no network is a name, perhaps one that no server has.
    #[inline]
    fn parse(entry: &str) -> Self {
        if entry == "*" {
            return Self::Everything;
        }
        if let Some(network) = parse_network(entry) {
            return network;
        }
        let (name, port) = match entry.rsplit_once(':') {
            Some((name, port)) => (name, port.parse().ok()),
            None => (entry, None),
        };
        Self::Name(name.trim_start_matches('.').to_ascii_lowercase(), port)
    }

    #[inline]
    fn covers(&self, host: &str, port: u16) -> bool {
        match self {
            Self::Everything => true,
            Self::Name(name, only) => {
                let below = host
                    .strip_suffix(name.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
                below && only.is_none_or(|only| only == port)
            }
            Self::Network(network, bits) => parse_address(host)
                .is_some_and(|address| leading(address, *bits) == leading(*network, *bits)),
        }
    }
}

#[inline]
fn parse_network(entry: &str) -> Option<Rule> {
    let (address, bits) = match entry.split_once('/') {
        Some((address, bits)) => (address, Some(bits.parse().ok()?)),
        None => (entry, None),
    };
    let address = parse_address(address)?;
    let all = if address.is_ipv4() { 32 } else { 128 };
    Some(Rule::Network(address, bits.unwrap_or(all).min(all)))
}

#[inline]
fn parse_address(text: &str) -> Option<IpAddr> {
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok()
}

/// The first bits of an address, and which family it is of.
#[inline]
fn leading(address: IpAddr, bits: u8) -> (bool, u128) {
    let (value, all) = match address {
        IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
        IpAddr::V6(address) => (u128::from(address), 128_u32),
    };
    let dropped = all.saturating_sub(u32::from(bits));
    (
        address.is_ipv4(),
        value.checked_shr(dropped).unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_are_names_addresses_and_networks() {
        for (list, host, expected) in [
            ("", "api.stripe.com", false),
            (" , ,", "api.stripe.com", false),
            ("*", "api.stripe.com", true),
            ("example.com, *", "api.stripe.com", true),
            ("stripe.com", "api.stripe.com", true),
            (".Stripe.COM", "api.stripe.com", true),
            ("api.stripe.com", "api.stripe.com", true),
            ("api.stripe.com", "files.stripe.com", false),
            ("stripe.com", "notstripe.com", false),
            ("stripe.com", "stripe.com.evil.example", false),
            ("stripe.com:443", "api.stripe.com", true),
            ("stripe.com:8443", "api.stripe.com", false),
            ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false),
            ("10.0.0.0/8", "10.200.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.0/8", "10.example.com", false),
            ("0.0.0.0/0", "1.2.3.4", true),
            ("0.0.0.0/0", "[2001:db8::1]", false),
            ("2001:db8::/32", "[2001:db8::1]", true),
            ("[2001:db8::1]", "[2001:db8::1]", true),
            ("2001:db8::/32", "[2001:db9::1]", false),
            ("::/0", "[2001:db9::1]", true),
            ("10.0.0.0/x", "10.0.0.1", false),
        ] {
            assert_eq!(
                Bypass::parse(list).covers(host, 443),
                expected,
                "{list} {host}"
            );
        }
    }
}
