//! Support for the tests: nothing here is published.
