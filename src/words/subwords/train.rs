//! Learning a tokenizer from texts: byte pair encoding, WordPiece or Unigram, always the same from the same texts.

use std::collections::HashMap;

use serde_json::{Value, json};
use tokenizers::models::unigram::{Unigram, UnigramTrainer};
use tokenizers::{
    AddedToken, NormalizedString, Normalizer, OffsetReferential, OffsetType, PreTokenizedString,
    PreTokenizer, Tokenizer,
};

use super::french::{Head, pieces};
use super::merge::{Learnt, Merging, learn};
use super::{Subwords, SubwordsError};

/// What kind of tokenizer is learnt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Model {
    /// Byte pair encoding over bytes, as GPT-2 has it: no text is unknown to it (Sennrich et al. 2016; Radford et al. 2019).
    #[default]
    Bpe,
    /// WordPiece, as BERT has it (Schuster & Nakajima 2012).
    WordPiece,
    /// A unigram language model, as SentencePiece has it (Kudo 2018).
    Unigram,
}

/// How a tokenizer is learnt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Training {
    /// Which kind.
    pub model: Model,
    /// How many different tokens it is to have, special ones included.
    pub vocabulary: usize,
    /// Whether it may have fewer, where the texts give no more.
    pub or_fewer: bool,
    /// Whether capitals are made small letters first.
    pub lowercase: bool,
    /// How often a pair of tokens must stand in the texts to become one; of no meaning to Unigram.
    pub least: u64,
    /// Special tokens, in the order of their ids; none: those that the kind usually has.
    pub special: Vec<String>,
}

impl Default for Training {
    fn default() -> Self {
        Training {
            model: Model::Bpe,
            vocabulary: 8000,
            or_fewer: false,
            lowercase: false,
            least: 2,
            special: Vec::new(),
        }
    }
}

/// Why no tokenizer can be learnt.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TrainError {
    /// There is no text.
    #[error("there is no text to learn from")]
    Nothing,
    /// The characters and special tokens alone are more than the vocabulary.
    #[error(
        "found a vocabulary of {asked}, expected {least} at least: so many are the characters and special tokens alone"
    )]
    TooSmall {
        /// What was asked for.
        asked: usize,
        /// What it takes.
        least: usize,
    },
    /// The texts do not have so many tokens.
    #[error("found a vocabulary of {asked}, expected {most} at most: these texts give no more")]
    TooLarge {
        /// What was asked for.
        asked: usize,
        /// What there is.
        most: usize,
    },
    /// A special token is named twice, or Unigram and WordPiece lack the one for what is unknown.
    #[error("{0}")]
    Special(String),
    /// The crate could not.
    #[error("{0}")]
    Crate(String),
}

/// How often each word stands in texts, parted as the tokenizer will part them.
#[derive(Clone, Debug, Default)]
pub struct WordCounts {
    counts: HashMap<String, u64>,
}

impl WordCounts {
    /// Adds the words of others.
    pub fn merge(&mut self, other: WordCounts) {
        for (word, count) in other.counts {
            *self.counts.entry(word).or_default() += count;
        }
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.counts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    fn sorted(self) -> Vec<(String, u64)> {
        let mut all: Vec<(String, u64)> = self.counts.into_iter().collect();
        all.sort_unstable();
        all
    }
}

impl Training {
    /// What parts texts into words: to be used for as many texts as there are.
    ///
    /// # Errors
    ///
    /// [`TrainError::Crate`] where the crate refuses what is asked of it.
    pub fn splitter(&self) -> Result<Splitter, TrainError> {
        let empty = match self.model {
            Model::Unigram => {
                json!({"type": "Unigram", "unk_id": 0, "vocab": [["<unk>", 0.0]], "byte_fallback": false})
            }
            _ => bpe_model(&Learnt::default()),
        };
        let made = Tokenizer::from_bytes(self.file(empty, &[]).to_string());
        Ok(Splitter { tokenizer: made.map_err(|error| TrainError::Crate(error.to_string()))? })
    }

    /// Learns a tokenizer from counted words.
    ///
    /// # Errors
    ///
    /// [`TrainError`].
    pub fn learn(&self, words: WordCounts) -> Result<Subwords, TrainError> {
        if words.is_empty() {
            return Err(TrainError::Nothing);
        }
        let special = self.special()?;
        let words = words.sorted();
        let model = match self.model {
            Model::Bpe => bpe_model(&self.merged(&words, &special, &byte_alphabet(), "")?),
            Model::WordPiece => word_piece_model(&self.merged(&words, &special, &[], "##")?),
            Model::Unigram => self.unigram(words, &special)?,
        };
        let json = self.file(model, &special).to_string();
        Subwords::parse(json.as_bytes()).map_err(|SubwordsError(told)| TrainError::Crate(told))
    }

