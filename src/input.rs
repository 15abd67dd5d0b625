//! What stands between bytes and a [`Document`](crate::Document): the limits a file must keep to, and why one could not be read.
//!
//! Drafts come from anywhere, so every reader works inside [`Limits`]; whatever goes wrong is one [`ReadError`] whose message tells
//! the writer what was expected and what to do. The caller puts the file's name in front.

/// How much one file may cost. The defaults leave room for any real report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: usize,
    /// Largest size of a packed file (.docx, .odt, .ofd) when unpacked, all its parts together, in bytes.
    pub expanded_bytes: usize,
    /// How many times its packed size a part may grow; parts below [`Limits::RATIO_FLOOR`] are exempt.
    pub ratio: usize,
    /// Deepest nesting of XML elements.
    pub xml_depth: usize,
}

impl Limits {
    /// Parts smaller than this, in bytes, may have any ratio: a short part of repetitive XML packs very well and harms nobody.
    pub const RATIO_FLOOR: usize = 16 << 20;
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 128 << 20, expanded_bytes: 256 << 20, ratio: 250, xml_depth: 256 }
    }
}

/// Why a file did not become a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// Protected by a password.
    #[error("文件设有打开密码，无法读取；请用密码打开后取消密码，另存一份再检查")]
    Encrypted,
    /// Ends before it should.
    #[error("文件不完整（{what}）；请重新复制或下载，用 Word 或 WPS 能打开时另存为 .docx 再检查")]
    Truncated {
        /// What is missing, in Chinese.
        what: String,
    },
    /// Not what its format demands.
    #[error("文件已损坏（{what}）；请用 Word 或 WPS 打开后另存为 .docx 再检查")]
    Corrupt {
        /// What is wrong, in Chinese.
        what: String,
    },
    /// A format that is recognised and not read.
    #[error("暂不支持{format}；请{advice}再检查")]
    Unsupported {
        /// Its name, in Chinese.
        format: &'static str,
        /// What the writer can do, in Chinese.
        advice: &'static str,
    },
    /// Binary data under whatever name.
    #[error("不是文本，也不是认识的文档格式；应为 .docx、.doc、.pdf、.txt 等文稿，请核对文件是否选错")]
    NotText,
    /// Text in an encoding that is not read, or broken text in one that is.
    #[error("文字编码无法识别（{what}）；应为 UTF-8、UTF-16 或 GB18030（GBK），请用记事本或 WPS 打开后另存为 UTF-8 再检查")]
    Encoding {
        /// What was seen, in Chinese.
        what: String,
    },
    /// Beyond one of the [`Limits`].
    #[error("{what}超出上限 {limit}；请拆分文件或去掉其中的大图、附件后再检查")]
    TooLarge {
        /// Which limit, in Chinese.
        what: &'static str,
        /// The limit with its unit.
        limit: String,
    },
    /// No bytes, or a document without a word.
    #[error("没有文字，是空白文件或只有图片；请核对是否选错、是否复制完整，图片上的字请先做文字识别（OCR）")]
    Blank,
    /// Pages without characters, such as a scan.
    #[error("没有文字层，像是扫描件；请先做文字识别（OCR），或提供 Word 原稿")]
    NoTextLayer,
}

impl ReadError {
    pub(crate) fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt { what: what.into() }
    }

    pub(crate) fn truncated(what: impl Into<String>) -> Self {
        Self::Truncated { what: what.into() }
    }

    /// A limit in bytes that was passed; shown in megabytes.
    pub(crate) fn too_large(what: &'static str, bytes: usize) -> Self {
        let limit = if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{bytes} 字节") };
        Self::TooLarge { what, limit }
    }
}
