//! Text with holes in it.

/// One piece of a [`Text`]: text, or the place where a secret will stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Plain(String),
    Hole {
        /// The id of the secret, as the keyring knows it.
        secret: String,
        escape: Escape,
    },
}

/// How a secret must be written where it stands, so that no letter of it can end the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Escape {
    /// As it is: in a header. In a path or a query it counts as [`Escape::Query`].
    Raw,
    /// Inside the quotes of a JSON string.
    Json,
    /// Percent-encoded.
    Query,
}

/// Text whose secrets are holes. Only `sign` can fill them; everything else sees `$TOKEN`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Piece>);

impl Text {
    pub fn plain(text: impl Into<String>) -> Text {
        let mut whole = Text::default();
        whole.push(Piece::Plain(text.into()));
        whole
    }

    pub fn hole(secret: impl Into<String>, escape: Escape) -> Text {
        Text(vec![Piece::Hole { secret: secret.into(), escape }])
    }

    /// Adds a piece. Plain pieces side by side become one, so that equal texts are equal values.
    pub fn push(&mut self, piece: Piece) {
        match (self.0.last_mut(), piece) {
            (_, Piece::Plain(more)) if more.is_empty() => {}
            (Some(Piece::Plain(last)), Piece::Plain(more)) => last.push_str(&more),
            (_, piece) => self.0.push(piece),
        }
    }

    pub fn push_plain(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Plain(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            _ => self.0.push(Piece::Plain(text.to_owned())),
        }
    }

    pub fn append(&mut self, other: Text) {
        other.0.into_iter().for_each(|piece| self.push(piece));
    }

    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|piece| matches!(piece, Piece::Plain(text) if text.is_empty()))
    }

    /// The ids of the secrets it asks for.
    pub fn holes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Plain(_) => None,
            Piece::Hole { secret, .. } => Some(secret.as_str()),
        })
    }

    /// The text for people, each hole as `$` and the id of its secret in capitals.
    pub fn view(&self) -> String {
        self.view_with(str::to_owned)
    }

    /// The same where the plain text is written in another way and the holes must stay legible.
    pub(in crate::transport) fn view_with(&self, write: impl Fn(&str) -> String) -> String {
        let mut out = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Plain(text) => out.push_str(&write(text)),
                Piece::Hole { secret, .. } => {
                    out.push('$');
                    out.push_str(&capitals(secret));
                }
            }
        }
        out
    }
}

/// The id of a secret as its hole is called.
pub(in crate::transport) fn capitals(secret: &str) -> String {
    let capital =
        |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_uppercase() } else { '_' };
    secret.chars().map(capital).collect()
}
