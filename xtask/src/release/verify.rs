//! `cargo xtask verify-release`: whether a folder that somebody downloaded is a release of ours, whole and unchanged.
//!
//! The signature is checked by another author's code than made it. It needs no network, and trusts nothing in the folder
//! but the key that it was given.

use std::fs;
use std::path::Path;

use minisign_verify::{PublicKey, Signature};

use super::{SIGNATURE, SUMS, content, files, origin};
use crate::cli;
use crate::outcome::{Failure, Outcome};
use crate::pin::sha256;
use crate::sbom::check;
use crate::terminal::say;

/// What was found out.
#[derive(Debug)]
pub(crate) struct Verified {
    /// What the signature says of itself.
    pub(crate) comment: String,
    pub(crate) files: usize,
    /// Why it is not to be used.
    pub(crate) faults: Vec<String>,
}

/// Verifies a folder with a public key, given as a file or as the word in it.
pub(crate) fn run(options: &cli::VerifyRelease) -> Outcome {
    let given = &options.public_key;
    let key = fs::read_to_string(given).unwrap_or_else(|_| given.clone());
    let verified = verify(&options.folder, &key)?;
    if verified.faults.is_empty() {
        say(&format!(
            "verified: {} files, {}",
            verified.files,
            verified.comment.replace('\t', ", ")
        ));
        return Ok(());
    }
    let faults = verified.faults.join("\n  ");
    Err(Failure::Found(format!(
        "do not use this release:\n  {faults}"
    )))
}

/// Checks the signature first; what is not signed is not looked at.
pub(crate) fn verify(folder: &Path, public_key: &str) -> Result<Verified, Failure> {
    let files = files(folder)?;
    let bytes = |name: &str| {
        let file = files.iter().find(|(other, _)| other == name);
        file.map(|(_, bytes)| bytes.as_slice())
            .ok_or_else(|| Failure::Found(format!("do not use this release: it has no {name}")))
    };
    let sums = bytes(SUMS)?;
    let comment = match signed(sums, bytes(SIGNATURE)?, public_key)? {
        Ok(comment) => comment,
        Err(fault) => {
            return Ok(Verified {
                comment: String::new(),
                files: files.len(),
                faults: vec![fault],
            });
        }
    };
    let sums = String::from_utf8_lossy(sums);
    let mut faults = unlike(&sums, &files);
    faults.extend(incomplete(&files));
    faults.extend(of_elsewhere(&files, &comment));
    Ok(Verified {
        comment,
        files: files.len(),
        faults,
    })
}

/// The trusted comment; or why the signature does not count.
fn signed(sums: &[u8], signature: &[u8], key: &str) -> Result<Result<String, String>, Failure> {
    let line = key.lines().map(str::trim).rfind(|line| !line.is_empty());
    let key = PublicKey::from_base64(line.unwrap_or_default())
        .map_err(|error| Failure::CouldNotRun(format!("--public-key: {error}")))?;
    let text = String::from_utf8_lossy(signature);
    let signature = match Signature::decode(&text) {
        Ok(signature) => signature,
        Err(error) => return Ok(Err(format!("{SIGNATURE}: it is no signature: {error}"))),
    };
    // The older form, without a hash, is not ours.
    Ok(match key.verify(sums, &signature, false) {
        Ok(()) => Ok(signature.trusted_comment().to_owned()),
        Err(error) => Err(format!(
            "{SIGNATURE}: {SUMS} was not signed with this key: {error}"
        )),
    })
}

