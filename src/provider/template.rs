/// A text with names in braces, as in `/v1/memberships/{membershipId}` (RFC 6570, level 1, whose names may
/// have dots).
///
/// The same template is filled forwards (paths, titles) and read backwards (what was pasted).
#[derive(Clone, Debug, PartialEq)]
pub struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    Text(String),
    Name(String),
}

impl Template {
    /// Refuses an open brace without its end, an empty name, and two names with nothing between them.
    pub fn parse(text: &str) -> Option<Template> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}')?;
            let letter = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
            let fits = !name.is_empty() && name.chars().all(letter);
            let apart = !before.is_empty() || !matches!(parts.last(), Some(Part::Name(_)));
            if !fits || !apart || before.contains('}') {
                return None;
            }
            if !before.is_empty() {
                parts.push(Part::Text(before.to_string()));
            }
            parts.push(Part::Name(name.to_string()));
            rest = after;
        }
        if rest.contains('}') {
            return None;
        }
        if !rest.is_empty() {
            parts.push(Part::Text(rest.to_string()));
        }
        Some(Template(parts))
    }

    pub fn parts(&self) -> &[Part] {
        &self.0
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Name(name) => Some(name.as_str()),
            Part::Text(_) => None,
        })
    }

    /// Fills the names; nothing if one of them is not known.
    pub fn fill(&self, name: impl Fn(&str) -> Option<String>) -> Option<String> {
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Name(key) => text.push_str(&name(key)?),
            }
        }
        Some(text)
    }

    /// Reads the template backwards: what each name stands for, if the whole text fits.
    /// A name takes the shortest text up to what follows it, at least one character and never a `/`.
    pub fn read<'t>(&self, text: &'t str) -> Option<Vec<(&str, &'t str)>> {
        let mut found = Vec::new();
        let mut rest = text;
        let mut parts = self.0.iter().peekable();
        while let Some(part) = parts.next() {
            match part {
                Part::Text(plain) => rest = rest.strip_prefix(plain.as_str())?,
                Part::Name(name) => {
                    let end = match parts.peek() {
                        Some(Part::Text(next)) => rest.find(next.as_str())?,
                        _ => rest.len(),
                    };
                    let (value, after) = rest.split_at(end);
                    if value.is_empty() || value.contains('/') {
                        return None;
                    }
                    found.push((name.as_str(), value));
                    rest = after;
                }
            }
        }
        rest.is_empty().then_some(found)
    }
}

#[cfg(test)]
mod tests;
