//! One cell of a pasted table, read as what its column holds.

use super::{CellReading, Column, Context, Refusal, Written};
use crate::entry::{self, Candidates, Match, MonthsError, NumberError, money, months, number, places, sets};
use crate::plan::edit::Value;
use crate::plan::model::{Cents, Month, Quarter, Thousandths};
use crate::plan::schema::{Content, Members, Name};

/// A column of the grid, ready to read cells.
pub(super) struct Target<'a> {
    column: &'a Column,
    candidates: Candidates,
}

impl<'a> Target<'a> {
    /// None for a column that is not written by what stands in a cell.
    pub(super) fn of(column: &'a Column) -> Option<Self> {
        if column.content == Content::Own {
            return None;
        }
        let mut candidates = column.candidates.clone();
        if column.name == Name::Municipalities {
            candidates.extend(&places::candidates());
        }
        Some(Self { column, candidates })
    }

    /// The field, and what stands in it.
    pub(super) const fn field(&self) -> (Name, Content) {
        (self.column.name, self.column.content)
    }

    /// Reads a cell.
    pub(super) fn read(&self, cell: &str, context: Context) -> CellReading {
        let Context { period, language } = context;
        let cell = cell.trim();
        if cell.is_empty() {
            return CellReading::Empty;
        }
        match self.column.content {
            Content::Text => CellReading::Read(Written::Text(cell.to_owned())),
            Content::Cents => figure(money::read(cell, language), |cents| cents.0, |cents: &Cents| money::format(*cents, language)),
            Content::Thousandths => {
                let shown = |quantity: &Thousandths| number::format_quantity(*quantity, language);
                figure(number::quantity(cell, language), |quantity| quantity.0, shown)
            }
            Content::Count => figure(number::count(cell, language), |count| count, |count| number::format_count(*count, language)),
            Content::Year => match number::year(cell) {
                Ok(year) => year.map_or(CellReading::Empty, |year| CellReading::Read(Written::Value(Value::Number(year)))),
                Err(error) => CellReading::Refused(Refusal::Number(error)),
            },
            Content::Answer => match number::answer(cell) {
                Ok(answer) => answer.map_or(CellReading::Empty, |answer| CellReading::Read(Written::Value(Value::Word(answer)))),
                Err(error) => CellReading::Refused(Refusal::Number(error)),
            },
            Content::Month => time(months::month(cell, period), |month: &Month| {
                format!("{} {}", months::short_name(month.month(), language), month.year())
            }),
            Content::Quarter => time(months::quarter(cell, period), |quarter: &Quarter| months::format_quarter(*quarter, language)),
            Content::Choice(_) | Content::Reference(_) | Content::ActivityPath => self.one(cell),
            Content::Set(Members::Months) => set_of_months(cell, context),
            Content::Set(Members::Of(_) | Members::References(_)) => self.some(cell),
            // None of them is a column of a table.
            Content::Own | Content::Moment | Content::Path | Content::Set(Members::Siblings) => CellReading::Empty,
        }
    }

    fn one(&self, cell: &str) -> CellReading {
        let several = |keys| CellReading::Refused(Refusal::Several { written: cell.to_owned(), keys });
        match self.candidates.find(cell) {
            Match::Exact(key) => CellReading::Read(Written::Value(Value::Word(key))),
            Match::Guessed(key) => {
                let shown = self.candidates.shown(&key).to_owned();
                CellReading::Guessed { value: Written::Value(Value::Word(key)), shown }
            }
            Match::Several(keys) => several(keys),
            Match::Unknown => {
                let all = sets::read(cell, &self.candidates);
                if all.members.len() > 1 {
                    several(all.members)
                } else {
                    CellReading::Unknown { value: None, names: vec![cell.to_owned()] }
                }
            }
        }
    }

    fn some(&self, cell: &str) -> CellReading {
        let mut set = sets::read(cell, &self.candidates);
        if !set.several.is_empty() {
            let (written, keys) = set.several.swap_remove(0);
            return CellReading::Refused(Refusal::Several { written, keys });
        }
        let shown = || set.members.iter().map(|key| self.candidates.shown(key)).collect::<Vec<_>>().join(", ");
        match (set.unknown.is_empty(), set.guessed.is_empty()) {
            _ if set.is_empty() => CellReading::Empty,
            (false, _) => {
                CellReading::Unknown { value: Some(set.members).filter(|set| !set.is_empty()).map(Written::Set), names: set.unknown }
            }
            (true, false) => CellReading::Guessed { shown: shown(), value: Written::Set(set.members) },
            (true, true) => CellReading::Read(Written::Set(set.members)),
        }
    }
}

fn figure<T>(read: Result<Option<entry::Reading<T>>, NumberError>, units: impl Fn(T) -> i64, shown: impl Fn(&T) -> String) -> CellReading {
    match read {
        Ok(None) => CellReading::Empty,
        Ok(Some(entry::Reading { value, is_ambiguous })) => {
            let shown = shown(&value);
            told(Written::Value(Value::Number(units(value))), shown, is_ambiguous)
        }
        Err(error) => CellReading::Refused(Refusal::Number(error)),
    }
}

fn time<T: ToString>(read: Result<Option<entry::Reading<T>>, MonthsError>, shown: impl Fn(&T) -> String) -> CellReading {
    match read {
        Ok(None) => CellReading::Empty,
        Ok(Some(entry::Reading { value, is_ambiguous })) => {
            told(Written::Value(Value::Word(value.to_string())), shown(&value), is_ambiguous)
        }
        Err(error) => CellReading::Refused(Refusal::Months(error)),
    }
}

fn set_of_months(cell: &str, Context { period, language }: Context) -> CellReading {
    match months::read(cell, period) {
        Ok(None) => CellReading::Empty,
        Ok(Some(months)) if !months.outside.is_empty() => {
            CellReading::Refused(Refusal::Outside { inside: months.inside, outside: months.outside })
        }
        Ok(Some(months)) => {
            let shown = months::format(&months.inside, period, |month| months::short_name(month, language));
            told(Written::Set(months.inside.iter().map(ToString::to_string).collect()), shown, months.is_ambiguous)
        }
        Err(error) => CellReading::Refused(Refusal::Months(error)),
    }
}

fn told(value: Written, shown: String, is_ambiguous: bool) -> CellReading {
    if is_ambiguous { CellReading::Ambiguous { value, shown } } else { CellReading::Read(value) }
}
