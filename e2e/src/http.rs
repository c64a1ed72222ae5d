//! A small HTTP client for loopback: one request, one answer.

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::wait::PATIENCE;

/// An answer, read to its end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status, whatever it is.
    pub status: StatusCode,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Result<serde_json::Value> {
        serde_json::from_slice(&self.body).with_context(|| format!("no JSON: {}", self.text()))
    }
}

/// Asks for `url`.
pub async fn get(url: &str) -> Result<Answer> {
    request(Method::GET, url, "", None).await
}

/// Asks for `url` with a signed token.
pub async fn get_with_token(url: &str, token: &str) -> Result<Answer> {
    request(Method::GET, url, "", Some(("authorization", token))).await
}

/// Sends `body` to `url`.
pub async fn post(url: &str, body: &str) -> Result<Answer> {
    request(Method::POST, url, body, None).await
}

/// Sends `body` to `url` with a key in the header `api-key`.
pub async fn post_with_key(url: &str, body: &str, key: &str) -> Result<Answer> {
    request(Method::POST, url, body, Some(("api-key", key))).await
}

/// Sends `body` to `url` with a signed token.
pub async fn post_with_token(url: &str, body: &str, token: &str) -> Result<Answer> {
    request(Method::POST, url, body, Some(("authorization", token))).await
}

async fn request(method: Method, url: &str, body: &str, header: Option<(&str, &str)>) -> Result<Answer> {
    let client: Client<HttpConnector, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let mut request = Request::builder().method(method).uri(url);
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    let request = request.body(Full::from(body.to_owned()))?;
    let exchange = async {
        let (head, body) = client.request(request).await?.into_parts();
        Ok::<_, anyhow::Error>(Answer { status: head.status, body: body.collect().await?.to_bytes() })
    };
    // Some calls wait for a device.
    let answer = tokio::time::timeout(PATIENCE, exchange).await;
    answer
        .with_context(|| format!("{url}: no answer in {} s", PATIENCE.as_secs()))?
        .with_context(|| url.to_owned())
}
