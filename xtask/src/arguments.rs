//! The words after a command.

/// What was typed and not yet understood. `finish` makes sure that nothing is ignored.
#[derive(Clone, Debug)]
pub struct Arguments(Vec<String>);

impl Arguments {
    pub fn new(words: impl IntoIterator<Item = String>) -> Self {
        Self(words.into_iter().collect())
    }

    /// Whether `--name` stands there.
    pub fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() < before
    }

    /// Every value given as `--name value` or `--name=value`.
    pub fn values(&mut self, name: &str) -> Result<Vec<String>, String> {
        let mut values = Vec::new();
        while let Some(at) = self.0.iter().position(|word| word == name || is_joined(word, name)) {
            let word = self.0.remove(at);
            match word.split_once('=').filter(|_| word != name) {
                Some((_, value)) => values.push(value.to_owned()),
                None if at < self.0.len() => values.push(self.0.remove(at)),
                None => return Err(format!("{name} needs a value.")),
            }
        }
        Ok(values)
    }

    /// The last value given as `--name value`.
    pub fn value(&mut self, name: &str) -> Result<Option<String>, String> {
        Ok(self.values(name)?.pop())
    }

    pub fn finish(self) -> Result<(), String> {
        match self.0.first() {
            Some(word) => {
                Err(format!("I do not know what “{word}” means here. `cargo xtask` lists the commands."))
            }
            None => Ok(()),
        }
    }
}

fn is_joined(word: &str, name: &str) -> bool {
    word.strip_prefix(name).is_some_and(|rest| rest.starts_with('='))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Arguments {
        Arguments::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn flags_and_values_are_taken_in_any_order() {
        let mut arguments =
            typed("--server a=https://a.example --real --server=b=https://b.example --port 9");
        assert!(arguments.flag("--real"));
        assert!(!arguments.flag("--release"));
        let servers = arguments.values("--server").expect("two values");
        assert_eq!(servers, ["a=https://a.example", "b=https://b.example"]);
        assert_eq!(arguments.value("--port").expect("a value").as_deref(), Some("9"));
        assert_eq!(arguments.finish(), Ok(()));
    }

    #[test]
    fn what_is_left_over_is_named() {
        let left = typed("--relase").finish().expect_err("a word is left");
        assert!(left.contains("--relase"), "{left}");
        let missing = typed("--port").value("--port").expect_err("no value");
        assert!(missing.contains("--port"), "{missing}");
    }
}
