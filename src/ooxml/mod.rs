//! The .docx package: its parts, its text with numbering as Word shows it, and where every piece of that text stands in the XML.
//!
//! ```text
//! bytes ─Package→ parts ─Styles, Numbering, story→ Document + Pieces
//! ```
//! Reading, annotating and fixing share this one piece of knowledge. [`Pieces`] maps bytes of the document's text to bytes of a part,
//! so that an edit can be an insertion into the part as it is, and everything else in the package stays byte for byte the same.
//! [`Package`] and the XML cursor serve the other zipped XML formats (.odt, .ofd) too.

mod annotate;
mod comments;
mod compose;
pub(crate) mod counting;
mod document;
pub(crate) mod field;
pub(crate) mod numbering;
mod package;
mod patch;
mod pieces;
mod remarks;
mod repack;
mod revise;
mod seam;
mod story;
mod styles;
pub(crate) mod symbol;
mod weave;
mod withdraw;
pub(crate) mod xml;

pub use annotate::{Annotated, MOST_COMMENTS, annotate};
pub use comments::{Comment, Line, Tone};
pub use compose::{Look, compose};
pub use document::read_document;
pub(crate) use document::resolve;
pub use package::{Entry, Package};
pub use pieces::{Form, Piece, Pieces, Run, Twin};
pub use revise::revise;
pub(crate) use styles::heading_level;
pub use weave::Stamp;
pub use withdraw::withdraw;
