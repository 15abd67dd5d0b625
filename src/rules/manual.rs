//! The manual: what a rule's own page, the index of all pages and the listing of `hegao rules` say.
//!
//! Everything is taken from the rules themselves, the pages in `docs/rules` too (`tests/manual.rs` compares them), so that nothing is said twice.

use super::{Id, Meta, RULES};

impl Meta {
    /// The manual page in Markdown: the `//!` head of the source file without its slashes.
    pub fn manual(&self) -> String {
        let head = self.source.lines().map_while(|line| line.strip_prefix("//!"));
        head.flat_map(|line| [line.strip_prefix(' ').unwrap_or(line), "\n"]).collect()
    }

    /// The standard or other source the rule rests on, with its clauses: the section 依据 of the page, on one line.
    pub fn basis(&self) -> String {
        let manual = self.manual();
        let basis = manual.split_once("\n## 依据\n").map_or("", |(_, basis)| basis);
        basis.lines().map(str::trim).collect()
    }

    /// The name of the page in `docs/rules`, without its ending: the main id with a hyphen for the slash.
    pub fn page_name(&self) -> String {
        self.ids.first().map_or_else(String::new, |id| id.name.replace('/', "-"))
    }

    /// The page as it stands in `docs/rules`: the manual and a table of the ids.
    pub fn page(&self) -> String {
        let rows: Vec<String> = self.ids.iter().map(|id| format!("| {} |\n", row(id).join(" | "))).collect();
        format!("{}\n## 规则\n| 规则 | 查什么 | 级别 | 修改 | 默认 |\n|---|---|---|---|---|\n{}", self.manual(), rows.concat())
    }
}

impl Id {
    /// How safe its fixes are, in a word.
    pub const fn fix_label(&self) -> &'static str {
        match self.fix {
            Some(applicability) => applicability.label(),
            None => "无",
        }
    }

    /// Whether it runs unless switched on or off, in a word.
    pub const fn default_label(&self) -> &'static str {
        if self.default { "开" } else { "关" }
    }
}

/// The index of the pages, `docs/rules/README.md`.
pub fn index() -> String {
    const HEAD: &str = "# 规则手册

每条规则一页，由程序源文件生成，与 `hegao explain 规则` 所示相同。级别是通常的级别，个别情形会降为提示或升为警告；“默认”为“关”的，用 `--only` 点名才查。

| 规则 | 查什么 | 级别 | 修改 | 默认 | 依据 |
|---|---|---|---|---|---|
";
    let rows = RULES.iter().flat_map(|rule| {
        let meta = rule.meta();
        let (page, basis) = (meta.page_name(), meta.basis());
        meta.ids.iter().map(move |id| {
            let [name, title, rest @ ..] = row(id);
            format!("| [{name}]({page}.md) | {title} | {} | {basis} |\n", rest.join(" | "))
        })
    });
    HEAD.to_owned() + &rows.collect::<Vec<_>>().concat()
}

/// An id as a row of a table: name, title, severity, fix, default.
fn row(id: &Id) -> [&'static str; 5] {
    [id.name, id.title, id.severity.label(), id.fix_label(), id.default_label()]
}
