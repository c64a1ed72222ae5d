//! Connecting to an upstream.

use std::io;
use std::time::Duration;

use tokio::net::{TcpStream, lookup_host};
use tokio::time::{Instant, timeout_at};

use crate::config::Address;

use super::Ending;

/// A connection that could not be made.
#[derive(Debug, thiserror::Error)]
pub(super) enum DialError {
    /// The name has no address, or nobody could tell in time.
    #[error("name not resolved")]
    NameNotResolved(#[source] Option<io::Error>),
    /// No address took the connection.
    #[error("connection refused")]
    Refused(#[source] io::Error),
    /// No address answered in time.
    #[error("connection timed out")]
    TimedOut,
}

impl From<&DialError> for Ending {
    fn from(error: &DialError) -> Self {
        match error {
            DialError::NameNotResolved(_) => Self::NameNotResolved,
            DialError::Refused(_) => Self::DialRefused,
            DialError::TimedOut => Self::DialTimedOut,
        }
    }
}

/// Resolves and connects, within `limit` altogether.
pub(super) async fn dial(address: &Address, limit: Duration) -> Result<TcpStream, DialError> {
    let deadline = Instant::now() + limit;

    let addresses = timeout_at(deadline, lookup_host((address.host(), address.port())))
        .await
        .map_err(|_| DialError::NameNotResolved(None))?
        .map_err(|error| DialError::NameNotResolved(Some(error)))?;

    let mut last_error = DialError::NameNotResolved(None);
    for address in addresses {
        match timeout_at(deadline, TcpStream::connect(address)).await {
            Ok(Ok(stream)) => {
                // Frames are small and somebody waits for each of them.
                stream.set_nodelay(true).map_err(DialError::Refused)?;
                return Ok(stream);
            }
            Ok(Err(error)) if error.kind() == io::ErrorKind::TimedOut => last_error = DialError::TimedOut,
            Ok(Err(error)) => last_error = DialError::Refused(error),
            Err(_) => return Err(DialError::TimedOut),
        }
    }
    Err(last_error)
}
