//! hegao (核稿) proofreads Chinese official work reports: set expressions against a dated dictionary, section numbers, blanks still
//! to fill. The modules in reading order are the arrows of the design: each uses only those above it.

pub mod span;
pub mod text;
pub mod finding;
pub mod input;
pub mod document;
pub mod ooxml;
pub mod reader;

pub use document::Document;
pub use finding::{Finding, Severity};
pub use span::Span;
