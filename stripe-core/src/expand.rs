//! A field that holds the id of another object or, when asked for with `expand`, that object.
//! The items of a list that is only there when asked for are such fields too.
//!
//! The object stays raw JSON until it is asked for. That is what keeps the types apart: a field that names another type
//! would pull that type, and all that it names, into every build.

use std::any::Any;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde_json::value::RawValue;

use crate::decode::{Blank, Decode, Error, RawSink, Slot, Target};
use crate::head::Head;
use crate::id::Id;
use crate::json;
use crate::maybe_deleted::MaybeDeleted;
use crate::value::{Node, Value};

/// A kind of id whose objects have one type.
pub trait Expand {
    /// The objects of this kind.
    type Object: Decode + Send + Sync + 'static;
}

/// An id, or the object that it is of.
#[derive(Clone)]
pub struct Expandable<I> {
    id: I,
    object: Option<Arc<Expanded>>,
}

/// The object as Stripe sent it and, once somebody asked, decoded; shared by clones.
struct Expanded {
    raw: Box<RawValue>,
    decoded: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl<I> Expandable<I> {
    /// The id, whether expanded or not.
    #[must_use]
    pub const fn id(&self) -> &I {
        &self.id
    }

    /// Whether Stripe sent the object and not only its id.
    #[must_use]
    pub const fn is_expanded(&self) -> bool {
        self.object.is_some()
    }

    /// The object as JSON text, `None` where Stripe sent only the id.
    #[must_use]
    pub fn raw(&self) -> Option<&str> {
        self.object.as_ref().map(|object| object.raw.get())
    }

    /// The object as a `T`, for fields that may hold objects of several types; `None` where Stripe sent only the id.
    ///
    /// # Errors
    ///
    /// If what Stripe sent is not a `T`.
    pub fn object_as<T: Decode + Send + Sync + 'static>(&self) -> Result<Option<Arc<T>>, Error> {
        self.object
            .as_ref()
            .map(|object| object.decoded::<T>())
            .transpose()
    }
}

impl<K: Expand> Expandable<Id<K>> {
    /// The object, `None` where Stripe sent only the id. It is decoded once.
    ///
    /// # Errors
    ///
    /// If what Stripe sent is not such an object.
    pub fn object(&self) -> Result<Option<Arc<K::Object>>, Error> {
        self.object_as()
    }

    /// The object or what is left of it after deletion, `None` where Stripe sent only the id.
    ///
    /// # Errors
    ///
    /// If what Stripe sent is neither.
    pub fn object_or_deleted(&self) -> Result<Option<Arc<MaybeDeleted<K::Object>>>, Error>
    where
        MaybeDeleted<K::Object>: Decode + Send + Sync,
    {
        self.object_as()
    }
}

impl Expanded {
    fn decoded<T: Decode + Send + Sync + 'static>(&self) -> Result<Arc<T>, Error> {
        if let Some(ready) = self
            .decoded
            .get()
            .cloned()
            .and_then(|any| any.downcast::<T>().ok())
        {
            return Ok(ready);
        }
        let fresh = Arc::new(T::decode(self.raw.get().as_bytes())?);
        // The first type asked for is kept; another one, in a field that may hold several, is decoded each time.
        let _ = self.decoded.set(fresh.clone());
        Ok(fresh)
    }
}

impl<I: From<String> + Slot> RawSink for Expandable<I> {
    fn accept(&mut self, raw: Box<RawValue>) -> Result<(), Error> {
        let (id, object) = parts(raw)?;
        self.id = id.into();
        self.object = object;
        Ok(())
    }

    #[cfg(feature = "testing")]
    fn first_kind(&mut self) -> Option<&mut dyn Slot> {
        Some(&mut self.id)
    }
}

fn parts(raw: Box<RawValue>) -> Result<(String, Option<Arc<Expanded>>), Error> {
    if raw.get().starts_with('"') {
        let id =
            json::parsed(raw.get()).ok_or_else(|| Error::new("", "an id", "a malformed string"))?;
        return Ok((id, None));
    }
    if !raw.get().starts_with('{') {
        return Err(Error::new("", "an id or an object", "something else"));
    }
    // Some expanded objects have no id of their own; the field then has an empty one.
    let id = Head::of(&raw)?.id.unwrap_or_default();
    Ok((
        id,
        Some(Arc::new(Expanded {
            raw,
            decoded: OnceLock::new(),
        })),
    ))
}

impl<I: From<String> + Slot> Slot for Expandable<I> {
    #[inline]
    fn target(&mut self) -> Target<'_> {
        Target::Raw(self)
    }
}

impl<I: Blank> Blank for Expandable<I> {
    #[inline]
    fn blank() -> Self {
        Self {
            id: I::blank(),
            object: None,
        }
    }
}

impl<I: Value> Value for Expandable<I> {
    #[inline]
    fn node(&self) -> Node<'_> {
        match &self.object {
            Some(object) => Node::Raw(&object.raw),
            None => self.id.node(),
        }
    }
}

impl<I: fmt::Debug> fmt::Debug for Expandable<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)?;
        if self.is_expanded() {
            f.write_str(" (expanded)")
        } else {
            Ok(())
        }
    }
}

crate::serde_through_json!(Expandable<I>);
