//! Words and their likely translations: the bundled French–English list, and lists of others.

mod english;
mod french;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use thiserror::Error;

use super::fold_key;
pub(crate) use english::lemmas as english_bases;
pub(crate) use french::lemmas as french_bases;

/// Words of one language with their likely translations in another.
///
/// Made from tab-separated text, a line each, in one of two forms; lines that begin with `#` are
/// remarks:
///
/// - `headword<TAB>class<TAB>translation; translation; …`: a dictionary. The class is `n`, `v`, `a`, `r`
///   (noun, verb, adjective, adverb), `p` (function word, numeral), `e` (name) or `f` (an inflected form);
///   likeliest translation first. Inflected forms of French and English are reached by rules.
/// - `word<TAB>word<TAB>probability`, with a count as a fourth field if there is one: as learnt from texts,
///   forms as they stand.
///
/// # Examples
///
/// ```
/// use enregard::words::Lexicon;
/// let lexicon = Lexicon::bundled();
/// assert!(lexicon.translations("gouvernements").iter().any(|(word, _)| word == "government"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// Headword, folded, to what it means.
    headwords: HashMap<Box<str>, Vec<Listed>>,
    /// Forms as they stand, with their translations' probability and count.
    forms: BTreeMap<Box<str>, Vec<Form>>,
}

/// Two words as they stand in texts, and how they go together.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// The source word.
    pub source: Box<str>,
    /// The target word.
    pub target: Box<str>,
    folded: Box<str>,
    /// How probable the target word is given the source word.
    pub probability: f32,
    /// How often they were linked.
    pub count: f32,
}

/// One meaning of a headword.
#[derive(Clone, Debug)]
struct Listed {
    class: Class,
    /// The words of the translation, folded.
    words: Vec<Box<str>>,
    /// 1 for the likeliest translation, less for the others.
    weight: f32,
}

/// What inflection a headword has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Noun,
    Verb,
    Adjective,
    Other,
}

/// A line of a lexicon that is none.
#[derive(Debug, Error, PartialEq)]
#[error(
    "line {line}: {found}, expected `word<TAB>class<TAB>translations` or `word<TAB>word<TAB>probability`"
)]
pub struct LexiconError {
    /// The line, from 1.
    pub line: usize,
    /// What stands there.
    pub found: String,
}

impl Lexicon {
    /// The list that comes with the program: some 8,000 French headwords with their English.
    pub fn bundled() -> Arc<Lexicon> {
        static BUNDLED: OnceLock<Arc<Lexicon>> = OnceLock::new();
        let read = || Lexicon::parse(include_str!("fr-en.tsv")).expect("a test reads the bundled list");
        Arc::clone(BUNDLED.get_or_init(|| Arc::new(read())))
    }

    /// What was learnt from texts: source word, target word, probability of the target word given the source word,
    /// and how often they were linked.
    pub fn learnt(forms: impl IntoIterator<Item = (String, String, f32, f32)>) -> Self {
        let mut lexicon = Lexicon::default();
        for (source, target, probability, count) in forms {
            let (head, other) = (fold_key(&source), fold_key(&target));
            let form = Form {
                source: source.into(),
                target: target.into(),
                folded: other.into(),
                probability,
                count,
            };
            lexicon.forms.entry(head.into()).or_default().push(form);
        }
        lexicon.sort_forms();
        lexicon
    }

    /// The pairs of forms, by the folded source word, likeliest translation first; headwords of a dictionary are not
    /// among them.
    pub fn forms(&self) -> impl Iterator<Item = &Form> {
        self.forms.values().flatten()
    }

    /// The translations of a form (folded), likeliest first; those of a dictionary are not among them.
    pub fn forms_of(&self, folded: &str) -> &[Form] {
        self.forms.get(folded).map_or(&[], Vec::as_slice)
    }

