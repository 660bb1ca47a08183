//! A limit on everything, in one place, each with its unit in its name.

use std::time::Duration;

/// The longest frame that either side reads.
pub const FRAME_BYTES_MAX: usize = 1024 * 1024;

/// The longest change, as it is stored and sent.
pub const CHANGE_BYTES_MAX: usize = 512 * 1024;

/// The longest change once it is inflated.
pub const CHANGE_INFLATED_BYTES_MAX: usize = 2 * 1024 * 1024;

/// The most operations in one change. Typed or removed text costs one a character; a whole field replaced by another, twice
/// [`TEXT_UTF16_MAX`].
pub const CHANGE_OPERATIONS_MAX: usize = 300_000;

/// The longest message of a change. Hamutuk writes one word.
pub const MESSAGE_BYTES_MAX: usize = 64;

/// The most changes in one push.
pub const PUSH_CHANGES_MAX: usize = 512;

/// The most bytes of changes in one push or one piece of a catch-up; a single longer change goes alone.
pub const PUSH_BYTES_MAX: usize = 192 * 1024;

/// The longest piece of a snapshot in one frame.
pub const SNAPSHOT_PIECE_BYTES_MAX: usize = 192 * 1024;

/// The longest saved document.
pub const DOCUMENT_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The most sessions in one plan.
pub const SESSIONS_PER_PLAN_MAX: usize = 500;

/// The most frames that wait for one session. One that is slower catches up from the log.
pub const SESSION_QUEUE_FRAMES_MAX: usize = 512;

/// The most bytes of frames that wait for one room, in KiB. Who sends more waits.
pub const ROOM_INBOX_KIB_MAX: usize = 32 * 1024;

/// The most bytes of changes that a room keeps while it reads its document again.
pub const ROOM_HELD_BYTES_MAX: usize = 32 * 1024 * 1024;

/// The most changes that a room takes in and has not stored yet.
pub const ROOM_QUEUE_CHANGES_MAX: usize = 8_192;

/// The most changes that a session pushes ahead of their acks.
pub const PUSH_IN_FLIGHT_CHANGES_MAX: usize = 1_024;

/// How many people besides whoever writes now may write on one device.
pub const COMPANIONS_MAX: usize = 24;

/// How many presence frames a session may send in a second; more are dropped.
pub const PRESENCE_PER_SECOND_MAX: u32 = 8;

/// How many frames of any kind a session may send in a second, averaged over [`FRAME_RATE_WINDOW`].
pub const FRAMES_PER_SECOND_MAX: u32 = 200;

/// Over how long the frame rate is averaged.
pub const FRAME_RATE_WINDOW: Duration = Duration::from_secs(10);

/// The longest name of a person or an organisation, in characters.
pub const NAME_CHARS_MAX: usize = 80;

/// The most links of one plan, those that were revoked too.
pub const LINKS_PER_PLAN_MAX: usize = 2_000;

/// The most people that a link can be limited to.
pub const LINK_PEOPLE_MAX: u32 = 10_000;

/// The longest answer that is replaced as a whole, in characters.
pub const ANSWER_CHARS_MAX: usize = 200;

/// The largest amount in cents, and the largest quantity in thousandths: ten billion dollars.
pub const NUMBER_MAX: i64 = 1_000_000_000_000;

/// The latest moment that may stand in the plan, in milliseconds since 1970: in the year 2200.
pub const MOMENT_MS_MAX: i64 = 7_258_118_400_000;

/// The most people that an activity may expect.
pub const COUNT_MAX: i64 = 10_000_000;

/// The most pairs of activities that are proposed as synergies at once; nobody reads more.
pub const PROPOSALS_MAX: usize = 200;

/// The longest text of one field, in UTF-16 code units.
pub const TEXT_UTF16_MAX: usize = 100_000;

/// The longest comment, reply or reason that the client takes, in UTF-16 code units.
pub const REMARK_UTF16_MAX: usize = 4_000;

/// The longest path in a presence frame, in bytes.
pub const PATH_BYTES_MAX: usize = 200;

/// How many pairs of words are compared to find what differs between two texts. Longer texts count as different from the first word that
/// differs to the last.
pub const DIFF_CELLS_MAX: usize = 1_000_000;

/// The longest view in a presence frame, in bytes.
pub const VIEW_BYTES_MAX: usize = 200;

/// How many dots each person has before a facilitator says how many.
pub const DOTS_USUAL: usize = 5;

/// The longest countdown, in minutes.
pub const TIMER_MINUTES_MAX: i64 = 600;

