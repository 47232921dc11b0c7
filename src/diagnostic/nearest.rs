//! The known name that a mistyped one was probably meant to be. In: a name and the names there
//! are. Out: at most one of them. Knows nothing of what the names stand for.

/// The known name nearest to `name`, where one is near enough to be what was meant.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = name.to_lowercase();
    // A third of the letters may differ: "objectivs" is near, "budget" is not.
    let limit = (typed.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&typed, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The names there are, in words, for a message: `a`, `b`, `c`.
pub fn listed<'a>(known: impl IntoIterator<Item = &'a str>) -> String {
    let mut names: Vec<&str> = known.into_iter().collect();
    names.sort_unstable();
    names.dedup();
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What to do about an unknown name: the nearest one, or else all there are.
pub fn hint<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
    what: &str,
) -> String {
    match nearest(name, known.clone()) {
        Some(candidate) => format!("Did you mean `{candidate}`?"),
        None => format!("The {what} there are: {}.", listed(known)),
    }
}
