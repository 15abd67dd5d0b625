//! What can be typed: clap's view of the command line, and its messages in Chinese. What the words mean is up to the subcommands.

use std::ffi::OsString;
use std::io::Write as _;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::Status;
use crate::config::Profile;
use crate::date::Date;
use crate::finding::Severity;

const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

/// 核稿：党政机关工作报告的离线校对工具。查固定表述、标题序号、待填空白；稿件不出本机。
#[derive(Debug, Parser)]
#[command(name = "hegao", version, disable_help_flag = true, disable_version_flag = true, disable_help_subcommand = true)]
#[command(help_template = TEMPLATE, subcommand_help_heading = "命令", subcommand_value_name = "命令")]
#[command(
    after_help = "常用：\n  hegao check 报告.docx          检查一份稿件\n  hegao check 稿件文件夹          检查文件夹里的全部稿件\n  hegao placeholders 报告.docx   列出待填空白\n\n退出码：0 没有问题；1 有错误；2 有文件、选项或词典不能用。"
)]
pub struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// 显示帮助
    #[arg(short, long, action = clap::ArgAction::Help, global = true, help_heading = "选项")]
    help: Option<bool>,
    /// 显示版本
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help_heading = "选项")]
    version: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// 检查稿件：固定表述、标题序号、待填空白
    #[command(visible_alias = "检查", help_template = TEMPLATE)]
    Check(CheckArgs),
    /// 批注：在 Word 稿件上加批注，可同时加修订
    #[command(visible_alias = "批注", help_template = TEMPLATE)]
    Annotate(AnnotateArgs),
    /// 改正：把有把握的差错直接改好，另存一份或改在原稿上
    #[command(visible_alias = "改正", help_template = TEMPLATE)]
    Fix(FixArgs),
    /// 分词：列出词语、词性、词频
    #[command(visible_alias = "分词", help_template = TEMPLATE)]
    Segment(SegmentArgs),
    /// 大纲：列出各级标题和序号
    #[command(visible_alias = "大纲", help_template = TEMPLATE)]
    Outline(OutlineArgs),
    /// 占位符：列出还没有填的空白
    #[command(visible_alias = "占位符", help_template = TEMPLATE)]
    Placeholders(PlaceholderArgs),
    /// 填写：把填好的表填进稿件的空白处
    #[command(visible_alias = "填写", help_template = TEMPLATE)]
    Fill(FillArgs),
    /// 统计：每份稿件一行的汇总表
    #[command(visible_alias = "统计", help_template = TEMPLATE)]
    Stats(StatsArgs),
    /// 文本：读出的正文，每段一行
    #[command(visible_alias = "文本", help_template = TEMPLATE)]
    Text(TextArgs),
    /// 词典：列出、查询、检查、新建词条
    #[command(visible_alias = "词典", help_template = TEMPLATE)]
    Dict(DictArgs),
    /// 规则：列出全部规则
    #[command(visible_alias = "规则", help_template = TEMPLATE)]
    Rules(RulesArgs),
    /// 基线：把现有的问题记下来，以后只报新的
    #[command(visible_alias = "基线", help_template = TEMPLATE)]
    Baseline(BaselineArgs),
    /// 配置：在文件夹里放一个带注释的 hegao.toml
    #[command(visible_alias = "配置", help_template = TEMPLATE)]
    Init(InitArgs),
    /// 说明：一条规则查什么、为什么、怎么改
    #[command(visible_alias = "说明", help_template = TEMPLATE)]
    Explain(ExplainArgs),
    /// 补全：打印命令行补全脚本
    #[command(visible_alias = "补全", help_template = TEMPLATE)]
    Completions(CompletionsArgs),
    /// 手册：打印 man 手册页
    #[command(visible_alias = "手册", help_template = TEMPLATE)]
    Man(ManArgs),
}

/// Which drafts, and where the result goes.
#[derive(Debug, Clone, Args)]
pub(super) struct InputArgs {
    /// 稿件或文件夹；“-”表示从标准输入读
    #[arg(value_name = "路径", required = true, help_heading = "参数")]
    pub(super) paths: Vec<PathBuf>,
    /// 结果写入文件，不显示在屏幕上；不会覆盖稿件
    #[arg(short, long, value_name = "文件", help_heading = "输出")]
    pub(super) output: Option<PathBuf>,
    /// 结果文件已经存在时覆盖；稿件本身从不覆盖
    #[arg(long, help_heading = "输出")]
    pub(super) force: bool,
    /// 同时处理的线程数，默认与处理器核数相同
    #[arg(short, long, value_name = "数目", value_parser = clap::value_parser!(u16).range(1..=1024), help_heading = "选项")]
    pub(super) jobs: Option<u16>,
    #[command(flatten)]
    pub(super) limits: LimitArgs,
    #[command(flatten)]
    pub(super) config: ConfigArgs,
}

