//! Learning the weights: logistic regression by stochastic gradient descent, in a fixed order, so that the same
//! texts give the same bytes.

use super::features::{Features, candidates};
use super::{STEP, WEIGHTS};
use crate::bitext::{Lang, Span};
use crate::segment::Segmenter;
use crate::segment::tables::Tables;

/// A text whose sentences are known.
#[derive(Clone, Debug)]
pub struct Text {
    /// The text.
    pub text: String,
    /// The sentences' ends, in bytes.
    pub ends: Vec<usize>,
}

const ROUNDS: usize = 12;
const RATE: f32 = 0.05;
/// Keeps weights small that few examples speak for.
const DECAY: f32 = 2e-6;
/// An end made by taking away a mark counts for less than one that was found.
const MADE: f32 = 0.3;
/// A false split is worse than a missed one.
const WHOLE: f32 = 3.0;

#[derive(Clone)]
struct Example {
    hashes: Vec<u32>,
    ends: bool,
    weight: f32,
}

/// The weights learned from these texts, one signed byte each.
///
/// Ends without a mark are examples as they are; of two sentences in a row of which the first ends in a point, a further
/// one is made without the point.
pub fn train(texts: &[Text]) -> Vec<u8> {
    learn(&examples(texts))
        .into_iter()
        .map(|weight| (weight / STEP).round().clamp(-127.0, 127.0) as i8 as u8)
        .collect()
}

fn examples(texts: &[Text]) -> Vec<Example> {
    let tables = Tables::of(Lang::Fr);
    let segmenter = Segmenter::new(Lang::Fr);
    let mut examples = Vec::new();
    for Text { text, ends } in texts {
        for span in segmenter.sentences(text) {
            add(&mut examples, text, span, ends, &tables, 1.0);
        }
        for pair in [0].iter().chain(ends).copied().collect::<Vec<_>>().windows(3) {
            let [start, middle, end] = *pair else { continue };
            let (first, second) = (text[start..middle].trim(), text[middle..end].trim());
            let Some(first) = first.strip_suffix('.').filter(|first| !first.ends_with('.')) else { continue };
            let glued = format!("{first} {second}");
            let whole = Span::new(0, glued.len());
            add(&mut examples, &glued, whole, &[first.len()], &tables, MADE);
        }
    }
    examples
}

fn add(examples: &mut Vec<Example>, text: &str, span: Span, ends: &[usize], tables: &Tables, weight: f32) {
    for Features { end, hashes, .. } in candidates(text, span, tables) {
        let ends = ends.contains(&end);
        examples.push(Example { hashes, ends, weight: if ends { weight } else { weight * WHOLE } });
    }
}

fn learn(examples: &[Example]) -> Vec<f32> {
    let mut weights = vec![0.0_f32; WEIGHTS];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for round in 0..ROUNDS {
        for at in (1..order.len()).rev() {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            order.swap(at, (state % (at as u64 + 1)) as usize);
        }
        let rate = RATE / (1.0 + round as f32 * 0.5);
        for &at in &order {
            let Example { hashes, ends, weight } = &examples[at];
            let sum: f32 = hashes.iter().map(|&hash| weights[hash as usize % WEIGHTS]).sum();
            let error = f32::from(u8::from(*ends)) - 1.0 / (1.0 + (-sum).exp());
            for &hash in hashes {
                let own = &mut weights[hash as usize % WEIGHTS];
                *own += rate * weight * error - rate * DECAY * *own;
            }
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_are_learned_as_they_are_and_from_two_sentences_whose_point_is_taken_away() {
        let sentences = [
            "La grève continue",
            "Le port rouvre.",
            "Le maire part dîner Chez Paul.",
            "Le soir tombe...",
            "Le port ferme.",
        ];
        let text = sentences.join(" ");
        let ends = sentences
            .iter()
            .scan(0, |at, sentence| {
                *at += sentence.len() + 1;
                Some(*at - 1)
            })
            .collect();
        let own = |text: &str| -> Vec<Vec<u32>> {
            candidates(text, Span::new(0, text.len()), &Tables::of(Lang::Fr))
                .map(|each| each.hashes)
                .collect()
        };
        let found = examples(&[Text { text, ends }]);
        let said: Vec<(bool, f32)> = found.iter().map(|example| (example.ends, example.weight)).collect();
        let expected =
            [(true, 1.0), (false, 3.0), (true, 0.3), (false, 0.3 * 3.0), (false, 0.3 * 3.0), (true, 0.3)];
        assert_eq!(said, expected);
        let looked_at: Vec<Vec<u32>> = found.into_iter().map(|example| example.hashes).collect();
        let glued = [
            "La grève continue Le port rouvre.",
            "Le maire part dîner Chez Paul.",
            "Le port rouvre Le maire part dîner Chez Paul.",
            "Le maire part dîner Chez Paul Le soir tombe...",
        ];
        assert_eq!(looked_at, glued.map(own).concat());
    }

    #[test]
    fn weights_follow_the_gradient_in_a_fixed_order() {
        let example = |hashes: &[u32], ends, weight| Example { hashes: hashes.to_vec(), ends, weight };
        let weights = learn(&[
            example(&[0, 1], true, 1.0),
            example(&[1, 2], false, 3.0),
            example(&[2, 4096], true, 0.3),
            example(&[0, 3], false, 0.9),
            example(&[3, 4099], true, 1.0),
            example(&[1, 3], false, 3.0),
        ]);
        // As another program finds them, in double precision.
        for (weight, expected) in weights.iter().zip([0.060_059, -0.434_606, -0.240_335, -0.141_36, 0.0]) {
            assert!((weight - expected).abs() < 1e-5, "{weight}, expected {expected}");
        }
    }

    #[test]
    fn a_weight_that_few_examples_speak_for_grows_smaller() {
        let spoken = Example { hashes: vec![0], ends: true, weight: 1.0 };
        // Each as good as twenty.
        let silent = Example { hashes: vec![0; 20], weight: 0.0, ..spoken };
        let once = learn(std::slice::from_ref(&spoken))[0];
        let among_many = learn(&[vec![spoken], vec![silent; 1000]].concat())[0];
        assert!((0.99 * once..0.999 * once).contains(&among_many), "{among_many} of {once}");
    }
}
