//! A key from a file, as Docker, Kubernetes and systemd hand secrets to a program.
//!
//! The file is opened once, and what is checked is what was opened: nobody can swap it in between.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use secrecy::zeroize::Zeroizing;

use super::ApiKey;
use crate::error::{Error, Escaped};

/// Far longer than any key, so that a wrong path does not read a large file.
const LONGEST: usize = 4096;

impl ApiKey {
    /// Reads a key from a file that nobody but its owner may read. One line break at its end is left out.
    ///
    /// The file is read at once, without regard to an async runtime: do it when the program starts.
    ///
    /// ```
    /// use stripe_core::ApiKey;
    ///
    /// let error = ApiKey::from_file("/no/such/file").unwrap_err();
    /// assert!(error.to_string().contains("there is no such file"));
    /// ```
    ///
    /// # Errors
    ///
    /// [`Config`](crate::ErrorKind::Config) if the file is missing, cannot be read or does not hold a key and nothing
    /// else; on Unix also if its mode lets its group or everybody read or write it. No error repeats what is in it.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, Error> {
        read(path.as_ref(), Access::Owner)
    }

    /// The same for a file that others may read as well, such as one in `/run/secrets`: Docker and Kubernetes mount secrets
    /// so, unless they are told otherwise. It is safe where everything that runs in the container may know the key.
    ///
    /// # Errors
    ///
    /// As [`from_file`](Self::from_file), but for the mode.
    pub fn from_file_readable_by_others(path: impl AsRef<Path>) -> Result<Self, Error> {
        read(path.as_ref(), Access::Anybody)
    }
}

/// Who may read the file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Owner,
    Anybody,
}

#[inline]
fn read(path: &Path, access: Access) -> Result<ApiKey, Error> {
    let open = || {
        let file = File::open(path)?;
        let mode = others_mode(&file)?;
        Ok((file, mode))
    };
    let (file, mode) = open().map_err(|error| unreadable(path, error))?;
    match mode {
        Some(mode) if access == Access::Owner => {
            let reason = format!(
                "others than its owner may read or write it (mode {mode:04o}): `chmod 600` it, or call \
                 `from_file_readable_by_others` if that is meant to be so"
            );
            return Err(refuse(path, &reason));
        }
        _ => {}
    }
    let text = contents(file).map_err(|error| unreadable(path, error))?;
    if text.len() > LONGEST {
        return Err(refuse(
            path,
            "it is too long to be a key: it has to hold the key and nothing else",
        ));
    }
    let key = text.strip_suffix('\n').unwrap_or(&text);
    let key = key.strip_suffix('\r').unwrap_or(key);
    if key.is_empty() {
        return Err(refuse(path, "it is empty: it has to hold the key"));
    }
    ApiKey::check(key).map_err(|error| refuse(path, &error.to_string()))
}

/// At most one byte more than a key may have. The buffer never grows, so that no copy of a key stays behind.
#[inline]
fn contents(file: File) -> io::Result<Zeroizing<String>> {
    let most = LONGEST.saturating_add(1);
    let mut text = Zeroizing::new(String::with_capacity(most.saturating_mul(2)));
    file.take(u64::try_from(most).unwrap_or(u64::MAX))
        .read_to_string(&mut text)?;
    Ok(text)
}

/// The mode of the file, if it lets others than the owner read it, or write another key into it.
#[cfg(unix)]
#[inline]
fn others_mode(file: &File) -> io::Result<Option<u32>> {
    use std::os::unix::fs::PermissionsExt;
    const OTHERS: u32 = 0o066;
    let mode = file.metadata()?.permissions().mode() & 0o7777;
    Ok(Some(mode).filter(|mode| mode & OTHERS != 0))
}

/// Elsewhere there is no mode.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "the same on every system")]
fn others_mode(_: &File) -> io::Result<Option<u32>> {
    Ok(None)
}

#[inline]
fn unreadable(path: &Path, error: io::Error) -> Error {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => {
            "there is no such file: check the path, and what puts the file there"
        }
        io::ErrorKind::PermissionDenied => "this program may not read it: make its user the owner",
        io::ErrorKind::InvalidData => {
            "it does not hold text: it has to hold the key and nothing else"
        }
        _ => "it cannot be read",
    };
    refuse(path, reason).with_source(error)
}

