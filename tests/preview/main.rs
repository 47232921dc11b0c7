//! The preview as a browser meets it, and as those meet it who mean no good.

mod attacks;
mod beginning;
mod busy;
#[path = "../tracker/editors.rs"]
mod editors;
mod edits;
mod pages;
mod saves;
mod served;