/// What one file may cost.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(super) struct LimitArgs {
    /// 单个文件最大多少兆，超出的不查；默认 128
    #[arg(long = "max-size", value_name = "兆", help_heading = "限制")]
    pub(super) size: Option<NonZero<u32>>,
    /// 单个 .docx 等解压后最大多少兆；默认 256
    #[arg(long = "max-expanded", value_name = "兆", help_heading = "限制")]
    pub(super) expanded: Option<NonZero<u32>>,
    /// 单个文件最多查多少秒；默认 30
    #[arg(long = "max-time", value_name = "秒", help_heading = "限制")]
    pub(super) time: Option<NonZero<u32>>,
}

/// Which configuration.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ConfigArgs {
    /// 用这个配置文件；默认从第一份稿件所在的文件夹逐级向上找 hegao.toml，再加上本人的配置
    #[arg(long, value_name = "文件", conflicts_with = "no_config", help_heading = "配置")]
    pub(super) config: Option<PathBuf>,
    /// 不用任何配置文件
    #[arg(long, help_heading = "配置")]
    pub(super) no_config: bool,
}

/// Which dictionary.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct DictionaryArgs {
    /// 追加自己的词典（TOML），可以写多次，后面的优先
    #[arg(long, value_name = "文件", help_heading = "词典")]
    pub(super) dictionary: Vec<PathBuf>,
    /// 不用内置词典
    #[arg(long, help_heading = "词典")]
    pub(super) no_builtin_dictionary: bool,
    /// 白名单：一行一个词，这些词不报；可以写多次
    #[arg(long, value_name = "文件", help_heading = "词典")]
    pub(super) allow: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) dictionary: DictionaryArgs,
    /// 输出格式：text 供人看（默认），plain 每处一行；html 网页，xlsx、csv 表格，markdown 文档；json、jsonl、sarif、junit、github 供程序用
    #[arg(long, value_name = "格式", value_enum, default_value_t = CheckFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
    pub(super) format: CheckFormat,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    /// 稿件之间互相比较，找出与前面稿件重复或大同小异的段落
    #[arg(long, help_heading = "规则")]
    pub(super) across: bool,
    /// 长时间检查的进度记录：中断后用同样的命令接着查，结果与一次查完相同
    #[arg(long, value_name = "文件", conflicts_with = "across", help_heading = "输出")]
    pub(super) journal: Option<PathBuf>,
    /// 显示生效的配置和每一项的来源，不检查
    #[arg(long, help_heading = "配置")]
    pub(super) show_config: bool,
}

/// Where the files made from the drafts go.
#[derive(Debug, Clone, Args)]
pub(super) struct TargetArgs {
    /// 结果放进这个文件夹，保持原来的相对路径；多份稿件时用
    #[arg(long, value_name = "文件夹", conflicts_with = "output", help_heading = "输出")]
    pub(super) output_dir: Option<PathBuf>,
}

/// Where a changed draft goes: beside the draft, or in its place.
#[derive(Debug, Clone, Args)]
pub(super) struct RevisionArgs {
    #[command(flatten)]
    pub(super) target: TargetArgs,
    /// 直接改在原稿上
    #[arg(long, conflicts_with_all = ["output", "output_dir"], help_heading = "输出")]
    pub(super) in_place: bool,
    /// 改在原稿上之前，先把原稿另存为“报告.docx.bak”
    #[arg(long, requires = "in_place", help_heading = "输出")]
    pub(super) backup: bool,
}

#[derive(Debug, Args)]
#[command(
    after_help = "不写 -o 和 --output-dir 时，结果放在稿件旁边，叫“报告.核稿.docx”。稿件本身不动，原有的格式、批注、修订都保留；核稿上次加的批注先取下，再重新加，有人答复过的留着。\n\n例：\n  hegao annotate 报告.docx\n  hegao annotate --tracked --min-severity warning 报告.docx -o 修改稿.docx\n  hegao annotate 稿件文件夹 --output-dir 核稿结果"
)]
pub(super) struct AnnotateArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) target: TargetArgs,
    /// 有把握的改动同时记为修订，可在 Word、WPS 里逐条接受或拒绝
    #[arg(long, help_heading = "选项")]
    pub(super) tracked: bool,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    #[command(flatten)]
    pub(super) dictionary: DictionaryArgs,
}

