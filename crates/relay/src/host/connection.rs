//! The bytes of one device, between its byte pipe and the platform's task.

use std::io;
use std::time::Duration;

use bytes::BytesMut;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::time::{sleep, timeout};

use crate::linger::linger;

use super::outbox::Outbox;
use super::task::{Handle, Stopped};

/// The most that is read at once, in bytes.
const CHUNK: usize = 16_384;

/// How long a device may take for the platform's last words.
const FAREWELL: Duration = Duration::from_secs(1);

/// Carries bytes until the device or the platform ends it. Nothing is read while something is being
/// written: a device that does not listen is not listened to.
pub(super) async fn carry<S>(handle: Handle, mut io: S) -> Result<(), Stopped>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let (connection, outbox) = handle.open().await?;
    let mut chunk = BytesMut::with_capacity(CHUNK);
    loop {
        chunk.reserve(CHUNK);
        tokio::select! {
            taken = outbox.take() => {
                let Some(bytes) = taken else { break };
                if write(&mut io, &bytes, &outbox).await.is_err() {
                    break;
                }
            }
            read = io.read_buf(&mut chunk) => match read {
                Ok(0) | Err(_) => break,
                Ok(_) => handle.input(connection, chunk.split().freeze()).await?,
            },
        }
    }
    handle.close(connection).await?;

    // Nobody is left to tell about a failure here.
    let _ = timeout(FAREWELL, linger(io)).await;
    Ok(())
}

/// Writes all of `bytes`, however long it takes while the connection stands; once the platform has ended
/// it, a little longer.
async fn write(io: &mut (impl AsyncWrite + Unpin), bytes: &[u8], outbox: &Outbox) -> io::Result<()> {
    let patience = async {
        outbox.closed().await;
        sleep(FAREWELL).await;
    };
    tokio::select! {
        written = io.write_all(bytes) => written,
        () = patience => Err(io::ErrorKind::TimedOut.into()),
    }
}
