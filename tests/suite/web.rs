//! The site without a socket: who is let in, what a change must bring, and that nothing is overwritten unseen.

use std::fs;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use enregard::store::Corpus;
use enregard::web::{Access, Site, router};
use serde_json::{Value, json};
use tower::ServiceExt;

const HOST: &str = "127.0.0.1:7474";
const ORIGIN: &str = "http://127.0.0.1:7474";

/// Every route, with a method that it takes.
const ROUTES: [(&str, &str); 24] = [
    ("GET", "/"),
    ("GET", "/style.css"),
    ("GET", "/app.js"),
    ("GET", "/nowhere"),
    ("GET", "/api/nowhere"),
    ("GET", "/api/session"),
    ("GET", "/api/articles"),
    ("GET", "/api/progress"),
    ("GET", "/api/search?text=x"),
    ("POST", "/api/articles/roy/align"),
    ("POST", "/api/articles/roy/export"),
    ("GET", "/api/articles/roy/units/k7q2m9xd0v/help"),
    ("GET", "/api/steps"),
    ("GET", "/api/articles/roy"),
    ("GET", "/api/articles/roy/units"),
    ("GET", "/api/articles/roy/findings"),
    ("GET", "/api/articles/roy/where?text=x"),
    ("POST", "/api/undo"),
    ("POST", "/api/redo"),
    ("POST", "/api/articles/roy/sync"),
    ("POST", "/api/articles/roy/amend"),
    ("POST", "/api/articles/roy/reshape"),
    ("PATCH", "/api/articles/roy/units/k7q2m9xd0v"),
    ("POST", "/api/articles/roy/units/k7q2m9xd0v/restore"),
];

struct Desk {
    folder: tempfile::TempDir,
    site: Arc<Site>,
    router: Router,
}

fn desk_with(access: Access) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("seeds")).unwrap();
    fs::write(folder.path().join("seeds/roy.txt"), "Il pleut.\n\nIl vente, dit l’homme. Il neige.\n")
        .unwrap();
    fs::write(folder.path().join("enregard.toml"), "[person]\nby = \"Ann\"\n").unwrap();
    let site = Site::new(Corpus::open(folder.path()).unwrap(), access);
    Desk { folder, router: router(Arc::clone(&site)), site }
}

fn desk() -> Desk {
    desk_with(Access { port: 7474, ..Access::default() })
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Value,
}

