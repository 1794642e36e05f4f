//! Text to segmentation: kinds, boundaries, and the rules of French and English.

mod chars;
mod decision;
mod kinds;
mod lines;
mod rules;
mod segmenter;
mod srx;
mod stop;
mod tables;
pub mod unwrap;

use std::convert::Infallible;

use crate::bitext::{Lang, Segmentation, Sentence, Span};

use kinds::Stretch;
use lines::each_paragraph;

pub use decision::{Decision, Verdict};
pub use lines::{Paragraphs, Wrap, paragraphs};
pub use rules::{Rule, all as all_rules};
pub use segmenter::{Segmenter, Sentences};
pub use srx::{Srx, SrxError};
pub use tables::Class;

/// The name and version of the rules for a language, as alignment files keep it (`fr/1`).
///
/// It rises when the same text would be split differently.
pub const fn version(lang: Lang) -> &'static str {
    match lang {
        Lang::Fr => "fr/1",
        Lang::En => "en/1",
    }
}

/// Splits a whole article into paragraphs and sentences, and says what each is.
///
/// Spans are byte ranges into `text`, half-open, on char boundaries, in order and without overlap;
/// nothing but white space stands between them. A sentence has its paragraph's kind, except where
/// something is glued to it (`date 2026-01-14 Les puces …`): that is a sentence of its own. Never
/// fails: an empty text has no sentences. O(bytes).
///
/// # Examples
///
/// ```
/// use enregard::bitext::{Kind, Lang};
/// use enregard::segment::segment;
/// let text = "Il pleut. Il vente.\n";
/// let whole = segment(text, Lang::Fr);
/// assert_eq!(whole.texts(text).collect::<Vec<_>>(), ["Il pleut.", "Il vente."]);
/// assert!(whole.sentences().iter().all(|sentence| sentence.kind == Kind::Body));
/// ```
pub fn segment(text: &str, lang: Lang) -> Segmentation {
    segment_with(text, &Segmenter::new(lang))
}

/// [`segment`], with a splitter of one's own (more abbreviations, say).
pub fn segment_with(text: &str, segmenter: &Segmenter) -> Segmentation {
    let mut sentences = Vec::new();
    let Ok(()) = try_each_sentence(text, segmenter, |sentence| {
        sentences.push(sentence);
        Ok::<(), Infallible>(())
    });
    Segmentation::new(text, sentences).expect("paragraphs and sentences leave out white space alone")
}

/// So many bytes of paragraphs are looked at together, as far as they are neither head nor tail; few under Miri, which is slow.
const STRETCH_BYTES: usize = if cfg!(miri) { 1 << 10 } else { 1 << 20 };
/// And so many paragraphs: of each some 150 bytes are held.
const STRETCH_PARAGRAPHS: usize = 1 << 14;

/// Hands over the sentences of [`segment_with`] one after the other, without gathering them.
///
/// Beside the text, memory is bounded: a text of more than 1 MiB, or of more than 16,384 paragraphs, is taken in stretches
/// of them. The rules for what stands around an article look at the first and the last of them.
///
/// # Errors
///
/// The first that `each` returns, which ends the work.
pub fn try_each_sentence<E>(
    text: &str,
    segmenter: &Segmenter,
    mut each: impl FnMut(Sentence) -> Result<(), E>,
) -> Result<(), E> {
    let (_, spans) = each_paragraph(text);
    let mut spans = spans.peekable();
    let (mut stretch, mut first, mut paragraph) = (Vec::new(), true, 0);
    while let Some(&begin) = spans.peek() {
        stretch.clear();
        let near = |span: &Span| span.end - begin.start <= STRETCH_BYTES || *span == begin;
        while stretch.len() < STRETCH_PARAGRAPHS
            && let Some(span) = spans.next_if(near)
        {
            stretch.push(span);
        }
        let place = Stretch { first, last: spans.peek().is_none() };
        first = false;
        for line in kinds::classify(text, &stretch, segmenter.lang(), place) {
            for piece in line.pieces(text) {
                let mut add = |span: Span| each(Sentence { span, kind: piece.kind, paragraph });
                if piece.glued {
                    add(piece.span)?;
                } else {
                    let mut inside = segmenter.sentences(piece.span.of(text));
                    inside.try_for_each(|span| add(span.shifted(piece.span.start)))?;
                }
            }
            paragraph += 1;
        }
    }
    Ok(())
}

