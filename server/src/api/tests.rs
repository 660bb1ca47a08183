//! The HTTP interface, without a network.

mod bench;
mod joining;
mod links;
mod pages;
mod places;
mod sharing;
