//! Where a value stands, without allocating: each step knows the one before it.

/// A step on the way to a value, and the way there.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    before: Option<&'a Self>,
    step: Step<'a>,
}

#[derive(Clone, Copy)]
pub(crate) enum Step<'a> {
    Name(&'a str),
    Position(usize),
}

impl<'a> Place<'a> {
    /// One step on from here, or from the request itself.
    pub(super) fn after(before: Option<&'a Self>, step: Step<'a>) -> Self {
        Self { before, step }
    }

    /// The steps from the request to here.
    pub(super) fn steps(&self) -> Vec<Step<'a>> {
        let mut steps = self.before.map(Self::steps).unwrap_or_default();
        steps.push(self.step);
        steps
    }

    /// The name at Stripe: `line_items[0][price_data][currency]`.
    pub(super) fn name(&self) -> String {
        let mut name = String::new();
        for step in self.steps() {
            let is_first = name.is_empty();
            match step {
                Step::Name(text) if is_first => name.push_str(text),
                Step::Name(text) => name.push_str(&format!("[{text}]")),
                Step::Position(index) => name.push_str(&format!("[{index}]")),
            }
        }
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_as_in_a_form() {
        let items = Place::after(None, Step::Name("line_items"));
        let item = Place::after(Some(&items), Step::Position(0));
        let price = Place::after(Some(&item), Step::Name("price_data"));
        let currency = Place::after(Some(&price), Step::Name("currency"));
        assert_eq!(currency.name(), "line_items[0][price_data][currency]");
        assert_eq!(items.name(), "line_items");
    }
}
