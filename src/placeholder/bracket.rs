//! Brackets that wait for words: （ ）, 【待补充】, {{单位}}.

use super::Finder;
use super::kind::{Asks, Kind};

impl Finder<'_> {
    /// Brackets: empty ones, and those that say something is to come.
    pub(super) fn bracket(&mut self, at: usize) -> usize {
        /// Longer ones say something.
        const LONGEST: usize = 24;
        let open = self.chars[at];
        let close = match open {
            '【' => '】',
            '[' => ']',
            '［' => '］',
            '（' => '）',
            '(' => ')',
            '〔' => '〕',
            _ => '》',
        };
        let end = (at + 1..self.chars.len())
            .take(LONGEST)
            .take_while(|&i| !matches!(self.chars[i], '\n' | '。'))
            .find(|&i| self.chars[i] == close);
        let Some(end) = end else { return at + 1 };
        if end == at + 1 {
            // f() and a Markdown check box [ ] are no blanks.
            if open.is_ascii() && (self.before(at).is_ascii() || open == '[') {
                return end + 1;
            }
            let asks = match open {
                '〔' => (Asks::Year, None),
                '《' => (Asks::Title, None),
                _ => self.asks(at, end + 1),
            };
            self.push(at, end + 1, Kind::EmptyBrackets, asks);
            return end + 1;
        }
        let words: String = self.chars[at + 1..end].iter().collect();
        let says = match open {
            '（' | '(' => ["此处填", "此处插", "此处补", "此处写", "待补", "待填", "待核实", "请填写", "请补充", "请在此"]
                .iter()
                .any(|w| words.starts_with(w)),
            '《' | '〔' => false,
            _ => {
                ["待", "请填", "请补", "请在此", "此处", "填写", "填入", "插入", "补充", "需补充", "需填"]
                    .iter()
                    .any(|w| words.starts_with(w))
                    || field(&words).is_some()
            }
        };
        if !says {
            return at + 1;
        }
        let asks = FIELDS.iter().find(|(word, _)| words.contains(word)).map_or_else(|| self.asks(at, end + 1), |&(_, asks)| (asks, None));
        self.push(at, end + 1, Kind::Marked, asks);
        end + 1
    }

    /// {{…}}
    pub(super) fn template(&mut self, at: usize) -> usize {
        const LONGEST: usize = 60;
        if self.char(at + 1) != '{' {
            return at + 1;
        }
        let end = (at + 2..self.chars.len())
            .take(LONGEST)
            .take_while(|&i| self.chars[i] != '\n')
            .find(|&i| self.chars[i] == '}' && self.char(i + 1) == '}');
        let Some(end) = end else { return at + 2 };
        let words: String = self.chars[at + 2..end].iter().collect();
        let asks = FIELDS.iter().find(|(word, _)| words.contains(word)).map_or((Asks::Content, None), |&(_, asks)| (asks, None));
        self.push(at, end + 2, Kind::Template, asks);
        end + 2
    }
}

/// What the fields of a form ask for: 【单位名称】, {{日期}}.
const FIELDS: &[(&str, Asks)] = &[
    ("单位", Asks::Organization),
    ("部门", Asks::Organization),
    ("机关", Asks::Organization),
    ("姓名", Asks::Person),
    ("人名", Asks::Person),
    ("联系人", Asks::Person),
    ("文号", Asks::DocumentNumber),
    ("年份", Asks::Year),
    ("年月日", Asks::Date),
    ("日期", Asks::Date),
    ("时间", Asks::Date),
    ("地名", Asks::Place),
    ("地点", Asks::Place),
    ("地址", Asks::Place),
    ("人数", Asks::People),
    ("次数", Asks::Times),
    ("金额", Asks::Amount),
    ("百分比", Asks::Percent),
    ("比例", Asks::Percent),
    ("数字", Asks::Quantity),
    ("数量", Asks::Quantity),
    ("数据", Asks::Quantity),
    ("标题", Asks::Title),
    ("名称", Asks::Title),
];

/// The field a bracket holds, where it holds nothing else: 【姓名】, 【具体数据】, 【xx单位】.
fn field(words: &str) -> Option<Asks> {
    let bare = words.trim_start_matches(['具', '体', '某', 'x', 'X', '×', '本', '发', '文']);
    FIELDS
        .iter()
        .find(|(word, _)| bare.strip_prefix(word).is_some_and(|rest| matches!(rest, "" | "名称" | "全称" | "简称")))
        .map(|&(_, asks)| asks)
}