/// Where the files are not what the checksums say: changed, missing, or added.
fn unlike(sums: &str, files: &[(String, Vec<u8>)]) -> Vec<String> {
    let listed: Vec<(&str, &str)> = sums
        .lines()
        .filter_map(|line| line.split_once("  "))
        .collect();
    let mut faults = Vec::new();
    for (sum, name) in &listed {
        match files.iter().find(|(other, _)| other == name) {
            None => faults.push(format!("{name}: it is missing")),
            Some((_, bytes)) if sha256(bytes) != *sum => {
                faults.push(format!("{name}: it is not what was released"));
            }
            Some(_) => {}
        }
    }
    let is_listed = |name: &str| {
        name == SUMS || name == SIGNATURE || listed.iter().any(|(_, other)| *other == name)
    };
    let added = files.iter().filter(|(name, _)| !is_listed(name));
    faults.extend(added.map(|(name, _)| format!("{name}: it is not part of the release")));
    faults
}

/// Crates of another commit than the signed one.
fn of_elsewhere(files: &[(String, Vec<u8>)], comment: &str) -> Vec<String> {
    let Some(commit) = origin::named(comment) else {
        return vec![format!("{SIGNATURE}: it names no commit")];
    };
    let crates = files.iter().filter(|(name, _)| name.ends_with(".crate"));
    let faults = crates.filter_map(|(name, bytes)| origin::fault(name, bytes, commit));
    faults.collect()
}

