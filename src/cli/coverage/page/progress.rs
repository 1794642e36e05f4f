//! Progress over time, as an inline SVG: the sentences that have English now, by when that was last touched.

use std::io::{self, Write};

use super::text::{Text, day, thousands};
use crate::desk::coverage::{Progress, hours_since_epoch};
use crate::quality::Coverage as Numbers;
use crate::quality::State;

const WIDTH: f64 = 1000.0;
const HEIGHT: f64 = 240.0;
/// Steps that are drawn: more are not seen.
const STEPS: usize = 400;

/// A point in time, and what had been done by then.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Step {
    hour: i64,
    reviewed: u64,
    all: u64,
}

/// Writes the chart; where all was done in one hour, a sentence; where nothing is dated, nothing.
pub(super) fn write(out: &mut impl Write, progress: &Progress, total: &Numbers) -> io::Result<()> {
    let (Some(first), Some(last)) = (progress.hours.keys().next(), progress.hours.keys().next_back()) else {
        return Ok(());
    };
    let goal = total.total().sentences - total.size(State::Skipped).sentences;
    let steps = steps(progress);
    let (start, end) = (hours_since_epoch(first), hours_since_epoch(last));
    let done = steps.last().map_or(0, |step| step.all);
    writeln!(out, "<section aria-labelledby=progress>\n<h2 id=progress>Over time</h2>")?;
    if start == end || goal == 0 {
        return writeln!(
            out,
            "<p>{} sentences, all last touched on {}.</p>\n</section>",
            thousands(done),
            day(first)
        );
    }
    let x = |hour: i64| WIDTH * (hour - start) as f64 / (end - start) as f64;
    let y = |sentences: u64| HEIGHT - HEIGHT * sentences as f64 / goal as f64;
    let area = |value: fn(&Step) -> u64| {
        let mut path = format!("M0,{HEIGHT}");
        for step in &steps {
            path.push_str(&format!("H{:.1}V{:.1}", x(step.hour), y(value(step))));
        }
        path + &format!("H{WIDTH}V{HEIGHT}Z")
    };
    let label = format!(
        "From {} to {}: {} of {} sentences have English, {} of them reviewed.",
        day(first),
        day(last),
        thousands(done),
        thousands(goal),
        thousands(steps.last().map_or(0, |step| step.reviewed))
    );
    write!(
        out,
        "<figure class=chart>\n<div class=\"y quiet\" aria-hidden=true><span>{}</span><span>{}</span><span>0</span></div>\n\
         <svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" preserveAspectRatio=none role=img aria-label=\"{}\">\
         <path class=area-d d=\"{}\"/><path class=area-r d=\"{}\"/>\
         <line x1=0 x2={WIDTH} y1=0 y2=0 class=all /><line x1=0 x2={WIDTH} y1={} y2={} /><line x1=0 x2={WIDTH} y1={HEIGHT} y2={HEIGHT} /></svg>\n\
         <div class=\"x quiet\" aria-hidden=true><span>{}</span><span>{}</span></div>\n</figure>\n",
        thousands(goal),
        thousands(goal / 2),
        Text(&label),
        area(|step| step.all),
        area(|step| step.reviewed),
        HEIGHT / 2.0,
        HEIGHT / 2.0,
        day(first),
        day(last),
    )?;
    let (reviewed, draft) = progress.undated;
    let undated = if reviewed + draft > 0 {
        format!("; {} do not say when and stand at the start", thousands(reviewed + draft))
    } else {
        String::new()
    };
    writeln!(
        out,
        "<p class=quiet>Sentences with English, by when that was last touched: below what is reviewed, above it what is a draft{undated}.</p>\n</section>"
    )
}

/// What had been done by each hour in which something was done, at most [`STEPS`] of them.
fn steps(progress: &Progress) -> Vec<Step> {
    let (mut reviewed, draft) = progress.undated;
    let mut all = reviewed + draft;
    let steps: Vec<Step> = progress
        .hours
        .iter()
        .map(|(hour, (more, draft))| {
            reviewed += more;
            all += more + draft;
            Step { hour: hours_since_epoch(hour), reviewed, all }
        })
        .collect();
    let every = steps.len().div_ceil(STEPS).max(1);
    let last = steps.len().saturating_sub(1);
    steps
        .into_iter()
        .enumerate()
        .filter(|(at, _)| at % every == 0 || *at == last)
        .map(|(_, step)| step)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_add_up_and_stay_few() {
        let mut progress = Progress { undated: (1, 1), ..Progress::default() };
        for hour in 0..24 {
            for day in 1..29 {
                progress.hours.insert(format!("2026-02-{day:02}T{hour:02}"), (1, 2));
            }
        }
        let steps = steps(&progress);
        assert!(steps.len() <= STEPS + 1);
        assert_eq!(steps.last().map(|step| (step.reviewed, step.all)), Some((1 + 672, 2 + 3 * 672)));
        assert!(steps.windows(2).all(|two| two[0].hour < two[1].hour && two[0].all < two[1].all));
    }
}
