//! What a blank asks for, told from the words around it.

use std::ops::Range;
use std::sync::LazyLock;

use super::Finder;
use super::kind::Asks;

impl Finder<'_> {
    /// What the words around folded characters `start..end` say is missing there.
    pub(super) fn asks(&self, start: usize, end: usize) -> (Asks, Option<Range<usize>>) {
        if matches!(self.before(start), '〕' | '】' | ']' | '第') && self.char(end) == '号' || self.starts_with(end, "号文") {
            return (Asks::DocumentNumber, Some(end..end + 1));
        }
        // “xx余次”, “xx多名”: the unit follows the approximation.
        let approximate = usize::from(matches!(self.char(end), '余' | '多' | '来' | '几'));
        for skipped in [approximate, 0] {
            let at = end + skipped;
            if let Some(unit) = self.unit(at) {
                return (unit.asks, Some(at..at + unit.word.chars().count()));
            }
        }
        let before = |words: &[&str]| words.iter().any(|word| self.ends_with(start, word));
        let asks = if self.before(start) == '《' {
            Asks::Title
        } else if before(&[
            "书记",
            "主任",
            "组长",
            "镇长",
            "县长",
            "市长",
            "区长",
            "局长",
            "队长",
            "村长",
            "经理",
            "联系人",
            "汇报人",
            "姓名",
        ]) {
            Asks::Person
        } else if before(&["美丽", "美好", "魅力", "幸福", "平安", "魅力新", "美丽新", "位于", "来自", "地点", "地址", "前往", "赴"])
        {
            Asks::Place
        } else if before(&["共", "约", "近", "达", "达到", "超过", "增长", "下降", "完成", "为"])
            && matches!(self.char(end), '，' | '。' | '；' | '、')
        {
            Asks::Quantity
        } else {
            Asks::Content
        };
        (asks, None)
    }

    /// The longest unit that stands at `at`.
    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        let first = self.char(at);
        let from = BY_FIRST.partition_point(|&(other, _)| other < first);
        let units = BY_FIRST[from..].iter().take_while(|&&(other, _)| other == first).map(|&(_, unit)| unit);
        units.filter(|unit| self.starts_with(at, unit.word)).max_by_key(|unit| unit.word.len())
    }
}

/// A word that tells, by following a blank, what the blank asks for.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub(super) word: &'static str,
    pub(super) asks: Asks,
}

/// The unit that words end in.
pub(crate) fn unit_at_end(words: &str) -> Option<&'static str> {
    units().map(|unit| unit.word).filter(|unit| words.ends_with(unit)).max_by_key(|unit| unit.len())
}

fn units() -> impl Iterator<Item = Unit> {
    UNITS.iter().flat_map(|&(asks, words)| words.split(' ').map(move |word| Unit { word, asks }))
}

/// The units by their first characters.
static BY_FIRST: LazyLock<Vec<(char, Unit)>> = LazyLock::new(|| {
    let mut by_first: Vec<(char, Unit)> = units().filter_map(|unit| Some((unit.word.chars().next()?, unit))).collect();
    by_first.sort_by_key(|&(first, _)| first);
    by_first
});

/// Units and nouns by what they ask for, separated by spaces.
const UNITS: &[(Asks, &str)] = &[
    (Asks::Times, "次 场 场次 余次 回 遍 轮次 人次 万人次"),
    (Asks::People, "人 名 位 人员 万人"),
    (Asks::Amount, "元 万元 亿元 千元 百万元 美元 万美元 亿美元"),
    (Asks::Percent, "% ％ 个百分点 个点 ‰"),
    (Asks::Year, "年 年度 年底 年初 年以来"),
    (Asks::Date, "月 日 月份 时 点 时许 上旬 月底"),
    (Asks::DocumentNumber, "号文 号文件"),
    (
        Asks::Place,
        "省 市 县 区 镇 乡 村 街道 社区 路 街 大道 组 自治州 自治县 开发区 园区 旗 州 地 河 山 湖 水库 大桥 小区 村组 片区 市区 县区 镇村 乡镇 之乡 高速 景区",
    ),
    (
        Asks::Organization,
        "局 委 办 厅 部 院 校 公司 集团 企业 单位 部门 中心 站 所 协会 党委 党组 支部 党支部 党总支 纪委 工委 政府 人大 政协 日报 晚报 电视台 大学 学院 中学 小学 学校 幼儿园 医院 银行 派出所 法院 检察院 办公室 合作社 村委会 居委会 委员会 工作组 领导小组 专班 机关",
    ),
    (Asks::Person, "同志 书记 主任 副书记 先生 女士 老师 局长 镇长 县长 市长 区长 组长"),
    (Asks::Title, "》 会议 大会 工程 项目 活动 行动 计划 方案 办法 意见 通知"),
    (
        Asks::Quantity,
        "个 项 篇 条 件 份 支 家 处 座 公里 千米 亩 公顷 吨 期 批 户 册 台 套 辆 栋 幢 间 类 种 级 届 班 门 课时 学时 节 天 小时 分钟 周 个月 米 平方米 平方公里 立方米 千瓦 万千瓦 千瓦时 盏 棵 株 头 只 块 面 幅 本 起 宗 案 例 队 支队 层 根 段 万亩 万吨 万户 万 亿 万平方米 万个 万条 余 多 倍 位数 平米 张 枚 顶 艘 架 口 眼 道 卷 版 章 号 斤 公斤 千克 克 升 厘米 毫米 度 岁 版面 号楼 单元 余万",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_unit_asks_for_two_things() {
        let mut words: Vec<&str> = UNITS.iter().flat_map(|(_, words)| words.split(' ')).collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
    }
}
