//! The addresses of a client's servers: Stripe's own, or those that were set in their place.

use crate::base_url::BaseUrl;
use crate::host::Host;

/// An address for each server.
#[derive(Clone, Debug)]
pub(crate) struct Bases {
    api: BaseUrl,
    files: BaseUrl,
    connect: BaseUrl,
    meter_events: BaseUrl,
}

impl Bases {
    pub(crate) fn get(&self, host: Host) -> &BaseUrl {
        match host {
            Host::Api => &self.api,
            Host::Files => &self.files,
            Host::Connect => &self.connect,
            Host::MeterEvents => &self.meter_events,
        }
    }

    #[inline]
    pub(super) fn set(&mut self, host: Host, base: BaseUrl) {
        match host {
            Host::Api => self.api = base,
            Host::Files => self.files = base,
            Host::Connect => self.connect = base,
            Host::MeterEvents => self.meter_events = base,
        }
    }

    pub(crate) fn all(&self) -> [&BaseUrl; 4] {
        [&self.api, &self.files, &self.connect, &self.meter_events]
    }

    /// Whether the key may go there: only to the same scheme, host and port as one of the servers.
    pub(crate) fn contains(&self, base: &BaseUrl) -> bool {
        self.all().contains(&base)
    }
}

impl Default for Bases {
    fn default() -> Self {
        let known = |host: Host| BaseUrl::known(host.default_url());
        Self {
            api: known(Host::Api),
            files: known(Host::Files),
            connect: known(Host::Connect),
            meter_events: known(Host::MeterEvents),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_server_has_its_own_address_and_can_be_set_alone() {
        let hosts = [Host::Api, Host::Files, Host::Connect, Host::MeterEvents];
        let other = BaseUrl::parse("https://gateway.example").unwrap();
        for set in hosts {
            let mut bases = Bases::default();
            bases.set(set, other.clone());
            for host in hosts {
                let expected = if host == set {
                    other.as_str()
                } else {
                    host.default_url()
                };
                assert_eq!(bases.get(host).as_str(), expected);
            }
            assert_eq!(
                bases
                    .all()
                    .map(|base| *base == other)
                    .map(u8::from)
                    .iter()
                    .sum::<u8>(),
                1
            );
        }
    }
}
