//! Whatever comes over a socket is a frame or it is not; nothing else happens.
#![no_main]

use hamutuk_fuzz::{attempt, client_frames, prepare, server_frames};
use hamutuk_shared::sync::chunk;
use hamutuk_shared::sync::frame::{ClientFrame, ServerFrame, decode, encode};
use libfuzzer_sys::fuzz_target;

fuzz_target!(
    init: prepare(|| [client_frames(), server_frames()].concat()),
    |bytes: &[u8]| attempt(|| try_frame(bytes))
);

fn try_frame(bytes: &[u8]) {
    if let Ok(frame) = decode::<ClientFrame>(bytes) {
        if let ClientFrame::Push { changes } = &frame {
            changes.iter().for_each(|change| drop(chunk::read(change)));
        }
        assert_eq!(decode(&encode(&frame)), Ok(frame), "a frame reads back");
    }
    if let Ok(frame) = decode::<ServerFrame>(bytes) {
        assert_eq!(decode(&encode(&frame)), Ok(frame), "a frame reads back");
    }
}
