//! What every library below writes down, to the finest level: what goes to `tracing`, and what goes to `log`.

use std::fmt::Write;
use std::sync::{Mutex, MutexGuard, Once, OnceLock};

use tracing_core::span::{Attributes, Id, Record};
use tracing_core::{Dispatch, Event, Field, Metadata, Subscriber};

static TRACES: OnceLock<Mutex<String>> = OnceLock::new();

/// All that was written down so far.
pub(crate) fn traces() -> MutexGuard<'static, String> {
    TRACES.get_or_init(Mutex::default).lock().unwrap()
}

/// From now on, everything is taken.
pub(crate) fn take_all() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        tracing_core::dispatcher::set_global_default(Dispatch::new(Tracer)).unwrap();
        log::set_logger(&Tracer).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    });
}

struct Tracer;

struct Writer<'a>(&'a mut String);

impl tracing_core::field::Visit for Writer<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        writeln!(self.0, "{field}={value:?}").unwrap();
    }
}

impl Subscriber for Tracer {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut Writer(&mut traces()));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut Writer(&mut traces()));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut Writer(&mut traces()));
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl log::Log for Tracer {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(traces(), "{}: {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}
