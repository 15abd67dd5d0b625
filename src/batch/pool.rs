//! Numbered jobs in parallel, results in the order of their numbers, and nothing that can hold up the end.
//!
//! A job that takes too long cannot be killed, only left behind: its thread is given up, another takes its place, and the process does not wait for it.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::Options;

/// How many results for each thread may wait for an earlier one.
const AHEAD: usize = 16;

/// How often the clock and the wish to stop are looked at.
const TICK: Duration = Duration::from_millis(50);

/// Readers follow nesting by recursion in places; pages of a stack that are not touched cost nothing.
const STACK: usize = 8 << 20;

/// Runs jobs `0..count` and hands their results to `each`; returns how many it handed over.
///
/// `time` is how long a job may take, and `late` what stands for the result of one that took longer.
pub(super) fn run<T: Send + 'static>(
    count: usize,
    options: &Options,
    job: impl Fn(usize) -> T + Send + Sync + 'static,
    time: impl Fn(usize) -> Option<Duration>,
    late: impl Fn(usize, Duration) -> T,
    mut each: impl FnMut(T) -> io::Result<()>,
) -> io::Result<usize> {
    let jobs = options.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get).min(count.max(1));
    let (sender, results) = channel();
    let pool =
        Arc::new(Pool { job, count, ahead: AHEAD * jobs, board: Mutex::default(), moved: Condvar::new(), ended: AtomicBool::new(false) });
    let _ended = Ended(&pool.ended, &pool.moved);
    (0..jobs).try_for_each(|_| Pool::hire(&pool, sender.clone()))?;
    let mut ready = BTreeMap::new();
    let mut looked = Instant::now();
    for next in 0..count {
        while !ready.contains_key(&next) {
            if options.stop.load(Ordering::Relaxed) {
                return Ok(next);
            }
            match results.recv_timeout(TICK) {
                Ok((n, result)) => drop(ready.insert(n, result)),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
            }
            if looked.elapsed() >= TICK {
                looked = Instant::now();
                for (n, time) in pool.give_up(&time) {
                    ready.insert(n, late(n, time));
                    Pool::hire(&pool, sender.clone())?;
                }
            }
        }
        if let Some(result) = ready.remove(&next) {
            if options.stop.load(Ordering::Relaxed) {
                return Ok(next);
            }
            each(result)?;
        }
        pool.board().delivered = next + 1;
        pool.moved.notify_all();
    }
    Ok(count)
}

/// What the threads share.
struct Pool<J> {
    job: J,
    count: usize,
    /// How far they may run ahead of the results.
    ahead: usize,
    board: Mutex<Board>,
    /// The board has changed.
    moved: Condvar,
    ended: AtomicBool,
}

#[derive(Default)]
struct Board {
    /// The first job nobody has taken.
    next: usize,
    /// The first result that was not handed over.
    delivered: usize,
    /// Since when each job is in work.
    running: HashMap<usize, Instant>,
}

impl<J> Pool<J> {
    /// Nothing panics while it holds the board; should that change, its numbers are still whole.
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes the next job, waiting until the results have come near enough.
    fn take(&self) -> Option<usize> {
        let mut board = self.board();
        while board.next >= board.delivered + self.ahead && !self.ended.load(Ordering::Relaxed) {
            board = self.moved.wait_timeout(board, TICK).unwrap_or_else(PoisonError::into_inner).0;
        }
        if board.next >= self.count || self.ended.load(Ordering::Relaxed) {
            return None;
        }
        let job = board.next;
        board.next += 1;
        board.running.insert(job, Instant::now());
        Some(job)
    }

    /// Takes jobs that are overdue off the board: their threads find nothing there when they come back, and go.
    fn give_up(&self, time: impl Fn(usize) -> Option<Duration>) -> Vec<(usize, Duration)> {
        let mut board = self.board();
        let overdue = |(n, since): (&usize, &Instant)| time(*n).filter(|time| since.elapsed() > *time).map(|time| (*n, time));
        let overdue: Vec<_> = board.running.iter().filter_map(overdue).collect();
        board.running.retain(|n, _| overdue.iter().all(|(gone, _)| gone != n));
        overdue
    }

    /// A thread that works until there is nothing left or its job was given up.
    fn hire<T: Send + 'static>(pool: &Arc<Self>, results: Sender<(usize, T)>) -> io::Result<()>
    where
        J: Fn(usize) -> T + Send + Sync + 'static,
    {
        let pool = Arc::clone(pool);
        let work = move || {
            while let Some(n) = pool.take() {
                let result = (pool.job)(n);
                if pool.board().running.remove(&n).is_none() || results.send((n, result)).is_err() {
                    return;
                }
            }
        };
        thread::Builder::new().stack_size(STACK).spawn(work).map(drop)
    }
}

/// Tells the threads that nobody waits for them any more, however the run ends.
struct Ended<'a>(&'a AtomicBool, &'a Condvar);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
        self.1.notify_all();
    }
}
