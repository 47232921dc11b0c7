//! How far a long build has come, in one line that is overwritten and goes in the end. Only people
//! at a terminal see it; a pipe, a file or a run in CI gets none of it.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::build::{Progress, Step};
use crate::diagnostic::counted;

/// A build that is done sooner needs no line.
const PATIENCE: Duration = Duration::from_secs(1);
/// From one look to the next.
const PAUSE: Duration = Duration::from_millis(100);

/// The line. It is there until this is dropped.
pub(super) struct Line {
    /// Nothing is sent: that it goes away is the message.
    going: Option<Sender<()>>,
    writer: Option<JoinHandle<()>>,
}

impl Line {
    /// A line on standard error, where somebody may be looking.
    pub(super) fn on_terminal(progress: &Arc<Progress>) -> Option<Self> {
        let in_ci = std::env::var_os("CI").is_some_and(|value| !value.is_empty());
        let watched = io::stderr().is_terminal() && !in_ci;
        watched.then(|| Self::write(progress.clone(), io::stderr(), PATIENCE))
    }

    fn write(
        progress: Arc<Progress>,
        mut to: impl Write + Send + 'static,
        patience: Duration,
    ) -> Self {
        let (going, gone) = mpsc::channel::<()>();
        let writer = thread::spawn(move || {
            let mut pause = patience;
            let mut width = 0;
            while gone.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                pause = PAUSE;
                let line = words(progress.step());
                // Where it cannot be shown there is nobody to miss it.
                let _ = write!(to, "\r{line:width$}").and_then(|()| to.flush());
                width = line.chars().count();
            }
            if width > 0 {
                let _ = write!(to, "\r{:width$}\r", "").and_then(|()| to.flush());
            }
        });
        Self {
            going: Some(going),
            writer: Some(writer),
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.going.take();
        if let Some(writer) = self.writer.take() {
            // What is said next must not stand in the line.
            let _ = writer.join();
        }
    }
}

fn words(step: Step) -> String {
    match step {
        Step::Beginning => "Looking through the site".to_owned(),
        Step::Plans { done, all } => format!("{done} of {}", counted(all, "plan")),
        Step::Waiting { done, all } => {
            format!("{done} of {} that had to wait", counted(all, "page"))
        }
        Step::Lists => "Home page and lists".to_owned(),
        Step::Publishing => "Publishing".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl Page {
        fn text(&self) -> String {
            let bytes = self.0.lock().expect("nobody panics").clone();
            String::from_utf8(bytes).expect("it is text")
        }
    }

    impl Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("nobody panics").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_line_says_how_far_it_is_and_goes_without_a_trace() {
        let page = Page::default();
        let line = Line::write(Arc::default(), page.clone(), Duration::ZERO);
        while page.text().is_empty() {
            thread::yield_now();
        }
        drop(line);
        let text = page.text();
        let shown = "\rLooking through the site";
        assert!(text.starts_with(shown), "{text:?}");
        let blank = format!("\r{}\r", " ".repeat(shown.len() - 1));
        assert!(text.ends_with(&blank), "{text:?}");
    }

    #[test]
    fn a_build_that_is_done_soon_shows_no_line() {
        let page = Page::default();
        drop(Line::write(Arc::default(), page.clone(), PATIENCE * 100));
        assert_eq!(page.text(), "");
    }
}
