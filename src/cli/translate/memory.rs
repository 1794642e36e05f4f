//! What the memory and the glossary have for the sentence shown.

use std::time::Duration;

use crate::bitext::Unit;
use crate::cli::corpus::desk_failed;
use crate::cli::lay::{Layout, Style};
use crate::desk::memory::{Glossary, Match, Own, Reading};

use super::Sitting;

/// How long a sentence waits for a memory that is still being read.
const PATIENCE: Duration = Duration::from_millis(300);

/// Where a session looks things up.
pub(super) struct Recall {
    pub memory: Reading,
    pub glossary: Glossary,
    /// Whether it was told which articles are not in the memory.
    pub told: bool,
}

impl Sitting<'_> {
    /// The lines that show what the memory and the glossary have for a sentence; `wait`: however long the memory takes.
    pub(super) fn recalled(&mut self, wait: bool) -> Vec<String> {
        let layout = self.layout();
        let Some(unit) = self.session.view().map(|view| view.unit.clone()) else { return Vec::new() };
        let own = self.own(&unit);
        let fr = unit.french();
        let mut lines = Vec::new();
        let matches = match self.recall.memory.within((!wait).then_some(PATIENCE)) {
            Some(memory) => memory.matches(&fr, Some(&own)),
            None => {
                if self.recall.memory.is_coming() {
                    lines
                        .push(layout.word(Style::Dim, "memory  still being read; :memory shows what it has"));
                }
                Vec::new()
            }
        };
        for (number, found) in (1..).zip(&matches) {
            lines.extend(shown(number, found, &fr, layout));
        }
        if wait && matches.is_empty() {
            lines.push("memory  nothing like this sentence".to_owned());
        }
        for found in self.recall.glossary.terms(&fr) {
            let term = format!("{} = {}", found.span.of(&fr), found.en.join(" or "));
            lines.extend(layout.paragraph("term    ", &[(Style::Plain, &term)]));
        }
        self.session.offer(matches.into_iter().map(|found| found.en).collect());
        self.tell_faults();
        lines
    }

    /// Looks the sentence up, for a match to be taken.
    pub(super) fn look_up(&mut self) {
        let Some(unit) = self.session.view().map(|view| view.unit.clone()) else { return };
        let own = self.own(&unit);
        let matches = match self.recall.memory.within(None) {
            Some(memory) => memory.matches(&unit.french(), Some(&own)),
            None => Vec::new(),
        };
        self.session.offer(matches.into_iter().map(|found| found.en).collect());
        self.tell_faults();
    }

    /// The memory learns what a unit is now.
    pub(super) fn learn(&mut self, units: &[Unit], seen: &Unit) {
        let own = self.own(seen);
        if let (Some(memory), Some(unit)) =
            (self.recall.memory.within(Some(Duration::ZERO)), units.iter().find(|unit| unit.id == seen.id))
        {
            memory.learn(own, unit);
        }
    }

    fn own(&self, unit: &Unit) -> Own {
        Own { stem: self.place.stem.clone(), edition: self.place.edition.cloned(), id: unit.id }
    }

    /// Says once what the memory lacks.
    fn tell_faults(&mut self) {
        if let Some(error) = self.recall.memory.fault() {
            self.terminal.report(&desk_failed("there is no memory", error));
        }
        if let Some(memory) = self.recall.memory.within(Some(Duration::ZERO))
            && !std::mem::replace(&mut self.recall.told, true)
            && let Some((stem, error)) = memory.faults.first()
        {
            let (count, plural) = match memory.faults.len() {
                1 => (String::new(), ""),
                more => (format!(" and {} more", more - 1), "s"),
            };
            self.terminal
                .tell(format!("warning: the memory is without the article{plural} {stem}{count}: {error}"));
        }
    }
}

/// A match: its French, with what the sentence has otherwise, its English, and where it is from.
fn shown(number: usize, found: &Match, fr: &str, layout: Layout) -> Vec<String> {
    let label = format!("{:<8}", format!("{number} {}%", found.score));
    let mut lines = layout.paragraph(&label, &Layout::compared(&found.fr, fr));
    let mut from = found.from.to_string();
    if found.times > 1 {
        from.push_str(&format!(", {} times", found.times));
    }
    let from = format!("  ({from})");
    lines.extend(layout.paragraph("      = ", &[(Style::Plain, &found.en), (Style::Dim, &from)]));
    lines
}