/// What was decided about a text, and by which rule: of a hard wrap, of each paragraph's kind, of each
/// mark that could end a sentence. In the order of the text, a paragraph before its marks.
pub fn explain(text: &str, segmenter: &Segmenter) -> Vec<Decision> {
    let found = paragraphs(text);
    let mut decisions = Vec::new();
    if let Some(wrap) = found.wrap {
        let whole = Span::new(0, text.len());
        decisions.push(Decision::new(whole, Verdict::Joined, "hard-wrap", wrap.to_string()));
    }
    for line in kinds::classify(text, &found.spans, segmenter.lang(), Stretch::WHOLE) {
        decisions.extend(line.decisions(text));
        for piece in line.pieces(text).filter(|piece| !piece.glued) {
            let marks = segmenter.decisions(piece.span.of(text));
            decisions.extend(marks.map(|decision| decision.shifted(piece.span.start)));
        }
    }
    decisions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bitext::Kind;
    use proptest::prelude::*;

    /// Pieces that rules look at, in no sensible order.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "Lire aussi",
            "Publié le",
            "14/01/2026",
            "à",
            "08h12",
            "©",
            "2026",
            "(AFP)",
            "[",
            ")",
            "–",
            "—",
            "-",
            ":",
            " ",
            "  ",
            "\n",
            "\n\n",
            "\u{a0}",
            "\u{202f}",
            "…",
            "!",
            "?",
            ".",
            "»",
            "«",
            "\"",
            "/AFP",
            "gc/ube",
            "Par",
            "Jean",
            "Roy",
            "PARIS",
            "É",
            "é",
            "e\u{301}",
            "œ",
            "Tous droits réservés",
            "Photo:",
            "Commentaires",
            "12",
            "date 2026-01-14",
            "#IA",
            "@roy",
            "https://roy.fr",
            ">",
            "►",
            "***",
            "\u{feff}",
            "\u{200b}",
            "\r",
            "Recommandation",
            "Économie",
            "Réagissez à cet article",
            "Articles de l’auteur",
            "Sur le même sujet",
            "Le conseil municipal a adopté mardi soir, après trois heures de débat, le budget de l'année prochaine.",
            "By",
            "Getty Images",
            "\u{2028}",
            "🔴",
            "Vous avez un compte ?",
            "DUPONT / AFP",
        ]);
        prop::collection::vec((piece, prop::bool::ANY), 0..40).prop_map(|pieces| {
            pieces
                .into_iter()
                .map(|(piece, spaced)| if spaced { format!("{piece} ") } else { piece.to_owned() })
                .collect()
        })
    }

    #[test]
    fn what_stands_around_an_article_is_told_by_its_place() {
        const TEXT: &str = "\
Mer
Des voiles de lin pour les cargos de Nantes
Par Jean Roy, envoyé spécial à Nantes
Julie Morel
Publié le 14 janvier 2026 à 08h12
Nantes, Cargos, Transports maritimes
L'usine de Nantes, mardi.
PHOTO JEAN ROY, ARCHIVES LA PRESSE
Une entreprise de Nantes a livré mardi les voiles de lin de deux cargos, qui partiront en mars.
Un marché qui grandit
Deux autres armateurs ont commandé des voiles, dont la toile est tissée dans une usine du Nord.
J. R.
Lire aussi
Le port de Brest rouvre
Les textes de ce journal sont à lui. La reproduction de cet article, même en partie, est interdite sans l'accord \
écrit du journal, qui se réserve le droit de poursuivre ceux qui le mettraient en ligne ailleurs que sur ce site. \
Tous droits réservés.
Sur le même sujet
Une écluse fermée à Bordeaux
";
        let segmenter = Segmenter::new(Lang::Fr);
        let decisions = explain(TEXT, &segmenter).into_iter();
        let found: Vec<&str> = decisions
            .filter(|decision| matches!(decision.verdict, Verdict::Is(_)))
            .map(|decision| decision.rule)
            .collect();
        let head = ["kicker", "title", "by-name", "name-beside", "labelled-date", "tags-beside"];
        let text = ["caption-above-credit", "photo-by", "text", "heading", "text"];
        let tail =
            ["initials-at-the-end", "see-also", "box", "rights-notice", "see-also-section", "tail-block"];
        assert_eq!(found, [&head[..], &text, &tail].concat());
    }

    #[test]
    fn a_long_text_in_stretches_is_split_as_a_short_one() {
        let body =
            "Le conseil municipal a adopté mardi soir, après trois heures de débat, le budget. Il pleut.\n";
        let size = STRETCH_BYTES / 35;
        let text = format!("Lire aussi\n{}Commentaires\n", body.repeat(size));
        let whole = segment(&text, Lang::Fr);
        assert_eq!(whole.sentences().len(), 2 * size + 2);
        assert_eq!(whole.sentences()[2 * size + 1].paragraph, size as u32 + 1);
        let short = format!("Lire aussi\n{}Commentaires\n", body.repeat(3));
        let short = segment(&short, Lang::Fr);
        let kinds = |found: &Segmentation| {
            let mut kinds: Vec<Kind> = found.sentences().iter().map(|sentence| sentence.kind).collect();
            kinds.dedup();
            kinds
        };
        assert_eq!(kinds(&whole), kinds(&short));
    }

    proptest! {
        #[test]
        fn any_text_has_a_segmentation(
            text in "\\PC*",
            mixed in "([a-zé]{0,3}[ .!?»«\"\\n\u{a0}\\t\\r…]{0,3}[A-Z]?){0,20}",
            pieces in pieces(),
        ) {
            for text in [text, mixed, pieces] {
                for lang in [Lang::Fr, Lang::En] {
                    let whole = segment(&text, lang);
                    prop_assert!(Segmentation::new(&text, whole.sentences().to_vec()).is_ok());
                    explain(&text, &Segmenter::new(lang));
                }
            }
        }
    }
}
