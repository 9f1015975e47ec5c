//! What applications test with, as they see it: the scripted Stripe, examples of every object, and the mock server.

mod examples;
mod first_test;
mod mock_server;
mod script;
