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
                $(#[shown = $shown:tt])?
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

        impl $crate::decode::Slot for $name {
            #[inline]
            fn slots(&mut self, take: $crate::decode::Slots<'_>) {
                take.all(&mut [$(&mut self.$field),*], &mut self.extra)
            }
        }

        impl $crate::value::Value for $name {
            #[inline]
            fn shape(&self) -> &'static $crate::value::Shape {
                &$crate::value::Shape {
                    name: stringify!($name),
                    fields: &[$($crate::object_field!([$($shown)?] $field $($wire)?)),*],
                    checks: &[],
                }
            }

            #[inline]
            fn fields(&self, take: $crate::value::Fields<'_>) {
                take.all(&[$(&self.$field),*], &self.extra)
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

/// What is known of a field of a response: whether it is shown, and its name at Stripe if that is another.
#[doc(hidden)]
#[macro_export]
macro_rules! object_field {
    ([] $field:ident) => {
        $crate::value::Field::Plain(stringify!($field))
    };
    ([] $field:ident $wire:literal) => {
        $crate::value::Field::Plain($wire)
    };
    ([true] $field:ident) => {
        $crate::value::Field::Shown(stringify!($field))
    };
    ([true] $field:ident $wire:literal) => {
        $crate::value::Field::Shown($wire)
    };
}