#[derive(Debug, Args)]
#[command(
    after_help = "不写 -o、--output-dir 和 --in-place 时，结果放在稿件旁边，叫“报告.改正.docx”。能改 .docx 和文本文件；格式、编码、换行都照原样。\n\n例：\n  hegao fix --diff 报告.docx\n  hegao fix 报告.docx -o 定稿.docx\n  hegao fix --in-place --backup 稿件文件夹"
)]
pub(super) struct FixArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) revision: RevisionArgs,
    /// 只看改动前后的对照，不写文件
    #[arg(long, conflicts_with = "in_place", help_heading = "输出")]
    pub(super) diff: bool,
    /// 没有十足把握的改动也改，改后请通读
    #[arg(long = "unsafe", help_heading = "选项")]
    pub(super) unsure: bool,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    #[command(flatten)]
    pub(super) dictionary: DictionaryArgs,
}

/// Which rules, and how they report.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct RuleArgs {
    /// 方案：gongwen 公文（默认）、draft 起草中、strict 付印前、typos-only 只查字词
    #[arg(long, value_name = "方案", value_parser = profile, help_heading = "规则")]
    pub(super) profile: Option<Profile>,
    /// 只查这些规则或规则类（如 section、phrase/known），可以写多次
    #[arg(long, value_name = "规则", value_delimiter = ',', help_heading = "规则")]
    pub(super) only: Vec<String>,
    /// 不查这些规则或规则类，可以写多次
    #[arg(long, value_name = "规则", value_delimiter = ',', help_heading = "规则")]
    pub(super) ignore: Vec<String>,
    /// 只报这一级及以上：info 提示、warning 警告、error 错误；默认全报，屏幕上只列警告和错误
    #[arg(long, value_name = "级别", value_enum, hide_possible_values = true, help_heading = "规则")]
    pub(super) min_severity: Option<SeverityArg>,
    /// 有这一级及以上的问题时退出码为 1，默认 error
    #[arg(long, value_name = "级别", value_enum, hide_possible_values = true, help_heading = "规则")]
    pub(super) fail_on: Option<SeverityArg>,
    /// 基线文件：hegao baseline 写的，其中已有的问题不再报
    #[arg(long, value_name = "文件", help_heading = "规则")]
    pub(super) baseline: Option<PathBuf>,
    /// 按这个日期的提法判断（如 2021-12），默认用稿件自己的日期
    #[arg(long, value_name = "年-月", value_parser = date, help_heading = "规则")]
    pub(super) as_of: Option<Date>,
}

#[derive(Debug, Args)]
pub(super) struct SegmentArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) dictionary: DictionaryArgs,
    /// 标出词性
    #[arg(long, help_heading = "选项")]
    pub(super) pos: bool,
    /// 只列出现最多的若干个词
    #[arg(long, value_name = "个数", value_parser = number, help_heading = "选项")]
    pub(super) top: Option<usize>,
    /// 不把词典里的固定表述当作一个词
    #[arg(long, help_heading = "选项")]
    pub(super) no_expressions: bool,
    /// 分词引擎：static 内置词表（默认）、jieba 用 jieba-rs
    #[arg(long, value_name = "引擎", value_enum, default_value_t = EngineArg::Static, hide_default_value = true, hide_possible_values = true, help_heading = "选项")]
    pub(super) engine: EngineArg,
    /// 输出格式：text、json、jsonl
    #[arg(long, value_name = "格式", value_enum, default_value_t = DataFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
    pub(super) format: DataFormat,
}

#[derive(Debug, Args)]
pub(super) struct OutlineArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// 输出格式：text、json
    #[arg(long, value_name = "格式", value_enum, default_value_t = PageFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
    pub(super) format: PageFormat,
}

#[derive(Debug, Args)]
#[command(
    after_help = "例：\n  hegao placeholders 报告.docx\n  hegao placeholders 报告.docx --form 待填.xlsx   生成待填表，填好后用 hegao fill 报告.docx 待填.xlsx"
)]
pub(super) struct PlaceholderArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    /// 生成一张待填表（.xlsx 或 .csv），每处空白一行，供人填写；不会覆盖已有的文件
    #[arg(long, value_name = "文件", conflicts_with_all = ["format", "output"], help_heading = "输出")]
    pub(super) form: Option<PathBuf>,
    /// 输出格式：text、json、csv
    #[arg(long, value_name = "格式", value_enum, default_value_t = TableFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
    pub(super) format: TableFormat,
}

