//! Whether the first row of a table says what its columns are.

use super::Column;
use crate::entry::{Candidates, Grid, Match};

/// For each column of the table the column of the grid that its first row names; none when that row is no header.
///
/// It is one when it names at least two columns, one of them exactly, and at least half of what it says are names. In a table of one column
/// the exact name has to stand above something.
pub(super) fn recognise(grid: &Grid, columns: &[Column]) -> Option<Vec<Option<usize>>> {
    let first = grid.rows().first()?;
    let titles = Candidates::of(columns.iter().enumerate().map(|(at, column)| (at.to_string(), &column.titles)));
    let mut places: Vec<Option<usize>> = Vec::with_capacity(first.len());
    let (mut said, mut named, mut exact) = (0, 0, 0);
    for cell in first {
        said += usize::from(!cell.trim().is_empty());
        let place = match titles.find(cell) {
            Match::Exact(at) => {
                exact += 1;
                at.parse().ok()
            }
            Match::Guessed(at) => at.parse().ok(),
            Match::Several(_) | Match::Unknown => None,
        };
        // The same title twice: the first counts.
        let place = place.filter(|at| !places.contains(&Some(*at)));
        named += usize::from(place.is_some());
        places.push(place);
    }
    let is_alone = said == 1 && exact == 1 && grid.width() == 1 && grid.rows().len() > 1;
    (is_alone || (named >= 2 && exact >= 1 && named * 2 >= said)).then_some(places)
}
