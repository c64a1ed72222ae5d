//! A small HTTP client for loopback: one request, one answer.

use std::time::Duration;

use anyhow::{Context, Result};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::{Method, Request, StatusCode};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

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

/// Sends `body` to `url`.
pub async fn post(url: &str, body: &str) -> Result<Answer> {
    request(Method::POST, url, body, None).await
}

/// Sends `body` to `url` with a key in the header `api-key`.
pub async fn post_with_key(url: &str, body: &str, key: &str) -> Result<Answer> {
    request(Method::POST, url, body, Some(key)).await
}

async fn request(method: Method, url: &str, body: &str, key: Option<&str>) -> Result<Answer> {
    let client: Client<HttpConnector, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let mut request = Request::builder().method(method).uri(url);
    if let Some(key) = key {
        request = request.header("api-key", key);
    }
    let request = request.body(Full::from(body.to_owned()))?;
    let exchange = async {
        let (head, body) = client.request(request).await?.into_parts();
        Ok::<_, anyhow::Error>(Answer { status: head.status, body: body.collect().await?.to_bytes() })
    };
    let answer = tokio::time::timeout(Duration::from_secs(10), exchange).await;
    answer.with_context(|| format!("{url}: no answer in 10 s"))?.with_context(|| url.to_owned())
}
