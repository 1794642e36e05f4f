//! Carry-over on scripts with known truth: what every unit must have become is known beforehand.

use std::collections::{BTreeMap, HashMap};

use enregard::bitext::{
    Alignment, Header, Kind, Lang, Segmentation, Sentence, Span, Status, Stem, Unit, UnitId, joined,
};
use enregard::revise::{Fate, carry, same_text};
use enregard::segment::segment;

use crate::scripts::{Deed, Draft, Random, invented, seeds, split_seeds};

fn stem() -> Stem {
    "essai".parse().unwrap()
}

fn header() -> Header {
    Header::new("essai", ["fr", "en"], &"0".repeat(64), "fr/1")
}

/// The segmentation that the draft itself knows.
fn segmented(draft: &Draft, text: &str) -> Segmentation {
    let mut sentences = Vec::new();
    let mut at = 0;
    for (paragraph, lines) in draft.paragraphs.iter().filter(|lines| !lines.is_empty()).enumerate() {
        for line in lines {
            let start = at + text[at..].find(line.text.as_str()).unwrap();
            at = start + line.text.len();
            let span = Span::new(start, at);
            sentences.push(Sentence { span, kind: Kind::Body, paragraph: paragraph as u32 });
        }
    }
    Segmentation::new(text, sentences).unwrap()
}

/// The old alignment, and for each old sentence the unit that it is in.
struct Past {
    alignment: Alignment,
    unit_of: Vec<usize>,
    /// Whether the unit is one whole sentence.
    single: Vec<bool>,
}

/// A unit for each sentence, some merged, some cut; most with English.
fn past(draft: &Draft, text: &str, random: &mut Random) -> Past {
    let mut units: Vec<Unit> = Vec::new();
    let mut unit_of = Vec::new();
    let mut single = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    for line in draft.lines() {
        let occurrence = seen.entry(line.text.clone()).or_default();
        let id = UnitId::of(&stem(), &[&line.text], *occurrence);
        *occurrence += 1;
        let merge = random.chance(6)
            && units.last().is_some_and(|unit| unit.has_english())
            && single.last() == Some(&true);
        if merge {
            let last = units.last_mut().unwrap();
            last.fr.edit(|fr| fr.push(line.text.clone()));
            last.more.was_ids.push(id);
            last.more.set.bounds = true;
            *single.last_mut().unwrap() = false;
            unit_of.push(units.len() - 1);
            continue;
        }
        unit_of.push(units.len());
        let mut unit = Unit::new(id, Kind::Body, vec![line.text.clone()]);
        if random.chance(75) {
            unit.en = format!("English of sentence {}.", unit_of.len()).into();
            unit.status = if random.chance(60) { Status::Reviewed } else { Status::Draft };
        } else if random.chance(20) {
            unit.status = Status::Skipped;
        }
        let cut = line.text.find(", ").filter(|_| unit.has_english() && random.chance(4));
        if let Some(at) = cut {
            let (first, second) = (line.text[..=at].to_owned(), line.text[at + 2..].to_owned());
            let mut rest = unit.clone();
            unit.fr = first.into();
            unit.more.set.bounds = true;
            rest.id = UnitId::of(&stem(), &[&second], 7);
            rest.fr = second.into();
            rest.en = format!("Second English of sentence {}.", unit_of.len()).into();
            rest.more.set.bounds = true;
            units.push(unit);
            single.push(false);
            units.push(rest);
            single.push(false);
        } else {
            units.push(unit);
            single.push(true);
        }
    }
    let alignment = Alignment::new(header(), units, text).unwrap();
    Past { alignment, unit_of, single }
}

/// What was right and what was not, over all scripts.
#[derive(Debug, Default)]
struct Figures {
    scripts: usize,
    kept: (usize, usize),
    edited: BTreeMap<Deed, (usize, usize)>,
    negations: (usize, usize),
    removed: (usize, usize),
    added: (usize, usize),
    english: (usize, usize),
    back: (usize, usize),
}

