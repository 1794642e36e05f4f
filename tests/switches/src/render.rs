//! A file with its switches: the source as it is, with text put in before and after each site.
//!
//! What is put in is remembered by its bytes in the new file, so that an error of the compiler names a mutant.

use std::ops::Range;

use crate::sites::{Kind, Site};

/// A file with its switches.
pub struct Rendered {
    pub text: String,
    /// What was put in.
    pub marks: Vec<Mark>,
}

/// A stretch of the new file that is there because of these mutants.
#[derive(Clone)]
pub struct Mark {
    /// In bytes of the new file.
    pub range: Range<usize>,
    pub keys: Vec<u32>,
    pub of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    /// The mutated code itself.
    Mutated,
    /// A whole site, the plain code in it too.
    Site,
    /// A `match` with arms that can be deleted.
    Match,
}

/// Text to be put in at a place: pieces, some of which are a mutant's own.
type Pieces = Vec<(Option<u32>, String)>;

/// What is put in at one place.
struct Insert<'s> {
    site: &'s Site,
    opens: bool,
    pieces: Pieces,
    keys: Vec<u32>,
}

impl Insert<'_> {
    fn place(&self) -> usize {
        if self.opens { self.site.range.start } else { self.site.range.end }
    }

    /// By place; at one place what closes comes first, the longer site opens first and closes last, and a guard stands around
    /// its expression.
    fn order(&self) -> (usize, bool, usize, usize) {
        let (length, rank) = (self.site.range.len(), self.site.kind as usize);
        if self.opens {
            (self.place(), true, usize::MAX - length, rank)
        } else {
            (self.place(), false, length, usize::MAX - rank)
        }
    }
}

/// Writes a file with the switches of those mutants that `is_switched` lets through.
pub fn render(source: &str, sites: &[Site], is_switched: impl Fn(u32) -> bool) -> Rendered {
    let mut inserts = Vec::new();
    for site in sites {
        let options: Vec<_> = site.options.iter().filter(|(key, _)| is_switched(*key)).collect();
        if options.is_empty() {
            continue;
        }
        let keys: Vec<u32> = options.iter().map(|(key, _)| *key).collect();
        let (before, after) = around(site.kind, &options);
        inserts.push(Insert { site, opens: true, pieces: before, keys: keys.clone() });
        // After an empty site nothing is put in, and it would sort before what opens it.
        if !site.range.is_empty() {
            inserts.push(Insert { site, opens: false, pieces: after, keys });
        }
    }
    inserts.sort_by_key(Insert::order);

    let mut text = String::with_capacity(source.len() * 2);
    let (mut marks, mut open, mut done) = (Vec::new(), Vec::new(), 0);
    for insert in inserts {
        text.push_str(&source[done..insert.place()]);
        done = insert.place();
        if insert.opens {
            open.push((insert.site, text.len()));
        }
        for (key, piece) in insert.pieces {
            let start = text.len();
            text.push_str(&piece);
            if let Some(key) = key {
                marks.push(Mark { range: start..text.len(), keys: vec![key], of: Of::Mutated });
            }
        }
        if insert.opens && !insert.site.range.is_empty() {
            continue;
        }
        let own = open.iter().rposition(|(site, _)| std::ptr::eq(*site, insert.site));
        let (site, start) = open.remove(own.expect("a site opens before it closes"));
        let of = match site.kind {
            // It closes where the function does, and most of what is in it is not its doing.
            Kind::Body => continue,
            Kind::Match => Of::Match,
            _ => Of::Site,
        };
        marks.push(Mark { range: start..text.len(), keys: insert.keys, of });
    }
    text.push_str(&source[done..]);
    Rendered { text, marks }
}

