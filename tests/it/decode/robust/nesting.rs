//! Rows 14 and 15 of the list of vulnerability classes, over every type: nesting without end, and frames of any size, on a
//! small stack.

use super::{STACK, on_a_stack_of, readers, schemas};
use crate::sample::{Sampler, Size};

const DEPTH: usize = 100_000;

/// Deeper than a small stack holds if a level costs any, and quick enough for every type.
const DEEP_ENOUGH: usize = 4_000;

/// What has no end is refused. What has one is refused where it does not fit, and kept as it came where it is unknown.
#[test]
fn row_14_no_type_is_overflowed_by_nesting() {
    for (depth, step) in [(DEEP_ENOUGH, 1), (DEPTH, 40)] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"data\":[", "]}")] {
            let unclosed = open.repeat(depth);
            let closed = format!("{unclosed}1{}", close.repeat(depth));
            assert_eq!(readers_of(unclosed, step), Vec::<&str>::new(), "{open}");
            let objects = readers_of(closed, step);
            let objects = objects
                .iter()
                .filter(|id| schemas()[**id]["properties"].is_object());
            assert!(open != "[" || objects.count() == 0);
        }
    }
}

/// The schemas whose types read a text, of every so many.
fn readers_of(text: String, step: usize) -> Vec<&'static str> {
    on_a_stack_of(STACK, move || {
        let some = readers().into_iter().step_by(step);
        let reading = some.filter(|(_, reader)| reader(text.as_bytes()).is_ok());
        reading.map(|(id, _)| id).collect()
    })
}

/// Where a field is known, and where it is not.
#[test]
fn row_14_no_field_is_overflowed_by_nesting() {
    let mut sampler = Sampler::new(Size::Least, 0);
    for (id, reader) in readers() {
        let object = sampler.root(id).to_string();
        let Some(rest) = object.strip_prefix('{') else {
            continue;
        };
        let nested = format!("{{\"zz_new\":{}{rest}", "[".repeat(DEPTH));
        let is_read = on_a_stack_of(STACK, move || reader(nested.as_bytes()).is_ok());
        assert!(!is_read, "{id}");
    }
}

#[test]
fn row_15_every_type_is_read_on_a_small_stack() {
    for turn in 0..2 {
        let mut sampler = Sampler::new(Size::Deepest, turn);
        for (id, reader) in readers() {
            let text = sampler.root(id).to_string();
            let read = on_a_stack_of(STACK, move || reader(text.as_bytes()).map(drop));
            assert!(read.is_ok(), "{id}: {read:?}");
        }
    }
}
