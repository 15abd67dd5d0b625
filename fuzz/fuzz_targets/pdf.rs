//! PDF: whole files, or, where the input does not begin with `%`, one page by its content, its font, the table of that font's characters and its resources.
#![no_main]

use hegao_fuzz::{open, parts, run};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: hegao_fuzz::init(), |data: &[u8]| {
    run(|| {
        if data.starts_with(b"%") {
            open("a.pdf", data);
        } else {
            open("a.pdf", &page(parts(data)));
        }
    });
});

fn page([content, font, characters, resources]: [&[u8]; 4]) -> Vec<u8> {
    let font = [b"<< /Type /Font ", font, b" /ToUnicode 6 0 R >>"].concat();
    let resources = [b"<< /Font << /F1 5 0 R >> ", resources, b" >>"].concat();
    let objects: [Vec<u8>; 7] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".into(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".into(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 7 0 R >>".into(),
        stream(content),
        font,
        stream(characters),
        resources,
    ];
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", file.len());
        file.extend([format!("{number} 0 obj\n").as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = file.len();
    file.extend(format!("{table}trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).bytes());
    file
}

fn stream(data: &[u8]) -> Vec<u8> {
    [format!("<< /Length {} >>\nstream\n", data.len()).as_bytes(), data, b"\nendstream"].concat()
}
