//! Who is counted as one, and what a workshop behind one address may do that somebody who guesses may not.

use axum::http::HeaderValue;

use super::*;

fn gate(limits: Limits) -> Arc<Gate> {
    Arc::new(Gate::with(Vec::new(), limits))
}

fn at(address: &str) -> Visitor {
    Visitor::of(address.parse().unwrap())
}

#[test]
fn a_proxy_is_believed_only_if_it_is_ours() {
    for (proxies, peer, forwarded, expected) in [
        ("", "9.9.9.9", &[][..], "9.9.9.9"),
        ("", "9.9.9.9", &["1.1.1.1"], "9.9.9.9"),
        ("127.0.0.1", "9.9.9.9", &["1.1.1.1"], "9.9.9.9"),
        ("127.0.0.1", "127.0.0.1", &[], "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", &["1.1.1.1"], "1.1.1.1"),
        ("127.0.0.1", "::ffff:127.0.0.1", &["1.1.1.1"], "1.1.1.1"),
        // What the client wrote itself stands before what the proxy adds.
        ("127.0.0.1", "127.0.0.1", &["6.6.6.6, 1.1.1.1"], "1.1.1.1"),
        ("127.0.0.1", "127.0.0.1", &["6.6.6.6", "1.1.1.1"], "1.1.1.1"),
        ("127.0.0.1", "127.0.0.1", &["127.0.0.1, 1.1.1.1"], "1.1.1.1"),
        // Two proxies, one behind the other.
        ("127.0.0.1,10.0.0.0/8", "127.0.0.1", &["6.6.6.6, 1.1.1.1, 10.0.0.7"], "1.1.1.1"),
        ("127.0.0.1,10.0.0.0/8", "127.0.0.1", &["10.0.0.7"], "10.0.0.7"),
        ("127.0.0.1", "127.0.0.1", &["1.1.1.1, 10.0.0.7"], "10.0.0.7"),
        ("127.0.0.1", "127.0.0.1", &["1.1.1.1:4711"], "1.1.1.1"),
        ("127.0.0.1", "127.0.0.1", &["[2001:db8::1]:4711"], "2001:db8::1"),
        ("127.0.0.1", "127.0.0.1", &["[2001:db8::1]"], "2001:db8::1"),
        ("127.0.0.1", "127.0.0.1", &["1.1.1.1, unknown"], "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", &["1.1.1.1", "\u{e9}"], "127.0.0.1"),
        ("127.0.0.1", "127.0.0.1", &[""], "127.0.0.1"),
    ] {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_bytes(value.as_bytes()).unwrap());
        }
        let proxies: Vec<TrustedProxy> = proxies.split(',').filter(|text| !text.is_empty()).map(|text| text.parse().unwrap()).collect();
        let client = address::of_client(peer.parse().unwrap(), &headers, &proxies);
        assert_eq!(client.to_canonical(), expected.parse::<IpAddr>().unwrap(), "{proxies:?} {peer} {forwarded:?}");
    }
}

#[test]
fn a_network_of_ipv6_is_one_visitor() {
    for (one, other, same) in [
        ("10.0.0.1", "10.0.0.1", true),
        ("10.0.0.1", "10.0.0.2", false),
        ("10.0.0.1", "::ffff:10.0.0.1", true),
        ("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff", true),
        ("2001:db8:0:1::1", "2001:db8:0:2::1", false),
        ("::", "0.0.0.0", false),
    ] {
        assert_eq!(at(one) == at(other), same, "{one} {other}");
    }
}

#[test]
fn however_many_addresses_there_are_memory_is_bounded() {
    let rates = Rates::new(Rate::per_minute(u32::MAX));
    for network in 0..200_000_u64 {
        rates.take(Visitor::of(IpAddr::V6((u128::from(network) << 64).into()))).unwrap();
    }
    let used = rates.slots_used();
    assert!(used <= usize::from(limits::ADDRESS_SLOTS), "{used}");
    assert!(used > usize::from(limits::ADDRESS_SLOTS) / 2, "addresses are spread over the slots: {used}");
}

#[test]
fn a_visitor_who_is_refused_is_told_when_to_come_again_and_others_are_not_refused() {
    let rates = Rates::new(Rate::per_minute(3));
    let taken: Vec<_> = (0..5).map(|_| rates.take(at("10.0.0.1"))).collect();
    assert!(taken[..3].iter().all(Result::is_ok), "{taken:?}");
    for refused in &taken[3..] {
        assert!(matches!(refused, Err(ApiError::TooOften { again_s: 1..=21 })), "{refused:?}");
    }
    // With a slot of its own, which it has but for one key in some sixty thousand.
    assert!((2..9).any(|host| rates.take(at(&format!("10.0.0.{host}"))).is_ok()));
}

#[test]
fn sockets_count_while_they_are_open() {
    let gate = gate(Limits { sockets_max: 2, ..Limits::default() });
    let (one, two) = (gate.socket(at("10.0.0.1")).unwrap(), gate.socket(at("10.0.0.1")).unwrap());
    assert_eq!(gate.socket(at("10.0.0.1")).err(), Some(ApiError::TooOften { again_s: SOCKETS_AGAIN_S }));
    assert!(gate.socket(at("10.0.0.2")).is_ok(), "another address");
    drop(one);
    let again = gate.socket(at("10.0.0.1")).unwrap();
    drop((two, again));
    assert!(gate.sockets().is_empty(), "who has none is forgotten");
}

#[test]
fn what_a_workshop_does_is_within_the_limits() {
    let gate = gate(Limits::default());
    let venue = at("10.0.0.1");
    // 500 people load the page, with 15 files, look at the link, join, ask who they are, and open a socket.
    for _ in 0..500 * 20 {
        gate.requests.take(venue).unwrap();
    }
    // A network that goes and comes, twice; what was left behind is not given up yet.
    let sockets: Vec<Passage> = (0..1_500).map(|_| gate.socket(venue).unwrap()).collect();
    assert_eq!(gate.sockets().get(&venue), Some(&sockets.len()));
    // What nobody needs is not.
    assert!((0..20_000).any(|_| gate.requests.take(venue).is_err()));
    assert!((0..2_000).any(|_| gate.openings.take(venue).is_err()));
}