/// What belongs to a release and is not there, or cannot be used: crates, and a bill of materials for each.
fn incomplete(files: &[(String, Vec<u8>)]) -> Vec<String> {
    let crates: Vec<_> = files
        .iter()
        .filter_map(|(name, bytes)| Some((name.strip_suffix(".crate")?, bytes)))
        .collect();
    let mut faults = Vec::new();
    if crates.is_empty() {
        faults.push("there is no crate in it".to_owned());
    }
    for (name, bytes) in crates {
        if let Err(fault) = content::check(&format!("{name}.crate"), bytes) {
            faults.push(fault.message().to_owned());
        }
        let bill = format!("{name}.cdx.json");
        let Some((_, text)) = files.iter().find(|(other, _)| *other == bill) else {
            faults.push(format!("{bill}: the bill of materials is missing"));
            continue;
        };
        let text = String::from_utf8_lossy(text);
        faults.extend(
            check::faults(&text)
                .into_iter()
                .map(|it| format!("{bill}: {it}")),
        );
        let of = check::subject(&text).map(|(subject, version)| format!("{subject}-{version}"));
        if of.as_deref() != Some(name) {
            faults.push(format!("{bill}: it is of something else"));
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::release::archive::pack;
    use crate::release::signature::SecretKey;
    use crate::scratch::Scratch;

    const CRATE: &str = "stripe-core-1.0.0.crate";
    const BILL: &str = "stripe-core-1.0.0.cdx.json";
    const COMMENT: &str = "version:1.0.0\tcommit:12";

    /// A release in a folder, signed; its files can be left out before that.
    fn release(name: &str, without: &[&str]) -> (Scratch, SecretKey) {
        let root = "stripe-core-1.0.0";
        let paths = [
            ".cargo_vcs_info.json",
            "Cargo.toml",
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "src/lib.rs",
        ];
        let paths = paths.map(|path| format!("{root}/{path}"));
        let text = r#"{ "git": { "sha1": "12" } }"#;
        let members: Vec<_> = paths.iter().map(|path| (path.as_str(), text)).collect();
        let bill = r#"{ "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1,
            "metadata": { "timestamp": "2026-11-24T00:00:00Z", "component": { "type": "library", "bom-ref": "a",
                "name": "stripe-core", "version": "1.0.0", "purl": "a", "licenses": [{ "expression": "MIT" }] } },
            "components": [{ "type": "library", "bom-ref": "b", "name": "stripe-generated", "version": "1.0.0", "purl": "b",
                "licenses": [{ "expression": "MIT" }] }],
            "dependencies": [{ "ref": "a", "dependsOn": ["b"] }, { "ref": "b" }] }"#;
        let scratch = Scratch::new(name);
        let mut sums = String::new();
        for (name, bytes) in [(CRATE, pack(&members)), (BILL, bill.into())] {
            if !without.contains(&name) {
                sums += &format!("{}  {name}\n", sha256(&bytes));
                fs::write(scratch.path(name), bytes).unwrap();
            }
        }
        let key = SecretKey::throw_away().unwrap();
        scratch.write(SIGNATURE, &key.sign(sums.as_bytes(), COMMENT));
        scratch.write(SUMS, &sums);
        (scratch, key)
    }

    fn faults(scratch: &Scratch, key: &SecretKey) -> Vec<String> {
        verify(&scratch.path(""), key.public().line())
            .unwrap()
            .faults
    }

    #[test]
    fn p3_a_release_that_is_whole_is_verified() {
        let (scratch, key) = release("whole", &[]);
        let verified = verify(&scratch.path(""), &key.public().text()).unwrap();
        assert_eq!(verified.faults, Vec::<String>::new());
        assert_eq!((verified.files, &*verified.comment), (4, COMMENT));
    }

    #[test]
    fn p4_crates_of_another_commit_than_the_signed_one_are_refused() {
        let (scratch, key) = release("elsewhere", &[]);
        let sums = fs::read(scratch.path(SUMS)).unwrap();
        for (comment, expected) in [
            (
                "version:1.0.0\tcommit:13",
                "packaged from 12, and not from 13",
            ),
            ("version:1.0.0", "names no commit"),
        ] {
            scratch.write(SIGNATURE, &key.sign(&sums, comment));
            let [fault] = &faults(&scratch, &key)[..] else {
                panic!("one fault for {comment}");
            };
            assert!(fault.contains(expected), "{fault}");
        }
    }

    #[test]
    fn p3_one_flipped_bit_anywhere_is_refused() {
        let (scratch, key) = release("flipped", &[]);
        for name in [CRATE, BILL, SUMS, SIGNATURE] {
            let path = scratch.path(name);
            let sound = fs::read(&path).unwrap();
            // A comment that says of itself that it is not trusted may be anything.
            let start = if name == SIGNATURE {
                sound.iter().position(|it| *it == b'\n').unwrap() + 1
            } else {
                0
            };
            for at in (start..sound.len()).step_by(7) {
                let mut flipped = sound.clone();
                flipped[at] ^= 1;
                fs::write(&path, flipped).unwrap();
                assert!(!faults(&scratch, &key).is_empty(), "{name}, byte {at}");
            }
            fs::write(&path, sound).unwrap();
        }
        assert!(faults(&scratch, &key).is_empty(), "and sound again");
    }

    #[test]
    fn p3_another_key_does_not_verify() {
        let (scratch, _) = release("another", &[]);
        let [fault] = &faults(&scratch, &SecretKey::throw_away().unwrap())[..] else {
            panic!("one fault");
        };
        assert!(fault.contains("was not signed with this key"), "{fault}");
        assert!(verify(&scratch.path(""), "no key").is_err());
    }

    #[test]
    fn p3_what_is_added_or_missing_is_told() {
        let (scratch, key) = release("added", &[]);
        scratch.write("install.sh", "");
        assert_eq!(
            faults(&scratch, &key),
            ["install.sh: it is not part of the release"]
        );
        fs::remove_file(scratch.path("install.sh")).unwrap();
        fs::remove_file(scratch.path(CRATE)).unwrap();
        assert!(faults(&scratch, &key).contains(&format!("{CRATE}: it is missing")));
        fs::remove_file(scratch.path(SIGNATURE)).unwrap();
        let failure = verify(&scratch.path(""), key.public().line()).unwrap_err();
        assert!(
            failure.message().contains(SIGNATURE),
            "{}",
            failure.message()
        );
    }

    #[test]
    fn b3_a_release_without_a_bill_of_materials_is_refused() {
        let (scratch, key) = release("without-bill", &[BILL]);
        assert_eq!(
            faults(&scratch, &key),
            [format!("{BILL}: the bill of materials is missing")]
        );
        let (scratch, key) = release("without-crate", &[CRATE]);
        assert_eq!(faults(&scratch, &key), ["there is no crate in it"]);
    }
}