    /// The bundled list as it is written, with its head of remarks.
    pub fn bundled_text() -> &'static str {
        include_str!("fr-en.tsv")
    }

    /// The names of the bundled list, French and English forms as they are written there.
    pub(crate) fn bundled_names() -> impl Iterator<Item = (&'static str, &'static str)> {
        include_str!("fr-en.tsv").lines().filter_map(|line| line.split_once("\te\t"))
    }

    /// Reads a list.
    ///
    /// # Errors
    ///
    /// At the first line that has neither form.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let mut lexicon = Lexicon::default();
        for (at, line) in text.lines().enumerate() {
            let line = line.strip_prefix('\u{FEFF}').unwrap_or(line).trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |found: String| LexiconError { line: at + 1, found };
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() < 3 || fields[0].trim().is_empty() {
                return Err(wrong(format!("{} fields", fields.len())));
            }
            let head: Box<str> = fold_key(fields[0].trim()).into();
            let number =
                |field: &str| field.trim().parse::<f32>().ok().filter(|n| n.is_finite() && *n >= 0.0);
            if let Some(probability) = number(fields[2]) {
                if probability > 1.0 {
                    return Err(wrong(format!("the probability {probability}")));
                }
                let count = fields.get(3).and_then(|field| number(field)).unwrap_or(2.0);
                let (source, target) = (fields[0].trim().into(), fields[1].trim());
                let folded = fold_key(target).into();
                let form = Form { source, target: target.into(), folded, probability, count };
                lexicon.forms.entry(head).or_default().push(form);
                continue;
            }
            let class = match fields[1].trim() {
                "n" => Class::Noun,
                "v" => Class::Verb,
                "a" => Class::Adjective,
                "r" | "p" | "e" | "f" => Class::Other,
                other => return Err(wrong(format!("the class `{other}`"))),
            };
            let meanings = lexicon.headwords.entry(head).or_default();
            for (rank, translation) in
                fields[2].split(';').map(str::trim).filter(|t| !t.is_empty()).enumerate()
            {
                let words: Vec<Box<str>> = pieces(translation).into_iter().map(Into::into).collect();
                meanings.push(Listed { class, words, weight: 1.0 / (1.0 + 0.3 * rank as f32) });
            }
        }
        lexicon.sort_forms();
        Ok(lexicon)
    }

    /// Likeliest first.
    fn sort_forms(&mut self) {
        for forms in self.forms.values_mut() {
            forms.sort_by(|a, b| {
                b.probability.total_cmp(&a.probability).then_with(|| a.target.cmp(&b.target))
            });
        }
    }

    /// The English words of the headwords' translations, folded, some more than once.
    pub(crate) fn english_words(&self) -> impl Iterator<Item = &str> {
        self.headwords.values().flatten().flat_map(|listed| listed.words.iter().map(|word| &**word))
    }

    /// Whether it has no word.
    pub fn is_empty(&self) -> bool {
        self.headwords.is_empty() && self.forms.is_empty()
    }

    /// The likely translations of a word in any of its forms, with a weight up to 1; base forms.
    ///
    /// A translation of several words gives each of them, with less weight.
    pub fn translations(&self, word: &str) -> Vec<(String, f32)> {
        let word = fold_key(word);
        let mut found: BTreeMap<String, f32> = BTreeMap::new();
        let mut add = |word: &str, weight: f32| {
            let best = found.entry(word.to_owned()).or_insert(0.0);
            *best = best.max(weight);
        };
        for form in self.forms.get(&*word).into_iter().flatten() {
            // What was linked once or twice is worth less.
            add(&form.folded, form.probability * form.count / (form.count + 0.5));
        }
        let mut each = |lemma: &str, wanted: Option<Class>, trust: f32| {
            for listed in self.headwords.get(lemma).into_iter().flatten() {
                if wanted.is_none_or(|class| class == listed.class) {
                    let content = listed.words.iter().filter(|word| !is_light(word)).count();
                    for word in &listed.words {
                        let share = match (listed.words.len(), is_light(word)) {
                            (1, _) => 1.0,
                            (_, false) => 1.0 / content as f32,
                            (_, true) => 0.1,
                        };
                        add(word, listed.weight * trust * share);
                    }
                }
            }
        };
        each(&word, None, 1.0);
        french::lemmas(&word, &mut |lemma, is_verb| {
            if is_verb {
                each(lemma, Some(Class::Verb), 0.9);
            } else {
                each(lemma, Some(Class::Noun), 0.9);
                each(lemma, Some(Class::Adjective), 0.9);
            }
        });
        let mut all: Vec<_> = found.into_iter().collect();
        all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        all
    }

    /// Pairs of words of two lists that this lexicon holds for translations, `(source, target, weight)`:
    /// places in the lists, which hold folded words.
    pub fn pairs<S: AsRef<str>, T: AsRef<str>>(
        &self,
        source: impl IntoIterator<Item = S>,
        target: impl IntoIterator<Item = T>,
    ) -> Vec<(u32, u32, f32)> {
        // What the source words mean: words of the lexicon alone are held, of which there are few.
        let mut means: Vec<(u32, u32, f32)> = Vec::new();
        let mut bases: HashMap<String, u32> = HashMap::new();
        for (s, word) in (0..).zip(source) {
            for (base, weight) in self.translations(word.as_ref()) {
                let next = bases.len() as u32;
                means.push((s, *bases.entry(base).or_insert(next), weight));
            }
        }
        // By base: the target words whose base it is, and whether it is the word itself.
        let mut forms: Vec<Vec<(u32, bool)>> = vec![Vec::new(); bases.len()];
        for (t, word) in (0..).zip(target) {
            let word = word.as_ref();
            let mut add = |base: &str| {
                if let Some(&base_id) = bases.get(base)
                    && forms[base_id as usize].last().is_none_or(|form| form.0 != t)
                {
                    forms[base_id as usize].push((t, base == word));
                }
            };
            add(word);
            english::lemmas(word, &mut add);
        }
        let mut found = Vec::new();
        for means in means.chunk_by(|a, b| a.0 == b.0) {
            let mut own: BTreeMap<u32, f32> = BTreeMap::new();
            for &(_, base, weight) in means {
                for &(t, itself) in &forms[base as usize] {
                    // The form itself before other forms of it: `saw` is rather `saw` than `see`.
                    let weight = if itself { weight } else { 0.8 * weight };
                    let best = own.entry(t).or_insert(0.0);
                    *best = best.max(weight);
                }
            }
            found.extend(own.into_iter().map(|(t, weight)| (means[0].0, t, weight)));
        }
        found
    }
}

