//! The crates together: real calls over loopback, and rules about all operations and all types at once.
//!
//! One binary, since linking the generated crate takes longer than all the tests in it.

mod calls;
mod decode;
mod document;
mod encoding;
mod features;
mod generated;
mod parameters;
mod paths;
mod readme;
mod sample;
mod traits;
