//! A key from the environment, where the names are those that Stripe's documents use.

use std::ffi::OsString;

use super::ApiKey;
use crate::error::Error;

/// The variables that are read, in order.
const VARIABLES: [&str; 2] = ["STRIPE_SECRET_KEY", "STRIPE_API_KEY"];

impl ApiKey {
    /// Reads `STRIPE_SECRET_KEY`, or `STRIPE_API_KEY` if that is not set.
    ///
    /// There is no way to read a key from the arguments of the program: every user of the machine can list those.
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if neither is set, or the first that is set is not a key.
    pub fn from_env() -> Result<Self, Error> {
        from_variables(|name| std::env::var_os(name))
    }
}

fn from_variables(read: impl Fn(&str) -> Option<OsString>) -> Result<ApiKey, Error> {
    for name in VARIABLES {
        let Some(value) = read(name) else { continue };
        // An `OsString` in an error would print the key.
        let Ok(value) = value.into_string() else {
            return Err(Error::config(format!(
                "{name} is not text: set it to the key alone"
            )));
        };
        return ApiKey::new(value).map_err(|error| Error::config(format!("{name}: {error}")));
    }
    Err(Error::config("no API key: set STRIPE_SECRET_KEY"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &'static [(&str, &str)]) -> Result<ApiKey, Error> {
        from_variables(|name| {
            let found = pairs.iter().find(|(variable, _)| *variable == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn k4_the_secret_key_variable_comes_first() {
        for (pairs, key) in [
            (
                &[
                    ("STRIPE_API_KEY", "rk_test_b"),
                    ("STRIPE_SECRET_KEY", "sk_test_a"),
                ][..],
                "sk_test_a",
            ),
            (&[("STRIPE_API_KEY", "rk_test_b")][..], "rk_test_b"),
        ] {
            assert_eq!(read(pairs).unwrap().expose(), key);
        }
    }

    #[test]
    fn k4_a_variable_that_is_set_and_wrong_is_reported_and_not_skipped() {
        assert!(
            read(&[])
                .unwrap_err()
                .to_string()
                .contains("STRIPE_SECRET_KEY")
        );
        for value in ["", " sk_test_canary0123", "pk_test_canary0123"] {
            let error = from_variables(|_| Some(OsString::from(value))).unwrap_err();
            let shown = format!("{error} {error:?}");
            assert!(shown.contains("STRIPE_SECRET_KEY: "), "{shown}");
            assert!(!shown.contains("canary"), "{shown}");
        }
        let wrong_first = [("STRIPE_SECRET_KEY", ""), ("STRIPE_API_KEY", "rk_test_b")];
        assert!(
            from_variables(|name| {
                let found = wrong_first.iter().find(|(variable, _)| *variable == name);
                found.map(|(_, value)| OsString::from(value))
            })
            .is_err()
        );
    }

    #[cfg(unix)]
    #[test]
    fn k4_a_variable_that_is_not_text_is_not_repeated() {
        use std::os::unix::ffi::OsStringExt;
        let value = || OsString::from_vec(b"sk_test_canary\xff".to_vec());
        let error = from_variables(|_| Some(value())).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("canary"));
    }
}
