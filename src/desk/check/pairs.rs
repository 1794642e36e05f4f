//! Pairs of any origin: JSON Lines in, JSON Lines out, a line for a line, in order.

use std::borrow::Cow;
use std::io::{self, BufRead, Write};

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::bitext::{Finding, Severity, Span};
use crate::quality::Checker;

/// Lines and bytes that are read before they are judged: enough for every core, little in memory.
const BATCH_LINES: usize = 8192;
const BATCH_BYTES: usize = 4 << 20;

/// One line of the input; other keys are passed over.
#[derive(Deserialize)]
struct Line<'l> {
    #[serde(borrow)]
    id: Option<&'l RawValue>,
    #[serde(borrow)]
    fr: Cow<'l, str>,
    #[serde(borrow)]
    en: Cow<'l, str>,
}

/// What came of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Lines read.
    pub lines: u64,
    /// Lines that are no pair.
    pub faults: u64,
    /// Pairs with findings.
    pub with_findings: u64,
    /// Findings in all.
    pub findings: u64,
}

/// Checks each line's pair alone and writes its findings; `fault` is told of lines that are no pair.
///
/// A line that is no JSON object with the strings `fr` and `en` has its answer too, with `error` and its number.
/// Lines are judged in batches on all cores; at most some megabytes are held, and the longest line.
///
/// # Errors
///
/// Where reading or writing fails.
pub fn check_lines(
    checker: &Checker,
    mut input: impl BufRead,
    mut output: impl Write,
    mut fault: impl FnMut(u64, &str),
) -> io::Result<Report> {
    let mut report = Report::default();
    let mut bytes = Vec::with_capacity(BATCH_BYTES + (1 << 16));
    let mut ends = Vec::with_capacity(BATCH_LINES);
    loop {
        bytes.clear();
        ends.clear();
        while ends.len() < BATCH_LINES
            && bytes.len() < BATCH_BYTES
            && input.read_until(b'\n', &mut bytes)? > 0
        {
            ends.push(bytes.len());
        }
        if ends.is_empty() {
            return Ok(report);
        }
        let start = |index: usize| if index == 0 { 0 } else { ends[index - 1] };
        // Some lines to a task: an answer's memory is used again for the next.
        let answers: Vec<(Vec<u8>, Vec<Judged>)> = (0..ends.len().div_ceil(64))
            .into_par_iter()
            .map(|task| {
                let mut answer = Vec::with_capacity(64 * 64);
                let lines = task * 64..((task + 1) * 64).min(ends.len());
                let judged = lines
                    .map(|index| {
                        judge(
                            checker,
                            &bytes[start(index)..ends[index]],
                            report.lines + index as u64 + 1,
                            &mut answer,
                        )
                    })
                    .collect();
                (answer, judged)
            })
            .collect();
        for (answer, judged) in answers {
            output.write_all(&answer)?;
            for one in judged {
                report.lines += 1;
                match one {
                    Ok(findings) => {
                        report.with_findings += u64::from(findings > 0);
                        report.findings += findings;
                    }
                    Err(why) => {
                        report.faults += 1;
                        fault(report.lines, &why);
                    }
                }
            }
        }
    }
}

/// How many findings a line's pair has, or why it is none.
type Judged = Result<u64, String>;

fn judge(checker: &Checker, line: &[u8], number: u64, answer: &mut Vec<u8>) -> Judged {
    let line = if number == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
    let parsed: Result<Line<'_>, String> = if line.trim_ascii().is_empty() {
        Err("the line is blank".to_owned())
    } else {
        serde_json::from_slice(line).map_err(|error| short(&error))
    };
    match parsed {
        Ok(line) => {
            let findings = checker.check(&line.fr, &line.en);
            answer.extend_from_slice(b"{\"id\":");
            answer.extend_from_slice(line.id.map_or("null", RawValue::get).as_bytes());
            answer.extend_from_slice(b",\"findings\":[");
            for (index, finding) in findings.iter().enumerate() {
                if index > 0 {
                    answer.push(b',');
                }
                write_finding(finding, answer);
            }
            answer.extend_from_slice(b"]}\n");
            Ok(findings.len() as u64)
        }
        Err(why) => {
            answer.extend_from_slice(b"{\"id\":null,\"findings\":[],\"error\":");
            string(&format!("line {number}: {why}"), answer);
            answer.extend_from_slice(b"}\n");
            Err(why)
        }
    }
}

/// A fault of JSON with its column; the line is known.
fn short(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((what, _)) if error.column() > 0 => format!("{what}, at column {}", error.column()),
        Some((what, _)) => what.to_owned(),
        None => text,
    }
}

