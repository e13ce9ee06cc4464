//! A law of all work: on texts and evidence that a stranger made to keep us busy, it grows like them, and no faster; and what is
//! answered stays within a bound. Here allocations are counted; `cargo xtask test work` counts the steps of the same trials.

#![allow(unsafe_code, reason = "an allocator that counts is written with it")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use mta_sts_core::scenario::{Trial, trials};

struct Counting;

static COUNT: AtomicUsize = AtomicUsize::new(0);
static BYTES: AtomicUsize = AtomicUsize::new(0);

// SAFETY: it counts, and leaves all else to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Relaxed);
        BYTES.fetch_add(layout.size(), Relaxed);
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Bytes of the smaller inputs; the larger have twice as many.
const SIZE: usize = 32 * 1024;

/// Most by which anything may grow where the input doubles, in tenths.
const GROWTH: usize = 22;

/// What is spent on anything, however small, and may come in steps.
const FREE_COUNT: usize = 100;
const FREE_BYTES: usize = 64 * 1024;

/// Most bytes of an answer, of inputs of twice [`SIZE`].
const ANSWER_LIMIT: usize = 512 * 1024;

struct Cost {
    count: usize,
    bytes: usize,
    answer: usize,
}

fn cost(trial: &Trial) -> Cost {
    let before = (COUNT.load(Relaxed), BYTES.load(Relaxed));
    let done = trial.run();
    let (count, bytes) = (COUNT.load(Relaxed) - before.0, BYTES.load(Relaxed) - before.1);
    Cost { count, bytes, answer: serde_json::to_vec(&done).expect("an answer is JSON").len() }
}

#[test]
fn work_grows_like_its_input_and_answers_are_bounded() {
    let mut broken = Vec::new();
    for (small, large) in trials(SIZE).iter().zip(&trials(2 * SIZE)) {
        let (one, two) = (cost(small), cost(large));
        let grows = |one: usize, two: usize, free: usize| 10 * two > GROWTH * one + 10 * free;
        let is_broken = grows(one.count, two.count, FREE_COUNT)
            || grows(one.bytes, two.bytes, FREE_BYTES)
            || two.answer > ANSWER_LIMIT;
        let line = format!(
            "{}, {}: {} to {} allocations, {} to {} bytes, an answer of {} to {} bytes",
            small.worker, small.input, one.count, two.count, one.bytes, two.bytes, one.answer, two.answer
        );
        if is_broken {
            broken.push(line);
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
