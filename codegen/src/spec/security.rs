//! The grammar of security schemes: one table for each type. Nothing here signs in anywhere.

use serde_json::Value;

use super::check::Check;
use super::grammar::Kind::{Object, Text, TextMap, Word};
use super::grammar::{Table, may, needs};
use crate::diagnostic::Pointer;

/// The fields of a security scheme depend on its type.
pub(super) fn schemes(check: &mut Check<'_>, value: &Value, at: &Pointer) {
    for (name, scheme) in check.members(value, at) {
        let at = at.key(name);
        let word = scheme
            .get("type")
            .and_then(Value::as_str)
            .unwrap_or_default();
        match SCHEMES.iter().find(|(known, _)| *known == word) {
            Some((_, table)) => check.object(table, scheme, &at),
            None => check.wrong(
                &at,
                "a security scheme needs a known `type`",
                "write apiKey, http, oauth2 or openIdConnect",
            ),
        }
    }
}

static SCHEMES: &[(&str, &Table)] = &[
    (
        "apiKey",
        &Table {
            what: "an API key scheme",
            fields: &[
                needs("type", Text),
                needs("name", Text),
                needs("in", Word(&["query", "header", "cookie"])),
                may("description", Text),
            ],
        },
    ),
    (
        "http",
        &Table {
            what: "an HTTP scheme",
            fields: &[
                needs("type", Text),
                needs("scheme", Text),
                may("bearerFormat", Text),
                may("description", Text),
            ],
        },
    ),
    (
        "openIdConnect",
        &Table {
            what: "an OpenID scheme",
            fields: &[
                needs("type", Text),
                needs("openIdConnectUrl", Text),
                may("description", Text),
            ],
        },
    ),
    (
        "oauth2",
        &Table {
            what: "an OAuth scheme",
            fields: &[
                needs("type", Text),
                needs("flows", Object(&OAUTH_FLOWS)),
                may("description", Text),
            ],
        },
    ),
];

static OAUTH_FLOWS: Table = Table {
    what: "the flows of an OAuth scheme",
    fields: &[
        may("implicit", Object(&OAUTH_AUTHORIZATION)),
        may("password", Object(&OAUTH_TOKEN)),
        may("clientCredentials", Object(&OAUTH_TOKEN)),
        may("authorizationCode", Object(&OAUTH_BOTH)),
    ],
};

static OAUTH_AUTHORIZATION: Table = Table {
    what: "an OAuth flow",
    fields: &[
        needs("authorizationUrl", Text),
        needs("scopes", TextMap),
        may("refreshUrl", Text),
    ],
};

static OAUTH_TOKEN: Table = Table {
    what: "an OAuth flow",
    fields: &[
        needs("tokenUrl", Text),
        needs("scopes", TextMap),
        may("refreshUrl", Text),
    ],
};

static OAUTH_BOTH: Table = Table {
    what: "an OAuth flow",
    fields: &[
        needs("authorizationUrl", Text),
        needs("tokenUrl", Text),
        needs("scopes", TextMap),
        may("refreshUrl", Text),
    ],
};
