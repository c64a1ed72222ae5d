//! Every frame sent and received, the newest kept. Bounded in bytes; counts stay exact.

mod captured;
mod packet_ids;
mod pairing;
mod remark;

use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use packet_ids::PacketIds;

pub use captured::{Captured, Direction, Pair};
pub use remark::Remark;

/// The frames of this page, or of a file. Cheap to clone: the chunks are shared.
///
/// The state is cloned with every action, and there may be 100,000 frames: they are kept in chunks, and only the
/// newest chunk, the oldest while it is evicted, and that of a request when it is answered are ever copied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// Full but for the newest, and for the oldest that evictions have begun to empty.
    chunks: Rc<VecDeque<Chunk>>,
    /// Frames kept.
    len: usize,
    /// What the frames kept weigh, in bytes.
    weight: usize,
    /// What they may weigh, in bytes.
    budget: usize,
    /// Frames ever captured, which is the number of the newest.
    captured: u64,
    packet_ids: PacketIds,
}

/// Comparing two captures looks only into chunks that are not shared: `Rc` knows that what equals itself need not
/// be looked at.
type Chunk = Rc<VecDeque<Captured>>;

/// Frames in one chunk.
const CHUNK: usize = 128;
/// What the frames kept may weigh unless something else is said, in bytes.
const BUDGET: usize = 64 * 1024 * 1024;
/// How many frames back a request is looked for.
const REACH: usize = 4_096;

impl Default for Capture {
    fn default() -> Self {
        Self::with_budget(BUDGET)
    }
}

impl Capture {
    /// A capture whose frames weigh at most so many bytes, or are one frame.
    pub fn with_budget(bytes: usize) -> Self {
        Self {
            chunks: Rc::default(),
            len: 0,
            weight: 0,
            budget: bytes,
            captured: 0,
            packet_ids: PacketIds::default(),
        }
    }

    /// Notes a frame, and which one it answers. Gives its number.
    pub fn push(&mut self, mut frame: Captured) -> u64 {
        frame.number = self.captured + 1;
        self.packet_ids.note(&frame);
        frame.hidden |= self.before(&frame).is_some_and(Captured::spills);
        frame.pair = pairing::request(&frame, self.iter().rev().take(REACH));
        if let Some(Pair { number, round_trip }) = frame.pair
            && let Some(request) = self.get_mut(number)
        {
            request.pair = Some(Pair { number: frame.number, round_trip });
        }

        self.captured += 1;
        self.len += 1;
        self.weight += frame.weight();
        let chunks = Rc::make_mut(&mut self.chunks);
        match chunks.back_mut() {
            Some(newest) if newest.len() < CHUNK => Rc::make_mut(newest).push_back(frame),
            Some(_) | None => chunks.push_back(Rc::new(VecDeque::from([frame]))),
        }
        // The newest stays, however big it is.
        while self.len > 1 && self.weight > self.budget {
            self.evict();
        }
        self.captured
    }

    /// Notes what was made of the frame that arrived last on a connection.
    pub fn remark(&mut self, connection: u32, remark: Remark) {
        let is_meant =
            |frame: &&Captured| frame.connection == connection && frame.direction == Direction::Received;
        let number = self.iter().rev().take(REACH).find(is_meant).map(|frame| frame.number);
        if let Some(frame) = number.and_then(|number| self.get_mut(number)) {
            frame.remark = Some(Rc::new(remark));
        }
    }

    /// The frame before this one, on the same connection and the same way, made in the same manner: the session's own
    /// frames go on between composed ones.
    fn before(&self, frame: &Captured) -> Option<&Captured> {
        let way = |frame: &Captured| (frame.connection, frame.direction, frame.composed);
        self.iter().rev().take(REACH).find(|earlier| way(earlier) == way(frame))
    }

    /// Forgets every frame. They count as evicted.
    pub fn clear(&mut self) {
        self.chunks = Rc::default();
        self.len = 0;
        self.weight = 0;
    }

    /// The frame with a number, if it is still kept. Costs the same however many there are.
    pub fn get(&self, number: u64) -> Option<&Captured> {
        let (chunk, index) = self.place(number)?;
        self.chunks.get(chunk)?.get(index)
    }

    /// The frames with these numbers that are kept, oldest first. Skipping costs nothing.
    pub fn range(&self, numbers: Range<u64>) -> impl DoubleEndedIterator<Item = &Captured> {
        let kept = numbers.start.max(self.evicted() + 1)..numbers.end.min(self.captured + 1);
        kept.filter_map(|number| self.get(number))
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

    /// Frames ever captured, which is the number of the newest.
    pub fn captured(&self) -> u64 {
        self.captured
    }

    /// Frames captured and no longer kept, which is the number of the newest of them.
    pub fn evicted(&self) -> u64 {
        self.captured - self.len as u64
    }

    /// The packet identifier that the session gives next on the connection that was opened last; 1 before any.
    pub fn next_packet_id(&self) -> u16 {
        self.packet_ids.next()
    }

    /// In which chunk, and where in it, the frame with a number is.
    fn place(&self, number: u64) -> Option<(usize, usize)> {
        let index = usize::try_from(number.checked_sub(self.evicted() + 1)?).ok()?;
        let oldest = self.chunks.front()?.len();
        match index.checked_sub(oldest) {
            None => Some((0, index)),
            // Every chunk between the oldest and the newest is full.
            Some(behind) => Some((1 + behind / CHUNK, behind % CHUNK)),
        }
    }

    fn get_mut(&mut self, number: u64) -> Option<&mut Captured> {
        let (chunk, index) = self.place(number)?;
        Rc::make_mut(Rc::make_mut(&mut self.chunks).get_mut(chunk)?).get_mut(index)
    }

    fn evict(&mut self) {
        let chunks = Rc::make_mut(&mut self.chunks);
        let Some(chunk) = chunks.front_mut() else { return };
        let oldest = Rc::make_mut(chunk).pop_front();
        if chunk.is_empty() {
            chunks.pop_front();
        }
        if let Some(oldest) = oldest {
            self.len -= 1;
            self.weight -= oldest.weight();
        }
    }
}

#[cfg(test)]
mod tests;
