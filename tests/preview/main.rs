//! The preview as a browser meets it, and as those meet it who mean no good.

mod attacks;
mod busy;
mod edits;
mod served;
