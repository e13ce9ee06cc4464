//! MTA-STS, judged: no I/O.
