//! The program's own log, on stderr: warnings, unless the environment asks for more.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging. `HAMUTUK_LOG` says what (such as `debug` or `hamutuk_server=debug`); `HAMUTUK_LOG_FORMAT=json` makes it one JSON
/// object a line.
pub fn start() {
    let filter = EnvFilter::try_from_env("HAMUTUK_LOG").unwrap_or_else(|_| EnvFilter::new("warn,hamutuk_server=info"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let started = if std::env::var("HAMUTUK_LOG_FORMAT").is_ok_and(|format| format == "json") {
        builder.json().try_init()
    } else {
        builder.with_ansi(std::io::stderr().is_terminal()).with_target(false).try_init()
    };
    // In tests somebody else may have started it already; then it goes there.
    drop(started);
}
