//! The time of day.

use time::OffsetDateTime;

/// `14:47:00.123`.
pub fn clock(at: OffsetDateTime) -> String {
    let (hour, minute, second, millisecond) = at.to_hms_milli();
    format!("{hour:02}:{minute:02}:{second:02}.{millisecond:03}")
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn shows_milliseconds() {
        assert_eq!(clock(datetime!(2016-08-15 14:47:00.0079 +8)), "14:47:00.007");
    }
}
