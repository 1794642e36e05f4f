//! Room to work in, handed out and taken back, so that memory is asked for once.

use std::sync::Mutex;

use super::{emit, learn, path};

/// Values that are used one after another; a value may come back in any state.
#[derive(Debug, Default)]
pub(super) struct Pool<T>(Mutex<Vec<T>>);

impl<T: Default> Pool<T> {
    /// Does `work` with a value that nobody else has meanwhile.
    pub fn with<R>(&self, work: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.values().pop().unwrap_or_default();
        let done = work(&mut value);
        self.values().push(value);
        done
    }

    /// Gives up the values that nobody has at the moment.
    pub fn clear(&self) {
        self.values().clear();
    }

    fn values(&self) -> std::sync::MutexGuard<'_, Vec<T>> {
        // Nothing can be half done in between.
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// Adds by a quarter, not by as much again: there are millions.
pub(super) fn push<T>(to: &mut Vec<T>, value: T) {
    if to.len() == to.capacity() {
        to.reserve_exact(to.len() / 4 + 64);
    }
    to.push(value);
}

/// The room that aligning takes.
#[derive(Debug, Default)]
pub(super) struct Workshop {
    pub learning: Pool<learn::Room>,
    pub paths: Pool<Solving>,
}

/// The room that one path takes.
#[derive(Debug, Default)]
pub(super) struct Solving {
    pub words: emit::Room,
    pub forward: Vec<[f32; emit::MOST]>,
    pub backward: Vec<[f32; emit::MOST]>,
    pub path: path::Room,
}
