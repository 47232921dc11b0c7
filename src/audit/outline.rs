//! What of a page's markup matters to a reader: its ids, links, headings, landmarks and names.

/// The page as its tags come by.
#[derive(Default)]
pub struct Outline {
    /// Every `id`, in order.
    pub ids: Vec<String>,
    /// Every address that the page names, in order.
    pub references: Vec<String>,
    /// The levels of the headings.
    headings: Vec<u8>,
    headings_in_main: Vec<u8>,
    language: bool,
    mains: usize,
    in_main: bool,
    /// The element whose text is being collected, and the text.
    collecting: Option<(String, String)>,
    title: Option<String>,
    empty_headings: usize,
    empty_links: Vec<String>,
    nameless_images: Vec<String>,
    unnamed_navigation: usize,
    link: Option<(String, bool)>,
}

/// A finding: its name, what is wrong, what to do.
pub type Fault = (&'static str, String, &'static str);

impl Outline {
    /// An element begins.
    pub fn open(&mut self, name: &str, attribute: &dyn Fn(&str) -> Option<String>) {
        self.ids.extend(attribute("id"));
        match name {
            "html" => self.language = attribute("lang").is_some_and(|lang| !lang.trim().is_empty()),
            "main" => {
                self.mains += 1;
                self.in_main = true;
            }
            "nav"
                if attribute("aria-label")
                    .or_else(|| attribute("aria-labelledby"))
                    .is_none() =>
            {
                self.unnamed_navigation += 1
            }
            "title" if self.title.is_none() => {
                self.collecting = Some((name.to_owned(), String::new()))
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = name.as_bytes()[1] - b'0';
                self.headings.push(level);
                if self.in_main {
                    self.headings_in_main.push(level);
                }
                self.collecting = Some((name.to_owned(), String::new()));
            }
            "a" => {
                if let Some(href) = attribute("href") {
                    self.link = Some((
                        href.clone(),
                        attribute("aria-label").is_some_and(|label| !label.trim().is_empty()),
                    ));
                    self.references.push(href);
                }
            }
            "img" => {
                let words = attribute("alt");
                if words.is_none() {
                    self.nameless_images
                        .push(attribute("src").unwrap_or_default());
                }
                if let (Some((_, named)), Some(words)) = (&mut self.link, words) {
                    *named |= !words.trim().is_empty();
                }
                self.references.extend(attribute("src"));
                self.references.extend(of_set(attribute("srcset")));
            }
            "link" if attribute("rel").is_none_or(|rel| rel != "canonical") => {
                self.references.extend(attribute("href"))
            }
            "script" | "source" | "video" | "audio" | "iframe" => {
                self.references.extend(attribute("src"));
                self.references.extend(of_set(attribute("srcset")));
                self.references.extend(attribute("poster"));
            }
            _ => {}
        }
    }

    /// An element ends.
    pub fn close(&mut self, name: &str) {
        match name {
            "main" => self.in_main = false,
            "a" => {
                if let Some((href, false)) = self.link.take() {
                    self.empty_links.push(href);
                }
            }
            _ => {}
        }
        if let Some((_, words)) = self.collecting.take_if(|(open, _)| open == name) {
            if name == "title" {
                self.title = Some(words);
            } else if words.trim().is_empty() {
                self.empty_headings += 1;
            }
        }
    }

    /// Characters between tags.
    pub fn text(&mut self, text: &str) {
        if let Some((_, words)) = &mut self.collecting {
            words.push_str(text);
        }
        if let Some((_, named)) = &mut self.link {
            *named |= !text.trim().is_empty();
        }
    }

    /// What a reader would miss.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults: Vec<Fault> = Vec::new();
        if !self.language {
            faults.push((
                "page-language",
                "the html element names no language".to_owned(),
                "Write <html lang=\"{{ page.language }}\"> (WCAG 3.1.1).",
            ));
        }
        if self
            .title
            .as_ref()
            .is_none_or(|title| title.trim().is_empty())
        {
            faults.push((
                "page-title",
                "the page has no title".to_owned(),
                "Write <title>{{ page.title }}</title> in the head (WCAG 2.4.2).",
            ));
        }
        if self.mains != 1 {
            faults.push((
                "landmarks",
                format!("the page has {} main elements", self.mains),
                "Put what is peculiar to the page into one <main> (WCAG 2.4.1).",
            ));
        }
        if self.unnamed_navigation > 0 {
            faults.push((
                "landmarks",
                "a nav element has no name".to_owned(),
                "Name it with aria-labelledby or aria-label (WCAG 2.4.1).",
            ));
        }
        self.heading_faults(&mut faults);
        for href in &self.empty_links {
            faults.push((
                "empty-link",
                format!("the link to \"{href}\" has no words"),
                "Say in the link where it leads (WCAG 2.4.4).",
            ));
        }
        for image in &self.nameless_images {
            faults.push((
                "image-without-words",
                format!("the image \"{image}\" has no alternative text"),
                "Write alt=\"...\", or alt=\"\" for mere decoration (WCAG 1.1.1).",
            ));
        }
        faults
    }

    fn heading_faults(&self, faults: &mut Vec<Fault>) {
        let tops = self.headings.iter().filter(|level| **level == 1).count();
        let first = self.headings_in_main.first();
        if tops != 1 || first.is_some_and(|level| *level != 1) {
            faults.push((
                "headings",
                format!("the page has {tops} h1 elements"),
                "Write one h1, as the first heading of main (WCAG 2.4.6).",
            ));
        }
        if let Some(skip) = self.headings.windows(2).find(|pair| pair[1] > pair[0] + 1) {
            faults.push((
                "headings",
                format!("after an h{} comes an h{}", skip[0], skip[1]),
                "Skip no level: screen readers read the headings as an outline (WCAG 1.3.1).",
            ));
        }
        if self.empty_headings > 0 {
            faults.push((
                "headings",
                "a heading has no words".to_owned(),
                "Leave it out where there is nothing to head (WCAG 2.4.6).",
            ));
        }
    }
}

/// The addresses of a `srcset`: each stands before a width or a density, or alone.
fn of_set(set: Option<String>) -> Vec<String> {
    let set = set.unwrap_or_default();
    set.split_whitespace()
        .filter(|word| !is_descriptor(word))
        .map(|word| word.trim_matches(',').to_owned())
        .filter(|address| !address.is_empty())
        .collect()
}

/// `480w` or `2x` (HTML Standard, image candidate strings).
fn is_descriptor(word: &str) -> bool {
    let word = word.trim_end_matches(',');
    let number = word.strip_suffix(['w', 'x', 'h']);
    number.is_some_and(|number| number.parse::<f64>().is_ok())
}
