//! What a key says of itself by its prefix: what it is for, and whether it moves real money.

/// What a key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyKind {
    /// A secret key (`sk_`): it may do everything.
    Secret,
    /// A restricted key (`rk_`): it may do what it was made for.
    Restricted,
    /// A key of an organization (`sk_org_`): each call needs a context.
    Organization,
    /// Another kind of key, such as the token of a meter event session.
    Unknown,
}

/// Whether a key moves real money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyMode {
    /// Test data only.
    Test,
    /// Real money.
    Live,
    /// The key does not say.
    Unknown,
}

impl KeyKind {
    pub(super) fn of(key: &str) -> Self {
        if key.starts_with("sk_org_") {
            Self::Organization
        } else if key.starts_with("sk_") {
            Self::Secret
        } else if key.starts_with("rk_") {
            Self::Restricted
        } else {
            Self::Unknown
        }
    }
}

impl KeyMode {
    pub(super) fn of(key: &str) -> Self {
        let rest = match KeyKind::of(key) {
            KeyKind::Organization => key.get(7..),
            KeyKind::Secret | KeyKind::Restricted => key.get(3..),
            KeyKind::Unknown => None,
        };
        match rest {
            Some(rest) if rest.starts_with("test_") => Self::Test,
            Some(rest) if rest.starts_with("live_") => Self::Live,
            _ => Self::Unknown,
        }
    }
}

/// The part of a key before the secret one.
pub(super) fn prefix(kind: KeyKind, mode: KeyMode) -> &'static str {
    match (kind, mode) {
        (KeyKind::Secret, KeyMode::Test) => "sk_test_",
        (KeyKind::Secret, KeyMode::Live) => "sk_live_",
        (KeyKind::Secret, KeyMode::Unknown) => "sk_",
        (KeyKind::Restricted, KeyMode::Test) => "rk_test_",
        (KeyKind::Restricted, KeyMode::Live) => "rk_live_",
        (KeyKind::Restricted, KeyMode::Unknown) => "rk_",
        (KeyKind::Organization, KeyMode::Test) => "sk_org_test_",
        (KeyKind::Organization, KeyMode::Live) => "sk_org_live_",
        (KeyKind::Organization, KeyMode::Unknown) => "sk_org_",
        (KeyKind::Unknown, _) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k3_kind_and_mode_follow_the_prefix() {
        for (key, kind, mode) in [
            ("sk_test_x", KeyKind::Secret, KeyMode::Test),
            ("sk_live_x", KeyKind::Secret, KeyMode::Live),
            ("rk_test_x", KeyKind::Restricted, KeyMode::Test),
            ("rk_live_x", KeyKind::Restricted, KeyMode::Live),
            ("sk_org_test_x", KeyKind::Organization, KeyMode::Test),
            ("sk_org_live_x", KeyKind::Organization, KeyMode::Live),
            ("sk_org_x", KeyKind::Organization, KeyMode::Unknown),
            ("sk_x", KeyKind::Secret, KeyMode::Unknown),
            ("sk_tester_x", KeyKind::Secret, KeyMode::Unknown),
            ("SK_LIVE_X", KeyKind::Unknown, KeyMode::Unknown),
            ("token", KeyKind::Unknown, KeyMode::Unknown),
        ] {
            assert_eq!((KeyKind::of(key), KeyMode::of(key)), (kind, mode), "{key}");
        }
    }
}