#[derive(Debug, Args)]
#[command(
    after_help = "不写 -o 和 --in-place 时，结果放在稿件旁边，叫“报告.填写.docx”。能填 .docx 和文本文件；格式、编码、换行都照原样。\n稿件改动过也能填，对不上的行不填，并说明原因。分几次填时，每次都把整张表填进原稿。\n\n退出码：0 全部填好；1 有没填进去的，或还有空白；2 没有做成。\n\n例：\n  hegao placeholders 报告.docx --form 待填.xlsx\n  hegao fill 报告.docx 待填.xlsx -o 定稿.docx"
)]
pub(super) struct FillArgs {
    /// 稿件；“-”表示从标准输入读
    #[arg(value_name = "稿件", help_heading = "参数")]
    pub(super) draft: PathBuf,
    /// 填好的表：hegao placeholders --form 生成的 .xlsx 或 .csv
    #[arg(value_name = "表", help_heading = "参数")]
    pub(super) form: PathBuf,
    /// 结果写入这个文件；不会覆盖稿件
    #[arg(short, long, value_name = "文件", help_heading = "输出")]
    pub(super) output: Option<PathBuf>,
    /// 结果文件已经存在时覆盖；稿件本身从不覆盖
    #[arg(long, help_heading = "输出")]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) revision: RevisionArgs,
    #[command(flatten)]
    pub(super) limits: LimitArgs,
}

#[derive(Debug, Args)]
pub(super) struct StatsArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) dictionary: DictionaryArgs,
    /// 输出格式：text、json、csv
    #[arg(long, value_name = "格式", value_enum, default_value_t = TableFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
    pub(super) format: TableFormat,
}

#[derive(Debug, Args)]
pub(super) struct TextArgs {
    /// 稿件；“-”表示从标准输入读
    #[arg(value_name = "文件", help_heading = "参数")]
    pub(super) path: PathBuf,
    /// 输出格式：text、json
    #[arg(long, value_name = "格式", value_enum, default_value_t = PageFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
    pub(super) format: PageFormat,
}

#[derive(Debug, Args)]
pub(super) struct DictArgs {
    #[command(subcommand)]
    pub(super) command: DictCommand,
}

#[derive(Debug, Subcommand)]
#[command(subcommand_help_heading = "命令", subcommand_value_name = "命令", disable_help_subcommand = true)]
pub(super) enum DictCommand {
    /// 列出词条
    #[command(help_template = TEMPLATE)]
    List {
        /// 只列含有这个词的，正确写法、并列项和错误写法都找
        #[arg(value_name = "词", help_heading = "参数")]
        word: Option<String>,
        #[command(flatten)]
        dictionary: DictionaryArgs,
        #[command(flatten)]
        config: ConfigArgs,
        /// 只列这一类：shorthand、theory、sentence、term、title、meeting、organisation、campaign、wording
        #[arg(long, value_name = "类别", help_heading = "选项")]
        kind: Option<String>,
        /// 输出格式：text、json
        #[arg(long, value_name = "格式", value_enum, default_value_t = PageFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
        format: PageFormat,
    },
    /// 查一个词条：写法、并列项、起止时间、出处
    #[command(help_template = TEMPLATE)]
    Show {
        /// 词条
        #[arg(value_name = "词条", help_heading = "参数")]
        phrase: String,
        #[command(flatten)]
        dictionary: DictionaryArgs,
        #[command(flatten)]
        config: ConfigArgs,
        /// 输出格式：text、json
        #[arg(long, value_name = "格式", value_enum, default_value_t = PageFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
        format: PageFormat,
    },
    /// 检查自己的词典，指出错在第几行
    #[command(help_template = TEMPLATE)]
    Check {
        /// 词典文件
        #[arg(value_name = "文件", required = true, help_heading = "参数")]
        files: Vec<PathBuf>,
    },
    /// 打印一个带注释的空白词条
    #[command(help_template = TEMPLATE)]
    New {
        /// 词条
        #[arg(value_name = "词条", help_heading = "参数")]
        phrase: String,
    },
}

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    #[command(flatten)]
    pub(super) input: InputArgs,
    #[command(flatten)]
    pub(super) dictionary: DictionaryArgs,
    #[command(flatten)]
    pub(super) rules: RuleArgs,
    /// 稿件之间互相比较，与前面稿件重复的段落也记下
    #[arg(long, help_heading = "规则")]
    pub(super) across: bool,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// 放配置的文件夹，默认当前文件夹
    #[arg(value_name = "文件夹", default_value = ".", hide_default_value = true, help_heading = "参数")]
    pub(super) folder: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// 输出格式：text、json
    #[arg(long, value_name = "格式", value_enum, default_value_t = PageFormat::Text, hide_default_value = true, hide_possible_values = true, help_heading = "输出")]
    pub(super) format: PageFormat,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// 规则名，如 phrase/near-miss
    #[arg(value_name = "规则", help_heading = "参数")]
    pub(super) rule: String,
}

