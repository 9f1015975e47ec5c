//! Whether Debug of typed parameters hides every free text: what it shows is counted, and so is what it may show.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use stripe_generated::stripe_core::value::{Fields, Node, Params, Value};

use super::wish::TEXT;
use crate::document::safe_fields;

static SAFE: LazyLock<BTreeSet<String>> = LazyLock::new(safe_fields);

/// Says so if more is shown than the ids, the values of lists, and the fields that were reviewed.
pub(crate) fn exposed(params: &dyn Params) -> Option<String> {
    let most = showable(Node::Object(params.as_object()), false);
    let texts = [format!("{params:?}"), format!("{params:#?}")];
    texts.into_iter().find_map(|shown| {
        let count = shown.matches(TEXT).count();
        (count > most).then(|| format!("Debug shows {count} texts of {most} that it may: {shown}"))
    })
}

/// How many texts Debug may show.
fn showable(node: Node<'_>, is_safe: bool) -> usize {
    match node {
        Node::Symbol(text) | Node::Formatted(text, _) => usize::from(text == TEXT),
        Node::Text(text) => usize::from(is_safe && text == TEXT),
        Node::List(list) => (0..list.len())
            .map(|index| showable(list.item(index), is_safe))
            .sum(),
        Node::Object(object) => in_object(object),
        _ => 0,
    }
}

fn in_object(object: &dyn Value) -> usize {
    let mut count = 0;
    object.fields(Fields::new(&mut |values, _| {
        let fields = object.shape().fields.iter().zip(values);
        count = fields
            .map(|(field, value)| showable(value.node(), SAFE.contains(field.wire())))
            .sum();
    }));
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    stripe_generated::stripe_core::params! {
        /// One field that should not be shown, and one that may be.
        pub struct Careless {
            #[shown = true]
            #[set(text)]
            pub currency: String,
            #[shown = true]
            #[set(text)]
            pub number: String,
        }
    }

    #[test]
    fn e1_a_text_that_is_shown_without_a_review_is_found() {
        assert_eq!(exposed(&Careless::new().currency(TEXT)), None);
        let careless = Careless::new().currency(TEXT).number(TEXT);
        assert!(exposed(&careless).is_some());
    }
}
