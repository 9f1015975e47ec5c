//! Which of Stripe's hosts an operation is on. The document names a server where it is not the usual one.

use crate::diagnostic::Diagnostics;
use crate::spec::{self, Document};

/// The hosts of Stripe's API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    Api,
    Files,
    Connect,
    MeterEvents,
}

/// The host of an operation: its own server, else that of its path, else that of the document.
///
/// A server that is none of Stripe's known ones is an error: a request must not go to the usual host instead, and no key
/// to an unknown one.
pub(crate) fn of(
    document: &Document,
    operation: &spec::Operation<'_>,
    diagnostics: &mut Diagnostics,
) -> Host {
    let servers = operation.operation.servers.iter();
    let servers = servers.chain(&operation.item.servers);
    let Some(server) = servers.chain(&document.api.servers).next() else {
        return Host::Api;
    };
    known(&server.url).unwrap_or_else(|| {
        diagnostics.error(
            &operation.pointer.key("servers"),
            "the server is none of the hosts that are known",
            "check that this is Stripe's document; if it is, teach codegen/src/model/host.rs the host",
        );
        Host::Api
    })
}

fn known(url: &str) -> Option<Host> {
    let authority = url.split("//").nth(1)?.split('/').next()?;
    match authority {
        "api.stripe.com" => Some(Host::Api),
        "files.stripe.com" => Some(Host::Files),
        "connect.stripe.com" => Some(Host::Connect),
        "meter-events.stripe.com" => Some(Host::MeterEvents),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_stripes_own_hosts_are_known() {
        for (url, host) in [
            ("https://api.stripe.com/", Some(Host::Api)),
            ("https://files.stripe.com", Some(Host::Files)),
            ("https://meter-events.stripe.com/", Some(Host::MeterEvents)),
            ("https://files.example.com/", None),
            ("https://uploads.stripe.com/", None),
            ("/", None),
        ] {
            assert_eq!(known(url), host, "{url}");
        }
    }
}
