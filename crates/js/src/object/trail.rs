//! Where reading is, for the case that what stands there does not fit. It is written beside the values and not into the error:
//! an error that holds text is dropped at each of a thousand places, which weighs 4 KB, packed.

#[cfg(feature = "places")]
pub(crate) use kept::{length, set, told};

#[cfg(feature = "places")]
mod kept {
    use std::cell::RefCell;

    thread_local! {
        /// As in `.observations[0].lookup`; empty where it is the object itself.
        static TRAIL: RefCell<String> = const { RefCell::new(String::new()) };
    }

    /// How long the way to here is.
    pub(crate) fn length() -> usize {
        TRAIL.with_borrow(String::len)
    }

    /// Goes back to where the way was so long, and from there on.
    pub(crate) fn set(length: usize, on: &[&str]) {
        TRAIL.with_borrow_mut(|trail| {
            trail.truncate(length);
            trail.extend(on.iter().copied());
        });
    }

    pub(crate) fn told() -> String {
        TRAIL.with_borrow(|trail| match trail.trim_start_matches('.') {
            "" => "The object is not of the declared type.".to_owned(),
            place => ["The object is not of the declared type: ", place, " is missing or wrong."].concat(),
        })
    }
}

#[cfg(not(feature = "places"))]
pub(crate) fn length() -> usize {
    0
}

#[cfg(not(feature = "places"))]
pub(crate) fn set(_: usize, _: &[&str]) {}

#[cfg(not(feature = "places"))]
pub(crate) fn told() -> String {
    "The object is not of the declared type.".to_owned()
}
