//! OFD (GB/T 33190): `OFD.xml` names the documents, those name their pages, and a page holds text objects with their places.
//!
//! Elements are told by their local names, since programs disagree about the namespace. Text objects stand in reading order in the files
//! that office programs write, so the order of the file is kept, and lines and paragraphs come from the places.

use super::Builder;
use super::layout::{self, Line};
use crate::document::{Document, Format};
use crate::input::ReadError;
use crate::ooxml::xml::{Element, Event, Xml};
use crate::ooxml::{Package, resolve};

/// Reads an opened OFD package.
///
/// # Errors
/// [`ReadError::Corrupt`] where a page it names is missing or damaged, [`ReadError::NoTextLayer`] where no page holds text.
pub fn read(name: &str, package: &Package) -> Result<Document, ReadError> {
    let (mut pages, mut width) = (Vec::new(), None);
    for root in texts_of(package, "OFD.xml", "DocRoot")? {
        let document = resolve("", &root);
        let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
        for place in page_places(package, &document, &mut width)? {
            let page = resolve(folder, &place);
            let source = part(package, &page)?;
            pages.push(layout::lines(pieces(Xml::new(&source, &page, package.limits())?, &mut width)?));
        }
    }
    if pages.iter().all(Vec::is_empty) {
        return Err(ReadError::NoTextLayer);
    }
    let mut builder = Builder::default();
    layout::write(&pages, width, &mut builder);
    Ok(builder.finish(name, Format::Ofd))
}

fn part(package: &Package, name: &str) -> Result<Vec<u8>, ReadError> {
    package.part(name)?.ok_or_else(|| ReadError::corrupt(format!("缺少部件 {name}")))
}

/// The texts of all elements of that name in a part.
fn texts_of(package: &Package, name: &str, local: &str) -> Result<Vec<String>, ReadError> {
    let source = part(package, name)?;
    let mut xml = Xml::new(&source, name, package.limits())?;
    let mut texts = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local() == local => {
                if let Event::Text(text) = xml.next()? {
                    texts.push(text.trim().to_owned());
                }
            }
            Event::Eof => return Ok(texts),
            _ => {}
        }
    }
}

/// Where a document keeps its pages, in order. Notes how wide a page is where nothing else is said.
fn page_places(package: &Package, document: &str, width: &mut Option<f32>) -> Result<Vec<String>, ReadError> {
    let source = part(package, document)?;
    let mut xml = Xml::new(&source, document, package.limits())?;
    let mut places = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local() == "PhysicalBox" => *width = box_width(&mut xml)?.or(*width),
            Event::Start(element) if element.local() == "Page" => places.extend(element.attribute("BaseLoc").map(String::from)),
            Event::Eof => return Ok(places),
            _ => {}
        }
    }
}

/// The width in a box that has just been opened: left, top, width, height.
fn box_width(xml: &mut Xml) -> Result<Option<f32>, ReadError> {
    let Event::Text(text) = xml.next()? else { return Ok(None) };
    Ok(text.split_ascii_whitespace().nth(2).and_then(|width| width.parse().ok()))
}

/// The pieces of text of a page with their places, in the order of the file. Notes how wide the page is, if it says so.
fn pieces(mut xml: Xml, width: &mut Option<f32>) -> Result<Vec<Line>, ReadError> {
    let mut pieces = Vec::new();
    loop {
        match xml.next()? {
            Event::Start(element) if element.local() == "TextObject" => {
                let boundary = numbers(&element, "Boundary");
                // Written small by one program.
                let size = ["Size", "size"].into_iter().find_map(|name| numbers(&element, name).first().copied()).unwrap_or(1.0);
                if let [x, y, ..] = boundary[..] {
                    text_object(&mut xml, (x, y), size, &mut pieces)?;
                }
            }
            Event::Start(element) if element.local() == "PhysicalBox" => *width = box_width(&mut xml)?.or(*width),
            Event::Eof => return Ok(pieces),
            _ => {}
        }
    }
}

/// Reads a text object to its end: each `TextCode` in it is a piece, placed by its own X and Y or those of the one before.
fn text_object(xml: &mut Xml, corner: (f32, f32), size: f32, pieces: &mut Vec<Line>) -> Result<(), ReadError> {
    let (mut x, mut y) = (0.0, 0.0);
    let mut depth = 1_usize;
    let mut code: Option<Line> = None;
    while depth > 0 {
        match xml.next()? {
            Event::Start(element) => {
                depth += 1;
                if element.local() == "TextCode" {
                    x = numbers(&element, "X").first().copied().unwrap_or(x);
                    y = numbers(&element, "Y").first().copied().unwrap_or(y);
                    let left = corner.0 + x;
                    let width = width(&element.attribute("DeltaX").unwrap_or_default());
                    code = Some(Line { left, right: left + width + size, base: corner.1 + y, size, ..Line::default() });
                }
            }
            Event::End => {
                depth -= 1;
                if let Some(done) = code.take_if(|_| depth == 1).filter(|code| !code.text.is_empty()) {
                    pieces.push(done);
                }
            }
            Event::Text(text) | Event::CData(text) => {
                if let Some(code) = &mut code {
                    code.text.extend(text.chars().filter(|c| *c >= ' '));
                }
            }
            Event::Reference(c) => {
                if let Some(code) = code.as_mut().filter(|_| c >= ' ') {
                    code.text.push(c);
                }
            }
            Event::Eof => break,
        }
    }
    Ok(())
}

fn numbers(element: &Element, name: &str) -> Vec<f32> {
    let value = element.attribute(name).unwrap_or_default();
    value.split_ascii_whitespace().filter_map(|number| number.parse().ok()).collect()
}

/// The sum of a `DeltaX`: distances between characters, with `g n d` for `n` times `d`.
fn width(deltas: &str) -> f32 {
    let mut sum = 0.0;
    let mut words = deltas.split_ascii_whitespace();
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|word| word.parse::<f32>().ok()).unwrap_or(0.0);
        sum += match word {
            "g" => number() * number(),
            _ => word.parse().unwrap_or(0.0),
        };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::width;

    #[test]
    fn repeated_distances_are_written_short() {
        assert!((width("5.5 g 3 2.0 1") - 12.5).abs() < 1e-5);
        assert!(width("g").abs() < 1e-5);
    }
}
