//! Attributes that a quote in their own value ended.
//!
//! In: a page. Out: where the rest of a value was read as more attributes, which a template never
//! means. It comes of finished HTML in an attribute: the only quotes in it are the double ones of its
//! tags, and behind the first of them stands a value at once, with neither white space nor a slash
//! before it. So whoever writes a plan with a link in it could add attributes, and scripts, of their
//! own; and no such value ends an attribute unseen. Attributes that only lack the white space between
//! them are read as they are meant, and are no matter.
//!
//! What stands in `<![CDATA[` in SVG and MathML is read as markup.

use html5gum::{DefaultEmitter, Error, StartTag, State, Token, Tokenizer};

use super::outline::Fault;

/// An attribute that ended too early.
#[derive(Debug, PartialEq)]
pub struct Broken {
    element: String,
    /// Its name, where what is left of its value tells which of them it is.
    attribute: Option<String>,
}

/// True for what the tokenizer says of such an attribute (HTML, 13.2.2). It says the same of signs
/// in scripts, where it was not told what a script is.
pub fn may_tell(error: Error) -> bool {
    matches!(
        error,
        Error::MissingWhitespaceBetweenAttributes | Error::UnexpectedCharacterInAttributeName
    )
}

/// Finds them, each once. It passes over scripts and the like, in which nothing is a tag.
pub fn find(page: &[u8]) -> Vec<Broken> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut found = Vec::new();
    let mut said = Vec::new();
    let mut tokenizer = Tokenizer::new_with_emitter(page, emitter);
    while let Some(token) = tokenizer.next() {
        match token {
            // What is said of a tag comes before it.
            Ok(Token::Error(error)) => said.push(error.value),
            Ok(Token::StartTag(tag)) => {
                if tag.self_closing {
                    // In SVG nothing is in `<title/>`.
                    tokenizer.set_state(State::Data);
                }
                let broken = Broken::of(&tag, &said);
                found.extend(broken.filter(|broken| !found.contains(broken)));
                said.clear();
            }
            _ => said.clear(),
        }
    }
    found
}

impl Broken {
    /// The one in a tag of which this was said.
    fn of(tag: &StartTag<()>, said: &[Error]) -> Option<Self> {
        if !said.iter().copied().any(may_tell) {
            return None;
        }
        let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        // What is left of finished HTML ends within a tag: "See <a href=".
        let ends_in_a_tag = |value: &[u8]| value.contains(&b'<') && value.ends_with(b"=");
        let mut attributes = tag.attributes.iter();
        let broken = attributes.find(|(_, value)| ends_in_a_tag(value));
        // Of two attributes with one name the tokenizer keeps the first alone.
        let names_say = |error: &Error| {
            matches!(
                error,
                Error::UnexpectedCharacterInAttributeName | Error::DuplicateAttribute
            )
        };
        (broken.is_some() || said.iter().any(names_say)).then(|| Self {
            element: words(&tag.name),
            attribute: broken.map(|(name, _)| words(name)),
        })
    }

    /// What is said of it.
    pub fn fault(&self) -> Fault {
        let (attribute, help) = match &self.attribute {
            Some(name) => (
                format!("the attribute {name}"),
                "Finished HTML belongs between tags, not into an attribute: print a path of the type text there.",
            ),
            None => (
                "an attribute".to_owned(),
                "Write a quote in a value as &quot;. Finished HTML belongs between tags, not into an attribute.",
            ),
        };
        let what = format!(
            "{attribute} of <{}> is ended by a quote in its own value",
            self.element
        );
        ("broken-attribute", what, help)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<String> {
        let found = find(page.as_bytes());
        found.iter().map(|broken| broken.fault().1).collect()
    }

    #[test]
    fn an_attribute_that_finished_html_ended_is_told_by_its_name() {
        for html in [
            r#"See <a href="https://example.org/">the report</a>."#,
            r#"<a href="">x</a>"#,
            r#"<a href="https://example.org/?q=">x</a>"#,
            r#"<p>A</p><div class="scroll" tabindex="0"></div>"#,
            r#"<img src="a.png" alt="A" title=" onload=x "><a href="x">y</a>"#,
        ] {
            let page = format!(r#"<meta name="description" content="{html}"><p>x</p>"#);
            let said = "the attribute content of <meta> is ended by a quote in its own value";
            assert_eq!(found(&page), [said], "{html}");
            assert_eq!(found(&page.repeat(2)), [said], "each is told once");
        }
    }

    #[test]
    fn any_other_quote_in_a_value_is_told_by_its_element() {
        for tag in [
            r#"<p title="She said "yes"">"#,
            r#"<p title="5 " wide">"#,
            "<p title='the association's'>",
            r#"<p title="{"@context":"https://schema.org"}">"#,
            r#"<p title=""a">"#,
            r#"<p title=a title="See <a href="https://example.org/?q=">the report</a>">"#,
            r#"<svg><title/><style/></svg><p title="a"b">"#,
        ] {
            let said = "an attribute of <p> is ended by a quote in its own value";
            assert_eq!(found(tag), [said], "{tag}");
        }
    }

    #[test]
    fn whole_attributes_and_what_is_no_tag_are_no_matter() {
        for page in [
            r#"<p title='<a href="x">y</a>' class="a">"#,
            r#"<p class="a"id="b"hidden title='x'lang=en data-a="<"b="=">"#,
            r#"<p title="&quot;"/><p title="it's"><p a=1 a=2><p / b>"#,
            r#"<script>if (i <n && a == "x"+b) c('"');</script>"#,
            r#"<style>a <b "c"d {}</style><title>a <b "c"d></title>"#,
            r#"<!-- <p a="b"c> --><p>1 "a"b</p>"#,
            r#"</p a="b"c><p>x</p><p a="b"c"#,
        ] {
            assert_eq!(found(page), [""; 0], "{page}");
        }
    }
}
