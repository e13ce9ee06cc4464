//! `mx:` patterns and what they allow (RFC 8461 §3.2, §4.1).

use serde::Serialize;
