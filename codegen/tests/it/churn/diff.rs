//! The lines that a shortest edit from one text to another deletes (Myers' algorithm).

/// The deleted lines, in order.
pub(crate) fn deleted<'a>(old: &'a str, new: &str) -> Vec<&'a str> {
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old[start..].iter().rev().zip(new[start..].iter().rev());
    let end = rest.take_while(|(a, b)| a == b).count();
    edit(&old[start..old.len() - end], &new[start..new.len() - end])
}

fn edit<'a>(old: &[&'a str], new: &[&str]) -> Vec<&'a str> {
    let offset = old.len() + new.len() + 1;
    // The furthest place in `old` on each diagonal, after so many edits.
    let mut furthest = vec![0; 2 * offset + 1];
    let mut history: Vec<Vec<usize>> = Vec::new();
    for edits in 0..offset {
        history.push(furthest[offset - edits..=offset + edits].to_vec());
        for diagonal in (offset - edits..=offset + edits).step_by(2) {
            let mut x = step(&furthest, diagonal, offset, edits);
            let mut y = x + offset - diagonal;
            while x < old.len() && y < new.len() && old[x] == new[y] {
                (x, y) = (x + 1, y + 1);
            }
            furthest[diagonal] = x;
            if x >= old.len() && y >= new.len() {
                return walk_back(old, new, &history);
            }
        }
    }
    Vec::new()
}

/// Where a diagonal is entered: by an insertion from above, or by a deletion from the left.
fn step(furthest: &[usize], diagonal: usize, offset: usize, edits: usize) -> usize {
    if edits == 0 {
        return 0;
    }
    let (below, above) = (furthest[diagonal - 1], furthest[diagonal + 1]);
    if diagonal == offset - edits || (diagonal != offset + edits && below < above) {
        above
    } else {
        below + 1
    }
}

fn walk_back<'a>(old: &[&'a str], new: &[&str], history: &[Vec<usize>]) -> Vec<&'a str> {
    let mut found = Vec::new();
    let (mut x, mut y) = (old.len(), new.len());
    for (edits, row) in history.iter().enumerate().rev() {
        if edits == 0 {
            break;
        }
        // The row holds the diagonals from `-edits` to `edits` as they were before this edit.
        let diagonal = x + edits - y;
        let at = |diagonal: usize| row[diagonal];
        let inserted =
            diagonal == 0 || (diagonal != 2 * edits && at(diagonal - 1) < at(diagonal + 1));
        let before = if inserted {
            at(diagonal + 1)
        } else {
            at(diagonal - 1)
        };
        let earlier = if inserted { diagonal + 1 } else { diagonal - 1 };
        if !inserted {
            found.push(old[before]);
        }
        x = before;
        y = x + edits - earlier;
    }
    found.reverse();
    found
}

#[test]
fn exactly_the_deleted_lines_are_found() {
    let table: [(&str, &str, &[&str]); 10] = [
        ("a\nb\nc", "a\nb\nc", &[]),
        ("a\nb\nc", "a\nx\nb\ny\nc\nz", &[]),
        ("a\nb\nc", "a\nc", &["b"]),
        ("a\nb\nc", "", &["a", "b", "c"]),
        ("", "a", &[]),
        ("a\nb", "b\na", &["a"]),
        ("a\nb\na\nb", "a\nb\na\nc\na\nb", &[]),
        ("a\nb\nc\nd", "x\nb\ny\nd", &["a", "c"]),
        ("{\n}\n{\n}", "{\nz\n}\n{\n}\n{\n}", &[]),
        ("a\na\na", "a\na", &["a"]),
    ];
    for (old, new, expected) in table {
        assert_eq!(deleted(old, new), expected, "{old:?} {new:?}");
    }
}
