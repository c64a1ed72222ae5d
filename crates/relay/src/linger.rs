//! Saying goodbye on a byte pipe.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// Says that no more bytes will come, and reads until the peer has said so too. Closing with input unread
/// resets a TCP connection, and a reset destroys what is still on its way.
pub(crate) async fn linger(mut io: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
    io.shutdown().await?;
    let mut ignored = [0; 1_024];
    while io.read(&mut ignored).await? > 0 {}
    Ok(())
}
