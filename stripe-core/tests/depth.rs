//! JSON that is nested without end: each time that a value is looked into before its type is known, a new reader starts,
//! and the stack must not grow with what a server sends.

#![allow(missing_docs, reason = "the subjects of the tests")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "tests may panic"
)]

use stripe_core::MaybeDeleted;
use stripe_core::decode::Decode;

stripe_core::object! {
    pub struct Node {
        pub child: Option<Tree>,
        pub either: Option<Choice>,
        pub maybe: Option<Box<MaybeDeleted<Node>>>,
        pub plain: Option<Box<Node>>,
    }
}

stripe_core::union! {
    pub enum Tree {
        Node(Node) = "node",
    }
}

stripe_core::either! {
    pub enum Choice {
        Node(Box<Node>),
    }
}

fn nested(open: &str, depth: usize) -> String {
    let braces = open.matches('{').count();
    format!("{}{{}}{}", open.repeat(depth), "}".repeat(depth * braces))
}

/// Reads on a stack that is half of what threads usually have.
fn read(json: String) -> bool {
    let thread = std::thread::Builder::new().stack_size(1024 * 1024);
    let thread = thread.spawn(move || Node::decode(json.as_bytes()).is_ok());
    thread.unwrap().join().unwrap()
}

#[test]
fn what_is_nested_as_deep_as_answers_are_is_read() {
    for open in [
        r#"{"child":{"object":"node","plain":"#,
        r#"{"maybe":"#,
        r#"{"either":"#,
        r#"{"plain":"#,
    ] {
        assert!(read(nested(open, 10)), "{open}");
    }
}

#[test]
fn row_14_no_depth_overflows_the_stack() {
    for depth in [40, 64, 100, 127, 200, 5_000] {
        for open in [
            r#"{"child":{"object":"node","child":"#,
            r#"{"maybe":"#,
            r#"{"either":"#,
            r#"{"plain":"#,
        ] {
            let is_read = read(nested(open, depth));
            assert!(
                depth < 200 || !is_read || open.contains("either"),
                "{open} {depth}"
            );
        }
    }
}

#[test]
fn row_14_readers_within_readers_share_the_stack() {
    let (plain, maybe) = (r#"{"plain":"#.repeat(120), r#"{"maybe":"#.repeat(127));
    assert!(read(format!("{plain}{maybe}{{}}{}", "}".repeat(247))));
}
