//! What each fuzz target does with its bytes; shared with `tests/fuzz_corpus.rs`, which does the
//! same to the committed corpus on a stable compiler.

use planpress::diagnostic::SourceText;
use planpress::plan;
use planpress::plan::text::{Kind, parse, target};

/// Reads the bytes as both kinds of text, and makes everything of them that can be made.
pub fn text(bytes: &[u8]) {
    let source = String::from_utf8_lossy(bytes);
    let _ = target(&source);
    for kind in [Kind::Sentence, Kind::Body] {
        let (text, faults) = parse(&*source, kind);
        for fault in &faults {
            assert!(source.get(fault.span.clone()).is_some(), "{fault:?}");
        }
        let mut links = text.links().iter();
        let html = text.html(
            &mut |link| {
                assert_eq!(Some(link), links.next());
                assert!(source.get(link.span.clone()).is_some(), "{link:?}");
                "x".to_owned()
            },
            2,
        );
        assert_eq!(links.next(), None);
        // Everything in angle brackets is this program's own.
        for tag in html.split('<').skip(1) {
            let name = tag.trim_start_matches('/');
            assert!(name.starts_with(|c: char| c.is_ascii_lowercase()) && tag.contains('>'));
            assert!(!name.starts_with("script"), "{html}");
        }
        let _ = text.plain();
    }
}

/// Reads the bytes as a plan.
pub fn plan_reader(bytes: &[u8]) {
    let source = SourceText::new("content/plan.toml", String::from_utf8_lossy(bytes));
    let _ = plan::read(&source);
}
