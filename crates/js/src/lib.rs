//! Where Rust meets JavaScript, for the browser package and the Worker alike: plain objects and JSON to Rust values and
//! back, and what the host of a script knows by itself: how to read a name in a URL, and what time it is.

mod domain;
mod object;
mod time;

pub use domain::{domain, to_ascii};
pub use object::{from_json, from_object, take_object, to_object};
pub use time::{now, timestamp};
