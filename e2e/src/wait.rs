//! Waiting for a condition, with a deadline and a reason.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// How long anything may take on a busy machine before it counts as not happening.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Looks again and again until `look` succeeds; after [`PATIENCE`] fails with its last failure.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Result<T>) -> Result<T> {
    let start = Instant::now();
    loop {
        match look().await {
            Ok(found) => return Ok(found),
            Err(reason) if start.elapsed() > PATIENCE => {
                return Err(reason).with_context(|| format!("not within {} s: {what}", PATIENCE.as_secs()));
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(30)).await,
        }
    }
}
