//! A tab in the background keeps its connection, in a browser that slows such tabs down.

use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{OutOfSight, keep_out_of_sight};

#[tokio::test]
async fn a_hidden_page_keeps_its_connection() -> Result<()> {
    // The browser is at its slowest for most of the time, and the broker waits no longer than 12 seconds.
    let [time, grace] = [90, 10].map(Duration::from_secs);
    let outcome = keep_out_of_sight(OutOfSight { time, keep_alive: 8, grace }, |_, _| {}).await?;
    ensure!(
        outcome.longest_pause() > Duration::from_secs(30),
        "hidden tabs were not slowed down: {outcome:?}"
    );
    ensure!(
        outcome.without_worker.logins > 1,
        "it would have been kept without the worker, too: {outcome:?}"
    );
    ensure!(outcome.page.is_online && outcome.page.logins == 1, "it was lost: {outcome:?}");
    ensure!(outcome.page.pings >= 9, "too few pings: {outcome:?}");
    Ok(())
}
