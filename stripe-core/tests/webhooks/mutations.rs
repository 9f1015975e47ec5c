//! A million broken deliveries: whatever is done to a signed one, it is taken only if payload, time and signature are still
//! there.

use stripe_core::webhook::{Verifier, sign};

use crate::{NOW, PAYLOAD, secret, verifier};

const ROUNDS: usize = 1_000_000;

/// Numbers that look random (splitmix64), the same in each run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((x ^ (x >> 31)) % sides as u64).unwrap()
    }

    /// Changes a bit, replaces, inserts, doubles or removes a byte, or swaps two.
    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        const TELLING: &[u8] = b"0123456789abcdefABCDEF,=tv.{}\" \0\xff";
        let (at, other) = (self.roll(bytes.len()), self.roll(bytes.len()));
        let telling = TELLING[self.roll(TELLING.len())];
        match self.roll(6) {
            0 => bytes[at] ^= 1 << self.roll(8),
            1 => bytes[at] = telling,
            2 => bytes.insert(at, telling),
            3 => bytes.insert(at, bytes[at]),
            4 if bytes.len() > 1 => drop(bytes.remove(at)),
            _ => bytes.swap(at, other),
        }
    }
}

/// Whether the header still says the time and the signature, in whatever case and order.
fn is_genuine(header: &[u8], original: &str) -> bool {
    let header = String::from_utf8_lossy(header).to_ascii_lowercase();
    let items: Vec<_> = header.split(',').collect();
    original.split(',').all(|item| items.contains(&item))
}

#[test]
fn row_24_a_million_mutations_are_never_accepted() {
    let original = sign(PAYLOAD, &secret(), NOW);
    let verifier: Verifier = verifier();
    let mut dice = Dice(24);
    let mut taken = 0;
    for _ in 0..ROUNDS {
        let (mut header, mut payload) = (original.clone().into_bytes(), PAYLOAD.to_vec());
        for _ in 0..=dice.roll(3) {
            match dice.roll(2) {
                0 => dice.mutate(&mut header),
                _ => dice.mutate(&mut payload),
            }
        }
        let is_genuine = payload == PAYLOAD && is_genuine(&header, &original);
        if verifier.verify(&payload, &header).is_ok() {
            assert!(is_genuine, "{}", String::from_utf8_lossy(&header));
            taken += 1;
        }
    }
    // Some changes change nothing, such as the case of a digit: else the test would not show that it can tell.
    assert!((1..ROUNDS / 10).contains(&taken), "{taken}");
}
