//! Which headers a caller may add: none that is computed, belongs to the connection, or changes what the request is.

/// What is never taken from a caller, in any case of letters.
const RESERVED: &[&str] = &[
    // Computed, or with a method of its own.
    "authorization",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "idempotency-key",
    "stripe-account",
    "stripe-context",
    "stripe-version",
    "user-agent",
    "x-stripe-client-telemetry",
    "x-stripe-client-user-agent",
    // Of the connection, or for a proxy.
    "connection",
    "expect",
    "http2-settings",
    "keep-alive",
    "max-forwards",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    // A body or an answer of another kind than is written and read here.
    "accept-encoding",
    "content-encoding",
    "content-range",
    "range",
    // Another method than the one whose idempotency was looked after.
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
];

/// What is wrong with a header, if anything.
#[inline]
pub(super) fn find_fault(name: &str, value: &str) -> Option<&'static str> {
    if name.is_empty() || !name.bytes().all(is_header_name) {
        return Some("its name has to be that of a header: letters, digits and hyphens");
    }
    if RESERVED
        .iter()
        .any(|reserved| reserved.eq_ignore_ascii_case(name))
    {
        return Some(
            "it is computed or belongs to the connection: it cannot be set, or has a method of its own",
        );
    }
    let printable = |byte: u8| byte == b' ' || byte.is_ascii_graphic();
    if !value.bytes().all(printable) || value.trim() != value {
        return Some("its value has to be of visible ASCII characters");
    }
    None
}

#[inline]
fn is_header_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;
    use crate::options::Options;

    /// The least that must not be set: a list of its own, so that an entry that gets lost is missed.
    const FORBIDDEN: [&str; 23] = [
        "Accept-Encoding",
        "Authorization",
        "Connection",
        "Content-Length",
        "Content-Type",
        "Cookie",
        "Expect",
        "HTTP2-Settings",
        "Host",
        "Idempotency-Key",
        "Keep-Alive",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Stripe-Account",
        "Stripe-Context",
        "Stripe-Version",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "User-Agent",
        "X-HTTP-Method-Override",
        "X-Stripe-Client-User-Agent",
    ];

    fn mixed(name: &str) -> String {
        let flip = |(index, c): (usize, char)| {
            if index % 2 == 0 {
                c.to_ascii_uppercase()
            } else {
                c.to_ascii_lowercase()
            }
        };
        name.chars().enumerate().map(flip).collect()
    }

    fn kind(name: &str) -> Option<ErrorKind> {
        let mut options = Options::default();
        options.add_header(name, "x");
        let error = options.check().err()?;
        assert_eq!(error.param(), Some("header"));
        Some(error.kind())
    }

    #[test]
    fn k8_no_forbidden_header_can_be_set_in_any_case() {
        for name in FORBIDDEN.iter().chain(RESERVED) {
            for name in [
                (*name).to_owned(),
                name.to_ascii_lowercase(),
                name.to_ascii_uppercase(),
                mixed(name),
            ] {
                assert_eq!(kind(&name), Some(ErrorKind::Validation), "{name}");
            }
        }
    }

    #[test]
    fn k8_pseudo_headers_and_disguised_names_are_no_names() {
        for name in [
            ":authority",
            ":method",
            ":path",
            ":scheme",
            ":status",
            "",
            " ",
            "host ",
            " host",
            "host:",
            "ho\tst",
            "host\0",
            "host\r\n",
            "h\u{f6}st",
            "\u{ff28}ost",
            "authorization\u{200b}",
            "a b",
            "(a)",
            "a,b",
        ] {
            assert_eq!(kind(name), Some(ErrorKind::Validation), "{name:?}");
        }
    }

    #[test]
    fn other_headers_can_be_set() {
        for name in [
            "X-Trace",
            "traceparent",
            "Stripe-Request-Trigger",
            "x_y",
            "hostname",
            "X-Host",
            "a",
        ] {
            assert_eq!(kind(name), None, "{name}");
        }
        for value in ["", "a", "a b/c", "a: b; c=\"d\""] {
            assert_eq!(find_fault("x-a", value), None, "{value:?}");
        }
    }
}
