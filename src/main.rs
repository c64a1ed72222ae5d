//! Mounts the page.

use onenet_web::app::App;

fn main() {
    let host = gloo::utils::document().get_element_by_id("app").expect("index.html has an element #app");
    yew::Renderer::<App>::with_root(host).render();
}
