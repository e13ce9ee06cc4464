//! The trials of core's work, as a module of WASM that `cargo xtask test work` puts a counter of steps into, and runs.

#![allow(unsafe_code, reason = "what a module of WASM shows, and an allocator that counts, are written with it")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering::Relaxed};

use mta_sts_core::scenario::{Done, Trial, trials};

struct Counting;

static COUNT: AtomicU32 = AtomicU32::new(0);
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

thread_local! {
    static TRIALS: RefCell<Vec<Trial>> = const { RefCell::new(Vec::new()) };
    static DONE: RefCell<Option<Done>> = const { RefCell::new(None) };
    static NAME: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Makes every trial, with inputs of so many bytes, and says how many there are.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(size: usize) -> usize {
    let made = trials(size);
    let count = made.len();
    TRIALS.set(made);
    count
}

/// The name of a trial: where it stands in memory, for [`name_length`] bytes.
#[unsafe(no_mangle)]
pub extern "C" fn name(trial: usize) -> *const u8 {
    let name = TRIALS.with_borrow(|all| format!("{}, {}", all[trial].worker, all[trial].input));
    NAME.set(name);
    NAME.with_borrow(|name| name.as_ptr())
}

/// How long the name is.
#[unsafe(no_mangle)]
pub extern "C" fn name_length() -> usize {
    NAME.with_borrow(String::len)
}

/// Does the work of a trial. The counters are read before and after.
#[unsafe(no_mangle)]
pub extern "C" fn run(trial: usize) {
    let done = TRIALS.with_borrow(|all| all[trial].run());
    DONE.set(Some(done));
}

/// Allocations so far.
#[unsafe(no_mangle)]
pub extern "C" fn allocations() -> u32 {
    COUNT.load(Relaxed)
}

/// Bytes that were allocated so far.
#[unsafe(no_mangle)]
pub extern "C" fn allocated() -> usize {
    BYTES.load(Relaxed)
}

/// Bytes of the answer, as JSON.
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> usize {
    DONE.take().and_then(|done| serde_json::to_vec(&done).ok()).map_or(0, |json| json.len())
}
