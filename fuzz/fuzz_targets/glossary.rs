#![no_main]

use enregard::desk::glossary::read_terms;
use enregard::quality::Glossary;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let terms = match read_terms(text) {
        Err(line) => return assert!(line >= 1 && line <= text.lines().count()),
        Ok(terms) => terms,
    };
    assert!(terms.iter().all(|term| !term.fr.trim().is_empty() && !term.en.is_empty()));
    // No line but remarks, blank ones and the header is passed over.
    let lines = text.lines().filter(|line| line.contains('\t') && !line.starts_with(['#', '\u{FEFF}']));
    assert!(terms.len() + 1 >= lines.filter(|line| !line.trim().is_empty()).count());
    let glossary = Glossary::new(terms.clone());
    for term in terms.iter().take(8) {
        // A place is in the text; a term is found in itself, where it has a word at all.
        for (span, found) in glossary.terms_in(&term.fr) {
            assert!(!span.of(&term.fr).is_empty() && terms.contains(found));
        }
        let words = enregard::words::Text::new(&term.fr, enregard::bitext::Lang::Fr).tokens().len();
        let itself = glossary.kept_in(&term.fr, &term.en.join(" ; "));
        assert!(words == 0 || itself.iter().any(|(number, _)| terms[*number] == *term), "{term:?}");
    }
});
