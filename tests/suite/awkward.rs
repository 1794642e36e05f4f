//! The awkward units that go through every format.

use enregard::bitext::{Kind, Status, Texts, Unit, UnitId};

fn unit(number: usize, fr: &[&str], en: &[&str]) -> Unit {
    let stem = "malaise".parse().unwrap();
    let mut unit = Unit::new(
        UnitId::of(&stem, fr, number),
        Kind::Body,
        fr.iter().map(|s| (*s).to_owned()).collect::<Texts>(),
    );
    unit.en = en.iter().map(|s| (*s).to_owned()).collect();
    unit.status = if en.is_empty() { Status::Untranslated } else { Status::Draft };
    unit
}

/// One unit for each thing that some reader or writer gets wrong.
pub fn units() -> Vec<Unit> {
    let long = "Une phrase qui ne finit pas, ".repeat(40_000);
    let texts: [(&[&str], &[&str]); 24] = [
        (&["Une phrase simple."], &["A simple sentence."]),
        (&["Sans traduction."], &[]),
        (&["Une\ttabulation."], &["A\ttab."]),
        (&["Deux\nlignes."], &["Two\nlines."]),
        (&["Deux\r\nlignes."], &["Two\r\nlines."]),
        (
            &["Des\u{B}séparateurs\u{C}rares\u{1C}\u{1D}\u{1E}."],
            &["Rare\u{85}separators\u{2028}and\u{2029}."],
        ),
        (&["\"Oui\", dit-il."], &["\"Yes,\" he said."]),
        (&["\"Oui.\""], &["\"Yes.\""]),
        (&["\"Une citation ouverte."], &["\"An open quotation."]),
        (&["Il dit \"oui\"."], &["He says \"yes.\""]),
        (&["\""], &["\"\""]),
        (&["«\u{202F}Oui\u{202F}», dit-il\u{A0}: l’été."], &["“Yes,” he said: ‘summer.’"]),
        (&["semi\u{2011}conducteurs"], &["semi\u{2011}conductors"]),
        (&["# pas un commentaire"], &["# not a comment"]),
        (&["#separator:comma"], &["#html:true"]),
        (&["=SOMME(A1)"], &["=SUM(A1)"]),
        (&["-5 % ; +3, @nous"], &["-5%; +3, @us"]),
        (&["R&D <b>en gras</b> &amp;"], &["R&D <b>bold</b> &amp;"]),
        (&["Un \\ et un \\n, un \\t."], &["A \\ and a \\n, a \\t."]),
        (&["Astral 😀𝒳."], &["Astral 😀𝒳."]),
        (&["Il dit «\u{A0}שלום\u{A0}» puis \u{202B}مرحبا\u{202C}."], &["He says “שלום,” then مرحبا."]),
        (&["Une phrase.", "Puis une autre."], &["Two sentences in one."]),
        (&["Une seule."], &["Three of them.", "Here.", "There."]),
        (&[&long], &[&long]),
    ];
    let mut units: Vec<Unit> =
        texts.iter().enumerate().map(|(number, (fr, en))| unit(number, fr, en)).collect();
    // English that has no French beside it.
    units.push(unit(101, &[], &["Only in the English."]));
    // Two sentences of the same words are two units.
    units.push(unit(100, &["Une phrase simple."], &["A simple sentence."]));
    units
}