/// The words of a translation, folded.
fn pieces(translation: &str) -> Vec<String> {
    let mut all = Vec::new();
    super::tokens(translation, &mut |token| all.push(fold_key(token)));
    all
}

/// English words that say little by themselves.
fn is_light(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "to"
            | "in"
            | "on"
            | "at"
            | "for"
            | "with"
            | "by"
            | "from"
            | "as"
            | "up"
            | "out"
            | "off"
            | "down"
            | "away"
            | "back"
            | "over"
            | "into"
            | "be"
            | "have"
            | "is"
            | "it"
            | "that"
            | "one"
            | "s"
            | "would"
            | "will"
            | "are"
            | "not"
            | "do"
            | "get"
            | "go"
            | "make"
            | "take"
            | "put"
            | "there"
            | "who"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_list_reads_and_is_large() {
        let lexicon = Lexicon::parse(include_str!("fr-en.tsv")).unwrap();
        assert!(lexicon.headwords.len() > 3000);
    }

    #[test]
    fn inflected_forms_are_reached_on_both_sides() {
        let words = |words: &[&str]| words.iter().map(|&word| word.into()).collect::<Vec<Box<str>>>();
        for (fr, en) in [
            ("gouvernements", "governments"),
            ("etudiaient", "studied"),
            ("heureuse", "happier"),
            ("evitant", "avoiding"),
            ("regionaux", "regional"),
            ("etendirent", "stretched"),
            ("vit", "saw"),
            ("finissons", "finish"),
        ] {
            let found = Lexicon::bundled().pairs(words(&[fr]), words(&[en]));
            assert_eq!(found.len(), 1, "{fr} {en}");
        }
    }

    #[test]
    fn a_line_that_is_none_is_told() {
        assert_eq!(Lexicon::parse("chien\tn\tdog\nchat\tcat").unwrap_err().line, 2);
        let error = Lexicon::parse("chien\tq\tdog").unwrap_err();
        assert_eq!(error.found, "the class `q`");
        let lexicon = Lexicon::parse("# mine\nchien\tdog\t0.9\t12\n").unwrap();
        assert_eq!(lexicon.translations("Chien"), [("dog".to_owned(), 0.9 * 12.0 / 12.5)]);
    }
}
