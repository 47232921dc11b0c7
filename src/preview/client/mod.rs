//! What an open page needs to follow the site: one script and one stylesheet, put together here.
//! The parts of the script stand in the order in which they use each other.

/// The script, as one external file: nothing of it is visible to the scripts of a theme.
pub const SCRIPT: &str = concat!(
    "(() => {\n\"use strict\";\n",
    include_str!("place.js"),
    include_str!("edited.js"),
    include_str!("panel.js"),
    include_str!("preview.js"),
    "})();\n",
);

/// The stylesheet of the panel. It is linked inside the panel's shadow root.
pub const STYLE: &str = include_str!("preview.css");
