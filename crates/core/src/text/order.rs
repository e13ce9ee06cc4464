//! Sorting, small: five uses of the standard library's sorts weigh 8 KiB of packed WASM.

/// Sorts a short list by insertion, keeping the order of equals. Meant for tens; time grows with the square of the length.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    for sorted in 1..items.len() {
        let mut at = sorted;
        while at > 0 && key(&items[at]) < key(&items[at - 1]) {
            items.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// Sorts a list of any length, as a heap: equals come in any order. `before` is whether one comes before another.
pub fn sort_long<T>(items: &mut [T], before: &dyn Fn(&T, &T) -> bool) {
    for root in (0..items.len() / 2).rev() {
        sift(items, root, before);
    }
    for last in (1..items.len()).rev() {
        items.swap(0, last);
        sift(&mut items[..last], 0, before);
    }
}

/// Lets an item sink until none below it comes after it.
fn sift<T>(heap: &mut [T], mut root: usize, before: &dyn Fn(&T, &T) -> bool) {
    loop {
        let mut child = 2 * root + 1;
        if child + 1 < heap.len() && before(&heap[child], &heap[child + 1]) {
            child += 1;
        }
        if child >= heap.len() || !before(&heap[root], &heap[child]) {
            return;
        }
        heap.swap(root, child);
        root = child;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn long_lists_come_out_as_the_standard_library_has_them(mut items: Vec<u8>) {
            let mut sorted = items.clone();
            sorted.sort_unstable();
            super::sort_long(&mut items, &|one, other| one < other);
            prop_assert_eq!(items, sorted);
        }
    }

    #[test]
    fn order_is_by_key_and_then_as_it_was() {
        let mut items = [(3, 'a'), (1, 'b'), (3, 'c'), (2, 'd'), (1, 'e')];
        super::sort_by_key(&mut items, |(number, _)| *number);
        assert_eq!(items, [(1, 'b'), (1, 'e'), (2, 'd'), (3, 'a'), (3, 'c')]);
    }
}
