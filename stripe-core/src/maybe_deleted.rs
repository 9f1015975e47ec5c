//! An object that may have been deleted, in which case Stripe sends little more than its id.

use serde_json::value::RawValue;

use crate::decode::{self, Blank, Decode, Error, RawSink, Slot, Target};
use crate::head::Head;
use crate::value::{Node, Value};

crate::object! {
    /// What is left of a deleted object.
    pub struct Deleted {
        /// Always true.
        pub deleted: bool,
        /// The id that the object had.
        pub id: crate::id::ObjectId,
        /// The kind of object, such as `customer`.
        #[shown = true]
        pub object: Option<String>,
    }
}

/// An object, or what is left of it.
#[derive(Clone, Debug)]
#[allow(clippy::exhaustive_enums, reason = "there is no third state")]
pub enum MaybeDeleted<T, D = Deleted> {
    /// The object exists.
    Present(Box<T>),
    /// The object was deleted.
    Deleted(Box<D>),
}

impl<T, D> MaybeDeleted<T, D> {
    /// The object, if it still exists.
    #[must_use]
    pub fn present(&self) -> Option<&T> {
        match self {
            Self::Present(object) => Some(object),
            Self::Deleted(_) => None,
        }
    }

    /// Whether it was deleted.
    #[must_use]
    pub const fn is_deleted(&self) -> bool {
        matches!(self, Self::Deleted(_))
    }
}

impl<T: Slot + Blank, D: Decode> RawSink for MaybeDeleted<T, D> {
    fn accept(&mut self, raw: Box<RawValue>) -> Result<(), Error> {
        *self = if Head::of(&raw)?.deleted {
            Self::Deleted(Box::new(decode::part(&raw)?))
        } else {
            Self::Present(Box::new(decode::part(&raw)?))
        };
        Ok(())
    }

    #[cfg(feature = "testing")]
    fn first_kind(&mut self) -> Option<&mut dyn Slot> {
        *self = Self::Present(Box::new(T::blank()));
        match self {
            Self::Present(object) => Some(object),
            Self::Deleted(_) => None,
        }
    }
}

impl<T: Slot + Blank, D: Decode + Value> Slot for MaybeDeleted<T, D> {
    #[inline]
    fn target(&mut self) -> Target<'_> {
        Target::Raw(self)
    }
}

impl<T, D: Blank> Blank for MaybeDeleted<T, D> {
    #[inline]
    fn blank() -> Self {
        Self::Deleted(Box::new(D::blank()))
    }
}

impl<T: Value, D: Value> Value for MaybeDeleted<T, D> {
    #[inline]
    fn node(&self) -> Node<'_> {
        match self {
            Self::Present(object) => object.node(),
            Self::Deleted(deleted) => deleted.node(),
        }
    }
}

crate::serde_through_json!(MaybeDeleted<T, D>);
