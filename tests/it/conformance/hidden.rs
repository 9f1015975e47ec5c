//! Whether Debug of typed parameters hides every free text: what it shows is counted, and so is what it may show.

use stripe_generated::stripe_core::value::{Fields, Node, Params, Value};

use super::wish::TEXT;

/// Says so if more is shown than ids and the values of lists.
pub(crate) fn exposed(params: &dyn Params) -> Option<String> {
    let texts = [format!("{params:?}"), format!("{params:#?}")];
    let object = params.as_object();
    texts.iter().find_map(|shown| complaint(object, shown))
}

fn complaint(object: &dyn Value, shown: &str) -> Option<String> {
    let most = showable(Node::Object(object));
    let count = shown.matches(TEXT).count();
    (count > most).then(|| format!("Debug shows {count} texts of {most} that it may: {shown}"))
}

/// How many texts Debug may show.
fn showable(node: Node<'_>) -> usize {
    match node {
        Node::Symbol(text) | Node::Formatted(text, _) => usize::from(text == TEXT),
        Node::List(list) => (0..list.len())
            .map(|index| showable(list.item(index)))
            .sum(),
        Node::Object(object) => in_object(object),
        _ => 0,
    }
}

fn in_object(object: &dyn Value) -> usize {
    let mut count = 0;
    object.fields(Fields::new(&mut |values, _| {
        count = values.iter().map(|value| showable(value.node())).sum();
    }));
    count
}

mod tests {
    use super::*;

    stripe_generated::stripe_core::params! {
        /// A text that may be anything.
        pub struct Card {
            #[set(text)]
            pub number: String,
        }
    }

    #[test]
    fn e1_a_text_that_debug_shows_is_found() {
        let card = Card::new().number(TEXT);
        assert_eq!(exposed(&card), None);
        let careless = format!("Card {{ number: {TEXT:?} }}");
        assert!(complaint(&card, &careless).is_some());
    }
}
