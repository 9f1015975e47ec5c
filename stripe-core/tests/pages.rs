//! Pages of 16 MiB that are made to cost as much as they can: reading them takes time in proportion, and memory within
//! bounds. Each is read in a process of its own, whose peak and processor time the system keeps.
//!
//! Only with the feature `testing`, since it takes ten seconds of the processor.

#![cfg(all(feature = "testing", target_os = "linux"))]
#![allow(missing_docs, reason = "the subjects of the tests")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "tests may panic, and this one tells its parent what it found"
)]

use std::process::Command;

use stripe_core::decode::Decode;
use stripe_core::types::{Json, Map, ObjectId};
use stripe_core::{Expandable, List};

const SIZE: usize = 16 * 1024 * 1024;
/// In a build without optimisation, of the processor and not of the clock. What is quadratic would take hours.
const MOST_SECONDS: f64 = 20.0;
const PAGE: &str = "STRIPE_TEST_PAGE";

stripe_core::object! {
    pub struct Thing {
        pub free: Option<Json>,
        pub id: String,
        pub metadata: Option<Map<String>>,
        pub other: Option<Expandable<ObjectId>>,
    }
}

stripe_core::either! {
    pub enum Choice {
        Number(i64),
        Things(Vec<Thing>),
        Text(String),
    }
}

stripe_core::object! {
    pub struct Holder {
        pub choice: Option<Choice>,
        pub texts: Option<Vec<String>>,
        pub thing: Option<Thing>,
    }
}

/// `start`, as many times `part` as there is room for, each with a number in the place of `@`, and `end`.
fn filled(start: &str, part: &str, end: &str) -> String {
    let mut text = String::with_capacity(SIZE + 64);
    text.push_str(start);
    let mut number = 0_u64;
    while text.len() < SIZE {
        for piece in part.split_inclusive('@') {
            match piece.strip_suffix('@') {
                Some(piece) => text.push_str(&format!("{piece}{number}")),
                None => text.push_str(piece),
            }
        }
        text.push(',');
        number += 1;
    }
    text.pop();
    text.push_str(end);
    text
}

type Read = fn(&[u8]) -> bool;

/// A page, how it is read, and how many times its size the process may need at most, with the page itself.
struct Page {
    name: &'static str,
    parts: (&'static str, &'static str, &'static str),
    read: Read,
    most: usize,
}

const fn page(
    name: &'static str,
    parts: (&'static str, &'static str, &'static str),
    read: Read,
    most: usize,
) -> Page {
    Page {
        name,
        parts,
        read,
        most,
    }
}

fn is_list(json: &[u8]) -> bool {
    List::<Thing>::decode(json).is_ok()
}

fn is_holder(json: &[u8]) -> bool {
    Holder::decode(json).is_ok()
}

const REST: &str = r#"],"has_more":false,"url":"/v1/x"}"#;
const ID: &str = r#"{"data":[{"id":"x","#;
const ID_REST: &str = r#"}],"has_more":false,"url":"/v1/x"}"#;

/// Four times the size, but where every few bytes become a value with a place of its own, as in a list of small objects or
/// a map of one entry: that costs more than it weighs, and no more than in proportion.
const PAGES: [Page; 8] = [
    page(
        "objects",
        (
            r#"{"data":["#,
            r#"{"id":"thing_@","metadata":{"order":"A text of some length, as there are."},"new":[1,2]}"#,
            REST,
        ),
        is_list,
        16,
    ),
    page(
        "duplicates",
        (ID, r#""free":[@,@,@,@]"#, ID_REST),
        is_list,
        4,
    ),
    page(
        "duplicate unknowns",
        (ID, r#""new":{"a":@}"#, ID_REST),
        is_list,
        8,
    ),
    page(
        "wide",
        (
            r#"{"data":[{"id":"x","new":["#,
            "{\"a\":[@]}",
            r#"]}],"has_more":false,"url":"/v1/x"}"#,
        ),
        is_list,
        4,
    ),
    page(
        "escapes",
        (
            r#"{"data":[{"id":""#,
            r"\ud83d\ude00\n\u0041",
            r#""}],"has_more":false,"url":"/v1/x"}"#,
        ),
        is_list,
        4,
    ),
    page(
        "expanded",
        (
            r#"{"data":[{"id":"x","other":{"id":"y","a":["#,
            "{\"@\":null}",
            r#"]}}],"has_more":false,"url":"/v1/x"}"#,
        ),
        is_list,
        4,
    ),
    page(
        "kinds",
        (r#"{"choice":["#, r#"{"id":"@"}"#, r#",7]}"#),
        is_holder,
        16,
    ),
    page("unknowns", (ID, r#""new_@":1"#, ID_REST), is_list, 10),
];

#[test]
fn row_16_pages_cost_no_more_than_in_proportion() {
    for page in &PAGES {
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "--include-ignored", "--nocapture", "one_page"])
            .env(PAGE, page.name)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{}: {said}", page.name);
        let found = said
            .lines()
            .find_map(|line| line.strip_prefix("cost: "))
            .unwrap();
        let (memory, seconds) = found.split_once(' ').unwrap();
        let (memory, seconds): (usize, f64) = (memory.parse().unwrap(), seconds.parse().unwrap());
        println!("{}: {} MiB, {seconds} s", page.name, memory >> 20);
        assert!(memory < page.most * SIZE, "{}: {memory} bytes", page.name);
        assert!(seconds < MOST_SECONDS, "{}: {seconds} s", page.name);
    }
}

/// What the child does.
#[test]
#[ignore = "run by the test above"]
fn one_page() {
    let name = std::env::var(PAGE).unwrap();
    let page = PAGES.iter().find(|page| page.name == name).unwrap();
    let (start, part, end) = page.parts;
    let text = filled(start, part, end);
    assert!((page.read)(text.as_bytes()), "the page is not read");
    println!("\ncost: {} {}", peak(), processor_time());
}

/// The most memory that this process ever held, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    let kilobytes: usize = line.trim().trim_end_matches(" kB").parse().unwrap();
    kilobytes * 1024
}

/// What this process has taken of the processor, in seconds.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let (_, fields) = stat.rsplit_once(") ").unwrap();
    let fields: Vec<&str> = fields.split(' ').collect();
    let ticks: f64 = [11, 12]
        .iter()
        .map(|index| fields[*index].parse::<f64>().unwrap())
        .sum();
    // The kernel counts in hundredths for everyone who reads this file.
    ticks / 100.0
}
