//! Two shapes of headers: those that may be there once, and lists.

use axum::http::header::HeaderName;
use axum::http::{HeaderMap, HeaderValue};

/// The value of a header that may be there only once; `None` if it is missing or there again.
pub(super) fn only(headers: &HeaderMap, name: HeaderName) -> Option<&HeaderValue> {
    let mut values = headers.get_all(name).iter();
    let value = values.next()?;
    if values.next().is_some() { None } else { Some(value) }
}

/// The trimmed items of a comma-separated list that may be spread over several headers.
pub(super) fn tokens(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}
