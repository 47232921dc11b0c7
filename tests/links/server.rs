//! A server on this machine that answers as it is told, and remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// How a request is answered.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status line's code with more lines of the head, each ending with a line break.
    Head(u16, String),
    /// 200 and a page without end.
    Endless,
    /// Nothing, for as long as someone waits.
    Silence,
    /// The connection is closed at once.
    Hangup,
}

/// 200 without anything.
pub fn good() -> Reply {
    Reply::Head(200, String::new())
}

pub fn status(code: u16) -> Reply {
    Reply::Head(code, String::new())
}

pub fn redirect(code: u16, to: &str) -> Reply {
    Reply::Head(code, format!("Location: {to}\r\n"))
}

/// One request: `HEAD /path`, and its other lines.
#[derive(Clone, Debug)]
pub struct Request {
    pub line: String,
    pub head: String,
}

#[derive(Default)]
struct Seen {
    requests: Mutex<Vec<Request>>,
    now: AtomicUsize,
    most: AtomicUsize,
    sent: AtomicUsize,
}

/// The server. It serves as long as the test runs.
pub struct Server {
    pub address: SocketAddr,
    seen: Arc<Seen>,
}

impl Server {
    /// Starts one that answers `HEAD /path` and `GET /path` as `answer` says.
    pub fn start(answer: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let seen = Arc::new(Seen::default());
        let answer = Arc::new(answer);
        let kept = seen.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (kept.clone(), answer.clone());
                thread::spawn(move || serve(stream, &seen, &*answer));
            }
        });
        Self { address, seen }
    }

    /// An address on it.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.seen.requests.lock().expect("no test panicked").clone()
    }

    /// What was asked for, in order: `HEAD /path`.
    pub fn lines(&self) -> Vec<String> {
        self.requests().into_iter().map(|one| one.line).collect()
    }

    /// How much of pages without end was taken, in bytes.
    pub fn sent(&self) -> usize {
        self.seen.sent.load(Ordering::SeqCst)
    }

    /// The greatest number of requests that were answered at one moment.
    pub fn most_at_once(&self) -> usize {
        self.seen.most.load(Ordering::SeqCst)
    }
}

fn serve(stream: TcpStream, seen: &Seen, answer: &dyn Fn(&str) -> Reply) {
    let Some(request) = read(&stream) else {
        return;
    };
    let now = seen.now.fetch_add(1, Ordering::SeqCst) + 1;
    seen.most.fetch_max(now, Ordering::SeqCst);
    let line = request.line.clone();
    seen.requests
        .lock()
        .expect("no test panicked")
        .push(request);
    write(stream, &answer(&line), &seen.sent);
    seen.now.fetch_sub(1, Ordering::SeqCst);
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut head = String::new();
    while reader.read_line(&mut head).ok()? > 2 {}
    let line = first.rsplit_once(" HTTP/")?.0.to_owned();
    Some(Request { line, head })
}

fn write(mut stream: TcpStream, reply: &Reply, sent: &AtomicUsize) {
    // Whoever asked may have gone: that is theirs to notice.
    match reply {
        Reply::Head(code, lines) => {
            let _ = write!(
                stream,
                "HTTP/1.1 {code} X\r\n{lines}Content-Length: 0\r\nConnection: close\r\n\r\n"
            );
        }
        Reply::Endless => {
            let _ = stream.write_all(b"HTTP/1.1 200 X\r\nConnection: close\r\n\r\n");
            let piece = [b'x'; 8192];
            while stream.write_all(&piece).is_ok() {
                sent.fetch_add(piece.len(), Ordering::SeqCst);
            }
        }
        Reply::Silence => {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(60)));
            let _ = stream.read(&mut [0]);
        }
        Reply::Hangup => {}
    }
}
