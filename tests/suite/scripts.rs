//! Articles with a known past: texts that are edited at random, sentence by sentence, so that a test
//! knows which old sentence each new one comes from.

use std::fs;
use std::path::Path;

use enregard::bitext::Lang;
use enregard::segment::segment;

/// A small generator of random numbers (SplitMix64), so that a seed gives the same script everywhere.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    /// True `percent` times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<'t, T: ?Sized>(&mut self, all: &[&'t T]) -> &'t T {
        all[self.below(all.len())]
    }
}

/// What was done to a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Deed {
    /// Nothing, or it was moved, or typed otherwise.
    Nothing,
    /// Words were changed.
    Words,
    /// A negation was added or dropped.
    Negation,
    /// It was cut in two.
    Cut,
    /// It was joined with the next.
    Joined,
}

/// A stretch of a sentence and the old sentence that it comes from.
#[derive(Clone, Debug)]
pub struct Origin {
    pub sentence: usize,
    pub deed: Deed,
    /// The stretch as it stands in the new text.
    pub text: String,
}

/// A sentence of the new text.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    /// Where its stretches come from; none for one that was added.
    pub origins: Vec<Origin>,
}

/// An article as paragraphs of sentences.
#[derive(Clone, Debug)]
pub struct Draft {
    pub paragraphs: Vec<Vec<Line>>,
}

