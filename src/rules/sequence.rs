//! Numbers that should count on, with lists inside lists: 一、二、(一、二、三、)三、

/// The open run of numbers and, below it, the runs it interrupts.
pub(super) struct Sequence<T> {
    open: Vec<(u32, T)>,
}

/// How a number goes on from those before it.
pub(super) enum Step<T> {
    /// It is 1 and opens a run inside the one whose last item is given.
    Begins(Option<T>),
    /// It follows the last number of an open run.
    Follows,
    /// It follows nothing; the last item of the open run.
    Breaks(Option<T>),
}

impl<T: Copy> Sequence<T> {
    /// Lists nest no deeper; what is older is forgotten, so that a step takes constant time.
    const DEEPEST: usize = 6;

    pub(super) const fn new() -> Self {
        Self { open: Vec::new() }
    }

    /// Takes the next item.
    pub(super) fn step(&mut self, number: u32, item: T) -> Step<T> {
        let step = if number == 1 {
            Step::Begins(self.open.last().map(|&(_, before)| before))
        } else if let Some(depth) = self.open.iter().rposition(|&(before, _)| before + 1 == number) {
            self.open.truncate(depth);
            Step::Follows
        } else {
            Step::Breaks(self.open.pop().map(|(_, before)| before))
        };
        if self.open.len() == Self::DEEPEST {
            self.open.remove(0);
        }
        self.open.push((number, item));
        step
    }

    /// Forgets the open runs for which `keep` does not hold.
    pub(super) fn retain(&mut self, keep: impl Fn(T) -> bool) {
        self.open.retain(|&(_, item)| keep(item));
    }
}
