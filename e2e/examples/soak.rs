//! A quarter of an hour out of sight, in a browser as people have it: `cargo xtask soak` runs this.

use std::collections::BTreeMap;
use std::time::Duration;

use anyhow::{Result, ensure};
use e2e::{OutOfSight, keep_out_of_sight};

#[tokio::main]
async fn main() -> Result<()> {
    // Chromium's own five minutes until it wakes hidden pages only once a minute.
    let how =
        OutOfSight { time: Duration::from_secs(15 * 60), keep_alive: 30, grace: Duration::from_secs(5 * 60) };
    println!("hidden for {} s, keep alive {} s", how.time.as_secs(), how.keep_alive);
    let outcome = keep_out_of_sight(how, |hidden, pings| {
        println!("{:>5} s  {pings:>3} PINGREQs on the wire", hidden.as_secs());
    })
    .await?;

    let (page, without) = (&outcome.page, &outcome.without_worker);
    println!(
        "page            {:>3} PINGREQs, {} login(s), online: {}",
        page.pings, page.logins, page.is_online
    );
    println!(
        "without worker  {:>3} PINGREQs, {} login(s), online: {}",
        without.pings, without.logins, without.is_online
    );
    let mut pauses: BTreeMap<u128, usize> = BTreeMap::new();
    for pause in &outcome.ticks {
        *pauses.entry((pause.as_millis() + 500) / 1_000).or_default() += 1;
    }
    for (seconds, times) in pauses {
        println!("control         {times:>3} ticks of a timer of 1 s came after {seconds} s");
    }

    ensure!(outcome.longest_pause() > Duration::from_secs(30), "hidden tabs were not slowed down");
    ensure!(page.is_online && page.logins == 1, "the connection was lost");
    Ok(())
}