    fn merged(
        &self,
        words: &[(String, u64)],
        special: &[String],
        alphabet: &[char],
        inside: &str,
    ) -> Result<Learnt, TrainError> {
        let how =
            Merging { first: special, alphabet, inside, size: self.vocabulary, least: self.least.max(1) };
        let learnt = learn(words, how);
        let (size, asked) = (learnt.symbols.len(), self.vocabulary);
        match size.cmp(&asked) {
            std::cmp::Ordering::Equal => Ok(learnt),
            std::cmp::Ordering::Greater => Err(TrainError::TooSmall { asked, least: size }),
            std::cmp::Ordering::Less if self.or_fewer => Ok(learnt),
            std::cmp::Ordering::Less => Err(TrainError::TooLarge { asked, most: size }),
        }
    }

    fn unigram(&self, words: Vec<(String, u64)>, special: &[String]) -> Result<Value, TrainError> {
        let told = |error: &dyn std::fmt::Display| TrainError::Crate(error.to_string());
        let chars: std::collections::BTreeSet<char> =
            words.iter().flat_map(|(word, _)| word.chars()).collect();
        let least = chars.len() + special.len();
        if self.vocabulary < least {
            return Err(TrainError::TooSmall { asked: self.vocabulary, least });
        }
        let trainer = UnigramTrainer::builder()
            .show_progress(false)
            .vocab_size(u32::try_from(self.vocabulary).unwrap_or(u32::MAX))
            .special_tokens(special.iter().map(|token| AddedToken::from(token.clone(), true)).collect())
            .unk_token(Some(special[0].clone()))
            .build()
            .map_err(|error| told(&error))?;
        let sentences: Vec<(String, u32)> =
            words.into_iter().map(|(word, count)| (word, u32::try_from(count).unwrap_or(u32::MAX))).collect();
        // On one thread: sums of fractions differ with the order in which their parts come.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().map_err(|error| told(&error))?;
        let mut model = Unigram::default();
        pool.install(|| trainer.do_train(sentences, &mut model)).map_err(|error| told(&error))?;
        let vocab: Vec<(String, f64)> = model.iter().map(|(token, score)| (token.clone(), *score)).collect();
        let vocab = settled(vocab, special);
        if vocab.len() < self.vocabulary && !self.or_fewer {
            return Err(TrainError::TooLarge { asked: self.vocabulary, most: vocab.len() });
        }
        Ok(json!({"type": "Unigram", "unk_id": 0, "vocab": vocab, "byte_fallback": false}))
    }

    fn special(&self) -> Result<Vec<String>, TrainError> {
        let usual: &[&str] = match self.model {
            Model::Bpe => &["<|endoftext|>"],
            Model::WordPiece => &["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"],
            Model::Unigram => &["<unk>", "<pad>", "<s>", "</s>"],
        };
        if self.special.is_empty() {
            return Ok(usual.iter().map(|token| (*token).to_owned()).collect());
        }
        let mut all = self.special.clone();
        if let Some(twice) = all.iter().enumerate().find(|(at, token)| all[..*at].contains(token)) {
            return Err(TrainError::Special(format!(
                "found the special token `{}` twice, expected it once",
                twice.1
            )));
        }
        // The token for what is unknown comes first, where the kind has need of one.
        if self.model != Model::Bpe {
            match all.iter().position(|token| token == usual[0]) {
                Some(at) => all[..=at].rotate_right(1),
                None => all.insert(0, usual[0].to_owned()),
            }
        }
        Ok(all)
    }

