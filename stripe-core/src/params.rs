//! `params!`: the declaration of the parameters of a request, or of an object nested in them. Its body is an ordinary
//! struct that names what is set; the macro adds the constructor, the setters and what writes and prints them.

/// What `with` of parameters takes: a closure that changes them. Every `FnOnce(&mut T)` is one; said by a name, it is not
/// looked into again for each of a thousand types.
pub trait Change<T>: FnOnce(&mut T) {
    /// The parameters, changed.
    fn apply(self, params: T) -> T;
}

impl<T, F: FnOnce(&mut T)> Change<T> for F {
    #[inline]
    fn apply(self, mut params: T) -> T {
        self(&mut params);
        params
    }
}

/// Declares request parameters. `#[new(…)]` lists the required ones, and each `#[check(…)]` is a rule for the field at
/// a path, which may lead into other parameters. On a field, `#[wire = "…"]` gives its name at
/// Stripe, `#[max = …]` the most characters, and `#[set(kind)]` how it is set (see `stored!`).
#[doc(hidden)]
#[macro_export]
macro_rules! params {
    (
        $(#[doc = $doc:literal])*
        $(#[new($($arg:ident: $arg_ty:ty),*)])?
        $(#[check($path:literal, $($rule:tt)+)])*
        pub struct $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[wire = $wire:literal])?
                $(#[max = $max:literal])?
                $(#[set($kind:ident $(, $clear:ident)?)])?
                pub $field:ident: $ty:ty,
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[doc = $field_doc])* $(#[doc = concat!("\n\nAt most ", $max, " characters.")])?
            pub $field: $crate::stored!([$($kind)?] $ty),)*
        }

        impl $name {
            /// Only what has to be given.
            #[inline]
            #[must_use]
            #[allow(clippy::new_without_default, clippy::too_many_arguments, reason = "`new` is the one way to start")]
            pub fn new($($($arg: $arg_ty),*)?) -> Self {
                Self { $($field: $crate::initial!([$($kind)?] $field)),* }
            }

            /// Changes the parameters in place: for what is there only sometimes, as in
            /// `.with(|it| it.description = description)`.
            #[inline]
            #[must_use]
            pub fn with(self, change: impl $crate::params::Change<Self>) -> Self {
                change.apply(self)
            }

            $($crate::setter!([$($kind $(, $clear)?)?] [$(#[doc = $field_doc])* $(#[doc = concat!("\n\nAt most ", $max, " characters.")])?] $field $ty);)*
        }

        impl $crate::value::Value for $name {
            #[inline]
            fn shape(&self) -> &'static $crate::value::Shape {
                &$crate::value::Shape {
                    name: stringify!($name),
                    fields: &[$($crate::param!([$($kind)?] [$($max)?] $field $($wire)?)),*],
                    checks: &[$($crate::validate::Check {
                        path: $path,
                        rule: $crate::validate::Rule::$($rule)+,
                    }),*],
                }
            }

            #[inline]
            fn fields(&self, take: $crate::value::Fields<'_>) {
                take.all(&[$(&self.$field),*], $crate::no_extra())
            }
        }

        impl $crate::value::Params for $name {}

        $crate::params_from_data!($name { $($field),* });

        impl std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::debug::object(self, f)
            }
        }
    };
}

/// The type that holds a parameter of a kind. `text` and `texts` are set from what people hold, `&str` and `&[&str]`;
/// `boxed` is an object; `clear…` may be cleared at Stripe, not only left out; `required` is an argument of `new`.
#[doc(hidden)]
#[macro_export]
macro_rules! stored {
    ([required] $ty:ty) => { $ty };
    ([boxed] $ty:ty) => { Option<Box<$ty>> };
    ([clear] $ty:ty) => { $crate::types::Clearable<$ty> };
    ([clear_text] $ty:ty) => { $crate::types::Clearable<$ty> };
    ([clear_texts] $ty:ty) => { $crate::types::Clearable<$ty> };
    ([clear_boxed] $ty:ty) => { $crate::types::Clearable<Box<$ty>> };
    ([$($kind:ident)?] $ty:ty) => { Option<$ty> };
}

/// What a parameter of a kind holds before it is set.
#[doc(hidden)]
#[macro_export]
macro_rules! initial {
    ([required] $field:ident) => {
        $crate::types::Store::store($field)
    };
    ([clear] $field:ident) => {
        $crate::types::Clearable::Keep
    };
    ([clear_text] $field:ident) => {
        $crate::types::Clearable::Keep
    };
    ([clear_texts] $field:ident) => {
        $crate::types::Clearable::Keep
    };
    ([clear_boxed] $field:ident) => {
        $crate::types::Clearable::Keep
    };
    ([$($kind:ident)?] $field:ident) => {
        None
    };
}

/// What is known of a parameter: its kind, the most characters, and its name at Stripe if that is another.
#[doc(hidden)]
#[macro_export]
macro_rules! param {
    ([required] [] $field:ident $($wire:literal)?) => {
        $crate::value::Field::Required($crate::wire_name!($field $($wire)?))
    };
    ([required] [$max:literal] $field:ident $($wire:literal)?) => {
        $crate::value::Field::RequiredLimited($crate::wire_name!($field $($wire)?), $max)
    };
    ([$($kind:ident)?] [] $field:ident) => {
        $crate::value::Field::Plain(stringify!($field))
    };
    ([$($kind:ident)?] [] $field:ident $wire:literal) => {
        $crate::value::Field::Plain($wire)
    };
    ([$($kind:ident)?] [$max:literal] $field:ident $($wire:literal)?) => {
        $crate::value::Field::Limited($crate::wire_name!($field $($wire)?), $max)
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

/// The methods that set a parameter of a kind, and that clear it where Stripe can.
#[doc(hidden)]
#[macro_export]
macro_rules! setter {
    ([required] $docs:tt $field:ident $ty:ty) => {};
    ([text] $docs:tt $field:ident $ty:ty) => { $crate::setter!(@set $docs $field &str; Some; str::to_owned); };
    ([texts] $docs:tt $field:ident $ty:ty) => { $crate::setter!(@set $docs $field &[&str]; Some; $crate::types::owned); };
    ([boxed] $docs:tt $field:ident $ty:ty) => { $crate::setter!(@set $docs $field $ty; Some; Box::new); };
    ([clear, $clear:ident] $docs:tt $field:ident $ty:ty) => { $crate::setter!(@clear $clear $docs $field $ty;); };
    ([clear_text, $clear:ident] $docs:tt $field:ident $ty:ty) => { $crate::setter!(@clear $clear $docs $field &str; str::to_owned); };
    ([clear_texts, $clear:ident] $docs:tt $field:ident $ty:ty) => { $crate::setter!(@clear $clear $docs $field &[&str]; $crate::types::owned); };
    ([clear_boxed, $clear:ident] $docs:tt $field:ident $ty:ty) => { $crate::setter!(@clear $clear $docs $field $ty; Box::new); };
    ([] $docs:tt $field:ident $ty:ty) => { $crate::setter!(@set $docs $field $ty; Some;); };
    (@set [$($docs:tt)*] $field:ident $arg:ty; $state:path; $($convert:path)?) => {
        $($docs)*
        #[inline]
        #[must_use]
        pub fn $field(mut self, $field: $arg) -> Self {
            self.$field = $state($($convert)?($field));
            self
        }
    };
    (@clear $clear:ident $docs:tt $field:ident $arg:ty; $($convert:path)?) => {
        $crate::setter!(@set $docs $field $arg; $crate::types::Clearable::Set; $($convert)?);

        #[doc = concat!("Clears `", stringify!($field), "` at Stripe, which leaving it out does not.")]
        #[inline]
        #[must_use]
        pub fn $clear(mut self) -> Self {
            self.$field = $crate::types::Clearable::Clear;
            self
        }
    };
}
