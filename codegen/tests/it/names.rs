//! x
use crate::document::*;
use codegen::Settings;
#[test]
fn probe() {
    let with = committed();
    let fresh = expect("a", pinned(), &Settings { names: String::new(), ..reviewed() });
    let old = reviewed().names;
    for line in with.names.lines() { if !old.lines().any(|it| it == line) { println!("added {line}"); } }
    for line in old.lines() { if !fresh.names.lines().any(|it| it == line) { println!("not in fresh {line}"); } }
    for line in fresh.names.lines() { if !old.lines().any(|it| it == line) { println!("only fresh {line}"); } }
    println!("same files {}", with.files == fresh.files);
    let mut n = 0;
    for (p, t) in &with.files { if fresh.files.get(p) != Some(t) { println!("{p}"); n += 1; if n > 20 { break; } } }
}
