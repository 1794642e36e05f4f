//! Who may ask, and for how long: Host, Origin, token, secret, body limits and deadlines; and the headers of every answer.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST,
    LOCATION, ORIGIN, REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use super::answer::Problem;
use super::state::Site;

/// Bytes of a body at most: a unit and all that can be said of it.
const BODY: usize = 1 << 20;
/// The same where a whole text comes, or all units of an article are named.
const WHOLE: usize = 32 << 20;
/// How long a body may take.
const BODY_TIME: Duration = Duration::from_secs(20);
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
     base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
const COOKIE_NAME: &str = "enregard_token";

/// From where the site may be asked.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// The port that it answers on.
    pub port: u16,
    /// Whether it listens beyond this computer. Then it is known by its addresses, too.
    pub open: bool,
    /// Names by which it may be called, beside `localhost` and the loopback addresses.
    pub names: Vec<String>,
    /// What a browser must know to see anything; required where `open`.
    pub token: Option<String>,
}

impl Access {
    /// Whether a `Host` header names this site: no other name that leads here does (DNS rebinding).
    pub fn is_host(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => {
                (name, port.parse::<u32>().ok())
            }
            _ => (host, Some(80)),
        };
        if port != Some(u32::from(self.port)) {
            return false;
        }
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        let address = bare.parse::<IpAddr>().ok();
        match address {
            // An address in the header was typed by a person: no name leads to another site.
            Some(address) => address.is_loopback() || self.open,
            None => {
                name.eq_ignore_ascii_case("localhost")
                    || self.names.iter().any(|own| own.eq_ignore_ascii_case(name))
            }
        }
    }
}

/// Lets a request through, or says why not; every answer gets the headers that keep its page to itself.
pub(super) async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let api = request.uri().path().starts_with("/api/") || request.uri().path() == "/api";
    let mut response = match admit(&site, request).await {
        Ok(Admitted::Go(request)) => next.run(request).await,
        Ok(Admitted::Answer(response)) => response,
        Err(problem) => problem.answer(),
    };
    let headers = response.headers_mut();
    let mut set =
        |name: HeaderName, value: &'static str| headers.insert(name, HeaderValue::from_static(value));
    set(CONTENT_SECURITY_POLICY, POLICY);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(X_FRAME_OPTIONS, "DENY");
    set(REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    );
    if api {
        set(CACHE_CONTROL, "no-store");
    }
    response
}

enum Admitted {
    Go(Request),
    Answer(Response),
}

async fn admit(site: &Site, request: Request) -> Result<Admitted, Problem> {
    let headers = request.headers();
    let host = one(headers, &HOST)?.filter(|host| site.access.is_host(host));
    let Some(host) = host.map(str::to_owned) else {
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, "host", "this site is not called so"));
    };
    // A proxy's form of the target names a host, too.
    if request.uri().authority().is_some_and(|authority| !site.access.is_host(authority.as_str())) {
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, "host", "this site is not called so"));
    }
    let origin = one(headers, &ORIGIN)?;
    let own = origin.map(|origin| origin == format!("http://{host}"));
    let fetch_site = one(headers, &HeaderName::from_static("sec-fetch-site"))?;
    let page = !request.uri().path().starts_with("/api");
    // A link in another site may lead to the page, as a bookmark does; nothing else of another site may come in.
    let navigation = page && one(headers, &HeaderName::from_static("sec-fetch-mode"))? == Some("navigate");
    let foreign = fetch_site.is_some_and(|site| !matches!(site, "same-origin" | "none")) && !navigation;
    if own == Some(false) || foreign {
        return Err(Problem::new(StatusCode::FORBIDDEN, "origin", "the request comes from another site"));
    }
    if let Some(token) = &site.access.token {
        match token_of(&request) {
            Some((found, place)) if same(&found, token) => {
                if place == Place::Query && page && request.method() == Method::GET {
                    return Ok(Admitted::Answer(with_cookie(token)));
                }
            }
            _ => {
                return Err(Problem::new(StatusCode::UNAUTHORIZED, "token", "the token is missing or wrong"));
            }
        }
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(Admitted::Go(request));
    }
    if own != Some(true) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "origin",
            "a change must come from this site's page",
        ));
    }
    let secret = one(headers, &HeaderName::from_static("x-enregard-secret"))?;
    if !secret.is_some_and(|secret| same(secret, &site.secret)) {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "secret",
            "the page is of an earlier run: load it again",
        ));
    }
    let json = one(headers, &CONTENT_TYPE)?.is_some_and(|kind| {
        kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    });
    if !json {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "type", "expected application/json"));
    }
    whole(request).await.map(Admitted::Go)
}

