//! A web server that knows nothing of the page: Python's own.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::{Program, place};

/// A running web server with one folder under a path of its own.
pub struct StaticServer {
    origin: String,
    path: String,
    /// The process; it writes a line for every request.
    pub program: Program,
    _root: TempDir,
}

impl StaticServer {
    /// Serves `folder` under `path`, such as `some/where`.
    pub async fn start(folder: &Path, path: &str) -> Result<Self> {
        let path = path.trim_matches('/').to_owned();
        let root = TempDir::new()?;
        let link = root.path().join(&path);
        if let Some(parent) = link.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::os::unix::fs::symlink(folder.canonicalize()?, &link)
            .with_context(|| format!("cannot link {}", link.display()))?;

        let mut command = Command::new(place::program("python3")?);
        command.args(["-u", "-m", "http.server", "0", "--bind", "127.0.0.1", "--directory"]).arg(root.path());
        let mut program = Program::start(command)?;
        // `Serving HTTP on 127.0.0.1 port 40000 (http://127.0.0.1:40000/) ...`
        let port = program
            .wait_for("the web server listens", |line| {
                line.strip_prefix("Serving HTTP on 127.0.0.1 port ")?.split(' ').next()?.parse::<u16>().ok()
            })
            .await?;
        Ok(Self { origin: format!("http://127.0.0.1:{port}"), path, program, _root: root })
    }

    /// The address of the folder, with a slash at its end.
    pub fn url(&self) -> String {
        format!("{}/{}/", self.origin, self.path)
    }

    /// Scheme, host and port, as a browser names them in `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }
}
