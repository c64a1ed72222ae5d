//! The page's files, or how to get them.

use std::path::Path;

use axum::Router;
use axum::response::Html;
use axum::routing::get;
use tower_http::services::ServeDir;

/// What `/` says without a page.
const NO_PAGE: &str = "<!doctype html>
<html lang=\"en\">
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width\">
<title>onenet-relay</title>
<h1>onenet-relay is running</h1>
<p>It was started without a page. To get one, build it and name its folder:</p>
<pre>cargo xtask dist
onenet-relay --page dist</pre>
<p>A page from elsewhere can use this relay too, once its origin is let in:
<code>onenet-relay --allow-origin https://page.example</code>.</p>
<h1 lang=\"zh\">onenet-relay 正在运行</h1>
<p lang=\"zh\">启动时没有指定网页。请先构建，再用 <code>--page</code> 指定文件夹（命令见上）。</p>
<p><a href=\"upstreams\">/upstreams</a></p>
</html>
";

/// Serves the files in `folder`, `index.html` for a folder's own address.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(folder: Option<&Path>) -> Router<S> {
    match folder {
        Some(folder) => Router::new().fallback_service(ServeDir::new(folder)),
        None => Router::new().route("/", get(|| async { Html(NO_PAGE) })),
    }
}
