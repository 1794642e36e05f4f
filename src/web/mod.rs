//! The local editor and dashboard: the desk, carried over HTTP to a browser on the same computer.
//!
//! [`Bound::serve`] binds and runs until the process is told to end; [`router`] answers requests without any socket. Who may ask at
//! all is in `guard`; the pages in `assets`; what is said in docs/API.md. No logic is here that the desk has not.

mod answer;
mod assets;
mod guard;
mod json;
mod routes;
mod server;
mod state;

pub use guard::Access;
pub use server::{Bound, ServeError, bind};
pub use state::Site;

use std::sync::Arc;

use axum::Router;
use axum::middleware::from_fn_with_state;

/// Every route of the site, behind the guard.
pub fn router(site: Arc<Site>) -> Router {
    let routes = Router::new().nest("/api", routes::api()).fallback(assets::page);
    routes.layer(from_fn_with_state(Arc::clone(&site), guard::guard)).with_state(site)
}
