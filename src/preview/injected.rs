//! The one element that a previewed page has and a published one has not.

/// Puts the preview's script into a page, at the end of its body. Without this element the page
/// is what would be published, to the byte.
pub fn inject(page: &[u8], page_digest: &str, content_digest: &str) -> Vec<u8> {
    const END: &[u8] = b"</body>";
    let element = format!(
        r#"<script src="/__planpress/preview.js" defer data-page="{page_digest}" data-content="{content_digest}"></script>"#
    );
    let at = page
        .windows(END.len())
        .rposition(|window| window.eq_ignore_ascii_case(END))
        .unwrap_or(page.len());
    let mut injected = Vec::with_capacity(page.len() + element.len());
    injected.extend_from_slice(&page[..at]);
    injected.extend_from_slice(element.as_bytes());
    injected.extend_from_slice(&page[at..]);
    injected
}

#[cfg(test)]
mod tests {
    use super::inject;

    #[test]
    fn the_element_stands_last_in_the_body_and_is_all_that_is_added() {
        let page = b"<p>&lt;/body> <!-- </body> --></BODY></html>";
        let injected = String::from_utf8(inject(page, "a", "b")).expect("it is text");
        let (before, rest) = injected.split_once("<script").expect("it is there");
        let (element, after) = rest.split_once("</script>").expect("it ends");
        assert_eq!(format!("{before}{after}").as_bytes(), page);
        assert_eq!(after, "</BODY></html>");
        assert!(element.contains(r#"data-page="a""#), "{element}");
    }

    #[test]
    fn a_page_without_a_body_gets_it_at_its_end() {
        assert!(inject(b"<p>Words", "a", "b").ends_with(b"</script>"));
    }
}
