//! A preview that runs as a person would run it, and sockets to speak with it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

/// After this long a test gives up.
pub const LONG: Duration = Duration::from_secs(20);

/// Larger than what two sockets keep for a reader who is late.
pub const LARGE: usize = 16 << 20;

/// What stands beside the site and may never be seen.
pub const SECRET: &str = "nobody may read this";

/// A running preview of a small site; it ends with the test.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
    /// The path of the home page, with a slash at both ends.
    pub home: String,
    folder: TempDir,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// From the status line up to the empty line.
    pub head: String,
    pub body: Vec<u8>,
}

impl Served {
    pub fn start() -> Self {
        Self::start_with(None)
    }

    /// With at most so many descriptors, where a number is given.
    pub fn start_with(descriptors: Option<u32>) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let root = folder.path().join("site");
        let content = root.join("content");
        fs::create_dir_all(&content).expect("folders can be made");
        let write = |path, bytes: &[u8]| fs::write(path, bytes).expect("it can be written");
        write(folder.path().join("secret.txt"), SECRET.as_bytes());
        write(root.join("planpress.toml"), b"title = \"Plans\"\n");
        write(content.join("large.bin"), &vec![7; LARGE]);
        write(
            content.join("plan.toml"),
            b"title = \"Plan\"\nmission = \"Be heard.\"\n\n[[domains]]\nname = \"Advocacy\"\n\
              objectives = [\"Speak.\"]\n",
        );
        let program = option_env!("PP_BIN").unwrap_or(env!("CARGO_BIN_EXE_planpress"));
        let mut command = match descriptors {
            None => Command::new(program),
            Some(most) => {
                let mut shell = Command::new("sh");
                let limited = format!("ulimit -n {most} && exec \"$0\" \"$@\"");
                shell.args(["-c", &limited, program]);
                shell
            }
        };
        let mut child = command
            .arg("serve")
            .arg("--root")
            .arg(&root)
            .args(["--port", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("planpress can be started");
        let out = child.stdout.take().expect("it has an output");
        let mut lines = BufReader::new(out);
        let mut first = String::new();
        lines.read_line(&mut first).expect("it says where it is");
        // Whatever else it says has to go somewhere.
        std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
        let (_, place) = first.split_once("http://").expect("it names an address");
        let place = place.split_whitespace().next().expect("it names one");
        let (address, path) = place.split_once('/').unwrap_or((place, ""));
        Self {
            child,
            address: address.parse().expect("it is an address"),
            home: format!("/{path}"),
            folder: folder,
        }
    }

    /// The folder of the site.
    pub fn root(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect_timeout(&self.address, LONG).expect("it listens");
        stream.set_read_timeout(Some(LONG)).expect("it is a socket");
        stream
            .set_write_timeout(Some(LONG))
            .expect("it is a socket");
        stream
    }

    /// Asks as a browser does, for something below the home page.
    pub fn get(&self, name: &str) -> Option<Reply> {
        let request = format!(
            "GET {}{name} HTTP/1.1\r\nHost: {}\r\n\r\n",
            self.home, self.address
        );
        self.raw(request.as_bytes())
    }

    /// Sends bytes as they are; `None` where the connection ends without an answer.
    pub fn raw(&self, request: &[u8]) -> Option<Reply> {
        let mut stream = self.connect();
        // Who does not want to hear it all may have hung up already.
        let _ = stream.write_all(request);
        reply(&mut stream, request.starts_with(b"HEAD "))
    }

    /// Asks for a target as it stands, in a request that is otherwise as it should be.
    pub fn target(&self, target: &[u8]) -> Option<Reply> {
        let end = format!(" HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.raw(&[b"GET ", target, end.as_bytes()].concat())
    }

    /// The memory that it holds, in bytes.
    #[cfg(target_os = "linux")]
    pub fn memory(&self) -> u64 {
        let status =
            fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("it is running");
        let line = status.lines().find(|line| line.starts_with("VmRSS:"));
        let kib = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
        kib.expect("the system says how much it holds") * 1024
    }

    /// The threads and the descriptors that it has.
    #[cfg(target_os = "linux")]
    pub fn holds(&self) -> (usize, usize) {
        let count = |what| {
            let listed = fs::read_dir(format!("/proc/{}/{what}", self.child.id()));
            listed.expect("it is running").count()
        };
        (count("task"), count("fd"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads one reply; `None` where none comes before the connection ends.
pub fn reply(stream: &mut TcpStream, head_only: bool) -> Option<Reply> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let mut reply = Reply {
        status: head.split(' ').nth(1)?.parse().ok()?,
        head,
        body: Vec::new(),
    };
    if !head_only {
        let length = reply.header("Content-Length")?.parse().ok()?;
        reply.body.resize(length, 0);
        reader.read_exact(&mut reply.body).ok()?;
    }
    Some(reply)
}

impl Reply {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (field, value) = line.split_once(':')?;
            field.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