/// How long a countdown that is over is still spoken of, in milliseconds.
pub const TIMER_OVER_MS: i64 = 15 * 60 * 1000;

/// A snapshot is written when the log has grown by this many changes since the last.
pub const SNAPSHOT_EVERY_CHANGES: u64 = 500;

/// How many changes before the newest snapshot stay in the log, for a reconnect that is a range read.
pub const LOG_TAIL_CHANGES: u64 = 5_000;

/// How many of the newest entries of a log an open room keeps in memory, for a reconnect that costs no read.
pub const RING_ENTRIES_MAX: usize = 1_000;

/// How long a room with nobody in it stays open.
pub const ROOM_IDLE: Duration = Duration::from_secs(60);

/// After this long without a frame, either side sends a ping.
pub const PING_AFTER: Duration = Duration::from_secs(5);

/// After this long without a frame, the socket is dead.
pub const SILENCE_MAX: Duration = Duration::from_secs(12);

/// A pasted or removed text of this length is a change of its own, so that no change grows past what a server takes.
pub const GATHERED_UTF16_MAX: usize = 10_000;

/// How long typing is gathered into one change.
pub const COMMIT_AFTER: Duration = Duration::from_millis(200);

/// The longest text that is read as a pasted table, in bytes.
pub const PASTE_BYTES_MAX: usize = 4 * 1024 * 1024;

/// The most rows of a pasted table.
pub const PASTE_ROWS_MAX: usize = 1_000;

/// The most cells of a pasted table.
pub const PASTE_CELLS_MAX: usize = 20_000;

/// The longest cell that is read as a number, months, a choice or a set, in bytes.
pub const ENTRY_BYTES_MAX: usize = 2_000;

/// About how many operations of a group of edits (a paste, a fill) go into one change. A single edit that has more goes alone.
pub const GROUPED_OPERATIONS_MAX: usize = 30_000;

/// How many steps a person can undo.
pub const UNDO_STEPS_MAX: usize = 200;

/// The most memory of all that can be undone, about. The newest step is kept, whatever it takes.
pub const UNDO_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Typing goes on in the same step of undo until it pauses for longer than this.
pub const UNDO_PAUSE: Duration = Duration::from_millis(1_500);

/// How many HTTP requests may come from one client address at once. A venue has one address for everybody: 500 people who load the page
/// (some 20 requests) at the same moment are 10,000.
pub const REQUESTS_PER_ADDRESS_BURST: u32 = 12_000;

/// How many HTTP requests one client address may send in a second in the long run.
pub const REQUESTS_PER_ADDRESS_PER_SECOND: u32 = 500;

/// How many wrong tokens one client address may try in a minute. A right one is let in also after that.
pub const WRONG_TOKENS_PER_ADDRESS_PER_MINUTE: u32 = 60;

/// How many sockets one client address may open at once: a full plan that loses the network three times in a row.
pub const SOCKET_OPENINGS_PER_ADDRESS_BURST: u32 = 1_500;

/// How many sockets one client address may open in a second in the long run.
pub const SOCKET_OPENINGS_PER_ADDRESS_PER_SECOND: u32 = 50;

/// How many sockets one client address may have open: those of two full plans, each with what it left behind at a reconnect.
pub const SOCKETS_PER_ADDRESS_MAX: usize = 2_000;

/// How many counts of what came from client addresses are kept. However many addresses there are, memory does not grow past that.
pub const ADDRESS_SLOTS: u16 = 65_535;

/// How long denials of one person for one reason in one section are counted before they are one entry of the audit log.
pub const AUDIT_DENIALS_COUNTED: Duration = Duration::from_secs(60);

/// How many such counts a room keeps; what more is denied is counted by its reason alone.
pub const AUDIT_DENIAL_COUNTS_MAX: usize = 256;

/// The most entries of an audit log in one answer.
pub const AUDIT_PAGE_ENTRIES_MAX: usize = 500;

/// The longest request on the control socket.
pub const CONTROL_REQUEST_BYTES_MAX: usize = 16 * 1024;

/// The longest answer on the control socket: the links of some ten thousand plans.
pub const CONTROL_ANSWER_BYTES_MAX: usize = 16 * 1024 * 1024;

/// How long an exchange on the control socket may take.
pub const CONTROL_WAIT_MAX: Duration = Duration::from_secs(10);

/// How many exchanges on the control socket go on at once.
pub const CONTROL_EXCHANGES_MAX: usize = 8;
