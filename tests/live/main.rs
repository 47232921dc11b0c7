//! A site that stays open while it is edited: whatever is done to it, and in whatever order, it
//! shows what a build from nothing would publish, and while something is broken, what last was
//! good.

mod addresses;
mod data;
mod edited;
mod kept;
mod last_good;
mod machines;
mod random;
mod recovery;
mod world;
