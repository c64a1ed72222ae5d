//! What of the platform's events somebody should read who did not ask for all of them: which device does too much.

use simulator::{Event, LoginFault, SysEvent};
use tracing::info;

/// Logs what is worth a line. Names of devices and numbers alone: nothing here holds a secret.
pub(super) fn tell(event: &Event) {
    let Event::Sys(event) = event else { return };
    if let SysEvent::RateExceeded { device_id, finding } = event {
        info!(device = device_id, rule = %finding, "device does too much: it waits, or is refused");
    }
    if let SysEvent::Banned { device_id, finding, until } = event {
        info!(device = device_id, rule = %finding, %until, "device banned");
    }
    if let SysEvent::LoginRefused { refusal, .. } = event
        && let LoginFault::Banned { seconds } = refusal.fault
    {
        let device = format!("{}/{}", refusal.product_id, refusal.client_id);
        info!(device, seconds, "device refused: it is banned");
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};

    use frame::{Connect, Packet, encode};
    use onenet::rules::{Finding, RuleId};
    use simulator::Options;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio_util::sync::CancellationToken;
    use tokio_util::task::TaskTracker;
    use tracing::subscriber::DefaultGuard;

    use super::super::task::Handle;
    use super::*;

    const PASSWORD: &str = "version=2018-10-31&res=products%2F321016%2Fdevices%2Flamp&et=4102444800&method=md5&sign=AAAAAAAAAAAAAAAAAAAAAA%3D%3D";

    #[tokio::test]
    async fn who_is_banned_is_logged_and_no_secret_with_it() {
        let (log, _guard) = Log::listen();

        let options = Options { rates: true, ..Options::default() };
        let handle = Handle::start(options, TaskTracker::new(), CancellationToken::new());
        let pings = [&Packet::PingReq; 11];
        assert!(converse(&handle, &pings).await > 4, "it is let in");
        assert_eq!(converse(&handle, &[]).await, 0, "it is hung up on");

        let log = log.text();
        let lines: Vec<&str> = log.lines().collect();
        let [banned, refused] = lines[..] else { panic!("{log}") };
        for told in ["device banned", "device=\"321016/lamp\"", "rule=suite-ping-rate: found 11", "until="] {
            assert!(banned.contains(told), "{told}: {banned}");
        }
        for told in ["device refused: it is banned", "device=\"321016/lamp\"", "seconds=300"] {
            assert!(refused.contains(told), "{told}: {refused}");
        }
        assert!(!log.contains("sign="), "{log}");
    }

    #[test]
    fn who_has_to_wait_is_logged() {
        let (log, _guard) = Log::listen();
        let finding = Finding::number(RuleId::StudioPingRate, 2);
        tell(&Event::from(SysEvent::RateExceeded { device_id: "OneNetDemo/lamp".to_owned(), finding }));
        let log = log.text();
        assert_eq!(log.lines().count(), 1);
        assert!(log.contains("device=\"OneNetDemo/lamp\" rule=studio-ping-rate: found 2"), "{log}");
    }

    /// Logs in, says `packets`, and hears the platform until it hangs up. How many bytes it said.
    async fn converse(handle: &Handle, packets: &[&Packet]) -> usize {
        let mut connect = Connect::new("lamp");
        connect.keep_alive = 120;
        connect.set_login("321016", PASSWORD);
        let connect = Packet::Connect(connect);
        let mut device = handle.connect();
        let packets = std::iter::once(&connect).chain(packets.iter().copied());
        let bytes: Vec<u8> = packets.flat_map(|packet| encode(packet).unwrap()).collect();
        device.write_all(&bytes).await.unwrap();
        let mut said = Vec::new();
        device.read_to_end(&mut said).await.unwrap()
    }

    /// Lines of a log.
    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Log {
        /// A log of everything in this thread until the guard drops.
        fn listen() -> (Self, DefaultGuard) {
            let log = Self::default();
            let writer = log.clone();
            let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone());
            (log, tracing::subscriber::set_default(subscriber.finish()))
        }

        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
}
