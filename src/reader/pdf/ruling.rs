//! Rules drawn on a page, and the cells of tables between them.
//!
//! Programs draw the borders of a table as lines, as frames, or as very thin filled rectangles. A place between four of them is in a cell where a
//! fifth stands beside it: a frame around a page or a line of text is no table.

use crate::reader::layout::Cell;

/// Two cells side by side take two rules across and three down.
const FEWEST: usize = 5;

/// More rules than these on a page are a drawing.
const MOST: usize = 4_000;

/// What may be compared on one page: rules with pieces of text.
const COMPARISONS: usize = 20_000_000;

/// As far from straight, and as thick, as a rule may be; also how far from its end a place may be beside it. In units of the page.
const SLACK: f32 = 2.0;

/// The rules of one page, in its coordinates as it is turned for reading.
#[derive(Default)]
pub(super) struct Ruling {
    /// The open path.
    path: Vec<Vec<(f32, f32)>>,
    level: Vec<Rule>,
    upright: Vec<Rule>,
}

/// A straight line: where it stands, and from where to where it runs.
struct Rule {
    at: f32,
    from: f32,
    to: f32,
}

impl Rule {
    fn spans(&self, place: f32) -> bool {
        self.from - SLACK <= place && place <= self.to + SLACK
    }
}

impl Ruling {
    pub(super) fn begin(&mut self, point: (f32, f32)) {
        self.path.push(vec![point]);
    }

    pub(super) fn draw_to(&mut self, point: (f32, f32)) {
        if let Some(open) = self.path.last_mut() {
            open.push(point);
        }
    }

    /// Back to where the open line began.
    pub(super) fn close(&mut self) {
        if let Some(open) = self.path.last_mut() {
            open.extend(open.first().copied());
        }
    }

    /// A line around four corners.
    pub(super) fn frame(&mut self, corners: [(f32, f32); 4]) {
        self.path.push([&corners[..], &corners[..1]].concat());
    }

    /// Ends the path; what is drawn along it, or filled inside it, may be rules.
    pub(super) fn paint(&mut self, stroked: bool, filled: bool) {
        for line in std::mem::take(&mut self.path) {
            if stroked {
                line.windows(2).for_each(|ends| self.rule(ends[0], ends[1]));
            }
            if filled {
                let all = |least: fn(f32, f32) -> f32, of: fn(&(f32, f32)) -> f32| line.iter().map(of).reduce(least).unwrap_or_default();
                let corner = |least: fn(f32, f32) -> f32| (all(least, |point| point.0), all(least, |point| point.1));
                self.rule(corner(f32::min), corner(f32::max));
            }
        }
    }

    fn rule(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        let (width, height) = ((x1 - x0).abs(), (y1 - y0).abs());
        if self.count() > MOST {
            return;
        }
        if width > SLACK && height <= SLACK {
            self.level.push(Rule { at: f32::midpoint(y0, y1), from: x0.min(x1), to: x0.max(x1) });
        } else if height > SLACK && width <= SLACK {
            self.upright.push(Rule { at: f32::midpoint(x0, x1), from: y0.min(y1), to: y0.max(y1) });
        }
    }

    /// Whether cells can be told for so many places: there are rules, and not a drawing of them.
    pub(super) fn tells(&self, places: usize) -> bool {
        let rules = self.count();
        (FEWEST..=MOST).contains(&rules) && rules.saturating_mul(places) <= COMPARISONS
    }

    fn count(&self) -> usize {
        self.level.len() + self.upright.len()
    }

    /// The cell that a place is in.
    pub(super) fn cell(&self, x: f32, y: f32) -> Option<Cell> {
        let (left, right) = around(&self.upright, x, y)?;
        let (top, bottom) = around(&self.level, y, x)?;
        let is_other = |rule: &Rule| rule.spans(y) && (rule.at < left - 2.0 * SLACK || rule.at > right + 2.0 * SLACK);
        let is_table = self.upright.iter().any(is_other);
        let whole = |place: f32| place.round() as i64;
        is_table.then(|| Cell { left: whole(left), top: whole(top), right: whole(right), bottom: whole(bottom) })
    }
}

/// Where the nearest rules on both sides of a place stand, of those that run past it.
fn around(rules: &[Rule], place: f32, along: f32) -> Option<(f32, f32)> {
    let beside = || rules.iter().filter(|rule| rule.spans(along)).map(|rule| rule.at);
    let before = beside().filter(|at| *at <= place).reduce(f32::max)?;
    let behind = beside().filter(|at| *at > place).reduce(f32::min)?;
    Some((before, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(ruling: &mut Ruling, left: f32, top: f32, right: f32, bottom: f32) {
        ruling.frame([(left, top), (right, top), (right, bottom), (left, bottom)]);
    }

    #[test]
    fn a_frame_beside_a_frame_is_a_cell_and_one_alone_is_none() {
        let mut ruling = Ruling::default();
        framed(&mut ruling, 10.0, 10.0, 100.0, 30.0);
        ruling.paint(true, false);
        assert_eq!(ruling.cell(20.0, 20.0), None);
        framed(&mut ruling, 100.5, 10.0, 200.0, 30.0);
        ruling.paint(true, false);
        assert_eq!(ruling.cell(20.0, 20.0), Some(Cell { left: 10, top: 10, right: 100, bottom: 30 }));
        assert_eq!(ruling.cell(150.0, 20.0).map(|cell| cell.right), Some(200));
        assert_eq!(ruling.cell(150.0, 40.0), None);
    }

    #[test]
    fn thin_fillings_are_rules_and_shades_and_what_is_only_a_clip_are_not() {
        let mut ruling = Ruling::default();
        for x in [10.0, 60.0, 120.0] {
            framed(&mut ruling, x, 10.0, x + 1.0, 40.0);
        }
        framed(&mut ruling, 10.0, 10.0, 120.0, 11.0);
        framed(&mut ruling, 10.0, 39.0, 120.0, 40.0);
        framed(&mut ruling, 10.0, 10.0, 60.0, 40.0);
        ruling.paint(false, true);
        framed(&mut ruling, 30.0, 10.0, 30.0, 40.0);
        ruling.paint(false, false);
        assert_eq!(ruling.cell(40.0, 25.0), Some(Cell { left: 11, top: 11, right: 61, bottom: 40 }));
        assert!(ruling.tells(100) && !ruling.tells(COMPARISONS));
    }
}
