//! The two plans as they were published before planpress, read from the texts beside this file.
//!
//! In: plain text with a little Markdown. Out: the sentences of each part, and for ALA the two
//! views that contradict each other, each as a list of places ("A-2", "D goal") and wordings.
//! Nothing here knows what planpress makes of them.

/// A place in a plan ("A name", "A goal", "A-2") and what stands there.
pub type Wording = (String, String);

/// The ALA Strategic Plan, draft of June 2025.
pub struct Ala {
    /// Date, salutation, sentences of the body, closing, name and role, in order.
    pub letter: Vec<String>,
    /// The passages of the letter that are emphasised.
    pub emphasised: Vec<String>,
    pub mission: String,
    pub vision: String,
    pub values: Vec<String>,
    /// The table: names, goal statements and objectives.
    pub matrix: Vec<Wording>,
    /// The same from the list of goals (names, goal statements) and the list view (objectives).
    pub lists: Vec<Wording>,
    /// The domains' names as the list view has them.
    pub list_names: Vec<String>,
    /// The places that the list view marks "(urgent priority)".
    pub urgent: Vec<String>,
}

/// The ALCTS Strategic Plan 2006-2011.
pub struct Alcts {
    pub title: String,
    /// The sentences of the opening paragraphs.
    pub preamble: Vec<String>,
    pub vision: String,
    pub mission: String,
    pub areas: Vec<GoalArea>,
}

/// "Goal Area 1.", its goal statement and its objectives.
pub struct GoalArea {
    pub label: String,
    pub goal: String,
    pub objectives: Vec<String>,
}

const LETTERS: [&str; 5] = ["A", "B", "C", "D", "E"];
const URGENT: &str = " (urgent priority)";

/// Reads the ALA plan. Panics where the text is not the one this was written for.
pub fn ala() -> Ala {
    let text = include_str!("ala-2025.txt");
    let parts: Vec<&str> = text.split(TITLE_LINE).collect();
    let [letter, table, lists] = parts[..] else {
        panic!(
            "the text has its title {} times, not twice",
            parts.len() - 1
        )
    };
    let lists = lines(lists);
    let under = |heading: &str, next: &str| -> Vec<&str> {
        let start = position(&lists, heading) + 1;
        lists[start..position(&lists, next)].to_vec()
    };
    let goals = under("Domains and Goal Statements", LIST_VIEW);
    let (list_names, objectives) = list_view(&lists[position(&lists, LIST_VIEW) + 1..]);

    let mut wordings = Vec::new();
    let mut urgent = Vec::new();
    for ((letter, goal), objectives) in LETTERS.iter().zip(goals).zip(objectives) {
        let (name, goal) = goal
            .strip_prefix("- **")
            .and_then(|rest| rest.split_once(":** "))
            .expect("a goal is written as: - **name:** goal");
        wordings.push((format!("{letter} name"), name.to_owned()));
        wordings.push((format!("{letter} goal"), goal.to_owned()));
        for (place, objective) in (1..).map(|n| format!("{letter}-{n}")).zip(objectives) {
            let plain = objective.strip_suffix(URGENT);
            urgent.extend(plain.map(|_| place.clone()));
            wordings.push((place, plain.unwrap_or(objective).to_owned()));
        }
    }

    Ala {
        letter: lines(letter)
            .into_iter()
            .flat_map(|line| sentences(&line.replace('*', "")))
            .collect(),
        emphasised: letter
            .split('*')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect(),
        mission: under("Mission", "Vision").concat(),
        vision: under("Vision", "Values").concat(),
        values: under("Values", "Domains and Goal Statements")
            .iter()
            .map(|line| line.trim_start_matches("- ").to_owned())
            .collect(),
        matrix: matrix(table),
        lists: wordings,
        list_names: list_names.into_iter().map(str::to_owned).collect(),
        urgent,
    }
}

const TITLE_LINE: &str = "\nALA Strategic Plan\n";
const LIST_VIEW: &str = "Strategic Objectives per Domain-List View";

/// The table, column by column: name, goal statement, objectives.
fn matrix(text: &str) -> Vec<Wording> {
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with('|') && !line.starts_with("|-"))
        .map(|line| {
            line.trim_matches('|')
                .split('|')
                .skip(1)
                .map(str::trim)
                .collect()
        })
        .collect();
    let [names, goals, _headings, objectives @ ..] = &rows[..] else {
        panic!("the table has a row of names, of goals, of headings, then objectives")
    };
    let mut wordings = Vec::new();
    for (column, letter) in LETTERS.iter().enumerate() {
        let name = without_prefix(names[column], &format!("{letter}. "));
        wordings.push((format!("{letter} name"), name));
        wordings.push((format!("{letter} goal"), goals[column].to_owned()));
        let cells = objectives
            .iter()
            .map(|row| row[column])
            .filter(|cell| !cell.is_empty());
        for (number, cell) in (1..).zip(cells) {
            let objective = without_prefix(cell, &format!("{number}. "));
            wordings.push((format!("{letter}-{number}"), objective));
        }
    }
    wordings
}

/// The list view: a name on a line of its own, then its objectives with "- " before each.
fn list_view<'a>(lines: &[&'a str]) -> (Vec<&'a str>, Vec<Vec<&'a str>>) {
    let mut names = Vec::new();
    let mut objectives: Vec<Vec<&str>> = Vec::new();
    for line in lines {
        match line.strip_prefix("- ") {
            Some(objective) => objectives
                .last_mut()
                .expect("a name comes first")
                .push(objective),
            None => {
                names.push(*line);
                objectives.push(Vec::new());
            }
        }
    }
    (names, objectives)
}

/// Reads the ALCTS plan. Panics where the text is not the one this was written for.
pub fn alcts() -> Alcts {
    let text = lines(include_str!("alcts-2006-2011.txt"));
    let [title, first, second, third, vision, mission, rest @ ..] = &text[..] else {
        panic!("the text has a title and five paragraphs before its goal areas")
    };
    let mut areas: Vec<GoalArea> = Vec::new();
    for line in rest {
        if line.starts_with("Goal Area ") {
            let (label, goal, objectives) = ((*line).to_owned(), String::new(), Vec::new());
            areas.push(GoalArea {
                label,
                goal,
                objectives,
            });
            continue;
        }
        let area = areas.last_mut().expect("a goal area comes first");
        if area.goal.is_empty() {
            area.goal = (*line).to_owned();
        } else {
            let number = area.objectives.len() + 1;
            area.objectives
                .push(without_prefix(line, &format!("{number}. ")));
        }
    }
    Alcts {
        title: (*title).to_owned(),
        preamble: [first, second, third]
            .into_iter()
            .flat_map(|text| sentences(text))
            .collect(),
        vision: (*vision).to_owned(),
        mission: (*mission).to_owned(),
        areas,
    }
}

/// The sentences of a paragraph, each with its closing mark.
pub fn sentences(paragraph: &str) -> Vec<String> {
    paragraph
        .split_inclusive(". ")
        .map(|sentence| sentence.trim().to_owned())
        .collect()
}

fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

fn position(lines: &[&str], wanted: &str) -> usize {
    lines
        .iter()
        .position(|line| *line == wanted)
        .unwrap_or_else(|| panic!("no line {wanted:?}"))
}

fn without_prefix(text: &str, prefix: &str) -> String {
    text.strip_prefix(prefix)
        .unwrap_or_else(|| panic!("{text:?} lacks {prefix:?}"))
        .to_owned()
}
