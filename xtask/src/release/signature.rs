//! Keys and signatures in minisign's form, so that its users need no program of ours. Signing only: what is verified is
//! verified by another author's code.
//!
//! The same key and the same bytes give the same signature. A secret key is one without a password (`minisign -G -W`): a
//! machine signs, and what keeps its secrets is what protects the key.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use blake2::{Blake2b512, Digest};
use ed25519_compact::{KeyPair, Seed};

use crate::outcome::Failure;

/// Ed25519, of keys.
const PURE: &[u8; 2] = b"Ed";
/// Ed25519 of a BLAKE2b hash, of signatures.
const HASHED: &[u8; 2] = b"ED";
/// No password; BLAKE2b.
const WITHOUT_PASSWORD: &[u8; 4] = b"\0\0B2";
/// Salt and cost of the password.
const PASSWORD_LENGTH: usize = 48;

/// Signs.
pub(crate) struct SecretKey {
    pair: KeyPair,
    number: [u8; 8],
}

/// What a signature is verified with.
pub(crate) struct PublicKey {
    line: String,
}

impl SecretKey {
    /// A key for a rehearsal.
    pub(crate) fn throw_away() -> Result<Self, Failure> {
        let failed =
            |error| Failure::CouldNotRun(format!("the system has no random numbers: {error}"));
        let (mut seed, mut number) = ([0; 32], [0; 8]);
        getrandom::fill(&mut seed).map_err(failed)?;
        getrandom::fill(&mut number).map_err(failed)?;
        let pair = KeyPair::from_seed(Seed::new(seed));
        Ok(Self { pair, number })
    }

    /// Reads a file as `minisign -G -W` writes it. What is wrong is told without the key.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let line = text.lines().nth(1).unwrap_or_default().trim();
        let bytes = STANDARD.decode(line);
        let Ok(bytes) = bytes else {
            let fault = "the second line is no Base64: is this a secret key of minisign?";
            return Err(fault.to_owned());
        };
        let (head, rest) = bytes.split_at_checked(6).unwrap_or((&[], &[]));
        if head.get(..2) != Some(PURE) {
            return Err("this is no secret key of minisign".to_owned());
        }
        if head.get(2..) != Some(WITHOUT_PASSWORD) {
            return Err(
                "it has a password: make one for this machine with `minisign -G -W`".to_owned(),
            );
        }
        let fault = || "it is damaged".to_owned();
        let rest = rest.get(PASSWORD_LENGTH..).ok_or_else(fault)?;
        let (number, rest) = rest.split_first_chunk::<8>().ok_or_else(fault)?;
        let (seed, rest) = rest.split_first_chunk::<32>().ok_or_else(fault)?;
        let pair = KeyPair::from_seed(Seed::new(*seed));
        // Without a password minisign leaves the checksum empty; what tells of damage is the public half.
        if rest.get(..32) != Some(&*pair.pk) || rest.len() != 2 * 32 {
            return Err(fault());
        }
        Ok(Self {
            pair,
            number: *number,
        })
    }

    /// The file for it.
    pub(crate) fn text(&self) -> String {
        let parts: [&[u8]; 6] = [
            PURE,
            WITHOUT_PASSWORD,
            &[0; PASSWORD_LENGTH],
            &self.number,
            &*self.pair.sk,
            &[0; 32],
        ];
        let line = STANDARD.encode(parts.concat());
        format!("untrusted comment: minisign secret key\n{line}\n")
    }

    pub(crate) fn public(&self) -> PublicKey {
        let parts: [&[u8]; 3] = [PURE, &self.number, &*self.pair.pk];
        PublicKey {
            line: STANDARD.encode(parts.concat()),
        }
    }

    /// The file with the signature of some bytes, and of a comment that can be trusted as they can.
    pub(crate) fn sign(&self, bytes: &[u8], comment: &str) -> String {
        let signature = self.pair.sk.sign(Blake2b512::digest(bytes), None);
        let whole = self
            .pair
            .sk
            .sign([&*signature, comment.as_bytes()].concat(), None);
        let parts: [&[u8]; 3] = [HASHED, &self.number, &*signature];
        format!(
            "untrusted comment: minisign signature\n{}\ntrusted comment: {comment}\n{}\n",
            STANDARD.encode(parts.concat()),
            STANDARD.encode(*whole)
        )
    }
}

impl PublicKey {
    /// The key as one word.
    pub(crate) fn line(&self) -> &str {
        &self.line
    }

    /// The file for it.
    pub(crate) fn text(&self) -> String {
        format!("untrusted comment: minisign public key\n{}\n", self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p3_the_same_bytes_have_the_same_signature() {
        let key = SecretKey::throw_away().unwrap();
        let again = SecretKey::parse(&key.text()).unwrap();
        assert_eq!(key.sign(b"sums", "comment"), again.sign(b"sums", "comment"));
        assert_ne!(key.sign(b"sums", "comment"), key.sign(b"sums", "comments"));
        assert_ne!(key.text(), SecretKey::throw_away().unwrap().text());
    }

    #[test]
    fn a_key_that_is_none_is_told_without_its_text() {
        let good = SecretKey::throw_away().unwrap().text();
        let line = good.lines().nth(1).unwrap();
        let with_password = line.replacen("RWQAAEIy", "RWRTY0Iy", 1);
        let mut damaged = line.to_owned();
        let letter = damaged.remove(100);
        damaged.insert(100, if letter == 'A' { 'B' } else { 'A' });
        let cut_off = line.get(..40).unwrap();
        for (line, why) in [
            ("", "no secret key"),
            ("!", "no Base64"),
            (&*SecretKey::throw_away().unwrap().public().line, "password"),
            (&with_password, "password"),
            (&damaged, "damaged"),
            (cut_off, "damaged"),
        ] {
            let fault = SecretKey::parse(&format!("untrusted comment: x\n{line}\n"))
                .err()
                .unwrap();
            assert!(fault.contains(why), "{why}: {fault}");
            assert!(line.len() < 8 || !fault.contains(line));
        }
    }
}
