//! The properties with inputs from dice: the seeds as they are, broken in thousands of ways, and bytes without sense. The
//! dice fall the same every time.

use std::fs;
use std::path::Path;

const ROUNDS: usize = 4_000;

/// Numbers that look random (splitmix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((x ^ (x >> 31)) % sides as u64).unwrap()
    }

    fn byte(&mut self) -> u8 {
        let telling = *b"{}[]\",:\\0.\n\r\0%/?# -e9\xff\xc3u";
        match self.roll(2) {
            0 => telling[self.roll(telling.len())],
            _ => u8::try_from(self.roll(256)).unwrap(),
        }
    }

    /// A piece is lost, doubled, moved behind the end, or made up.
    fn break_up(&mut self, bytes: &mut Vec<u8>) {
        let (at, end) = (self.roll(bytes.len() + 1), self.roll(bytes.len() + 1));
        let (at, end) = (at.min(end), at.max(end));
        match self.roll(4) {
            0 => drop(bytes.drain(at..end.min(at + 9))),
            1 => bytes.extend_from_within(at..end),
            2 => bytes.insert(at, self.byte()),
            _ => bytes[at..end]
                .iter_mut()
                .take(2)
                .for_each(|it| *it = self.byte()),
        }
    }
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(target);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|it| it.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{target} has no seeds");
    files.iter().map(|file| fs::read(file).unwrap()).collect()
}

fn hold(target: &str, property: fn(&[u8])) {
    let seeds = seeds(target);
    seeds.iter().for_each(|seed| property(seed));
    let mut dice = Dice(1);
    for round in 0..ROUNDS {
        let mut bytes = if round % 8 == 0 {
            (0..dice.roll(64)).map(|_| dice.byte()).collect()
        } else {
            seeds[dice.roll(seeds.len())].clone()
        };
        for _ in 0..dice.roll(6) {
            dice.break_up(&mut bytes);
        }
        property(&bytes);
    }
}

#[test]
fn row_14_to_17_no_answer_makes_the_client_panic() {
    hold("answers", crate::answers);
}

#[test]
fn row_5_no_page_leads_elsewhere_or_on_without_end() {
    hold("pages", crate::pages);
}

#[test]
fn row_11_no_parameter_grows_into_another() {
    hold("writers", crate::writers);
}

#[test]
fn row_9_and_10_no_id_leads_to_another_operation() {
    hold("paths", crate::paths);
}

#[test]
fn k2_and_row_1_no_text_is_repeated_or_becomes_a_header() {
    hold("texts", crate::texts);
}

#[test]
fn row_24_and_27_no_delivery_is_forged_or_makes_the_reader_panic() {
    hold("webhooks", crate::webhooks);
}

#[test]
fn row_12_no_file_grows_into_another_part() {
    hold("uploads", crate::uploads);
}

#[test]
fn no_document_makes_the_generator_panic() {
    hold("documents", crate::documents);
}
