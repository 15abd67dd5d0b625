//! `hegao init`

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};

use anyhow::{Context as _, bail};

use super::Status;
use super::args::InitArgs;
use crate::config::{FILE_NAME, TEMPLATE};

/// Writes the commented template; a file that is there already stays as it is.
pub(super) fn run(args: &InitArgs) -> anyhow::Result<Status> {
    let path = args.folder.join(FILE_NAME);
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            bail!("{}：已经有配置，没有改动；要重新开始，请先把它改名", path.display())
        }
        Err(error) => return Err(error).with_context(|| format!("{}：无法写入", path.display())),
    };
    file.write_all(TEMPLATE.as_bytes()).with_context(|| format!("{}：无法写入", path.display()))?;
    writeln!(anstream::stdout(), "已写好 {}；按其中的注释修改，用 hegao check --show-config 查看生效的配置。", path.display())?;
    Ok(Status::Clean)
}
