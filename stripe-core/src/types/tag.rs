//! The field by which Stripe says what an object is.

crate::symbol_text! {
    /// The value of an `object` field, such as `customer`.
    pub struct ObjectType;
}
