//! The manual page and the shells' completion files, made from what clap knows.

use clap::{Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use super::args::Args;

/// What makes a shell complete `planpress` commands.
pub(super) fn completions(shell: Shell) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "planpress", &mut bytes);
    bytes
}

/// The manual page, in roff: one page for all commands, since one page is what people look for.
pub(super) fn page() -> Vec<u8> {
    let mut command = Args::command();
    command.build();
    let main = Man::new(command.clone()).manual("planpress manual");
    let mut page = String::new();
    page.push_str(&rendered(|out| main.render_title(out)));
    page.push_str(&rendered(|out| main.render_name_section(out)));
    page.push_str(&rendered(|out| main.render_synopsis_section(out)));
    page.push_str(&rendered(|out| main.render_description_section(out)));
    page.push_str(&rendered(|out| main.render_options_section(out)));
    for (name, command) in commands(&command) {
        page.push_str(&section(&name, command));
    }
    page.push_str(&notes(&rendered(|out| main.render_extra_section(out))));
    page.push_str(&rendered(|out| main.render_version_section(out)));
    page.into_bytes()
}

/// Every command that does something, under all its words: `theme list`.
fn commands(command: &Command) -> Vec<(String, &Command)> {
    let mut found = Vec::new();
    let subs = command.get_subcommands();
    for sub in subs.filter(|sub| sub.get_name() != "help") {
        let name = sub.get_name();
        if sub.has_subcommands() {
            let below = commands(sub).into_iter();
            found.extend(below.map(|(last, sub)| (format!("{name} {last}"), sub)));
        } else {
            found.push((name.to_owned(), sub));
        }
    }
    found
}

/// What the page says of one command.
fn section(name: &str, command: &Command) -> String {
    // What every command has was said above.
    let own = command.clone().mut_args(|arg| {
        let is_common = arg.is_global_set() || arg.get_id() == "help";
        arg.hide(is_common)
    });
    let man = Man::new(own);
    let mut section = format!(".SH PLANPRESS {}\n", name.to_uppercase());
    for part in [
        rendered(|out| man.render_synopsis_section(out)),
        rendered(|out| man.render_description_section(out)),
        rendered(|out| man.render_options_section(out)),
        notes(&rendered(|out| man.render_extra_section(out))),
    ] {
        section.push_str(&part.replace("\n.SH ", "\n.SS "));
    }
    section
}

fn rendered(render: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    render(&mut bytes).expect("memory takes every byte");
    String::from_utf8(bytes).expect("clap's texts are Unicode")
}

/// The text under the help: its line breaks are part of it, and its heading says what it is.
fn notes(section: &str) -> String {
    let section = section.replace(".SH EXTRA\n", ".SH NOTES\n.nf\n");
    format!("{section}.fi\n")
}
