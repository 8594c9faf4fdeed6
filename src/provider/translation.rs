use serde_json::Value;

use super::tree::Tree;

/// The keys of a provider file that hold words for people. Of `words`, each value is one.
pub const SAID: [&str; 9] = ["label", "hint", "says", "do", "no", "none", "about", "member", "unless"];
pub const EACH_SAID: &str = "words";

/// The words of a provider file in another language: what the file says → what is said instead.
///
/// The English sentence is the key, as in gettext. So a translation outlives every move within the file, and one
/// whose English has changed is not used any more.
#[derive(Clone, Debug, Default)]
pub struct Translation {
    said: Vec<(String, String)>,
}

impl Translation {
    pub fn of(file: &impl Tree) -> Translation {
        let entries = file.entries().into_iter();
        Translation { said: entries.filter_map(|(english, own)| Some((english, own.text()?))).collect() }
    }

    pub fn find(&self, english: &str) -> Option<&str> {
        self.said.iter().find(|(own, _)| own == english).map(|(_, text)| text.as_str())
    }

    /// Puts these words in the place of what a text says, if there are any.
    pub fn put(&self, words: &mut String) {
        if let Some(own) = self.find(words) {
            *words = own.to_string();
        }
    }

    /// What it has words for.
    pub fn known(&self) -> impl Iterator<Item = (&str, &str)> {
        self.said.iter().map(|(english, own)| (english.as_str(), own.as_str()))
    }

    /// The text of a provider file with these words in place of its own. What is no JSON stays as it is: reading
    /// it tells what is wrong.
    pub fn apply(&self, file: &str) -> String {
        match serde_json::from_str::<Value>(file) {
            Ok(mut value) => {
                each(&mut value, &mut |words| self.put(words));
                value.to_string()
            }
            Err(_) => file.to_string(),
        }
    }
}

/// Meets every text of a provider file that is for people.
pub fn each(value: &mut Value, meet: &mut impl FnMut(&mut String)) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match value {
                    Value::String(text) if SAID.contains(&key.as_str()) => meet(text),
                    Value::Object(words) if key == EACH_SAID => {
                        words.values_mut().for_each(|value| {
                            if let Value::String(text) = value {
                                meet(text);
                            }
                        });
                    }
                    _ => each(value, meet),
                }
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|value| each(value, meet)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Translation;

    #[test]
    fn words_are_replaced_where_people_read_them_and_nowhere_else() {
        let translation = Translation::of(&&json!({ "group": "Gruppe", "Space": "Raum" }));
        let check = |file: &str, expected: &str| assert_eq!(translation.apply(file), expected);
        check(r#"{"label":"Space","at":"Space"}"#, r#"{"label":"Raum","at":"Space"}"#);
        check(
            r#"[{"is":"group","words":{"group":"group"}}]"#,
            r#"[{"is":"group","words":{"group":"Gruppe"}}]"#,
        );
        check(r#"{"label":"Spaces"}"#, r#"{"label":"Spaces"}"#);
        check("{", "{");
    }
}
