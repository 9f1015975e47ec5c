//! Services: a handle with one method per call, each of which only fills a request.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, gate, ident, path, ty};
use crate::plan::item::{Accessor, Method, Service};

/// The handle and its methods.
pub(super) fn service(service: &Service) -> [TokenStream; 2] {
    let name = ident(&service.name);
    let docs = docs::lines(service.docs.iter().map(|line| line.trim().to_owned()));
    let accessors = service.accessors.iter().map(accessor);
    let methods = service.methods.iter().map(method);
    let handle = quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) stripe_core::Client);
    };
    let calls = quote! {
        impl #name {
            #(#accessors)*
            #(#methods)*
        }
    };
    [handle, calls]
}

pub(super) fn accessor(accessor: &Accessor) -> TokenStream {
    let name = ident(&accessor.name);
    let module = path(&accessor.module);
    let of = ident(&accessor.ty);
    let gate = gate(&accessor.features);
    let docs = docs::lines([docs::one_line(&accessor.docs)]);
    quote! {
        #docs
        #gate
        #[inline]
        #[must_use]
        pub fn #name(&self) -> #module::#of {
            #module::#of(self.0.clone())
        }
    }
}

fn method(method: &Method) -> TokenStream {
    let name = ident(&method.name);
    let ours = [
        format!("`{}`", docs::one_line(&method.endpoint)),
        String::new(),
        format!(
            "A restricted key likely needs: {}.",
            docs::one_line(&method.permission)
        ),
    ];
    let docs = docs::stripe_and(&method.docs, &ours);
    let deprecated = method
        .deprecated
        .then(|| quote!(#[deprecated = "Stripe marks this operation as deprecated"]));
    let ids: Vec<_> = method.ids.iter().map(|id| ident(id)).collect();
    let params = method.params.iter().map(ty);
    let takes = method.params.as_ref().map(|_| quote!(.params(params)));
    let result = ty(&method.result);
    let constructor = ident(method.constructor);
    let template = &method.path;
    let host = method.host.map(|host| {
        let host = ident(host);
        quote!(.host(stripe_core::Host::#host))
    });
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(&self #(, #ids: &str)* #(, params: #params)*) -> stripe_core::Request<#result> {
            let operation = stripe_core::Operation::#constructor(#template)#host;
            stripe_core::Request::new(&self.0, operation, &[#(#ids),*])#takes
        }
    }
}