#[derive(Debug, Args)]
#[command(
    after_help = "例：\n  hegao completions bash > ~/.local/share/bash-completion/completions/hegao\n  hegao completions zsh > ~/.zfunc/_hegao\n  hegao completions fish > ~/.config/fish/completions/hegao.fish\n  hegao completions powershell >> $PROFILE"
)]
pub(super) struct CompletionsArgs {
    /// 哪种命令行：bash、zsh、fish、powershell、elvish
    #[arg(value_name = "命令行", value_enum, hide_possible_values = true, help_heading = "参数")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
#[command(after_help = "例：\n  hegao man | man -l -\n  hegao man check > hegao-check.1")]
pub(super) struct ManArgs {
    /// 哪个命令的手册页，如 check、dict list；不写则是整个程序的
    #[arg(value_name = "命令", help_heading = "参数")]
    pub(super) command: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    Text,
    Plain,
    Json,
    Jsonl,
    Html,
    Xlsx,
    Csv,
    Markdown,
    Sarif,
    Junit,
    Github,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DataFormat {
    Text,
    Json,
    Jsonl,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    Text,
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum TableFormat {
    Text,
    Json,
    Csv,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineArg {
    Static,
    Jieba,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SeverityArg {
    Info,
    Warning,
    Error,
}

impl From<SeverityArg> for Severity {
    fn from(arg: SeverityArg) -> Self {
        match arg {
            SeverityArg::Info => Self::Info,
            SeverityArg::Warning => Self::Warning,
            SeverityArg::Error => Self::Error,
        }
    }
}

fn profile(name: &str) -> Result<Profile, String> {
    Profile::named(name).ok_or_else(|| format!("可用的有：{}", Profile::ALL.map(Profile::name).join("、")))
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "应写成 2021、2021-12 或 2021-12-31 的形式".into())
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| "应是整数".into())
}

/// Reads the command line; help and version are printed, mistakes explained in Chinese.
///
/// # Errors
/// The exit code, when there is nothing left to run.
pub fn parse(words: impl IntoIterator<Item = OsString>) -> Result<Cli, ExitCode> {
    let command = Cli::command().mut_subcommand("dict", |dict| dict.disable_help_subcommand(true));
    let parsed = command.try_get_matches_from(words).and_then(|matches| Cli::from_arg_matches(&matches));
    parsed.map_err(|error| {
        let is_help = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
        let said = if is_help || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
            in_chinese(&error.render().ansi().to_string())
        } else {
            format!("错误：{}\n用法见 hegao --help\n", explain(&error))
        };
        let _ = if is_help { anstream::stdout().write_all(said.as_bytes()) } else { anstream::stderr().write_all(said.as_bytes()) };
        if is_help { ExitCode::SUCCESS } else { Status::Failed.into() }
    })
}

/// What clap writes of itself in English, in Chinese.
pub(super) fn in_chinese(text: &str) -> String {
    text.replace("[OPTIONS]", "[选项]").replace("[alias: ", "[又名 ")
}

/// A mistake in the command line, in Chinese.
fn explain(error: &clap::Error) -> String {
    let get = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        _ => String::new(),
    };
    let hint = |kind| match get(kind) {
        text if text.is_empty() => text,
        text => format!("，是不是 {text}"),
    };
    let (arg, value) = (get(ContextKind::InvalidArg), get(ContextKind::InvalidValue));
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有选项 {arg}{}", hint(ContextKind::SuggestedArg)),
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 {}{}", get(ContextKind::InvalidSubcommand), hint(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 后面缺少内容"),
        ErrorKind::InvalidValue => format!("{arg} 不能是“{value}”，可用的有：{}", get(ContextKind::ValidValue)),
        ErrorKind::ValueValidation => {
            let reason = std::error::Error::source(error).map(|source| format!("：{source}")).unwrap_or_default();
            format!("{arg} 不能是“{value}”{reason}")
        }
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::MissingSubcommand => "缺少命令".into(),
        ErrorKind::TooManyValues => format!("{arg} 后面的内容太多"),
        ErrorKind::ArgumentConflict => format!("{arg} 不能重复或与别的选项同时使用"),
        _ => error.to_string(),
    }
}
