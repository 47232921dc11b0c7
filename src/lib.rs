//! planpress publishes strategic plans: one TOML file per plan in, an accessible static site out.
//!
//! The modules are rooms in a row, in the order in which a plan walks through them:
//!
//! ```text
//! files ─▶ source ─▶ plan ─▶ site ─▶ render ─▶ audit ─▶ publish ─▶ public/
//!               └──▶ theme ────────────┘
//! build: opens the rooms in that order        preview: build, shown in a browser
//! ```
//!
//! A room imports only rooms before it in this list; `diagnostic` may be imported from anywhere.

pub mod diagnostic;

pub mod source;

pub mod plan;

pub mod theme;

pub mod site;

pub mod render;

pub mod audit;

pub mod publish;

pub mod build;

pub mod linkcheck;

pub mod preview;

pub mod scaffold;

pub mod cli;
