//! A preview that runs as a person would run it, and sockets to speak with it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;

pub const PLANPRESS: &str = env!("CARGO_BIN_EXE_planpress");

/// After this long a test gives up.
pub const LONG: Duration = Duration::from_secs(20);

/// Larger than what two sockets keep for a reader who is late.
pub const LARGE: usize = 8 << 20;

/// What stands beside the site and may never be seen.
pub const SECRET: &str = "nobody may read this";

/// A running preview of a small site; it ends with the test.
pub struct Served {
    child: Child,
    pub address: SocketAddr,
    /// The path of the home page, with a slash at both ends.
    pub home: String,
    said: Arc<Mutex<String>>,
    root: PathBuf,
    /// Where the site lies, if that goes with the preview.
    folder: Option<TempDir>,
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
        let mut served = Self::run(&root, &[], descriptors);
        served.folder = Some(folder);
        served
    }

    /// The same for a program that minds Ctrl-C, whatever minds it here: a shell lets what it runs
    /// in the background ignore it.
    #[cfg(target_os = "linux")]
    pub fn minding_ctrl_c(root: &Path) -> Self {
        let mut env = Command::new("env");
        env.arg("--default-signal=INT").arg(PLANPRESS);
        Self::start_by(env, root, &[])
    }

    /// A preview of the site below a root that the test keeps.
    pub fn of(root: &Path, arguments: &[&str]) -> Self {
        Self::run(root, arguments, None)
    }

    fn run(root: &Path, arguments: &[&str], descriptors: Option<u32>) -> Self {
        let command = match descriptors {
            None => Command::new(PLANPRESS),
            Some(most) => {
                let mut shell = Command::new("sh");
                let limited = format!("ulimit -n {most} && exec \"$0\" \"$@\"");
                shell.args(["-c", &limited, PLANPRESS]);
                shell
            }
        };
        Self::start_by(command, root, arguments)
    }

    fn start_by(mut command: Command, root: &Path, arguments: &[&str]) -> Self {
        let mut child = command
            .arg("serve")
            .arg("--root")
            .arg(root)
            .args(arguments)
            .args(if arguments.contains(&"--port") {
                &[][..]
            } else {
                &["--port", "0"]
            })
            // What is said about a panic may take seconds, and the program lives on meanwhile.
            .env_remove("RUST_BACKTRACE")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("planpress can be started");
        let out = child.stdout.take().expect("it has an output");
        let mut lines = BufReader::new(out);
        let mut first = String::new();
        lines.read_line(&mut first).expect("it says where it is");
        let (_, place) = first.split_once("http://").expect("it names an address");
        let place = place.split_whitespace().next().expect("it names one");
        let (address, path) = place.split_once('/').unwrap_or((place, ""));
        let said = Arc::new(Mutex::new(first.clone()));
        let more = said.clone();
        // What it says later has to be taken, or it would wait for a reader.
        std::thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                let mut said = more.lock().expect("no test fails while it holds this");
                said.push_str(&line);
                said.push('\n');
            }
        });
        Self {
            child,
            address: address.parse().expect("it is an address"),
            home: format!("/{path}"),
            said,
            root: root.to_owned(),
            folder: None,
        }
    }

    /// A file of the site.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Saves a file of the site by a rename: one that is being written may be seen half-written.
    pub fn save(&self, path: &str, text: &str) {
        let place = self.path(path);
        let folder = place.parent().expect("it lies in the site");
        fs::create_dir_all(folder).expect("folders can be made");
        let beside = folder.join(".saved.new");
        fs::write(&beside, text).expect("it can be written");
        fs::rename(&beside, &place).expect("it can be renamed");
    }

    /// Presses Ctrl-C; true where that, and not the test's patience, ended it.
    #[cfg(target_os = "linux")]
    pub fn interrupt(&mut self) -> bool {
        use std::os::unix::process::ExitStatusExt;

        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-INT", &id]).status();
        assert!(sent.expect("there is a kill").success());
        let begun = std::time::Instant::now();
        while begun.elapsed() < LONG {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                return status.signal() == Some(2);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        false
    }

    /// What it printed until now.
    pub fn said(&self) -> String {
        let said = self.said.lock();
        said.expect("no test fails while it holds this").clone()
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
