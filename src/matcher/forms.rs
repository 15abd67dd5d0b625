//! Which forms of a record become patterns; shared by the build script and the run time.

use super::compile::Builder;
use super::index::{Role, edits_for};

/// The forms of one record.
#[derive(Debug, Clone, Copy)]
pub struct Forms<'a, S> {
    /// The canonical form.
    pub text: &'a str,
    /// The long form.
    pub full: Option<&'a str>,
    /// The items of its enumeration.
    pub members: &'a [S],
    /// Further right forms.
    pub also: &'a [S],
    /// Known wrong forms.
    pub wrong: &'a [S],
    /// Whether slips near the canonical forms are looked for.
    pub near: bool,
    /// Whether the canonical form is an ordinary word (自己, 部分), known only for its misspellings: it is no set expression and shields nothing.
    pub ordinary: bool,
}

impl<S: AsRef<str>> Forms<'_, S> {
    /// Adds the patterns of record `number`.
    pub fn add_to(&self, builder: &mut Builder<'_>, number: u32) {
        let edits = |text: &str| if self.near { edits_for(text.chars().filter(|&c| !super::index::is_ignored(c)).count()) } else { 0 };
        if !self.ordinary {
            builder.add(self.text, number, Role::Canonical, 0, edits(self.text));
        }
        if let Some(full) = self.full {
            builder.add(full, number, Role::Full, 0, edits(full));
        }
        for (role, forms) in [(Role::Also, self.also), (Role::Wrong, self.wrong), (Role::Member, self.members)] {
            for (form, text) in forms.iter().enumerate() {
                let text = text.as_ref();
                let is_near = match role {
                    Role::Member => true,
                    // A further form may be no more than the surroundings in which a wrong one is right; without its pauses it is the phrase.
                    Role::Also => without_pauses(text).eq(without_pauses(self.text)),
                    _ => false,
                };
                builder.add(text, number, role, form, if is_near { edits(text) } else { 0 });
            }
        }
    }
}

fn without_pauses(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| !matches!(c, '、' | '，') && !super::index::is_ignored(c))
}
