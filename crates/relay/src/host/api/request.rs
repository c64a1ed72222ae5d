//! What a call consists of besides its caller: the name in its path, its parameters, its body. Whatever is
//! wrong with one is said in the API's own form, so nothing here uses axum's own refusals.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;
use std::time::Duration;

use axum::body::{Body, BodyDataStream, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use bytes::BytesMut;
use futures_util::StreamExt;
use onenet::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use simulator::MAX_COMMAND_BODY;
use tokio::time::timeout;

use super::answer::Failure;
use super::caller::Api;

/// The longest body, in bytes: under 64 KB (reference §1.7).
pub(super) const MAX_BODY: usize = MAX_COMMAND_BODY;

/// How much of a body is taken in to refuse it in words.
const MAX_DISCARDED: usize = 4 * 1_024 * 1_024;

/// How long a body may take.
pub(super) const BODY_PATIENCE: Duration = Duration::from_secs(10);

/// The one name in the path: a device id or a command's UUID.
pub(super) struct Named(pub(super) String);

impl FromRequestParts<Api> for Named {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Failure> {
        let path = parts.uri.path().to_owned();
        match Path::from_request_parts(parts, api).await {
            Ok(Path(name)) => Ok(Self(name)),
            Err(_) => Err(Failure::parameter("the path", &path, "percent-encoded UTF-8")),
        }
    }
}

/// What stands behind the `?`, each name at most once. Empty values count as absent, unknown names as not
/// written.
#[derive(Debug)]
pub(super) struct Parameters(Vec<(String, String)>);

impl FromRequestParts<Api> for Parameters {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, api: &Api) -> Result<Self, Failure> {
        let Query(mut pairs): Query<Vec<(String, String)>> = Query::from_request_parts(parts, api)
            .await
            .map_err(|rejection| Failure::InvalidParameter(rejection.body_text()))?;
        pairs.sort();
        match pairs.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            Some(pair) => {
                Err(Failure::InvalidParameter(format!("{} stands there twice, expected once", pair[0].0)))
            }
            None => Ok(Self(pairs)),
        }
    }
}

impl Parameters {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let (_, text) = self.0.iter().find(|(key, text)| key == name && !text.is_empty())?;
        Some(text)
    }

    pub(super) fn required(&self, name: &'static str) -> Result<&str, Failure> {
        self.text(name).ok_or(Failure::ParameterRequired(name))
    }

    /// A number in decimal digits.
    pub(super) fn number<N>(&self, name: &str, range: RangeInclusive<N>) -> Result<Option<N>, Failure>
    where
        N: FromStr + PartialOrd + Display,
    {
        let Some(text) = self.text(name) else { return Ok(None) };
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits && range.contains(&number) => Ok(Some(number)),
            _ => Err(Failure::parameter(name, text, &format!("{} to {}", range.start(), range.end()))),
        }
    }

    /// A time. The documents demand the form with `T`; the one with a space is taken too, as everywhere.
    pub(super) fn time(&self, name: &str) -> Result<Option<Timestamp>, Failure> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let wrong = || Failure::parameter(name, text, "a time such as 2015-01-10T08:00:35");
        Timestamp::parse(text).map(Some).ok_or_else(wrong)
    }

    /// Names between commas.
    pub(super) fn list(&self, name: &str) -> Option<Vec<String>> {
        let text = self.text(name)?;
        Some(text.split(',').filter(|name| !name.is_empty()).map(str::to_owned).collect())
    }
}

/// The body.
pub(super) struct Entity(Bytes);

impl FromRequest<Api> for Entity {
    type Rejection = Failure;

    async fn from_request(request: Request, api: &Api) -> Result<Self, Failure> {
        let unreadable = |_| Failure::InvalidParameter("the body cannot be read".to_owned());
        Bytes::from_request(request, api).await.map(Self).map_err(unreadable)
    }
}

impl Entity {
    /// The bytes, which must be there; `what` says what they are.
    pub(super) fn required(self, what: &'static str) -> Result<Bytes, Failure> {
        if self.0.is_empty() { Err(Failure::EntityRequired(what)) } else { Ok(self.0) }
    }

    /// A JSON object of the members of `T`.
    pub(super) fn json<T: DeserializeOwned>(self, what: &'static str) -> Result<T, Failure> {
        let bytes = self.required(what)?;
        serde_json::from_slice(&bytes).map_err(|error| match error.classify() {
            Category::Data => Failure::InvalidParameter(format!("the body: {error}, expected {what}")),
            Category::Io | Category::Syntax | Category::Eof => Failure::InvalidJson(error.to_string()),
        })
    }
}

/// Takes in the whole body before anybody judges the call: an answer to somebody who is still sending can
/// get lost.
pub(super) async fn take_in(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    match take(body).await {
        Ok(bytes) => next.run(Request::from_parts(parts, bytes.into())).await,
        Err(failure) => failure.into_response(),
    }
}

async fn take(body: Body) -> Result<Bytes, Failure> {
    timeout(BODY_PATIENCE, read(body.into_data_stream())).await.unwrap_or(Err(Failure::Late))
}

async fn read(mut body: BodyDataStream) -> Result<Bytes, Failure> {
    let (mut bytes, mut length) = (BytesMut::new(), 0);
    while let Some(chunk) = body.next().await {
        let unreadable = |_| Failure::InvalidParameter("the body cannot be read".to_owned());
        let chunk = chunk.map_err(unreadable)?;
        length += chunk.len();
        if length > MAX_DISCARDED {
            break;
        }
        if length <= MAX_BODY {
            bytes.extend_from_slice(&chunk);
        }
    }
    if length > MAX_BODY { Err(Failure::TooLarge) } else { Ok(bytes.freeze()) }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::stream::{iter, pending, repeat};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waits_for_a_body_only_so_long() {
        let stalled = iter([Ok::<Bytes, Infallible>(Bytes::from_static(b"x"))]).chain(pending());
        assert_eq!(take(Body::from_stream(stalled)).await, Err(Failure::Late));
    }

    #[tokio::test]
    async fn takes_in_only_so_much() {
        let endless = repeat(Ok::<Bytes, Infallible>(Bytes::from_static(&[b'x'; 1_024])));
        assert_eq!(take(Body::from_stream(endless)).await, Err(Failure::TooLarge));
        let whole = iter([Ok::<Bytes, Infallible>(Bytes::from_static(b"a")), Ok(Bytes::from_static(b"b"))]);
        assert_eq!(take(Body::from_stream(whole)).await, Ok(Bytes::from_static(b"ab")));
    }
}
