//! The real server, real sockets and real replicas, in one binary. What a test waits for, it waits for by its condition.

#![expect(clippy::unwrap_used, reason = "what a test cannot go on without, ends it")]

mod integration {
    mod access;
    mod audit;
    mod bad_input;
    mod commands;
    mod control;
    mod converge;
    mod crash;
    mod durable;
    mod groups;
    mod life;
    mod limits;
    mod links;
    mod migrate;
    mod quiet;
    mod roles;
    mod slow;
    mod speed;
    mod suggest;
}
