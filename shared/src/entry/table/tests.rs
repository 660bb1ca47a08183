use proptest::prelude::*;

use super::*;

fn grid(rows: &[&[&str]]) -> Grid {
    Grid::new(rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()).unwrap()
}

fn check(text: &str, expected: &[&[&str]]) {
    assert_eq!(read_tsv(text).unwrap(), grid(expected), "{text:?}");
}

#[test]
fn text_of_spreadsheets_becomes_a_grid() {
    check("", &[]);
    check("\r\n\r\n", &[]);
    check("a", &[&["a"]]);
    check("a\tb\r\nc\td\r\n", &[&["a", "b"], &["c", "d"]]);
    check("a\tb\nc", &[&["a", "b"], &["c", ""]]);
    check("a\rb", &[&["a"], &["b"]]);
    check("a\t\n\n\tb", &[&["a", ""], &["", ""], &["", "b"]]);
    check("a\t\"b\nc\"\td", &[&["a", "b\nc", "d"]]);
    check("\"say \"\"hi\"\"\r\nnow\"\tb", &[&["say \"hi\"\nnow", "b"]]);
    check("\"a\tb\"\n", &[&["a\tb"]]);
    check("\"hi\" there\tb", &[&["\"hi\" there", "b"]]);
    check("5\" pipe\t\"open", &[&["5\" pipe", "\"open"]]);
    check("\"\"\t\"\"\"\"", &[&["", "\""]]);
    check("\u{feff}a\u{0}\u{7}b\u{85}\t👩‍👧\u{200f}حوار", &[&["ab", "👩‍👧\u{200f}حوار"]]);
    check("a\n\t\t\n\t\n", &[&["a"]]);
    check("'=1\t'=1+1\t'a\t-5", &[&["=1", "=1+1", "'a", "-5"]]);
}

#[test]
fn a_grid_becomes_text_that_runs_no_formula() {
    let grid = grid(&[&["a", "b\nc", "\"d\""], &["=1+1", "- item", "-5,00"]]);
    assert_eq!(write_tsv(&grid), "a\t\"b\nc\"\t\"\"\"d\"\"\"\r\n'=1+1\t'- item\t-5,00\r\n");
}

fn cells(rows: &[&[(&str, usize, usize)]]) -> Result<Grid, TableError> {
    let cell =
        |(text, row_span, col_span): &(&str, usize, usize)| Cell { text: (*text).to_owned(), row_span: *row_span, col_span: *col_span };
    Grid::from_cells(rows.iter().map(|row| row.iter().map(cell).collect()).collect())
}

#[test]
fn merged_cells_have_their_words_in_the_first_place() {
    for (table, expected, has_merged) in [
        (vec![&[("a", 1, 1), ("b", 1, 1)][..], &[("c", 1, 1), ("d", 1, 1)]], vec![&["a", "b"][..], &["c", "d"]], false),
        (vec![&[("a", 2, 1), ("b", 1, 1)], &[("d", 1, 1)]], vec![&["a", "b"], &["", "d"]], true),
        (vec![&[("a", 1, 2)], &[("c", 1, 1), ("d", 1, 1)]], vec![&["a", ""], &["c", "d"]], true),
        (vec![&[("a", 2, 2), ("b", 1, 1)], &[("c", 1, 1)]], vec![&["a", "", "b"], &["", "", "c"]], true),
        (vec![&[("a", 1, 1), ("b", 0, 1)], &[("c", 1, 1)]], vec![&["a", "b"], &["c", ""]], true),
        (vec![&[("a", 1, 0), ("b", 9_999, 1)]], vec![&["a", "b"]], false),
        (vec![&[], &[("a", 1, 1)]], vec![&[""], &["a"]], false),
    ] {
        let read = cells(&table).unwrap();
        assert_eq!(read.rows(), grid(&expected).rows(), "{table:?}");
        assert_eq!(read.has_merged(), has_merged, "{table:?}");
    }
}

#[test]
fn what_is_too_large_is_told_by_its_size() {
    let most = limits::PASTE_ROWS_MAX;
    assert_eq!(read_tsv(&"a\n".repeat(10_000)), Err(TableError::TooManyRows { rows: 10_000, most }));
    assert_eq!(read_tsv(&format!("a{}", "\n".repeat(10_000))), Ok(grid(&[&["a"]])));
    let wide = "\t".repeat(99) + "a\n";
    assert_eq!(read_tsv(&wide.repeat(201)), Err(TableError::TooManyCells { cells: 20_100, most: limits::PASTE_CELLS_MAX }));
    let long = "é".repeat(100_001);
    let expected = TableError::CellTooLong { row: 1, column: 2, utf16: 100_001, most: limits::TEXT_UTF16_MAX };
    assert_eq!(read_tsv(&format!("a\n\t\t{long}")), Err(expected));
    let bytes = limits::PASTE_BYTES_MAX + 1;
    assert_eq!(read_tsv(&" ".repeat(bytes)), Err(TableError::TooManyBytes { bytes, most: limits::PASTE_BYTES_MAX }));
    let cells_most = limits::PASTE_CELLS_MAX;
    assert_eq!(cells(&[&[("a", 1, usize::MAX)]]), Err(TableError::TooManyCells { cells: usize::MAX, most: cells_most }));
    assert_eq!(cells(&vec![&[][..]; most + 1]), Err(TableError::TooManyRows { rows: most + 1, most }));
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(rows in prop::collection::vec(prop::collection::vec("[a\"'=+@\t\n\r 5-]{0,5}|\\PC{0,4}", 1..4), 0..5)) {
        let grid = Grid::new(rows).unwrap();
        prop_assert_eq!(read_tsv(&write_tsv(&grid)).unwrap(), grid);
    }

    #[test]
    fn any_text_is_read(text in any::<String>(), likely in "[a\"\t\n\r]{0,20}", spans in prop::collection::vec((0..5_usize, 0..5_usize), 0..20)) {
        for text in [&text, &likely] {
            let read = read_tsv(text).unwrap();
            prop_assert!(read.rows().iter().all(|row| row.len() == read.width()));
        }
        let cell = |(row_span, col_span): &(usize, usize)| Cell { text: "a".to_owned(), row_span: *row_span, col_span: *col_span };
        let read = Grid::from_cells(spans.chunks(3).map(|row| row.iter().map(cell).collect()).collect()).unwrap();
        prop_assert_eq!(read.rows().iter().flatten().filter(|cell| !cell.is_empty()).count(), spans.len());
    }
}
