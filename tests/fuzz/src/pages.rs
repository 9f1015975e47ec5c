//! Any pages of a list: reading them ends, and never leaves the server or asks for a page twice without end.

use stripe_core::paging::Page;
use stripe_core::{List, Operation, Reply, Request, SearchList, V2List};

use crate::answer::{Answer, client, run};
use crate::thing::Thing;

/// What separates two answers.
const BREAK: &[u8] = b"\n---\n";

/// A list ends or fails within a request or two of its last page, and every target is a path of the same server.
pub fn pages(data: &[u8]) {
    let mut answers = Vec::new();
    let mut rest = data;
    while let Some(at) = rest.windows(BREAK.len()).position(|it| it == BREAK) {
        answers.push(Answer::read(&rest[..at]));
        rest = &rest[at + BREAK.len()..];
    }
    answers.push(Answer::read(rest));
    walk::<List<Thing>>(&answers, Operation::get("/v1/things"));
    walk::<SearchList<Thing>>(&answers, Operation::get("/v1/things/search"));
    walk::<V2List<Thing>>(&answers, Operation::get("/v2/core/things"));
}

fn walk<P: Page + Reply>(answers: &[Answer], operation: Operation) {
    let (client, asked) = client(answers.to_vec());
    let mut pages = Request::<P>::new(&client, operation, &[]).pages();
    // Each page may take three attempts; the last answer repeats itself.
    let most = answers.len() + 2;
    let mut count = 0;
    while let Some(page) = run(pages.next()) {
        count += 1;
        assert!(count <= most, "{count} pages of {} answers", answers.len());
        if let Err(error) = page {
            assert!(!error.to_string().contains(char::is_control));
            assert!(run(pages.next()).is_none(), "it goes on after an error");
        }
    }
    for (target, _) in asked.lock().unwrap().iter() {
        assert!(
            target.starts_with('/') && !target.starts_with("//"),
            "{target:?}"
        );
        assert!(target.bytes().all(|it| it.is_ascii_graphic()), "{target:?}");
        assert!(!target.contains(['#', '\\']), "{target:?}");
    }
}
