//! What the generator promises about whole documents: small ones with one quirk each, Stripe's own, and hostile ones.

mod churn;
mod counts;
mod determinism;
mod document;
mod facts;
mod golden;
mod hostile;
mod inert;
mod names;
