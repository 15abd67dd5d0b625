//! How blanks are marked, and what they ask for: the names in data and the words shown to people.

/// The ways of leaving a blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// xx, XX, xxx, ＸＸ
    Letters,
    /// ××
    Cross,
    /// 某某
    Certain,
    /// ○○
    Circles,
    /// **
    Stars,
    /// ____
    Underscores,
    /// 20xx年, 202×年, xxxx-xx-xx
    Year,
    /// ××.×%, xx%
    Percent,
    /// xxx in 〔xxx〕
    Bracketed,
    /// 【待补充】, （此处填写单位）
    Marked,
    /// （ ）, 〔 〕
    EmptyBrackets,
    /// {{…}}
    Template,
}

/// What a blank seems to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Asks {
    /// How many times.
    Times,
    /// How many people.
    People,
    /// How many of the unit that follows.
    Quantity,
    /// A sum of money.
    Amount,
    /// A percentage.
    Percent,
    /// A year.
    Year,
    /// A month, a day or a whole date.
    Date,
    /// The number of a document.
    DocumentNumber,
    /// The name of a place.
    Place,
    /// The name of an organisation.
    Organization,
    /// The name of a person.
    Person,
    /// The title of a document or an event.
    Title,
    /// Nothing the words around it tell.
    Content,
}

impl Kind {
    /// All kinds in the order of the manual.
    pub const ALL: [Self; 12] = [
        Self::Letters,
        Self::Cross,
        Self::Certain,
        Self::Circles,
        Self::Stars,
        Self::Underscores,
        Self::Year,
        Self::Percent,
        Self::Bracketed,
        Self::Marked,
        Self::EmptyBrackets,
        Self::Template,
    ];

    /// The name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Letters => "letters",
            Self::Cross => "cross",
            Self::Certain => "certain",
            Self::Circles => "circles",
            Self::Stars => "stars",
            Self::Underscores => "underscores",
            Self::Year => "year",
            Self::Percent => "percent",
            Self::Bracketed => "bracketed",
            Self::Marked => "marked",
            Self::EmptyBrackets => "empty-brackets",
            Self::Template => "template",
        }
    }

    /// The word shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Letters => "字母",
            Self::Cross => "叉号",
            Self::Certain => "某某",
            Self::Circles => "圆圈",
            Self::Stars => "星号",
            Self::Underscores => "下划线",
            Self::Year => "年份",
            Self::Percent => "百分比",
            Self::Bracketed => "六角括号",
            Self::Marked => "文字标记",
            Self::EmptyBrackets => "空括号",
            Self::Template => "模板变量",
        }
    }
}

impl Asks {
    /// The name in data.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Times => "times",
            Self::People => "people",
            Self::Quantity => "quantity",
            Self::Amount => "amount",
            Self::Percent => "percent",
            Self::Year => "year",
            Self::Date => "date",
            Self::DocumentNumber => "document-number",
            Self::Place => "place",
            Self::Organization => "organization",
            Self::Person => "person",
            Self::Title => "title",
            Self::Content => "content",
        }
    }

    /// Whether the answer is a number.
    pub const fn is_figure(self) -> bool {
        matches!(self, Self::Times | Self::People | Self::Quantity | Self::Amount | Self::Percent | Self::Year | Self::Date)
    }

    /// The word shown to people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Times => "次数",
            Self::People => "人数",
            Self::Quantity => "数量",
            Self::Amount => "金额",
            Self::Percent => "百分比",
            Self::Year => "年份",
            Self::Date => "日期",
            Self::DocumentNumber => "文号",
            Self::Place => "地名",
            Self::Organization => "单位名称",
            Self::Person => "人名",
            Self::Title => "名称",
            Self::Content => "内容",
        }
    }
}
