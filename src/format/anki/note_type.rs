//! The note type of a package, and what else a collection of Anki's says of itself, as JSON.

use serde_json::{Value, json};

/// The note type's number. It never changes: by it, and by the same fields, a second import finds the notes again.
pub(super) const NOTE_TYPE: i64 = 1_763_625_600_000;

/// The fields, in order. To add or move one is another note type, with another number.
pub(super) const FIELDS: [&str; 8] = [
    "French",
    "English",
    "French before",
    "French after",
    "English before",
    "English after",
    "Source",
    "Note",
];

const FRENCH_FIRST: &str = "{{#French before}}<div class=\"around\" lang=\"fr\">{{French before}}</div>{{/French before}}\n\
    <div class=\"sentence\" lang=\"fr\">{{French}}</div>\n\
    {{#French after}}<div class=\"around\" lang=\"fr\">{{French after}}</div>{{/French after}}";

const ENGLISH_FIRST: &str = "{{#English before}}<div class=\"around\" lang=\"en\">{{English before}}</div>{{/English before}}\n\
    <div class=\"sentence\" lang=\"en\">{{English}}</div>\n\
    {{#English after}}<div class=\"around\" lang=\"en\">{{English after}}</div>{{/English after}}";

const END: &str =
    "{{#Note}}<div class=\"note\">{{Note}}</div>{{/Note}}\n<div class=\"source\">{{Source}}</div>";

const CSS: &str = "\
.card { font-family: Georgia, 'Times New Roman', serif; font-size: 22px; line-height: 1.4; text-align: left; \
max-width: 36em; margin: 0 auto; padding: 1em; color: #1c1c1c; background: #fbfaf7; }
.sentence { margin: .5em 0; }
.around { font-size: 75%; color: #6b6b6b; }
.note { font-size: 75%; margin-top: 1em; }
.source { font-size: 60%; color: #6b6b6b; margin-top: 1.5em; }
.nightMode.card { color: #e6e4df; background: #22211f; }
.nightMode .around, .nightMode .source { color: #a5a29b; }
";

/// The note type with its two cards. `modified` is in seconds, `deck` the one for new notes.
pub(super) fn note_types(modified: i64, deck: i64) -> Value {
    let field = |(ord, name): (usize, &&str)| json!({"name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Georgia", "size": 20, "media": []});
    let fields: Vec<Value> = FIELDS.iter().enumerate().map(field).collect();
    let card = |ord: usize, name: &str, question: &str, answer: &str| {
        let answer = format!("{{{{FrontSide}}}}\n<hr id=answer>\n{answer}\n{END}");
        json!({"name": name, "ord": ord, "qfmt": question, "afmt": answer, "bqfmt": "", "bafmt": "", "did": null})
    };
    json!({NOTE_TYPE.to_string(): {
        "id": NOTE_TYPE, "name": "enregard: French and English", "type": 0, "mod": modified, "usn": -1, "sortf": 0,
        "did": deck, "flds": fields, "css": CSS, "tags": [], "vers": [], "latexPre": "", "latexPost": "",
        "tmpls": [
            card(0, "French to English", FRENCH_FIRST, ENGLISH_FIRST),
            card(1, "English to French", ENGLISH_FIRST, FRENCH_FIRST),
        ],
        "req": [[0, "any", [0]], [1, "any", [1]]],
    }})
}

/// One deck; the same for all but number and name.
pub(super) fn deck(id: i64, name: &str, modified: i64) -> Value {
    json!({
        "id": id, "name": name, "mod": modified, "usn": -1, "conf": 1, "dyn": 0, "desc": "", "collapsed": false,
        "browserCollapsed": false, "extendNew": 0, "extendRev": 0, "newToday": [0, 0], "revToday": [0, 0],
        "lrnToday": [0, 0], "timeToday": [0, 0],
    })
}

/// The options that decks have.
pub(super) fn deck_options() -> Value {
    json!({"1": {
        "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
        "dyn": false,
        "new": {"bury": true, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7], "order": 1, "perDay": 20, "separate": true},
        "rev": {"bury": true, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "minSpace": 1, "perDay": 200, "hardFactor": 1.2},
        "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
    }})
}

/// The collection's own settings.
pub(super) fn settings(deck: i64, next_position: i64) -> Value {
    json!({
        "activeDecks": [deck], "curDeck": deck, "curModel": NOTE_TYPE.to_string(), "nextPos": next_position,
        "addToCur": true, "collapseTime": 1200, "dueCounts": true, "estTimes": true, "newBury": true, "newSpread": 0,
        "sortBackwards": false, "sortType": "noteFld", "timeLim": 0,
    })
}
