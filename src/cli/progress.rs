//! Progress on long work, for who watches standard error.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Terminal;

/// How far some work has come. Nothing is shown before half a second has passed, nor where nobody watches.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    length: usize,
    watched: bool,
    begun: Instant,
    done: usize,
}

impl Progress {
    /// Work of so many steps.
    pub(super) fn new(terminal: &Terminal, length: usize) -> Self {
        Progress { bar: None, length, watched: terminal.watched(), begun: Instant::now(), done: 0 }
    }

    /// One step is done.
    pub(super) fn step(&mut self) {
        self.done += 1;
        if !self.watched {
            return;
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done as u64);
        } else if self.begun.elapsed() > Duration::from_millis(500) {
            let style = ProgressStyle::with_template("{bar:30} {pos}/{len} articles, {eta} to go")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            let target = ProgressDrawTarget::stderr_with_hz(10);
            let bar = ProgressBar::with_draw_target(Some(self.length as u64), target).with_style(style);
            bar.set_position(self.done as u64);
            self.bar = Some(bar);
        }
    }

    /// Takes the bar away while something else is said.
    pub(super) fn aside<T>(&self, say: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
