//! Several views of which one is seen (WAI-ARIA tabs pattern).

use yew::{AttrValue, Callback, Html, KeyboardEvent, Properties, component, html};

use crate::browser;

/// What the tabs show and give.
#[derive(Debug, PartialEq, Properties)]
pub(super) struct TabsProps {
    /// What they choose between, for screen readers.
    pub(super) label: AttrValue,
    /// Each tab's key, which is also the end of its panel's id, and its name.
    pub(super) tabs: Vec<(&'static str, AttrValue)>,
    /// The key of the tab whose panel is seen.
    pub(super) chosen: &'static str,
    /// Called with the key of another.
    pub(super) on_choose: Callback<&'static str>,
}

/// The row of tabs: one stop for the keyboard, arrows go from tab to tab.
#[component]
pub(super) fn Tabs(props: &TabsProps) -> Html {
    let TabsProps { label, tabs, chosen, on_choose } = props;
    let keys: Vec<&'static str> = tabs.iter().map(|(key, _)| *key).collect();
    let onkeydown = {
        let (keys, chosen, on_choose) = (keys, *chosen, on_choose.clone());
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            let Some(next) = step(&event.key(), &keys, chosen) else { return };
            event.prevent_default();
            on_choose.emit(next);
            browser::focus(&tab_id(next));
        })
    };
    html! {
        <div class="tabs" role="tablist" aria-label={label} {onkeydown}>
            for (key, name) in tabs {
                <button
                    type="button" id={tab_id(key)} role="tab" aria-selected={(key == chosen).to_string()}
                    aria-controls={panel_id(key)} tabindex={if key == chosen { "0" } else { "-1" }}
                    onclick={{
                        let key = *key;
                        on_choose.reform(move |_| key)
                    }}
                >{ name }</button>
            }
        </div>
    }
}

/// The id of a tab, which names its panel.
pub(super) fn tab_id(key: &str) -> String {
    format!("tab-{key}")
}

/// The id of a tab's panel.
pub(super) fn panel_id(key: &str) -> String {
    format!("tabpanel-{key}")
}

/// Where a key leads to; `None` for keys that lead nowhere. The row is a ring.
fn step(pressed: &str, keys: &[&'static str], chosen: &str) -> Option<&'static str> {
    let here = keys.iter().position(|key| *key == chosen)?;
    let to = match pressed {
        "ArrowRight" => (here + 1) % keys.len(),
        "ArrowLeft" => (here + keys.len() - 1) % keys.len(),
        "Home" => 0,
        "End" => keys.len() - 1,
        _ => return None,
    };
    Some(keys[to])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round() {
        let keys = ["a", "b", "c"];
        assert_eq!(step("ArrowRight", &keys, "c"), Some("a"));
        assert_eq!(step("ArrowLeft", &keys, "a"), Some("c"));
        assert_eq!((step("Home", &keys, "b"), step("End", &keys, "b")), (Some("a"), Some("c")));
        assert_eq!((step("x", &keys, "b"), step("Home", &keys, "?")), (None, None));
    }
}
