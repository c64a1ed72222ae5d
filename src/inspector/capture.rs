//! Every frame sent and received, the newest kept. Bounded in bytes; counts stay exact.

use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use time::OffsetDateTime;

/// The frames of this page, or of a file. Cheap to clone: the chunks are shared.
///
/// The state is cloned with every action, and there may be 100,000 frames: they are kept in chunks, and only
/// the newest chunk is ever copied.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Capture {
    chunks: VecDeque<Rc<VecDeque<Captured>>>,
    /// Frames kept.
    len: usize,
    /// What the frames kept weigh, in bytes.
    weight: usize,
    /// Frames ever captured, which is the number of the newest.
    captured: u64,
}

/// One frame, as it was sent or received.
#[derive(Clone, PartialEq)]
pub struct Captured {
    /// Counted from 1 over the life of the capture.
    pub number: u64,
    /// When, on the wall.
    pub at: OffsetDateTime,
    /// When, on a clock that never jumps and began at some fixed moment.
    pub moment: Duration,
    /// Which way it went.
    pub direction: Direction,
    /// Which connection it belongs to, counted from 1.
    pub connection: u32,
    /// Its bytes: of one whole frame, or of what was left when the connection broke.
    pub bytes: Bytes,
    /// The frame that it answers, or that answers it.
    pub pair: Option<Pair>,
}

/// Which way a frame went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// From the device to the platform.
    Sent,
    /// From the platform to the device.
    Received,
}

/// The other half of a request and its acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    /// Its number.
    pub number: u64,
    /// From the request to the acknowledgement.
    pub round_trip: Duration,
}

impl fmt::Debug for Captured {
    /// Leaves the bytes out: those of a CONNECT hold the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Captured")
            .field("number", &self.number)
            .field("direction", &self.direction)
            .field("length", &self.bytes.len())
            .finish_non_exhaustive()
    }
}

/// Frames in one chunk.
const CHUNK: usize = 128;
/// What the frames kept may weigh, in bytes.
const BUDGET: usize = 64 * 1024 * 1024;

impl Captured {
    /// A frame that a capture has not numbered yet.
    pub fn new(
        at: OffsetDateTime,
        moment: Duration,
        direction: Direction,
        connection: u32,
        bytes: Bytes,
    ) -> Self {
        Self { number: 0, at, moment, direction, connection, bytes, pair: None }
    }

    /// The memory it takes, in bytes.
    fn weight(&self) -> usize {
        size_of::<Self>() + self.bytes.len()
    }
}

impl Capture {
    /// Notes a frame, and which one it answers. Gives its number.
    pub fn push(&mut self, mut frame: Captured) -> u64 {
        self.captured += 1;
        frame.number = self.captured;
        self.weight += frame.weight();
        self.len += 1;
        let full = self.chunks.back().is_none_or(|chunk| chunk.len() == CHUNK);
        if full {
            self.chunks.push_back(Rc::new(VecDeque::with_capacity(CHUNK)));
        }
        if let Some(chunk) = self.chunks.back_mut() {
            Rc::make_mut(chunk).push_back(frame);
        }
        // The newest stays, however big it is.
        while self.len > 1 && self.weight > BUDGET {
            self.evict();
        }
        self.captured
    }

    /// Forgets every frame. They count as evicted.
    pub fn clear(&mut self) {
        self.chunks.clear();
        self.len = 0;
        self.weight = 0;
    }

    /// The frame with a number, if it is still kept.
    pub fn get(&self, number: u64) -> Option<&Captured> {
        let index = usize::try_from(number.checked_sub(self.evicted() + 1)?).ok()?;
        let mut before = 0;
        // The oldest chunk may have lost its beginning; the others are full but for the newest.
        for chunk in &self.chunks {
            if index < before + chunk.len() {
                return chunk.get(index - before);
            }
            before += chunk.len();
        }
        None
    }

    /// The frames kept, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Captured> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// How many frames are kept.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no frame is kept.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// What the frames kept weigh, in bytes of memory.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// Frames ever captured.
    pub fn captured(&self) -> u64 {
        self.captured
    }

    /// Frames captured and no longer kept.
    pub fn evicted(&self) -> u64 {
        self.captured - self.len as u64
    }

    fn evict(&mut self) {
        let Some(chunk) = self.chunks.front_mut() else { return };
        let oldest = Rc::make_mut(chunk).pop_front();
        if chunk.is_empty() {
            self.chunks.pop_front();
        }
        if let Some(oldest) = oldest {
            self.len -= 1;
            self.weight -= oldest.weight();
        }
    }
}
