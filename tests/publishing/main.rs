//! The room that writes, against real folders: what it refuses, what it publishes, what it
//! leaves alone, and what a kill at any moment leaves behind.

mod accidents;
mod folders;
mod foreign;
mod keeping;
mod kills;
mod lists;
mod new_files;
mod refusals;
mod site;
mod trees;
