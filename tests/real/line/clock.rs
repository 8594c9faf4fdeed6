use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The clock that the driver sees. It is the real one, and waiting sets it forward; or, where the pace itself is
/// tested, waiting is waiting.
#[derive(Default)]
pub struct Clock {
    ahead: Duration,
    /// Whether waiting is waiting.
    pub waits: bool,
}

impl Clock {
    pub fn now(&self) -> u64 {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970") + self.ahead;
        u64::try_from(now.as_millis()).expect("before the end of time")
    }

    pub fn pass(&mut self, time: Duration) {
        if self.waits { std::thread::sleep(time) } else { self.ahead += time }
    }
}
