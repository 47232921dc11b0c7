//! Who can come to this server, and under which names.
//!
//! In: the address that was bound and the name it was asked for by. Out: addresses for people,
//! and whether a `Host` is one of them. Sends nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, UdpSocket};

/// Where the server listens, and the names that lead there.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    /// What was bound; an unspecified address stands for every address of this computer.
    bound: IpAddr,
    /// What was asked for with `--host`, in lower case.
    asked: String,
    /// Whether other computers may come.
    lan: bool,
}

impl Reach {
    pub fn new(bound: IpAddr, asked: &str, lan: bool) -> Self {
        Self {
            bound,
            asked: bare(asked).to_ascii_lowercase(),
            lan,
        }
    }

    #[cfg(test)]
    pub fn loopback(asked: &str) -> Self {
        Self::new(IpAddr::V4(Ipv4Addr::LOCALHOST), asked, false)
    }

    /// Whether a `Host` (RFC 9110, 7.2) names this server, whatever the port: a page elsewhere
    /// can make its own name lead here, but cannot send another name than its own. Capitals and
    /// one trailing dot do not count.
    pub fn knows(&self, host: &str) -> bool {
        let Some(name) = without_port(host) else {
            return false;
        };
        let name = name.strip_suffix('.').unwrap_or(name);
        if name.eq_ignore_ascii_case("localhost") || name.eq_ignore_ascii_case(&self.asked) {
            return true;
        }
        let Ok(address) = bare(name).parse::<IpAddr>() else {
            return false;
        };
        // Asked anew each time: a laptop that moves to another network gets another address.
        address == IpAddr::V4(Ipv4Addr::LOCALHOST)
            || address == IpAddr::V6(Ipv6Addr::LOCALHOST)
            || address == self.bound
            || self.lan_addresses().contains(&address)
    }

    /// The addresses to type into a browser; the one for this computer comes first, then with
    /// `--lan` those for others.
    pub fn origins(&self, port: u16) -> Vec<String> {
        let own = match self.bound {
            IpAddr::V4(any) if any.is_unspecified() => IpAddr::V4(Ipv4Addr::LOCALHOST),
            IpAddr::V6(any) if any.is_unspecified() => IpAddr::V6(Ipv6Addr::LOCALHOST),
            one => one,
        };
        let mut addresses = vec![own];
        for address in self.lan_addresses() {
            if !addresses.contains(&address) {
                addresses.push(address);
            }
        }
        addresses
            .into_iter()
            .map(|address| format!("http://{}", SocketAddr::new(address, port)))
            .collect()
    }

    /// This computer's addresses in its network, as far as it has any.
    fn lan_addresses(&self) -> Vec<IpAddr> {
        if !self.lan {
            return Vec::new();
        }
        // Addresses for documentation (RFC 5737, RFC 3849): the way there shows the own address.
        let four = (
            Ipv4Addr::UNSPECIFIED.into(),
            Ipv4Addr::new(192, 0, 2, 1).into(),
        );
        let six = (
            Ipv6Addr::UNSPECIFIED.into(),
            Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1).into(),
        );
        match self.bound {
            IpAddr::V4(any) if any.is_unspecified() => own_address(four).into_iter().collect(),
            IpAddr::V6(any) if any.is_unspecified() => {
                [four, six].into_iter().filter_map(own_address).collect()
            }
            one => vec![one],
        }
    }
}

/// The own address on the way to another; connecting a UDP socket sends nothing.
fn own_address((own, other): (IpAddr, IpAddr)) -> Option<IpAddr> {
    let socket = UdpSocket::bind((own, 0)).ok()?;
    socket.connect((other, 9)).ok()?;
    let address = socket.local_addr().ok()?.ip();
    (!address.is_loopback() && !address.is_unspecified()).then_some(address)
}

/// The name in a `Host`; the brackets of an IPv6 address stay. `None` where it is none.
fn without_port(host: &str) -> Option<&str> {
    let name_ends = match host.strip_prefix('[') {
        Some(address) => address.find(']')? + 2,
        None => host.find(':').unwrap_or(host.len()),
    };
    let (name, port) = host.split_at(name_ends);
    let port = port.strip_prefix(':').unwrap_or(port);
    (!name.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}

/// An address without the brackets that IPv6 wears in a URL.
pub(super) fn bare(host: &str) -> &str {
    host.strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
        .unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_computer_is_known_by_every_name_it_goes_by() {
        let reach = Reach::loopback("Desk.Example");
        for host in [
            "localhost",
            "LocalHost:1",
            "localhost.",
            "127.0.0.1:2030",
            "127.0.0.1:",
            "[::1]",
            "[::1]:2030",
            "desk.example:80",
        ] {
            assert!(reach.knows(host), "{host}");
        }
    }

    #[test]
    fn other_names_are_not_known() {
        let reach = Reach::loopback("127.0.0.1");
        for host in [
            "",
            ":",
            ":80",
            "[::1",
            "::1",
            "[::1]x",
            "localhost..",
            "localhost:80:80",
            "localhost:x",
            "localhost@elsewhere.example",
            "elsewhere.example@localhost",
            "localhost.elsewhere.example",
            "127.0.0.1.elsewhere.example",
            "127.1",
            "0x7f000001",
            "0.0.0.0",
            "192.0.2.1",
        ] {
            assert!(!reach.knows(host), "{host}");
        }
    }

    #[test]
    fn with_lan_the_addresses_of_the_network_are_known_and_no_others() {
        let address = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));
        let reach = Reach::new(address, "198.51.100.7", true);
        assert!(reach.knows("198.51.100.7:2030"));
        assert!(!reach.knows("198.51.100.8"));
        assert!(!reach.knows("elsewhere.example"));
        assert_eq!(reach.origins(2030), ["http://198.51.100.7:2030"]);

        let everywhere = Reach::new(Ipv4Addr::UNSPECIFIED.into(), "127.0.0.1", true);
        assert_eq!(everywhere.origins(9)[0], "http://127.0.0.1:9");
        for origin in everywhere.origins(9) {
            let host = origin.strip_prefix("http://").expect("it is an address");
            assert!(everywhere.knows(host), "{host}");
        }
        assert!(!everywhere.knows("elsewhere.example"));
    }
}
