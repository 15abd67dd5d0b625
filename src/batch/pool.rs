//! Numbered jobs in parallel on threads of rayon, results in the order of their numbers, and nothing that can hold up the end.
//!
//! A job that takes too long cannot be killed, only left behind: the crew of threads is relieved by another, and nobody waits for the one that is stuck.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::num::NonZero;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rayon::{ThreadPool, ThreadPoolBuilder};

use super::Options;

/// How many results for each thread may wait for an earlier one.
const AHEAD: usize = 16;

/// How often the clock and the wish to stop are looked at.
const TICK: Duration = Duration::from_millis(50);

/// Readers follow nesting by recursion in places; pages of a stack that are not touched cost nothing.
const STACK: usize = 8 << 20;

/// Runs jobs `0..count` and hands their results to `each`; returns how many it handed over.
///
/// `job` must not panic. `time` is how long a job may take, and `late` what stands for the result of one that took longer.
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
    let mut crew = Crew { threads: threads(jobs)?, work: Arc::new(Work { job, sender, board: Mutex::default() }) };
    let mut ready = BTreeMap::new();
    let mut looked = Instant::now();
    for next in 0..count {
        crew.open(count.min(next + AHEAD * jobs));
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
                let overdue = crew.work.give_up(&time);
                if !overdue.is_empty() {
                    crew.relieve(threads(jobs)?);
                }
                ready.extend(overdue.into_iter().map(|(n, time)| (n, late(n, time))));
            }
        }
        if let Some(result) = ready.remove(&next) {
            if options.stop.load(Ordering::Relaxed) {
                return Ok(next);
            }
            each(result)?;
        }
    }
    Ok(count)
}

fn threads(count: usize) -> io::Result<ThreadPool> {
    ThreadPoolBuilder::new().num_threads(count).stack_size(STACK).build().map_err(io::Error::other)
}

/// The threads at work. Each job that may begin is a turn in rayon's queue; whoever has a turn takes the first job that nobody has.
struct Crew<J, T> {
    threads: ThreadPool,
    work: Arc<Work<J, T>>,
}

impl<J: Fn(usize) -> T + Send + Sync + 'static, T: Send + 'static> Crew<J, T> {
    /// Lets the jobs before `open` begin: results come near enough, however many jobs there are.
    fn open(&self, open: usize) {
        let mut board = self.work.board();
        let turns = open - board.open;
        board.open = open;
        self.queue(turns, board.crew);
    }

    /// Has `threads` take the turns that are waiting. The old ones go after what they have in hand, those that are stuck never; a rayon pool that is
    /// dropped waits for none of them.
    fn relieve(&mut self, threads: ThreadPool) {
        self.threads = threads;
        let mut board = self.work.board();
        board.crew += 1;
        self.queue(board.open - board.next, board.crew);
    }

    fn queue(&self, turns: usize, crew: usize) {
        for _ in 0..turns {
            let work = Arc::clone(&self.work);
            self.threads.spawn_fifo(move || work.turn(crew));
        }
    }
}

/// However the run ends, turns that are left come to nothing.
impl<J, T> Drop for Crew<J, T> {
    fn drop(&mut self) {
        self.work.board().crew += 1;
    }
}

/// What the threads share.
struct Work<J, T> {
    job: J,
    sender: Sender<(usize, T)>,
    board: Mutex<Board>,
}

#[derive(Default)]
struct Board {
    /// The crew whose turn it is; turns of an earlier one come to nothing.
    crew: usize,
    /// The first job nobody has taken.
    next: usize,
    /// The first job that may not begin yet.
    open: usize,
    /// Since when each job is in work.
    running: HashMap<usize, Instant>,
}

impl<J, T> Work<J, T> {
    /// Nothing panics while it holds the board; should that change, its numbers are still whole.
    fn board(&self) -> MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn turn(&self, crew: usize)
    where
        J: Fn(usize) -> T,
    {
        let Some(n) = self.take(crew) else { return };
        let result = (self.job)(n);
        if self.board().running.remove(&n).is_some() {
            // Where nobody listens any more, the run has ended.
            let _ = self.sender.send((n, result));
        }
    }

    fn take(&self, crew: usize) -> Option<usize> {
        let mut board = self.board();
        if board.crew != crew || board.next == board.open {
            return None;
        }
        let job = board.next;
        board.next += 1;
        board.running.insert(job, Instant::now());
        Some(job)
    }

    /// Takes jobs that are overdue off the board: what their threads bring, should they come back, is not wanted.
    fn give_up(&self, time: impl Fn(usize) -> Option<Duration>) -> Vec<(usize, Duration)> {
        let mut board = self.board();
        let overdue = |(n, since): (&usize, &Instant)| time(*n).filter(|time| since.elapsed() > *time).map(|time| (*n, time));
        let overdue: Vec<_> = board.running.iter().filter_map(overdue).collect();
        board.running.retain(|n, _| overdue.iter().all(|(gone, _)| gone != n));
        overdue
    }
}
