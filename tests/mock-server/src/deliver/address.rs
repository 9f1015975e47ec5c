//! A URL, down to what a request of HTTP/1.1 needs of it.

/// Where deliveries go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// Host and port as they were written.
    pub(super) authority: String,
    /// Host and port to connect to.
    pub(super) socket: String,
    /// Path and query.
    pub(super) target: String,
}

impl Address {
    pub(super) fn parse(url: &str) -> Option<Self> {
        // Nothing in it may begin another line of the head.
        if !url.bytes().all(|byte| byte.is_ascii_graphic()) || url.contains(['@', '#']) {
            return None;
        }
        let rest = url.strip_prefix("http://")?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, target) = rest.split_at_checked(end)?;
        // An address of IPv6 has colons within its brackets.
        let behind_host = authority.rfind(']').map_or(0, |at| at + 1);
        let port = authority.get(behind_host..)?.rsplit_once(':');
        let host = authority.strip_suffix(&port.map_or(String::new(), |(_, it)| format!(":{it}")));
        let host = host.filter(|it| !it.is_empty())?;
        let port = port.map_or(Some(80), |(_, it)| it.parse::<u16>().ok())?;
        Some(Self {
            authority: authority.to_owned(),
            socket: format!("{host}:{port}"),
            target: match target.starts_with('/') {
                true => target.to_owned(),
                false => format!("/{target}"),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_tells_where_to_connect_and_what_to_ask_for() {
        for (url, socket, target) in [
            ("http://localhost", "localhost:80", "/"),
            ("http://localhost:4242/", "localhost:4242", "/"),
            ("http://127.0.0.1:1/a/b?c=d", "127.0.0.1:1", "/a/b?c=d"),
            ("http://host?c=d", "host:80", "/?c=d"),
            ("http://[::1]:4242/a:b", "[::1]:4242", "/a:b"),
            ("http://[::1]", "[::1]:80", "/"),
        ] {
            let address = Address::parse(url).unwrap();
            assert_eq!((&*address.socket, &*address.target), (socket, target));
        }
    }

    #[test]
    fn everything_else_is_none() {
        for url in [
            "",
            "localhost:4242",
            "https://localhost",
            "http://",
            "http:///path",
            "http://:4242",
            "http://host:port",
            "http://host:70000",
            "http://host:",
            "http://user:secret@host",
            "http://host/#part",
            "http://host/a b",
            "http://host/\r\nX: y",
            "http://h\u{f6}st/",
        ] {
            assert_eq!(Address::parse(url), None, "{url}");
        }
    }
}
