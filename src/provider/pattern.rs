use std::cell::Cell;

/// A pattern that a whole text must fit: a small, documented part of regular expressions.
///
/// It has literals, `.`, classes `[a-z_]` and `[^…]`, `\d`, `\w`, escapes, groups `(…|…)`, and the counts
/// `? * + {n} {n,} {n,m}`. It is always anchored (`^` at the start and `$` at the end are allowed and change
/// nothing). Deliberately absent: look-around, back-references, lazy counts. An engine of our own is a
/// twentieth of the size of a regular-expression crate, and the same natively and in the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    source: String,
    root: Vec<Vec<Repeated>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Repeated {
    atom: Atom,
    least: usize,
    most: usize,
}

#[derive(Clone, Debug, PartialEq)]
enum Atom {
    Any,
    Set { not: bool, ranges: Vec<(char, char)> },
    Group(Vec<Vec<Repeated>>),
}

/// How much work one match may cost, how deep it may go, and how long a text may be: what goes beyond does not fit.
/// The second, and the number of groups, keep the recursion well inside a page's stack.
const STEPS: usize = 100_000;
const DEEPEST: usize = 3_000;
const LONGEST: usize = 600;
const GROUPS: usize = 50;

impl Pattern {
    pub fn parse(source: &str) -> Option<Pattern> {
        let inner = source.strip_prefix('^').unwrap_or(source);
        let inner = match inner.strip_suffix('$') {
            Some(rest) if !rest.ends_with('\\') => rest,
            _ => inner,
        };
        let chars: Vec<char> = inner.chars().collect();
        if chars.iter().filter(|c| **c == '(').count() > GROUPS {
            return None;
        }
        let mut parser = Parser { chars: &chars, at: 0 };
        let root = parser.choices()?;
        (parser.at == chars.len()).then(|| Pattern { source: source.to_string(), root })
    }

    pub fn as_str(&self) -> &str {
        &self.source
    }

    pub fn fits(&self, text: &str) -> bool {
        let chars: Vec<char> = text.chars().collect();
        let budget = Budget { steps: Cell::new(STEPS), depth: Cell::new(DEEPEST) };
        chars.len() <= LONGEST && choose(&self.root, &chars, 0, &budget, &mut |end| end == chars.len())
    }
}

/// What is left of both.
struct Budget {
    steps: Cell<usize>,
    depth: Cell<usize>,
}

struct Parser<'a> {
    chars: &'a [char],
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn choices(&mut self) -> Option<Vec<Vec<Repeated>>> {
        let mut choices = vec![Vec::new()];
        while let Some(next) = self.peek() {
            match next {
                ')' => break,
                '|' => {
                    self.at += 1;
                    choices.push(Vec::new());
                }
                _ => {
                    let atom = self.atom()?;
                    let (least, most) = self.count()?;
                    choices.last_mut()?.push(Repeated { atom, least, most });
                }
            }
        }
        Some(choices)
    }

    fn atom(&mut self) -> Option<Atom> {
        match self.next()? {
            '.' => Some(Atom::Any),
            '[' => self.class(),
            '(' => {
                let group = self.choices()?;
                (self.next()? == ')').then_some(Atom::Group(group))
            }
            '\\' => Some(Atom::Set { not: false, ranges: self.escaped()? }),
            '*' | '+' | '?' | '{' | '}' | ']' | '^' | '$' => None,
            literal => Some(Atom::Set { not: false, ranges: vec![(literal, literal)] }),
        }
    }

    fn escaped(&mut self) -> Option<Vec<(char, char)>> {
        match self.next()? {
            'd' => Some(vec![('0', '9')]),
            'w' => Some(vec![('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')]),
            other if other.is_ascii_alphanumeric() => None,
            other => Some(vec![(other, other)]),
        }
    }

    fn class(&mut self) -> Option<Atom> {
        let not = self.peek()? == '^';
        if not {
            self.at += 1;
        }
        let mut ranges = Vec::new();
        loop {
            match self.next()? {
                ']' => break,
                '\\' => ranges.extend(self.escaped()?),
                from => {
                    let ranged = self.peek() == Some('-') && self.chars.get(self.at + 1) != Some(&']');
                    let to = if ranged {
                        self.at += 1;
                        self.next()?
                    } else {
                        from
                    };
                    if to < from || to == '\\' {
                        return None;
                    }
                    ranges.push((from, to));
                }
            }
        }
        (!ranges.is_empty()).then_some(Atom::Set { not, ranges })
    }

    fn count(&mut self) -> Option<(usize, usize)> {
        let count = match self.peek() {
            Some('?') => (0, 1),
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('{') => {
                self.at += 1;
                let least = self.number()?;
                let most = match self.next()? {
                    '}' => return Some((least, least)),
                    ',' if self.peek() == Some('}') => usize::MAX,
                    ',' => self.number()?,
                    _ => return None,
                };
                return (self.next()? == '}' && least <= most).then_some((least, most));
            }
            _ => return Some((1, 1)),
        };
        self.at += 1;
        Some(count)
    }

    fn number(&mut self) -> Option<usize> {
        let start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let digits: String = self.chars[start..self.at].iter().collect();
        digits.parse().ok().filter(|number| *number <= 1000)
    }
}

type Then<'a> = &'a mut dyn FnMut(usize) -> bool;

fn choose(choices: &[Vec<Repeated>], text: &[char], at: usize, budget: &Budget, then: Then) -> bool {
    choices.iter().any(|sequence| follow(sequence, text, at, 0, budget, then))
}

/// Matches `sequence` from `at`, where its first part has already been matched `done` times.
fn follow(sequence: &[Repeated], text: &[char], at: usize, done: usize, budget: &Budget, then: Then) -> bool {
    let (steps, depth) = (budget.steps.get(), budget.depth.get());
    if steps == 0 || depth == 0 {
        return false;
    }
    budget.steps.set(steps - 1);
    budget.depth.set(depth - 1);
    let fits = step(sequence, text, at, done, budget, then);
    budget.depth.set(depth);
    fits
}

fn step(sequence: &[Repeated], text: &[char], at: usize, done: usize, budget: &Budget, then: Then) -> bool {
    let Some((first, rest)) = sequence.split_first() else {
        return then(at);
    };
    if done < first.most {
        let more = match &first.atom {
            Atom::Group(choices) => choose(choices, text, at, budget, &mut |end| match end > at {
                true => follow(sequence, text, end, done + 1, budget, then),
                // What fits nothing once fits it as often as it must.
                false => done < first.least && follow(rest, text, at, 0, budget, then),
            }),
            atom => {
                text.get(at).is_some_and(|c| atom.takes(*c))
                    && follow(sequence, text, at + 1, done + 1, budget, then)
            }
        };
        if more {
            return true;
        }
    }
    done >= first.least && follow(rest, text, at, 0, budget, then)
}

impl Atom {
    fn takes(&self, c: char) -> bool {
        match self {
            Atom::Any => true,
            Atom::Set { not, ranges } => ranges.iter().any(|(from, to)| (*from..=*to).contains(&c)) != *not,
            Atom::Group(_) => false,
        }
    }
}

#[cfg(test)]
mod tests;