/// What stands before and after a site.
fn around(kind: Kind, options: &[&(u32, Option<String>)]) -> (Pieces, Pieces) {
    let asked = |key: &u32| format!("crate::switch::on({key})");
    let said = |text: &str| {
        options.iter().filter(|(_, own)| own.as_deref() == Some(text)).map(|(key, _)| key).collect::<Vec<_>>()
    };
    let plain = |text: String| vec![(None, text)];
    let deleted =
        || options.iter().filter(|(_, own)| own.is_none()).map(|(key, _)| format!("!{}", asked(key)));
    match kind {
        Kind::Body => {
            let each = |(key, text): &&(u32, Option<String>)| {
                let text = text.as_deref().unwrap_or_default();
                (Some(*key), format!(" if {} {{ return {text}; }}", asked(key)))
            };
            (options.iter().map(each).collect(), Vec::new())
        }
        Kind::Arm => (plain(format!(" if {}", deleted().collect::<Vec<_>>().join(" && "))), Vec::new()),
        Kind::LetGuard => (plain(deleted().map(|each| format!("{each} && ")).collect()), Vec::new()),
        Kind::Guard => {
            let always: String = said("true").into_iter().map(|key| format!("{} || ", asked(key))).collect();
            let never = said("false").into_iter().map(|key| format!("!{} && ", asked(key)));
            let never: String = never.chain(deleted().map(|each| format!("{each} && "))).collect();
            (plain(format!("({always}{never}(")), plain("))".to_owned()))
        }
        Kind::Match => (Vec::new(), Vec::new()),
        Kind::Value => {
            let mut before = plain("(".to_owned());
            for (key, text) in options {
                before.push((None, format!("if {} {{ ", asked(key))));
                before.push((Some(*key), text.clone().unwrap_or_default()));
                before.push((None, " } else ".to_owned()));
            }
            before.push((None, "{ ".to_owned()));
            (before, plain(" })".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::{Genre, Mutant, State};
    use crate::sites::sites;

    /// The source with these mutants (genre, the text before which its span starts, replacement) behind switches 1, 2, 3 …
    fn switched(source: &str, mutants: &[(Genre, &str, &str)]) -> String {
        let mutant = |(key, &(genre, before, replacement)): (u32, &(Genre, &str, &str))| Mutant {
            key,
            file: String::new(),
            line: 1,
            column: source[..source.find(before).unwrap()].chars().count() + 1,
            genre,
            name: String::new(),
            replacement: replacement.to_owned(),
            state: State::Switched,
            why: String::new(),
        };
        let mut mutants: Vec<Mutant> = (1..).zip(mutants).map(mutant).collect();
        let sites = sites(source, &mut mutants.iter_mut().collect::<Vec<_>>()).unwrap();
        assert!(mutants.iter().all(|mutant| mutant.state == State::Switched));
        render(source, &sites, |_| true).text.replace("crate::switch::on", "on")
    }

    #[test]
    fn a_body_and_the_operation_that_it_begins_with_both_have_switches() {
        let mutants = [
            (Genre::FnValue, "a + b", "0"),
            (Genre::BinaryOperator, "+ b", "-"),
            (Genre::BinaryOperator, "+ b", "*"),
        ];
        assert_eq!(
            switched("fn f(a: u8, b: u8) -> u8 {a + b}", &mutants),
            "fn f(a: u8, b: u8) -> u8 { if on(1) { return 0; }\
            (if on(2) { a - b } else if on(3) { a * b } else { a + b })}"
        );
    }

    #[test]
    fn an_operation_within_another_is_plain_in_its_mutants() {
        let mutants = [(Genre::BinaryOperator, "&&", "||"), (Genre::UnaryOperator, "!b", "")];
        assert_eq!(
            switched("fn f() -> bool { é(a) && !b }", &mutants),
            "fn f() -> bool { (if on(1) { é(a) || !b } else { é(a) && (if on(2) { b } else { !b }) }) }"
        );
    }

    #[test]
    fn an_arm_is_deleted_and_its_guard_replaced() {
        let arm = |mutants: &[_]| switched("fn f() { match a { 1 if !b => c, 2 => d, _ => e } }", mutants);
        assert_eq!(
            arm(&[(Genre::MatchArm, "2 =>", "")]),
            "fn f() { match a { 1 if !b => c, 2 if !on(1) => d, _ => e } }"
        );
        let guards = [
            (Genre::MatchArm, "1 if", ""),
            (Genre::MatchArmGuard, "!b", "true"),
            (Genre::MatchArmGuard, "!b", "false"),
            (Genre::UnaryOperator, "!b", ""),
        ];
        assert_eq!(
            arm(&guards),
            "fn f() { match a { 1 if (on(2) || !on(3) && !on(1) && ((if on(4) { b } else { !b }))) => c, 2 => d, _ => e } }"
        );
    }
}
