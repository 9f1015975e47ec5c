//! Parameters without a type, as a request knows them. Behind a trait, so that only an application that sends some compiles
//! the [tree](crate::tree) that they are: all of it is `#[inline]`, and nothing but what adds some names it.

use crate::encode::{Error, Visit};
use crate::validate::Step;
use crate::value::{Node, Value};

pub(crate) trait Untyped: std::fmt::Debug + Send + Sync {
    /// Sets what `name` stands for: `a`, `a[b][0]` or `a.b.0`.
    fn set(&mut self, name: &str, node: Node<'_>) -> Result<(), Error>;

    /// Adds the fields of a JSON object.
    fn parse(&mut self, text: &str) -> Result<(), Error>;

    /// Calls `visit` for each parameter of `object` and of these, merged at any depth.
    fn each_with(&self, object: Option<&dyn Value>, visit: Visit<'_>) -> Result<(), Error>;

    /// Whether anything is set where these steps lead.
    fn holds(&self, steps: &[Step<'_>]) -> bool;

    /// What is set under an outermost name.
    fn node(&self, name: &str) -> Option<Node<'_>>;

    /// The same once more.
    fn boxed_clone(&self) -> Box<dyn Untyped>;
}

impl Clone for Box<dyn Untyped> {
    fn clone(&self) -> Self {
        (**self).boxed_clone()
    }
}