    /// The whole `tokenizer.json`.
    fn file(&self, model: Value, special: &[String]) -> Value {
        let split = |head| json!({"type": "Split", "pattern": {"Regex": pieces(head)}, "behavior": "Isolated", "invert": false});
        let sequence = |parts: Vec<Value>| json!({"type": "Sequence", "pretokenizers": parts});
        let (pre_tokenizer, decoder) = match self.model {
            Model::Bpe => {
                let bytes = json!({"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": false});
                (sequence(vec![split(Head::Space), bytes.clone()]), bytes)
            }
            Model::WordPiece => (
                sequence(vec![json!({"type": "WhitespaceSplit"}), split(Head::Nothing)]),
                json!({"type": "WordPiece", "prefix": "##", "cleanup": false}),
            ),
            Model::Unigram => {
                let mark = json!({"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true});
                (sequence(vec![mark.clone(), split(Head::Mark)]), mark)
            }
        };
        let mut normalizers = vec![json!({"type": "NFC"})];
        if self.lowercase {
            normalizers.push(json!({"type": "Lowercase"}));
        }
        if self.model != Model::Bpe {
            // Spaces that do not break are spaces: French has them before its marks.
            let spaces = "[\u{A0}\u{2000}-\u{200A}\u{202F}\u{3000}\t\n\r]";
            normalizers.push(json!({"type": "Replace", "pattern": {"Regex": spaces}, "content": " "}));
        }
        let added: Vec<Value> = special
            .iter()
            .enumerate()
            .map(|(id, token)| {
                json!({"id": id, "content": token, "single_word": false, "lstrip": false, "rstrip": false,
                    "normalized": false, "special": true})
            })
            .collect();
        json!({
            "version": "1.0", "truncation": null, "padding": null, "added_tokens": added,
            "normalizer": {"type": "Sequence", "normalizers": normalizers},
            "pre_tokenizer": pre_tokenizer, "post_processor": null, "decoder": decoder, "model": model,
        })
    }
}

/// What parts texts into the words that a tokenizer is learnt from.
#[derive(Clone, Debug)]
pub struct Splitter {
    tokenizer: Tokenizer,
}

impl Splitter {
    /// Adds the words of a text. A text that cannot be parted has none.
    pub fn count(&self, text: &str, into: &mut WordCounts) {
        let mut normal = NormalizedString::from(text);
        if let Some(normalizer) = self.tokenizer.get_normalizer()
            && normalizer.normalize(&mut normal).is_err()
        {
            return;
        }
        let mut parted = PreTokenizedString::from(normal);
        if let Some(splitter) = self.tokenizer.get_pre_tokenizer()
            && splitter.pre_tokenize(&mut parted).is_err()
        {
            return;
        }
        for (word, ..) in parted.get_splits(OffsetReferential::Normalized, OffsetType::Byte) {
            match into.counts.get_mut(word) {
                Some(count) => *count += 1,
                None => {
                    into.counts.insert(word.to_owned(), 1);
                }
            }
        }
    }
}

fn numbered(symbols: &[String]) -> Value {
    symbols
        .iter()
        .enumerate()
        .map(|(id, symbol)| (symbol.clone(), json!(id)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn bpe_model(learnt: &Learnt) -> Value {
    json!({
        "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
        "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": false, "ignore_merges": false,
        "vocab": numbered(&learnt.symbols), "merges": learnt.merges,
    })
}

fn word_piece_model(learnt: &Learnt) -> Value {
    json!({
        "type": "WordPiece", "unk_token": learnt.symbols[0], "continuing_subword_prefix": "##",
        "max_input_chars_per_word": 100, "vocab": numbered(&learnt.symbols),
    })
}

/// The characters that stand for bytes, sorted (Radford et al. 2019).
fn byte_alphabet() -> Vec<char> {
    let mut all: Vec<char> =
        tokenizers::pre_tokenizers::byte_level::ByteLevel::alphabet().into_iter().collect();
    all.sort_unstable();
    all
}

/// A unigram vocabulary in an order of its own: special tokens, then by score, equals by their text.
///
/// The crate gives characters that are no piece by themselves scores from the lowest upwards, a ten-thousandth apart, in
/// the order of a hash table: here they have them in the order of the characters.
fn settled(vocab: Vec<(String, f64)>, special: &[String]) -> Vec<(String, f64)> {
    let (mut first, mut rest): (Vec<_>, Vec<_>) =
        vocab.into_iter().partition(|(token, _)| special.contains(token));
    first.sort_by_key(|(token, _)| special.iter().position(|own| own == token));
    let lowest = rest.iter().map(|(_, score)| *score).fold(f64::INFINITY, f64::min);
    // The same sums as the crate makes, so that they are equal to the last digit.
    let mut steps: Vec<f64> = Vec::new();
    let mut penalty = 0.0;
    while steps.len() <= rest.len() {
        steps.push(lowest + penalty);
        penalty += 0.0001;
    }
    let is_step = |score: f64| steps.binary_search_by(|step| step.total_cmp(&score)).is_ok();
    let places: Vec<usize> =
        (0..rest.len()).filter(|at| rest[*at].0.chars().count() == 1 && is_step(rest[*at].1)).collect();
    let mut chars: Vec<String> = places.iter().map(|at| rest[*at].0.clone()).collect();
    let mut scores: Vec<f64> = places.iter().map(|at| rest[*at].1).collect();
    chars.sort();
    scores.sort_by(f64::total_cmp);
    for ((at, token), score) in places.into_iter().zip(chars).zip(scores) {
        rest[at] = (token, score);
    }
    rest.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    first.extend(rest);
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXTS: [&str; 6] = [
        "Le gouvernement a annoncé hier une hausse de 12,5 % des exportations d’aujourd’hui.",
        "L’entreprise annonce l’ouverture d’une usine et d'un entrepôt.",
        "The government announced an increase, and the company’s plan isn't known.",
        "Les gouvernements n’ont rien annoncé : « L’œuvre reste à faire », dit l’ouvrier.",
        "Des entreprises, des usines, des ouvriers ; aucune ouverture, aucune hausse.",
        "Le plan du gouvernement est connu : l’usine reste ouverte jusqu’à l’été.",
    ];

    fn learnt(training: &Training) -> Result<Subwords, TrainError> {
        let splitter = training.splitter()?;
        let mut words = WordCounts::default();
        for text in TEXTS {
            splitter.count(text, &mut words);
        }
        training.learn(words)
    }

    const MODELS: [(Model, usize); 3] = [(Model::Bpe, 320), (Model::WordPiece, 120), (Model::Unigram, 85)];

    #[test]
    fn every_kind_is_learnt_the_same_again_and_reads_back() {
        for (model, vocabulary) in MODELS {
            let training = Training { model, vocabulary, ..Training::default() };
            let first = learnt(&training).unwrap();
            assert_eq!(first.vocabulary(), vocabulary, "{model:?}");
            for _ in 0..5 {
                assert_eq!(learnt(&training).unwrap().to_json(), first.to_json(), "{model:?}");
            }
            let again = Subwords::parse(first.to_json().as_bytes()).unwrap();
            for text in TEXTS {
                assert_eq!(again.tokens(text), first.tokens(text), "{model:?}");
                assert_eq!(first.count(text), first.tokens(text).len());
                assert!(first.count(text) > 5);
            }
        }
    }

    #[test]
    fn elision_is_parted_and_bytes_come_back() {
        let bpe = learnt(&Training { vocabulary: 320, ..Training::default() }).unwrap();
        let text = "L’usine d’aujourd’hui : «\u{202F}日本\u{202F}» 😀";
        assert_eq!(bpe.decode(&bpe.ids(text)), text);
        // No token goes over the apostrophe of an elision.
        let training = Training { model: Model::WordPiece, ..Training::default() };
        let mut words = WordCounts::default();
        training.splitter().unwrap().count("l’usine d'aujourd’hui", &mut words);
        let words: Vec<String> = words.sorted().into_iter().map(|(word, _)| word).collect();
        assert_eq!(words, ["aujourd’hui", "d'", "l’", "usine"]);
        let lower = Training { lowercase: true, vocabulary: 300, ..Training::default() };
        assert_eq!(learnt(&lower).unwrap().tokens("LE PLAN"), learnt(&lower).unwrap().tokens("le plan"));
    }

    #[test]
    fn what_cannot_be_learnt_is_told() {
        for (model, _) in MODELS {
            let training = |vocabulary| Training { model, vocabulary, ..Training::default() };
            assert!(
                matches!(learnt(&training(20)), Err(TrainError::TooSmall { asked: 20, least }) if least > 20),
                "{model:?}"
            );
            let Err(TrainError::TooLarge { most, .. }) = learnt(&training(20_000)) else {
                panic!("{model:?}")
            };
            assert!((60..20_000).contains(&most), "{model:?}: {most}");
            assert_eq!(training(500).learn(WordCounts::default()).unwrap_err(), TrainError::Nothing);
        }
        let special = ["a", "b", "a"].map(str::to_owned).to_vec();
        assert!(matches!(learnt(&Training { special, ..Training::default() }), Err(TrainError::Special(_))));
    }

    #[test]
    fn what_is_no_tokenizer_is_told() {
        for (bad, told) in
            [("", "no JSON"), ("{", "no JSON"), ("{}", ""), ("[1]", ""), ("{\"version\":\"9.0\"}", "")]
        {
            let error = Subwords::parse(bad.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(told) && !error.is_empty(), "{bad}: {error}");
        }
    }

    #[test]
    fn special_tokens_of_ones_own_have_the_first_ids() {
        let special = ["<s>", "<unk>"].map(str::to_owned).to_vec();
        let training = Training { model: Model::Unigram, vocabulary: 85, special, ..Training::default() };
        let json: Value = serde_json::from_str(&learnt(&training).unwrap().to_json()).unwrap();
        assert_eq!(
            (&json["model"]["vocab"][0][0], &json["added_tokens"][1]["content"]),
            (&json!("<unk>"), &json!("<s>"))
        );
    }
}