/// One finding as JSON: `check severity fr_span en_span message`, and `expected suggestion` where it has them.
///
/// Spans are `[start, end]` in bytes of UTF-8, half-open, or `null` where a side has no place.
pub fn write_finding(finding: &Finding, answer: &mut Vec<u8>) {
    answer.extend_from_slice(b"{\"check\":");
    string(&finding.check, answer);
    answer.extend_from_slice(b",\"severity\":\"");
    answer.extend_from_slice(finding.severity.as_str().as_bytes());
    answer.extend_from_slice(b"\",\"fr_span\":");
    span(finding.fr, answer);
    answer.extend_from_slice(b",\"en_span\":");
    span(finding.en, answer);
    answer.extend_from_slice(b",\"message\":");
    string(&finding.message, answer);
    for (key, value) in [(",\"expected\":", &finding.expected), (",\"suggestion\":", &finding.suggestion)] {
        if let Some(value) = value {
            answer.extend_from_slice(key.as_bytes());
            string(value, answer);
        }
    }
    answer.push(b'}');
}

fn span(span: Option<Span>, answer: &mut Vec<u8>) {
    match span {
        Some(Span { start, end }) => {
            let _ = write!(answer, "[{start},{end}]");
        }
        None => answer.extend_from_slice(b"null"),
    }
}

fn string(text: &str, answer: &mut Vec<u8>) {
    serde_json::to_writer(answer, text).expect("a string is JSON, and memory takes every byte");
}

/// Whether `level` shows anything in the report: what the exit code says.
impl Report {
    /// Whether anything was found.
    pub const fn found(&self) -> bool {
        self.findings > 0
    }
}

/// The level below which findings are not shown, unless told otherwise.
pub const DEFAULT_LEVEL: Severity = Severity::Warning;

#[cfg(test)]
mod tests {
    use super::*;

    fn run(input: &[u8]) -> (String, Vec<(u64, String)>, Report) {
        let (mut output, mut faults) = (Vec::new(), Vec::new());
        let report = check_lines(&Checker::default(), input, &mut output, |line, why| {
            faults.push((line, why.to_owned()));
        })
        .unwrap();
        (String::from_utf8(output).unwrap(), faults, report)
    }

    #[test]
    fn a_line_comes_out_for_each_that_goes_in() {
        let (output, faults, report) = run(
            "{\"id\":7,\"fr\":\"Il dort.\",\"en\":\"He sleeps.\"}\n{\"id\":\"b\",\"en\":\"He is 21.\",\"fr\":\"Il a 12 ans.\",\"x\":1}\n{\"fr\":\"Oui.\",\"en\":\"Yes.\"}"
                .as_bytes(),
        );
        let lines: Vec<&str> = output.lines().collect();
        assert_eq!(lines[0], r#"{"id":7,"findings":[]}"#);
        assert_eq!(
            lines[1],
            r#"{"id":"b","findings":[{"check":"numbers","severity":"error","fr_span":[5,7],"en_span":[6,8],"message":"`21` is `12` in the French","expected":"12","suggestion":"12"}]}"#
        );
        assert_eq!(lines[2], r#"{"id":null,"findings":[]}"#);
        assert!(faults.is_empty());
        assert_eq!(report, Report { lines: 3, faults: 0, with_findings: 1, findings: 1 });
    }

    #[test]
    fn a_line_that_is_no_pair_is_reported_and_answered() {
        let (output, faults, report) =
            run(b"{\"id\":1}\n\nnot json\n{\"id\":1,\"fr\":\"\xFF\",\"en\":\"\"}\n{\"fr\":\"Oui.\",\"en\":\"Yes.\"}\n");
        assert_eq!(output.lines().count(), 5);
        for line in output.lines() {
            serde_json::from_str::<serde_json::Value>(line).unwrap();
        }
        let numbers: Vec<u64> = faults.iter().map(|(line, _)| *line).collect();
        assert_eq!((numbers, report.faults), (vec![1, 2, 3, 4], 4));
        assert!(
            output.starts_with(r#"{"id":null,"findings":[],"error":"line 1: missing field `fr`"#),
            "{output}"
        );
    }

    #[test]
    fn order_is_kept_over_many_batches() {
        let mut input = String::new();
        for n in 0..20_000 {
            input.push_str(&format!("{{\"id\":{n},\"fr\":\"Il a {n} ans.\",\"en\":\"He is {n}.\"}}\n"));
        }
        let (output, _, report) = run(input.as_bytes());
        assert_eq!(report.lines, 20_000);
        for (n, line) in output.lines().enumerate() {
            assert_eq!(line, format!("{{\"id\":{n},\"findings\":[]}}"));
        }
    }
}
