//! A corpus of invented French sentences and their English, to measure on: the same everywhere.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use enregard::bitext::{Stem, UnitId};
use sha2::{Digest, Sha256};

/// Each with its English, so that both sides are about as long as in news.
const SUBJECTS: [(&str, &str); 8] = [
    ("Le gouvernement", "The government"),
    ("La ministre de l’Économie", "The economy minister"),
    ("L’entreprise américaine", "The American company"),
    ("Selon les chercheurs, l’étude", "According to the researchers, the study"),
    ("Le maire de la ville", "The city’s mayor"),
    ("Aujourd’hui, l’industrie des semi-conducteurs", "Today, the semiconductor industry"),
    ("La Commission européenne", "The European Commission"),
    ("« L’IA », dit-il,", "“AI,” he said,"),
];
const VERBS: [(&str, &str); 8] = [
    ("a annoncé", "announced"),
    ("prévoit désormais", "now plans"),
    ("n’a pas confirmé", "did not confirm"),
    ("s’oppose à", "opposes"),
    ("entend financer", "intends to fund"),
    ("a suspendu jusqu’à nouvel ordre", "has suspended until further notice"),
    ("défend", "defends"),
    ("craint", "fears"),
];
const OBJECTS: [(&str, &str); 8] = [
    ("une hausse de 12,5 % des exportations", "a 12.5% rise in exports"),
    ("la fermeture de trois usines", "the closing of three factories"),
    ("un nouveau plan d’aide aux régions", "a new plan to help the regions"),
    ("l’accord signé à Genève en 2019", "the agreement signed in Geneva in 2019"),
    ("des règles plus strictes pour les données", "stricter rules for data"),
    ("la construction d’une ligne à grande vitesse", "the building of a high-speed line"),
    ("cette « erreur stratégique »", "this “strategic mistake”"),
    ("un prêt de 4,2 milliards d’euros", "a loan of 4.2 billion euros"),
];
const ENDS: [(&str, &str); 8] = [
    ("avant la fin de l’année.", "before the end of the year."),
    ("malgré les critiques de l’opposition.", "despite criticism from the opposition."),
    ("selon une source proche du dossier.", "according to a source close to the matter."),
    ("qu’il juge « trop coûteuse ».", "which he considers “too expensive.”"),
    ("a-t-on appris lundi.", "it was learned on Monday."),
    ("dans un communiqué publié mardi soir.", "in a statement released Tuesday evening."),
    ("et personne ne s’en étonne.", "and nobody is surprised."),
    ("pour la première fois depuis dix ans.", "for the first time in ten years."),
];

/// A small generator of numbers (SplitMix64): the corpus is the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    fn below(&mut self, sides: u64) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % sides).expect("a few sides")
    }
}

/// A French sentence and its English.
pub fn sentence(dice: &mut Dice) -> (String, String) {
    let (mut fr, mut en) = (String::new(), String::new());
    for (index, parts) in [&SUBJECTS, &VERBS, &OBJECTS, &ENDS].into_iter().enumerate() {
        let (source, target) = parts[dice.below(8)];
        let space = if index == 0 { "" } else { " " };
        let _ = write!(fr, "{space}{source}");
        let _ = write!(en, "{space}{target}");
    }
    (fr, en)
}

/// Writes a corpus of so many articles with so many units each into `folder`.
pub fn corpus(folder: &Path, articles: usize, units: usize) -> std::io::Result<()> {
    fs::create_dir_all(folder.join("seeds"))?;
    fs::create_dir_all(folder.join("alignments"))?;
    (0..articles).try_for_each(|index| article(folder, index, units))
}

/// Writes one article and its alignment file; most units have English, a few are reviewed or skipped.
fn article(folder: &Path, number: usize, units: usize) -> std::io::Result<()> {
    let stem: Stem = format!("a{number:06}").parse().expect("a letter and digits are a name");
    let mut dice = Dice(number as u64);
    let sentences: Vec<(String, String)> = (0..units).map(|_| sentence(&mut dice)).collect();
    let mut seed = String::new();
    for paragraph in sentences.chunks(4) {
        let texts: Vec<&str> = paragraph.iter().map(|(fr, _)| fr.as_str()).collect();
        let _ = writeln!(seed, "{}\n", texts.join(" "));
    }
    let sha256 =
        Sha256::digest(seed.as_bytes()).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
    let mut file = format!(
        "{{\"enregard\":1,\"article\":\"{stem}\",\"source\":\"fr\",\"target\":\"en\",\"sha256\":\"{sha256}\",\"splitter\":\"fr/1\"}}\n"
    );
    for (index, (fr, en)) in sentences.iter().enumerate() {
        let occurrence = sentences[..index].iter().filter(|(other, _)| other == fr).count();
        let id = UnitId::of(&stem, &[fr], occurrence);
        let rest = match dice.below(20) {
            0 | 1 => String::new(),
            2 => ",\"status\":\"skipped\"".to_owned(),
            3..=11 => format!(",\"en\":[\"{en}\"],\"status\":\"reviewed\",\"at\":\"2026-11-20T08:00:00Z\""),
            _ => format!(",\"en\":[\"{en}\"],\"at\":\"2026-11-20T08:00:00Z\""),
        };
        let _ = write!(file, "\n{{\"id\":\"{id}\",\"fr\":[\"{fr}\"]{rest}}}\n");
    }
    fs::write(folder.join("seeds").join(format!("{stem}.txt")), seed)?;
    fs::write(folder.join("alignments").join(format!("{stem}.jsonl")), file)
}