impl Figures {
    fn and(mut self, other: Figures) -> Figures {
        let add = |mine: &mut (usize, usize), theirs: (usize, usize)| {
            mine.0 += theirs.0;
            mine.1 += theirs.1;
        };
        self.scripts += other.scripts;
        add(&mut self.kept, other.kept);
        for (deed, figure) in other.edited {
            add(self.edited.entry(deed).or_default(), figure);
        }
        add(&mut self.negations, other.negations);
        add(&mut self.removed, other.removed);
        add(&mut self.added, other.added);
        add(&mut self.english, other.english);
        add(&mut self.back, other.back);
        self
    }

    fn share(of: (usize, usize)) -> f64 {
        100.0 * of.0 as f64 / (of.1.max(1)) as f64
    }
}

fn count(figure: &mut (usize, usize), right: bool) {
    figure.0 += usize::from(right);
    figure.1 += 1;
}

/// Whether a unit has most of a stretch of text.
fn has_most(unit: &Unit, stretch: &str) -> bool {
    let words: Vec<&str> = stretch.split_whitespace().collect();
    let own = unit.french();
    let own: Vec<&str> = own.split_whitespace().collect();
    let mut left = own.clone();
    let found = words
        .iter()
        .filter(|word| left.iter().position(|other| other == *word).map(|at| left.remove(at)).is_some())
        .count();
    found * 2 > words.len()
}

/// How a test splits a text: as the draft knows it, or as the program does.
type Split = fn(&Draft, &str) -> Segmentation;

