//! Fields: an instruction, then the result that Word shows for it; they nest.

/// The open fields at some place of a text, innermost last.
#[derive(Debug, Default)]
pub(crate) struct Fields {
    open: Vec<Field>,
    /// How many of them are not in their result.
    unshown: usize,
}

/// Where inside a field the reading stands.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Field {
    Instruction,
    Result,
    /// A table of contents, instruction or result.
    Contents,
}

impl Fields {
    /// A field begins with its instruction.
    pub(crate) fn begin(&mut self) {
        self.open.push(Field::Instruction);
        self.unshown += 1;
    }

    /// The instruction is over, the result follows.
    pub(crate) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|field| **field == Field::Instruction) {
            *field = Field::Result;
            self.unshown -= 1;
        }
    }

    /// The innermost field ends.
    pub(crate) fn end(&mut self) {
        self.unshown -= usize::from(self.open.pop().is_some_and(|field| field != Field::Result));
    }

    /// The instruction of the innermost field, or a piece of it.
    pub(crate) fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| **field == Field::Instruction)
            && text.trim_ascii_start().starts_with("TOC")
        {
            *field = Field::Contents;
        }
    }

    /// Whether what stands here is the innermost field's instruction.
    pub(crate) fn in_instruction(&self) -> bool {
        self.open.last() == Some(&Field::Instruction)
    }

    /// Whether text here is not shown: inside a table of contents, or in a field that helps to compute another one's instruction. (In .docx an
    /// instruction has an element of its own, so text in the innermost one is text.)
    pub(crate) fn are_silent(&self) -> bool {
        self.unshown > usize::from(self.in_instruction())
    }
}