impl Desk {
    /// Sends a request with these headers and no others.
    fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(body.into()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = to_bytes(body, usize::MAX).await.unwrap();
            let body = serde_json::from_slice(&bytes).unwrap_or(Value::Null);
            Answer { status: parts.status, headers: parts.headers, body }
        })
    }

    fn get(&self, path: &str) -> Value {
        let answer = self.raw("GET", path, &[("host", HOST)], Body::empty());
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// Sends what the page would send.
    fn send(&self, method: &str, path: &str, more: &[(&str, &str)], body: &Value) -> Answer {
        let mut headers = vec![
            ("host", HOST),
            ("origin", ORIGIN),
            ("content-type", "application/json"),
            ("x-enregard-secret", self.site.secret()),
        ];
        headers.extend_from_slice(more);
        self.raw(method, path, &headers, body.to_string())
    }

    fn units(&self) -> Vec<Value> {
        self.get("/api/articles/roy/units")["units"].as_array().unwrap().clone()
    }

    fn file(&self) -> String {
        fs::read_to_string(self.folder.path().join("alignments/roy.jsonl")).unwrap_or_default()
    }

    fn set(&self, unit: &Value, change: Value) -> Answer {
        let path = format!("/api/articles/roy/units/{}", text(&unit["id"]));
        self.send("PATCH", &path, &[("if-match", &format!("\"{}\"", text(&unit["tag"])))], &change)
    }

    fn reshape(&self, seen: &[&Value], change: Value) -> Answer {
        let seen: Vec<Value> = seen.iter().map(|unit| json!([unit["id"], unit["tag"]])).collect();
        self.send("POST", "/api/articles/roy/reshape", &[], &json!({ "seen": seen, "change": change }))
    }

    fn texts(&self) -> Vec<(String, String)> {
        let joined = |list: &Value| list.as_array().unwrap().iter().map(text).collect::<Vec<_>>().join(" ");
        self.units().iter().map(|unit| (joined(&unit["fr"]), joined(&unit["en"]))).collect()
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

fn pairs(all: &[(&str, &str)]) -> Vec<(String, String)> {
    all.iter().map(|(fr, en)| ((*fr).to_owned(), (*en).to_owned())).collect()
}

#[test]
fn a_foreign_host_gets_nothing_on_any_route() {
    let desk = desk();
    let secret = desk.site.secret().to_owned();
    for (method, path) in ROUTES {
        for host in
            [None, Some("evil.example"), Some("evil.example:7474"), Some("127.0.0.1"), Some("10.0.0.1:7474")]
        {
            let mut headers = vec![
                ("origin", ORIGIN),
                ("x-enregard-secret", &*secret),
                ("content-type", "application/json"),
            ];
            headers.extend(host.map(|host| ("host", host)));
            let answer = desk.raw(method, path, &headers, "{}");
            assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{method} {path} {host:?}");
        }
        let two = desk.raw(method, path, &[("host", HOST), ("host", "evil.example")], Body::empty());
        assert_eq!(two.status, StatusCode::BAD_REQUEST, "{method} {path}");
        let absolute = format!("http://evil.example{path}");
        let answer = desk.raw(method, &absolute, &[("host", HOST)], Body::empty());
        assert_eq!(answer.status, StatusCode::MISDIRECTED_REQUEST, "{method} {absolute}");
    }
}

#[test]
fn a_foreign_origin_gets_nothing_on_any_route() {
    let desk = desk();
    let secret = desk.site.secret().to_owned();
    for (method, path) in ROUTES {
        for origin in [
            "http://evil.example",
            "null",
            "https://127.0.0.1:7474",
            "http://localhost:7474",
            "http://127.0.0.1:8080",
        ] {
            let headers = [
                ("host", HOST),
                ("origin", origin),
                ("x-enregard-secret", &*secret),
                ("content-type", "application/json"),
            ];
            let answer = desk.raw(method, path, &headers, "{}");
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} {origin}");
            assert!(answer.headers.get("access-control-allow-origin").is_none());
        }
        for site in ["cross-site", "same-site"] {
            let headers = [("host", HOST), ("sec-fetch-site", site), ("sec-fetch-mode", "cors")];
            let answer = desk.raw(method, path, &headers, Body::empty());
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{method} {path} {site}");
        }
    }
    // A link to the page is no attack: it shows nothing to the site that it stands in.
    let headers = [("host", HOST), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")];
    assert_eq!(desk.raw("GET", "/", &headers, Body::empty()).status, 200);
    assert_eq!(desk.raw("GET", "/api/session", &headers, Body::empty()).status, 403);
}

#[test]
fn a_change_needs_origin_secret_and_json_and_writes_nothing_without() {
    let desk = desk();
    let secret = desk.site.secret().to_owned();
    let unit = desk.units().remove(0);
    let path = format!("/api/articles/roy/units/{}", text(&unit["id"]));
    let tag = format!("\"{}\"", text(&unit["tag"]));
    let all = [
        ("origin", ORIGIN),
        ("x-enregard-secret", &*secret),
        ("content-type", "application/json"),
        ("if-match", &*tag),
    ];
    let expected = [403, 403, 415, 428];
    for (leave_out, status) in expected.into_iter().enumerate() {
        let mut headers = vec![("host", HOST)];
        headers.extend(all.iter().enumerate().filter(|(at, _)| *at != leave_out).map(|(_, header)| *header));
        let answer = desk.raw("PATCH", &path, &headers, "{\"en\":\"Rain.\"}");
        assert_eq!(answer.status, status, "without {}", all[leave_out].0);
    }
    let mut wrong = vec![("host", HOST)];
    wrong.extend(
        all.map(|(name, value)| if name == "x-enregard-secret" { (name, "0123") } else { (name, value) }),
    );
    assert_eq!(desk.raw("PATCH", &path, &wrong, "{\"en\":\"Rain.\"}").status, 403);
    assert_eq!(desk.file(), "");
    let another = desk_with(Access { port: 7474, ..Access::default() });
    assert_ne!(another.site.secret(), secret);
}

#[test]
fn every_answer_has_the_policy_and_no_answer_is_kept_by_others() {
    let desk = desk();
    for (method, path) in ROUTES {
        for host in [HOST, "evil.example"] {
            let answer = desk.raw(method, path, &[("host", host)], Body::empty());
            let header =
                |name: &str| answer.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
            let policy = header("content-security-policy").unwrap();
            assert!(policy.starts_with("default-src 'none'"), "{method} {path}: {policy}");
            assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{policy}");
            assert_eq!(header("x-content-type-options").unwrap(), "nosniff");
            assert_eq!(header("x-frame-options").unwrap(), "DENY");
            if path.starts_with("/api") {
                assert_eq!(header("cache-control").unwrap(), "no-store", "{method} {path}");
            }
        }
    }
}

#[test]
fn with_a_token_nothing_is_seen_without_it() {
    let token = "0123456789abcdef";
    let desk = desk_with(Access { port: 7474, token: Some(token.into()), ..Access::default() });
    for (method, path) in ROUTES {
        for more in
            [("cookie", "enregard_token=0123456789abcdee"), ("authorization", "Bearer x"), ("accept", "*/*")]
        {
            let answer = desk.raw(method, path, &[("host", HOST), more], Body::empty());
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        }
    }
    let answer = desk.raw("GET", &format!("/?token={token}"), &[("host", HOST)], Body::empty());
    assert_eq!((answer.status, &answer.headers["location"]), (StatusCode::SEE_OTHER, &"/".parse().unwrap()));
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let own = cookie.split(';').next().unwrap();
    assert_eq!(
        desk.raw("GET", "/api/session", &[("host", HOST), ("cookie", own)], Body::empty()).status,
        200
    );
    let bearer = format!("Bearer {token}");
    assert_eq!(
        desk.raw("GET", "/api/session", &[("host", HOST), ("authorization", &bearer)], Body::empty()).status,
        200
    );
}

#[test]
fn too_large_a_body_and_odd_requests_are_refused() {
    let desk = desk();
    let unit = desk.units().remove(0);
    let answer = desk.set(&unit, json!({ "en": "a".repeat(2 << 20) }));
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    // All units of a long article are named in one change of them all.
    let seen = vec![json!([unit["id"], unit["tag"]]); 60_000];
    let change = json!({ "seen": seen, "change": { "note": "Again." }, "preview": true });
    let answer = desk.send("POST", "/api/articles/roy/amend", &[], &change);
    assert_eq!(answer.status, 200, "{}", answer.body);
    for change in
        [json!({}), json!({ "en": 3 }), json!({ "unknown": 1 }), json!({ "status": "done" }), json!([1])]
    {
        let answer = desk.set(&unit, change.clone());
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{change}");
        assert_eq!(answer.body["code"], "request", "{change}: what is wrong is told as JSON");
    }
    for path in [
        "/api/articles/../../etc/passwd",
        "/api/articles/..%2f..%2fetc%2fpasswd",
        "/api/articles/%00",
        "/api/articles/a@b",
        "/..%2fCargo.toml",
    ] {
        let answer = desk.raw("GET", path, &[("host", HOST)], Body::empty());
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    }
    assert_eq!(
        desk.raw(
            "DELETE",
            "/",
            &[
                ("host", HOST),
                ("origin", ORIGIN),
                ("content-type", "application/json"),
                ("x-enregard-secret", desk.site.secret())
            ],
            Body::empty()
        )
        .status,
        405
    );
    assert_eq!(desk.file(), "");
}

#[test]
fn what_is_not_there_is_said_not_to_be_there() {
    let desk = desk();
    for path in [
        "/api/articles/nobody",
        "/api/articles/nobody/units",
        "/api/articles/roy/units/k7q2m9xd0v",
        "/nobody",
    ] {
        let answer = desk.raw("GET", path, &[("host", HOST)], Body::empty());
        assert_eq!(
            (answer.status, answer.body["code"].clone()),
            (StatusCode::NOT_FOUND, json!("absent")),
            "{path}"
        );
    }
}

#[test]
fn a_whole_text_is_aligned_searched_and_exported() {
    let desk = desk();
    let body = json!({ "text": "It is raining.\n\nIt is windy, the man says. It is snowing.\n" });
    let answer = desk.send("POST", "/api/articles/roy/align", &[], &body);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(answer.body["beads"]["1–1"], 3);
    let expected = pairs(&[
        ("Il pleut.", "It is raining."),
        ("Il vente, dit l’homme.", "It is windy, the man says."),
        ("Il neige.", "It is snowing."),
    ]);
    assert_eq!(desk.texts(), expected);
    let found = desk.get("/api/search?text=l%27homme");
    assert_eq!((found["of"].clone(), found["hits"][0]["frSpans"].clone()), (json!(1), json!([[14, 21]])));
    assert_eq!(desk.get("/api/articles/roy/where?text=NEIGE")["places"], json!([2]));
    let ids: Vec<Value> = desk.units().iter().map(|unit| unit["id"].clone()).collect();
    let wanted = json!({ "format": "tsv", "ids": &ids[..2], "sides": "en" });
    assert_eq!(desk.send("POST", "/api/articles/roy/export", &[], &wanted).status, 200);
    let none = desk.send(
        "POST",
        "/api/articles/roy/align",
        &[],
        &json!({ "text": "Il pleut.\n\nIl vente, dit l’homme. Il neige.\n" }),
    );
    assert_eq!((none.status, none.body["code"].clone()), (StatusCode::UNPROCESSABLE_ENTITY, json!("doubt")));
    assert_eq!(desk.send("POST", "/api/undo", &[], &json!({})).status, 200);
    assert_eq!(desk.texts()[0].1, "");
}

#[test]
fn typing_is_on_disk_when_it_is_answered_and_one_undo_takes_the_sentence_back() {
    let desk = desk();
    let unit = desk.units().remove(0);
    let first = desk.set(&unit, json!({ "en": "It’s r" }));
    assert_eq!(first.status, 200, "{}", first.body);
    assert!(desk.file().contains("\"en\":[\"It’s r\"]"));
    let again = first.body["step"].clone();
    let second = desk.set(&first.body["unit"], json!({ "en": "It’s raining.", "again": again }));
    assert!(desk.file().contains("\"en\":[\"It’s raining.\"]"));
    assert_eq!(second.body["step"], first.body["step"]);
    assert_eq!(desk.get("/api/steps")["steps"].as_array().unwrap().len(), 1);
    let other = desk.units().remove(1);
    let third = desk.set(&other, json!({ "en": "It’s windy.", "again": again }));
    assert_eq!(third.body["step"], again, "nothing came between");
    let reviewed = desk.set(&third.body["unit"], json!({ "status": "reviewed" }));
    assert_ne!(reviewed.body["step"], again);
    // What came between begins another step.
    let fourth = desk.set(&second.body["unit"], json!({ "en": "Rain.", "again": again }));
    assert_ne!(fourth.body["step"], again);
    for expected in ["It’s raining.", "It’s raining.", ""] {
        assert_eq!(desk.send("POST", "/api/undo", &[], &json!({})).status, 200);
        assert_eq!(desk.texts()[0].1, expected);
    }
    assert_eq!(desk.send("POST", "/api/undo", &[], &json!({})).body["step"], Value::Null);
    // Another run takes up where this one left.
    let site =
        Site::new(Corpus::open(desk.folder.path()).unwrap(), Access { port: 7474, ..Access::default() });
    let desk = Desk { router: router(Arc::clone(&site)), site, folder: desk.folder };
    for expected in ["It’s raining.", "It’s raining.", "Rain."] {
        assert_eq!(desk.send("POST", "/api/redo", &[], &json!({})).status, 200);
        assert_eq!(desk.texts()[0].1, expected);
    }
}

#[test]
fn a_unit_that_was_changed_elsewhere_is_not_overwritten_and_both_texts_are_shown() {
    let desk = desk();
    let unit = desk.units().remove(0);
    assert_eq!(desk.set(&unit, json!({ "en": "Theirs." })).status, 200);
    let answer = desk.set(&unit, json!({ "en": "Mine." }));
    assert_eq!(answer.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(answer.body["code"], "changed");
    let now = &answer.body["clashes"][0]["now"];
    assert_eq!(now["en"], json!(["Theirs."]));
    assert!(desk.file().contains("Theirs.") && !desk.file().contains("Mine."));
    assert_eq!(desk.set(now, json!({ "en": "Mine." })).status, 200);
    assert!(desk.file().contains("Mine."));
    // An editor changes the file by hand.
    let path = desk.folder.path().join("alignments/roy.jsonl");
    let seen = desk.units().remove(0);
    fs::write(&path, desk.file().replace("Mine.", "By hand.")).unwrap();
    assert_eq!(desk.set(&seen, json!({ "en": "Mine again." })).status, StatusCode::PRECONDITION_FAILED);
    assert!(desk.file().contains("By hand."));
}

#[test]
fn several_units_are_changed_as_one_step_after_a_preview() {
    let desk = desk();
    let units = desk.units();
    desk.set(&units[0], json!({ "en": "It’s raining." }));
    let units = desk.units();
    let seen: Vec<Value> = units.iter().map(|unit| json!([unit["id"], unit["tag"]])).collect();
    let wanted =
        |preview: bool| json!({ "seen": seen, "preview": preview, "change": { "status": "reviewed" } });
    let before = desk.file();
    let preview = desk.send("POST", "/api/articles/roy/amend", &[], &wanted(true));
    assert_eq!(
        (preview.body["count"].clone(), preview.body["refused"].as_array().unwrap().len()),
        (json!(1), 2)
    );
    assert_eq!(preview.body["changed"][0]["after"]["status"], "reviewed");
    assert_eq!(desk.file(), before);
    let done = desk.send("POST", "/api/articles/roy/amend", &[], &wanted(false));
    assert_eq!(done.body["count"], 1);
    assert!(desk.file().contains("\"status\":\"reviewed\""));
    assert_eq!(desk.send("POST", "/api/articles/roy/amend", &[], &wanted(false)).status, 412);
}

#[test]
fn units_are_merged_split_moved_put_in_and_crossed_out_and_all_of_it_undone() {
    let desk = desk();
    let start = desk.texts();
    let units = desk.units();
    desk.set(&units[0], json!({ "en": "It’s raining. It’s windy, said the man." }));
    let units = desk.units();
    let answer = desk.reshape(
        &[&units[0], &units[1]],
        json!({ "do": "move", "id": units[0]["id"], "to": "next", "side": "en" }),
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    let moved = pairs(&[
        ("Il pleut.", "It’s raining."),
        ("Il vente, dit l’homme.", "It’s windy, said the man."),
        ("Il neige.", ""),
    ]);
    assert_eq!(desk.texts(), moved);
    let units = desk.units();
    // UTF-16 code units: before `dit` and `said`.
    desk.reshape(&[&units[1]], json!({ "do": "split", "id": units[1]["id"], "fr": 10, "en": 12 }));
    assert_eq!(desk.texts()[1..3], pairs(&[("Il vente,", "It’s windy,"), ("dit l’homme.", "said the man.")]));
    let units = desk.units();
    desk.reshape(
        &[&units[1], &units[2]],
        json!({ "do": "border", "id": units[1]["id"], "next": units[2]["id"], "fr": 3, "en": 5 }),
    );
    assert_eq!(desk.texts()[1..3], pairs(&[("Il", "It’s"), ("vente, dit l’homme.", "windy, said the man.")]));
    let units = desk.units();
    desk.reshape(&[&units[1], &units[2]], json!({ "do": "merge", "ids": [units[1]["id"], units[2]["id"]] }));
    assert_eq!(desk.texts()[1].0, "Il vente, dit l’homme.");
    let units = desk.units();
    let put = desk.reshape(&[&units[0]], json!({ "do": "insert", "after": units[0]["id"], "en": "Hm." }));
    assert_eq!(desk.texts()[1], pairs(&[("", "Hm.")])[0]);
    let units = desk.units();
    assert_eq!(put.body["ids"][0], units[1]["id"]);
    desk.reshape(
        &[&units[0], &units[1]],
        json!({ "do": "cross-out", "ids": [units[0]["id"], units[1]["id"]] }),
    );
    assert_eq!(desk.texts()[0], pairs(&[("Il pleut.", "")])[0]);
    let stale = desk.reshape(&[&units[0]], json!({ "do": "merge", "ids": [units[0]["id"]] }));
    assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
    for _ in 0..7 {
        assert_eq!(desk.send("POST", "/api/undo", &[], &json!({})).status, 200);
    }
    assert_eq!(desk.texts(), start);
}

#[test]
fn the_outline_says_of_every_unit_in_short_what_the_units_say_whole() {
    let desk = desk();
    let [first, second, ..] = &desk.units()[..] else { panic!("two units") };
    assert_eq!(desk.set(first, json!({ "en": "It is raining…", "note": "Sure?" })).status, 200);
    assert_eq!(desk.set(second, json!({ "kind": "heading", "pin": true })).status, 200);
    let outline = desk.get("/api/articles/roy");
    let short = &outline["units"];
    let (units, kinds) = (desk.units(), &desk.get("/api/session")["kinds"]);
    let signs = |texts: &Value| -> usize {
        texts.as_array().unwrap().iter().map(|one| text(one).chars().count()).sum()
    };
    for (at, unit) in units.iter().enumerate() {
        let state = short["state"][at].as_u64().unwrap() as usize;
        let kind = short["kind"][at].as_u64().unwrap() as usize;
        assert_eq!(short["id"][at], unit["id"]);
        assert_eq!((&short["states"][state], &kinds[kind]), (&unit["state"], &unit["kind"]));
        assert_eq!(short["fr"][at], signs(&unit["fr"]));
        assert_eq!(short["en"][at], signs(&unit["en"]));
        assert_eq!((&short["paragraph"][at], &short["score"][at]), (&unit["paragraph"], &Value::Null));
    }
    assert_eq!(short["marks"].as_array().unwrap()[..2], [json!(1), json!(2)]);
    // Beside it come those whole that are seen first: around one, or around the first without English.
    let near = |query: &str| desk.get(&format!("/api/articles/roy{query}"))["near"].clone();
    assert_eq!(near(""), json!([]));
    assert_eq!(near(&format!("?count=2&near={}", text(&units[2]["id"]))), json!(units[2..]));
    assert_eq!(near("?count=1&near=nobody"), json!(units[1..2]), "the second has no English");
    for (name, column) in short.as_object().unwrap().iter().filter(|(name, _)| *name != "states") {
        assert_eq!(column.as_array().unwrap().len(), units.len(), "{name}");
    }
}

#[test]
fn a_unit_goes_back_to_what_it_was() {
    let desk = desk();
    let unit = desk.units().remove(0);
    let first = desk.set(&unit, json!({ "en": "First." })).body;
    let second = desk.set(&first["unit"], json!({ "en": "Second.", "status": "reviewed" })).body;
    let path = format!("/api/articles/roy/units/{}", text(&unit["id"]));
    let events = desk.get(&format!("{path}/history"))["events"].as_array().unwrap().clone();
    assert_eq!(events.len(), 2);
    assert_eq!(
        (events[0]["by"].clone(), events[0]["after"]["en"].clone()),
        (json!("Ann"), json!(["Second."]))
    );
    let back = json!({ "tag": second["unit"]["tag"], "step": first["step"] });
    let answer = desk.send("POST", &format!("{path}/restore"), &[], &back);
    assert_eq!(answer.body["unit"]["en"], json!(["First."]), "{}", answer.body);
    assert_eq!(desk.send("POST", &format!("{path}/restore"), &[], &back).status, 412);
}

#[test]
fn the_checks_see_what_is_typed_and_a_dismissed_finding_stays_away() {
    let desk = desk();
    let unit = desk.units().remove(0);
    let path = format!("/api/articles/roy/units/{}", text(&unit["id"]));
    let found = desk.send("POST", &format!("{path}/check"), &[], &json!({ "en": "It is is raining." }));
    assert_eq!(found.body["findings"][0]["check"], "repeated-word");
    assert_eq!(desk.file(), "", "checking writes nothing");
    let saved = desk.set(&unit, json!({ "en": "It is is raining." })).body;
    let all = |desk: &Desk| desk.get("/api/articles/roy/findings")["findings"].as_object().unwrap().len();
    assert_eq!(all(&desk), 1);
    let gone = desk.set(&saved["unit"], json!({ "dismiss": ["repeated-word"] })).body;
    assert_eq!((all(&desk), gone["unit"]["dismissed"].clone()), (0, json!(["repeated-word"])));
    desk.set(&gone["unit"], json!({ "recall": ["repeated-word"] }));
    assert_eq!(all(&desk), 1);
}

#[test]
fn the_command_refuses_to_listen_for_others_without_a_token_and_a_port_that_is_taken() {
    let desk = desk();
    let refused = |arguments: &[&str], told: &str| {
        let mut command = assert_cmd::Command::cargo_bin("enregard").unwrap();
        command.current_dir(desk.folder.path()).env_clear().arg("serve").arg("--no-open").args(arguments);
        let ran = command.timeout(std::time::Duration::from_secs(20)).assert().code(2).stdout("");
        let said = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
        assert!(said.contains(told), "{arguments:?}: {said}");
    };
    refused(&["--listen", "0.0.0.0"], "--token");
    refused(&["--listen", "0.0.0.0", "--token", "short"], "--token is too short");
    refused(&["--token", "sixteen letters <"], "--token is too short");
    refused(&["--name", "desk.example"], "--listen");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    refused(&["--port", &taken.local_addr().unwrap().port().to_string()], "--port");
}

#[cfg(unix)]
#[test]
fn a_half_sent_request_holds_nobody_up_and_sigterm_ends_the_program_with_0() {
    use std::io::{BufRead, BufReader, Read, Write};
    use std::net::TcpStream;
    use std::process::{Command, Stdio};

    let desk = desk();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("enregard"))
        .current_dir(desk.folder.path())
        .args(["serve", "--no-open", "--port", "0", "--quiet"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().trim_start_matches("http://").trim_end_matches('/').to_owned();
    let half: Vec<TcpStream> = (0..50)
        .map(|_| {
            let mut stream = TcpStream::connect(&address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
            stream
        })
        .collect();
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(stream, "GET /api/session HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    drop(half);
    assert!(Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
