//! hegao (核稿) proofreads Chinese official work reports: set expressions against a dated dictionary, section numbers, blanks still
//! to fill. The modules in reading order are the arrows of the design: each uses only those above it.

mod embedded;
mod nearest;
pub mod span;
pub mod text;
pub mod finding;
pub mod input;
pub mod document;
pub mod ooxml;
pub mod reader;
pub mod date;
pub mod numeral;
pub mod matcher;
pub mod dictionary;
pub mod segment;
pub mod collocation;
pub mod mention;
pub mod outline;
pub mod placeholder;
pub mod as_of;
pub mod copies;
pub mod rules;
pub mod suppress;
pub mod config;
pub mod checker;
pub mod across;
pub mod revision;
pub mod fix;
pub mod batch;
pub mod output;
pub mod form;
pub mod fill;
pub mod cli;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

pub use checker::{Checker, Report};
pub use date::Date;
pub use dictionary::Dictionary;
pub use document::Document;
pub use finding::{Finding, Severity};
pub use span::Span;
