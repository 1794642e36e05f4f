//! Chromium on the facing pages: what it shows, what a reader can do, what is printed.

use std::fs;
use std::path::Path;

use enregard::bitext::{Kind, Status, Unit, UnitId};
use enregard::format::{self, Bitext, Head, Options, Placed, Told};
use serde_json::Value;

use super::{Seen, articles, enregard, program, same};
use crate::awkward;

/// Runs Chromium without a window.
fn chromium(folder: &Path, arguments: &[&str]) -> Option<String> {
    let profile = tempfile::tempdir_in(folder).unwrap();
    let data = format!("--user-data-dir={}", profile.path().display());
    let always = [
        &*data,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--virtual-time-budget=2000",
    ];
    let output = program("chromium", &[&always, arguments].concat(), folder)?;
    Some(String::from_utf8(output.stdout).unwrap())
}

/// Opens `page` with a script at its end, which gives back a value: what that is.
fn asked(folder: &Path, page: &str, script: &str) -> Option<Value> {
    // The page's own policy would not let it run, which is tested below.
    let start = page.find("script-src '").unwrap() + "script-src ".len();
    let end = start + page[start..].find(';').unwrap();
    let page = format!(
        "{}'unsafe-inline'{}<script>document.documentElement.setAttribute('result', \
         Array.from(new TextEncoder().encode(JSON.stringify((function () {{ {script} }})())), \
         function (byte) {{ return byte.toString(16).padStart(2, '0'); }}).join(''));</script>",
        &page[..start],
        &page[end..]
    );
    fs::write(folder.join("asked.html"), page).unwrap();
    let shown = chromium(folder, &["--dump-dom", &format!("file://{}/asked.html", folder.display())])?;
    let (_, hex) = shown.split_once("result=\"").unwrap_or_else(|| panic!("no result: {shown:.2000}"));
    let hex = hex.split('"').next().unwrap();
    let bytes: Vec<u8> =
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
    Some(serde_json::from_slice(&bytes).unwrap())
}

fn page(units: &[Unit], about: &[(String, String)]) -> String {
    let format::Write::File(writer) = format::named("html").unwrap().write else { panic!() };
    let mut out = std::io::Cursor::new(Vec::new());
    let options = Options { name: "<i>R&D</i>".into(), ..Options::default() };
    let mut writer = writer(&options, &mut out).unwrap();
    let placed: Vec<Placed<'_>> = units
        .iter()
        .zip(0..)
        .map(|(unit, place)| Placed { about, paragraph: Some(place / 3), ..Placed::new(unit, "malaise") })
        .collect();
    let head = Head { article: "malaise", edition: None, about };
    let mut told = Told::default();
    writer.article(&Bitext { head, units: &placed }, &mut told).unwrap();
    writer.finish(&mut told).unwrap();
    String::from_utf8(out.into_inner()).unwrap()
}

/// What the page shows of each unit, as the browser understands it.
const SHOWN: &str = "
    var units = {}, order = [];
    document.querySelectorAll('#text .s').forEach(function (s) {
      var unit = units[s.dataset.u];
      if (!unit) { unit = units[s.dataset.u] = { id: s.dataset.u, fr: '', en: '' }; order.push(unit); }
      unit[s.parentNode.lang] += s.textContent;
    });
    return order;";

#[test]
fn chromium_shows_every_sentence_of_the_articles_and_the_awkward_ones() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    enregard(&["export", "-o", path.to_str().unwrap()]);
    let Some(shown) = asked(folder.path(), &fs::read_to_string(&path).unwrap(), SHOWN) else { return };
    let space = |s: Seen| Seen { fr: s.fr.replace('\u{A0}', " "), ..s };
    let read =
        |shown: &Value| Seen::read(shown.as_array().unwrap()).into_iter().map(space).collect::<Vec<_>>();
    same(&read(&shown), &articles().into_iter().map(space).collect::<Vec<_>>());

    let units = awkward::units();
    let shown = asked(folder.path(), &page(&units, &[]), SHOWN).unwrap();
    let lost = |c: char| matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}');
    let through = |s: Seen| Seen { fr: s.fr.replace(lost, " "), en: s.en.replace(lost, " "), ..s };
    same(&read(&shown), &units.iter().map(Seen::of).map(through).map(space).collect::<Vec<_>>());
}