fn one_script(seed: u64, paragraphs: &[Vec<String>], split: Split, figures: &mut Figures) {
    let mut random = Random(seed);
    let before = Draft::new(paragraphs);
    let old_text = before.text();
    let past = past(&before, &old_text, &mut random);
    let old = past.alignment.units();
    let mut after = before.clone();
    for _ in 0..1 + random.below(8) {
        after.edit(&mut random);
    }
    if random.chance(25) {
        after.retype(&mut random);
    }
    if after.lines().next().is_none() {
        return;
    }
    let text = after.text();
    if std::env::var("ENREGARD_SCRIPT").is_ok_and(|only| only == seed.to_string()) {
        println!("--- {seed}, before\n{old_text}\n--- after\n{text}\n---");
    }
    let (units, report) = carry(&past.alignment, &stem(), &text, split(&after, &text));
    let new = Alignment::new(header(), units, &text).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
    figures.scripts += 1;

    // No English is lost, changed or doubled; nor is a note or a status.
    for unit in old.iter().filter(|unit| unit.has_english() || unit.status == Status::Skipped) {
        let found: Vec<&Unit> = new.units().iter().filter(|other| other.id == unit.id).collect();
        let kept = matches!(found.as_slice(), [one] if one.en == unit.en
            && (one.status == unit.status || one.status == Status::Orphan));
        count(&mut figures.english, kept);
    }

    // Where each old sentence is in the new text.
    let mut stretches: HashMap<usize, Vec<(Deed, &str)>> = HashMap::new();
    for line in after.lines() {
        for origin in &line.origins {
            stretches.entry(origin.sentence).or_default().push((origin.deed, &origin.text));
        }
    }
    let as_before = |now: &Unit, unit: &Unit| {
        same_text(&now.fr, &unit.fr)
            && now.status == unit.status
            && now.more.was.is_empty()
            && now.en == unit.en
    };
    // Of twins, nobody can say which one was changed: as many must be kept as are left.
    let twins = |unit: &Unit| -> Vec<&Unit> { old.iter().filter(|twin| twin.fr == unit.fr).collect() };
    let all_twins_kept = |unit: &Unit| {
        let twins = twins(unit);
        let kept = twins.iter().filter(|twin| new.find(twin.id).is_some_and(|(_, now)| as_before(now, twin)));
        let left = after.lines().filter(|line| same_text(&[&line.text], &unit.fr));
        kept.count() >= left.count().min(twins.len())
    };
    for (sentence, line) in before.lines().enumerate() {
        let index = past.unit_of[sentence];
        let unit = &old[index];
        let Some(now) = new.find(unit.id).map(|(_, unit)| unit) else {
            // A unit that nobody gave anything may vanish with its sentence, not otherwise.
            if past.single[index] {
                match stretches.get(&sentence) {
                    None => count(&mut figures.removed, true),
                    Some(all) if all[0].0 == Deed::Nothing => {
                        // Or it is one sentence now with what stands beside it.
                        let within = |other: &Unit| joined(&other.fr).contains(all[0].1);
                        let right =
                            new.units().iter().any(within) || twins(unit).len() > 1 && all_twins_kept(unit);
                        count(&mut figures.kept, right);
                        if !right && std::env::var_os("ENREGARD_SCRIPTS_SHOW").is_some() {
                            println!("seed {seed}: unchanged {:?} is gone", all[0].1);
                        }
                    }
                    // Two sentences that nobody gave anything and that are one now are one unit.
                    Some(all) if all[0].0 == Deed::Joined => {
                        let one = new.units().iter().any(|unit| joined(&unit.fr).contains(all[0].1));
                        count(figures.edited.entry(Deed::Joined).or_default(), one);
                    }
                    Some(all) => count(figures.edited.entry(all[0].0).or_default(), false),
                }
            }
            continue;
        };
        if !past.single[index] {
            continue;
        }
        match stretches.get(&sentence).map(Vec::as_slice) {
            None => {
                // A twin elsewhere may have taken its place.
                let twin = before.lines().filter(|other| other.text == line.text).count() > 1;
                count(&mut figures.removed, now.status == Status::Orphan || twin);
            }
            Some([(Deed::Nothing, text)]) => {
                // What nobody gave anything is split anew with what stands beside it.
                let split_anew = !unit.has_english()
                    && now.status == unit.status
                    && after.lines().all(|line| !same_text(&now.fr, &[&line.text]))
                    && joined(&now.fr).contains(*text);
                let right = same_text(&now.fr, &[text]) && as_before(now, unit)
                    || twins(unit).len() > 1 && all_twins_kept(unit)
                    || split_anew;
                count(&mut figures.kept, right);
                if !right && std::env::var_os("ENREGARD_SCRIPTS_SHOW").is_some() {
                    println!("seed {seed}: unchanged {text:?} came out as {now:?}");
                }
            }
            Some(all) => {
                let deed = all[0].0;
                let stale = now.is_stale() || !unit.has_english();
                let mut right = stale && all.iter().any(|(_, text)| has_most(now, text));
                if !right && twins(unit).len() > 1 {
                    let other = |twin: &&Unit| {
                        new.find(twin.id).is_some_and(|(_, now)| {
                            (now.is_stale() || !twin.has_english())
                                && all.iter().any(|(_, text)| has_most(now, text))
                        })
                    };
                    right = twins(unit).iter().any(other);
                }
                count(figures.edited.entry(deed).or_default(), right);
                if deed == Deed::Negation {
                    // With another sentence it is stale, too: a person looks at it.
                    count(&mut figures.negations, stale || right);
                }
                if !right && std::env::var_os("ENREGARD_SCRIPTS_SHOW").is_some() {
                    println!("seed {seed}: {deed:?} {:?} to {all:?} came out as {now:?}", line.text);
                }
            }
        }
    }
    for line in after.lines().filter(|line| line.origins.is_empty()) {
        let new_unit = new.units().iter().find(|unit| joined(&unit.fr) == line.text);
        let fate = new_unit
            .and_then(|unit| report.units.iter().find(|carried| carried.id == unit.id))
            .map(|carried| carried.fate);
        // A sentence added between two of one unit is taken into it: a unit is one stretch.
        let within = new
            .units()
            .iter()
            .any(|unit| unit.fr.len() > 2 && unit.fr[1..unit.fr.len() - 1].contains(&line.text));
        count(&mut figures.added, fate == Some(Fate::New) || within);
        if !within && fate != Some(Fate::New) && std::env::var_os("ENREGARD_SCRIPTS_SHOW").is_some() {
            let unit = new.units().iter().find(|unit| joined(&unit.fr).contains(&line.text));
            println!("seed {seed}: added {:?} came out as {unit:?}", line.text);
        }
    }

    if !seed.is_multiple_of(5) {
        return;
    }
    // The same text again changes nothing.
    let (again, report) = carry(&new, &stem(), &text, split(&after, &text));
    assert_eq!(again, new.units(), "seed {seed}");
    assert!(report.is_unchanged(), "seed {seed}");

    // And the old text again brings all English back.
    let (back, _) = carry(&new, &stem(), &old_text, split(&before, &old_text));
    let back = Alignment::new(header(), back, &old_text).unwrap();
    for unit in old.iter().filter(|unit| unit.has_english()) {
        let found = back.units().iter().find(|other| other.id == unit.id);
        assert!(found.is_some_and(|other| other.en == unit.en), "seed {seed}: {unit:?}");
        let same = found.is_some_and(|other| {
            same_text(&other.fr, &unit.fr) && other.status == unit.status && other.more.was.is_empty()
        });
        count(&mut figures.back, same);
    }
}

