//! What parsing and evaluation cost in native code: nanoseconds, the median of many batches.

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a benchmark reads the clock and prints")]

use std::hint::black_box;
use std::time::Instant;

use mta_sts_core::evaluate;
use mta_sts_core::published::announce;
use mta_sts_core::published::policy;
use mta_sts_core::scenario::{CHECKED_AT, World};

/// RFC 8461 §3.2's example.
const POLICY: &[u8] =
    b"version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800\n";
/// RFC 8461 §3.1's example.
const RECORD: &str = "v=STSv1; id=20160831085700Z;";

const BATCHES: usize = 201;

fn main() {
    let evidence = World::protected("shop.com.au").check();
    let now = CHECKED_AT.parse().expect("a time");
    println!("{:<44} {:>12} {:>12}", "native code, median", "ns", "budget");
    row("policy file of RFC 8461 §3.2, parsed", 2000, Some(1_000), || policy::parse(black_box(POLICY)));
    row("announce record of RFC 8461 §3.1, parsed", 2000, None, || announce::parse(black_box(RECORD).to_owned()));
    row("evaluation of a typical domain", 100, Some(200_000), || evaluate(black_box(&evidence), now));
}

/// Times `work` in batches of `size` calls.
fn row<T>(name: &str, size: u32, budget_ns: Option<u32>, work: impl Fn() -> T) {
    let mut times: Vec<u128> = (0..BATCHES)
        .map(|_| {
            let began = Instant::now();
            for _ in 0..size {
                black_box(work());
            }
            began.elapsed().as_nanos() / u128::from(size)
        })
        .collect();
    times.sort_unstable();
    let budget = budget_ns.map_or("–".to_owned(), |ns| ns.to_string());
    println!("{name:<44} {:>12} {budget:>12}", times[BATCHES / 2]);
}
