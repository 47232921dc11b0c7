//! planpress publishes strategic plans: one TOML file per plan in, an accessible static site out.
//!
//! The modules are rooms in a row, in the order in which a plan walks through them:
//!
//! ```text
//! files ─▶ source ─▶ plan ─▶ site ─▶ render ─▶ audit ─▶ publish ─▶ public/
//!               └──▶ theme ────────────┘
//! build: opens the rooms in that order
//! ```
//!
//! A room imports only rooms before it in this list; `diagnostic` may be imported from anywhere.

pub mod audit;
pub mod build;
pub mod cli;
pub mod diagnostic;
pub mod plan;
pub mod publish;
pub mod render;
pub mod scaffold;
pub mod site;
pub mod source;
pub mod theme;
