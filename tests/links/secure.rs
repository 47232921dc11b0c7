//! Connections that cannot be made secure.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::thread;

use tempfile::TempDir;

use crate::found;

#[test]
fn a_server_that_speaks_no_tls_has_no_secure_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.write_all(b"HTTP/1.1 400 This is no TLS\r\n\r\n");
        }
    });
    let (name, message) = found(&format!("https://{address}/")).expect("it is not secure");
    assert_eq!(name, "dead-outside-link");
    let says = format!("https://{address}/: no secure connection to {address} can be made (");
    assert!(message.starts_with(&says), "{message}");
}

/// Ends with the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_not_trusted() {
    let folder = TempDir::new().expect("a folder for the test");
    let made = Command::new("openssl")
        .args([
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        ])
        .args([
            "-subj",
            "/CN=localhost",
            "-keyout",
            "key.pem",
            "-out",
            "cert.pem",
        ])
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .status()
        .expect("openssl is there: tests/run installs it");
    assert!(made.success());
    // A port that was free a moment ago.
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr());
    let port = port.expect("a port").port();
    let server = Command::new("openssl")
        .args(["s_server", "-www", "-key", "key.pem", "-cert", "cert.pem"])
        .args(["-accept", &format!("127.0.0.1:{port}")])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("openssl is there");
    let mut server = Ended(server);
    let out = server.0.stdout.take().expect("it is piped");
    let ready = BufReader::new(out)
        .lines()
        .any(|line| line.is_ok_and(|line| line.starts_with("ACCEPT")));
    assert!(ready, "openssl does not serve");
    let (name, message) = found(&format!("https://127.0.0.1:{port}/")).expect("it is not secure");
    assert_eq!(name, "dead-outside-link");
    assert!(message.contains("certificate"), "{message}");
}
