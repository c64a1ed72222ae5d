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
                if outbox.written() {
                    handle.caught_up(connection).await?;
                }
            }
            read = io.read_buf(&mut chunk) => match read {
                Ok(0) => {
                    answer_the_rest(&handle, &mut io, &outbox).await?;
                    break;
                }
                Err(_) => break,
                Ok(_) => handle.input(connection, chunk.split().freeze()).await?,
            },
        }
    }
    handle.close(connection).await?;

    // Nobody is left to tell about a failure here.
    let _ = timeout(FAREWELL, linger(io)).await;
    Ok(())
}

/// Writes what the platform has to say to everything that the device has sent, which will send no more but
/// may still listen: a script that pipes its packets into `nc` does.
async fn answer_the_rest<S>(handle: &Handle, io: &mut S, outbox: &Outbox) -> Result<(), Stopped>
where
    S: AsyncWrite + Unpin,
{
    // The platform takes things one by one: behind this it has taken all input.
    handle.ask(|_, _| ()).await?;
    outbox.close();
    while let Some(bytes) = outbox.take().await {
        // Nobody is left to tell about a failure here.
        if write(io, &bytes, outbox).await.is_err() {
            break;
        }
    }
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

#[cfg(test)]
mod tests {
    use frame::{Connect, Frames, Packet, Publish, QoS, encode};
    use simulator::Options;
    use tokio_util::sync::CancellationToken;
    use tokio_util::task::TaskTracker;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn answers_a_device_that_will_send_no_more() {
        let handle = Handle::start(Options::default(), TaskTracker::new(), CancellationToken::new());
        // Enough to lose a race that can be lost.
        for _ in 0..100 {
            let mut device = handle.connect();
            device.write_all(&login_and_upload()).await.unwrap();
            device.shutdown().await.unwrap();

            let mut answer = Vec::new();
            device.read_to_end(&mut answer).await.unwrap();
            let mut frames = Frames::new(1_024);
            frames.push(&answer);
            let answers: Vec<Packet> =
                std::iter::from_fn(|| frames.poll_frame().unwrap()).map(|frame| frame.packet).collect();
            assert!(matches!(answers[..], [Packet::ConnAck(_), Packet::PubAck(_)]), "{answers:?}");
        }
    }

    fn login_and_upload() -> Vec<u8> {
        let mut connect = Connect::new("29455901");
        connect.keep_alive = 120;
        connect.set_login("12555524", "JHFDJF55586jhk");
        // Type 3, a length, JSON of simple values.
        let mut upload = Publish::new("$dp", QoS::AtLeastOnce, &b"\x03\x00\x07{\"a\":1}"[..]);
        upload.pkid = 1;
        [Packet::Connect(connect), Packet::Publish(upload)]
            .iter()
            .flat_map(|packet| encode(packet).unwrap())
            .collect()
    }
}
