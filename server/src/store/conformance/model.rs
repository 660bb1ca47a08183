//! Random appends, snapshots and reads against a plain vector.

use proptest::prelude::*;

use super::*;

#[derive(Debug, Clone)]
enum Step {
    Append(Vec<usize>),
    /// Where in the log the snapshot lies, how long it is, and how far before it the log is dropped.
    Save(prop::sample::Index, usize, u64),
    Read(prop::sample::Index, usize),
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    let length = prop_oneof![0..400usize, 4000..4200usize, 0..30_000usize];
    prop_oneof![
        4 => prop::collection::vec(length, 0..6).prop_map(Step::Append),
        2 => (any::<prop::sample::Index>(), 0..200_000usize, 0..20u64).prop_map(|(at, length, tail)| Step::Save(at, length, tail)),
        3 => (any::<prop::sample::Index>(), 0..40_000usize).prop_map(|(at, bytes)| Step::Read(at, bytes)),
        1 => Just(Step::Reopen),
    ]
}

/// What a store should hold: everything that was ever appended, and from where on it still must be there.
#[derive(Default)]
struct Model {
    log: Vec<Entry>,
    dropped: usize,
    snapshot: Option<Snapshot>,
}

impl Model {
    fn head(&self) -> Seq {
        Seq(self.log.len() as u64)
    }

    fn read(&self, after: Seq, bytes_max: usize) -> Vec<(Seq, Entry)> {
        let from = self.dropped.max(after.0 as usize).min(self.log.len());
        let mut bytes = 0;
        let held = (from as u64 + 1..).map(Seq).zip(self.log[from..].iter().cloned()).enumerate();
        let fitting = held.take_while(|(count, (_, entry))| {
            bytes += entry.bytes.len();
            *count == 0 || bytes <= bytes_max
        });
        fitting.map(|(_, entry)| entry).collect()
    }
}

/// Runs the steps; `reopen` closes the store and opens it again, or gives it back.
async fn check(steps: Vec<Step>, mut store: Box<dyn Store>, reopen: impl Fn(Box<dyn Store>) -> Box<dyn Store>) {
    let mut model = Model::default();
    for (number, step) in (0u8..).zip(steps) {
        match step {
            Step::Append(lengths) => {
                let entries: Vec<Entry> = lengths.into_iter().map(|length| entry(number, length)).collect();
                model.log.extend_from_slice(&entries);
                assert_eq!(store.append(PLAN, entries).await.unwrap(), model.head());
            }
            Step::Save(at, length, tail) => {
                let seq = Seq(at.index(model.log.len() + 1) as u64);
                let saved = Snapshot { bytes: vec![number; length].into(), seq };
                store.put_snapshot(PLAN, saved.clone(), Seq(seq.0.saturating_sub(tail))).await.unwrap();
                model.dropped = model.dropped.max(seq.0.saturating_sub(tail) as usize);
                if model.snapshot.as_ref().is_none_or(|stored| stored.seq <= seq) {
                    model.snapshot = Some(saved);
                }
            }
            Step::Read(at, bytes_max) => {
                let after = Seq(at.index(model.log.len() + 2) as u64);
                assert_eq!(store.read(PLAN, after, bytes_max).await.unwrap(), model.read(after, bytes_max));
            }
            Step::Reopen => store = reopen(store),
        }
        let first = Seq(model.dropped as u64 + 1);
        assert_eq!(store.range(PLAN).await.unwrap(), LogRange { first, head: model.head() });
        assert_eq!(store.snapshot(PLAN).await.unwrap(), model.snapshot);
    }
    assert_eq!(all(&*store, PLAN).await, model.read(Seq::START, usize::MAX));
}

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_memory_store_is_a_vector(steps in prop::collection::vec(step(), 1..40)) {
        block_on(check(steps, Box::new(MemoryStore::new()), |store| store));
    }

    #[test]
    fn the_sled_store_is_a_vector(steps in prop::collection::vec(step(), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let open = || Box::new(SledStore::open(dir.path(), &SledSettings::default()).unwrap());
        block_on(check(steps, open(), |store| {
            drop(store);
            open()
        }));
    }
}
