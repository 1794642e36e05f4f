//! The files of a project that do not depend on its units.

use std::fmt::Write as _;

use super::through;
use crate::format::Options;

/// `omegat.project`: languages, the usual folders, and no segmentation.
pub(super) fn project(options: &Options) -> String {
    let tokenizer = |code: &str| match code.split('-').next().unwrap_or_default() {
        "fr" => "org.omegat.tokenizer.LuceneFrenchTokenizer",
        "en" => "org.omegat.tokenizer.LuceneEnglishTokenizer",
        _ => "org.omegat.tokenizer.DefaultTokenizer",
    };
    let (source, target) = (&options.source, &options.target);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<omegat>\n  <project version=\"1.0\">\n",
    );
    for folder in ["source_dir", "target_dir", "tm_dir", "glossary_dir", "glossary_file", "dictionary_dir"] {
        let _ = writeln!(out, "    <{folder}>__DEFAULT__</{folder}>");
    }
    for (name, value) in [
        ("source_lang", source.as_str()),
        ("target_lang", target),
        ("source_tok", tokenizer(source)),
        ("target_tok", tokenizer(target)),
        ("sentence_seg", "false"),
        ("support_default_translations", "true"),
        ("remove_tags", "false"),
        ("external_command", ""),
    ] {
        let mut text = String::new();
        escape(value, &mut text);
        let _ = writeln!(out, "    <{name}>{text}</{name}>");
    }
    out.push_str("  </project>\n</omegat>\n");
    out
}

/// `omegat/filters.xml`: text files are UTF-8, and each of their lines is a segment, whatever the machine's settings are.
pub(super) const FILTERS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<filters removeTags="false" removeSpacesNonseg="true" preserveSpaces="false" ignoreFileContext="false">
  <filter className="org.omegat.filters2.text.TextFilter" enabled="true">
    <files sourceFilenameMask="*.txt" sourceEncoding="UTF-8" targetEncoding="UTF-8" targetFilenamePattern="${filename}"/>
    <option name="segmentOn" value="BREAKS"/>
  </filter>
</filters>
"#;

/// `glossary/glossary.txt`: a term, its first translation, and the others as a remark.
pub(super) fn glossary(terms: &[(String, Vec<String>)]) -> String {
    let mut out = String::from("# French, English, remark: from glossary.tsv\n");
    for (term, translations) in terms {
        let Some((first, others)) = translations.split_first() else { continue };
        let others = match others {
            [] => String::new(),
            others => format!("or {}", others.join(", ")),
        };
        let _ = writeln!(out, "{}\t{}\t{}", through(term), through(first), through(&others));
    }
    out
}

/// Writes a text as XML has it.
pub(super) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// The beginning of a memory in TMX, as OmegaT writes it.
pub(super) fn memory_head(options: &Options) -> String {
    let mut source = String::new();
    escape(&options.source, &mut source);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx11.dtd\">\n<tmx version=\"1.1\">\n  \
         <header creationtool=\"enregard\" creationtoolversion=\"{}\" o-tmf=\"OmegaT TMX\" adminlang=\"EN-US\" \
         datatype=\"plaintext\" segtype=\"paragraph\" srclang=\"{source}\"/>\n  <body>\n",
        env!("CARGO_PKG_VERSION")
    )
}

/// Its end.
pub(super) const MEMORY_END: &str = "  </body>\n</tmx>\n";

/// Writes one pair of a memory; `context` is file, text before and text after, where the translation holds only there.
pub(super) fn pair(
    options: &Options,
    source: &str,
    target: &str,
    context: Option<[&str; 3]>,
    out: &mut String,
) {
    out.push_str("    <tu>");
    for (name, value) in ["file", "prev", "next"].iter().zip(context.iter().flatten()) {
        let _ = write!(out, "<prop type=\"{name}\">");
        escape(value, out);
        out.push_str("</prop>");
    }
    for (language, text) in [(&options.source, source), (&options.target, target)] {
        out.push_str("<tuv lang=\"");
        escape(language, out);
        out.push_str("\"><seg>");
        escape(text, out);
        out.push_str("</seg></tuv>");
    }
    out.push_str("</tu>\n");
}