impl Draft {
    /// Paragraphs of sentences as they are before any edit.
    pub fn new(paragraphs: &[Vec<String>]) -> Self {
        let mut sentence = 0;
        let mut line = |text: &String| {
            let origin = Origin { sentence, deed: Deed::Nothing, text: text.clone() };
            sentence += 1;
            Line { text: text.clone(), origins: vec![origin] }
        };
        Draft { paragraphs: paragraphs.iter().map(|all| all.iter().map(&mut line).collect()).collect() }
    }

    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.paragraphs.iter().flatten()
    }

    /// The text, with an empty line between paragraphs.
    pub fn text(&self) -> String {
        let paragraph =
            |lines: &Vec<Line>| lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
        self.paragraphs
            .iter()
            .filter(|lines| !lines.is_empty())
            .map(paragraph)
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    fn place(&self, random: &mut Random) -> Option<(usize, usize)> {
        let full: Vec<usize> =
            (0..self.paragraphs.len()).filter(|&p| !self.paragraphs[p].is_empty()).collect();
        let paragraph = *full.get(random.below(full.len()))?;
        Some((paragraph, random.below(self.paragraphs[paragraph].len())))
    }

    /// One edit at random; some find nothing to do.
    pub fn edit(&mut self, random: &mut Random) {
        let Some((p, s)) = self.place(random) else { return };
        match random.below(20) {
            0..=4 => self.change_words(random, p, s),
            5..=7 => self.negate(random, p, s),
            8..=9 => {
                let text = sentence(random);
                let at = s + random.below(2);
                self.paragraphs[p].insert(at, Line { text, origins: Vec::new() });
            }
            10..=11 => {
                self.paragraphs[p].remove(s);
            }
            12..=13 => {
                if let Some((q, t)) = self.place(random) {
                    if p == q {
                        self.paragraphs[p].swap(s, t);
                    } else {
                        let line = self.paragraphs[p][s].clone();
                        let other = std::mem::replace(&mut self.paragraphs[q][t], line);
                        self.paragraphs[p][s] = other;
                    }
                }
            }
            14..=15 => self.cut(random, p, s),
            16..=17 => self.join(p, s),
            _ => {
                let paragraph = self.paragraphs.remove(p);
                let to = random.below(self.paragraphs.len() + 1);
                self.paragraphs.insert(to, paragraph);
            }
        }
    }

    /// Changes up to a third of the words of a sentence that nothing was done to.
    fn change_words(&mut self, random: &mut Random, p: usize, s: usize) {
        let line = &mut self.paragraphs[p][s];
        let mut words: Vec<String> = line.text.split(' ').map(str::to_owned).collect();
        if !untouched(line) || words.len() < 3 {
            return;
        }
        for _ in 0..1 + random.below(words.len() / 3) {
            let at = random.below(words.len());
            match random.below(3) {
                0 => words[at] = random.pick(&WORDS).to_owned(),
                1 => words.insert(at, random.pick(&WORDS).to_owned()),
                _ if words.len() > 3 => {
                    words.remove(at);
                }
                _ => {}
            }
        }
        rewrite(line, words.join(" "), Deed::Words);
    }

    fn negate(&mut self, random: &mut Random, p: usize, s: usize) {
        let line = &mut self.paragraphs[p][s];
        if !untouched(line) {
            return;
        }
        let dropped = line.text.replacen(" ne ", " ", 1).replacen(" n’", " ", 1).replacen(" pas ", " ", 1);
        if dropped != line.text {
            rewrite(line, dropped, Deed::Negation);
            return;
        }
        let mut words: Vec<String> = line.text.split(' ').map(str::to_owned).collect();
        if words.len() < 3 {
            return;
        }
        let at = 1 + random.below(words.len() - 2);
        words.insert(at + 1, random.pick(&["pas", "jamais", "plus"]).to_owned());
        words.insert(at, "ne".to_owned());
        rewrite(line, words.join(" "), Deed::Negation);
    }

    /// Cuts a sentence at a comma.
    fn cut(&mut self, random: &mut Random, p: usize, s: usize) {
        let line = self.paragraphs[p][s].clone();
        let commas: Vec<usize> = line.text.match_indices(", ").map(|(at, _)| at).collect();
        if !untouched(&line) || commas.is_empty() {
            return;
        }
        let at = commas[random.below(commas.len())];
        let (first, second) = (format!("{}.", &line.text[..at]), capital(&line.text[at + 2..]));
        for (nth, text) in [first, second].into_iter().enumerate() {
            let mut part = line.clone();
            rewrite(&mut part, text, Deed::Cut);
            if nth == 0 {
                self.paragraphs[p][s] = part;
            } else {
                self.paragraphs[p].insert(s + 1, part);
            }
        }
    }

    /// Joins a sentence with the next, if each ends in a stop.
    fn join(&mut self, p: usize, s: usize) {
        let paragraph = &mut self.paragraphs[p];
        let Some(next) = paragraph.get(s + 1) else { return };
        if !untouched(&paragraph[s]) || !untouched(next) || !paragraph[s].text.ends_with('.') {
            return;
        }
        let (mut first, mut second) = (paragraph[s].clone(), next.clone());
        let start = format!("{},", first.text.trim_end_matches('.'));
        rewrite(&mut first, start, Deed::Joined);
        let lower: String = second.text.chars().take(1).flat_map(char::to_lowercase).collect();
        let end = format!("et {lower}{}", second.text.chars().skip(1).collect::<String>());
        rewrite(&mut second, end, Deed::Joined);
        first.text = format!("{} {}", first.text, second.text);
        first.origins.extend(second.origins);
        paragraph[s] = first;
        paragraph.remove(s + 1);
    }

    /// Types the whole text with other apostrophes, quotes, spaces, hyphens and normal form.
    pub fn retype(&mut self, random: &mut Random) {
        let how = random.next();
        for line in self.paragraphs.iter_mut().flatten() {
            line.text = retyped(&line.text, how);
            for origin in &mut line.origins {
                origin.text = retyped(&origin.text, how);
            }
        }
    }
}

fn untouched(line: &Line) -> bool {
    matches!(line.origins.as_slice(), [origin] if origin.deed == Deed::Nothing)
}

