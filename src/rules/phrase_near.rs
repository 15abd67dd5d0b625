//! # 固定表述疑似笔误
//!
//! ## 查什么
//! 与词典中的固定表述只差一两个字的地方：同音字、近音字、形近字，多字、漏字、叠字，前后字颠倒。
//!
//! ## 为什么
//! 拼音和五笔输入容易选错字，校对时又容易看漏；固定表述错一个字就不规范。
//!
//! ## 错例
//! 深入学习贯彻习近平新世代中国特色社会主义思想。
//!
//! ## 正例
//! 深入学习贯彻习近平新时代中国特色社会主义思想。
//!
//! ## 修改是否稳妥
//! 把握大的（同音字、叠字等，改后词语完整）可以直接改正；其余只作提醒。换成另一个通顺的词（如“推进高质量发展”）不报。
//!
//! ## 依据
//! 词典各条目的出处，见 `hegao dict show 词条`。

use crate::finding::{Applicability, Edit, Finding, Fix, Severity};
use crate::mention::Form;
use crate::mention::gate::{Slip, SlipKind};

use super::chars::{block_around, is_uncommon};
use super::{Context, Id, Meta, Rule};

/// Near forms that are slips.
pub(super) struct PhraseNear;

static META: Meta = Meta {
    ids: &[Id {
        name: "phrase/near-miss",
        title: "固定表述疑似笔误",
        severity: Severity::Error,
        fix: Some(Applicability::Safe),
        default: true,
    }],
    source: include_str!("phrase_near.rs"),
};

/// From this confidence on a slip is an error, and its repair is safe.
const CERTAIN: f32 = 0.8;

impl Rule for PhraseNear {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, cx: &Context<'_>, findings: &mut Vec<Finding>) {
        for mention in &cx.mentions.all {
            let Form::Slip(slip) = &mention.form else { continue };
            let certain = slip.confidence >= CERTAIN;
            let span = cx.span(mention.start, mention.end);
            let edits =
                slip.repairs.iter().map(|repair| Edit { span: cx.span_in(span, repair.from, repair.to), text: repair.text.clone() });
            let applicability = if certain { Applicability::Safe } else { Applicability::Unsafe };
            let fix = Fix { edits: edits.collect(), applicability };
            let proposal = fix.applied_to(cx.text(), span);
            let message = format!("“{}”疑为“{proposal}”：{}", span.of(cx.text()), reason(slip.kind));
            let mut finding = META.ids[0].at(span, slip.confidence, message);
            finding.severity = if certain { Severity::Error } else { Severity::Warning };
            // In a text of traditional characters they are no slips of the pen; one among simplified ones is.
            if is_in_old_script(cx, slip, mention.start) {
                finding.severity = Severity::Info;
                finding.message = format!("“{}”中有繁体字或生僻字，规范写法是“{proposal}”", span.of(cx.text()));
            }
            finding.fixes = vec![fix];
            finding.cite(&mention.phrase.text, &mention.phrase.source);
            findings.push(finding);
        }
    }
}

/// Whether a slip holds traditional characters and the rest of its paragraph does too: the text is old, or was read by a machine.
fn is_in_old_script(cx: &Context<'_>, slip: &Slip, at: usize) -> bool {
    /// So many beside the slip are no slips themselves.
    const OTHERS: usize = 3;
    let chars = cx.folded.chars();
    let uncommon = |chars: &[char]| chars.iter().filter(|&&c| is_uncommon(c)).count();
    let own: usize = slip.repairs.iter().map(|repair| uncommon(&chars[repair.from..repair.to])).sum();
    own > 0 && uncommon(block_around(chars, at, at)) >= own + OTHERS
}

const fn reason(kind: SlipKind) -> &'static str {
    match kind {
        SlipKind::Homophone => "同音字",
        SlipKind::NearSound => "近音字",
        SlipKind::Shape => "形近字",
        SlipKind::Swapped => "前后字颠倒",
        SlipKind::Doubled => "多打了一个相同的字",
        SlipKind::Missing => "漏字",
        SlipKind::Extra => "多字",
        SlipKind::Other => "错字",
    }
}