#[test]
fn hovering_studying_and_keys_do_what_they_say() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.html");
    enregard(&["export", "001", "002", "-o", path.to_str().unwrap()]);
    let script = "
        var out = {}, first = document.querySelector('#text .body [lang=fr] > .s');
        var partner = document.querySelector('#text [lang=en] > .s[data-u=' + first.dataset.u + ']');
        var marked = function () { return document.querySelectorAll('.s.on').length; };
        var key = function (name, at) {
          (at || document).dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true }));
        };
        first.dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }));
        out.hovered = [marked(), partner.classList.contains('on')];
        key('h');
        out.pressed = document.getElementById('hide').getAttribute('aria-pressed');
        out.hidden = [getComputedStyle(partner).color, partner.getAttribute('aria-hidden')];
        first.click();
        out.revealed = [getComputedStyle(partner).color !== out.hidden[0], partner.getAttribute('aria-hidden')];
        out.told = document.getElementById('told').textContent === partner.textContent;
        key('Escape');
        key('j'); key('ArrowRight'); key('k');
        out.focus = document.activeElement.dataset.u === document.querySelector('#text .s').dataset.u;
        key('ArrowRight');
        key('Enter', document.activeElement);
        out.seen = document.querySelectorAll('.seen').length;
        document.getElementById('dark').click();
        out.theme = document.documentElement.dataset.theme;
        out.paper = getComputedStyle(document.documentElement).backgroundColor;
        out.contents = document.querySelectorAll('#contents a').length;
        out.first = document.getElementById('contents').compareDocumentPosition(first) & 4;
        out.landmarks = ['main', 'header', 'nav', 'footer', 'h1', 'article[aria-labelledby]'].map(function (name) {
          return document.querySelectorAll('body ' + name).length > 0;
        });
        return out;";
    let Some(found) = asked(folder.path(), &fs::read_to_string(&path).unwrap(), script) else { return };
    let expected = serde_json::json!({
        "hovered": [2, true], "pressed": "true", "hidden": ["rgba(0, 0, 0, 0)", "true"], "revealed": [true, null],
        "told": true, "focus": true, "seen": 2, "theme": "dark", "paper": "rgb(25, 24, 22)", "contents": 2, "first": 4,
        "landmarks": [true, true, true, true, true, true],
    });
    assert_eq!(found, expected);
}

#[test]
fn no_text_title_or_name_runs_a_script_and_the_policy_stops_any_that_would() {
    let folder = tempfile::tempdir().unwrap();
    let attack = "</p></style></title><script>document.title='run'</script><img src=x onerror=\"document.title='run'\">";
    let mut unit = Unit::new(UnitId::of(&"roy".parse().unwrap(), &[attack], 0), Kind::Heading, attack);
    (unit.en, unit.status) = (attack.into(), Status::Draft);
    let about: Vec<(String, String)> = ["title", "author", "publisher", "date", "licence", "translator"]
        .map(|key| (key.to_owned(), attack.to_owned()))
        .into_iter()
        .chain([("url".to_owned(), "javascript:document.title='run'".to_owned())])
        .collect();
    let page = page(&[unit], &about);
    assert!(!page.contains("javascript:") && page.matches("<script").count() == 1 && !page.contains("<img"));
    // Even a tag that got in somehow would not run, and the page's own script still does.
    let page = page.replace("</main>", "<script>document.title='run'</script><b onclick=\"x\"></b></main>");
    fs::write(folder.path().join("a.html"), page).unwrap();
    let address = format!("file://{}/a.html", folder.path().display());
    let Some(shown) = chromium(folder.path(), &["--dump-dom", &address]) else { return };
    assert!(!shown.contains("<title>run</title>"), "{shown:.3000}");
    assert!(shown.contains("aria-label=\"Reading\">"), "the tools are shown by the page's script");
}

#[test]
fn every_paragraph_is_printed_and_no_tool_is() {
    let folder = tempfile::tempdir().unwrap();
    enregard(&["export", "-o", folder.path().join("a.html").to_str().unwrap()]);
    let address = format!("file://{}/a.html", folder.path().display());
    let printed = chromium(folder.path(), &["--no-pdf-header-footer", "--print-to-pdf=a.pdf", &address]);
    if printed.is_none() {
        return;
    }
    let Some(output) = program("pdftotext", &["a.pdf", "-"], folder.path()) else { return };
    let text = String::from_utf8(output.stdout).unwrap();
    let words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = articles()
        .iter()
        .filter(|unit| {
            // The first words: further on a line of the other column may come between.
            let first: Vec<&str> = unit.en.split_whitespace().take(3).collect();
            words.contains(&first.join(" "))
        })
        .count();
    assert!(found >= 90, "{found} of {} sentences", articles().len());
    assert!(!words.contains("Hide the English") && words.contains("Contents"));
}
