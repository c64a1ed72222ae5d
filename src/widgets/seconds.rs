//! Time that passes on the page.

use std::time::Duration;

use futures::future::abortable;
use yew::platform::{spawn_local, time::sleep};
use yew::{hook, use_effect_with, use_force_update};

/// Draws the component again every second while something runs.
#[hook]
pub fn use_seconds(running: bool) {
    let again = use_force_update();
    use_effect_with(running, move |running| {
        let (ticking, handle) = abortable(async move {
            loop {
                sleep(Duration::from_secs(1)).await;
                again.force_update();
            }
        });
        if *running {
            spawn_local(async move {
                // It ends when nothing runs any longer.
                let _ = ticking.await;
            });
        }
        move || handle.abort()
    });
}