fn rewrite(line: &mut Line, text: String, deed: Deed) {
    // A change that comes out as the same text is none.
    if text == line.text {
        return;
    }
    line.text = text;
    for origin in &mut line.origins {
        origin.text = line.text.clone();
        origin.deed = deed;
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

fn retyped(text: &str, how: u64) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\'' | '’' if how & 1 == 0 => out.push(if how & 2 == 0 { '’' } else { '\'' }),
            '«' | '»' | '“' | '”' if how & 4 == 0 => out.push('"'),
            '\u{A0}' | '\u{202F}' if how & 8 == 0 => out.push(' '),
            '\u{2011}' if how & 16 == 0 => out.push('-'),
            c => out.push(c),
        }
    }
    match how >> 5 & 3 {
        0 => out.nfd().collect(),
        1 => out.nfc().collect(),
        _ => out,
    }
}

/// Words for changed and added sentences.
const WORDS: [&str; 48] = [
    "hier", "demain", "la", "le", "des", "ministre", "usine", "canal", "forêt", "prudent", "selon", "grève",
    "bateau", "accord", "hausse", "vote", "douze", "45", "2019", "refuse", "annonce", "espère", "port",
    "rapide", "ancien", "vigne", "conseil", "avec", "sans", "pourtant", "enfants", "musée", "budget",
    "pluie", "lente", "maire", "de", "un", "une", "dans", "les", "quartier", "train", "gare", "élèves",
    "soleil", "rivière", "pont",
];

/// A sentence of invented French: words in no order that means anything.
pub fn sentence(random: &mut Random) -> String {
    let length = match random.below(10) {
        0 => 1 + random.below(3),
        _ => 4 + random.below(16),
    };
    let mut words: Vec<String> = (0..length)
        .map(|_| {
            let word = random.pick(&WORDS).to_owned();
            match random.below(12) {
                0 => format!("{word},"),
                // A made-up word, as names and rare words are.
                1..=3 => format!("{word}{}", random.pick(&["ville", "ment", "eux", "iste", "oir", "ette"])),
                4 => format!("l’{word}"),
                _ => word,
            }
        })
        .collect();
    words[0] = capital(&words[0]);
    format!("{}.", words.join(" ").trim_end_matches(','))
}

/// An invented article of about `sentences` sentences, some of them short and repeated.
pub fn invented(random: &mut Random, sentences: usize) -> Vec<Vec<String>> {
    let mut paragraphs = Vec::new();
    let mut made = 0;
    while made < sentences {
        let length = 1 + random.below(6);
        let line = |random: &mut Random| match random.below(25) {
            0 => random.pick(&["Oui.", "Non.", "Et après ?", "Il ne dit rien."]).to_owned(),
            _ => sentence(random),
        };
        paragraphs.push((0..length).map(|_| line(random)).collect());
        made += length;
    }
    paragraphs
}

fn seed_texts() -> impl Iterator<Item = String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read_to_string(path).unwrap())
}

/// The articles of the corpus, cut into sentences at stops: plainly, since only the script counts here.
pub fn seeds() -> Vec<Vec<Vec<String>>> {
    let texts = seed_texts();
    texts.map(|text| text.lines().map(plain_sentences).filter(|all| !all.is_empty()).collect()).collect()
}

/// The articles of the corpus, in the paragraphs and sentences that the splitter finds.
pub fn split_seeds() -> Vec<Vec<Vec<String>>> {
    let texts = seed_texts();
    let split = |text: String| {
        let whole = segment(&text, Lang::Fr);
        let sentences = whole.sentences();
        let paragraphs = sentences.chunk_by(|a, b| a.paragraph == b.paragraph);
        paragraphs.map(|all| all.iter().map(|one| one.span.of(&text).to_owned()).collect()).collect()
    };
    texts.map(split).collect()
}

fn plain_sentences(line: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut from = 0;
    for (at, stop) in line.match_indices([' ', '\u{A0}']) {
        let so_far = &line[from..at];
        let next = line[at + stop.len()..].chars().next();
        if so_far.ends_with(['.', '!', '?', '…'])
            && so_far.len() > 8
            && next.is_some_and(|c| c.is_uppercase() || c == '«')
        {
            sentences.push(so_far.trim().to_owned());
            from = at + stop.len();
        }
    }
    sentences.push(line[from..].trim().to_owned());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}
