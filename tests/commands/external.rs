//! `planpress check --external`, against a server on this machine.

use snapbox::str;

use crate::server::{Server, good, redirect, status};
use crate::{Place, text};

/// A site that links to the server wherever an address can stand.
fn site(server: &Server) -> Place {
    let at = |path: &str| server.at(path);
    let site = format!(
        "title = \"Plans\"\nbase_url = \"https://plans.invalid/\"\n\n[organization]\nname = \"An Association\"\nurl = \"{}\"\n\n[footer]\ncontact = \"{}\"\naccessibility_statement = \"{}\"\n",
        at("/association"),
        at("/contact"),
        at("/accessibility"),
    );
    let plan = format!(
        "title = \"Strategic Plan\"\nmission = \"We [have](https://plans.invalid/plan/) [a page]({}), [twice]({}).\"\nsupersedes = {{ title = \"Before\", url = \"{}\" }}\nlinks = {{ source = \"{}\" }}\norganization = {{ name = \"A Chapter\", url = \"{}\" }}\n\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"See [what]({}) [is gone]({}#there).\"]\n",
        at("/page"),
        at("/page#part"),
        at("/before"),
        at("/source"),
        at("/chapter"),
        at("/moved"),
        at("/gone"),
    );
    let hidden = format!("publish = false\n{}", plan.replace("/gone", "/hidden"));
    Place::empty()
        .with("planpress.toml", &site)
        .with("content/plan.toml", &plan)
        .with("content/hidden.toml", &hidden)
}

/// A site with one plan, which links to three pages, to one of them twice.
fn small_site(server: &Server) -> Place {
    let [page, moved, gone] = ["/page", "/moved", "/gone"].map(|path| server.at(path));
    let plan = format!(
        "title = \"Strategic Plan\"\nmission = \"[Here]({page}) and [there]({page}#part).\"\n\n[[domains]]\nname = \"Advocacy\"\nobjectives = [\"See [what]({moved}) [is gone]({gone}).\"]\n",
    );
    Place::empty()
        .with("planpress.toml", "title = \"Plans\"\n")
        .with("content/plan.toml", &plan)
}

fn server() -> Server {
    Server::start(|line| match line {
        "HEAD /moved" => redirect(301, "/new"),
        "HEAD /gone" | "GET /gone" => status(404),
        _ => good(),
    })
}

#[test]
fn outside_links_are_tried_only_when_asked_for() {
    let server = server();
    site(&server).run("check").assert().code(0);
    assert_eq!(server.lines(), [""; 0]);
}

#[test]
fn external_reports_where_the_link_stands_and_fails_only_when_strict() {
    let server = server();
    let place = site(&server);
    let port = server.address.port().to_string();
    let output = place.run("check --external").assert().code(0).stderr_eq("");
    let said = text(&output.get_output().stdout).replace(&port, "PORT");
    snapbox::assert_data_eq!(
        said,
        str![[r#"
warning[moved-outside-link]: http://127.0.0.1:PORT/moved has moved for good, to http://127.0.0.1:PORT/new
 --> content/plan.toml:9:27
...
  = help: Write the new address: http://127.0.0.1:PORT/new

warning[dead-outside-link]: http://127.0.0.1:PORT/gone#there: the page is not there (404)
 --> content/plan.toml:9:67
...
  = help: Look for the page's new address, or take the link out.

Tried 9 links to 1 other site: 7 arrive
Checked 1 plan, 2 pages: 2 warnings ([..])

"#]]
    );
    let mut asked = server.lines();
    asked.sort();
    asked.dedup();
    let paths = [
        "GET /gone",
        "HEAD /accessibility",
        "HEAD /association",
        "HEAD /before",
        "HEAD /chapter",
        "HEAD /contact",
        "HEAD /gone",
        "HEAD /moved",
        "HEAD /new",
        "HEAD /page",
        "HEAD /source",
    ];
    assert_eq!(asked, paths);

    assert!(place.path(".planpress/links").exists());
    let before = server.lines().len();
    let output = place.run("check --external --strict").assert().code(1);
    let said = text(&output.get_output().stdout);
    assert!(
        said.contains(
            "\nTried 1 link to 1 other site: none arrives; 8 answered within the last day\n"
        ),
        "{said}"
    );
    assert_eq!(server.lines().len(), before + 2);
}

#[test]
fn external_findings_have_the_same_forms_as_others() {
    let server = server();
    let place = small_site(&server);
    let output = place
        .run("check --external --format json")
        .assert()
        .code(0)
        .stderr_eq("");
    let said = text(&output.get_output().stdout);
    let findings: Vec<serde_json::Value> = said
        .lines()
        .map(|line| serde_json::from_str(line).expect(line))
        .collect();
    let names: Vec<_> = findings.iter().map(|found| &found["name"]).collect();
    assert_eq!(names, ["moved-outside-link", "dead-outside-link"]);
    assert_eq!(findings[1]["file"], "content/plan.toml");
    assert_eq!(findings[1]["line"], 6);
    let output = place
        .run("check --external --format github")
        .assert()
        .code(0)
        .stderr_eq("");
    let said = text(&output.get_output().stdout);
    assert!(
        said.contains("::warning file=content/plan.toml,line=6,"),
        "{said}"
    );
}

#[test]
fn every_place_of_a_link_is_named() {
    let server = Server::start(|_| status(404));
    let place = small_site(&server);
    let output = place.run("check --external --format json").assert().code(0);
    let said = text(&output.get_output().stdout);
    let page = said
        .lines()
        .find(|line| line.contains("/page:"))
        .expect("it is gone");
    let page: serde_json::Value = serde_json::from_str(page).expect("it is JSON");
    assert_eq!(page["line"], 2);
    assert_eq!(page["related"][0]["line"], 2);
    assert_ne!(page["related"][0]["column"], page["column"]);
}

#[test]
fn without_curl_the_failure_says_what_to_install() {
    let server = server();
    small_site(&server)
        .run("check --external")
        .env("PATH", "")
        .assert()
        .code(2)
        .stdout_eq("")
        .stderr_eq(str![[r#"
error: links to other sites are tried with the program curl, which is not there
...
"#]]);
    let place = Place::site().with("planpress.toml", "title = \"Plans\"\n");
    place
        .run("check --external")
        .env("PATH", "")
        .assert()
        .code(0)
        .stdout_eq(str![[r#"
Tried no links
Checked [..]

"#]]);
}

#[test]
fn a_proxy_is_asked_where_the_surroundings_name_one_and_no_file_of_settings_is_read() {
    let proxy = Server::start(|_| good());
    let plan = "title = \"Plan\"\nlinks = { source = \"http://source.invalid/page\" }\n[[domains]]\nname = \"A\"\nobjectives = [\"B.\"]\n";
    let place = Place::empty()
        .with("planpress.toml", "title = \"Plans\"\n")
        .with("content/plan.toml", plan)
        .with(".curlrc", "header = \"Cookie: theirs\"\n");
    place
        .run("check --external")
        .env("http_proxy", proxy.at(""))
        .env("HOME", place.path("."))
        .assert()
        .code(0);
    let requests = proxy.requests();
    assert_eq!(requests[0].line, "HEAD http://source.invalid/page");
    assert!(!requests[0].head.contains("theirs"), "{}", requests[0].head);
}
