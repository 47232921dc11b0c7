//! Many at once, slow ones, and more than there is room for: whoever asks plainly is answered.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use crate::served::{LARGE, LONG, Served, reply};

/// One who has asked for nothing else is answered within this long.
const SOON: Duration = Duration::from_secs(1);

/// Asks for the home page and wants it soon.
fn answered_soon(served: &Served, when: &str) {
    let begun = Instant::now();
    let reply = served.get("").expect("it answers");
    assert_eq!(reply.status, 200, "{when}");
    let took = begun.elapsed();
    assert!(took < SOON, "{when}: {took:?}");
}

/// Asks until there is an answer; gives up after a long time.
fn answered_at_last(served: &Served, when: &str) {
    let begun = Instant::now();
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", served.home);
    while begun.elapsed() < LONG {
        if let Ok(mut stream) = TcpStream::connect_timeout(&served.address, SOON) {
            stream.set_read_timeout(Some(SOON)).expect("it is a socket");
            let _ = stream.write_all(request.as_bytes());
            if reply(&mut stream, false).is_some_and(|reply| reply.status == 200) {
                return;
            }
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("{when}: there is no answer");
}

#[test]
fn five_hundred_half_open_connections_keep_nobody_waiting() {
    let served = Served::start();
    let half_open: Vec<TcpStream> = (0..500)
        .map(|number| {
            let mut stream = served.connect();
            // Some say nothing, some begin to.
            if number % 2 == 0 {
                stream
                    .write_all(b"GET / HTTP/1.1\r\nHost: loc")
                    .expect("it can be sent");
            }
            stream
        })
        .collect();
    answered_soon(&served, "with 500 half-open connections");
    drop(half_open);
    answered_soon(&served, "after 500 half-open connections");
}

#[test]
fn a_burst_of_connections_leaves_none_stuck() {
    let served = Served::start();
    let request = format!(
        "GET {} HTTP/1.1\r\nHost: {}\r\n\r\n",
        served.home, served.address
    );
    for round in 0..20 {
        let mut idle: Vec<TcpStream> = (0..8).map(|_| served.connect()).collect();
        for stream in &mut idle {
            stream
                .write_all(request.as_bytes())
                .expect("it can be sent");
            let reply = reply(stream, false).expect("it answers");
            assert_eq!(reply.status, 200, "round {round}");
        }
        // The eight stay open, as those of a browser do; now twelve come at the same time.
        let mut burst: Vec<TcpStream> = (0..12).map(|_| served.connect()).collect();
        for stream in &mut burst {
            stream
                .write_all(request.as_bytes())
                .expect("it can be sent");
        }
        for stream in &mut burst {
            let begun = Instant::now();
            let reply = reply(stream, false).expect("none is stuck");
            assert_eq!(reply.status, 200, "round {round}");
            assert!(
                begun.elapsed() < SOON,
                "round {round}: {:?}",
                begun.elapsed()
            );
        }
    }
}

#[test]
fn those_who_ask_and_never_read_keep_nobody_waiting() {
    let served = Served::start();
    let request = format!(
        "GET {}large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
        served.home
    );
    let slow: Vec<TcpStream> = (0..100)
        .map(|_| {
            let mut stream = served.connect();
            stream
                .write_all(request.as_bytes())
                .expect("it can be sent");
            stream
        })
        .collect();
    answered_soon(&served, "while 100 do not read");
    drop(slow);
    answered_soon(&served, "after 100 did not read");
}

#[test]
fn one_who_reads_slowly_gets_all_of_it() {
    let served = Served::start();
    let mut stream = served.connect();
    let request = format!(
        "GET {}large.bin HTTP/1.1\r\nHost: localhost\r\n\r\n",
        served.home
    );
    stream
        .write_all(request.as_bytes())
        .expect("it can be sent");
    thread::sleep(Duration::from_secs(2));
    let reply = reply(&mut stream, false).expect("it answers");
    assert_eq!(reply.body.len(), LARGE);
    assert!(reply.body.iter().all(|byte| *byte == 7));
}

#[test]
fn letters_that_trickle_in_keep_nobody_waiting() {
    let served = Served::start();
    let request = format!("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", served.home);
    let mut streams: Vec<TcpStream> = (0..20).map(|_| served.connect()).collect();
    for letter in request.as_bytes() {
        for stream in &mut streams {
            stream.write_all(&[*letter]).expect("it can be sent");
        }
        thread::sleep(Duration::from_millis(20));
    }
    answered_soon(&served, "while letters trickle in");
    for stream in &mut streams {
        assert_eq!(reply(stream, false).expect("it answers").status, 200);
    }
}

#[test]
fn those_who_never_ask_are_shown_out() {
    let served = Served::start();
    let mut stream = served.connect();
    stream.write_all(b"GET / HTT").expect("it can be sent");
    let mut said = Vec::new();
    stream
        .read_to_end(&mut said)
        .expect("the connection is closed");
}

#[test]
#[cfg(target_os = "linux")]
fn memory_and_threads_are_given_back_after_a_huge_header() {
    let served = Served::start();
    answered_soon(&served, "before");
    let (memory, (threads, descriptors)) = (served.memory(), served.holds());
    let begin = format!("GET {} HTTP/1.1\r\nHost: localhost\r\nX: ", served.home);
    let piece = vec![b'x'; 1 << 20];
    let mut stream = served.connect();
    stream.write_all(begin.as_bytes()).expect("it can be sent");
    for _ in 0..64 {
        if stream.write_all(&piece).is_err() {
            break;
        }
    }
    let _ = stream.write_all(b"\r\n\r\n");
    answered_soon(&served, "with a header of 64 MiB");
    drop(stream);
    let begun = Instant::now();
    loop {
        let (now, (tasks, open)) = (served.memory(), served.holds());
        if now < memory + (16 << 20) && tasks <= threads + 8 && open <= descriptors + 8 {
            break;
        }
        assert!(
            begun.elapsed() < LONG,
            "{memory} bytes became {now}, {threads} threads {tasks}, {descriptors} open {open}"
        );
        thread::sleep(Duration::from_millis(100));
    }
    answered_soon(&served, "after a header of 64 MiB");
}

/// Opens more connections than there are descriptors for, holds them, and lets go.
#[cfg(unix)]
fn exhausted(descriptors: u32) {
    let served = Served::start_with(Some(descriptors));
    answered_at_last(&served, "before");
    for round in 0..2 {
        let mut held = Vec::new();
        while held.len() < 200 {
            // The queue of the system fills up too.
            let Ok(stream) = TcpStream::connect_timeout(&served.address, SOON / 4) else {
                break;
            };
            held.push(stream);
        }
        assert!(held.len() > 64, "only {} could connect", held.len());
        thread::sleep(SOON);
        drop(held);
        answered_at_last(
            &served,
            &format!("{descriptors} descriptors, round {round}"),
        );
    }
}

/// tiny_http takes two descriptors for a connection. With an odd number left its accepting thread
/// ends when it has one and not the other, with an even number when it has none: both are dead.
#[test]
#[cfg(unix)]
fn it_answers_again_after_running_out_of_descriptors() {
    exhausted(64);
}

#[test]
#[cfg(unix)]
fn it_answers_again_after_running_out_between_two_descriptors() {
    exhausted(65);
}
