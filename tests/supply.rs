//! What the program is built from: licences that may be carried, one source, no crate that needs a newer compiler than we promise, and a build that
//! reads this package alone.

#![allow(clippy::print_stderr, clippy::unwrap_used, reason = "a test that skips says so, and fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// All crates of the project as Cargo resolves them, without asking any network; `None` where those of other systems are not at hand.
fn packages() -> Option<Vec<Value>> {
    let target = Command::new("rustc").args(["-vV"]).output().ok()?;
    let target = String::from_utf8(target.stdout).ok()?;
    let target = target.lines().find_map(|line| line.strip_prefix("host: "))?;
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", target])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .ok()?;
    if !output.status.success() {
        eprintln!("skipped: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    let all: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = all["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 100, "{}", packages.len());
    Some(packages)
}

fn named(package: &Value) -> String {
    format!("{} {}", package["name"].as_str().unwrap(), package["version"].as_str().unwrap())
}

/// Whether one of the licences a crate offers is allowed, in each part that has its own.
fn may_be_carried(expression: &str, allowed: &[&str]) -> bool {
    let expression = expression.replace('/', " OR ");
    expression.split(" AND ").all(|part| part.trim_matches(['(', ')']).split(" OR ").any(|licence| allowed.contains(&licence.trim())))
}

#[test]
fn every_crate_has_a_licence_of_deny_toml_and_comes_from_one_registry() {
    let deny = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml")).unwrap();
    let deny: toml::Table = toml::from_str(&deny).unwrap();
    let allowed: Vec<&str> = deny["licenses"]["allow"].as_array().unwrap().iter().map(|licence| licence.as_str().unwrap()).collect();
    for package in packages().into_iter().flatten() {
        let licence = package["license"].as_str().unwrap_or_default();
        assert!(may_be_carried(licence, &allowed), "{}: {licence}", named(&package));
        let source = package["source"].as_str();
        assert!(
            source.is_none_or(|source| source.starts_with("registry+")) && (source.is_some() || package["name"] == "hegao"),
            "{source:?}"
        );
    }
}

#[test]
fn no_crate_needs_a_newer_compiler_than_is_promised() {
    let version = |text: &str| text.split('.').map(|part| part.parse().unwrap()).chain([0, 0]).take(3).collect::<Vec<u32>>();
    let promised = version(env!("CARGO_PKG_RUST_VERSION"));
    for package in packages().into_iter().flatten() {
        let needed = package["rust_version"].as_str().map(version);
        assert!(needed.is_none_or(|needed| needed <= promised), "{} needs {}", named(&package), package["rust_version"]);
    }
}

#[test]
fn the_build_script_reaches_out_nowhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let modules = fs::read_dir(root.join("build")).unwrap().map(|entry| entry.unwrap().path());
    for path in modules.chain([root.join("build.rs")]) {
        let source = fs::read_to_string(&path).unwrap();
        for word in ["std::net", "process::Command", "Command::new", "unsafe", "extern \""] {
            assert!(!source.contains(word), "{}: {word}", path.display());
        }
        // Nothing but what Cargo tells it decides what is built.
        let asked = source.split("env::var").skip(1).filter_map(|rest| rest.split('"').nth(1));
        asked.for_each(|name| assert!(["OUT_DIR", "CARGO_MANIFEST_DIR"].contains(&name), "{}: {name}", path.display()));
    }
}
