//! The same work on many articles: side by side, its results in order, in bounded memory.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::mpsc;

use crate::bitext::{Edition, Stem};
use crate::store::{Corpus, StoreError};

/// Does `work` on each of `all` on every core, and hands the results to `take` in their order.
///
/// Only a few dozen results wait at any time, so that memory does not grow with `all`. Where `take` fails,
/// no more is begun.
///
/// # Errors
///
/// What `take` gives.
///
/// # Examples
///
/// ```
/// use enregard::desk::each;
/// let mut squares = Vec::new();
/// let done: Result<(), ()> = each(&[1, 2, 3], |n| n * n, |_, square| Ok(squares.push(square)));
/// assert_eq!((done, squares), (Ok(()), vec![1, 4, 9]));
/// ```
pub fn each<I: Sync, T: Send, E>(
    all: &[I],
    work: impl Fn(&I) -> T + Sync,
    mut take: impl FnMut(&I, T) -> Result<(), E>,
) -> Result<(), E> {
    if let [one] = all {
        // On this thread: what a large one takes here is room for what comes after it.
        return take(one, work(one));
    }
    // A task of several costs fewer wake-ups; but a few, perhaps large, are each a task.
    let threads = rayon::current_num_threads();
    let chunk = (all.len() / (threads * 16)).clamp(1, 8);
    let ahead = threads * 8;
    let chunks: Vec<&[I]> = all.chunks(chunk).collect();
    let (sender, receiver) = mpsc::channel();
    let (work, chunks) = (&work, &chunks);
    rayon::in_place_scope(|scope| {
        let mut begun = 0;
        let mut waiting = HashMap::with_capacity(ahead);
        for (next, chunk) in chunks.iter().enumerate() {
            while begun < chunks.len() && begun < next + ahead {
                let (sender, index) = (sender.clone(), begun);
                scope.spawn(move |_| {
                    // A panic is handed on: the other thread waits for a result.
                    let results =
                        chunks[index].iter().map(|one| catch_unwind(AssertUnwindSafe(|| work(one))));
                    let _ = sender.send((index, results.collect::<Vec<_>>()));
                });
                begun += 1;
            }
            let results = loop {
                if let Some(results) = waiting.remove(&next) {
                    break results;
                }
                let (index, results) = receiver.recv().expect("this thread has a sender too");
                waiting.insert(index, results);
            };
            for (one, result) in chunk.iter().zip(results) {
                match result {
                    Ok(result) => take(one, result)?,
                    Err(panic) => resume_unwind(panic),
                }
            }
        }
        Ok(())
    })
}

/// The articles of these names, sorted and each once; all where none is named.
///
/// With an edition and no names: those that have it.
///
/// # Errors
///
/// Where a name is no article's or several articles', or the folders cannot be read.
pub fn chosen(corpus: &Corpus, names: &[String], edition: Option<&Edition>) -> Result<Vec<Stem>, StoreError> {
    if names.is_empty() {
        let mut stems = corpus.stems()?;
        if let Some(edition) = edition {
            let editions = corpus.all_editions()?;
            stems.retain(|stem| editions.get(stem).is_some_and(|own| own.contains(edition)));
        }
        return Ok(stems);
    }
    let mut stems = names.iter().map(|name| corpus.resolve(name)).collect::<Result<Vec<_>, _>>()?;
    stems.sort();
    stems.dedup();
    Ok(stems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_a_refusal_ends_the_work() {
        let all: Vec<u64> = (0..1000).collect();
        let mut seen = Vec::new();
        let done = each(
            &all,
            |n| {
                // The first of each hundred is late.
                if n % 100 == 0 {
                    std::thread::sleep(std::time::Duration::from_millis(2));
                }
                n * 2
            },
            |n, twice| {
                seen.push((*n, twice));
                if *n == 700 { Err("enough") } else { Ok(()) }
            },
        );
        assert_eq!(done, Err("enough"));
        assert_eq!(seen, (0..=700).map(|n| (n, n * 2)).collect::<Vec<_>>());
    }

    #[test]
    #[should_panic(expected = "broken")]
    fn a_panic_in_the_work_is_a_panic_here() {
        let _ = each(&[1, 2], |_| -> u8 { panic!("broken") }, |_, _| Ok::<(), ()>(()));
    }
}