/// Runs scripts `0..count` on every core. What `text` gives for a script is edited.
fn run(count: u64, text: &(dyn Fn(u64) -> Vec<Vec<String>> + Sync), split: Split) -> Figures {
    let threads = std::thread::available_parallelism().map_or(2, usize::from) as u64;
    let one_thread = &|thread: u64| {
        let mut figures = Figures::default();
        for seed in (thread..count).step_by(threads as usize) {
            one_script(seed, &text(seed), split, &mut figures);
        }
        figures
    };
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|thread| scope.spawn(move || one_thread(thread))).collect();
        all.into_iter().map(|one| one.join().unwrap()).fold(Figures::default(), Figures::and)
    })
}

impl Figures {
    fn edited(&self) -> (usize, usize) {
        self.edited.values().fold((0, 0), |sum, figure| (sum.0 + figure.0, sum.1 + figure.1))
    }

    fn show(&self) {
        let show = |name: &str, figure: (usize, usize)| {
            println!("{name:<26} {:>8} of {:>8}  {:.3} %", figure.0, figure.1, Figures::share(figure));
        };
        println!("{} scripts", self.scripts);
        show("unchanged, kept", self.kept);
        for (deed, figure) in &self.edited {
            show(&format!("edited, attached: {deed:?}"), *figure);
        }
        show("edited, attached", self.edited());
        show("negations, stale", self.negations);
        show("removed, orphaned", self.removed);
        show("added, new", self.added);
        show("English, kept", self.english);
        show("undone, as before", self.back);
    }
}

/// How many scripts are run: `ENREGARD_SCRIPTS`, else as many as take a few seconds.
fn scripts(usual: u64) -> u64 {
    std::env::var("ENREGARD_SCRIPTS").ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

#[test]
fn unchanged_units_are_kept_and_edited_ones_stay_with_their_sentence() {
    let seeds = seeds();
    let text = |seed: u64| match seed % 50 {
        place @ 0..5 => seeds[place as usize].clone(),
        _ => {
            let mut random = Random(seed ^ 0xA5A5);
            let length = 1 + random.below(9);
            invented(&mut random, length)
        }
    };
    let figures = run(scripts(10_000), &text, segmented);
    figures.show();
    // All of the usual ones; of half a million one was moved while its twin was taken out, which cannot be seen.
    let (kept, all) = figures.kept;
    assert!(all - kept <= all / 500_000, "unchanged units keep id and status: {kept} of {all}");
    assert_eq!(figures.english.0, figures.english.1, "no English is lost");
    assert_eq!(figures.negations.0, figures.negations.1, "every negation is stale");
    assert!(Figures::share(figures.edited()) >= 95.0, "edited units stay with their sentence");
}

/// The same with the program's own splitter, which an edit may bring to other sentences around it.
#[test]
fn the_articles_of_the_corpus_are_carried_over_with_their_own_sentences() {
    let seeds = split_seeds();
    let figures =
        run(scripts(400), &|seed| seeds[(seed % 5) as usize].clone(), |_, text| segment(text, Lang::Fr));
    figures.show();
    // All of the usual ones; of many more, a few headings are taken into a line that was put behind them.
    assert!(Figures::share(figures.kept) >= 99.9, "unchanged units keep id and status");
    assert_eq!(figures.english.0, figures.english.1, "no English is lost");
    assert_eq!(figures.negations.0, figures.negations.1, "every negation is stale");
    assert!(Figures::share(figures.edited()) >= 95.0, "edited units stay with their sentence");
}
