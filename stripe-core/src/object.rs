//! `object!`: the declaration of a response object. Its body is an ordinary struct; the macro adds what reads, writes and
//! prints it.

/// Declares a response object. `#[wire = "…"]` gives a field's name at Stripe where it is not the Rust name;
/// `#[shown = true]` says that a free string is reviewed as safe to print.
#[doc(hidden)]
#[macro_export]
macro_rules! object {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[wire = $wire:literal])?
                $(#[shown = $shown:literal])?
                pub $field:ident: $ty:ty,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[doc = $field_doc])* pub $field: $ty,)*
            /// What Stripe sent that has no field here.
            pub extra: $crate::Extra,
        }

        impl $crate::decode::Blank for $name {
            #[inline]
            fn blank() -> Self {
                Self { $($field: $crate::decode::Blank::blank(),)* extra: $crate::Extra::new() }
            }
        }

        impl $crate::decode::ObjectSlots for $name {
            #[inline]
            fn slots(&mut self, run: &mut dyn FnMut(&mut [&mut dyn $crate::decode::Slot], &mut $crate::Extra)) {
                run(&mut [$(&mut self.$field),*], &mut self.extra)
            }
        }

        impl $crate::value::Object for $name {
            #[inline]
            fn shape(&self) -> &'static $crate::value::Shape {
                &$crate::value::Shape {
                    name: stringify!($name),
                    fields: &[$($crate::value::Field {
                        wire: $crate::wire_name!($field $($wire)?),
                        required: false,
                        shown: $crate::or_default!(false $($shown)?),
                        limit: 0,
                    }),*],
                    checks: &[],
                }
            }

            #[inline]
            fn fields(&self, run: &mut dyn FnMut(&[&dyn $crate::value::Value], &$crate::Extra)) {
                run(&[$(&self.$field),*], &self.extra)
            }
        }

        impl $crate::decode::Slot for $name {
            #[inline]
            fn target(&mut self) -> $crate::decode::Target<'_> {
                $crate::decode::Target::Object(self)
            }
        }

        impl $crate::value::Value for $name {
            #[inline]
            fn node(&self) -> $crate::value::Node<'_> {
                $crate::value::Node::Object(self)
            }
        }

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::debug::object(self, f)
            }
        }

        $crate::serde_through_json!($name);
    };
}

/// The name of a field at Stripe.
#[doc(hidden)]
#[macro_export]
macro_rules! wire_name {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}

/// The second value if there is one, else the first.
#[doc(hidden)]
#[macro_export]
macro_rules! or_default {
    ($default:literal) => {
        $default
    };
    ($default:literal $value:literal) => {
        $value
    };
}
