//! The tables of faults and of security in ARCHITECTURE.md: which numbers they have, and which tests each line names.
//! Apart from the other checks, because a line may also say that nothing covers it.

/// One line of the table: its number, the tests that prove it, and whether it says what is not covered.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub number: String,
    pub tests: Vec<String>,
    pub says_what_is_not_covered: bool,
}

/// The numbers that stand for something: processes and disks, servers and networks, input and people.
pub fn numbers() -> impl Iterator<Item = String> {
    let faults = (1..=23).chain(30..=63).chain(70..=86).map(|n| format!("F{n:02}"));
    faults.chain((1..=27).map(|n| format!("S{n:02}")))
}

/// The lines under the headings "Faults" and "Security".
pub fn table(markdown: &str) -> Vec<Fault> {
    let lines = [("Faults\n", "| F"), ("Security\n", "| S")].map(|(heading, begin)| {
        let section = markdown.split("\n## ").find(|s| s.starts_with(heading));
        let lines = section.unwrap_or_default().lines();
        lines.filter(|l| l.starts_with(begin)).collect::<Vec<_>>()
    });
    lines
        .concat()
        .into_iter()
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let proof = cells.iter().rev().find(|cell| !cell.is_empty()).unwrap_or(&"");
            Fault {
                number: (*cells.get(1).unwrap_or(&"")).to_owned(),
                tests: proof.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
                says_what_is_not_covered: proof.contains("not covered"),
            }
        })
        .collect()
}

#[test]
fn a_line_names_its_tests_or_what_is_missing() {
    let map = "# A\n\n## Faults\n\n| no. | x |\n| F01 | cut | told | `a_b`, `c` |\n| F02 | z | not covered: yet |\n\n## B\n| F03 | `d` |\n\n## Security\n\n| S01 | k | `e` |";
    let found = table(map);
    assert_eq!(found.len(), 3);
    assert_eq!(
        (found[2].number.as_str(), &found[2].tests[..]),
        ("S01", &["e".to_owned()][..])
    );
    assert_eq!(found[0].number, "F01");
    assert_eq!(found[0].tests, ["a_b", "c"]);
    assert!(!found[0].says_what_is_not_covered);
    assert!(found[1].tests.is_empty() && found[1].says_what_is_not_covered);
}
