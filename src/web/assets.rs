//! The pages, script and style, embedded: what stands in `assets/` is what goes out.

use std::sync::LazyLock;

use axum::body::Body;
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::store::sha256;

use super::answer::Problem;

struct Asset {
    path: &'static str,
    kind: &'static str,
    text: &'static str,
    tag: String,
}

macro_rules! assets {
    ($($path:literal => $file:literal, $kind:literal;)*) => {
        vec![$(Asset {
            path: $path,
            kind: $kind,
            text: include_str!(concat!("assets/", $file)),
            tag: format!("\"{}\"", &sha256(include_bytes!(concat!("assets/", $file)))[..16]),
        }),*]
    };
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    assets! {
        "/" => "index.html", "text/html; charset=utf-8";
        "/style.css" => "style.css", "text/css; charset=utf-8";
        "/icon.svg" => "icon.svg", "image/svg+xml";
        "/actions.js" => "actions.js", "text/javascript; charset=utf-8";
        "/api.js" => "api.js", "text/javascript; charset=utf-8";
        "/app.js" => "app.js", "text/javascript; charset=utf-8";
        "/article.js" => "article.js", "text/javascript; charset=utf-8";
        "/bars.js" => "bars.js", "text/javascript; charset=utf-8";
        "/bring.js" => "bring.js", "text/javascript; charset=utf-8";
        "/dashboard.js" => "dashboard.js", "text/javascript; charset=utf-8";
        "/dialogs.js" => "dialogs.js", "text/javascript; charset=utf-8";
        "/dom.js" => "dom.js", "text/javascript; charset=utf-8";
        "/drafts.js" => "drafts.js", "text/javascript; charset=utf-8";
        "/filter.js" => "filter.js", "text/javascript; charset=utf-8";
        "/french.js" => "french.js", "text/javascript; charset=utf-8";
        "/history.js" => "history.js", "text/javascript; charset=utf-8";
        "/keys.js" => "keys.js", "text/javascript; charset=utf-8";
        "/list.js" => "list.js", "text/javascript; charset=utf-8";
        "/panel.js" => "panel.js", "text/javascript; charset=utf-8";
        "/rows.js" => "rows.js", "text/javascript; charset=utf-8";
        "/sheet.js" => "sheet.js", "text/javascript; charset=utf-8";
        "/view.js" => "view.js", "text/javascript; charset=utf-8";
        "/words.js" => "words.js", "text/javascript; charset=utf-8";
        "/writing.js" => "writing.js", "text/javascript; charset=utf-8";
    }
});

/// A page or what belongs to it; anything else is not there.
pub(super) async fn page(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        let mut response =
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "pages are only read").answer();
        response.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return response;
    }
    let Some(asset) = ASSETS.iter().find(|asset| asset.path == uri.path()) else {
        return Problem::not_found("there is no such page").answer();
    };
    // While a page is being made, a debug build takes it as it stands in a folder.
    #[cfg(debug_assertions)]
    if let Some(folder) = std::env::var_os("ENREGARD_ASSETS") {
        let name = if asset.path == "/" { "/index.html" } else { asset.path };
        if let Ok(text) = std::fs::read_to_string(std::path::Path::new(&folder).join(&name[1..])) {
            return ([(CONTENT_TYPE, asset.kind)], text).into_response();
        }
    }
    let had = headers.get(IF_NONE_MATCH).is_some_and(|had| had.as_bytes() == asset.tag.as_bytes());
    let mut response = match had {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => Response::new(Body::from(asset.text)),
    };
    let own = response.headers_mut();
    own.insert(CONTENT_TYPE, HeaderValue::from_static(asset.kind));
    own.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&asset.tag) {
        own.insert(ETAG, tag);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_module_that_a_script_names_is_embedded_and_no_page_has_a_script_within() {
        for asset in ASSETS.iter() {
            for part in asset.text.split("from \"./").skip(1) {
                let name = part.split('"').next().unwrap_or("");
                let path = format!("/{name}");
                assert!(ASSETS.iter().any(|other| other.path == path), "{} names {name}", asset.path);
            }
            if asset.kind.starts_with("text/html") {
                for script in ASSETS.iter().filter(|other| other.path.ends_with(".js")) {
                    assert!(
                        asset.text.contains(&format!("=\"{}\"", script.path)),
                        "asked for at once: {}",
                        script.path
                    );
                }
                for wrong in ["<script>", " style=", " onclick=", "<style"] {
                    assert!(!asset.text.contains(wrong), "{}: {wrong}", asset.path);
                }
            }
            if asset.path.ends_with(".js") {
                for wrong in [
                    "innerHTML",
                    "outerHTML",
                    "insertAdjacentHTML",
                    "document.write",
                    "eval(",
                    "http://",
                    "https://",
                ] {
                    assert!(!asset.text.contains(wrong), "{}: {wrong}", asset.path);
                }
            }
        }
    }
}
