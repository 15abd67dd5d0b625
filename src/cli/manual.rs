//! `hegao rules` and `hegao explain`

use std::io::Write;

use anyhow::bail;
use serde_json::json;

use super::Status;
use super::args::{ExplainArgs, PageFormat, RulesArgs};
use crate::finding::Applicability;
use crate::output::table;
use crate::rules::{self, RULES};

pub(super) fn rules(args: &RulesArgs) -> anyhow::Result<Status> {
    let mut out = anstream::stdout().lock();
    if args.format == PageFormat::Json {
        let object = |meta: &rules::Meta, id: &rules::Id| {
            json!({
                "id": id.name, "title": id.title, "severity": id.severity.name(), "fix": id.fix.map(Applicability::label), "default": id.default,
                "source": meta.basis(),
            })
        };
        let objects: Vec<_> = RULES.iter().flat_map(|rule| rule.meta().ids.iter().map(|id| object(rule.meta(), id))).collect();
        serde_json::to_writer_pretty(&mut out, &objects)?;
        writeln!(out)?;
        return Ok(Status::Clean);
    }
    let row = |meta: &rules::Meta, id: &rules::Id| {
        // The page says what the clause says; the list names it.
        let basis = meta.basis();
        let named = basis.split(['：', '。']).next().unwrap_or_default();
        [id.name, id.severity.label(), id.fix_label(), id.default_label(), id.title, named].map(ToOwned::to_owned).to_vec()
    };
    let rows: Vec<_> = RULES.iter().flat_map(|rule| rule.meta().ids.iter().map(|id| row(rule.meta(), id))).collect();
    table::text(&mut out, &["规则", "级别", "修改", "默认", "查什么", "依据"], &rows, 6)?;
    Ok(Status::Clean)
}

pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<Status> {
    let Some((rule, _)) = rules::find(&args.rule) else {
        bail!(rules::UnknownRule { name: args.rule.clone(), nearest: rules::nearest(&args.rule) });
    };
    write!(anstream::stdout().lock(), "{}", rule.meta().manual())?;
    Ok(Status::Clean)
}
