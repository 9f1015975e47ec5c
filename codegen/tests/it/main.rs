//! What the generator promises about whole documents: small ones with one quirk each, Stripe's own, and hostile ones.

mod document;
mod golden;
mod hostile;
mod inert;
mod names;
