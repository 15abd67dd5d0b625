//! `hegao rules` and `hegao explain`

use std::io::Write;

use anyhow::bail;
use serde_json::json;

use super::Status;
use super::args::{ExplainArgs, PageFormat, RulesArgs};
use crate::finding::Applicability;
use crate::output::table;
use crate::rules;

pub(super) fn rules(args: &RulesArgs) -> anyhow::Result<Status> {
    let mut out = anstream::stdout().lock();
    if args.format == PageFormat::Json {
        let objects: Vec<_> = rules::ids()
            .map(|id| json!({ "id": id.name, "title": id.title, "severity": id.severity.name(), "fix": id.fix.map(Applicability::label), "default": id.default }))
            .collect();
        serde_json::to_writer_pretty(&mut out, &objects)?;
        writeln!(out)?;
        return Ok(Status::Clean);
    }
    let row = |id: &rules::Id| {
        let on = if id.default { "开" } else { "关" };
        vec![id.name.to_owned(), id.severity.label().into(), id.fix.map_or("无", Applicability::label).into(), on.into(), id.title.into()]
    };
    table::text(&mut out, &["规则", "级别", "修改", "默认", "查什么"], &rules::ids().map(row).collect::<Vec<_>>(), 5)?;
    Ok(Status::Clean)
}

pub(super) fn explain(args: &ExplainArgs) -> anyhow::Result<Status> {
    let Some((rule, _)) = rules::find(&args.rule) else {
        bail!(rules::UnknownRule { name: args.rule.clone(), nearest: rules::nearest(&args.rule) });
    };
    write!(anstream::stdout().lock(), "{}", rule.meta().manual())?;
    Ok(Status::Clean)
}