/// The request with its whole body read, in time and within the limit.
async fn whole(request: Request) -> Result<Request, Problem> {
    let path = request.uri().path();
    let limit =
        if ["/align", "/amend", "/export"].iter().any(|end| path.ends_with(end)) { WHOLE } else { BODY };
    let too_large = || {
        let told = format!("a body may have {limit} bytes at most");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "size", told)
    };
    let length = one(request.headers(), &CONTENT_LENGTH)?.and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let (parts, body) = request.into_parts();
    match tokio::time::timeout(BODY_TIME, to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "time", "the body took too long")),
    }
}

/// The value of a header that may stand there once.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Problem> {
    let mut values = headers.get_all(name).iter();
    let bad = || {
        Problem::new(StatusCode::BAD_REQUEST, "header", format!("the header {name} is not to be understood"))
    };
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| bad()),
        _ => Err(bad()),
    }
}

#[derive(PartialEq)]
enum Place {
    Query,
    Header,
}

/// The token that a request brings: in the address (once), as a cookie, or as a bearer's.
fn token_of(request: &Request) -> Option<(String, Place)> {
    let query = request.uri().query().unwrap_or("");
    if let Some(token) = query.split('&').find_map(|pair| pair.strip_prefix("token=")) {
        return Some((token.to_owned(), Place::Query));
    }
    let headers = request.headers();
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let cookie = cookies
        .flat_map(|cookies| cookies.split(';'))
        .find_map(|cookie| cookie.trim().strip_prefix(COOKIE_NAME)?.strip_prefix('='));
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    bearer.or(cookie).map(|token| (token.to_owned(), Place::Header))
}

/// Takes the token out of the address bar and into a cookie.
fn with_cookie(token: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    response.headers_mut().insert(LOCATION, HeaderValue::from_static("/"));
    let cookie = format!("{COOKIE_NAME}={token}; Path=/; HttpOnly; SameSite=Strict");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// Whether two secrets are the same, in a time that does not tell how much of them is.
fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_computer_are_this_site() {
        let access = Access { port: 7474, ..Access::default() };
        for good in ["127.0.0.1:7474", "localhost:7474", "LOCALHOST:7474", "[::1]:7474", "127.0.0.2:7474"] {
            assert!(access.is_host(good), "{good}");
        }
        for bad in [
            "",
            "localhost",
            "127.0.0.1",
            "localhost:80",
            "evil.example:7474",
            "127.0.0.1.evil.example:7474",
            "localhost.evil.example:7474",
            "192.168.1.2:7474",
            "evil.example",
            "127.0.0.1:7474:80",
            ":7474",
        ] {
            assert!(!access.is_host(bad), "{bad}");
        }
        let open = Access { port: 80, open: true, names: vec!["desk.example".into()], token: None };
        for good in ["192.168.1.2", "192.168.1.2:80", "desk.example", "[fe80::1]"] {
            assert!(open.is_host(good), "{good}");
        }
        assert!(!open.is_host("evil.example"));
    }

    #[test]
    fn secrets_are_the_same_only_whole() {
        assert!(same("abc", "abc") && !same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }
}
