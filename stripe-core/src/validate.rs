//! Checks of a request's parameters before anything is sent: the rules of Stripe's document, and a few more that Stripe
//! states elsewhere.
//!
//! It is basic validation: Stripe's own is authoritative, and knows what no document says. A request that passes here may
//! still be refused there. What the document states is data of the generated code ([`Shape`](crate::value::Shape)), or
//! follows from the type of a value; the walk over both is written once. It finds every mistake, and allocates nothing
//! where there is none.

mod expansion;
mod pattern;
mod place;
mod rule;
mod text;
mod verdict;
mod violation;
mod walk;

#[doc(hidden)]
pub use pattern::{Pattern, Piece};
pub(crate) use place::Step;
#[doc(hidden)]
pub use rule::Check;
pub use rule::{Format, Rule};
pub use violation::Violation;

use crate::method::Method;
use crate::untyped::Untyped;
use crate::value::Value;

/// Everything in the parameters of a request that breaks a rule, in the order of the names; empty if nothing does.
///
/// `is_form` says how they travel: in a form or query, what is empty is not sent.
#[inline]
#[must_use]
#[doc(hidden)]
pub fn violations(params: &dyn Value, is_form: bool) -> Vec<Violation> {
    walk::violations(params, None, is_form)
}

/// Takes the table, the operation and the paths.
type CheckExpansions = fn(&str, &str, &[String]) -> Vec<Violation>;

/// The paths to expand in an answer, and what checks them: a function that only [`Expansions::extend`] names, so that who never
/// expands does not compile it.
#[derive(Clone, Default)]
pub(crate) struct Expansions {
    pub(crate) paths: Vec<String>,
    check: Option<CheckExpansions>,
}

impl Expansions {
    #[inline]
    pub(crate) fn extend(&mut self, paths: &[&str]) {
        let paths = paths.iter().map(|path| (*path).to_owned());
        self.paths.extend(paths);
        self.check = Some(expansion::violations);
    }
}

/// What is checked of a request.
#[derive(Clone, Copy)]
pub(crate) struct Checked<'a> {
    pub(crate) params: Option<&'a dyn Value>,
    /// Parameters without a type, among which may be what is missing.
    pub(crate) extra: Option<&'a dyn Untyped>,
    pub(crate) is_form: bool,
    pub(crate) expand: &'a Expansions,
    pub(crate) route: (Method, &'static str),
}

/// Everything that breaks a rule; `expansions` is the table of what can be expanded.
pub(crate) fn request(checked: Checked<'_>, expansions: &str) -> Vec<Violation> {
    let Checked { params, extra, .. } = checked;
    let found = params.map(|params| walk::violations(params, extra, checked.is_form));
    let mut found = found.unwrap_or_default();
    if let Some(check) = checked.expand.check {
        let (method, path) = checked.route;
        let operation = format!("{method} {path}");
        found.append(&mut check(expansions, &operation, &checked.expand.paths));
    }
    found
}
