//! The depths of sections, and their labels in canonical form.

use super::label::digit;
use crate::numeral;

/// The depth a label stands for; a smaller level encloses the greater ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 第一编, 第一篇, 第一部分
    Part,
    /// 第一章
    Chapter,
    /// 第一节
    Division,
    /// 第一条
    Article,
    /// 一、
    One,
    /// （一）
    Two,
    /// 1.
    Three,
    /// （1）
    Four,
    /// ① and 1）
    Five,
}

impl Level {
    /// All levels, the outermost first.
    pub const ALL: [Self; 9] =
        [Self::Part, Self::Chapter, Self::Division, Self::Article, Self::One, Self::Two, Self::Three, Self::Four, Self::Five];

    /// The name in data: the level number of the scheme 一、（一）1.（1）, else the unit of the label.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Part => "部分",
            Self::Chapter => "章",
            Self::Division => "节",
            Self::Article => "条",
            Self::One => "1",
            Self::Two => "2",
            Self::Three => "3",
            Self::Four => "4",
            Self::Five => "5",
        }
    }

    /// The label of this level and `number` in canonical form, e.g. “（三）”.
    pub fn label(self, number: u32) -> String {
        let han = || numeral::write(number);
        match self {
            Self::Part => format!("第{}部分", han()),
            Self::Chapter => format!("第{}章", han()),
            Self::Division => format!("第{}节", han()),
            Self::Article => format!("第{}条", han()),
            Self::One => format!("{}、", han()),
            Self::Two => format!("（{}）", han()),
            Self::Three => format!("{number}."),
            Self::Four => format!("（{number}）"),
            Self::Five => format!("{number}）"),
        }
    }

    /// Whether the label of `number` stands anywhere in `text`, also inside a paragraph, where the line break before it was lost.
    pub fn occurs(self, number: u32, text: &str) -> bool {
        let han = numeral::write(number);
        match self {
            Self::Two => text.contains(&format!("（{han}）")) || text.contains(&format!("({han})")),
            Self::Three => ['.', '．', '、'].into_iter().any(|mark| {
                let label = format!("{number}{mark}");
                text.match_indices(&label).any(|(at, _)| {
                    let figure = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
                    !figure(text[..at].chars().next_back()) && !figure(text[at + label.len()..].chars().next())
                })
            }),
            _ => {
                let label = self.label(number);
                text.contains(&label) || text.contains(&label.replacen(&han, &number.to_string(), 1))
            }
        }
    }
}
