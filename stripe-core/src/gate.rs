//! `any_feature!`: modules that exist when any of several features of the crate that uses the macro is on.

/// Declares modules, re-exports what is in them, and gates both. The body reads as a constant that lists the features,
/// and the modules.
#[doc(hidden)]
#[macro_export]
macro_rules! any_feature {
    (
        const FEATURES: &[&str] = &[$($feature:literal),* $(,)?];
        $(pub(crate) mod $module:ident;)*
    ) => {
        // Nothing more is expanded for features that are off. Each module has the gate once more, for its documentation.
        #[cfg(any($(feature = $feature),*))]
        $crate::any_feature!(@each [$($feature),*] $($module)*);
    };
    (@each $features:tt $($module:ident)*) => {
        $($crate::any_feature!(@one $features $module);)*
    };
    (@one [$($feature:literal),*] $module:ident) => {
        #[cfg(any($(feature = $feature),*))]
        pub(crate) mod $module;
        #[cfg(any($(feature = $feature),*))]
        pub use $module::*;
    };
}
