//! Sums and counts by what people ask for, put together activity by activity, so that they can also be kept up.
//!
//! An activity's part in each bucket is remembered, so that an edit takes the old part off and puts the new one in; the rest of the plan
//! is not looked at. One list holds all buckets, whatever the key, and the lists are sorted vectors: a map of each type would be the larger part
//! of the code.

mod bucket;

pub use bucket::Bucket;
use bucket::Part;

use super::Sums;
use super::sums::Exact;
use crate::plan::{Activity, ActivityRef, Plan};

/// What is in one bucket.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figure {
    /// How many activities have a part in it.
    pub activities: u32,
    /// What they cost there, and who pays. Zero in a bucket that only counts.
    pub sums: Sums,
}

/// Every figure of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Totals {
    /// By bucket, none empty.
    tallies: Vec<Tally>,
    /// By activity.
    parts: Vec<(ActivityRef, Vec<Part>)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Tally {
    bucket: Bucket,
    activities: u32,
    exact: Exact,
}

impl Totals {
    /// Of a whole plan.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        let mut totals = Self::default();
        for section in &plan.sections {
            for (at, activity) in section.begun() {
                totals.put(at, activity);
            }
        }
        totals
    }

    /// Takes in an activity as it is now, also one that is new, archived, or blank again. Says whether any figure may have changed.
    pub fn put(&mut self, at: ActivityRef, activity: &Activity) -> bool {
        let parts = if activity.is_kept() && !activity.is_blank() { bucket::parts(at, activity) } else { Vec::new() };
        self.replace(at, parts)
    }

    /// Forgets an activity. Says whether any figure may have changed.
    pub fn remove(&mut self, at: ActivityRef) -> bool {
        self.replace(at, Vec::new())
    }

    /// What is in a bucket; nothing where no activity has a part in it.
    #[must_use]
    pub fn get(&self, bucket: Bucket) -> Figure {
        self.find(bucket).map_or_else(|_| Figure::default(), |found| self.tallies[found].figure())
    }

    /// Every bucket that holds anything, one kind after the other, each in the order of its keys.
    pub fn iter(&self) -> impl Iterator<Item = (Bucket, Figure)> {
        self.tallies.iter().map(|tally| (tally.bucket, tally.figure()))
    }

    fn find(&self, bucket: Bucket) -> Result<usize, usize> {
        self.tallies.binary_search_by(|tally| tally.bucket.cmp(&bucket))
    }

    fn replace(&mut self, at: ActivityRef, parts: Vec<Part>) -> bool {
        let place = self.parts.binary_search_by(|(other, _)| other.cmp(&at));
        let before = match place {
            Ok(place) if self.parts[place].1 == parts => return false,
            Ok(place) if parts.is_empty() => self.parts.remove(place).1,
            Ok(place) => std::mem::replace(&mut self.parts[place].1, parts.clone()),
            Err(_) if parts.is_empty() => return false,
            Err(place) => {
                self.parts.insert(place, (at, parts.clone()));
                Vec::new()
            }
        };
        for part in &parts {
            self.add(part);
        }
        for part in &before {
            self.take(part);
        }
        true
    }

    fn add(&mut self, part: &Part) {
        let place = self.find(part.bucket).unwrap_or_else(|place| {
            self.tallies.insert(place, Tally { bucket: part.bucket, activities: 0, exact: Exact::default() });
            place
        });
        let tally = &mut self.tallies[place];
        tally.activities += 1;
        tally.exact.add(&part.exact);
    }

    fn take(&mut self, part: &Part) {
        let place = self.find(part.bucket).expect("a part that was added is in a bucket");
        let tally = &mut self.tallies[place];
        tally.activities -= 1;
        tally.exact.take(&part.exact);
        if tally.activities == 0 {
            self.tallies.remove(place);
        }
    }
}

impl Tally {
    fn figure(&self) -> Figure {
        Figure { activities: self.activities, sums: self.exact.sums() }
    }
}

#[cfg(test)]
mod tests;