#[inline]
fn refuse(path: &Path, reason: &str) -> Error {
    let path = path.to_string_lossy();
    // Somebody may have given the key itself for a path.
    let is_key = |part: &str| part.starts_with("sk_") || part.starts_with("rk_");
    if path.split(['/', '\\']).any(is_key) {
        return Error::config(format!(
            "the file of the API key: {reason} (its path looks like a key, and is not shown)"
        ));
    }
    Error::config(format!(
        "the file of the API key, `{}`: {reason}",
        Escaped(&path)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that is gone when the test is over.
    struct Scratch(std::path::PathBuf);

    impl Scratch {
        fn new(name: &str, contents: &[u8], mode: u32) -> Self {
            let name = format!("stripe-core-key-{}-{name}", std::process::id());
            let path = std::env::temp_dir().join(name);
            std::fs::write(&path, contents).unwrap();
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            }
            let _ = mode;
            Self(path)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            let _ = std::fs::remove_file(&self.0);
        }
    }

    const KEY: &str = "sk_test_FAKEcanary012345";

    fn shown(error: &Error) -> String {
        use std::error::Error as _;
        assert_eq!(error.kind(), crate::ErrorKind::Config);
        let text = format!("{error} {error:?} {:?}", error.source());
        assert!(!text.contains("canary"), "{text}");
        text
    }

    #[test]
    fn k4_one_line_break_at_the_end_is_left_out() {
        for (number, end) in ["", "\n", "\r\n"].into_iter().enumerate() {
            let contents = format!("{KEY}{end}");
            let file = Scratch::new(&format!("end-{number}"), contents.as_bytes(), 0o600);
            assert_eq!(ApiKey::from_file(&file.0).unwrap().expose(), KEY);
        }
    }

    #[test]
    fn k4_what_is_not_one_key_is_refused() {
        let long = "x".repeat(5_000);
        for (number, (contents, reason)) in [
            (&b""[..], "it is empty"),
            (b"\n", "it is empty"),
            (b"sk_test_canary\n\n", "white space"),
            (b" sk_test_canary", "white space"),
            (b"sk_test_canary\nsk_test_canary2\n", "a space, a control"),
            (b"\xef\xbb\xbfsk_test_canary", "non-ASCII"),
            (b"pk_test_canary", "publishable"),
            (b"sk_test_canary\xff", "it does not hold text"),
            (long.as_bytes(), "too long"),
        ]
        .into_iter()
        .enumerate()
        {
            let file = Scratch::new(&format!("bad-{number}"), contents, 0o600);
            let shown = shown(&ApiKey::from_file(&file.0).unwrap_err());
            assert!(shown.contains(reason), "{shown}");
            assert!(shown.contains(&format!("bad-{number}`")), "{shown}");
        }
    }

    #[test]
    fn k4_a_file_has_4096_bytes_at_most() {
        for (length, is_taken) in [(LONGEST, true), (LONGEST + 1, false)] {
            let key = "x".repeat(length);
            let file = Scratch::new(&format!("length-{length}"), key.as_bytes(), 0o600);
            let read = ApiKey::from_file(&file.0);
            assert_eq!(read.is_ok(), is_taken, "{length}");
            if let Err(error) = read {
                assert!(shown(&error).contains("too long"));
            }
        }
    }

    #[test]
    fn k4_what_keeps_a_file_from_being_read_is_told() {
        for (kind, reason) in [
            (io::ErrorKind::NotFound, "there is no such file"),
            (io::ErrorKind::PermissionDenied, "make its user the owner"),
            (io::ErrorKind::InvalidData, "it does not hold text"),
            (io::ErrorKind::Other, "it cannot be read"),
        ] {
            let error = unreadable(Path::new("key"), kind.into());
            assert!(shown(&error).contains(reason), "{kind:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn k4_a_file_that_others_may_read_needs_to_be_asked_for() {
        for mode in [0o644, 0o640, 0o604, 0o444, 0o620, 0o602, 0o666] {
            let file = Scratch::new(&format!("mode-{mode:o}"), KEY.as_bytes(), mode);
            let shown = shown(&ApiKey::from_file(&file.0).unwrap_err());
            assert!(shown.contains(&format!("mode 0{mode:o}")), "{shown}");
            assert!(shown.contains("from_file_readable_by_others"), "{shown}");
            assert!(ApiKey::from_file_readable_by_others(&file.0).is_ok());
        }
        for mode in [0o600, 0o400, 0o700, 0o711] {
            let file = Scratch::new(&format!("mode-{mode:o}"), KEY.as_bytes(), mode);
            assert!(ApiKey::from_file(&file.0).is_ok(), "{mode:o}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn k4_a_link_is_as_private_as_what_it_leads_to() {
        let file = Scratch::new("target", KEY.as_bytes(), 0o644);
        let link = Scratch(file.0.with_extension("link"));
        std::os::unix::fs::symlink(&file.0, &link.0).unwrap();
        assert!(ApiKey::from_file(&link.0).is_err());
        assert!(ApiKey::from_file_readable_by_others(&link.0).is_ok());
    }

    #[test]
    fn k4_a_missing_file_and_a_folder_are_told_apart() {
        let missing = shown(&ApiKey::from_file("/no/such/file\n").unwrap_err());
        assert!(missing.contains("there is no such file"), "{missing}");
        let folder = ApiKey::from_file_readable_by_others(std::env::temp_dir()).unwrap_err();
        assert!(!shown(&folder).contains("no such file"));
    }

    #[test]
    fn k4_a_key_given_for_a_path_is_not_repeated() {
        shown(&ApiKey::from_file(KEY).unwrap_err());
        shown(&ApiKey::from_file("rk_live_FAKEcanary012345").unwrap_err());
    }
}
