//! The three kinds of pages that Stripe answers a list or search with.

use crate::decode::{Blank, Slot, Slots};
use crate::extra::Extra;
use crate::value::{Fields, Shape, Value};

/// Declares a page type: generic over the item, which `object!` is not.
macro_rules! page {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident<T> {
            $($(#[doc = $field_doc:literal])* $(#[shown = $shown:tt])? pub $field:ident: $ty:ty,)*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone)]
        #[non_exhaustive]
        pub struct $name<T> {
            $($(#[doc = $field_doc])* pub $field: $ty,)*
            /// What Stripe sent that has no field here.
            pub extra: Extra,
        }

        impl<T> Blank for $name<T> {
            #[inline]
            fn blank() -> Self {
                Self { $($field: Blank::blank(),)* extra: Extra::new() }
            }
        }

        impl<T: Slot + Blank> Slot for $name<T> {
            #[inline]
            fn slots(&mut self, take: Slots<'_>) {
                take.all(&mut [$(&mut self.$field),*], &mut self.extra);
            }
        }

        impl<T: Value> Value for $name<T> {
            #[inline]
            fn shape(&self) -> &'static Shape {
                &Shape {
                    name: stringify!($name),
                    fields: &[$(crate::object_field!([$($shown)?] $field)),*],
                    checks: &[],
                }
            }

            #[inline]
            fn fields(&self, take: Fields<'_>) {
                take.all(&[$(&self.$field),*], &self.extra);
            }
        }

        impl<T: Value> std::fmt::Debug for $name<T> {
            #[inline]
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                crate::debug::object(self, f)
            }
        }

        crate::serde_through_json!($name<T>);
    };
}

page! {
    /// One page of a v1 list, <https://docs.stripe.com/api/pagination>.
    pub struct List<T> {
        /// The objects on this page.
        pub data: Vec<T>,
        /// Whether there are more after this page.
        pub has_more: bool,
        /// Always `list`.
        #[shown = true]
        pub object: Option<String>,
        /// The path that the list is read from.
        pub url: String,
    }
}

page! {
    /// One page of a search, <https://docs.stripe.com/api/pagination/search>.
    pub struct SearchList<T> {
        /// The objects on this page.
        pub data: Vec<T>,
        /// Whether there are more after this page.
        pub has_more: bool,
        /// The token of the next page.
        pub next_page: Option<String>,
        /// Always `search_result`.
        #[shown = true]
        pub object: Option<String>,
        /// How many objects match, where asked for with `expand`.
        pub total_count: Option<i64>,
        /// The path that the search is read from.
        pub url: String,
    }
}

page! {
    /// One page of a v2 list, <https://docs.stripe.com/api-v2-overview>.
    pub struct V2List<T> {
        /// The objects on this page.
        pub data: Vec<T>,
        /// The path and query of the next page, if there is one.
        pub next_page_url: Option<String>,
        /// The path and query of the page before, if there is one.
        pub previous_page_url: Option<String>,
    }
}
